//! What subscriptions say in rows, in the dialog «Почему?» and on the sheet, and what can be done there.

mod unjudged;

use egui::Role;
use egui_kittest::kittest::Queryable as _;
use smarts_core::machine::Kind;
use smarts_core::offer::{Block, State, Warning};
use smarts_core::subscription::{Ended, Holder, NoData, Subscriptions, Unjudged};

use super::*;
use crate::i18n::Texts;
use crate::model::schedule::Access;
use crate::model::sheet::Ask;
use crate::model::subscriptions::{SubscriptionCommand, SubscriptionEvent};
use crate::model::{Action, Dialog, SheetAction, Skipped, Tab};

/// The covered release came out before it, the newest after it.
const ENDED: &str = "01.10.2025";
const BRANCH: &str = "Филиал № 1";

fn branches(count: usize, until: &str) -> Window {
    let mut window = window(fixtures::of(fixtures::branches(count)));
    tell(&mut window, fixtures::known(&[("ТСД 4", until)]));
    window
}

fn tell(window: &mut Window, known: Subscriptions) {
    answer(window, Event::SubscriptionsRead(known));
}

fn stop() -> Subscriptions {
    Subscriptions { no_data: NoData::Stop, ..fixtures::known(&[]) }
}

fn has(window: &Window, role: Role, name: &str) -> bool {
    window.query_by_role_and_label(role, name).is_some()
}

#[test]
fn a_mark_says_until_when_and_never_calls_fine_what_nobody_knows() {
    let mut window = branches(1, "01.10.2027");
    // The base and the platform.
    let both = |window: &Window, text: &str| window.query_all_by_label(text).count() == 2;
    assert!(both(&window, "По подписке"));
    tell(&mut window, fixtures::known(&[("ТСД 4", "12.12.2026")]));
    assert!(both(&window, "Подписка по 12.12"));
    tell(&mut window, fixtures::known(&[("ТСД 4", "01.11.2026")]));
    assert!(both(&window, "По подписке (по 01.11)"), "what came out before stays covered");
    tell(&mut window, fixtures::known(&[]));
    assert!(both(&window, "Подписка: нет данных"));
    assert!(!sees(&window, "По подписке"));
    assert!(!sees(&window, "посмотрите дату"), "that is asked on the sheet");
}

#[test]
fn a_warning_stays_beside_what_is_not_known() {
    let window = window(fixtures::of(vec![fixtures::needs_platform()]));
    assert!(sees(&window, "нужна платформа"), "{:?}", window.query_all_by_role(Role::Label).count());
    assert!(has(&window, Role::Label, "подписка: нет данных"));
}

#[test]
fn a_row_that_is_up_to_date_says_when_its_subscription_ends() {
    let (mut base, item) = fixtures::up_to_date();
    base.devices = vec![fixtures::device("ТСД 4", "2026-11-20T09:00:00Z")];
    let mut window = window(fixtures::of(vec![(base, item)]));
    let chip = |window: &mut Window, until| {
        tell(window, fixtures::known(&[("ТСД 4", until)]));
        (sees(window, "Подписка по 10.12"), sees(window, "Подписка закончилась 01.11"))
    };
    assert_eq!(chip(&mut window, "10.12.2026"), (true, false));
    assert_eq!(chip(&mut window, "01.11.2026"), (false, true));
    assert_eq!(chip(&mut window, "01.10.2027"), (false, false));
}

#[test]
fn a_blocked_row_says_whose_subscription_and_since_when_and_what_can_be_had() {
    let mut window = branches(1, ENDED);
    assert!(sees(&window, "Подписка закончилась 01.10.2025 у ТСД 4"));
    assert!(sees(&window, "вышла 1.6.3.7283"));
    assert!(sees(&window, "по подписке — 1.6.3.6708"));
    assert!(!has(&window, Role::Button, "Обновить базу Филиал № 1"));
    assert!(sees(&window, "не входит в подписку: 1"), "the header says it beside the platform's update");
    press(&mut window, "Ещё: Филиал № 1");
    assert!(!has(&window, Role::MenuItem, "Пропустить эту версию"));
    pick(&mut window, "Что нового");
    assert!(
        sees(&window, "Версия 1.6.3.7283 · 29.10.2025"),
        "what one does not get can be read all the same"
    );
}

#[test]
fn why_is_told_with_everything_that_can_be_done() {
    let mut window = branches(1, ENDED);
    follow(&mut window, "Почему? Филиал № 1");
    assert!(has(&window, Role::Dialog, "Версия 1.6.3.7283 не входит в подписку"));
    assert!(sees(&window, "Филиал № 1: 1.6.3.7283 вышла 29.10.2025"));
    assert!(sees(&window, "• ТСД 4 — подписка по 01.10.2025"));
    assert!(sees(&window, "не подключался 104 дня — ещё используется?"));
    assert!(sees(&window, "демо-режим: не больше трёх товаров в документе"));
    assert!(sees(&window, "1.6.3.6708 от 12.09.2025: она входит в подписку"));
    follow(&mut window, "Открыть страницу загрузок");
    assert!(matches!(&asked(&mut window)[..], [Command::OpenLink { .. }]));
    press(&mut window, "Подписка продлена — указать дату…");
    assert!(matches!(window.state().model.dialog, Some(Dialog::Subscription(_))));
    assert_eq!(window.state().model.tab, Tab::Subscriptions);
}

#[test]
fn why_leads_to_the_notes_and_to_the_covered_release() {
    let mut window = branches(1, ENDED);
    follow(&mut window, "Почему? Филиал № 1");
    follow(&mut window, "Что нового в 1.6.3.7283");
    assert!(sees(&window, "Версия 1.6.3.7283 · 29.10.2025"));
    press(&mut window, "Закрыть");
    follow(&mut window, "Почему? Филиал № 1");
    press(&mut window, "Обновить до 1.6.3.6708…");
    let download = Command::Download { item_id: "branch-1".into(), covered: true };
    assert_eq!(asked(&mut window), vec![download]);
    assert!(!has(&window, Role::Dialog, "Версия 1.6.3.7283 не входит в подписку"));
    assert!(sees(&window, "1.6.2.6128 → 1.6.3.6708"));
}

#[test]
fn where_nothing_newer_is_covered_the_last_covered_version_is_named() {
    let told = |covered: &str, until: &str| {
        let (base, mut item) = fixtures::subscribed("branch-1", BRANCH);
        let former = |(number, day): (&str, &str)| smarts_core::offer::Former {
            version: fixtures::version(number),
            date: day.parse().unwrap(),
        };
        item.former = [("1.6.2.6128", "2025-02-10"), ("1.6.1.5001", "2024-06-20")].map(former).to_vec();
        let mut window = window(fixtures::of(vec![(base, item)]));
        tell(&mut window, fixtures::known(&[("ТСД 4", until)]));
        follow(&mut window, "Почему? Филиал № 1");
        assert!(!sees(&window, "Обновить до"), "nothing to go to");
        sees(&window, covered)
    };
    assert!(told("Установленная 1.6.2.6128 — последняя версия по вашей подписке", "01.03.2025"));
    assert!(told(
        "Последняя версия по вашей подписке: 1.6.1.5001, установлена более новая 1.6.2.6128",
        "01.01.2025"
    ));
}

#[test]
fn the_covered_update_runs_like_any_other_and_can_be_taken_back() {
    let mut window = branches(1, ENDED);
    press(&mut window, "Обновить до 1.6.3.6708: Филиал № 1");
    let download = Command::Download { item_id: "branch-1".into(), covered: true };
    assert_eq!(asked(&mut window), vec![download]);
    answer(&mut window, progress("branch-1", 40));
    assert!(sees(&window, "1.6.2.6128 → 1.6.3.6708"));
    press(&mut window, "Отменить загрузку: Филиал № 1");
    assert!(sees(&window, "Подписка закончилась 01.10.2025 у ТСД 4"));
    press(&mut window, "Обновить до 1.6.3.6708: Филиал № 1");
    answer(&mut window, verified("branch-1", Proof::Hash));
    answer(&mut window, sheet_ready("branch-1", &["branch-1"], sheet_data(Proof::Hash)));
    assert!(sees(&window, "1.6.2.6128 → 1.6.3.6708 · "), "the sheet is about that release");
    asked(&mut window);
    press(&mut window, "Скопировать и обновить");
    assert!(matches!(&asked(&mut window)[..], [Command::Apply { .. }]));
}

#[test]
fn bases_that_share_a_block_share_a_row_and_its_story() {
    let mut pairs = fixtures::branches(3);
    pairs[1].0.devices = vec![fixtures::device("ТСД 5", "2026-11-20T09:00:00Z")];
    let mut window = window(fixtures::of(pairs));
    tell(&mut window, fixtures::known(&[("ТСД 4", ENDED), ("ТСД 5", "15.09.2025")]));
    let title = "Склад 15, Базовый — 3 базы";
    assert!(sees(&window, title));
    assert!(sees(&window, "Подписка закончилась с 15.09.2025 у 2 устройств"));
    follow(&mut window, &format!("Почему? {title}"));
    assert!(sees(&window, "• ТСД 4 — подписка по 01.10.2025"));
    assert!(sees(&window, "• ТСД 5 — подписка по 15.09.2025"));
    press(&mut window, "Обновить до 1.6.3.6708…");
    let download = Command::Download { item_id: "branch-1".into(), covered: true };
    assert_eq!(asked(&mut window), vec![download]);
    answer(&mut window, verified("branch-1", Proof::Hash));
    assert!(has(&window, Role::Dialog, "Обновить 3 базы?"));
}

#[test]
fn no_data_is_asked_for_once_on_the_sheet_and_the_sheet_comes_back() {
    let mut window = window(fixtures::of(fixtures::branches(1)));
    let platform = window.state_mut().model.machine.as_mut().unwrap().platform.as_mut().unwrap();
    platform.install_dir = Some(r"C:\Program Files\Cleverence\Mobile SMARTS".into());
    press(&mut window, "Обновить базу Филиал № 1");
    answer(&mut window, verified("branch-1", Proof::Hash));
    let mut data = sheet_data(Proof::Hash);
    data.points.push(Point {
        weight: Weight::Attention,
        text: "Подписка ТСД 4: нет данных".into(),
        hint: Some("Укажите дату".into()),
        ask: Some(Ask::Dates(vec!["ТСД 4".into()])),
    });
    answer(&mut window, sheet_ready("branch-1", &["branch-1"], data));
    assert_eq!(window.query_all_by_label_contains("ТСД 4: нет данных").count(), 1);
    asked(&mut window);
    press(&mut window, "Открыть папку платформы");
    assert_eq!(asked(&mut window), vec![Command::Subscriptions(SubscriptionCommand::OpenLicenceManager)]);
    assert!(has(&window, Role::Dialog, "Обновить базу «Филиал № 1»?"), "it stays open");
    press(&mut window, "Указать дату…");
    assert!(matches!(window.state().model.dialog, Some(Dialog::Subscription(_))));
    let _ = model::update(&mut window.state_mut().model, Action::CloseDialog);
    let now = window.state().model.now.clone();
    let _ = model::update(&mut window.state_mut().model, Action::Tick(now));
    window.run();
    assert!(has(&window, Role::Dialog, "Обновить базу «Филиал № 1»?"));
}

#[test]
fn where_no_data_is_a_stop_the_row_waits_for_a_date() {
    let mut window = window(fixtures::of(fixtures::branches(1)));
    tell(&mut window, stop());
    assert!(sees(&window, "Подписка: нет данных, обновление ждёт даты"));
    assert!(!has(&window, Role::Button, "Обновить базу Филиал № 1"));
    follow(&mut window, "Почему? Филиал № 1");
    assert!(has(&window, Role::Dialog, "Входит ли версия 1.6.3.7283 в подписку, неизвестно"));
    assert!(sees(&window, "так выбрано в настройках"));
    assert!(!sees(&window, "демо-режим"), "nobody knows that");
    press(&mut window, "Закрыть");
    press(&mut window, "Указать дату: Филиал № 1");
    assert!(matches!(window.state().model.dialog, Some(Dialog::Subscription(_))));
    let _ = model::update(&mut window.state_mut().model, Action::CloseDialog);
    let _ = model::update(&mut window.state_mut().model, Action::Tab(Tab::Updates));
    tell(&mut window, Subscriptions { no_data: NoData::Stop, ..fixtures::known(&[("ТСД 4", "01.10.2027")]) });
    assert!(window.state().model.item_by_id("branch-1").is_some_and(|item| item.warnings.is_empty()));
    assert!(sees(&window, "По подписке"));
}

#[test]
fn the_end_of_a_subscription_that_an_exchange_needs_is_told_on_every_row() {
    let (mut base, item) = fixtures::up_to_date();
    base.kind = Kind::InternetExchange;
    base.devices = vec![fixtures::device("ТСД 4", "2026-11-20T09:00:00Z")];
    let mut window = window(fixtures::of(vec![(base, item)]));
    tell(&mut window, fixtures::known(&[("ТСД 4", "12.12.2026")]));
    assert!(sees(&window, "Обмен через Интернет требует подписки: у ТСД 4 — по 12.12"));
    tell(&mut window, fixtures::known(&[("ТСД 4", "12.12.2027")]));
    assert!(!sees(&window, "Обмен через Интернет требует"));
}

#[test]
fn a_group_tells_what_is_to_be_known_of_any_of_its_bases_and_so_does_the_sheet() {
    let mut pairs = fixtures::branches(3);
    let (exchange, _) = &mut pairs[1];
    exchange.kind = Kind::InternetExchange;
    exchange.devices = vec![fixtures::device("ТСД 5", "2026-11-20T09:00:00Z")];
    let mut window = window(fixtures::of(pairs));
    tell(&mut window, fixtures::known(&[("ТСД 4", "01.10.2027"), ("ТСД 5", "12.12.2026")]));
    let told = "Обмен через Интернет требует подписки: у ТСД 5 — по 12.12";
    assert_eq!(window.query_all_by_label_contains(told).count(), 1);
    press(&mut window, "Обновить базы: Склад 15, Базовый — 3 базы");
    answer(&mut window, verified("branch-1", Proof::Hash));
    let ids = ["branch-1", "branch-2", "branch-3"];
    answer(&mut window, sheet_ready("branch-1", &ids, sheet_data(Proof::Hash)));
    assert!(sees(&window, "у ТСД 5 она по 12.12.2026"));
    let untick = SheetAction::Choose { base_id: "branch-2".into(), chosen: false };
    let _ = model::update(&mut window.state_mut().model, Action::Sheet(untick));
    answer(&mut window, sheet_ready("branch-1", &["branch-1", "branch-3"], sheet_data(Proof::Hash)));
    assert!(!sees(&window, "у ТСД 5 она по"));
}

#[test]
fn a_group_that_is_skipped_or_blocked_tells_of_the_end_an_exchange_needs_too() {
    let mut pairs = fixtures::branches(3);
    pairs[1].0.kind = Kind::InternetExchange;
    pairs[1].0.devices.push(fixtures::device("ТСД 5", "2026-11-20T09:00:00Z"));
    let mut window = window(fixtures::of(pairs));
    let told = "Обмен через Интернет требует подписки: у ТСД 5 — по 12.12";
    tell(&mut window, fixtures::known(&[("ТСД 4", ENDED), ("ТСД 5", "12.12.2026")]));
    assert!(sees(&window, "Подписка закончилась 01.10.2025 у ТСД 4"));
    assert_eq!(window.query_all_by_label_contains(told).count(), 1);
    tell(&mut window, fixtures::known(&[("ТСД 4", "01.10.2027"), ("ТСД 5", "12.12.2026")]));
    let version = fixtures::version("1.6.3.7283");
    let skipped: Skipped = (1..=3).map(|number| (format!("branch-{number}"), version)).collect();
    answer(&mut window, Event::SkippedRead(skipped));
    assert!(sees(&window, "Версия пропущена"));
    assert_eq!(window.query_all_by_label_contains(told).count(), 1);
}

#[test]
fn whoever_may_not_enter_dates_is_told_so_and_has_no_button_for_it() {
    let mut window = window(fixtures::of(fixtures::branches(1)));
    answer(&mut window, Event::Subscriptions(SubscriptionEvent::Access(Access::Locked)));
    tell(&mut window, stop());
    assert!(!has(&window, Role::Button, "Указать дату: Филиал № 1"));
    follow(&mut window, "Почему? Филиал № 1");
    assert!(!has(&window, Role::Button, "Указать дату…"));
    assert!(sees(&window, "Изменять подписки может только администратор"));
    press(&mut window, "Закрыть");
    tell(&mut window, fixtures::known(&[]));
    press(&mut window, "Обновить базу Филиал № 1");
    answer(&mut window, verified("branch-1", Proof::Hash));
    let mut data = sheet_data(Proof::Hash);
    data.points.push(Point {
        weight: Weight::Stop,
        text: "Подписка ТСД 4 закончилась".into(),
        hint: None,
        ask: Some(Ask::Renewed(vec!["ТСД 4".into()])),
    });
    answer(&mut window, sheet_ready("branch-1", &["branch-1"], data));
    assert!(!has(&window, Role::Button, "Подписка продлена — указать дату…"));
    assert!(sees(&window, "Изменять подписки может только администратор"));
}

#[test]
fn a_release_without_a_date_is_not_called_a_lack_of_subscriptions() {
    let (base, mut item) = fixtures::subscribed("branch-1", BRANCH);
    let State::Available { offer } = &mut item.state else { panic!("{:?}", item.state) };
    for release in offer.steps.iter_mut().chain(&mut offer.others) {
        release.date = None;
    }
    let (machine, mut report) = fixtures::of(vec![(base, item)]);
    report.items.retain(|item| item.id != "platform");
    let mut window = window((machine, report));
    tell(&mut window, fixtures::known(&[("ТСД 4", "01.10.2027")]));
    assert!(sees(&window, "Дата выхода неизвестна"));
    assert!(!sees(&window, "Подписка: нет данных"));
}

#[test]
fn twenty_one_devices_are_not_told_of_as_one() {
    let texts = Texts::new(Language::Ru).unwrap();
    let devices: Vec<String> = (1..=21).map(|number| format!("ТСД {number}")).collect();
    let holder = |device: &String| Holder {
        device: device.clone(),
        until: "2026-12-12".parse().unwrap(),
        product: None,
        long_unseen: false,
        last_seen: None,
    };
    let holders: Vec<Holder> = devices.iter().map(holder).collect();
    let unknown = |devices: &[String]| {
        texts.warning(&Warning::SubscriptionUnknown(Unjudged {
            devices: devices.to_vec(),
            ..Unjudged::default()
        }))
    };
    let ends = |devices: &[Holder]| texts.warning(&Warning::ExchangeEnds { devices: devices.to_vec() });
    let released = "2026-12-20".parse().unwrap();
    let ended = texts.block(&Block::SubscriptionEnded(Ended { devices: holders.clone(), released }));
    assert!(ended.contains("у 21 устройства") && ended.contains("у первого"), "{ended}");
    assert!(unknown(&devices).contains("21 устройства"), "{}", unknown(&devices));
    assert!(unknown(&devices[..1]).contains("подписка ТСД 1: нет данных"), "{}", unknown(&devices[..1]));
    assert!(ends(&holders).contains("у 21 устройства"), "{}", ends(&holders));
    assert!(ends(&holders[..1]).contains("у ТСД 1 она по"), "{}", ends(&holders[..1]));
}

#[test]
fn the_platform_that_is_not_covered_says_so_on_its_card() {
    let mut window = branches(1, "01.02.2025");
    assert!(sees(&window, "Вышли обновления, которые не входят в подписку: платформа, 1 база"));
    assert!(has(&window, Role::Link, "Почему? Платформа Mobile SMARTS"));
    assert!(!has(&window, Role::Button, "Подготовить обновление платформы"));
    assert!(!sees(&window, "не смогут подключиться"), "nobody is warned of what nobody can do");
    follow(&mut window, "Почему? Платформа Mobile SMARTS");
    assert!(has(&window, Role::Dialog, "Версия 3.4.46.40367 не входит в подписку"));
}

#[test]
fn whoever_may_not_update_is_told_why_and_gets_no_release() {
    let mut window = branches(1, ENDED);
    window.state_mut().model.permission = Permission::Administrators { contact: None };
    window.run();
    assert!(has(&window, Role::Link, "Почему? Филиал № 1"));
    assert!(!has(&window, Role::Button, "Обновить до 1.6.3.6708: Филиал № 1"));
    assert!(sees(&window, "Обновляет администратор"));
    follow(&mut window, "Почему? Филиал № 1");
    assert!(!has(&window, Role::Button, "Обновить до 1.6.3.6708…"));
}

#[test]
fn what_subscriptions_say_keeps_its_place_at_every_size() {
    let (mut exchange, item) = fixtures::up_to_date();
    exchange.kind = Kind::InternetExchange;
    exchange.devices = vec![fixtures::device("ТСД 6", "2026-11-20T09:00:00Z")];
    let mut pairs =
        vec![(exchange, item), fixtures::needs_platform(), fixtures::subscribed("branch-9", "Филиал")];
    pairs.extend(fixtures::branches(3).into_iter().map(|(mut base, item)| {
        base.devices = vec![fixtures::device("Длинное имя устройства", "2026-11-20T09:00:00Z")];
        (base, item)
    }));
    let ended = [("ТСД 4", "01.02.2025"), ("Длинное имя устройства", ENDED), ("ТСД 6", "12.12.2026")];
    for known in [fixtures::known(&ended), stop(), fixtures::known(&[])] {
        for size in [[960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
            for language in [Language::Ru, Language::En] {
                let mut model = model_of(fixtures::of(pairs.clone()));
                let _ = model::receive(&mut model, Event::SubscriptionsRead(known.clone()));
                let mut window = window_of(model, language, size, Theme::Light);
                looks::assert_nothing_overlaps(&window, size);
                let show = model::ItemAction::ShowGroupNotCovered;
                let show = Action::Item { id: "branch-1".into(), action: show };
                let _ = model::update(&mut window.state_mut().model, show);
                window.run();
            }
        }
    }
}
