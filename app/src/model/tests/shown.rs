//! The item the person came for.

use super::*;

fn show(model: &mut Model, id: &str) -> Option<String> {
    assert_eq!(update(model, Action::Show(id.into())), vec![]);
    model.shown.as_ref().map(|shown| shown.id.clone())
}

#[test]
fn an_item_that_is_asked_for_is_marked_for_a_while() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(show(&mut model, "main").as_deref(), Some("main"));
    assert!(model.shown.as_ref().is_some_and(|shown| !shown.in_sight));
    let _ = update(&mut model, Action::List(ListAction::InSight));
    assert!(model.shown.as_ref().is_some_and(|shown| shown.in_sight));
    later(&mut model, 3);
    assert!(model.shown.is_some());
    later(&mut model, 1);
    assert_eq!(model.shown, None);
    assert_eq!(show(&mut model, "platform").as_deref(), Some("platform"));
}

#[test]
fn search_and_filter_give_way_to_an_item_that_is_asked_for() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::List(ListAction::Search("nothing like this".into())));
    let _ = update(&mut model, Action::List(ListAction::Filter(Filter::WithUpdates)));
    assert!(model.list.rows.is_empty());
    assert_eq!(show(&mut model, "base:main").as_deref(), Some("main"));
    assert!(model.row_of("main").is_some());
    assert_eq!((model.list.filter, model.list.search.as_str()), (Filter::All, ""));
}

#[test]
fn an_item_in_a_folded_group_unfolds_it() {
    let mut model = loaded(fixtures::of(fixtures::stores(4)));
    let id = model.list.entries[1].id.clone();
    assert!(model.row_of(&id).is_none());
    assert_eq!(show(&mut model, &id).as_deref(), Some(id.as_str()));
    assert!(model.row_of(&id).is_some());
    assert_eq!(model.list.unfolded.len(), 1);
}

#[test]
fn an_item_is_waited_for_until_everything_has_been_read() {
    let (machine, report) = fixtures::everything();
    let mut model = fresh();
    assert_eq!(show(&mut model, "main"), None);
    let _ = receive(
        &mut model,
        Event::Loaded {
            machine: machine.clone(),
            report: Some(report.clone()),
            permission: Permission::Granted,
        },
    );
    assert!(model.shown.is_some());

    let mut model = loaded((machine.clone(), report.clone()));
    assert_eq!(show(&mut model, "none of ours"), None);
    let _ = receive(&mut model, Event::MachineRead(machine));
    assert_eq!((model.shown.clone(), model.wanted.clone()), (None, None));
    assert_eq!(show(&mut model, ""), None);
}
