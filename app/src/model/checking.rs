//! Checks: when one begins, what it brings, and what stays when it fails. And the list's own actions.

use jiff::Timestamp;
use jiff::civil::Date;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::offer;
use smarts_core::subscription::Subscriptions;

use super::activity::{Activity, CopyOutcome};
use super::announce::Announcement;
use super::{CheckFailure, CheckProgress, Command, ListAction, Model, Permission};

/// An opened window checks by itself if the last report is older than this, in seconds: the vendor's own
/// period of four hours.
const STALE_AFTER_SECS: i64 = 4 * 60 * 60;

impl Model {
    pub(super) fn check_now(&mut self) -> Vec<Command> {
        if self.check.is_some() {
            return Vec::new();
        }
        // What is over has been seen; the new report tells the rest.
        let is_over = |activity: &Activity| {
            let is_well =
                |outcome: &CopyOutcome| matches!(outcome, CopyOutcome::WentBack(_) | CopyOutcome::Made(_));
            matches!(activity, Activity::Done(_))
                || matches!(activity, Activity::Copies(outcome) if is_well(outcome))
        };
        self.retain_activities(|activity| !is_over(activity));
        self.begin_check()
    }

    pub(super) fn begin_check(&mut self) -> Vec<Command> {
        self.check = Some(CheckProgress::default());
        self.edited_meanwhile = false;
        self.announce(Announcement::CheckBegan);
        vec![Command::Check]
    }

    pub(super) fn load(
        &mut self,
        machine: Machine,
        report: Option<Report>,
        permission: Permission,
    ) -> Vec<Command> {
        self.permission = permission;
        self.take_machine(machine);
        self.loaded = true;
        if report.is_some() {
            self.put_report(report);
        }
        self.catch_up();
        self.refresh();
        let now = self.now.timestamp();
        let stale = self.report.as_ref().is_none_or(|report| is_stale(report.checked_at, now));
        let commands =
            if stale && !self.offline && self.check.is_none() { self.begin_check() } else { Vec::new() };
        self.show_wanted();
        commands
    }

    pub(super) fn read_machine(&mut self, machine: Machine) -> Vec<Command> {
        let before = self.offered();
        self.take_machine(machine);
        self.loaded = true;
        self.catch_up();
        let commands = self.forget_gone_offers(&before);
        self.refresh();
        self.show_wanted();
        commands
    }

    /// A window of a PC without a way to a source does not check by itself.
    pub(super) fn be_offline(&mut self, offline: bool) -> Vec<Command> {
        self.offline = offline;
        Vec::new()
    }

    /// What is known of subscriptions counts at once.
    pub(super) fn take_subscriptions(&mut self, known: Subscriptions) -> Vec<Command> {
        let before = self.offered();
        let is_new = self.subscriptions != known;
        if is_new {
            self.subscriptions = known;
            self.subscription_page.outdate();
        }
        self.catch_up();
        let mut commands = self.forget_gone_offers(&before);
        self.refresh();
        if is_new {
            self.look_at_dialog_again();
            commands.extend(self.preview_again_if_open());
        }
        commands
    }

    /// The same of what was changed here. Where no covered release is known any more, or none yet, a check finds out
    /// about older ones; the one under way may have read the former list, so another follows it.
    pub(super) fn take_edited(&mut self, known: Subscriptions) -> Vec<Command> {
        let before = self.uncovered();
        let mut commands = self.take_subscriptions(known);
        let is_new = self.uncovered().into_iter().any(|one| !before.contains(&one));
        if self.check.is_some() {
            self.edited_meanwhile = true;
        } else if is_new && self.may_look_for_older() {
            commands.extend(self.begin_check());
        }
        commands
    }

    /// Whether a check may begin that nobody asked for.
    fn may_look_for_older(&self) -> bool {
        !self.offline && self.sources.folder.is_none()
    }

    /// Of what no covered release is known, with the last day that is covered; a base by its id.
    fn uncovered(&self) -> Vec<(Option<String>, Date)> {
        let (Some(machine), Some(report)) = (&self.machine, &self.report) else { return Vec::new() };
        let facts = self.subscriptions.facts(machine, &self.now);
        let uncovered = offer::uncovered(&report.items, machine, &facts).into_iter();
        uncovered.map(|one| (one.base.map(|base| base.id.clone()), one.last_day)).collect()
    }

    pub(super) fn show_check(&mut self, progress: CheckProgress) -> Vec<Command> {
        self.check = Some(progress);
        Vec::new()
    }

    pub(super) fn end_check(&mut self, result: Result<Report, CheckFailure>) -> Vec<Command> {
        self.check = None;
        self.loaded = true;
        self.proxy_question = None;
        let mut commands = Vec::new();
        match result {
            Ok(report) => {
                let before = self.offered();
                self.put_report(Some(report));
                self.check_failure = None;
                self.catch_up();
                commands = self.forget_gone_offers(&before);
                if self.edited_meanwhile && self.may_look_for_older() && !self.uncovered().is_empty() {
                    commands.extend(self.begin_check());
                }
            }
            Err(failure) => {
                self.announce(Announcement::CheckFailed(failure.reason.clone()));
                self.check_failure = Some(failure);
                self.ask_if_chosen();
            }
        }
        self.refresh();
        if self.check_failure.is_none() {
            self.announce(Announcement::CheckEnded(self.headline()));
        }
        self.show_wanted();
        commands
    }

    pub(super) fn change_list(&mut self, action: ListAction) -> Vec<Command> {
        match action {
            ListAction::Filter(filter) => self.list.filter = filter,
            ListAction::Search(search) => self.list.search = search,
            ListAction::Sort(sort) => self.list.sort = sort,
            ListAction::Stand(row) => return self.stand_at(row),
            ListAction::Step(step) => return self.step(step),
            ListAction::DownloadAll => return self.download_all(),
            ListAction::Tick { base_id, ticked: true } => {
                self.list.unticked.remove(&base_id);
            }
            ListAction::Tick { base_id, ticked: false } => {
                self.list.unticked.insert(base_id);
            }
            ListAction::Toggle(key) => {
                if !self.list.unfolded.remove(&key) {
                    self.list.unfolded.insert(key);
                }
            }
            ListAction::InSight => {
                if let Some(shown) = &mut self.shown {
                    shown.in_sight = true;
                }
            }
        }
        self.refresh_rows();
        Vec::new()
    }
}

/// A clock that went backwards also makes a report stale.
fn is_stale(checked_at: Timestamp, now: Timestamp) -> bool {
    !(0..STALE_AFTER_SECS).contains(&(now.as_second() - checked_at.as_second()))
}
