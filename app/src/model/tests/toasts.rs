//! What was just done: how long it is said, and how it is taken back.

use jiff::SignedDuration;

use smarts_core::verify::Proof;

use super::{Command, Event, ItemAction, Model, act, fixtures, loaded, progress, receive, update, verified};
use crate::model::Action;
use crate::model::toasts::{Done, SAID_SECS, ToastAction, UNDO_SECS};

fn say(model: &mut Model, done: Done) {
    assert_eq!(update(model, Action::Toast(ToastAction::Say(done))), vec![]);
}

fn tick(model: &mut Model, secs: i64) {
    let now = &model.now + SignedDuration::from_secs(secs);
    let _ = update(model, Action::Tick(now));
}

fn said(model: &Model) -> Vec<&Done> {
    model.toasts.list.iter().map(|toast| &toast.done).collect()
}

fn skip(model: &mut Model) -> Vec<Command> {
    update(model, Action::Item { id: "main".into(), action: ItemAction::Skip })
}

#[test]
fn what_can_be_taken_back_is_said_longer_and_the_next_end_is_known() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(model.next_toast_end(), None);
    let _ = skip(&mut model);
    say(&mut model, Done::Copied);
    assert_eq!(model.next_toast_end(), Some(SAID_SECS));
    tick(&mut model, SAID_SECS);
    assert!(matches!(said(&model)[..], [Done::Skipped { .. }]));
    assert_eq!(model.next_toast_end(), Some(UNDO_SECS - SAID_SECS));
    tick(&mut model, UNDO_SECS - SAID_SECS);
    assert!(model.toasts.list.is_empty());
}

#[test]
fn only_the_newest_three_are_said() {
    let mut model = loaded(fixtures::everything());
    say(&mut model, Done::Copied);
    for number in 1..=3 {
        say(&mut model, Done::Written { path: format!("/{number}").into() });
    }
    let paths: Vec<Done> =
        (1..=3).map(|number| Done::Written { path: format!("/{number}").into() }).collect();
    assert_eq!(said(&model), paths.iter().collect::<Vec<_>>());
}

#[test]
fn one_that_is_looked_at_stays_and_has_its_whole_time_again_afterwards() {
    let mut model = loaded(fixtures::everything());
    say(&mut model, Done::Copied);
    let number = model.toasts.list[0].number;
    let hold = |is_held| Action::Toast(ToastAction::Hold { number, is_held });
    let _ = update(&mut model, hold(true));
    tick(&mut model, 100 * SAID_SECS);
    assert_eq!((said(&model).len(), model.next_toast_end()), (1, None));
    let _ = update(&mut model, hold(false));
    tick(&mut model, SAID_SECS - 1);
    assert_eq!(said(&model).len(), 1);
    tick(&mut model, 1);
    assert!(said(&model).is_empty());
}

#[test]
fn a_clock_that_was_set_back_keeps_nothing_for_ever() {
    let mut model = loaded(fixtures::everything());
    say(&mut model, Done::Copied);
    tick(&mut model, -3600);
    assert!(said(&model).is_empty());
}

#[test]
fn the_last_that_can_be_taken_back_is_and_only_once() {
    let mut model = loaded(fixtures::everything());
    let _ = skip(&mut model);
    say(&mut model, Done::Copied);
    let undone = update(&mut model, Action::Toast(ToastAction::UndoLast));
    assert_eq!(undone, [Command::OfferAgain { item_id: "main".into() }]);
    assert_eq!(update(&mut model, Action::Toast(ToastAction::UndoLast)), vec![]);
    let number = model.toasts.list[0].number;
    assert_eq!(
        update(&mut model, Action::Toast(ToastAction::Undo(number))),
        vec![],
        "copying cannot be undone"
    );
    let _ = update(&mut model, Action::Toast(ToastAction::Dismiss(999)));
    assert!(!model.toasts.list.is_empty(), "another one's cross sends nothing away");
}

#[test]
fn a_download_for_all_bases_of_a_row_is_for_all_of_them_again() {
    let chosen_after = |first: ItemAction, then: ItemAction| {
        let mut model = loaded(fixtures::of(fixtures::stores(3)));
        let _ = act(&mut model, "store-1", first);
        let _ = receive(&mut model, progress("store-1", 40));
        let _ = act(&mut model, "store-1", then.clone());
        let _ = if then == ItemAction::Cancel {
            update(&mut model, Action::Toast(ToastAction::UndoLast))
        } else {
            let paused = Event::DownloadPaused { item_id: "store-1".into(), received: 40, total: None };
            let _ = receive(&mut model, paused);
            act(&mut model, "store-1", ItemAction::Update)
        };
        let _ = receive(&mut model, verified("store-1", Proof::Hash));
        model.sheet().unwrap().chosen_ids().len()
    };
    assert_eq!(chosen_after(ItemAction::UpdateGroup, ItemAction::Cancel), 3);
    assert_eq!(chosen_after(ItemAction::Update, ItemAction::Cancel), 1);
    assert_eq!(chosen_after(ItemAction::UpdateGroup, ItemAction::Pause), 3, "also after a pause");
}
