//! The model alone: what the person does and what the worker answers, and what is known afterwards.

mod at_hand;
mod covered;
mod devices;
#[allow(dead_code, unreachable_pub, missing_docs)] // shared with the view's tests, which use other parts
pub(crate) mod fixtures;
mod going_back;
mod queue;
mod rows;
mod shown;
mod sources;
mod toasts;
mod updater;

use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::offer::State;
use smarts_core::verify::Proof;

use super::activity::{Activity, Done, Stage, Transfer};
use super::list::{Filter, Row};
use super::sheet::{Change, Extent, Obstacle, Point, SheetData, Weight};
use super::summary::{Headline, Updates};
use super::*;

fn fresh() -> Model {
    Model::new(fixtures::NOW.parse().unwrap())
}

fn loaded((machine, report): (Machine, Report)) -> Model {
    let mut model = fresh();
    assert_eq!(
        receive(&mut model, Event::Loaded { machine, report: Some(report), permission: Permission::Granted }),
        vec![]
    );
    model
}

fn act(model: &mut Model, id: &str, action: ItemAction) -> Vec<Command> {
    update(model, Action::Item { id: id.into(), action })
}

fn later(model: &mut Model, seconds: i64) -> Vec<Command> {
    let now = model.now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    update(model, Action::Tick(now))
}

fn progress(id: &str, received: u64) -> Event {
    let transfer = Transfer {
        received,
        total: Some(100),
        bytes_per_second: None,
        seconds_left: None,
        with_former: None,
    };
    Event::DownloadProgress { item_id: id.into(), transfer }
}

/// As a site by https would be.
fn proved(proof: Proof) -> Proved {
    let signer = (proof == Proof::Publisher).then(|| "Клеверенс Софт".to_owned());
    Proved { proof, signer, origin: Origin::Site }
}

fn verified(id: &str, proof: Proof) -> Event {
    Event::Verified { item_id: id.into(), proved: proved(proof), size: 100 }
}

fn data(proof: Proof, stops: usize) -> SheetData {
    let stop = Point { weight: Weight::Stop, text: "База открыта".into(), hint: None, ask: None };
    SheetData {
        proved: proved(proof),
        file_name: "WH15.mstmpl".into(),
        points: vec![stop; stops],
        change: Change::Template {
            entries: vec![],
            extent: Extent::Whole,
            keeps_own: true,
            not_compared: None,
            standstill: None,
            copy_bytes: 1,
            copy_dir: "C:\\".into(),
        },
        older: vec![],
        remind_at: None,
    }
}

fn sheet_ready(id: &str, base_ids: &[&str], data: SheetData) -> Event {
    let base_ids = base_ids.iter().map(|id| (*id).to_owned()).collect();
    Event::SheetReady { item_id: id.into(), base_ids, sheet: Ok(data) }
}

fn failure(reason: &str) -> CheckFailure {
    CheckFailure::of(reason)
}

#[test]
fn an_opened_window_checks_by_itself_only_if_the_last_report_is_old_or_missing() {
    let (machine, mut report) = fixtures::everything();
    let mut model = fresh();
    assert_eq!(update(&mut model, Action::Opened), vec![Command::Load]);
    let load = |report: Option<Report>| Event::Loaded {
        machine: machine.clone(),
        report,
        permission: Permission::Granted,
    };
    assert_eq!(receive(&mut fresh(), load(Some(report.clone()))), vec![]);
    assert_eq!(receive(&mut fresh(), load(None)), vec![Command::Check]);
    report.checked_at = "2026-11-22T05:00:00Z".parse().unwrap();
    assert_eq!(receive(&mut fresh(), load(Some(report.clone()))), vec![Command::Check]);
    report.checked_at = "2026-12-22T05:00:00Z".parse().unwrap();
    assert_eq!(receive(&mut fresh(), load(Some(report))), vec![Command::Check]);
}

#[test]
fn a_second_check_is_not_begun_while_one_is_under_way() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(update(&mut model, Action::CheckNow), vec![Command::Check]);
    assert_eq!(update(&mut model, Action::CheckNow), vec![]);
}

#[test]
fn a_failed_check_keeps_the_last_good_report() {
    let mut model = loaded(fixtures::everything());
    let before = model.report.clone();
    let _ = receive(&mut model, Event::Checked(Err(failure("нет связи"))));
    assert_eq!(model.report, before);
    assert_eq!(model.check_failure, Some(failure("нет связи")));
    let report = before.unwrap();
    let _ = receive(&mut model, Event::Checked(Ok(report)));
    assert_eq!(model.check_failure, None);
}

#[test]
fn what_could_not_be_looked_up_is_never_called_up_to_date() {
    let (machine, mut report) = fixtures::of(vec![fixtures::up_to_date(), fixtures::unknown()]);
    report.items[0].state = State::UpToDate;
    assert_eq!(loaded((machine.clone(), report.clone())).headline(), Headline::Incomplete { items: 1 });
    report.items.pop();
    assert_eq!(loaded((machine.clone(), report.clone())).headline(), Headline::UpToDate);
    report.bases_unknown = true;
    assert_eq!(loaded((machine.clone(), report.clone())).headline(), Headline::Incomplete { items: 1 });
    report.items.clear();
    assert_eq!(loaded((machine, report)).headline(), Headline::Incomplete { items: 1 });
    let mut model = fresh();
    assert_eq!(model.headline(), Headline::NeverChecked);
    let _ = receive(&mut model, Event::Checked(Err(failure("нет связи"))));
    assert_eq!(model.headline(), Headline::NothingKnown);
}

#[test]
fn the_headline_counts_what_can_be_installed_and_not_what_is_done_already() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(model.headline(), Headline::Updates(Updates { platform: true, bases: 4, updater: false }));
    let done = Done {
        version: fixtures::version("1.6.3.7283"),
        at: model.now.timestamp(),
        left: vec![],
        works: None,
    };
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Done(done) }];
    let commands = receive(&mut model, Event::ApplyFinished { results });
    assert_eq!(model.headline(), Headline::Updates(Updates { platform: true, bases: 3, updater: false }));
    assert_eq!(commands, [Command::Check], "what was updated may change what suits the rest");
}

#[test]
fn bases_that_share_an_id_keep_an_item_each() {
    let mut twin = fixtures::damaged();
    twin.0.name = "Учёт имущества 2".into();
    twin.1.name = "Учёт имущества 2".into();
    let model = loaded(fixtures::of(vec![fixtures::damaged(), twin]));
    let names: Vec<&str> =
        model.list.entries.iter().map(|entry| model.item(entry).unwrap().name.as_str()).collect();
    assert_eq!(names, ["Учёт имущества", "Учёт имущества 2"]);
}

#[test]
fn search_finds_names_products_and_folders_in_any_letter_case() {
    let mut model = loaded(fixtures::everything());
    let mut count = |text: &str| {
        let _ = update(&mut model, Action::List(ListAction::Search(text.into())));
        model.list.rows.len()
    };
    assert_eq!(count(" КАССА "), 1);
    assert_eq!(count("склад 15"), 4);
    assert_eq!(count(r"databases\доставка"), 1);
    assert_eq!(count("нет такой"), 0);
    assert_eq!(count(""), 10);
}

#[test]
fn the_filter_keeps_bases_with_an_offer_and_those_with_something_under_way() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::List(ListAction::Filter(Filter::WithUpdates)));
    assert_eq!(model.list.rows.len(), 5);
}

#[test]
fn three_bases_with_one_offer_are_one_row_and_two_are_not() {
    assert_eq!(loaded(fixtures::of(fixtures::stores(2))).list.rows.len(), 2);
    let mut model = loaded(fixtures::of(fixtures::stores(3)));
    let [Row::Group { key, entries }] = &model.list.rows[..] else { panic!("{:?}", model.list.rows) };
    assert_eq!(entries.len(), 3);
    let key = key.clone();
    let _ = update(&mut model, Action::List(ListAction::Toggle(key.clone())));
    assert_eq!(model.list.rows.len(), 4);
    let _ = update(&mut model, Action::List(ListAction::Toggle(key)));
    assert_eq!(model.list.rows.len(), 1);
    let _ = update(&mut model, Action::List(ListAction::Search("магазин".into())));
    assert_eq!(model.list.rows.len(), 3);
}

#[test]
fn a_download_is_paused_and_goes_on_with_what_has_arrived() {
    let mut model = loaded(fixtures::everything());
    let download = Command::Download { item_id: "main".into(), covered: false };
    assert_eq!(act(&mut model, "main", ItemAction::Update), vec![download.clone()]);
    assert_eq!(model.activity("main"), Some(&Activity::Queued));
    assert_eq!(act(&mut model, "main", ItemAction::Update), vec![], "once is enough");
    let _ = receive(&mut model, progress("main", 40));
    assert!(matches!(model.activity("main"), Some(Activity::Downloading(_))));
    let pause = Command::PauseDownload { item_id: "main".into() };
    assert_eq!(act(&mut model, "main", ItemAction::Pause), vec![pause]);
    let paused = Event::DownloadPaused { item_id: "main".into(), received: 41, total: Some(100) };
    let _ = receive(&mut model, paused);
    let _ = receive(&mut model, progress("main", 40));
    assert_eq!(model.activity("main"), Some(&Activity::Paused { received: 41, total: Some(100) }));
    assert_eq!(act(&mut model, "main", ItemAction::Update), vec![download]);
}

#[test]
fn late_news_of_a_cancelled_download_brings_nothing_back() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let cancel = Command::CancelDownload { item_id: "main".into(), covered: false };
    assert_eq!(act(&mut model, "main", ItemAction::Cancel), vec![cancel]);
    let _ = receive(&mut model, progress("main", 40));
    let _ = receive(&mut model, Event::DownloadPaused { item_id: "main".into(), received: 41, total: None });
    let _ = receive(&mut model, verified("main", Proof::Hash));
    assert_eq!(model.activity("main"), None);
    assert_eq!(model.dialog, None);
}

#[test]
fn the_sheet_opens_by_itself_only_while_the_person_is_still_looking() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let preview = Command::Preview { item_id: "main".into(), base_ids: vec!["main".into()] };
    assert_eq!(receive(&mut model, verified("main", Proof::Hash)), vec![preview.clone()]);
    assert!(model.sheet().is_some());

    let _ = update(&mut model, Action::CloseDialog);
    let _ = act(&mut model, "cash", ItemAction::Update);
    let _ = later(&mut model, 60);
    assert_eq!(receive(&mut model, verified("cash", Proof::Hash)), vec![]);
    assert_eq!(model.dialog, None);
    assert!(matches!(model.activity("cash"), Some(Activity::Ready(_))));
    assert_eq!(act(&mut model, "main", ItemAction::Install), vec![preview]);
}

#[test]
fn a_file_that_nothing_proves_needs_the_consent_to_just_that() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::None));
    let _ = receive(&mut model, sheet_ready("main", &["main"], data(Proof::None, 0)));
    assert_eq!(model.sheet().unwrap().obstacle(false), Some(Obstacle::Consent));
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Confirm)), vec![]);
    let _ = update(&mut model, Action::Sheet(SheetAction::Consent(true)));
    let apply = Command::Apply {
        item_id: "main".into(),
        base_ids: vec!["main".into()],
        accept_unproved: true,
        agreed_to_go: vec![],
    };
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Confirm)), vec![apply]);
    assert_eq!(model.activity("main"), Some(&Activity::Applying(Stage::Preparing)));
}

#[test]
fn an_open_sheet_is_looked_at_again_every_two_seconds() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    let _ = receive(&mut model, sheet_ready("main", &["main"], data(Proof::Hash, 1)));
    assert_eq!(model.sheet().unwrap().obstacle(false), Some(Obstacle::Stop));
    assert_eq!(later(&mut model, 1), vec![]);
    assert_eq!(later(&mut model, 1).len(), 1);
    assert_eq!(later(&mut model, 1), vec![], "not before two more seconds");
    let _ = receive(&mut model, sheet_ready("main", &["main"], data(Proof::Hash, 0)));
    assert_eq!(model.sheet().unwrap().obstacle(false), None);
    assert_eq!(later(&mut model, 2).len(), 1, "what was in order may not be so any more");
    let _ = update(&mut model, Action::CloseDialog);
    assert_eq!(later(&mut model, 60), vec![], "no sheet, nothing to look at");
}

#[test]
fn bases_of_one_release_are_one_plan_with_the_first_ticked_as_pilot() {
    let mut model = loaded(fixtures::of(fixtures::stores(4)));
    let _ = act(&mut model, "store-2", ItemAction::UpdateGroup);
    let commands = receive(&mut model, verified("store-2", Proof::Hash));
    let all = ["store-2", "store-1", "store-3", "store-4"].map(String::from).to_vec();
    assert_eq!(commands, vec![Command::Preview { item_id: "store-2".into(), base_ids: all }]);
    let untick = SheetAction::Choose { base_id: "store-2".into(), chosen: false };
    let rest = ["store-1", "store-3", "store-4"];
    let base_ids = rest.map(String::from).to_vec();
    let preview = Command::Preview { item_id: "store-2".into(), base_ids: base_ids.clone() };
    assert_eq!(update(&mut model, Action::Sheet(untick)), vec![preview]);
    let late = ["store-2", "store-1", "store-3", "store-4"];
    let _ = receive(&mut model, sheet_ready("store-2", &late, data(Proof::Hash, 0)));
    assert_eq!(model.sheet().unwrap().obstacle(false), Some(Obstacle::Looking), "of other ticks");
    let _ = receive(&mut model, sheet_ready("store-2", &rest, data(Proof::Hash, 0)));
    let apply =
        Command::Apply { item_id: "store-2".into(), base_ids, accept_unproved: false, agreed_to_go: vec![] };
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Confirm)), vec![apply]);
    let waiting = Activity::Waiting { pilot: "Магазин № 1".into() };
    assert_eq!(model.activity("store-3"), Some(&waiting));
    assert_eq!(model.list.rows.len(), 4, "bases at work stand for themselves");
}

#[test]
fn a_sheet_that_was_opened_before_its_file_is_examined_again_is_looked_at_when_it_is() {
    let mut model = loaded(fixtures::of(fixtures::stores(1)));
    let _ = act(&mut model, "store-1", ItemAction::UpdateGroup);
    let preview = vec![Command::Preview { item_id: "store-1".into(), base_ids: vec!["store-1".into()] }];
    assert_eq!(receive(&mut model, verified("store-1", Proof::Hash)), preview);
    assert_eq!(receive(&mut model, verified("store-1", Proof::Hash)), preview);
}

#[test]
fn after_a_failure_the_rest_of_the_plan_is_as_it_was() {
    let mut model = loaded(fixtures::of(fixtures::stores(2)));
    let _ = act(&mut model, "store-1", ItemAction::UpdateGroup);
    let _ = receive(&mut model, verified("store-1", Proof::Hash));
    let both = ["store-1", "store-2"];
    let _ = receive(&mut model, sheet_ready("store-1", &both, data(Proof::Hash, 0)));
    let _ = update(&mut model, Action::Sheet(SheetAction::Confirm));
    let failed = Outcome::Failed(Notice::of("не хватило места"));
    let results = vec![
        BaseResult { item_id: "store-1".into(), outcome: failed },
        BaseResult { item_id: "store-2".into(), outcome: Outcome::NotStarted },
    ];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert!(matches!(model.activity("store-1"), Some(Activity::Failed(_))));
    assert_eq!(model.activity("store-2"), None);
    let retry = act(&mut model, "store-1", ItemAction::Update);
    assert_eq!(retry, vec![Command::Download { item_id: "store-1".into(), covered: false }]);
}

#[test]
fn a_stopped_update_is_ready_again() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    let _ = receive(&mut model, sheet_ready("main", &["main"], data(Proof::Hash, 0)));
    let _ = update(&mut model, Action::Sheet(SheetAction::Confirm));
    assert_eq!(act(&mut model, "main", ItemAction::StopApply), vec![Command::StopApply]);
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Stopped }];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert!(matches!(model.activity("main"), Some(Activity::Ready(_))));
}

#[test]
fn a_wizards_template_is_offered_to_its_bases() {
    let mut model = loaded(fixtures::everything());
    let template = WizardTemplate {
        template: "/t.mstmpl".into(),
        product: "Склад 15".into(),
        version: fixtures::version("1.6.3.7000"),
        base_ids: vec!["main".into(), "forest".into()],
    };
    let _ = receive(&mut model, Event::WizardTemplate(template));
    let untick = WizardAction::Choose { base_id: "forest".into(), chosen: false };
    let _ = update(&mut model, Action::Wizard(untick));
    let command = Command::ApplyTemplate { template: "/t.mstmpl".into(), base_ids: vec!["main".into()] };
    assert_eq!(update(&mut model, Action::Wizard(WizardAction::Confirm)), vec![command]);
    let sheet = model.sheet().unwrap();
    assert_eq!(sheet.item_id, "main");
    let version = sheet.of_file.as_ref().map(|file| file.version.to_string());
    assert_eq!(version.as_deref(), Some("1.6.3.7000"), "and not what the source offers the row");
}

#[test]
fn a_wizards_template_waits_until_nothing_else_is_open() {
    let mut model = loaded(fixtures::everything());
    let template = || WizardTemplate {
        template: "/t.mstmpl".into(),
        product: "Склад 15".into(),
        version: fixtures::version("1.6.3.7283"),
        base_ids: vec!["main".into()],
    };
    let _ = update(&mut model, Action::Subscriptions(SubscriptionsAction::Add));
    let form = subscriptions::EditForm { device: "ТСД 7".into(), ..Default::default() };
    let _ = update(&mut model, Action::Subscriptions(SubscriptionsAction::Type(form)));
    let open = model.dialog.clone();
    let _ = receive(&mut model, Event::WizardTemplate(template()));
    let _ = later(&mut model, 1);
    assert_eq!(model.dialog, open);
    let _ = update(&mut model, Action::CloseDialog);
    let _ = later(&mut model, 1);
    assert!(matches!(model.dialog, Some(Dialog::Wizard(_))), "{:?}", model.dialog);
    let _ = update(&mut model, Action::CloseDialog);
    let _ = later(&mut model, 1);
    assert_eq!(model.dialog, None);
}

#[test]
fn questions_after_wizards_come_one_after_the_other_whatever_the_source() {
    let mut model = loaded(fixtures::everything());
    let left = |id: &str| WizardTemplate {
        template: format!("/{id}.mstmpl").into(),
        product: "Склад 15".into(),
        version: fixtures::version("1.6.3.7283"),
        base_ids: vec![id.into()],
    };
    let asked = |model: &mut Model| {
        let _ = later(model, 1);
        match &model.dialog {
            Some(Dialog::Wizard(question)) => question.choices[0].id.clone(),
            other => format!("{other:?}"),
        }
    };
    let _ = update(&mut model, Action::ShowProblems);
    for id in ["main", "forest"] {
        let _ = receive(&mut model, Event::WizardTemplate(left(id)));
    }
    let _ = update(&mut model, Action::Source(SourceAction::UseFolder("D:\\updates".into())));
    assert_eq!(asked(&mut model), "main");
    let _ = update(&mut model, Action::Source(SourceAction::UseUsual));
    assert_eq!(asked(&mut model), "main", "it was not answered");
    let _ = update(&mut model, Action::CloseDialog);
    assert_eq!(asked(&mut model), "forest");
    let _ = update(&mut model, Action::CloseDialog);
    assert_eq!(asked(&mut model), "None");
}

#[test]
fn closing_asks_while_something_is_under_way_and_never_interrupts_an_installation() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::Leave(LeaveAction::Ask));
    assert_eq!(model.leave, Leave::Now);

    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = update(&mut model, Action::Leave(LeaveAction::Ask));
    assert_eq!(model.leave, Leave::Asking);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    let _ = receive(&mut model, sheet_ready("main", &["main"], data(Proof::Hash, 0)));
    let _ = update(&mut model, Action::Sheet(SheetAction::Confirm));
    let _ = update(&mut model, Action::Leave(LeaveAction::Now));
    assert_eq!(model.leave, Leave::WhenDone);
    let results = vec![BaseResult { item_id: "main".into(), outcome: Outcome::Stopped }];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert_eq!(model.leave, Leave::Now);
}

#[test]
fn only_addresses_for_a_browser_are_opened() {
    let open = |url: &str| update(&mut fresh(), Action::OpenLink(url.into()));
    let url = "HTTPS://www.cleverence.ru/";
    assert_eq!(open(url), vec![Command::OpenLink { url: url.into() }]);
    for url in ["file:///C:/Windows/System32/calc.exe", "javascript:alert(1)", "calc.exe", ""] {
        assert_eq!(open(url), vec![], "{url}");
    }
}

#[test]
fn a_new_report_forgets_idle_files_of_offers_that_are_gone() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = later(&mut model, 60);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    let (_, report) = fixtures::of(vec![fixtures::cash_desk()]);
    let _ = receive(&mut model, Event::Checked(Ok(report)));
    assert_eq!(model.activity("main"), None);
}

#[test]
fn a_sheet_that_was_put_off_comes_back_in_the_hours_for_updates() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Remind)), vec![], "nothing to wait for");
    let at = model.now.timestamp() + jiff::SignedDuration::from_hours(1);
    let put_off = SheetData { remind_at: Some(at), ..data(Proof::Hash, 1) };
    let _ = receive(&mut model, sheet_ready("main", &["main"], put_off));
    let remind = Command::Remind { item_id: "main".into(), at };
    assert_eq!(update(&mut model, Action::Sheet(SheetAction::Remind)), vec![remind]);
    assert_eq!((model.dialog.is_none(), model.reminder("main")), (true, Some(at)));
    assert_eq!(later(&mut model, 3599), vec![]);
    let _ = update(&mut model, Action::ShowProblems);
    assert_eq!(later(&mut model, 1), vec![], "not over what is open");
    let _ = update(&mut model, Action::CloseDialog);
    let preview = Command::Preview { item_id: "main".into(), base_ids: vec!["main".into()] };
    assert_eq!(later(&mut model, 1), vec![preview, Command::CallAttention]);
    assert_eq!(model.reminder("main"), None);
}

#[test]
fn a_sheet_that_was_put_off_comes_back_with_its_ticks() {
    let of_same_offer = |id: &str, name: &str| {
        let base = fixtures::base(id, name, "Склад 15, Расширенный", "1.6.2.6493");
        let item = fixtures::item(&base, fixtures::available("WH15", "1.6.3.7283", "2025-10-29", 184));
        (base, item)
    };
    let (north, south) = (of_same_offer("north", "Север"), of_same_offer("south", "Юг"));
    let mut model = loaded(fixtures::of(vec![fixtures::main_base(), north, south]));
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::Hash));
    let tick = |id: &str, chosen| Action::Sheet(SheetAction::Choose { base_id: id.into(), chosen });
    let _ = update(&mut model, tick("main", false));
    let _ = update(&mut model, tick("south", false));
    let _ = update(&mut model, tick("north", true));
    let at = model.now.timestamp() + jiff::SignedDuration::from_hours(1);
    let put_off = SheetData { remind_at: Some(at), ..data(Proof::Hash, 1) };
    let _ = receive(&mut model, sheet_ready("main", &["north"], put_off));
    let _ = update(&mut model, Action::Sheet(SheetAction::Remind));
    let preview = Command::Preview { item_id: "main".into(), base_ids: vec!["north".into()] };
    assert_eq!(later(&mut model, 3600), vec![preview, Command::CallAttention]);
    assert_eq!(model.sheet().unwrap().choices.len(), 3);
}

#[test]
fn what_waits_is_gone_on_with_part_by_part_and_not_while_something_is_installed() {
    use super::at_hand::{OfFile, Purpose};
    use super::waiting::{Left, WaitingPlan, WaitingState};
    use smarts_core::plan::kept::GoesOn;
    let mut model = loaded(fixtures::everything());
    // The source has moved on meanwhile: its offer is another one.
    let agreed = |text| OfFile { product: "Склад 15".into(), version: fixtures::version(text) };
    let of = |part| agreed(if part == 0 { "3.4.1.1" } else { "1.6.2.9999" });
    let left =
        |id: &str, name: &str, part| Left { id: id.into(), name: name.into(), part, of_file: of(part) };
    let plan = WaitingPlan {
        file_name: Some("1.json".into()),
        user: "ivanov".into(),
        agreed_at: model.now.timestamp(),
        left: vec![left("platform", "", 0), left("main", "Основной склад", 1), left("forest", "Филиал", 1)],
        state: WaitingState::Ready,
    };
    let _ = receive(&mut model, Event::WaitingRead(Some(plan.clone())));
    let go_on = |purpose: Purpose, part, ids: &[&str]| Command::GoOn {
        goes_on: GoesOn { plan: "1.json".into(), part },
        item_id: purpose.key(),
        base_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    };
    let press = |model: &mut Model, action| update(model, Action::Waiting(action));
    assert_eq!(press(&mut model, WaitingAction::GoOn), vec![go_on(Purpose::Platform, 0, &[])]);
    assert_eq!(model.sheet().unwrap().of_file, Some(agreed("3.4.1.1")));
    assert_eq!(model.sheet().unwrap().about(), "platform");
    let put_away = vec![Command::AtHand(super::at_hand::AtHandCommand::PutAway)];
    assert_eq!(update(&mut model, Action::CloseDialog), put_away, "what was examined is not kept open");
    assert_eq!(model.activity("platform"), None, "the row is about what its source offers");
    let rest = WaitingPlan { left: plan.left[1..].to_vec(), ..plan.clone() };
    let _ = receive(&mut model, Event::WaitingRead(Some(rest)));
    assert_eq!(press(&mut model, WaitingAction::GoOn), vec![go_on(Purpose::Bases, 1, &["main", "forest"])]);
    assert_eq!(model.sheet().unwrap().of_file, Some(agreed("1.6.2.9999")));
    assert_eq!(model.sheet().unwrap().chosen_ids(), ["main", "forest"]);
    let _ =
        receive(&mut model, sheet_ready(&Purpose::Bases.key(), &["main", "forest"], data(Proof::Hash, 0)));
    let apply = update(&mut model, Action::Sheet(SheetAction::Confirm));
    assert!(matches!(&apply[..], [Command::Apply { item_id, .. }] if *item_id == Purpose::Bases.key()));
    assert!(model.activity("main").unwrap().is_applying());
    assert_eq!(model.waiting(), None);
    assert_eq!(press(&mut model, WaitingAction::Abandon), vec![]);
    let restart = WaitingPlan { state: WaitingState::Restart, ..plan };
    let mut model = loaded(fixtures::everything());
    let _ = receive(&mut model, Event::WaitingRead(Some(restart)));
    assert_eq!(press(&mut model, WaitingAction::GoOn), vec![], "the PC has to be started anew first");
    assert_eq!(press(&mut model, WaitingAction::Abandon), vec![], "it is asked first");
    assert!(matches!(&model.dialog, Some(Dialog::Abandon(question)) if question.plan.user == "ivanov"));
    // Another plan comes in between: what goes is the one that was shown.
    let other = WaitingPlan { file_name: Some("2.json".into()), ..model.waiting().unwrap().clone() };
    let _ = receive(&mut model, Event::WaitingRead(Some(other)));
    let abandon = vec![Command::AbandonPlan { plan: "1.json".into() }];
    assert_eq!(press(&mut model, WaitingAction::ConfirmAbandon), abandon);
    assert_eq!(press(&mut model, WaitingAction::ConfirmAbandon), vec![], "once");
    let _ = receive(&mut model, Event::PlanAbandoned(Err("Диск защищён".into())));
    let failure = |model: &Model| match &model.dialog {
        Some(Dialog::Abandon(question)) => question.failure.clone(),
        _ => None,
    };
    assert_eq!(failure(&model).as_deref(), Some("Диск защищён"));
    assert_eq!(press(&mut model, WaitingAction::ConfirmAbandon), abandon);
    let _ = update(&mut model, Action::CloseDialog);
    let _ = receive(&mut model, Event::PlanAbandoned(Err("Нет прав".into())));
    assert_eq!(failure(&model).as_deref(), Some("Нет прав"), "also to whoever has closed the question");
    let _ = receive(&mut model, Event::PlanAbandoned(Ok(())));
    assert_eq!(model.dialog, None);
}
