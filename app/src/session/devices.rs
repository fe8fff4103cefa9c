//! Mobile devices and their apps, on the machine of a session: what there is, and staging.
//!
//! Deliberately not here: rights, words, and what is asked of people.

use std::path::Path;

use smarts_core::catalogue::{self, Catalogue, Feed, FileLocation, Problem, Release, ReleaseFile};
use smarts_core::check::{self, Report};
use smarts_core::devices::apk::{self, Apk};
use smarts_core::devices::overview::{self, Overview, Sources};
use smarts_core::devices::staging::{self, Context, Done, Last, Older, Step, Undone, Wanted};
use smarts_core::devices::{app, available, carried};
use smarts_core::download::{self, Downloaded};
use smarts_core::journal::{self, Entry};
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{Item, PLATFORM};
use smarts_core::os;
use smarts_core::source::{self, Inquiry, Trust};
use smarts_core::verify::{self, Verified};
use smarts_core::version::Version;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{FetchError, FetchProgress, Fetched, Origin, Proved, Session};

/// A mobile app that has been examined in this run, and can be staged.
#[derive(Debug)]
pub struct AppFile {
    /// What it is of: of a file at hand with nothing but its version.
    pub release: Release,
    /// The file.
    pub file: Verified,
    /// What it says it is.
    pub apk: Apk,
    /// Where it comes from.
    pub origin: Origin,
}

/// Why there is no app to stage.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// It could not be had from the source.
    #[error("Failed to fetch the app")]
    Fetch(#[source] FetchError),
    /// It is not proved.
    #[error("Failed to prove the app")]
    Verify(#[source] verify::Error),
    /// The file could not be read.
    #[error("Failed to read the app")]
    Read(#[source] std::io::Error),
    /// It could not be hashed.
    #[error("Failed to read the app")]
    Hash(#[source] download::Error),
    /// It is no Android package.
    #[error("File is no app for Android")]
    Package(#[source] apk::Error),
    /// It says no version of its own, and nobody else does.
    #[error("App names no version")]
    NoVersion,
    /// The source could not be opened.
    #[error("Failed to open the source")]
    Source(#[source] source::Error),
    /// What the source has could not be read.
    #[error("Failed to look the app up")]
    LookUp(#[source] catalogue::Error),
    /// The source does not have the version that was asked for.
    #[error("Version {version} is not in the source")]
    NotListed {
        /// Which.
        version: Version,
    },
    /// The source has none above what the devices have.
    #[error("Nothing newer in the source")]
    NothingNew,
    /// The bases take their apps from different places.
    #[error("Bases take their apps from different places")]
    Places,
}

impl AppFile {
    /// A file that has been examined, with what it says it is.
    pub(crate) fn of(release: Release, file: Verified, origin: Origin) -> Result<Self, AppError> {
        let apk = apk::read(file.reader()).map_err(AppError::Package)?;
        Ok(Self { release, file, apk, origin })
    }

    /// How far its file is proved.
    pub fn proved(&self) -> Proved {
        Proved::of(&self.file, self.origin)
    }

    /// As which version it is staged.
    pub fn version(&self) -> Version {
        self.release.version
    }
}

impl Session {
    /// What is known of the devices of this PC; `report` is the last check.
    pub fn devices(&self, machine: &Machine, report: Option<&Report>) -> Overview {
        let platform = machine.platform.as_ref();
        let carried = platform.and_then(|platform| carried::carried(&*self.os, platform));
        let journal = journal::read(&self.paths.journal_path()).unwrap_or_else(|error| {
            tracing::warn!(%error, "When the platform was updated is not known");
            journal::Journal::default()
        });
        let item = report.and_then(|report| report.items.iter().find(|item| item.id == PLATFORM));
        Overview::of(&Sources {
            machine,
            next_server: item.and_then(Item::offer).and_then(|offer| Some(offer.release()?.version)),
            staged: &overview::read_staged(machine),
            available: report.map_or(&[], |report| report.apps.as_slice()),
            carried: carried.as_ref(),
            updated_at: overview::platform_updated_at(machine, &journal.entries),
        })
    }

    /// Looks up what the source has for devices of these bases: just this version, or what goes with the server, of what is
    /// above the lowest app of a device.
    pub async fn look_up_app(
        &self,
        machine: &Machine,
        base_ids: &[String],
        version: Option<Version>,
        server: Option<&Version>,
    ) -> Result<Release, AppError> {
        let bases: Vec<&Base> = base_ids.iter().filter_map(|id| machine.base(id)).collect();
        let mut feeds = bases.iter().map(|base| available::feed(&base.app_links));
        let feed = feeds.next().unwrap_or_else(Feed::android);
        if feeds.any(|other| other != feed) {
            return Err(AppError::Places);
        }
        let platform = machine.platform.as_ref();
        let devices = bases.iter().flat_map(|base| base.devices.iter().map(move |device| (device, *base)));
        let lowest =
            devices.filter_map(|(device, base)| app::of(device, base, platform)).map(|app| app.version).min();
        let wanted = match version {
            Some(version) => catalogue::Wanted::Exactly(version),
            None => catalogue::Wanted::NewerThan(lowest.into_iter().collect()),
        };
        let source = tokio::task::block_in_place(|| self.source(machine)).map_err(AppError::Source)?;
        let inquiry = &Inquiry::new(&source, Instant::now() + check::PATIENCE);
        let read = catalogue::load(inquiry, &feed, wanted, self.language.code()).await;
        let none = version.map_or(AppError::NothingNew, |version| AppError::NotListed { version });
        if catalogue::is_absent(&read) {
            return Err(none);
        }
        let Catalogue { releases, problems, .. } = read.map_err(AppError::LookUp)?;
        let chosen = match version {
            Some(_) => releases.first(),
            None => available::choose(&releases, server),
        };
        // What could not be read may be just what is missing.
        let unread = problems.into_iter().find(|problem| problem.unread.is_some());
        match (chosen, unread) {
            (Some(release), _) => Ok(release.clone()),
            (None, Some(Problem { path, fault, .. })) => {
                Err(AppError::LookUp(catalogue::Error { path, fault }))
            }
            (None, None) => Err(none),
        }
    }

    /// Downloads an app and examines it.
    pub async fn fetch_app(
        &self,
        machine: &Machine,
        release: &Release,
        accept_unproved: bool,
        progress: &(dyn Fn(FetchProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<AppFile, AppError> {
        let releases = std::slice::from_ref(release);
        let fetched = self.fetch(machine, releases, None, accept_unproved, progress, cancel).await;
        let fetched = fetched.map_err(AppError::Fetch)?.into_iter().next();
        let Some(Fetched { release, file, origin }) = fetched else {
            return Err(AppError::Fetch(FetchError::NoFile(release.version)));
        };
        tokio::task::block_in_place(|| AppFile::of(release, file, origin))
    }

    /// Examines an app that a person has at hand. Nothing proves it, so it needs their consent to exactly that.
    pub fn app_at_hand(&self, path: &Path, accept_unproved: bool) -> Result<AppFile, AppError> {
        let opened = os::open_unchanging(path).map_err(AppError::Read)?;
        // Before any question: whoever has taken the wrong file is told that first.
        let apk = apk::read(&opened).map_err(AppError::Package)?;
        let version = apk.version.ok_or(AppError::NoVersion)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = ReleaseFile {
            location: FileLocation::InSource(name.clone()),
            name,
            size: None,
            sha256: None,
            sha512: None,
            publisher: None,
        };
        let rules = self.rules(Trust::Folder, accept_unproved);
        let downloaded = Downloaded::at_hand(path).map_err(AppError::Hash)?;
        let verified = verify::verify(downloaded, &file, &rules, &*self.os).map_err(AppError::Verify)?;
        let release = Release {
            feed: Feed::none(),
            version,
            date: None,
            notes: String::new(),
            file: None,
            tags: Vec::new(),
            forced: false,
            distribution: 100,
            show_for_all: false,
            min_platform: None,
            from_versions: Vec::new(),
            client_version: None,
        };
        Ok(AppFile { release, file: verified, apk, origin: Origin::Folder })
    }

    /// Stages an app for a base. Blocks; `cancel` is heeded until what devices see is changed.
    pub fn stage_app(
        &self,
        base_id: &str,
        app: &AppFile,
        older: Older,
        witness: &dyn Fn(&Entry),
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<Done, staging::Error> {
        let AppFile { release, file, apk, .. } = app;
        let wanted =
            Wanted { file, apk, version: release.version, date: release.date, text: &release.notes, older };
        self.with_staging(witness, |context| staging::stage(context, base_id, &wanted, progress, cancel))
    }

    /// Takes back what was staged last for a base, if that is this version. Blocks.
    pub fn unstage_app(
        &self,
        base_id: &str,
        version: Version,
        witness: &dyn Fn(&Entry),
    ) -> Result<Undone, staging::Error> {
        self.with_staging(witness, |context| staging::undo(context, base_id, version))
    }

    /// What was staged last for a base and can be taken back.
    pub fn unstageable(&self, base: &Base) -> Result<Option<Last>, staging::Error> {
        staging::undoable(&*self.os, &self.paths, base)
    }

    /// The app of the source for devices of a base, by the last check; see [`available::choose`].
    pub fn app_for(
        report: &Report,
        machine: &Machine,
        base_id: &str,
        server: Option<&Version>,
    ) -> Option<Release> {
        let available = available::for_base(&report.apps, machine.base(base_id)?)?;
        available::choose(available.releases.as_ref().ok()?, server).cloned()
    }

    fn with_staging<T>(&self, witness: &dyn Fn(&Entry), work: impl FnOnce(&Context<'_>) -> T) -> T {
        let clock = || self.clock.timestamp();
        work(&Context { os: &*self.os, paths: &self.paths, clock: &clock, witness, checkpoint: &|_| () })
    }
}
