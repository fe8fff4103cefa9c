//! What becomes of the page about an app, and of the question before staging is taken back: one at a time, and neither
//! closes while it is under way.

use smarts_core::devices::staging::Older;
use smarts_core::version::Version;

use super::page::{
    AppAction, AppFacts, AppFrom, AppPage, Arrival, BaseStaged, Progress, Staging, UnstagePage, UnstagedBase,
};
use super::{Command, DevicesAction, DevicesCommand};
use crate::model::activity::StagingOutcome;
use crate::model::toasts::Done;
use crate::model::{Action, Dialog, Leave, Model, Notice, Outcome, Permission, Tab};

impl Model {
    /// The page about an app, if it is open.
    pub fn app_page(&self) -> Option<&AppPage> {
        match &self.dialog {
            Some(Dialog::App(page)) => Some(page),
            _ => None,
        }
    }

    fn app_page_mut(&mut self, turn: u64) -> Option<&mut AppPage> {
        match &mut self.dialog {
            Some(Dialog::App(page)) if page.turn == turn => Some(page),
            _ => None,
        }
    }

    /// Whether an app is being staged or taken back.
    pub fn is_staging(&self) -> bool {
        match &self.dialog {
            Some(Dialog::App(page)) => page.is_running(),
            Some(Dialog::Unstage(page)) => page.is_running,
            _ => false,
        }
    }

    /// What else is open is not taken away for it, but one app gives way to another.
    pub(super) fn prepare_app(&mut self, from: AppFrom, base_ids: Vec<String>) -> Vec<Command> {
        let is_free = match &self.dialog {
            None | Some(Dialog::Sheet(_) | Dialog::Devices { .. }) => true,
            Some(Dialog::App(page)) => !page.is_running(),
            Some(_) => false,
        };
        if !is_free || self.leave == Leave::Asking || self.permission != Permission::Granted {
            return Vec::new();
        }
        let mut commands = Vec::new();
        match self.dialog.take() {
            // It comes back once the app is staged.
            Some(Dialog::Sheet(sheet)) => self.sheet_aside = Some(sheet),
            other => {
                self.dialog = other;
                commands = self.put_away();
            }
        }
        self.tab = Tab::Devices;
        self.devices_page.apps += 1;
        let turn = self.devices_page.apps;
        self.dialog = Some(Dialog::App(Box::new(AppPage {
            from: from.clone(),
            base_ids: base_ids.clone(),
            arrival: Arrival::Looking,
            found: None,
            older: Older::default(),
            consent: false,
            staging: Staging::Idle,
            turn,
        })));
        commands.push(Command::Devices(DevicesCommand::Prepare { turn, from, base_ids }));
        commands
    }

    pub(super) fn change_app(&mut self, action: AppAction) -> Vec<Command> {
        let is_busy = self.is_applying();
        let Some(Dialog::App(page)) = &mut self.dialog else { return Vec::new() };
        match action {
            AppAction::Choose { base_id, chosen } => {
                if let Some(Ok(facts)) = &mut page.found {
                    for base in facts.bases.iter_mut().filter(|base| base.id == base_id) {
                        base.chosen = chosen;
                    }
                }
            }
            AppAction::Older(older) => page.older = older,
            AppAction::Consent(consent) => page.consent = consent,
            AppAction::Again => {
                let (from, base_ids) = (page.from.clone(), page.base_ids.clone());
                return self.prepare_app(from, base_ids);
            }
            AppAction::Confirm => {
                let facts = page.facts().filter(|_| page.obstacle(is_busy).is_none());
                let Some(facts) = facts else { return Vec::new() };
                let base_ids = facts.chosen().map(|base| base.id.clone()).collect();
                let accept_unproved = page.needs_consent() && page.consent;
                let (turn, older) = (page.turn, page.older);
                page.staging = Staging::Running { progress: None, stopping: false };
                let stage = DevicesCommand::Stage { turn, base_ids, older, accept_unproved };
                return vec![Command::Devices(stage)];
            }
            AppAction::Stop => {
                if let Staging::Running { stopping, .. } = &mut page.staging {
                    *stopping = true;
                    return vec![Command::Devices(DevicesCommand::Stop)];
                }
            }
        }
        Vec::new()
    }

    pub(super) fn show_arrival(&mut self, turn: u64, arrival: Arrival) {
        if let Some(page) = self.app_page_mut(turn).filter(|page| page.found.is_none()) {
            page.arrival = arrival;
        }
    }

    pub(super) fn fill_app(&mut self, turn: u64, found: Result<Box<AppFacts>, Notice>) {
        if let Some(page) = self.app_page_mut(turn) {
            page.found = Some(found);
        }
    }

    pub(super) fn show_staging(&mut self, turn: u64, progress: Progress) {
        if let Some(page) = self.app_page_mut(turn)
            && let Staging::Running { progress: shown, .. } = &mut page.staging
        {
            *shown = Some(progress);
        }
    }

    pub(super) fn end_staging(&mut self, turn: u64, results: Vec<BaseStaged>) -> Vec<Command> {
        let staged: Vec<&BaseStaged> =
            results.iter().filter(|one| one.app().is_some_and(|app| !app.was_there)).collect();
        if let Some(version) = staged.iter().find_map(|one| one.app()).map(|app| app.version) {
            let bases = staged.iter().map(|one| one.name.clone()).collect();
            let undo = DevicesAction::Unstage(staged.iter().map(|one| (one.id.clone(), version)).collect());
            self.say(Done::AppStaged { version, bases }, Some(Action::Devices(undo)));
        }
        let is_plain = |one: &BaseStaged| one.app().is_some_and(|app| app.broken_list_kept.is_none());
        let stopped = Outcome::Staging(StagingOutcome::Stopped);
        let is_done = results.iter().all(is_plain);
        let mut commands = self.read_devices();
        commands.extend(self.history_has_grown());
        let Some(page) = self.app_page_mut(turn) else { return commands };
        if is_done || results.iter().all(|one| one.outcome == stopped || one.outcome == Outcome::NotStarted) {
            self.dialog = None;
        } else {
            page.staging = Staging::Ended(results);
        }
        commands.push(Command::Devices(DevicesCommand::PutAway));
        self.leave_if_wanted();
        commands
    }

    pub(super) fn ask_to_unstage(&mut self, base_id: &str) -> Vec<Command> {
        if self.dialog.is_some() || self.permission != Permission::Granted {
            return Vec::new();
        }
        let Some(version) = self.devices_page.undoable.get(base_id) else { return Vec::new() };
        let bases = vec![self.unstaged_base(base_id, *version)];
        self.dialog = Some(Dialog::Unstage(UnstagePage { bases, is_running: false, ended: Vec::new() }));
        Vec::new()
    }

    fn unstaged_base(&self, base_id: &str, version: Version) -> UnstagedBase {
        let base = self.machine.as_ref().and_then(|machine| machine.base(base_id));
        let name = base.map(|base| base.name.clone()).unwrap_or_default();
        UnstagedBase { id: base_id.to_owned(), name, version }
    }

    /// After the question, or at once where it only takes back what was just done.
    pub(super) fn unstage(&mut self, seen: Vec<(String, Version)>) -> Vec<Command> {
        let is_free = match &self.dialog {
            None => true,
            Some(Dialog::Unstage(page)) => !page.is_running,
            Some(_) => false,
        };
        if !is_free || self.is_applying() || self.permission != Permission::Granted {
            return Vec::new();
        }
        let bases = seen.iter().map(|(id, version)| self.unstaged_base(id, *version)).collect();
        self.dialog = Some(Dialog::Unstage(UnstagePage { bases, is_running: true, ended: Vec::new() }));
        let base_ids = seen.iter().map(|(id, _)| id.clone()).collect();
        vec![Command::Devices(DevicesCommand::Unstage { base_ids, versions: seen.into_iter().collect() })]
    }

    pub(super) fn end_unstaging(&mut self, results: Vec<BaseStaged>) -> Vec<Command> {
        let undone: Vec<(Version, String)> =
            results.iter().filter_map(|one| Some((one.undone()?, one.name.clone()))).collect();
        if let Some((version, _)) = undone.first() {
            let bases = undone.iter().map(|(_, name)| name.clone()).collect();
            self.say(Done::AppUnstaged { version: *version, bases }, None);
        }
        if let Some(Dialog::Unstage(page)) = &mut self.dialog {
            if results.iter().all(|one| one.undone().is_some()) {
                self.dialog = None;
            } else {
                page.is_running = false;
                page.ended = results;
            }
        }
        self.leave_if_wanted();
        let mut commands = self.read_devices();
        commands.extend(self.history_has_grown());
        commands
    }
}
