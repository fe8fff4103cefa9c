//! Mobile devices: what is read when, and the page about an app beside everything else that may be open.

use smarts_core::devices::overview::{BaseDevices, DeviceState, Followed, Newest, Overview};
use smarts_core::machine::Device;

use super::*;
use crate::model::devices::{
    AppAction, AppBase, AppFacts, AppFrom, BaseStaged, DeviceFilter, DevicesPage, DevicesRead,
    DevicesReading, Following, Staging,
};

fn open(model: &mut Model) -> Vec<Command> {
    update(model, Action::Tab(Tab::Devices))
}

fn reading(turn: u64) -> Command {
    Command::Devices(DevicesCommand::Read { turn })
}

fn read(turn: u64, server: &str) -> Event {
    let overview = Overview { server: server.parse().ok(), ..Overview::default() };
    let read = Some(Box::new(DevicesRead { overview, undoable: std::collections::BTreeMap::new() }));
    Event::Devices(DevicesEvent::Read { turn, read })
}

fn server(model: &Model) -> Option<String> {
    Some(model.devices_page.overview.as_ref()?.server?.to_string())
}

fn devices(action: DevicesAction) -> Action {
    Action::Devices(action)
}

fn facts() -> Box<AppFacts> {
    Box::new(AppFacts {
        file: "MobileSMARTS.apk".into(),
        package: "com.example".into(),
        version: fixtures::version("3.4.0.46990"),
        version_code: None,
        size: 1,
        released: None,
        proved: proved(Proof::Signed),
        bases: vec![AppBase {
            id: "main".into(),
            name: "Основной склад".into(),
            devices: 1,
            staged: None,
            older: 0,
            verdict: Ok(vec![]),
            is_there: false,
            chosen: true,
        }],
        left_out: vec![],
    })
}

fn prepare(model: &mut Model) -> Vec<Command> {
    let base_ids = vec!["main".to_owned()];
    update(model, devices(DevicesAction::Prepare { from: AppFrom::Source, base_ids }))
}

/// With an app that is being staged.
fn staging() -> Model {
    let mut model = loaded(fixtures::everything());
    let _ = prepare(&mut model);
    let examined = DevicesEvent::Examined { turn: 1, found: Ok(facts()) };
    assert_eq!(receive(&mut model, Event::Devices(examined)), vec![]);
    let commands = update(&mut model, devices(DevicesAction::App(AppAction::Confirm)));
    assert!(matches!(&commands[..], [Command::Devices(DevicesCommand::Stage { .. })]), "{commands:?}");
    model
}

#[test]
fn devices_are_read_when_the_tab_opens_and_whatever_they_hang_on_has_changed() {
    let (machine, report) = fixtures::everything();
    let mut model = loaded((machine.clone(), report.clone()));
    assert_eq!(receive(&mut model, Event::MachineRead(machine.clone())), vec![], "nobody looks");
    assert_eq!(open(&mut model), [reading(1)]);
    assert_eq!(receive(&mut model, read(1, "3.3.46.29552")), vec![]);
    assert_eq!(model.devices_page.reading, DevicesReading::Done);
    let asked = receive(&mut model, Event::Checked(Ok(report)));
    assert!(asked.contains(&reading(2)), "{asked:?}");
    let asked = receive(&mut model, Event::MachineRead(machine));
    assert!(asked.contains(&reading(3)), "{asked:?}");
    assert_eq!(update(&mut model, devices(DevicesAction::Refresh)), [reading(4)]);
}

#[test]
fn an_answer_to_an_earlier_reading_is_not_taken_and_one_that_broke_off_leaves_what_was_known() {
    let mut model = loaded(fixtures::everything());
    let _ = open(&mut model);
    let _ = receive(&mut model, read(1, "3.3.46.29552"));
    let _ = update(&mut model, devices(DevicesAction::Refresh));
    let _ = receive(&mut model, read(1, "3.0"));
    assert_eq!(server(&model).as_deref(), Some("3.3.46.29552"));
    let _ = receive(&mut model, Event::Devices(DevicesEvent::Read { turn: 2, read: None }));
    assert_eq!(model.devices_page.reading, DevicesReading::Broke);
    assert_eq!(server(&model).as_deref(), Some("3.3.46.29552"));
}

#[test]
fn the_page_stays_open_while_an_app_is_staged_and_the_window_closes_only_after_it() {
    let mut model = staging();
    assert_eq!(update(&mut model, Action::CloseDialog), vec![]);
    assert!(model.is_staging());
    let _ = update(&mut model, Action::Leave(LeaveAction::Ask));
    assert_eq!(model.leave, Leave::Asking);
    let _ = update(&mut model, Action::Leave(LeaveAction::Now));
    assert_eq!(model.leave, Leave::WhenDone);
    let stopped = BaseStaged {
        id: "main".into(),
        name: "Основной склад".into(),
        outcome: Outcome::Staging(crate::model::activity::StagingOutcome::Stopped),
    };
    let _ = receive(&mut model, Event::Devices(DevicesEvent::Staged { turn: 1, results: vec![stopped] }));
    assert_eq!(model.dialog, None);
    assert_eq!(model.leave, Leave::Now);
}

#[test]
fn staging_is_stopped_by_its_own_button_once() {
    let mut model = staging();
    let stop = || devices(DevicesAction::App(AppAction::Stop));
    assert_eq!(update(&mut model, stop()), [Command::Devices(DevicesCommand::Stop)]);
    let page = model.app_page().unwrap();
    assert!(matches!(page.staging, Staging::Running { stopping: true, .. }));
    assert_eq!(prepare(&mut model), vec![], "another app waits until this one has ended");
}

#[test]
fn the_sheet_of_the_platform_comes_back_once_the_app_is_dealt_with() {
    let (mut machine, report) = fixtures::everything();
    let app = Some(fixtures::version("3.3.0.28766"));
    machine.bases[0].devices = vec![Device { id: "ТСД 1".into(), app, ..Device::default() }];
    let mut model = loaded((machine, report));
    let _ = act(&mut model, "platform", ItemAction::Update);
    let verified = Event::Verified { item_id: "platform".into(), proved: proved(Proof::Publisher), size: 96 };
    let _ = receive(&mut model, verified);
    assert!(model.sheet().is_some(), "{:?}", model.dialog);
    let asked = update(&mut model, devices(DevicesAction::PrepareStopping));
    let prepare = DevicesCommand::Prepare { turn: 1, from: AppFrom::Stopping, base_ids: vec![] };
    assert!(asked.contains(&Command::Devices(prepare)), "{asked:?}");
    let asked = update(&mut model, Action::CloseDialog);
    assert!(asked.contains(&Command::Devices(DevicesCommand::PutAway)));
    let _ = later(&mut model, 1);
    assert!(model.sheet().is_some(), "{:?}", model.dialog);
    assert_eq!(model.tab, Tab::Updates);
}

#[test]
fn nothing_else_that_is_open_gives_way_to_an_app() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::ShowKeys);
    assert_eq!(prepare(&mut model), vec![]);
    assert_eq!(model.dialog, Some(Dialog::Keys));
}

#[test]
fn answers_about_an_app_that_was_put_away_change_nothing() {
    let mut model = loaded(fixtures::everything());
    let _ = prepare(&mut model);
    let _ = update(&mut model, Action::CloseDialog);
    let _ = prepare(&mut model);
    let found = Err(Notice::of("late"));
    let _ = receive(&mut model, Event::Devices(DevicesEvent::Examined { turn: 1, found }));
    assert_eq!(model.app_page().unwrap().found, None);
}

#[test]
fn a_device_that_was_connected_since_and_states_no_app_is_not_said_to_have_followed() {
    use smarts_core::devices::overview::Followed::{NotSeen, Seen, Yes};
    let page = |all: &[Followed]| {
        let device = |followed: &Followed| DeviceState { followed: Some(*followed), ..device_state() };
        let base = BaseDevices { devices: all.iter().map(device).collect(), ..base_devices() };
        let overview = Overview { bases: vec![base], ..Overview::default() };
        let mut page = DevicesPage::default();
        page.overview = Some(overview);
        page
    };
    let told = page(&[Yes, Seen, Seen, NotSeen]);
    assert_eq!(told.following(), Some(Following { done: 1, seen: 2, waiting: 1 }));
    assert_eq!(told.count(DeviceFilter::NotFollowed), 3);
    // Nobody is waited for.
    assert_eq!(page(&[Yes, Seen]).following(), None);
    assert_eq!(page(&[]).following(), None);
}

fn device_state() -> DeviceState {
    DeviceState {
        id: "a".into(),
        last_seen: None,
        system: None,
        app: None,
        now: None,
        next: None,
        offered: None,
        followed: None,
    }
}

fn base_devices() -> BaseDevices {
    BaseDevices {
        id: "main".into(),
        name: "Основной склад".into(),
        product: "P".into(),
        devices: vec![],
        is_incomplete: false,
        staged: None,
        newest: Newest::NotAsked,
        links: smarts_core::machine::AppLinks::default(),
    }
}
