//! Installers at hand: what one is for, by its own words, and how far it is proved.
//!
//! It is read before it is proved, so that a person sees what was refused; nothing but a valid signature of the
//! expected company lets it be started. A release of the last report with the same version lends what its source says
//! of it — the day, the least platform — and, if it is the same file, who should have signed it; never a proof.

use std::fs::File;
use std::path::Path;

use jiff::civil::Date;
use smarts_core::catalogue::{Feed, Release, ReleaseFile};
use smarts_core::check::Report;
use smarts_core::download::Downloaded;
use smarts_core::installer::{self, Identity, Refusal, Target};
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{self, Item, Subject, Warning};
use smarts_core::plan::{InstallerPlan, InstallerTarget, Package, Plan, PlanSubject};
use smarts_core::platform::former::Former;
use smarts_core::source::Trust;
use smarts_core::verify::{self, PackageKind, Verified};
use smarts_core::version::Version;

use super::{AtHandError, bare, of_file};
use crate::error::chain;
use crate::session::{Origin, Proved, Session};

/// An installer at hand, whatever it is.
#[derive(Debug)]
pub struct InstallerAtHand {
    /// What it says of itself.
    pub identity: Identity,
    /// What it would be started for, or why it is not.
    pub target: Result<InstallerFor, Refusal>,
    /// Examined, or why it is not believed.
    pub file: Result<Verified, verify::Error>,
    /// What to know beforehand.
    pub warnings: Vec<Warning>,
}

/// What an installer at hand would be started for.
#[derive(Debug)]
pub struct InstallerFor {
    /// Of the item it updates.
    pub subject: Subject,
    /// As its source says of it, where the last check has read that; else as it says itself.
    pub release: Release,
    /// The bases of a wizard's product that are older; none for the platform and for this program.
    pub bases: Vec<Base>,
}

impl Session {
    /// Looks at an installer at hand.
    pub fn installer_at_hand(&self, path: &Path, machine: &Machine) -> Result<InstallerAtHand, AtHandError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(kind) = PackageKind::of(&name) else {
            return Err(AtHandError::Verify(verify::Error::UnknownKind { name }));
        };
        let downloaded = Downloaded::at_hand(path).map_err(AtHandError::Read)?;
        let read = |error| AtHandError::Installer(installer::Error::Read(error));
        let mut file = File::open(path).map_err(read)?;
        let identity = installer::identify(kind, &mut file).map_err(AtHandError::Installer)?;
        let mut target = installer::target(&identity, machine).map(|target| aim(&target, &identity));
        if let Ok(target) = &mut target {
            self.lend(target, kind, &downloaded);
        }
        let lent = target.as_ref().ok().and_then(|target| target.release.file.as_ref());
        let publisher = lent.and_then(|file| file.publisher.clone());
        let (expected, rules) = (downloaded.sha256, self.rules(Trust::Folder, false));
        let file =
            verify::verify(downloaded, &ReleaseFile { publisher, ..of_file(&name) }, &rules, &*self.os);
        if let Ok(verified) = &file {
            // What was proved has to be what was looked at.
            let again = installer::identify(kind, &mut verified.reader()).map_err(AtHandError::Installer)?;
            if verified.sha256() != expected || again != identity {
                let (path, found) = (path.to_path_buf(), verified.sha256());
                return Err(AtHandError::Verify(verify::Error::Changed { path, expected, found }));
            }
        }
        let warnings = target
            .as_ref()
            .map_or_else(|_| Vec::new(), |target| warnings(target.subject, &target.release, machine));
        Ok(InstallerAtHand { identity, target, file, warnings })
    }

    /// Takes what the last check has read of the same release; its file only if that is what this one is.
    fn lend(&self, target: &mut InstallerFor, kind: PackageKind, found: &Downloaded) {
        let report = Report::load(&self.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "What the source says of an installer is not known");
            None
        });
        let is_about = |item: &&Item| {
            item.subject == target.subject
                && (target.bases.is_empty() || target.bases.iter().any(|base| base.id == item.id))
        };
        let items = report.map(|report| report.items).unwrap_or_default();
        let offers = items.iter().filter(is_about).filter_map(Item::offer);
        let known = offers.flat_map(|offer| offer.steps.iter().chain(&offer.others));
        let known = known.filter(|release| release.version == target.release.version);
        let is_this = |file: &ReleaseFile| {
            PackageKind::of(&file.name) == Some(kind)
                && (file.size.is_some() || file.sha256.is_some())
                && file.size.is_none_or(|size| size == found.size)
                && file.sha256.is_none_or(|hash| hash == found.sha256)
        };
        let lent = known.map(|release| Release {
            file: release.file.clone().filter(is_this),
            notes: String::new(),
            ..release.clone()
        });
        // Where lists disagree, the one that knows this very file, then the later day, which covers less.
        if let Some(release) = lent.max_by_key(|release| (release.file.is_some(), release.date)) {
            target.release = release;
        }
    }
}

impl InstallerAtHand {
    /// How far it is proved; `None`: it is not.
    pub fn proved(&self) -> Option<Proved> {
        self.file.as_ref().ok().map(|file| Proved::of(file, Origin::Folder))
    }

    /// The day it came out, where its source has said so.
    pub fn released(&self) -> Option<Date> {
        self.target.as_ref().ok().and_then(|target| target.release.date)
    }

    /// The plan that starts it; `None`: it is not started. `base_ids` count for a wizard: which of its bases are meant,
    /// all if none is named. `yes`: the person has answered all questions beforehand.
    pub fn into_plan(self, session: &Session, base_ids: &[String], yes: bool) -> Option<Plan> {
        let (target, verified) = (self.target.ok()?, self.file.ok()?);
        let InstallerFor { subject, release, mut bases } = target;
        if !base_ids.is_empty() {
            bases.retain(|base| base_ids.contains(&base.id));
        }
        let package = Package { release, verified };
        let arguments = session.installer_arguments(subject, &package, yes);
        let target = match subject {
            Subject::Platform => InstallerTarget::Platform,
            Subject::Updater => InstallerTarget::Updater,
            Subject::Base => InstallerTarget::Wizard { bases },
        };
        let former = Former::NotSought;
        let plan = InstallerPlan { package, arguments, target, former };
        Some(Plan { subject: PlanSubject::Installer(Box::new(plan)) })
    }
}

fn aim(target: &Target<'_>, identity: &Identity) -> InstallerFor {
    // Known, or there would be no target.
    let version = identity.version.unwrap_or(Version::new(0, 0, 0, 0));
    let (subject, feed, bases) = match target {
        Target::Platform => (Subject::Platform, Feed::platform(version.flavour()), Vec::new()),
        Target::Updater => (Subject::Updater, Feed::updater(), Vec::new()),
        Target::Wizard { bases } => {
            let feed = bases.first().and_then(|base| Feed::product(base));
            let bases = bases.iter().map(|base| (*base).clone()).collect();
            (Subject::Base, feed.unwrap_or_else(Feed::none), bases)
        }
    };
    InstallerFor { subject, release: bare(feed, version), bases }
}

/// What to know before a release is installed that no offer tells of.
pub(in crate::session) fn warnings(subject: Subject, release: &Release, machine: &Machine) -> Vec<Warning> {
    let platform = machine.platform.as_ref();
    let warning = match subject {
        Subject::Platform => {
            platform.and_then(|platform| offer::devices_stop(machine, platform, &release.version))
        }
        Subject::Updater => None,
        Subject::Base => {
            let installed = platform.map(|platform| platform.version);
            let unmet = |minimum: &Version| !installed.is_some_and(|it| it.platform_satisfies(minimum));
            let minimum = release.min_platform.filter(unmet);
            minimum.map(|minimum| Warning::NeedsPlatform { minimum, installed, available: None })
        }
    };
    warning.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use smarts_tests::installer as made;
    use smarts_tests::machine_root::{BaseSpec, MachineRoot};
    use smarts_tests::stand_in::StandIn;
    use smarts_tests::tree::{Tree, TreeRelease};
    use tempfile::TempDir;

    use super::*;
    use crate::i18n::Language;
    use crate::session::Options;

    const VENDOR: &str = "Cleverence Soft";
    const NAME: &str = "MobileSMARTS.msi";
    const NEW: &str = "3.4.46.40367";

    /// A PC whose source has a release of the platform with this file, and a session that can tell signers.
    fn session_of(pc: &MachineRoot, source: &TempDir, release: TreeRelease) -> Session {
        let tree = Tree::new().release("Platform4", release);
        tree.write_to(source.path()).unwrap();
        let mut session = Session::open(Options {
            machine_root: Some(pc.path().to_path_buf()),
            source: Some(source.path().display().to_string()),
            language: Some(Language::Ru),
            ..Options::default()
        })
        .unwrap();
        session.os = Arc::new(StandIn { signer: Some(VENDOR.into()), ..StandIn::on(pc.path()).unwrap() });
        session.paths = smarts_core::paths::Paths::below(&*session.os, source.path());
        session.check(&session.machine(), None, None, &|_| ()).unwrap();
        session
    }

    fn release() -> TreeRelease {
        TreeRelease::new(NEW).with("date", "11.02.2025").with("publisher", VENDOR)
    }

    #[test]
    fn the_release_that_a_file_is_of_lends_its_day_and_its_signer_and_another_file_the_day_alone() {
        let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        let pc = pc.base(&BaseSpec::new("main", "Основной склад")).unwrap();
        let (source, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let bytes = made::platform(NEW).unwrap();
        let session = session_of(&pc, &source, release().download(NAME, bytes.clone()).stated());
        let path = stick.path().join("с флешки.msi");
        fs::write(&path, &bytes).unwrap();
        let found = session.installer_at_hand(&path, &session.machine()).unwrap();
        let file = found.file.as_ref().unwrap();
        assert_eq!(
            file.publisher().unwrap().name,
            VENDOR,
            "named by the source, as the settings name nobody"
        );
        assert_eq!(found.released(), "2025-02-11".parse().ok());
        let plan = found.into_plan(&session, &[], false).unwrap();
        let PlanSubject::Installer(plan) = plan.subject else { panic!() };
        assert!(matches!(plan.target, InstallerTarget::Platform));
        assert!(plan.package.release.file.is_some() && plan.arguments.is_empty());

        let other = made::msi(&[
            ("Comments", "another one of the same version"),
            ("Manufacturer", VENDOR),
            ("ProductName", "Mobile SMARTS"),
            ("ProductVersion", NEW),
        ]);
        fs::write(&path, other.unwrap()).unwrap();
        let found = session.installer_at_hand(&path, &session.machine()).unwrap();
        assert_eq!(found.released(), "2025-02-11".parse().ok());
        assert!(matches!(found.file, Err(verify::Error::OtherSigner { .. })), "nobody expects that file");
        assert!(found.into_plan(&session, &[], false).is_none());
    }

    #[test]
    fn a_file_that_is_not_there_is_a_fault_of_reading_and_no_refusal() {
        let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
        let source = tempfile::tempdir().unwrap();
        let session = session_of(&pc, &source, release());
        let missing = source.path().join("нет.msi");
        let error = session.installer_at_hand(&missing, &session.machine()).unwrap_err();
        assert!(matches!(error, AtHandError::Read(_)), "{error:?}");
        let text = source.path().join("notes.txt");
        fs::write(&text, "text").unwrap();
        let error = session.installer_at_hand(&text, &session.machine()).unwrap_err();
        assert!(matches!(error, AtHandError::Verify(verify::Error::UnknownKind { .. })), "{error:?}");
    }
}
