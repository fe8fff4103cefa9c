//! What the window knows, and the only two functions that change it: [`update`] for what a person does,
//! [`receive`] for what the worker answers. Both return work for the worker.
//!
//! Pure: no I/O, no clock, no thread, no widgets. The time comes with [`Action::Tick`]. Words for people
//! are made elsewhere; the strings here are the machine's own (names, paths) or come ready from the worker.

mod action;
pub mod activity;
pub mod announce;
pub mod at_hand;
mod checking;
mod covered;
pub mod current;
pub mod details;
pub mod devices;
pub mod diagnostics;
mod dialog;
mod following;
pub mod going_back;
pub mod history;
pub mod list;
mod lookup;
mod messages;
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
pub use self::devices::{DevicesAction, DevicesCommand, DevicesEvent};
pub use self::diagnostics::{DiagnosticsAction, DiagnosticsCommand, DiagnosticsEvent};
pub use self::dialog::{Dialog, Leave, WizardQuestion};
pub use self::going_back::GoingBackAction;
pub use self::history::HistoryAction;
pub use self::messages::{Command, Event, Permission, ProxyQuestion};
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

/// Takes what a person did; returns work for the worker.
#[must_use]
pub fn update(model: &mut Model, action: Action) -> Vec<Command> {
    let tab = model.tab;
    let mut commands = act(model, action);
    commands.extend(model.follow_tab(tab));
    commands.extend(model.follow_settings_tab(tab));
    commands.extend(model.follow_diagnostics(tab));
    commands.extend(model.follow_devices_tab(tab));
    commands.extend(model.begin_waiting());
    commands
}

fn act(model: &mut Model, action: Action) -> Vec<Command> {
    match action {
        Action::Tick(now) => model.tick(now),
        Action::Opened => vec![Command::Load],
        Action::Show(id) => model.show_item(id),
        Action::CheckNow => model.check_now(),
        Action::Renew => model.renew(),
        Action::List(action) => model.change_list(action),
        Action::Details(action) => model.change_details(action),
        Action::Item { id, action } => model.act_on(&id, &action),
        Action::EnterDates { devices, items } => model.enter_dates(devices, items),
        Action::Sheet(action) => model.change_sheet(action),
        Action::Waiting(action) => model.change_waiting(action),
        Action::Wizard(action) => model.change_wizard(action),
        Action::GoingBack(action) => model.change_going_back(action),
        Action::AtHand(action) => model.change_at_hand(action),
        Action::Source(action) => model.change_source(action),
        Action::Proxy(action) => model.change_proxy(action),
        Action::Settings(action) => model.change_settings(action),
        Action::Reports(action) => model.change_reports(action),
        Action::Notes(action) => model.change_notes(action),
        Action::Toast(action) => model.change_toasts(action),
        Action::Tab(tab) => model.open_tab(tab),
        Action::Subscriptions(action) => model.change_subscriptions(action),
        Action::History(action) => model.change_history(action),
        Action::ShowKeys => model.show(Dialog::Keys),
        Action::ShowProblems => model.show(Dialog::Problems),
        Action::Diagnose => model.diagnose(),
        Action::Diagnostics(action) => model.change_diagnostics(action),
        Action::Devices(action) => model.change_devices(action),
        Action::OpenLogFolder => vec![Command::OpenLogFolder],
        Action::CloseDialog => model.close_dialog(),
        Action::OpenFolder(path) => vec![Command::OpenFolder { path }],
        Action::OpenLink(url) => open_link(url),
        Action::Leave(action) => model.change_leave(action),
    }
}

/// Takes an answer of the worker; returns more work for it.
#[must_use]
pub fn receive(model: &mut Model, event: Event) -> Vec<Command> {
    if model.sources.is_outdated(&event) {
        return Vec::new();
    }
    let is_about_devices = devices::is_about_devices(&event);
    let mut commands = hear(model, event);
    commands.extend(model.follow_devices(is_about_devices));
    commands.extend(model.begin_waiting());
    commands
}

fn hear(model: &mut Model, event: Event) -> Vec<Command> {
    match event {
        Event::SourceInUse => model.sources.take_up(),
        Event::Loaded { machine, report, permission } => model.load(machine, report, permission),
        Event::Renewed { machine, report, skipped } => model.take_renewed(machine, report, skipped),
        Event::Offline(offline) => model.be_offline(offline),
        Event::WaitingRead(waiting) => model.take_waiting(waiting),
        Event::PlanAbandoned(result) => model.end_abandoning(result),
        Event::SkippedRead(skipped) => model.take_skipped(skipped),
        Event::SubscriptionsRead(known) => model.take_subscriptions(known),
        Event::Subscriptions(event) => model.hear_of_subscriptions(event),
        Event::History(event) => model.hear_of_history(event),
        Event::SkipNotKept(why) => model.tell_of_skip(why),
        Event::MachineRead(machine) => model.read_machine(machine),
        Event::CheckStarted => model.show_check(CheckProgress::default()),
        Event::CheckProgress { done, total } => model.show_check(CheckProgress { done, total }),
        Event::Checked(result) => model.end_check(result),
        Event::PasswordWanted(question) => model.want_password(question),
        Event::Settings(event) => model.hear_of_settings(event),
        Event::ReportsRead { folder, read } => model.fill_reports(&folder, read),
        Event::Diagnostics(event) => model.hear_of_diagnostics(event),
        Event::Devices(event) => model.hear_of_devices(event),
        Event::DownloadProgress { item_id, transfer } => {
            model.advance(item_id, Activity::Downloading(transfer))
        }
        Event::DownloadWaiting { item_id, received, total, why } => {
            model.advance(item_id, Activity::WaitingForTry { received, total, why })
        }
        Event::DownloadPaused { item_id, received, total } => {
            model.end_download(item_id, Activity::Paused { received, total })
        }
        Event::DownloadFailed { item_id, notice } => {
            model.fail_download(item_id, Activity::DownloadFailed(notice.clone()), notice)
        }
        Event::FileRefused { item_id, notice } => {
            model.fail_download(item_id, Activity::Refused(notice.clone()), notice)
        }
        Event::CoveredLeft { item_id, received, total } => {
            model.take_up_covered(item_id, Activity::Paused { received, total })
        }
        Event::Verifying { item_id } => model.advance(item_id, Activity::Verifying),
        Event::Verified { item_id, proved, size } => model.verified(&item_id, FileFacts { proved, size }),
        Event::SheetReady { item_id, base_ids, sheet } => model.fill_sheet(&item_id, &base_ids, sheet),
        Event::DifferencesRead { item_id, paths, told } => model.fill_differences(&item_id, &paths, told),
        Event::ApplyProgress { item_id, stage } => model.set_activity(item_id, Activity::Applying(stage)),
        Event::GoingBack(event) => {
            let mut commands = model.hear_of_copies(&event);
            commands.extend(model.hear_of_going_back(event));
            commands
        }
        Event::ApplyFinished { results } => {
            let mut commands = model.finish(results);
            commands.extend(model.history_has_grown());
            commands.extend(model.ask_for_copies());
            commands
        }
        Event::WizardTemplate(template) => model.ask_about_template(template),
        Event::AtHandExamined { path, found } => model.fill_at_hand(&path, found),
    }
}

/// Addresses come from files of bases: only those a browser shows are opened.
fn open_link(url: String) -> Vec<Command> {
    if is_web_address(&url) { vec![Command::OpenLink { url }] } else { Vec::new() }
}

/// Whether an address is one for a browser.
pub fn is_web_address(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
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
