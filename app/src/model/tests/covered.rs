//! The covered release in place of the newest: chosen, kept through its update, and let go of.

use smarts_core::subscription::{NoData, Subscriptions};

use super::*;
use crate::model::list::GroupKey;

const NEWEST: &str = "1.6.3.7283";
const COVERED: &str = "1.6.3.6708";
/// The covered release came out before it, the newest after it.
const ENDED: &str = "01.10.2025";

fn branches(count: usize) -> Model {
    known(loaded(fixtures::of(fixtures::branches(count))), ENDED)
}

fn known(mut model: Model, until: &str) -> Model {
    let _ = tell(&mut model, until);
    model
}

fn tell(model: &mut Model, until: &str) -> Vec<Command> {
    receive(model, Event::SubscriptionsRead(fixtures::known(&[("ТСД 4", until)])))
}

/// What is offered to a branch, and whether it can be installed.
fn offered(model: &Model, number: usize) -> (String, bool) {
    let item = model.item_by_id(&format!("branch-{number}")).unwrap();
    let release = item.offer().unwrap().release().unwrap();
    (release.version.to_string(), matches!(item.state, State::Available { .. }))
}

fn blocked() -> (String, bool) {
    (NEWEST.into(), false)
}

fn chosen() -> (String, bool) {
    (COVERED.into(), true)
}

fn download(number: usize) -> Command {
    Command::Download { item_id: format!("branch-{number}"), covered: true }
}

#[test]
fn what_is_not_covered_is_not_begun_and_the_covered_release_is() {
    let mut model = branches(1);
    assert_eq!(offered(&model, 1), blocked());
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![]);
    assert_eq!(act(&mut model, "branch-1", ItemAction::UpdateCovered), vec![download(1)]);
    assert_eq!(offered(&model, 1), chosen());
    assert_eq!(act(&mut model, "branch-1", ItemAction::UpdateCovered), vec![], "once is enough");
    let preview = Command::Preview { item_id: "branch-1".into(), base_ids: vec!["branch-1".into()] };
    assert_eq!(receive(&mut model, verified("branch-1", Proof::Hash)), vec![preview]);
    assert_eq!(model.sheet().map(|sheet| sheet.choices.len()), Some(1));
}

#[test]
fn whoever_may_not_update_and_what_has_no_covered_release_begin_nothing() {
    let mut model = known(branches(1), "01.01.2020");
    assert_eq!(offered(&model, 1), blocked());
    for id in ["branch-1", "platform", "nobody"] {
        assert_eq!(act(&mut model, id, ItemAction::UpdateCovered), vec![], "{id}");
        assert_eq!(act(&mut model, id, ItemAction::UpdateGroupCovered), vec![], "{id}");
    }
    let mut model = branches(1);
    model.permission = Permission::Administrators { contact: None };
    assert_eq!(act(&mut model, "branch-1", ItemAction::UpdateCovered), vec![]);
    assert_eq!(offered(&model, 1), blocked());
}

#[test]
fn cancelling_brings_the_newest_release_and_its_block_back() {
    let mut model = branches(1);
    let before = model.report.clone();
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let cancel = Command::CancelDownload { item_id: "branch-1".into(), covered: true };
    assert_eq!(act(&mut model, "branch-1", ItemAction::Cancel), vec![cancel]);
    assert_eq!(model.report, before);
    assert!(!model.is_covered_chosen("branch-1"));
    assert_eq!(model.counts().uncovered.total(), 1);
    assert_eq!(act(&mut model, "branch-1", ItemAction::UpdateCovered), vec![download(1)], "and again");
}

#[test]
fn the_choice_outlasts_pauses_failures_checks_and_readings_of_the_machine() {
    let mut model = branches(1);
    let (machine, report) = fixtures::of(fixtures::branches(1));
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let paused = Event::DownloadPaused { item_id: "branch-1".into(), received: 40, total: Some(100) };
    let _ = receive(&mut model, paused);
    let _ = receive(&mut model, Event::MachineRead(machine.clone()));
    let _ = receive(&mut model, Event::Checked(Ok(report.clone())));
    let _ = tell(&mut model, ENDED);
    assert_eq!(offered(&model, 1), chosen());
    assert!(matches!(model.activity("branch-1"), Some(Activity::Paused { .. })));
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![download(1)]);
    let notice = Notice::of("нет связи");
    let _ = receive(&mut model, Event::DownloadFailed { item_id: "branch-1".into(), notice });
    let renewed = Event::Renewed { machine, report: Some(report), skipped: Skipped::new() };
    let _ = receive(&mut model, renewed);
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![download(1)]);
}

#[test]
fn once_a_renewed_subscription_covers_the_newest_the_older_one_is_let_go_of() {
    let mut model = branches(1);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let _ = receive(&mut model, progress("branch-1", 40));
    let pause = Command::PauseDownload { item_id: "branch-1".into() };
    assert_eq!(tell(&mut model, "01.10.2027"), vec![pause], "what is under way is not wanted any more");
    assert_eq!(offered(&model, 1), (NEWEST.into(), true));
    let late = Event::DownloadPaused { item_id: "branch-1".into(), received: 41, total: None };
    let _ = receive(&mut model, late);
    assert_eq!(model.activity("branch-1"), None);
    let newest = Command::Download { item_id: "branch-1".into(), covered: false };
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![newest]);
}

#[test]
fn a_sheet_of_the_older_release_closes_when_the_newest_is_covered() {
    let mut model = branches(1);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    assert!(model.sheet().is_some());
    assert_eq!(tell(&mut model, "01.10.2027"), vec![]);
    assert_eq!((&model.dialog, model.activity("branch-1")), (&None, None));
}

#[test]
fn what_was_waiting_for_the_person_goes_when_it_is_not_covered_any_more() {
    let mut model = known(branches(1), "01.10.2027");
    let _ = act(&mut model, "branch-1", ItemAction::Update);
    let paused = Event::DownloadPaused { item_id: "branch-1".into(), received: 40, total: None };
    let _ = receive(&mut model, paused);
    let _ = tell(&mut model, ENDED);
    assert_eq!((offered(&model, 1), model.activity("branch-1")), (blocked(), None), "no button goes nowhere");
}

#[test]
fn after_the_update_the_newest_release_stands_there_with_its_block() {
    let mut model = branches(1);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    let done =
        Done { version: fixtures::version(COVERED), at: model.now.timestamp(), left: vec![], works: None };
    let results = vec![BaseResult { item_id: "branch-1".into(), outcome: Outcome::Done(done) }];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    let (mut machine, _) = fixtures::of(fixtures::branches(1));
    machine.bases[0].version = Some(fixtures::version(COVERED));
    let _ = receive(&mut model, Event::MachineRead(machine));
    assert!(!model.is_covered_chosen("branch-1"));
    assert_eq!(offered(&model, 1), blocked());
    let item = model.item_by_id("branch-1").unwrap();
    assert_eq!((item.covered, item.covered_offer()), (item.installed, None));
}

#[test]
fn bases_with_one_covered_offer_share_a_row_its_download_and_its_sheet() {
    let mut model = branches(3);
    let [Row::Group { key, entries }] = &model.list.rows[..] else { panic!("{:?}", model.list.rows) };
    assert!(key.is_blocked());
    assert_eq!(entries.len(), 3);
    assert_eq!(act(&mut model, "branch-1", ItemAction::UpdateGroupCovered), vec![download(1)]);
    assert!(matches!(&model.list.rows[..], [Row::Group { .. }]), "they stay together: {:?}", model.list.rows);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    let chosen: Vec<String> = model.sheet().unwrap().chosen_ids();
    assert_eq!(chosen, ["branch-1", "branch-2", "branch-3"]);
    let _ = update(&mut model, Action::CloseDialog);
    let before = model.report.clone();
    let _ = update(&mut model, Action::CheckNow);
    assert_eq!(model.report, before, "a check alone lets go of nothing");
}

#[test]
fn a_base_of_the_group_that_was_not_ticked_gets_the_newest_back_when_the_update_is_over() {
    let mut model = branches(3);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateGroupCovered);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    let untick = SheetAction::Choose { base_id: "branch-3".into(), chosen: false };
    let _ = update(&mut model, Action::Sheet(untick));
    let _ = receive(&mut model, sheet_ready("branch-1", &["branch-1", "branch-2"], data(Proof::Hash, 0)));
    assert!(matches!(update(&mut model, Action::Sheet(SheetAction::Confirm))[..], [Command::Apply { .. }]));
    assert_eq!(offered(&model, 3), chosen(), "the update is not over");
    model.check = Some(CheckProgress::default());
    let done =
        Done { version: fixtures::version(COVERED), at: model.now.timestamp(), left: vec![], works: None };
    let result = |id: &str, outcome| BaseResult { item_id: id.into(), outcome };
    let failed = Outcome::Failed(Notice::of("база открыта"));
    let results = vec![result("branch-1", Outcome::Done(done)), result("branch-2", failed)];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert_eq!(offered(&model, 3), blocked());
    assert!(!model.is_covered_chosen("branch-3"));
    assert!(model.is_covered_chosen("branch-2"), "it is tried again with the same release");
}

#[test]
fn a_cancelled_download_of_the_covered_release_is_for_all_bases_again() {
    let mut model = branches(3);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateGroupCovered);
    let _ = act(&mut model, "branch-1", ItemAction::Cancel);
    let undo = Action::Toast(crate::model::toasts::ToastAction::UndoLast);
    assert_eq!(update(&mut model, undo), vec![download(1)]);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    assert_eq!(model.sheet().unwrap().chosen_ids().len(), 3);
}

#[test]
fn cancelling_one_for_all_takes_all_of_them_back() {
    let mut model = branches(3);
    let before = model.report.clone();
    let _ = act(&mut model, "branch-1", ItemAction::UpdateGroupCovered);
    let _ = act(&mut model, "branch-1", ItemAction::Cancel);
    assert_eq!(model.report, before);
}

#[test]
fn a_base_that_is_ticked_beside_another_is_tried_again_with_the_same_release() {
    let mut model = branches(2);
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    let tick = SheetAction::Choose { base_id: "branch-2".into(), chosen: true };
    let _ = update(&mut model, Action::Sheet(tick));
    let _ = receive(&mut model, sheet_ready("branch-1", &["branch-1", "branch-2"], data(Proof::Hash, 0)));
    assert!(matches!(update(&mut model, Action::Sheet(SheetAction::Confirm))[..], [Command::Apply { .. }]));
    let outcome = Outcome::Failed(Notice::of("база открыта"));
    let results = vec![BaseResult { item_id: "branch-2".into(), outcome }];
    let _ = receive(&mut model, Event::ApplyFinished { results });
    assert_eq!(act(&mut model, "branch-2", ItemAction::Update), vec![download(2)]);
}

#[test]
fn what_is_blocked_for_another_reason_or_offers_something_else_is_another_row() {
    let (_, item) = fixtures::subscribed("branch-1", "Филиал");
    let key_of = |model: &Model| GroupKey::of(model.item_by_id("branch-1").unwrap());
    let open = GroupKey::of(&item).unwrap();
    let ended = key_of(&branches(1)).unwrap();
    let older = key_of(&known(branches(1), "01.01.2020")).unwrap();
    assert!(!open.shares_files(&ended) && !ended.shares_files(&older) && !older.shares_files(&older));
    assert!(ended.shares_files(&ended));
    let (_, egais) = fixtures::blocked();
    assert_eq!(GroupKey::of(&egais), None, "a release without a file is not for a group");
}

#[test]
fn what_an_earlier_run_has_left_of_it_is_gone_on_with() {
    let mut model = branches(1);
    let left = |id: &str| Event::CoveredLeft { item_id: id.into(), received: 40, total: Some(100) };
    let _ = receive(&mut model, left("branch-1"));
    assert_eq!(offered(&model, 1), chosen());
    assert_eq!(model.activity("branch-1"), Some(&Activity::Paused { received: 40, total: Some(100) }));
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![download(1)]);
    let _ = receive(&mut model, left("platform"));
    assert_eq!(model.activity("platform"), None, "it has no such offer");
}

#[test]
fn another_source_knows_nothing_of_the_choice() {
    let mut model = branches(1);
    let usual = model.report.clone();
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    let paused = Event::DownloadPaused { item_id: "branch-1".into(), received: 40, total: None };
    let _ = receive(&mut model, paused);
    let _ = update(&mut model, Action::Source(SourceAction::UseFolder("D:\\updates".into())));
    let _ = receive(&mut model, Event::SourceInUse);
    let _ = receive(&mut model, Event::Checked(Err(failure("нет такой папки"))));
    let _ = update(&mut model, Action::Source(SourceAction::UseUsual));
    assert_eq!(model.report, usual);
    assert!(!model.is_covered_chosen("branch-1"));
}

#[test]
fn what_subscriptions_block_is_counted_by_itself_and_named_when_it_is_all_there_is() {
    let bases_alone = |pairs: Vec<fixtures::Pair>| {
        let (machine, mut report) = fixtures::of(pairs);
        report.items.retain(|item| item.id != "platform");
        (machine, report)
    };
    let mut model = known(loaded(bases_alone(fixtures::branches(2))), ENDED);
    let counts = model.counts();
    assert_eq!((counts.blocked, counts.uncovered.bases), (2, 2));
    assert_eq!(model.headline(), Headline::OnlyUncovered(counts.uncovered));
    let _ = act(&mut model, "branch-1", ItemAction::UpdateCovered);
    assert_eq!(model.headline(), Headline::Updates(Updates { bases: 1, ..Updates::default() }));

    let both = vec![fixtures::blocked(), fixtures::subscribed("branch-1", "Филиал")];
    assert_eq!(known(loaded(bases_alone(both)), ENDED).headline(), Headline::OnlyBlocked { items: 2 });
    let stop = Subscriptions { no_data: NoData::Stop, ..fixtures::known(&[]) };
    model = loaded(bases_alone(fixtures::branches(1)));
    let _ = receive(&mut model, Event::SubscriptionsRead(stop));
    assert_eq!(model.headline(), Headline::OnlyUnjudged(Updates { bases: 1, ..Updates::default() }));
    assert_eq!(act(&mut model, "branch-1", ItemAction::Update), vec![]);
}

#[test]
fn the_sheet_gives_way_to_the_date_it_asks_for_and_comes_back() {
    let mut model = loaded(fixtures::of(fixtures::branches(1)));
    let _ = act(&mut model, "branch-1", ItemAction::Update);
    let _ = receive(&mut model, verified("branch-1", Proof::Hash));
    let ask = Action::EnterDates { devices: vec!["ТСД 4".into()], items: vec!["branch-1".into()] };
    assert_eq!(update(&mut model, ask.clone()), vec![]);
    assert!(matches!(model.dialog, Some(Dialog::Subscription(_))));
    assert_eq!(later(&mut model, 3), vec![], "nothing comes between");
    assert_eq!(model.tab, Tab::Subscriptions);
    let _ = update(&mut model, Action::CloseDialog);
    let preview = Command::Preview { item_id: "branch-1".into(), base_ids: vec!["branch-1".into()] };
    assert_eq!(later(&mut model, 1), vec![preview]);
    assert_eq!((model.sheet().is_some(), model.tab), (true, Tab::Updates));

    // Its file waits no more: nothing to come back to.
    let _ = update(&mut model, ask);
    let _ = receive(&mut model, Event::SubscriptionsRead(fixtures::known(&[("ТСД 4", ENDED)])));
    let _ = update(&mut model, Action::CloseDialog);
    assert_eq!(later(&mut model, 1), vec![]);
    assert_eq!(model.dialog, None);
}

fn edited(model: &mut Model, known: &[(&str, &str)]) -> Vec<Command> {
    let known = fixtures::known(known);
    let event = subscriptions::SubscriptionEvent::Edited { known, result: Ok(None) };
    receive(model, Event::Subscriptions(event))
}

#[test]
fn a_date_that_covers_nothing_that_is_known_begins_a_check_once() {
    let mut model = branches(1);
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.12.2025")]), vec![], "the newest one is");
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.01.2020")]), vec![Command::Check]);
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.01.2019")]), vec![], "one is under way");
    let report = model.report.clone().unwrap();
    let ended = || Event::Checked(Ok(report.clone()));
    assert_eq!(receive(&mut model, ended()), vec![Command::Check], "it may have read the former list");
    assert_eq!(receive(&mut model, ended()), vec![]);
    let other = [("ТСД 4", "01.01.2019"), ("ТСД 9", "01.01.2019")];
    assert_eq!(edited(&mut model, &other), vec![], "nothing older is known, and that was found out");
    assert_eq!(tell(&mut model, "01.01.2018"), vec![], "somebody else has changed it");
}

#[test]
fn a_date_that_is_entered_during_a_check_and_covers_what_it_finds_begins_no_other() {
    let mut model = branches(1);
    let report = model.report.clone().unwrap();
    let _ = update(&mut model, Action::CheckNow);
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.12.2025")]), vec![]);
    assert_eq!(receive(&mut model, Event::Checked(Ok(report.clone()))), vec![]);
    let _ = update(&mut model, Action::CheckNow);
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.01.2020")]), vec![]);
    assert_eq!(receive(&mut model, Event::Checked(Err(failure("нет связи")))), vec![]);
    let _ = update(&mut model, Action::CheckNow);
    assert_eq!(receive(&mut model, Event::Checked(Ok(report))), vec![], "this one has read the list");
}

#[test]
fn without_a_way_to_the_source_and_in_a_folder_no_check_begins_by_itself() {
    let mut model = branches(1);
    let _ = receive(&mut model, Event::Offline(true));
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.01.2020")]), vec![]);
    let mut model = branches(1);
    model.sources.folder = Some(r"E:\releases".into());
    assert_eq!(edited(&mut model, &[("ТСД 4", "01.01.2020")]), vec![]);
}
