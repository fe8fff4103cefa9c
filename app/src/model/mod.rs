//! What the window knows, and the only two functions that change it (in `dispatch`): [`update`] for what a person does,
//! [`receive`] for what the worker answers. Both return work for the worker.
//!
//! Pure: no I/O, no clock, no thread, no widgets. The time comes with [`Action::Tick`]. Words for people
//! are made elsewhere; the strings here are the machine's own (names, paths) or come ready from the worker.

mod action;
pub mod activity;
pub mod announce;
pub mod at_hand;
mod checking;
mod command;
mod covered;
pub mod current;
pub mod details;
pub mod devices;
pub mod diagnostics;
mod dialog;
mod dispatch;
mod event;
mod following;
pub mod going_back;
pub mod history;
pub mod list;
mod lookup;
pub mod notes;
mod notice;
mod outcome;
mod proxy;
pub mod queue;
mod reminding;
pub mod reports;
pub mod schedule;
pub mod settings;
pub mod sheet;
mod shown;
mod skipping;
pub mod sort;
mod sources;
pub mod subscriptions;
pub mod summary;
mod tab;
pub mod toasts;
mod updating;
pub mod waiting;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::{HashMap, HashSet, VecDeque};

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::offer::Subject;
use smarts_core::subscription::{ClockBehind, Subscriptions, clock_behind};

pub use self::action::{
    Action, ItemAction, LeaveAction, ListAction, ProxyAction, SheetAction, SourceAction, WizardAction,
};
pub use self::at_hand::{AtHandAction, AtHandCommand};
pub use self::command::{Command, ProxyQuestion};
pub use self::devices::{DevicesAction, DevicesCommand, DevicesEvent};
pub use self::diagnostics::{DiagnosticsAction, DiagnosticsCommand, DiagnosticsEvent};
pub use self::dialog::{Dialog, Leave, WizardQuestion};
pub use self::dispatch::{is_web_address, receive, update};
pub use self::event::{Event, Permission};
pub use self::going_back::GoingBackAction;
pub use self::history::HistoryAction;
pub use self::notice::{CheckFailure, FailureKind, Notice, Works};
pub use self::outcome::{BaseResult, Outcome, WizardTemplate};
pub use self::reports::ReportsAction;
pub use self::settings::{Group, SettingsAction, SettingsCommand, SettingsEvent};
pub use self::shown::{MARKED_SECS, Shown};
pub use self::skipping::Skipped;
pub use self::sources::Sources;
pub use self::subscriptions::SubscriptionsAction;
pub use self::tab::{TABS, Tab};
pub use self::waiting::WaitingAction;
pub use crate::session::{Detour, Expiry, Origin, Proved};
pub use smarts_core::offer::{PLATFORM, UPDATER};

use self::activity::{Activity, FileFacts};
use self::announce::Announced;
use self::details::Details;
use self::devices::DevicesPage;
use self::diagnostics::DiagnosticsPage;
use self::history::HistoryPage;
use self::list::List;
use self::queue::Downloads;
use self::reminding::Reminder;
use self::settings::SettingsPage;
use self::sheet::Sheet;
pub(crate) use self::skipping::is_same_offer;
use self::subscriptions::SubscriptionPage;
use self::summary::{Counts, Places};
use self::toasts::Toasts;
use self::waiting::WaitingPlan;

/// Everything the window knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The time of this frame, with the person's time zone.
    pub now: Zoned,
    /// `None` until it has been read.
    pub machine: Option<Machine>,
    /// The last good report, whatever came after it.
    pub report: Option<Report>,
    /// Whether the last report and the machine have been read at all.
    pub loaded: bool,
    /// Whether the person is offered to update.
    pub permission: Permission,
    /// The check under way.
    pub check: Option<CheckProgress>,
    /// What is known of subscriptions was changed here during it.
    edited_meanwhile: bool,
    /// Why the last check gave no report.
    pub check_failure: Option<CheckFailure>,
    /// This PC has no way to a source: that it is not reached is no news, the age of what is known is.
    pub offline: bool,
    /// What is known of subscriptions.
    pub subscriptions: Subscriptions,
    /// The clock is behind what is already there; by it, what has ended seems to hold.
    pub clock: Option<ClockBehind>,
    /// What is shown of that.
    pub subscription_page: SubscriptionPage,
    /// What is shown of the history.
    pub history_page: HistoryPage,
    /// What is shown of the settings.
    pub settings_page: SettingsPage,
    /// What is shown of mobile devices.
    pub devices_page: DevicesPage,
    /// What is found on this PC.
    pub diagnostics: DiagnosticsPage,
    /// Which tab is open.
    pub tab: Tab,
    /// Which source all that is about.
    pub sources: Sources,
    /// The proxy that wanted a password when the last check failed.
    pub proxy_question: Option<ProxyQuestion>,
    /// The list of bases.
    pub list: List,
    /// What is open about one of its rows.
    pub details: Option<Details>,
    /// The base whose copies the worker is listing for that.
    copies_asked: Option<String>,
    /// What is open above the list.
    pub dialog: Option<Dialog>,
    /// The sheet, while a date is entered that it wants.
    sheet_aside: Option<Sheet>,
    /// Sheets that were put off, by item.
    reminders: HashMap<String, Reminder>,
    /// What was agreed to and not finished.
    waiting: Option<WaitingPlan>,
    /// The questions after wizards that have ended while something else was open, the oldest first.
    wizards_aside: VecDeque<WizardQuestion>,
    /// The question before the window closes.
    pub leave: Leave,
    /// What is told to whoever does not see it.
    pub announced: Announced,
    /// What was just done.
    pub toasts: Toasts,
    /// The item the person came for.
    pub shown: Option<Shown>,
    /// One that is not there yet.
    wanted: Option<String>,
    activities: HashMap<String, Activity>,
    /// Downloads that wait for their turn, in their order.
    queue: Vec<String>,
    downloads: Downloads,
    files: HashMap<String, FileFacts>,
    skipped: Skipped,
    /// Items with the covered release in place of the newest.
    covered: HashMap<String, covered::Choice>,
    /// The last days that are covered, in the order of the report's items.
    last_days: Vec<Option<Date>>,
    /// An answer was not kept, which is told when nothing else is open.
    skip_fault: Option<String>,
    requests: HashMap<String, Request>,
    /// How often was looked at what going back would do.
    looks: u64,
    /// What the row said before something was done with copies.
    before_copies: Option<Activity>,
    cancelled: HashSet<String>,
    items: HashMap<String, usize>,
    platform: Option<usize>,
    updater: Option<usize>,
    counts: Counts,
    places: Places,
}

/// How far a check is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckProgress {
    /// Lists of releases read.
    pub done: usize,
    /// In all; 0: not known yet.
    pub total: usize,
}

/// A person's wish for an update, kept until the sheet opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Request {
    /// When; `None`: together with others, so that no sheet opens by itself.
    asked_at: Option<Timestamp>,
    whole_group: bool,
}

impl Model {
    /// Nothing known yet.
    pub fn new(now: Zoned) -> Self {
        Self {
            now,
            machine: None,
            report: None,
            loaded: false,
            permission: Permission::default(),
            check: None,
            edited_meanwhile: false,
            check_failure: None,
            offline: false,
            subscriptions: Subscriptions::nothing(""),
            clock: None,
            subscription_page: SubscriptionPage::default(),
            history_page: HistoryPage::default(),
            settings_page: SettingsPage::default(),
            devices_page: DevicesPage::default(),
            diagnostics: DiagnosticsPage::default(),
            tab: Tab::default(),
            sources: Sources::default(),
            proxy_question: None,
            list: List::default(),
            details: None,
            copies_asked: None,
            dialog: None,
            sheet_aside: None,
            reminders: HashMap::new(),
            waiting: None,
            wizards_aside: VecDeque::new(),
            leave: Leave::default(),
            announced: Announced::default(),
            toasts: Toasts::default(),
            shown: None,
            wanted: None,
            activities: HashMap::new(),
            queue: Vec::new(),
            downloads: Downloads::default(),
            files: HashMap::new(),
            skipped: Skipped::new(),
            covered: HashMap::new(),
            last_days: Vec::new(),
            skip_fault: None,
            requests: HashMap::new(),
            looks: 0,
            before_copies: None,
            cancelled: HashSet::new(),
            items: HashMap::new(),
            platform: None,
            updater: None,
            counts: Counts::default(),
            places: Places::default(),
        }
    }

    fn tick(&mut self, now: Zoned) -> Vec<Command> {
        self.now = now;
        self.turn_the_day();
        self.forget_shown();
        self.forget_toasts();
        self.forget_announced();
        let mut commands = self.bring_back_sheet();
        self.ask_about_wizard();
        commands.extend(self.look_again());
        commands.extend(self.remind());
        commands
    }

    /// To be called after anything the rows depend on has changed.
    fn refresh(&mut self) {
        self.list.entries = list::entries(self.machine.as_ref(), self.report.as_ref());
        let items = self.report.as_ref().map_or(&[][..], |report| &report.items[..]);
        self.items = items.iter().enumerate().map(|(place, item)| (item.id.clone(), place)).collect();
        self.platform = items.iter().position(|item| item.subject == Subject::Platform);
        self.updater = items.iter().position(|item| item.subject == Subject::Updater);
        self.clock = self.report.as_ref().and_then(|report| clock_behind(report, &self.now));
        self.count_last_days();
        self.look_through_subscriptions();
        self.read_open_notes_again();
        self.refresh_rows();
    }

    fn refresh_rows(&mut self) {
        self.list.rows = list::rows(self);
        self.find_current();
        self.forget_gone_details();
        self.count_downloads();
        self.count_again();
    }
}
