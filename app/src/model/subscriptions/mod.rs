//! The tab «Подписки»: what is shown of the subscriptions, what is asked about them, and what becomes of that.
//!
//! What is known stands in [`Model::subscriptions`]; here is what the person has chosen to see of it, derived once
//! when something has changed. Deliberately not here: reading lists, and how a change is saved and by whom it may
//! be; the worker does that.

mod edit;
mod import;
mod licences;
mod messages;
mod shown;
mod told;

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use jiff::civil::Date;
use smarts_core::subscription::{Edit, Overview, Record, RecordKey};

pub use self::edit::{Choice, EditForm, EditObstacle, EditPage, Outlook, Subject};
pub use self::import::{
    ImportAction, ImportList, ImportObstacle, ImportPage, Preview, PreviewLine, ReadTable, Section,
};
pub use self::messages::{Former, SubscriptionCommand, SubscriptionEvent, UnreadList, Written};
pub use self::shown::{By, Filter, Row};
use self::told::Outcome;
pub use self::told::Told;
use super::schedule::{Access, Saving};
use super::toasts::Done;
use super::{Command, Dialog, Model, Tab};

/// What a person does about subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub enum SubscriptionsAction {
    /// By device or by base.
    By(By),
    /// Which rows.
    Filter(Filter),
    /// The text searched for.
    Search(String),
    /// Open or close the platform (`platform`) or a base, by id.
    Toggle(String),
    /// Ask until when the subscriptions of these devices hold now; wherever that is asked from, the tab opens.
    EnterDate {
        /// By name; at least one.
        devices: Vec<String>,
        /// The items it is about, by id: `platform` or bases; empty: whatever is here.
        items: Vec<String>,
    },
    /// The same of the devices of the platform (`platform`) or of a base that have ended or have no date.
    EnterDateOf(String),
    /// Ask about a device that is to be typed or chosen.
    Add,
    /// Ask what is to become of a record.
    Change(RecordKey),
    /// The same where its date is what is to be typed anew.
    Renew(RecordKey),
    /// What is typed and chosen now.
    Type(EditForm),
    /// Tick or untick one of several records.
    Choose {
        /// Its place.
        place: usize,
        /// Ticked.
        chosen: bool,
    },
    /// Put in force what is typed.
    Save,
    /// Ask whether that is really wanted.
    Ask(Question),
    /// It is.
    Confirm,
    /// Let a device count again that was just written off.
    CountAgain {
        /// Which.
        device: String,
    },
    /// About a list that is to be imported.
    Import(ImportAction),
    /// Choose where the list is to be written to.
    ChooseExport,
    /// Write it there.
    Export(PathBuf),
    /// The rows that are shown were copied for an invoice.
    Copied {
        /// So many.
        rows: usize,
    },
    /// Show the folder of the platform, where the licence manager is.
    OpenLicenceManager,
}

/// What is asked before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Take a record away.
    Remove(RecordKey),
    /// A device is not in use any more.
    WriteOff {
        /// By name.
        device: String,
    },
    /// It is in use after all.
    CountAgain {
        /// By name.
        device: String,
    },
}

/// What is open about subscriptions.
#[derive(Clone, Debug, PartialEq)]
pub enum SubscriptionDialog {
    /// A record, or the dates of several.
    Edit(Box<EditPage>),
    /// What an import would do.
    Import(ImportPage),
    /// Whether something is really wanted.
    Question {
        /// What.
        question: Question,
        /// The record that is to be taken away.
        record: Option<Record>,
        /// What became of it.
        saving: Saving,
    },
}

/// The tab.
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionPage {
    /// By device or by base.
    pub by: By,
    /// Which rows.
    pub filter: Filter,
    /// The text searched for, as typed.
    pub search: String,
    /// The platform and the bases that are unfolded, by id.
    pub unfolded: BTreeSet<String>,
    /// Whether this person may change anything.
    pub access: Access,
    /// The kept list, if it is not used.
    pub unread: Option<UnreadList>,
    /// All there is to show.
    pub overview: Overview,
    /// What is shown of it, from top to bottom.
    pub rows: Vec<Row>,
    /// Lines that a list for an invoice has.
    pub billed: usize,
    /// What has just been done.
    pub told: Option<Told>,
    /// The bases below which licences stand, by place; `None`: the platform.
    licensed: HashSet<Option<usize>>,
    /// The day the overview is about; `None`: what it was made of has changed since.
    day: Option<Date>,
    /// What to say when the change under way is saved.
    saving: Option<Outcome>,
}

impl Default for SubscriptionPage {
    fn default() -> Self {
        Self {
            by: By::default(),
            filter: Filter::default(),
            search: String::new(),
            unfolded: BTreeSet::new(),
            access: Access::Asked,
            unread: None,
            overview: Overview::default(),
            rows: Vec::new(),
            billed: 0,
            licensed: HashSet::new(),
            told: None,
            day: None,
            saving: None,
        }
    }
}

impl SubscriptionPage {
    /// What it was made of has changed.
    pub(in crate::model) fn outdate(&mut self) {
        self.day = None;
    }

    /// Whether a change is being saved, whatever is open.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }
}

impl Model {
    /// A record of the list.
    pub fn record(&self, place: Option<usize>) -> Option<&Record> {
        self.subscriptions.records.get(place?)
    }

    /// What is open about subscriptions.
    pub fn subscription_dialog(&self) -> Option<&SubscriptionDialog> {
        match &self.dialog {
            Some(Dialog::Subscription(dialog)) => Some(dialog),
            _ => None,
        }
    }

    pub(super) fn change_subscriptions(&mut self, action: SubscriptionsAction) -> Vec<Command> {
        match action {
            SubscriptionsAction::By(by) => self.show_rows(|page| page.by = by),
            SubscriptionsAction::Filter(filter) => self.show_rows(|page| page.filter = filter),
            SubscriptionsAction::Search(search) => self.show_rows(|page| page.search = search),
            SubscriptionsAction::Toggle(id) => self.show_rows(|page| {
                if !page.unfolded.remove(&id) {
                    page.unfolded.insert(id);
                }
            }),
            SubscriptionsAction::EnterDate { devices, items } => self.enter_date(&devices, &items),
            SubscriptionsAction::EnterDateOf(id) => self.enter_date_of(&id),
            SubscriptionsAction::Add => {
                self.open_subscription(SubscriptionDialog::Edit(Box::new(self.new_record())))
            }
            SubscriptionsAction::Change(key) => self.change_record(&key, false),
            SubscriptionsAction::Renew(key) => self.change_record(&key, true),
            SubscriptionsAction::Type(form) => self.type_record(form),
            SubscriptionsAction::Choose { place, chosen } => self.choose_record(place, chosen),
            SubscriptionsAction::Save => self.save_record(),
            SubscriptionsAction::Ask(question) => {
                let saving = Saving::Idle;
                self.open_subscription(SubscriptionDialog::Question { question, record: None, saving })
            }
            SubscriptionsAction::Confirm => self.confirm_question(),
            SubscriptionsAction::CountAgain { device } => self.count_device_again(device),
            SubscriptionsAction::Import(action) => self.change_import(action),
            SubscriptionsAction::ChooseExport => vec![Command::ChooseSubscriptionsExport],
            SubscriptionsAction::Export(path) => {
                vec![Command::Subscriptions(SubscriptionCommand::Export { path })]
            }
            SubscriptionsAction::Copied { rows } => {
                self.say(Done::RowsCopied { rows }, None);
                Vec::new()
            }
            SubscriptionsAction::OpenLicenceManager => {
                vec![Command::Subscriptions(SubscriptionCommand::OpenLicenceManager)]
            }
        }
    }

    /// Nothing that is open is taken away for it.
    fn open_subscription(&mut self, dialog: SubscriptionDialog) -> Vec<Command> {
        if self.dialog.is_none() {
            self.tab = Tab::Subscriptions;
            self.subscription_page.told = None;
            self.dialog = Some(Dialog::Subscription(dialog));
            self.look_at_dialog_again();
        }
        Vec::new()
    }

    fn confirm_question(&mut self) -> Vec<Command> {
        let may = self.may_save();
        let Some(Dialog::Subscription(SubscriptionDialog::Question { question, saving, .. })) =
            &mut self.dialog
        else {
            return Vec::new();
        };
        if !may {
            return Vec::new();
        }
        *saving = Saving::Running;
        let (edit, told) = match question.clone() {
            Question::Remove(key) => {
                let told = Told::Removed { device: key.device.clone(), former: None };
                (Edit::Remove { key }, Outcome::OnPage(told))
            }
            Question::WriteOff { device } => (
                Edit::WriteOff { devices: vec![device.clone()] },
                Outcome::InPassing(Done::WrittenOff { device }),
            ),
            Question::CountAgain { device } => (
                Edit::CountAgain { devices: vec![device.clone()] },
                Outcome::InPassing(Done::CountedAgain { device }),
            ),
        };
        self.subscription_page.saving = Some(told);
        vec![Command::Subscriptions(SubscriptionCommand::Edit(edit))]
    }

    /// Without a question: it only takes back what was just done.
    fn count_device_again(&mut self, device: String) -> Vec<Command> {
        if !self.may_save() {
            return Vec::new();
        }
        let edit = Edit::CountAgain { devices: vec![device.clone()] };
        self.subscription_page.saving = Some(Outcome::InPassing(Done::CountedAgain { device }));
        vec![Command::Subscriptions(SubscriptionCommand::Edit(edit))]
    }

    /// Whether anything may be saved now: by this person, and not while something else is.
    fn may_save(&self) -> bool {
        self.subscription_page.access != Access::Locked && !self.subscription_page.is_saving()
    }

    pub(super) fn hear_of_subscriptions(&mut self, event: SubscriptionEvent) -> Vec<Command> {
        match event {
            SubscriptionEvent::Access(access) => {
                self.subscription_page.access = access;
                Vec::new()
            }
            SubscriptionEvent::Unread(unread) => {
                self.subscription_page.unread = unread;
                Vec::new()
            }
            SubscriptionEvent::ListRead { path, read } => self.fill_import(&path, read),
            SubscriptionEvent::Previewed { path, columns, preview } => {
                self.fill_preview(&path, columns, preview)
            }
            SubscriptionEvent::Edited { known, result } => self.end_edit(known, result),
            SubscriptionEvent::Exported { path, result } => self.end_export(path, result),
        }
    }
}
