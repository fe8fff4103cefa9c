//! Mobile devices: reading what there is, fetching or opening an app and judging where it goes, and staging it.
//!
//! The examined file is held open from the page until it is staged or put away. Deliberately not here: what is asked of
//! the person.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use smarts_core::devices::available;
use smarts_core::devices::overview::{BaseDevices, Newest, Overview};
use smarts_core::devices::staging::{Remark, judge_file};
use smarts_core::fs;
use smarts_core::machine::Machine;
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::devices_csv;
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::activity::Transfer;
use crate::model::devices::{AppBase, AppFacts, AppFrom, Arrival, DevicesCommand, DevicesEvent, DevicesRead};
use crate::model::{Event, Notice};
use crate::session::{AppError, AppFile, FetchProgress};

/// The app that waits for the person, and what is under way about it.
#[derive(Default)]
pub(super) struct Apps {
    waiting: Mutex<Option<(u64, AppFile)>>,
    cancel: Mutex<Option<(u64, CancellationToken)>>,
}

impl Apps {
    /// What was under way is stopped, and its file closed.
    pub(super) fn put_away(&self) {
        if let Some((_, cancel)) = lock(&self.cancel).take() {
            cancel.cancel();
        }
        *lock(&self.waiting) = None;
    }

    fn begin(&self, turn: u64) -> CancellationToken {
        self.put_away();
        let cancel = CancellationToken::new();
        *lock(&self.cancel) = Some((turn, cancel.clone()));
        cancel
    }

    fn stop(&self) {
        if let Some((_, cancel)) = &*lock(&self.cancel) {
            cancel.cancel();
        }
    }

    /// What stops it, as long as the page is open.
    fn cancel_of(&self, turn: u64) -> CancellationToken {
        let present = lock(&self.cancel);
        let present = present.as_ref().filter(|(wanted, _)| *wanted == turn);
        present.map(|(_, cancel)| cancel.clone()).unwrap_or_default()
    }

    /// Unless the page is gone.
    fn keep(&self, turn: u64, app: AppFile) {
        let cancel = lock(&self.cancel);
        if cancel.as_ref().is_some_and(|(wanted, cancel)| *wanted == turn && !cancel.is_cancelled()) {
            *lock(&self.waiting) = Some((turn, app));
        }
    }

    pub(super) fn take(&self, turn: u64) -> Option<AppFile> {
        lock(&self.waiting).take_if(|(waiting, _)| *waiting == turn).map(|(_, app)| app)
    }
}

impl Shared {
    pub(super) fn carry_out_devices(self: &Arc<Self>, command: DevicesCommand) {
        match command {
            DevicesCommand::Read { turn } => self.in_thread(
                "devices",
                move |shared| shared.read_devices(turn),
                move |shared| shared.tell_of_devices(DevicesEvent::Read { turn, read: None }),
            ),
            DevicesCommand::Prepare { turn, from, base_ids } => {
                let cancel = self.apps.begin(turn);
                let broke = move |shared: &Self| {
                    let found = Err(Notice::of(shared.texts.internal_error()));
                    shared.tell_of_devices(DevicesEvent::Examined { turn, found });
                };
                self.in_thread(
                    "app",
                    move |shared| shared.prepare_app(turn, &from, &base_ids, &cancel),
                    broke,
                );
            }
            DevicesCommand::Stage { turn, base_ids, older, accept_unproved } => {
                let cancel = self.apps.cancel_of(turn);
                let ids = base_ids.clone();
                self.in_thread(
                    "stage",
                    move |shared| shared.stage_app(turn, base_ids, older, accept_unproved, &cancel),
                    move |shared| {
                        let results = shared.staging_broke(&ids);
                        shared.tell_of_devices(DevicesEvent::Staged { turn, results });
                    },
                );
            }
            DevicesCommand::Unstage { base_ids, versions } => {
                let ids = base_ids.clone();
                self.in_thread(
                    "unstage",
                    move |shared| shared.unstage_app(base_ids, versions),
                    move |shared| {
                        let results = shared.staging_broke(&ids);
                        shared.tell_of_devices(DevicesEvent::Unstaged { results });
                    },
                );
            }
            DevicesCommand::Stop => self.apps.stop(),
            DevicesCommand::PutAway => self.apps.put_away(),
            // The window's part.
            DevicesCommand::ChooseApp { .. } | DevicesCommand::ChooseExport => {}
            DevicesCommand::Export { path, overview } => {
                let broken = path.clone();
                self.in_thread(
                    "devices-export",
                    move |shared| shared.export_devices(path, &overview),
                    move |shared| {
                        let result = Err(sentence(&shared.texts.internal_error()));
                        shared.tell_of_devices(DevicesEvent::Exported { path: broken, result });
                    },
                );
            }
        }
    }

    pub(super) fn tell_of_devices(&self, event: DevicesEvent) {
        self.outbox.post(Event::Devices(event));
    }

    fn overview(&self) -> (Machine, Overview) {
        let (machine, report) = {
            let known = lock(&self.known);
            (known.machine.clone(), known.report.clone())
        };
        let overview = self.session.devices(&machine, report.as_ref());
        (machine, overview)
    }

    fn read_devices(&self, turn: u64) {
        let (machine, overview) = self.overview();
        let bases = overview.bases.iter().filter_map(|base| machine.base(&base.id));
        let undoable = bases.filter_map(|base| {
            let last = self.session.unstageable(base).unwrap_or_else(|error| {
                tracing::warn!(
                    error = chain(&error),
                    base = base.id,
                    "Whether staging can be taken back is not known"
                );
                None
            });
            Some((base.id.clone(), last?.version))
        });
        let undoable = undoable.collect();
        let read = Some(Box::new(DevicesRead { overview, undoable }));
        self.tell_of_devices(DevicesEvent::Read { turn, read });
    }

    fn prepare_app(&self, turn: u64, from: &AppFrom, base_ids: &[String], cancel: &CancellationToken) {
        let (_, overview) = self.overview();
        let (base_ids, left_out) = match from {
            AppFrom::Stopping => match self.stopping_bases(&overview) {
                Ok(found) => found,
                Err(notice) => {
                    let found = Err(notice);
                    return self.tell_of_devices(DevicesEvent::Examined { turn, found });
                }
            },
            AppFrom::Source | AppFrom::File(_) => (base_ids.to_vec(), Vec::new()),
        };
        let examined = match from {
            AppFrom::Source | AppFrom::Stopping => self.fetch_app(turn, &overview, &base_ids, cancel),
            AppFrom::File(path) => {
                self.tell_of_devices(DevicesEvent::Arriving { turn, arrival: Arrival::Examining });
                self.session.app_at_hand(path, true).map_err(|error| {
                    tracing::warn!(error = chain(&error), path = %path.display(), "An app is not used");
                    self.texts.app_notice(&error, &self.session.clock.now())
                })
            }
        };
        // Nobody waits for what was given up.
        if cancel.is_cancelled() {
            return;
        }
        let found = examined.map(|app| {
            let facts = AppFacts { left_out, ..self.facts(&app, &overview, from, &base_ids) };
            self.apps.keep(turn, app);
            Box::new(facts)
        });
        self.tell_of_devices(DevicesEvent::Examined { turn, found });
    }

    /// The bases for which an app is staged at once, and why others are not among them.
    fn stopping_bases(&self, overview: &Overview) -> Result<(Vec<String>, Vec<String>), Notice> {
        let found = overview.preparable();
        let left_out = self.texts.not_prepared(&found);
        if found.bases.is_empty() {
            return Err(self.texts.nothing_to_prepare(&left_out));
        }
        if !found.bases.iter().any(|base| overview.source_may_help(base)) {
            return Err(self.texts.no_fit_app());
        }
        Ok((found.bases.iter().map(|base| base.id.clone()).collect(), left_out))
    }

    fn fetch_app(
        &self,
        turn: u64,
        overview: &Overview,
        base_ids: &[String],
        cancel: &CancellationToken,
    ) -> Result<AppFile, Notice> {
        let base = base_ids.iter().find_map(|id| overview.base(id));
        let machine = lock(&self.known).machine.clone();
        let session = &self.session;
        let notice = |error: AppError| {
            if !cancel.is_cancelled() {
                tracing::warn!(error = chain(&error), "There is no app to stage");
            }
            self.texts.app_notice(&error, &self.session.clock.now())
        };
        let release = match base.map(|base| &base.newest) {
            Some(Newest::Release(release)) => release.as_ref().clone(),
            // The last check knows nothing of it; the source may.
            Some(Newest::Unknown(_) | Newest::NotAsked) => {
                let server = overview.next_server.or(overview.server);
                let asking = session.look_up_app(&machine, base_ids, None, server.as_ref());
                session.runtime().block_on(asking).map_err(notice)?
            }
            Some(Newest::None) | None => return Err(self.texts.app_none()),
        };
        let progress = |progress: FetchProgress| {
            let arrival = match progress {
                FetchProgress::Downloading(progress) => Arrival::Downloading(Transfer {
                    received: progress.received,
                    total: progress.total,
                    bytes_per_second: progress.bytes_per_second,
                    seconds_left: progress.seconds_left,
                    with_former: None,
                }),
                FetchProgress::Waiting(waiting) => {
                    Arrival::Waiting(self.texts.next_try(&waiting, &self.session.clock.now()))
                }
                FetchProgress::Verifying => Arrival::Examining,
                FetchProgress::WithFormer(_) => return,
            };
            self.outbox.offer(Event::Devices(DevicesEvent::Arriving { turn, arrival }));
        };
        let fetching = session.fetch_app(&machine, &release, true, &progress, cancel);
        session.runtime().block_on(fetching).map_err(notice)
    }

    fn facts(&self, app: &AppFile, overview: &Overview, from: &AppFrom, base_ids: &[String]) -> AppFacts {
        let asked = base_ids.iter().find_map(|id| overview.base(id));
        // The source's app is for the bases that look for theirs in the same place.
        let is_for = |base: &&BaseDevices| match (from, asked) {
            (AppFrom::File(_), _) | (_, None) => true,
            (AppFrom::Source | AppFrom::Stopping, Some(asked)) => {
                available::feed(&base.links) == available::feed(&asked.links)
            }
        };
        let server = overview.next_server.or(overview.server);
        let bases = overview.bases.iter().filter(is_for).filter_map(|base| {
            let staged = base.staged.as_ref()?;
            let judged = judge_file(staged, &app.file, &app.apk, app.version(), server.as_ref());
            let is_there = matches!(&judged, Ok(remarks) if remarks.contains(&Remark::AlreadyThere));
            let is_wanted =
                if base_ids.is_empty() { judged.is_ok() && !is_there } else { base_ids.contains(&base.id) };
            let verdict = match judged {
                Ok(remarks) => Ok(remarks
                    .iter()
                    // Whether it is there already stands beside the base.
                    .filter(|remark| **remark != Remark::AlreadyThere)
                    .map(|remark| sentence(&self.texts.app_remark(remark)))
                    .collect()),
                Err(misfit) => Err(sentence(&self.texts.app_misfit(&misfit))),
            };
            Some(AppBase {
                id: base.id.clone(),
                name: base.name.clone(),
                devices: base.devices.len(),
                staged: staged.newest().map(|staged| staged.version),
                older: staged.apps.iter().filter(|staged| staged.version < app.version()).count(),
                verdict,
                is_there,
                chosen: is_wanted,
            })
        });
        AppFacts {
            file: app.file.path().file_name().unwrap_or_default().to_string_lossy().into_owned(),
            package: app.apk.package.clone(),
            version: app.version(),
            version_code: app.apk.version_code,
            size: app.file.size(),
            released: app.release.date,
            proved: app.proved(),
            bases: bases.collect(),
            left_out: Vec::new(),
        }
    }

    fn export_devices(&self, path: PathBuf, overview: &Overview) {
        let zone = self.session.clock.now().time_zone().clone();
        let bytes = devices_csv::of(overview, &self.texts, &zone);
        let result = fs::write_atomically(&path, &bytes).map_err(|error| {
            tracing::warn!(error = chain(&error), path = %path.display(), "The list of devices is not written");
            self.texts.devices_not_exported(&path, &error)
        });
        self.tell_of_devices(DevicesEvent::Exported { path, result });
    }
}
