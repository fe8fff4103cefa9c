//! Reading the machine and checking.

use std::path::Path;

use smarts_core::catalogue::Release;
use smarts_core::check::Report;
use smarts_core::download;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, State};

use super::{Shared, lock};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::{CheckFailure, Event, Permission, ProxyQuestion};
use crate::session::{Detour, Reading};

impl Shared {
    /// The machine and the last report, at once; and the downloads that an earlier run left unfinished.
    pub(super) fn load(&self) {
        let telling = lock(&self.telling);
        let Reading { machine, subscriptions, error } = self.session.read();
        let report = self.last_report();
        self.know(&machine, report.as_ref(), &subscriptions);
        self.outbox.post(self.unread(&subscriptions, error));
        self.outbox.post(Event::SubscriptionsRead(subscriptions));
        drop(telling);
        self.tell_subscription_access();
        self.outbox.post(Event::Offline(self.offline()));
        self.outbox.post(Event::SkippedRead(self.skipped_now()));
        let permission = self.permission();
        // Nobody who may not update has any use for what an earlier download has left.
        let may_update = report.is_some() && permission == Permission::Granted;
        let items = if may_update { lock(&self.known).items.clone() } else { Vec::new() };
        let paused: Vec<Event> = items.iter().filter_map(|item| self.left_unfinished(item)).collect();
        self.tell_waiting(&machine);
        let machine = self.session.with_licences(machine);
        self.outbox.post(Event::Loaded { machine, report, permission });
        for event in paused {
            self.outbox.post(event);
        }
    }

    /// The same as others have left it, in one event. `turn`: of the source that the report is to be about.
    pub(super) fn renew(&self, turn: u64, with_report: bool) {
        let _telling = lock(&self.telling);
        let Reading { machine, subscriptions, error } = self.session.read();
        let report = if with_report { self.last_report() } else { None };
        self.tell_of(turn, || {
            self.know(&machine, report.as_ref(), &subscriptions);
            let skipped = self.skipped_now();
            self.tell_waiting(&machine);
            let unread = self.unread(&subscriptions, error);
            let machine = self.session.with_licences(machine);
            vec![unread, Event::SubscriptionsRead(subscriptions), Event::Renewed { machine, report, skipped }]
        });
    }

    fn last_report(&self) -> Option<Report> {
        Report::load(&self.session.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "The last report is not used");
            None
        })
    }

    /// From now on releases are read from there.
    pub(super) fn use_source(&self, detour: Detour) {
        let mut turn = lock(&self.turn);
        *turn += 1;
        tracing::info!(
            folder = detour.folder,
            agreed = ?detour.agreed,
            "The source is changed for this window"
        );
        self.session.read_from(detour);
        {
            let mut known = lock(&self.known);
            known.items.clear();
            known.report = None;
        }
        self.outbox.post(Event::SourceInUse);
    }

    /// Checks; the machine is read anew first. `turn`: of the source that is asked about.
    pub(super) fn check(self: &std::sync::Arc<Self>, turn: u64) {
        self.tell_of(turn, || vec![Event::CheckStarted]);
        let machine = self.tell_machine();
        let progress = |progress: smarts_core::check::Progress| {
            if *lock(&self.turn) == turn {
                self.outbox.offer(Event::CheckProgress { done: progress.done, total: progress.total });
            }
        };
        let result = self.session.check(&machine, None, None, &progress);
        let _telling = lock(&self.telling);
        self.tell_of(turn, || {
            // It may have been edited during the check, by another program of ours, too.
            let (subscriptions, error) = self.session.subscriptions_as_read();
            match &result {
                Ok(report) => self.know(&machine, Some(report), &subscriptions),
                Err(_) => self.know_subscriptions(&subscriptions),
            }
            let unread = self.unread(&subscriptions, error);
            let mut events = vec![unread, Event::SubscriptionsRead(subscriptions)];
            match result {
                Ok(report) => {
                    events.push(Event::SkippedRead(self.skipped(&report.items)));
                    events.push(Event::Checked(Ok(report)));
                }
                Err(failure) => {
                    tracing::warn!(error = chain(&failure.error), "The check failed");
                    events.push(Event::Checked(Err(self.texts.check_failure(&failure))));
                    let question = self.session.asks_for(&failure.error, &machine);
                    let question = question.map(|(proxy, user)| ProxyQuestion { proxy, user });
                    events.extend(question.map(Event::PasswordWanted));
                }
            }
            events
        });
    }

    /// Reads the machine and what is known of subscriptions, and tells both.
    pub(super) fn tell_machine(&self) -> Machine {
        let _telling = lock(&self.telling);
        let Reading { machine, subscriptions, error } = self.session.read();
        self.know(&machine, None, &subscriptions);
        self.outbox.post(self.unread(&subscriptions, error));
        self.outbox.post(Event::SubscriptionsRead(subscriptions));
        self.tell_waiting(&machine);
        self.outbox.post(Event::MachineRead(self.session.with_licences(machine.clone())));
        machine
    }

    /// For a panic in the thread that checks.
    pub(super) fn check_broke(&self, turn: u64) {
        let reason = sentence(&self.texts.internal_error());
        self.tell_of(turn, || vec![Event::Checked(Err(CheckFailure::of(reason)))]);
    }

    /// Says it unless the source has been changed meanwhile; nobody changes it in between, nor what is skipped.
    fn tell_of(&self, turn: u64, events: impl FnOnce() -> Vec<Event>) {
        let present = lock(&self.turn);
        if *present == turn {
            for event in events() {
                self.outbox.post(event);
            }
        }
    }

    fn permission(&self) -> Permission {
        if self.session.may_update() {
            return Permission::Granted;
        }
        Permission::Administrators { contact: self.session.settings.administrator.clone() }
    }

    /// A part of what can be installed: of the release offered or, where subscriptions do not cover that, of the
    /// newest covered one.
    fn left_unfinished(&self, item: &Item) -> Option<Event> {
        let item_id = item.id.clone();
        if matches!(item.state, State::Available { .. }) {
            let (received, total) = self.part_of(&item.offer()?.steps)?;
            return Some(Event::DownloadPaused { item_id, received, total });
        }
        let (received, total) = self.part_of(&item.covered_offer()?.steps)?;
        Some(Event::CoveredLeft { item_id, received, total })
    }

    /// Bytes that have arrived, and in all, if it is more than nothing and less than everything.
    fn part_of(&self, steps: &[Release]) -> Option<(u64, Option<u64>)> {
        let mut received = 0;
        let mut unfinished = false;
        for step in steps {
            let file = step.file.as_ref()?;
            let dir = self.session.download_dir(step);
            let kept = download::kept_bytes(&dir, &file.name);
            unfinished |= kept > 0;
            received += kept + whole_bytes(&dir.join(&file.name));
        }
        let total = steps.iter().map(|step| step.file.as_ref()?.size).sum();
        unfinished.then_some((received, total))
    }
}

fn whole_bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU16, Ordering};

    use smarts_core::os::{
        Identity, Installer, InstallerExit, InstallerFault, LocateFault, MachineRoot, Os, RegistryFault,
        Signature,
    };
    use smarts_core::subscription::{Record, Subscriptions, save};

    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::session::{Options, Session};
    use crate::worker::Shared;

    /// A PC on which somebody else enters another date whenever the machine is read, and whenever a list was.
    struct Edited {
        root: MachineRoot,
        list: PathBuf,
        day: AtomicU16,
    }

    impl Edited {
        fn edit(&self) {
            let day = self.day.fetch_add(1, Ordering::Relaxed);
            let record = Record::of("ТСД 1", "", &format!("01.01.{day}"), "", "").unwrap();
            save(&self.list, &[record]).unwrap();
        }
    }

    impl Os for Edited {
        fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
            self.edit();
            self.root.registry_value(key, name)
        }
        fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
            self.root.locate(windows_path)
        }
        fn machine_root(&self) -> Option<&Path> {
            self.root.machine_root()
        }
        fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
            self.root.only_administrators_may_write(path)
        }
        fn signature(&self, path: &Path) -> Signature {
            self.root.signature(path)
        }
        fn identity(&self) -> Identity {
            self.edit();
            self.root.identity()
        }
        fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
            self.root.run_installer(installer)
        }
    }

    fn pc() -> (tempfile::TempDir, Session, Arc<Edited>) {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["C", "releases"] {
            std::fs::create_dir(dir.path().join(folder)).unwrap();
        }
        let mut session = Session::open(Options {
            machine_root: Some(dir.path().to_path_buf()),
            source: Some(dir.path().join("releases").display().to_string()),
            language: Some(Language::Ru),
            ..Options::default()
        })
        .unwrap();
        let root = MachineRoot::open(dir.path()).unwrap();
        let list = session.paths.subscriptions_path();
        let os = Arc::new(Edited { root, list, day: AtomicU16::new(2050) });
        session.os = Arc::<Edited>::clone(&os);
        (dir, session, os)
    }

    fn year(known: &Subscriptions) -> u16 {
        known.records.first().map_or(0, |record| record.until.year().try_into().unwrap())
    }

    #[test]
    fn a_list_that_is_edited_while_the_machine_is_read_is_the_one_that_is_told() {
        let (_dir, session, os) = pc();
        let known = session.read().subscriptions;
        // The last edit is the one after the list itself was read.
        assert_eq!(year(&known), os.day.load(Ordering::Relaxed) - 2);
    }

    #[test]
    fn a_list_that_is_edited_during_a_check_is_told_with_its_report() {
        let (_dir, session, _) = pc();
        let texts = Texts::new(Language::Ru).unwrap();
        let (shared, mut events, _ended) = Shared::new(session, texts, || ());
        let shared = Arc::new(shared);
        shared.check(0);
        let mut told = Vec::new();
        while let Ok(event) = events.try_recv() {
            match event {
                Event::SubscriptionsRead(known) => told.push(year(&known)),
                Event::Checked(_) => break,
                _ => {}
            }
        }
        let [before, after] = told.as_slice() else { panic!("{told:?}") };
        assert!(after > before, "{told:?}");
    }
}
