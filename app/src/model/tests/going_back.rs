//! Going back in the model: late answers, choices that change, and what is under way.

use smarts_core::backup::Way;
use smarts_core::server::Server;

use super::*;
use crate::model::activity::{CopyMade, CopyOutcome, CopyStage, WentBack};
use crate::model::going_back::{
    Copy, GoingBackAction, GoingBackCommand, GoingBackEvent, Listed, Look, Next, Obstacle, OldCopy, Outlook,
    Part, Room,
};

const BASE: &str = "main";
const NEWEST: &str = "2026.11.22 12.40.00 main";
const OLDER: &str = "2026.11.20 12.40.00 main";
const ON_DEMAND: &str = "2026.11.19 12.40.00 main";
const THEIRS: &str = "2026.11.23 12.40.00 main";

fn copy(id: &str) -> Copy {
    Copy {
        id: id.into(),
        dir: format!("/backup/{id}").into(),
        time: None,
        version: Some(fixtures::version("1.6.2.6493")),
        size_bytes: Some(1),
        user: "ivanov".into(),
        why: "перед обновлением".into(),
        refused: None,
        has_changes: true,
    }
}

fn listed() -> Listed {
    let theirs = Copy { refused: Some("не наша".into()), has_changes: false, ..copy(THEIRS) };
    let on_demand = Copy { has_changes: false, ..copy(ON_DEMAND) };
    Listed {
        copies: vec![theirs, copy(NEWEST), copy(OLDER), on_demand],
        next: Ok(Next { size_bytes: 5, too_many: vec![] }),
        dir: "/backup".into(),
    }
}

fn outlook() -> Outlook {
    Outlook {
        from: Some(fixtures::version("1.6.3.7283")),
        to: Some(fixtures::version("1.6.2.6493")),
        replaced: Part { count: 1, examples: vec!["AppDescription.xml".into()] },
        brought_back: Part::default(),
        removed: Part::default(),
        lost: 0,
        lost_documents: 0,
        newest: vec![],
        present: None,
        without: vec![],
    }
}

fn go(model: &mut Model, action: GoingBackAction) -> Vec<Command> {
    update(model, Action::GoingBack(action))
}

fn open(model: &mut Model, copy: Option<&str>) -> Vec<Command> {
    let copy = copy.map(str::to_owned);
    go(model, GoingBackAction::Open { base_id: BASE.into(), copy })
}

fn hear(model: &mut Model, event: GoingBackEvent) -> Vec<Command> {
    receive(model, Event::GoingBack(event))
}

fn hear_list(model: &mut Model, listed: Listed) -> Vec<Command> {
    hear(model, GoingBackEvent::Listed { base_id: BASE.into(), listed: Ok(listed) })
}

fn hear_outlook(model: &mut Model, number: u64, outlook: Outlook) {
    let seen = Ok(Box::new(outlook));
    assert_eq!(hear(model, GoingBackEvent::Looked { number, seen }), []);
}

fn look(number: u64, copy: &str, way: Way) -> Vec<Command> {
    vec![Command::GoingBack(GoingBackCommand::Look { number, copy: copy.into(), way })]
}

fn obstacle(model: &Model) -> Option<Obstacle> {
    model.back_obstacle(model.going_back().unwrap())
}

/// With the newest copy chosen and seen.
fn seen() -> Model {
    let mut model = loaded(fixtures::everything());
    let _ = open(&mut model, None);
    assert_eq!(hear_list(&mut model, listed()), look(1, NEWEST, Way::Replaced));
    hear_outlook(&mut model, 1, outlook());
    model
}

fn end(model: &mut Model, outcome: CopyOutcome) -> Vec<Command> {
    let results = vec![BaseResult { item_id: BASE.into(), outcome: Outcome::Copies(outcome) }];
    receive(model, Event::ApplyFinished { results })
}

#[test]
fn the_newest_copy_that_can_be_used_is_chosen_and_looked_at_for_what_the_update_replaced() {
    let mut model = loaded(fixtures::everything());
    let list = GoingBackCommand::List { base_id: BASE.into() };
    assert_eq!(open(&mut model, None), [Command::GoingBack(list)]);
    assert_eq!(obstacle(&model), Some(Obstacle::NothingChosen));
    assert_eq!(hear_list(&mut model, listed()), look(1, NEWEST, Way::Replaced));
    assert_eq!(obstacle(&model), Some(Obstacle::Looking));
    hear_outlook(&mut model, 1, outlook());
    assert_eq!(obstacle(&model), None);
}

#[test]
fn the_copy_that_the_person_came_for_is_chosen_if_it_is_there_and_can_be_used() {
    for (wanted, chosen, way) in [
        (OLDER, OLDER, Way::Replaced),
        (ON_DEMAND, ON_DEMAND, Way::Whole),
        (THEIRS, NEWEST, Way::Replaced),
        ("gone", NEWEST, Way::Replaced),
    ] {
        let mut model = loaded(fixtures::everything());
        let _ = open(&mut model, Some(wanted));
        assert_eq!(hear_list(&mut model, listed()), look(1, chosen, way));
    }
}

#[test]
fn every_choice_is_looked_at_anew_and_answers_about_a_former_one_are_late() {
    let mut model = seen();
    assert_eq!(go(&mut model, GoingBackAction::Way(Way::Whole)), look(2, NEWEST, Way::Whole));
    assert_eq!(obstacle(&model), Some(Obstacle::Looking));
    assert_eq!(go(&mut model, GoingBackAction::Way(Way::Whole)), []);
    assert_eq!(go(&mut model, GoingBackAction::Choose(OLDER.into())), look(3, OLDER, Way::Replaced));
    let _ = hear(&mut model, GoingBackEvent::Looking { number: 2, done: 5, total: 9 });
    hear_outlook(&mut model, 2, outlook());
    assert_eq!(model.going_back().unwrap().look, Look::Looking { done: 0, total: 0 });
    let _ = hear(&mut model, GoingBackEvent::Looking { number: 3, done: 5, total: 9 });
    assert_eq!(model.going_back().unwrap().look, Look::Looking { done: 5, total: 9 });
    hear_outlook(&mut model, 3, outlook());
    // Bytes that were on their way take nothing away again.
    let _ = hear(&mut model, GoingBackEvent::Looking { number: 3, done: 8, total: 9 });
    assert_eq!(obstacle(&model), None);
    let go_back = GoingBackCommand::GoBack { number: 3, base_id: BASE.into() };
    assert_eq!(go(&mut model, GoingBackAction::Confirm), [Command::GoingBack(go_back)]);
}

#[test]
fn what_cannot_be_used_is_not_chosen_and_a_copy_made_on_demand_goes_back_as_a_whole_alone() {
    let mut model = seen();
    assert_eq!(go(&mut model, GoingBackAction::Choose(THEIRS.into())), []);
    assert_eq!(go(&mut model, GoingBackAction::Choose("gone".into())), []);
    assert_eq!(go(&mut model, GoingBackAction::Choose(ON_DEMAND.into())), look(2, ON_DEMAND, Way::Whole));
    assert_eq!(go(&mut model, GoingBackAction::Way(Way::Replaced)), []);
    assert_eq!(model.going_back().unwrap().way, Way::Whole);
}

#[test]
fn a_dialog_that_closes_stops_the_look_and_hears_no_more() {
    let mut model = seen();
    let _ = go(&mut model, GoingBackAction::Way(Way::Whole));
    let stop = Command::GoingBack(GoingBackCommand::StopLooking);
    assert_eq!(update(&mut model, Action::CloseDialog), [stop]);
    hear_outlook(&mut model, 2, outlook());
    assert_eq!(hear_list(&mut model, listed()), []);
    assert_eq!(model.dialog, None);
    // Opened again, its looks have other numbers.
    let _ = open(&mut model, None);
    hear_outlook(&mut model, 2, outlook());
    assert_eq!(hear_list(&mut model, listed()), look(3, NEWEST, Way::Replaced));
    let other = GoingBackEvent::Listed { base_id: "other".into(), listed: Err("нет".into()) };
    assert_eq!(hear(&mut model, other), []);
    assert!(matches!(model.going_back().unwrap().listed, Some(Ok(_))));
}

#[test]
fn nobody_goes_back_while_something_stands_in_the_way() {
    let mut model = seen();
    let notice = Notice::of("с базой кто-то работает");
    let _ = go(&mut model, GoingBackAction::LookAgain);
    let _ = hear(&mut model, GoingBackEvent::Looked { number: 2, seen: Err(notice) });
    assert_eq!(obstacle(&model), Some(Obstacle::Fault));
    assert_eq!(go(&mut model, GoingBackAction::LookAgain), look(3, NEWEST, Way::Replaced));
    hear_outlook(&mut model, 3, Outlook { replaced: Part::default(), ..outlook() });
    assert_eq!(obstacle(&model), Some(Obstacle::Nothing));
    let _ = go(&mut model, GoingBackAction::LookAgain);
    let room = Room { dir: "/backup".into(), needed: 2, free: Some(1) };
    hear_outlook(&mut model, 4, Outlook { present: Some(room), ..outlook() });
    assert_eq!(obstacle(&model), Some(Obstacle::NoRoom));
    assert_eq!(go(&mut model, GoingBackAction::Confirm), []);

    let mut model = seen();
    let _ = act(&mut model, BASE, ItemAction::Update);
    assert_eq!(obstacle(&model), Some(Obstacle::Downloading));
    assert_eq!(go(&mut model, GoingBackAction::Confirm), []);
    assert_eq!(go(&mut model, GoingBackAction::Copy), []);

    let mut model = seen();
    model.permission = Permission::Administrators { contact: None };
    assert_eq!(obstacle(&model), Some(Obstacle::NotTheirs));
    let mut model = seen();
    let _ = model.set_activity("forest".into(), Activity::Applying(Stage::Reading));
    assert_eq!(obstacle(&model), Some(Obstacle::Busy));
    assert_eq!(go(&mut model, GoingBackAction::Confirm), []);
}

#[test]
fn a_base_that_went_back_says_so_on_its_row_and_the_source_is_asked_again() {
    let mut model = seen();
    let _ = go(&mut model, GoingBackAction::Confirm);
    assert_eq!(model.dialog, None);
    assert!(model.is_applying());
    let stage = Stage::Copies(CopyStage::Comparing { done: 1, total: 2 });
    let _ = receive(&mut model, Event::ApplyProgress { item_id: BASE.into(), stage });
    let ask = update(&mut model, Action::Leave(LeaveAction::Ask));
    assert_eq!((ask, model.leave), (vec![], Leave::Asking));
    assert_eq!(act(&mut model, BASE, ItemAction::StopApply), [Command::StopApply]);
    let at = model.now.timestamp();
    let went = WentBack { version: None, at, present_dir: None, server: Server::NotLookedAt };
    assert_eq!(end(&mut model, CopyOutcome::WentBack(went.clone())), [Command::Check]);
    let over = Activity::Copies(CopyOutcome::WentBack(went));
    assert_eq!(model.activity(BASE), Some(&over));
    let _ = act(&mut model, BASE, ItemAction::Dismiss);
    assert_eq!(model.activity(BASE), None);
}

#[test]
fn what_the_row_said_before_comes_back_if_nothing_becomes_of_it() {
    let mut model = loaded(fixtures::everything());
    let done = Done {
        version: fixtures::version("1.6.3.7283"),
        at: model.now.timestamp(),
        left: vec![],
        works: None,
    };
    let _ = model.set_activity(BASE.into(), Activity::Done(done.clone()));
    let _ = open(&mut model, None);
    let _ = hear_list(&mut model, listed());
    hear_outlook(&mut model, 1, outlook());
    let _ = go(&mut model, GoingBackAction::Confirm);
    assert_eq!(end(&mut model, CopyOutcome::Stopped), []);
    assert_eq!(model.activity(BASE), Some(&Activity::Done(done)));
    let mut model = seen();
    let _ = go(&mut model, GoingBackAction::Confirm);
    let _ = end(&mut model, CopyOutcome::Stopped);
    assert_eq!(model.activity(BASE), None);
    let mut model = seen();
    let _ = go(&mut model, GoingBackAction::Confirm);
    assert_eq!(end(&mut model, CopyOutcome::NotGoneBack(Notice::of("нет"))), []);
    assert!(matches!(model.activity(BASE), Some(Activity::Copies(CopyOutcome::NotGoneBack(_)))));
}

#[test]
fn a_copy_is_made_at_once_unless_older_ones_become_too_many() {
    let mut model = seen();
    let copy = |delete: &[&str]| {
        let delete = delete.iter().map(|id| (*id).to_owned()).collect();
        vec![Command::GoingBack(GoingBackCommand::Copy { base_id: BASE.into(), delete })]
    };
    assert_eq!(go(&mut model, GoingBackAction::Copy), copy(&[]));
    let made = CopyMade {
        dir: "/backup/new".into(),
        size_bytes: 1,
        at: model.now.timestamp(),
        removed: 0,
        not_removed: None,
    };
    assert_eq!(end(&mut model, CopyOutcome::Made(made)), []);

    let old = OldCopy {
        id: ON_DEMAND.into(), name: "Основной склад".into(), time: None, size_bytes: None
    };
    let listed = Listed { next: Ok(Next { size_bytes: 5, too_many: vec![old] }), ..listed() };
    for (delete, expected) in [(false, copy(&[])), (true, copy(&[ON_DEMAND]))] {
        let mut model = seen();
        let _ = hear_list(&mut model, listed.clone());
        assert_eq!(go(&mut model, GoingBackAction::Copy), []);
        assert!(model.going_back().unwrap().question.is_some());
        let _ = go(&mut model, GoingBackAction::Delete(delete));
        assert_eq!(go(&mut model, GoingBackAction::ConfirmCopy), expected);
        assert!(model.is_applying());
    }
    let mut model = seen();
    let _ = hear_list(&mut model, Listed { next: Err("не читается".into()), ..listed });
    assert_eq!(go(&mut model, GoingBackAction::Copy), []);
    assert!(!model.is_applying());
}

#[test]
fn an_entry_of_the_history_leads_to_the_copy_that_was_made_before_it_if_its_base_is_here() {
    use crate::model::history::fixtures::{entries, lines, updated};
    let mut model = loaded(fixtures::everything());
    let [of_base, of_log, ..] = &lines(entries())[..] else { panic!() };
    let open = GoingBackAction::Open { base_id: BASE.into(), copy: Some("2026.11.22 21.40.13 main".into()) };
    assert_eq!(model.way_back_of(of_base), Some(open.clone()));
    assert_eq!(model.way_back_of(of_log), None);
    let gone = lines(vec![updated("2026-11-19T08:00:00Z", "gone", "Бывшая")]);
    assert_eq!(model.way_back_of(&gone[0]), None);
    // How it goes is told on the base's row, wherever it was begun.
    let _ = update(&mut model, Action::Tab(Tab::History));
    let _ = go(&mut model, open);
    let _ = hear_list(&mut model, listed());
    hear_outlook(&mut model, 1, outlook());
    let _ = go(&mut model, GoingBackAction::Confirm);
    assert_eq!(model.tab, Tab::Updates);
    assert_eq!(model.shown.as_ref().map(|shown| shown.id.as_str()), Some(BASE));
}
