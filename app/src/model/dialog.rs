//! What is open above the list, one thing at a time: the sheet, the notes, the details; and the question
//! before the window closes.

use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::http::login::Password;
use smarts_core::tree::RelPath;
use smarts_core::version::Version;

use super::activity::Activity;
use super::announce;
use super::at_hand::{self, AtHandPage, OfFile};
use super::devices::{AppPage, UnstagePage};
use super::going_back::GoingBackPage;
use super::notes::NotesPage;
use super::reports::ReportsPage;
use super::sheet::{Choice, Differences, Sheet, SheetData, ToldDifference};
use super::subscriptions::SubscriptionDialog;
use super::waiting::AbandonQuestion;
use super::{
    Command, Expiry, ItemAction, LeaveAction, Model, Notice, PLATFORM, ProxyQuestion, SheetAction,
    SubscriptionsAction, Tab, WizardAction, WizardTemplate,
};

/// What is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// The sheet before a change.
    Sheet(Sheet),
    /// What changes in an offer.
    Notes(NotesPage),
    /// All that is known about a failure.
    Failure {
        /// Whose.
        item_id: String,
    },
    /// What is left to do after an update.
    LeftToDo {
        /// Whose.
        item_id: String,
    },
    /// The devices a warning is about.
    Devices {
        /// Whose.
        item_id: String,
    },
    /// Why subscriptions keep something from being updated.
    NotCovered {
        /// What.
        item_id: String,
        /// And all bases with the same offer and the same block.
        whole_group: bool,
    },
    /// Going back to a copy of a base.
    GoingBack(GoingBackPage),
    /// What could not be read.
    Problems,
    /// How far the source is proved.
    Source,
    /// Why the last check gave nothing.
    CheckFailure,
    /// An answer about a version was not kept.
    SkipNotKept {
        /// Why, and what is so now; a sentence.
        why: String,
    },
    /// The source cannot be changed while files are on their way.
    SourceBusy,
    /// Whether to use a folder whose signatures have expired.
    Expired {
        /// Which, and when they did.
        expiry: Expiry,
        /// The moment that counts.
        now: Timestamp,
    },
    /// What keys do.
    Keys,
    /// The reports of many PCs.
    Reports(ReportsPage),
    /// A record, an import, or a question about subscriptions.
    Subscription(SubscriptionDialog),
    /// Which bases to update after a wizard.
    Wizard(WizardQuestion),
    /// Whether to give up what was agreed to and not finished.
    Abandon(AbandonQuestion),
    /// A file at hand.
    AtHand(AtHandPage),
    /// An app before it is staged for mobile devices.
    App(Box<AppPage>),
    /// Whether staging is to be taken back.
    Unstage(UnstagePage),
    /// The ways of a mobile device itself to a newer app.
    DeviceWays {
        /// The base whose links are shown.
        base_id: String,
    },
    /// The password that a proxy wants.
    ProxyPassword {
        /// Which, and whose.
        question: ProxyQuestion,
        /// What is typed so far.
        password: Password,
    },
}

/// The question after a wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WizardQuestion {
    /// The template the wizard has left.
    pub template: PathBuf,
    /// Its product.
    pub product: String,
    /// Its version.
    pub version: Version,
    /// The bases it suits; all ticked at first.
    pub choices: Vec<Choice>,
}

/// The question before the window closes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leave {
    /// Not asked.
    #[default]
    No,
    /// The person closes the window while something is under way.
    Asking,
    /// It closes when the installation has ended.
    WhenDone,
    /// It closes now.
    Now,
}

impl Model {
    /// Whether something is open above the window's tabs that is to be dealt with first.
    pub fn is_covered(&self) -> bool {
        self.dialog.is_some() || self.leave == Leave::Asking
    }

    /// The sheet, if it is open.
    pub fn sheet(&self) -> Option<&Sheet> {
        match &self.dialog {
            Some(Dialog::Sheet(sheet)) => Some(sheet),
            _ => None,
        }
    }

    pub(super) fn show(&mut self, dialog: Dialog) -> Vec<Command> {
        self.dialog = Some(dialog);
        Vec::new()
    }

    pub(super) fn close_dialog(&mut self) -> Vec<Command> {
        if self.is_staging() {
            return Vec::new();
        }
        let mut commands = self.stop_looking();
        commands.extend(self.put_away());
        self.dialog = self.skip_fault.take().map(|why| Dialog::SkipNotKept { why });
        commands
    }

    /// What is open gives way: a sheet for as long as dates are entered.
    pub(super) fn enter_dates(&mut self, devices: Vec<String>, items: Vec<String>) -> Vec<Command> {
        match self.dialog.take() {
            Some(Dialog::Sheet(sheet)) => self.sheet_aside = Some(sheet),
            Some(Dialog::NotCovered { .. }) | None => {}
            other => {
                self.dialog = other;
                return Vec::new();
            }
        }
        self.change_subscriptions(SubscriptionsAction::EnterDate { devices, items })
    }

    /// Once nothing else is open; one whose file waits no more stays away.
    pub(super) fn bring_back_sheet(&mut self) -> Vec<Command> {
        if self.dialog.is_some() {
            return Vec::new();
        }
        let Some(sheet) = self.sheet_aside.take() else { return Vec::new() };
        let waits = at_hand::is_at_hand(&sheet.item_id)
            || matches!(self.activity(&sheet.item_id), Some(Activity::Ready(_)));
        if !waits {
            return Vec::new();
        }
        self.tab = Tab::Updates;
        self.show_sheet_of(&sheet.item_id, sheet.choices, sheet.of_file)
    }

    pub(super) fn change_sheet(&mut self, action: SheetAction) -> Vec<Command> {
        match action {
            SheetAction::Choose { base_id, chosen } => self.choose(&base_id, chosen),
            SheetAction::Consent(consent) => {
                if let Some(Dialog::Sheet(sheet)) = &mut self.dialog {
                    sheet.consent = consent;
                }
                Vec::new()
            }
            SheetAction::LetGo(lets_go) => {
                if let Some(Dialog::Sheet(sheet)) = &mut self.dialog {
                    sheet.lets_go = lets_go;
                }
                Vec::new()
            }
            SheetAction::ShowDifferences => self.show_differences(),
            SheetAction::HideDifferences => {
                if let Some(Dialog::Sheet(sheet)) = &mut self.dialog {
                    sheet.differences = None;
                }
                Vec::new()
            }
            SheetAction::PlatformFirst => {
                let mut commands = self.put_away();
                self.dialog = None;
                commands.extend(self.act_on(PLATFORM, &ItemAction::Update));
                commands
            }
            SheetAction::Remind => self.put_off(),
            SheetAction::Confirm => self.confirm(),
        }
    }

    fn show_differences(&mut self) -> Vec<Command> {
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return Vec::new() };
        let Some(paths) = sheet.changed_paths() else { return Vec::new() };
        sheet.differences = Some(Differences { paths: paths.clone(), told: None });
        vec![Command::ReadDifferences { item_id: sheet.item_id.clone(), paths }]
    }

    /// Those that were not asked about, or not any more, are late.
    pub(super) fn fill_differences(
        &mut self,
        item_id: &str,
        paths: &[RelPath],
        told: Vec<ToldDifference>,
    ) -> Vec<Command> {
        if let Some(Dialog::Sheet(sheet)) = &mut self.dialog
            && sheet.item_id == item_id
            && let Some(differences) = sheet.differences.as_mut().filter(|shown| shown.paths == paths)
        {
            differences.told = Some(told);
        }
        Vec::new()
    }

    fn choose(&mut self, base_id: &str, chosen: bool) -> Vec<Command> {
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return Vec::new() };
        for choice in sheet.choices.iter_mut().filter(|choice| choice.id == base_id) {
            choice.chosen = chosen;
        }
        sheet.fresh = false;
        if sheet.pilot().is_none() { Vec::new() } else { self.preview_again() }
    }

    fn preview_again(&mut self) -> Vec<Command> {
        let asked_at = self.now.timestamp();
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return Vec::new() };
        sheet.asked_at = asked_at;
        sheet.awaits = true;
        vec![Command::Preview { item_id: sheet.item_id.clone(), base_ids: sheet.chosen_ids() }]
    }

    /// What stood in the way may have gone: a base that was open, a disk that was full.
    pub(super) fn look_again(&mut self) -> Vec<Command> {
        let now = self.now.timestamp();
        if self.sheet().is_some_and(|sheet| sheet.is_due(now)) { self.preview_again() } else { Vec::new() }
    }

    pub(super) fn fill_sheet(
        &mut self,
        item_id: &str,
        base_ids: &[String],
        data: Result<SheetData, Notice>,
    ) -> Vec<Command> {
        let before = self.sheet().and_then(announce::stops);
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return Vec::new() };
        // An answer about other ticks than the present ones is late: the right one is on its way.
        if sheet.item_id == item_id && sheet.chosen_ids() == base_ids {
            sheet.data = Some(data);
            sheet.fresh = true;
            sheet.awaits = false;
            self.announce_stops(before);
        }
        Vec::new()
    }

    fn confirm(&mut self) -> Vec<Command> {
        let busy = self.is_applying();
        let Some(Dialog::Sheet(sheet)) = &self.dialog else { return Vec::new() };
        if sheet.obstacle(busy).is_some() {
            return Vec::new();
        }
        let (item_id, base_ids) = (sheet.item_id.clone(), sheet.chosen_ids());
        let accept_unproved = sheet.needs_consent() && sheet.consent;
        let agreed_to_go = sheet.agreed_to_go();
        self.dialog = None;
        self.reminders.remove(&item_id);
        self.begin_apply(&item_id, &base_ids);
        vec![Command::Apply { item_id, base_ids, accept_unproved, agreed_to_go }]
    }

    pub(super) fn ask_about_template(&mut self, template: WizardTemplate) -> Vec<Command> {
        let choice = |id: String| Choice { name: self.name_of(&id).to_owned(), id, chosen: true };
        let choices: Vec<Choice> = template.base_ids.into_iter().map(choice).collect();
        if !choices.is_empty() {
            let WizardTemplate { template, product, version, .. } = template;
            self.wizards_aside.push_back(WizardQuestion { template, product, version, choices });
            self.ask_about_wizard();
        }
        Vec::new()
    }

    /// Once nothing else is open: what is typed or about to be decided is not taken away for it.
    pub(super) fn ask_about_wizard(&mut self) {
        if self.dialog.is_none() {
            self.dialog = self.wizards_aside.pop_front().map(Dialog::Wizard);
        }
    }

    pub(super) fn change_wizard(&mut self, action: WizardAction) -> Vec<Command> {
        let Some(Dialog::Wizard(question)) = &mut self.dialog else { return Vec::new() };
        match action {
            WizardAction::Choose { base_id, chosen } => {
                for choice in question.choices.iter_mut().filter(|choice| choice.id == base_id) {
                    choice.chosen = chosen;
                }
                Vec::new()
            }
            WizardAction::Confirm => {
                let chosen: Vec<Choice> =
                    question.choices.iter().filter(|choice| choice.chosen).cloned().collect();
                let template = question.template.clone();
                let Some(pilot) = chosen.first().map(|choice| choice.id.clone()) else { return Vec::new() };
                let base_ids = chosen.iter().map(|choice| choice.id.clone()).collect();
                // The source may offer the row another version.
                let of_file = OfFile { product: question.product.clone(), version: question.version };
                // The worker examines the template and answers for this very sheet.
                let _ = self.show_sheet_of(&pilot, chosen, Some(of_file));
                vec![Command::ApplyTemplate { template, base_ids }]
            }
        }
    }

    pub(super) fn change_leave(&mut self, action: LeaveAction) -> Vec<Command> {
        let is_changing = self.is_applying() || self.is_staging();
        let busy = is_changing || self.is_downloading() || self.settings_page.unsaved() > 0;
        self.leave = match action {
            LeaveAction::Ask if busy => Leave::Asking,
            // A base half replaced is worse than a window that stays open.
            LeaveAction::Now if is_changing => Leave::WhenDone,
            LeaveAction::Ask | LeaveAction::Now => Leave::Now,
            LeaveAction::Stay => Leave::No,
            LeaveAction::WhenDone => Leave::WhenDone,
        };
        Vec::new()
    }

    pub(super) fn leave_if_wanted(&mut self) {
        if self.leave == Leave::WhenDone && !self.is_applying() && !self.is_staging() {
            self.leave = Leave::Now;
        }
    }
}
