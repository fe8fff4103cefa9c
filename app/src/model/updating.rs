//! The life of an update: from the click through the download and the sheet to what was read back.

use smarts_core::offer::{Item, State, Subject};

use super::activity::{Activity, CopyOutcome, FileFacts, Stage};
use super::announce::Announcement;
use super::at_hand::{self, OfFile};
use super::list::GroupKey;
use super::sheet::{Choice, Sheet};
use super::toasts::Done;
use super::{Action, BaseResult, Command, Dialog, ItemAction, Model, Notice, Outcome, Permission, Request};

/// If the file is there within this time of the click, the person is still looking: the sheet opens by
/// itself. Later it would interrupt something else, and the row's button waits instead.
const STILL_LOOKING_SECS: i64 = 10;

impl Model {
    pub(super) fn act_on(&mut self, id: &str, action: &ItemAction) -> Vec<Command> {
        match action {
            ItemAction::Update => self.begin_update(id, false),
            ItemAction::UpdateGroup => self.begin_update(id, true),
            ItemAction::UpdateCovered => self.begin_covered(id, false),
            ItemAction::UpdateGroupCovered => self.begin_covered(id, true),
            ItemAction::Sooner => self.sooner(id),
            ItemAction::Pause => self.pause(id),
            ItemAction::Cancel => self.cancel(id),
            ItemAction::Install => self.open_sheet(id),
            ItemAction::StopApply => self.stop(),
            ItemAction::Skip => self.skip(id),
            ItemAction::OfferAgain => self.offer_again(id),
            ItemAction::Dismiss => self.dismiss(id),
            ItemAction::ShowNotes => self.show_notes(id),
            ItemAction::ShowFailure => self.show(Dialog::Failure { item_id: id.to_owned() }),
            ItemAction::ShowLeft => self.show(Dialog::LeftToDo { item_id: id.to_owned() }),
            ItemAction::ShowDevices => self.show(Dialog::Devices { item_id: id.to_owned() }),
            ItemAction::ShowNotCovered => self.show_not_covered(id, false),
            ItemAction::ShowGroupNotCovered => self.show_not_covered(id, true),
        }
    }

    fn show_not_covered(&mut self, id: &str, whole_group: bool) -> Vec<Command> {
        self.show(Dialog::NotCovered { item_id: id.to_owned(), whole_group })
    }

    pub(super) fn begin_update(&mut self, id: &str, whole_group: bool) -> Vec<Command> {
        let offered = self.item_by_id(id).is_some_and(|item| matches!(item.state, State::Available { .. }));
        let busy = self.activity(id).is_some_and(|a| a.is_transfer() || a.is_applying());
        if !offered || busy || self.permission != Permission::Granted {
            return Vec::new();
        }
        let asked_at = Some(self.now.timestamp());
        // What goes on after a pause or is tried again is for the same bases.
        let whole_group = whole_group || self.activity(id).is_some() && self.is_for_group(id);
        self.requests.insert(id.to_owned(), Request { asked_at, whole_group });
        self.enqueue(id);
        self.refresh_rows();
        Vec::new()
    }

    fn is_for_group(&self, id: &str) -> bool {
        self.requests.get(id).is_some_and(|request| request.whole_group)
    }

    fn pause(&mut self, id: &str) -> Vec<Command> {
        match self.activity(id) {
            Some(Activity::Queued) if self.place_in_queue(id).is_some() => Vec::new(),
            Some(Activity::Queued | Activity::Downloading(_) | Activity::WaitingForTry { .. }) => {
                vec![Command::PauseDownload { item_id: id.to_owned() }]
            }
            _ => Vec::new(),
        }
    }

    fn cancel(&mut self, id: &str) -> Vec<Command> {
        match self.activity(id) {
            Some(
                Activity::Queued
                | Activity::Downloading(_)
                | Activity::WaitingForTry { .. }
                | Activity::Paused { .. }
                | Activity::DownloadFailed(_)
                | Activity::Refused(_),
            ) => {
                let covered = self.is_covered_chosen(id);
                let whole_group = self.is_for_group(id);
                // What has arrived of it is somebody else's, too.
                let is_kept = self.place_in_queue(id).is_some() && self.shares_download(id);
                self.queue.retain(|waiting| waiting != id);
                let again = match (covered, whole_group) {
                    (false, false) => ItemAction::Update,
                    (false, true) => ItemAction::UpdateGroup,
                    (true, false) => ItemAction::UpdateCovered,
                    (true, true) => ItemAction::UpdateGroupCovered,
                };
                let again = Action::Item { id: id.to_owned(), action: again };
                self.say(Done::DownloadCancelled { item_id: id.to_owned() }, Some(again));
                self.forget(id);
                if is_kept {
                    return Vec::new();
                }
                self.cancelled.insert(id.to_owned());
                vec![Command::CancelDownload { item_id: id.to_owned(), covered }]
            }
            _ => Vec::new(),
        }
    }

    fn stop(&mut self) -> Vec<Command> {
        if self.is_applying() { vec![Command::StopApply] } else { Vec::new() }
    }

    fn dismiss(&mut self, id: &str) -> Vec<Command> {
        if self.activity(id).is_some_and(Activity::is_message) {
            self.forget(id);
        }
        Vec::new()
    }

    fn forget(&mut self, id: &str) {
        self.activities.remove(id);
        self.requests.remove(id);
        self.forget_idle_covered();
        self.refresh_rows();
    }

    /// For another source: whatever waited for the person was about the former one. What a wizard has left on this
    /// PC was not, so its question stays.
    pub(super) fn forget_all(&mut self) {
        self.activities.clear();
        self.requests.clear();
        self.files.clear();
        self.cancelled.clear();
        self.covered.clear();
        self.sheet_aside = None;
    }

    /// For progress of downloads: late news about one that was paused or cancelled changes nothing.
    pub(super) fn advance(&mut self, id: String, activity: Activity) -> Vec<Command> {
        match self.activity(&id) {
            Some(present) if present.is_transfer() => self.set_activity(id, activity),
            _ => Vec::new(),
        }
    }

    /// For the end of a download, also of one an earlier run left. An end that was on its way when the
    /// person cancelled brings nothing back.
    pub(super) fn end_download(&mut self, id: String, activity: Activity) -> Vec<Command> {
        if self.cancelled.contains(&id) { Vec::new() } else { self.set_activity(id, activity) }
    }

    pub(super) fn fail_download(&mut self, id: String, activity: Activity, notice: Notice) -> Vec<Command> {
        if !self.cancelled.contains(&id) {
            self.announce(Announcement::NotReady { item_id: id.clone(), why: notice.what });
        }
        self.end_download(id, activity)
    }

    pub(super) fn set_activity(&mut self, id: String, activity: Activity) -> Vec<Command> {
        // Bytes arrive ten times a second, and change no row's place.
        let kind = std::mem::discriminant(&activity);
        let before = self.activities.insert(id, activity);
        if before.is_none_or(|before| std::mem::discriminant(&before) != kind) {
            self.refresh_rows();
        }
        Vec::new()
    }

    pub(super) fn retain_activities(&mut self, keep: impl Fn(&Activity) -> bool) {
        self.activities.retain(|_, activity| keep(activity));
        self.forget_idle_covered();
        self.refresh_rows();
    }

    pub(super) fn verified(&mut self, id: &str, file: FileFacts) -> Vec<Command> {
        if self.cancelled.contains(id) {
            return Vec::new();
        }
        self.files.insert(id.to_owned(), file.clone());
        let now = self.now.timestamp().as_second();
        let looking = self
            .requests
            .get(id)
            .and_then(|request| request.asked_at)
            .is_some_and(|asked_at| now - asked_at.as_second() <= STILL_LOOKING_SECS);
        let open = looking && self.dialog.is_none() && !self.is_applying();
        let commands = self.set_activity(id.to_owned(), Activity::Ready(file));
        if open {
            return self.open_sheet(id);
        }
        self.announce(Announcement::Ready { item_id: id.to_owned() });
        // Somebody was faster than the files were examined again: what would be done can be looked at now.
        match &self.dialog {
            Some(Dialog::Sheet(sheet)) if sheet.item_id == id => {
                vec![Command::Preview { item_id: id.to_owned(), base_ids: sheet.chosen_ids() }]
            }
            _ => commands,
        }
    }

    /// The bases one and the same file updates; the one asked about comes first, as the pilot.
    pub(super) fn choices(&self, id: &str, whole_group: bool) -> Vec<Choice> {
        let Some(key) = self.item_by_id(id).and_then(GroupKey::of) else { return Vec::new() };
        let shares = |item: &Item| {
            item.subject == Subject::Base
                && !self.activity(&item.id).is_some_and(|a| a.is_applying() || a.is_over())
                && GroupKey::of(item).is_some_and(|other| other.shares_files(&key))
        };
        let choice = |item: &Item| Choice {
            id: item.id.clone(),
            name: item.name.clone(),
            chosen: item.id == id || whole_group && !self.list.unticked.contains(&item.id),
        };
        let items = || self.report.iter().flat_map(|report| &report.items);
        let pilot = items().filter(|item| item.id == id && item.subject == Subject::Base);
        let others = items().filter(|item| item.id != id && shares(item));
        pilot.chain(others).map(choice).collect()
    }

    pub(super) fn open_sheet(&mut self, id: &str) -> Vec<Command> {
        if !matches!(self.activity(id), Some(Activity::Ready(_))) {
            return Vec::new();
        }
        let whole_group = self.is_for_group(id);
        let choices = self.choices(id, whole_group);
        self.show_sheet(id, choices)
    }

    pub(super) fn show_sheet(&mut self, id: &str, choices: Vec<Choice>) -> Vec<Command> {
        self.show_sheet_of(id, choices, None)
    }

    pub(super) fn show_sheet_of(
        &mut self,
        id: &str,
        choices: Vec<Choice>,
        of_file: Option<OfFile>,
    ) -> Vec<Command> {
        let sheet = Sheet {
            item_id: id.to_owned(),
            of_file,
            choices,
            data: None,
            fresh: false,
            asked_at: self.now.timestamp(),
            awaits: true,
            consent: false,
            lets_go: true,
            differences: None,
        };
        let preview = Command::Preview { item_id: id.to_owned(), base_ids: sheet.chosen_ids() };
        self.dialog = Some(Dialog::Sheet(sheet));
        vec![preview]
    }

    /// The rows of a plan that has been agreed to.
    pub(super) fn begin_apply(&mut self, item_id: &str, base_ids: &[String]) {
        let targets = at_hand::targets(item_id, base_ids);
        // Of bases that were ticked beside it, too, the covered release is what is tried again.
        if self.is_covered_chosen(item_id) {
            self.choose_covered(item_id, &targets);
            self.refresh();
        }
        if let Some(first) = targets.first() {
            self.announce(Announcement::UpdateBegan { item_id: first.clone() });
        }
        let pilot = targets.first().map_or_else(String::new, |id| self.name_of(id).to_owned());
        for (place, id) in targets.into_iter().enumerate() {
            let activity = if place == 0 {
                Activity::Applying(Stage::Preparing)
            } else {
                Activity::Waiting { pilot: pilot.clone() }
            };
            self.activities.insert(id, activity);
        }
        self.refresh_rows();
    }

    /// What was updated changes what suits the rest (a product may have waited for the platform), so the
    /// source is asked again.
    pub(super) fn finish(&mut self, results: Vec<BaseResult>) -> Vec<Command> {
        let is_new = |outcome: &Outcome| {
            matches!(outcome, Outcome::Done(_) | Outcome::Copies(CopyOutcome::WentBack(_)))
        };
        let any_done = results.iter().any(|result| is_new(&result.outcome));
        self.announce_results(&results);
        for BaseResult { item_id, outcome } in results {
            self.requests.remove(&item_id);
            let activity = match outcome {
                Outcome::Done(done) => Some(Activity::Done(done)),
                Outcome::Failed(notice) => Some(Activity::Failed(notice)),
                // What is staged for its devices is no stage of the base's own.
                Outcome::NotStarted | Outcome::Stopped | Outcome::Staging(_) => {
                    self.files.get(&item_id).cloned().map(Activity::Ready)
                }
                Outcome::NotPermitted => Some(Activity::NotPermitted),
                Outcome::WizardRun => None,
                Outcome::Copies(outcome) => self.end_copies(outcome),
            };
            match activity {
                Some(activity) => self.activities.insert(item_id, activity),
                None => self.activities.remove(&item_id),
            };
        }
        self.forget_idle_covered();
        self.refresh_rows();
        self.leave_if_wanted();
        if any_done && self.check.is_none() { self.begin_check() } else { Vec::new() }
    }
}
