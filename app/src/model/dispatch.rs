//! The only two functions that change the model: which part takes what a person did, and which an answer of the worker.
//!
//! Deliberately not here: what becomes of any of it; each part has that itself.

use super::activity::{Activity, FileFacts};
use super::{Action, CheckProgress, Command, Dialog, Event, Model, devices};

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
pub(super) fn open_link(url: String) -> Vec<Command> {
    if is_web_address(&url) { vec![Command::OpenLink { url }] } else { Vec::new() }
}

/// Whether an address is one for a browser.
pub fn is_web_address(url: &str) -> bool {
    let lower = url.trim().to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}
