use smarts_core::subscription::date;

use super::*;
use crate::model::tests::fixtures;
use crate::model::{Action, Event, Permission, SubscriptionsAction, receive, update};

/// Two devices with a date each, and one without, of one base.
fn model() -> Model {
    let mut pairs = fixtures::branches(1);
    pairs[0].0.devices.extend(["ТСД 5", "ТСД 6"].map(|id| fixtures::device(id, "2026-11-20T09:00:00Z")));
    let (machine, report) = fixtures::of(pairs);
    let mut model = Model::new(fixtures::NOW.parse().unwrap());
    let _ =
        receive(&mut model, Event::Loaded { machine, report: Some(report), permission: Permission::Granted });
    let known = fixtures::known(&[("ТСД 4", "01.10.2025"), ("ТСД 5", "01.11.2025")]);
    let _ = receive(&mut model, Event::SubscriptionsRead(known));
    model
}

fn act(model: &mut Model, action: SubscriptionsAction) {
    let _ = update(model, Action::Subscriptions(action));
    assert_kept(model);
}

/// What is kept is what would be found now.
fn assert_kept(model: &Model) {
    if let Some(SubscriptionDialog::Edit(page)) = model.subscription_dialog() {
        let mut anew = page.clone();
        anew.look_again(&model.subscriptions.records);
        assert_eq!(page.outlook, anew.outlook);
    }
}

fn outlook(model: &Model) -> &Outlook {
    match model.subscription_dialog() {
        Some(SubscriptionDialog::Edit(page)) => &page.outlook,
        other => panic!("{other:?}"),
    }
}

fn typed(device: &str, until: &str) -> SubscriptionsAction {
    SubscriptionsAction::Type(EditForm { device: device.into(), until: until.into(), ..EditForm::default() })
}

#[test]
fn what_is_kept_of_a_record_follows_what_is_typed() {
    let mut model = model();
    act(&mut model, SubscriptionsAction::Add);
    assert_eq!(outlook(&model).listed, ["KASSA-1", "ТСД 4", "ТСД 5", "ТСД 6"]);
    assert!(outlook(&model).edit.is_err());
    act(&mut model, typed("тсд", ""));
    assert_eq!(outlook(&model).listed, ["ТСД 4", "ТСД 5", "ТСД 6"]);
    act(&mut model, typed("тсд 4", "01.09.2025"));
    let day = |text: &str| date(text).ok();
    assert_eq!((outlook(&model).earlier, outlook(&model).replaced), (day("01.10.2025"), day("01.10.2025")));
    assert!(matches!(outlook(&model).edit, Ok(Edit::Set { .. })));
    act(&mut model, typed("ТСД 6", "01.09.2025"));
    assert_eq!((outlook(&model).earlier, outlook(&model).replaced), (None, None));
}

#[test]
fn what_is_kept_of_several_follows_ticks_and_the_list() {
    let mut model = model();
    let devices = ["ТСД 4", "ТСД 5", "ТСД 6"].map(str::to_owned).to_vec();
    act(&mut model, SubscriptionsAction::EnterDate { devices, items: vec![] });
    act(&mut model, typed("", "15.10.2025"));
    let earlier = |model: &Model| outlook(model).earlier.map(|day| day.to_string());
    let places: Vec<usize> = (0..3).collect();
    for place in &places {
        act(&mut model, SubscriptionsAction::Choose { place: *place, chosen: true });
    }
    assert_eq!(earlier(&model).as_deref(), Some("2025-11-01"));
    let Ok(Edit::Import { records, keeps }) = &outlook(&model).edit else { panic!() };
    assert_eq!((records.len(), keeps.len()), (3, 0));
    for place in places {
        act(&mut model, SubscriptionsAction::Choose { place, chosen: false });
    }
    assert_eq!((earlier(&model), &outlook(&model).edit), (None, &Err(EditObstacle::NothingChosen)));
    let _ = receive(&mut model, Event::SubscriptionsRead(fixtures::known(&[("ТСД 4", "15.10.2025")])));
    assert_kept(&model);
}

#[test]
fn a_record_that_somebody_else_has_taken_away_is_not_asked_about_any_more() {
    let mut model = model();
    let key = RecordKey { device: "ТСД 4".into(), product: None };
    act(&mut model, SubscriptionsAction::Ask(Question::Remove(key)));
    let Some(SubscriptionDialog::Question { record: Some(record), .. }) = model.subscription_dialog() else {
        panic!()
    };
    assert_eq!(record.device, "ТСД 4");
    let _ = receive(&mut model, Event::SubscriptionsRead(fixtures::known(&[("ТСД 5", "01.11.2025")])));
    assert_eq!(model.dialog, None);
}
