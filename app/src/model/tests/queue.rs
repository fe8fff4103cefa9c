//! Downloads in their order, and all of them at once.

use super::*;
use crate::model::list::Filter;

fn download(id: &str) -> Command {
    Command::Download { item_id: id.into(), covered: false }
}

fn all(model: &mut Model) -> Vec<Command> {
    update(model, Action::List(ListAction::DownloadAll))
}

/// Five downloads are asked for, of which three fit.
fn five() -> Model {
    let mut model = loaded(fixtures::everything());
    assert_eq!(all(&mut model), ["platform", "main", "cash"].map(download));
    model
}

#[test]
fn what_is_beyond_the_limit_waits_in_its_order_and_begins_when_a_turn_is_free() {
    let mut model = five();
    assert_eq!(model.place_in_queue("cash"), None);
    assert_eq!(model.place_in_queue("forest"), Some(1));
    assert_eq!(model.place_in_queue("new"), Some(2));
    assert_eq!(receive(&mut model, progress("main", 50)), []);
    assert_eq!(receive(&mut model, verified("main", Proof::Signed)), [download("forest")]);
    assert_eq!(model.place_in_queue("new"), Some(1));
    let failed = Event::DownloadFailed { item_id: "cash".into(), notice: Notice::of("нет связи") };
    assert_eq!(receive(&mut model, failed), [download("new")]);
}

#[test]
fn one_that_a_server_has_put_off_takes_no_turn() {
    let mut model = five();
    let why = "сервер просит подождать".to_owned();
    let waiting = Event::DownloadWaiting { item_id: "main".into(), received: 0, total: None, why };
    assert_eq!(receive(&mut model, waiting), [download("forest")]);
}

#[test]
fn one_can_be_downloaded_before_all_others_that_wait() {
    let mut model = five();
    act(&mut model, "new", ItemAction::Sooner);
    assert_eq!(model.place_in_queue("new"), Some(1));
    assert_eq!(model.place_in_queue("forest"), Some(2));
    assert_eq!(receive(&mut model, verified("main", Proof::Signed)), [download("new")]);
}

#[test]
fn what_is_cancelled_while_it_waits_never_begins() {
    let mut model = five();
    let cancelled = Command::CancelDownload { item_id: "forest".into(), covered: false };
    assert_eq!(act(&mut model, "forest", ItemAction::Cancel), [cancelled]);
    assert_eq!(model.activity("forest"), None);
    assert_eq!(receive(&mut model, verified("main", Proof::Signed)), [download("new")]);
    assert_eq!(receive(&mut model, verified("cash", Proof::Signed)), []);
}

#[test]
fn one_that_waits_cannot_be_paused() {
    let mut model = five();
    assert_eq!(act(&mut model, "forest", ItemAction::Pause), []);
    assert_eq!(model.place_in_queue("forest"), Some(1));
}

#[test]
fn who_wants_files_that_are_on_their_way_waits_for_these_and_takes_no_turn() {
    let mut pairs = fixtures::stores(2);
    pairs.extend([fixtures::main_base(), fixtures::needs_platform()]);
    let mut model = loaded(fixtures::of(pairs));
    for id in ["store-1", "main", "store-2"] {
        assert_eq!(act(&mut model, id, ItemAction::Update), [download(id)]);
    }
    assert_eq!(act(&mut model, "new", ItemAction::Update), [download("new")], "that is the third");
    assert_eq!(act(&mut model, "platform", ItemAction::Update), [], "and that the fourth");
}

#[test]
fn cancelling_one_that_waits_takes_nothing_from_another_base_with_the_same_files() {
    let mut pairs = fixtures::stores(2);
    pairs.extend([fixtures::main_base(), fixtures::needs_platform()]);
    let mut model = loaded(fixtures::of(pairs));
    for id in ["platform", "main", "new", "store-1", "store-2"] {
        let _ = act(&mut model, id, ItemAction::Update);
    }
    assert_eq!(model.place_in_queue("store-2"), Some(2));
    assert_eq!(act(&mut model, "store-2", ItemAction::Cancel), []);
    assert_eq!(model.place_in_queue("store-1"), Some(1));
}

#[test]
fn everything_that_can_be_downloaded_is_counted_and_each_file_once() {
    let mut pairs = fixtures::stores(4);
    pairs.extend([fixtures::main_base(), fixtures::blocked(), fixtures::up_to_date()]);
    let model = loaded(fixtures::of(pairs));
    assert_eq!(model.downloads().ids, ["platform", "store-1", "main"]);
    assert_eq!(model.downloads().size, Some((96 + 184 + 184) * 1024 * 1024));
}

#[test]
fn where_a_size_is_not_known_the_whole_is_not_either() {
    let mut pair = fixtures::main_base();
    let State::Available { offer } = &mut pair.1.state else { unreachable!() };
    offer.steps[0].file.as_mut().unwrap().size = None;
    let model = loaded(fixtures::of(vec![pair]));
    assert_eq!(model.downloads().ids.len(), 2);
    assert_eq!(model.downloads().size, None);
}

#[test]
fn what_is_there_already_skipped_or_not_this_persons_to_do_is_not_downloaded() {
    let (machine, report) = fixtures::everything();
    let mut model = loaded((machine.clone(), report.clone()));
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(&mut model, verified("main", Proof::Signed));
    let _ = update(&mut model, Action::CloseDialog);
    let _ = act(&mut model, "cash", ItemAction::Skip);
    assert_eq!(model.downloads().ids, ["platform", "forest", "new"]);
    let mut model = fresh();
    let permission = Permission::Administrators { contact: None };
    let _ = receive(&mut model, Event::Loaded { machine, report: Some(report), permission });
    assert_eq!(model.downloads().ids, Vec::<String>::new());
    assert_eq!(all(&mut model), []);
}

#[test]
fn no_sheet_opens_by_itself_after_all_were_downloaded() {
    let mut model = five();
    let _ = receive(&mut model, verified("main", Proof::Signed));
    assert_eq!(model.dialog, None);
    assert!(matches!(model.activity("main"), Some(Activity::Ready(_))));
}

#[test]
fn a_group_that_was_downloaded_with_all_has_its_bases_ticked_but_those_that_were_unticked() {
    let mut model = loaded(fixtures::of(fixtures::stores(3)));
    model.list.filter = Filter::All;
    let _ = update(&mut model, Action::List(ListAction::Tick { base_id: "store-1".into(), ticked: false }));
    let _ = all(&mut model);
    let _ = receive(&mut model, verified("store-2", Proof::Signed));
    let _ = act(&mut model, "store-2", ItemAction::Install);
    assert_eq!(model.sheet().unwrap().chosen_ids(), ["store-2", "store-3"]);
}
