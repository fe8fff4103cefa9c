//! Texts twice as long as they are: nothing overlaps, nothing leaves the window.

use egui_kittest::kittest::Queryable as _;

use super::looks::{assert_nothing_overlaps, assert_nothing_overlaps_in_dialog, busy_model};
use super::*;
use crate::model::details::{DetailsAction, Of};
use crate::model::settings::GROUPS;
use crate::model::{Action, CheckFailure, ItemAction, SourceAction, Tab};

const SIZES: [[f32; 2]; 2] = [[1092.0, 614.0], [1200.0, 900.0]];

fn assert_holds(model: &Model) {
    for size in SIZES {
        let mut window = window_with(model.clone(), Texts::doubled().unwrap(), size, Theme::Light);
        window.run_steps(4);
        assert!(sees(&window, "(~"), "this is the long language");
        if window.query_by_role(Role::Dialog).is_some() {
            assert_nothing_overlaps_in_dialog(&window, size);
        } else {
            assert_nothing_overlaps(&window, size);
        }
    }
}

fn after(model: &Model, action: Action) -> Model {
    let mut model = model.clone();
    let _ = model::update(&mut model, action);
    model
}

#[test]
fn updates_hold_texts_of_twice_the_length() {
    let model = model_of(fixtures::with_updater(fixtures::everything(), fixtures::newer_updater()));
    assert_holds(&model);
    assert_holds(&busy_model());
    let mut failed = model;
    let _ =
        model::receive(&mut failed, Event::Checked(Err(CheckFailure::of("нет связи с files.cleverence.ru"))));
    assert_holds(&failed);
}

#[test]
fn subscriptions_and_history_hold_texts_of_twice_the_length() {
    assert_holds(&after(&model_of(fixtures::everything()), Action::Tab(Tab::Subscriptions)));
    assert_holds(&subscriptions::page().state().model);
    assert_holds(&history::filled());
}

#[test]
fn devices_hold_texts_of_twice_the_length() {
    assert_holds(&devices::model(devices::overview()));
    assert_holds(&devices::model(devices::followed()));
    assert_holds(&devices::dialog(Proof::None).state().model);
}

#[test]
fn dialogs_hold_texts_of_twice_the_length() {
    let model = model_of(fixtures::everything());
    let of = |id: &str, action| Action::Item { id: id.into(), action };
    let dialogs = [
        of("forest", ItemAction::ShowNotes),
        of("platform", ItemAction::ShowDevices),
        Action::ShowKeys,
        Action::ShowProblems,
        Action::Source(SourceAction::Show),
        Action::Diagnose,
    ];
    for action in dialogs {
        assert_holds(&after(&model, action));
    }
}

#[test]
fn every_part_of_the_settings_holds_texts_of_twice_the_length() {
    for group in GROUPS {
        assert_holds(&settings::opened(group).state().model);
    }
}

#[test]
fn the_diagnosis_holds_texts_of_twice_the_length() {
    assert_holds(&diagnostics::looked().state().model);
}

#[test]
fn details_hold_texts_of_twice_the_length() {
    for of in ["forest", "platform"] {
        let open = DetailsAction::Open(Of::Item(of.into()));
        assert_holds(&after(&model_of(fixtures::everything()), Action::Details(open)));
    }
}

#[test]
fn dialogs_that_ask_hold_texts_of_twice_the_length() {
    let open: [fn() -> Window; 7] = [
        reports::filled,
        going_back::seen,
        subscriptions::import_page,
        subscriptions::question,
        flows::password_question,
        flows::wizard,
        at_hand::told,
    ];
    for open in open {
        let window = open();
        let model = &window.state().model;
        assert!(window.query_by_role(Role::Dialog).is_some());
        assert_holds(model);
    }
}

#[test]
fn the_sheet_holds_texts_of_twice_the_length() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::None));
    answer(&mut window, sheet_ready("main", &["main"], sheet_data(Proof::None)));
    assert_holds(&window.state().model);
}
