use smarts_core::subscription::{Subscriptions, date};

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

fn choices(model: &Model) -> &[Choice] {
    let Some(SubscriptionDialog::Edit(page)) = model.subscription_dialog() else { panic!() };
    let Subject::Several(choices) = &page.subject else { panic!() };
    choices
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
    let Ok(Edit::Renew { keys, .. }) = &outlook(&model).edit else { panic!() };
    assert_eq!(keys.len(), 3);
    for place in places {
        act(&mut model, SubscriptionsAction::Choose { place, chosen: false });
    }
    assert_eq!((earlier(&model), &outlook(&model).edit), (None, &Err(EditObstacle::NothingChosen)));
    let _ = receive(&mut model, Event::SubscriptionsRead(fixtures::known(&[("ТСД 4", "15.10.2025")])));
    assert_kept(&model);
}

fn hear(model: &mut Model, records: Vec<Record>) {
    let known = Subscriptions { records, ..fixtures::known(&[]) };
    let _ = receive(model, Event::SubscriptionsRead(known));
    assert_kept(model);
}

fn of_product(device: &str, product: &str, until: &str) -> Record {
    Record::of(device, product, until, "", "").unwrap()
}

#[test]
fn a_record_that_somebody_else_has_changed_meanwhile_is_not_changed_from_what_it_was() {
    let mut model = model();
    act(&mut model, SubscriptionsAction::Renew(RecordKey { device: "ТСД 4".into(), product: None }));
    act(&mut model, typed("ТСД 4", "01.12.2027"));
    assert!(outlook(&model).edit.is_ok());
    hear(&mut model, vec![Record { note: "other".into(), ..of_product("ТСД 4", "", "01.10.2025") }]);
    let until = date("01.10.2025").unwrap();
    assert_eq!(outlook(&model).edit, Err(EditObstacle::Changed { until }));
    hear(&mut model, vec![of_product("ТСД 5", "", "01.10.2025")]);
    assert_eq!(outlook(&model).edit, Err(EditObstacle::Gone));
    hear(&mut model, vec![of_product("ТСД 4", "", "01.10.2025")]);
    assert!(outlook(&model).edit.is_ok());
}

#[test]
fn one_date_for_several_changes_nothing_but_their_dates_and_shows_what_there_is_now() {
    let mut model = model();
    let devices = ["ТСД 4", "ТСД 5"].map(str::to_owned).to_vec();
    act(&mut model, SubscriptionsAction::EnterDate { devices, items: vec![] });
    act(&mut model, SubscriptionsAction::Choose { place: 0, chosen: true });
    act(&mut model, SubscriptionsAction::Choose { place: 1, chosen: true });
    act(&mut model, typed("", "01.12.2027"));
    hear(
        &mut model,
        vec![of_product("ТСД 4", "", "01.11.2026"), of_product("ТСД 4", "Магазин 15", "01.11.2028")],
    );
    let choices = choices(&model);
    let until = |choice: &Choice| choice.record.as_ref().map(|record| record.until.to_string());
    let shown: Vec<_> = choices.iter().map(|choice| (choice.device.as_str(), until(choice))).collect();
    assert_eq!(shown, [("ТСД 4", Some("2026-11-01".to_owned())), ("ТСД 5", None)]);
    let keys = ["ТСД 4", "ТСД 5"].map(|device| RecordKey { device: device.into(), product: None });
    let until = date("01.12.2027").unwrap();
    assert_eq!(outlook(&model).edit, Ok(Edit::Renew { keys: keys.to_vec(), until }));
}

#[test]
fn of_a_device_with_records_of_products_the_missing_one_is_asked_for_by_product() {
    let mut model = model();
    hear(&mut model, vec![of_product("ТСД 4", "Магазин 15", "01.11.2028")]);
    let ask = |devices: &[&str]| {
        let devices = devices.iter().map(|device| (*device).to_owned()).collect();
        SubscriptionsAction::EnterDate { devices, items: vec!["branch-1".into()] }
    };
    act(&mut model, ask(&["ТСД 4"]));
    let Some(SubscriptionDialog::Edit(page)) = model.subscription_dialog() else { panic!() };
    assert_eq!((&page.subject, page.form.product.as_deref()), (&Subject::New, Some("Склад 15, Базовый")));
    let _ = update(&mut model, Action::CloseDialog);
    act(&mut model, ask(&["ТСД 4", "ТСД 5"]));
    let choices = choices(&model);
    let products: Vec<_> = choices.iter().map(|choice| choice.product.as_deref()).collect();
    assert_eq!(products, [Some("Склад 15, Базовый"), None]);
}

#[test]
fn a_date_for_all_products_says_which_records_it_takes_the_word_from() {
    let mut model = model();
    let ended = of_product("ТСД 4", "Магазин 15", "01.11.2025");
    hear(&mut model, vec![ended.clone(), of_product("ТСД 4", "ЕГАИС 3", "01.11.2028")]);
    act(&mut model, SubscriptionsAction::Add);
    act(&mut model, typed("тсд 4", "01.12.2027"));
    assert_eq!(outlook(&model).outvoted, std::slice::from_ref(&ended));
    let form = EditForm {
        device: "ТСД 4".into(),
        product: Some("Склад 15".into()),
        until: "01.12.2027".into(),
        ..EditForm::default()
    };
    act(&mut model, SubscriptionsAction::Type(form));
    assert_eq!(outlook(&model).outvoted, []);
    let _ = update(&mut model, Action::CloseDialog);
    // The record that becomes the one of all products is none of the others.
    act(&mut model, SubscriptionsAction::Change(RecordKey::of(&ended)));
    act(&mut model, typed("ТСД 4", "01.12.2027"));
    assert_eq!(outlook(&model).outvoted, []);
}

#[test]
fn of_many_products_those_that_can_be_looked_through_are_listed_with_the_chosen_one_and_those_of_bases() {
    let mut model = model();
    let many = (0..10_000).map(|number| of_product("ТСД 9", &format!("Продукт {number:05}"), "01.11.2028"));
    hear(&mut model, many.collect());
    let last = RecordKey { device: "ТСД 9".into(), product: Some("Продукт 09999".into()) };
    act(&mut model, SubscriptionsAction::Change(last));
    let Some(SubscriptionDialog::Edit(page)) = model.subscription_dialog() else { panic!() };
    assert_eq!(page.products.len(), 100);
    for listed in ["Продукт 09999", "Склад 15, Базовый", "Продукт 00000"] {
        assert!(page.products.iter().any(|product| product == listed), "{listed}");
    }
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
