//! The tab «Настройки».

use std::collections::BTreeMap;

use egui::Role;
use egui::accesskit::Toggled;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::digest::Digest;
use smarts_core::settings::{KEYS, Key, Language as CoreLanguage, Settings, Unsaid};

use super::*;
use crate::model::schedule::{Access, SaveFault, Task};
use crate::model::settings::{
    ChosenRoot, Motion, Own, Places, RootState, SettingsChange, SettingsFacts, SettingsUnread, StoredValue,
    TaskFacts, ThemeChoice,
};
use crate::model::toasts::Done;
use crate::model::{Action, Group, LeaveAction, SettingsAction, SettingsCommand, SettingsEvent};

const NEVER: &str = "Не проверять автоматически";
const HOURS: &str = "Часов между проверками";
const WORKING: &str = "Рабочее время";
const FILE: &str = "/pc/Updater/settings.toml";

fn facts_with(set: &[(Key, &str)], task: Task, access: Access) -> SettingsFacts {
    let of = |key: Key| {
        let set = set.iter().find(|(other, _)| *other == key);
        let text = set.map_or_else(|| key.text(&Settings::default()), |(_, text)| Some((*text).to_owned()));
        (key, StoredValue { text, is_set: set.is_some(), unsaid: None })
    };
    SettingsFacts {
        values: KEYS.into_iter().map(of).collect::<BTreeMap<_, _>>(),
        file: FILE.into(),
        unknown: Vec::new(),
        is_ignored: false,
        access,
        task: TaskFacts {
            task,
            words: "Задание SmartsUpdate наше".into(),
            former_kept: false,
            next_run: "2026-11-22T13:50:00Z".parse().ok(),
        },
        root: RootState::None,
        root_file: "/pc/Updater/root.json".into(),
        root_digest: None,
        places: Places {
            source: "https://files.cleverence.ru".into(),
            backups: "/pc/Backup".into(),
            downloads: "/home/ivan/Downloads".into(),
            proxy: "Прокси нет".into(),
            ca_file: None,
        },
        own_file: "/home/ivan/window.json".into(),
    }
}

fn facts(access: Access) -> SettingsFacts {
    facts_with(&[(Key::Maintenance, "mon,tue,wed,thu 21:00-23:00")], Task::Ours, access)
}

fn read(facts: SettingsFacts) -> Event {
    Event::Settings(SettingsEvent::Read(Ok(facts)))
}

fn saved(facts: SettingsFacts, result: Result<(), SaveFault>) -> Event {
    Event::Settings(SettingsEvent::Saved { facts: Ok(facts), result })
}

/// The tab is open at a part and filled.
fn page(group: Group, facts: SettingsFacts) -> Window {
    let mut model = model_of(fixtures::everything());
    let commands = model::update(&mut model, Action::Settings(SettingsAction::Open(group)));
    assert_eq!(commands, vec![Command::Settings(SettingsCommand::Read)]);
    let mut window = window_of(model, Language::Ru, [1200.0, 1200.0], Theme::Light);
    window.run();
    assert!(group == Group::Look || sees(&window, "Смотрим, какие настройки действуют"));
    answer(&mut window, read(facts));
    window
}

pub(super) fn opened(group: Group) -> Window {
    page(group, facts(Access::Free))
}

/// With something typed that is no number of hours.
pub(super) fn wrong() -> Window {
    let mut window = opened(Group::Background);
    type_into(&mut window, HOURS, "abc");
    window
}

fn background(facts: SettingsFacts) -> Window {
    page(Group::Background, facts)
}

fn is_dead(window: &Window, name: &str) -> bool {
    window.get_by_role_and_label(Role::Button, name).accesskit_node().is_disabled()
}

fn has(window: &Window, role: Role, name: &str) -> bool {
    window.query_by_role_and_label(role, name).is_some()
}

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    window.run();
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    click(window, Role::TextInput, name);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.run();
    if text.is_empty() {
        window.key_press(egui::Key::Delete);
    } else {
        window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    }
    window.run();
}

fn value(window: &Window, name: &str) -> Option<String> {
    window.get_by_role_and_label(Role::TextInput, name).accesskit_node().value()
}

fn form_change(window: &Window) -> SettingsChange {
    window.state().model.settings_page.change().unwrap()
}

fn save(window: &mut Window) -> SettingsChange {
    asked(window);
    press(window, "Сохранить");
    match asked(window).as_slice() {
        [Command::Settings(SettingsCommand::Save(change))] => change.clone(),
        other => panic!("{other:?}"),
    }
}

fn set(values: &[(Key, &str)]) -> SettingsChange {
    let set = values.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    SettingsChange { set, ..SettingsChange::default() }
}

#[test]
fn the_menu_opens_the_tab_at_the_background_check() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё");
    pick(&mut window, "Проверка по расписанию…");
    assert_eq!(asked(&mut window), vec![Command::Settings(SettingsCommand::Read)]);
    answer(&mut window, read(facts(Access::Free)));
    assert!(sees(&window, "Задание SmartsUpdate наше"));
    assert!(sees(&window, "Следующая проверка — сегодня в 16:50"));
}

#[test]
fn what_is_in_force_is_shown_and_there_is_nothing_to_save() {
    let window = background(facts(Access::Free));
    assert_eq!(value(&window, HOURS).as_deref(), Some("4"));
    assert_eq!(value(&window, "Время обслуживания: с").as_deref(), Some("21:00"));
    assert!(!has(&window, Role::Button, "Сохранить"));
    assert!(sees(&window, FILE));
}

#[test]
fn hours_are_judged_as_they_are_typed_and_saved_with_the_rest() {
    let mut window = background(facts(Access::Free));
    for wrong in ["0", "169", "x", "4,5"] {
        type_into(&mut window, HOURS, wrong);
        assert!(sees(&window, "от 1 до 168, это 7 дней"), "{wrong}");
        assert!(is_dead(&window, "Сохранить"), "{wrong}");
        assert!(has(&window, Role::Tab, "Проверка в фоне, введено неверно"), "{wrong}");
    }
    type_into(&mut window, HOURS, "12");
    assert!(!sees(&window, "от 1 до 168, это 7 дней"));
    click(&mut window, Role::RadioButton, "7 дней");
    click(&mut window, Role::RadioButton, "Никому");
    assert!(sees(&window, "Не сохранено 2 изменения"));
    assert_eq!(save(&mut window), set(&[(Key::CheckHours, "168"), (Key::Notify, "none")]));
    assert!(is_dead(&window, "Сохраняем…"));
    type_into(&mut window, HOURS, "5");
    assert_eq!(value(&window, HOURS).as_deref(), Some("168"), "what is being saved stays as it is");
    let now = facts_with(&[(Key::CheckHours, "168"), (Key::Notify, "none")], Task::Ours, Access::Free);
    answer(&mut window, saved(now, Ok(())));
    assert!(sees(&window, "Настройки сохранены"));
    assert_eq!(window.state().model.toasts.list[0].done, Done::SettingsSaved);
    assert!(!has(&window, Role::Button, "Сохранить"));
    assert!(!window.state().model.settings_page.needs_restart, "the next check reads it");
}

#[test]
fn working_hours_need_a_day_and_two_times() {
    let mut window = background(facts(Access::Free));
    click(&mut window, Role::CheckBox, WORKING);
    assert!(!is_dead(&window, "Сохранить"), "usual ones are there to begin with");
    type_into(&mut window, "Рабочее время: с", "25:00");
    assert!(sees(&window, "Начало — время суток"));
    assert!(is_dead(&window, "Сохранить"));
    type_into(&mut window, "Рабочее время: с", "08:30");
    type_into(&mut window, "Рабочее время: до", "завтра");
    assert!(sees(&window, "Конец — время суток"));
    type_into(&mut window, "Рабочее время: до", "20:00");
    for day in ["пн", "вт", "ср", "чт", "пт"] {
        click(&mut window, Role::CheckBox, &format!("{WORKING}: {day}"));
    }
    assert!(sees(&window, "Выберите хотя бы один день"));
    click(&mut window, Role::CheckBox, &format!("{WORKING}: сб"));
    assert_eq!(save(&mut window), set(&[(Key::WorkingHours, "sat 08:30-20:00")]));
}

#[test]
fn hours_that_are_switched_off_are_taken_away() {
    let mut window = background(facts(Access::Free));
    click(&mut window, Role::CheckBox, "Время обслуживания");
    let reset = vec![Key::Maintenance];
    assert_eq!(save(&mut window), SettingsChange { reset, ..SettingsChange::default() });
}

#[test]
fn not_to_check_says_what_that_means_and_takes_the_task_away() {
    let mut window = background(facts(Access::Free));
    assert!(!sees(&window, "никто не узнает"));
    click(&mut window, Role::CheckBox, NEVER);
    assert!(sees(&window, "О новых версиях никто не узнает"));
    assert!(sees(&window, "Проверить вручную"));
    assert_eq!(save(&mut window), SettingsChange { task: Some(false), ..SettingsChange::default() });
    answer(&mut window, saved(facts_with(&[], Task::None, Access::Free), Ok(())));
    let never = window.get_by_role_and_label(Role::CheckBox, NEVER);
    assert_eq!(never.accesskit_node().toggled(), Some(Toggled::True));
    click(&mut window, Role::CheckBox, NEVER);
    assert_eq!(form_change(&window).task, Some(true));
}

#[test]
fn where_a_former_task_comes_back_that_is_said_and_not_that_nobody_checks() {
    let mut with_former = facts(Access::Free);
    with_former.task.former_kept = true;
    let mut window = background(with_former);
    click(&mut window, Role::CheckBox, NEVER);
    assert!(sees(&window, "Вернётся прежнее задание SmartsUpdate"));
    assert!(!sees(&window, "никто не узнает"));
}

#[test]
fn another_programs_task_is_named_and_replaced_only_if_that_is_wanted() {
    let mut foreign = facts_with(&[], Task::Foreign, Access::Free);
    foreign.task.words = "Задание SmartsUpdate запускает другую программу".into();
    let mut window = background(foreign);
    assert!(sees(&window, "запускает другую программу"));
    assert!(sees(&window, "другой программы работает и дальше"));
    assert!(!sees(&window, "никто не узнает"));
    click(&mut window, Role::CheckBox, NEVER);
    assert_eq!(form_change(&window), SettingsChange { task: Some(true), ..SettingsChange::default() });
}

#[test]
fn where_the_task_cannot_be_told_only_settings_are_changed() {
    let mut window = background(facts_with(&[], Task::Unknown, Access::Free));
    assert!(!has(&window, Role::CheckBox, NEVER));
    click(&mut window, Role::RadioButton, "Всем");
    assert_eq!(save(&mut window), set(&[(Key::Notify, "all")]));
}

#[test]
fn a_failed_save_keeps_what_was_typed_and_says_why() {
    let mut window = background(facts(Access::Asked));
    type_into(&mut window, HOURS, "6");
    assert!(sees(&window, "Windows спросит разрешение"));
    press(&mut window, "Сохранить…");
    let why = "Windows не получила разрешения, настройки не изменены.".to_owned();
    answer(&mut window, saved(facts(Access::Asked), Err(SaveFault::NotBegun(why))));
    assert!(sees(&window, "Windows не получила разрешения"));
    assert_eq!(value(&window, HOURS).as_deref(), Some("6"));
    assert!(!is_dead(&window, "Сохранить…"), "one may try again");
}

#[test]
fn after_a_save_that_broke_off_only_what_is_not_in_force_stays_to_be_saved() {
    let mut window = background(facts(Access::Asked));
    type_into(&mut window, HOURS, "6");
    click(&mut window, Role::RadioButton, "Всем");
    press(&mut window, "Сохранить…");
    let now = facts_with(
        &[(Key::Maintenance, "mon,tue,wed,thu 21:00-23:00"), (Key::CheckHours, "6")],
        Task::Ours,
        Access::Asked,
    );
    let result = Err(SaveFault::BrokeOff("Сохранить удалось не всё".to_owned()));
    answer(&mut window, saved(now, result));
    assert!(sees(&window, "Сохранить удалось не всё"));
    assert_eq!(form_change(&window), set(&[(Key::Notify, "all")]));
}

#[test]
fn who_is_no_administrator_reads_it_and_is_told_why_nothing_can_be_changed() {
    let mut window = background(facts(Access::Locked));
    assert!(sees(&window, "Менять это может только администратор"));
    assert!(sees(&window, "Каждые 4 ч"));
    assert!(sees(&window, "Пн–чт 21:00–23:00"));
    assert!(!has(&window, Role::TextInput, HOURS));
    assert!(!has(&window, Role::CheckBox, NEVER));
    for action in [SettingsAction::Type(Key::Offline, "yes".into()), SettingsAction::Save] {
        let model = &mut window.state_mut().model;
        assert_eq!(model::update(model, Action::Settings(action)), vec![]);
    }
    assert_eq!(window.state().model.settings_page.unsaved(), 0);
}

#[test]
fn no_part_has_a_control_for_who_may_not_change_it_but_the_windows_own() {
    for group in [
        Group::Source,
        Group::Network,
        Group::Updating,
        Group::Subscriptions,
        Group::Copies,
        Group::Downloads,
        Group::Reports,
    ] {
        let window = page(group, facts(Access::Locked));
        assert!(sees(&window, "Менять это может только администратор"), "{group:?}");
        assert_eq!(window.query_all_by_role(Role::TextInput).count(), 0, "{group:?}");
        assert_eq!(window.query_all_by_role(Role::RadioButton).count(), 0, "{group:?}");
    }
    let mut window = page(Group::Look, facts(Access::Locked));
    click(&mut window, Role::RadioButton, "Тёмная");
    assert_eq!(window.state().model.settings_page.own.theme, ThemeChoice::Dark);
}

#[test]
fn what_is_typed_is_judged_and_the_message_says_what_would_be_right() {
    let cases = [
        (Group::Source, "Адрес или папка", "зеркало", "Адрес https://… или полный путь"),
        (Group::Source, "Адрес или папка", "https://ivan:x@mirror.shop", "без имени и пароля"),
        (Group::Source, "Адрес или папка", "http://mirror.shop", "только вместе с корнем доверия"),
        (Group::Source, "Зеркала", "ftp://mirror.shop", "через точку с запятой."),
        (Group::Network, "Имя для прокси", "ivan:secret", "Имя без двоеточия"),
        (Group::Network, "Сертификаты компании", "shop.pem", "Полный путь к файлу"),
        (Group::Subscriptions, "Предупреждать о конце подписки", "366", "от 0 до 365"),
        (Group::Copies, "Папка копий", "Копии", "Полный путь к папке"),
        (Group::Copies, "Копий каждой базы", "0", "от 1 до 100"),
        (Group::Copies, "Сколько диска занимать", "101", "от 1 до 100"),
        (Group::Copies, "Что не копировать", r"a\b", "Имена папок в корне базы, без путей"),
        (Group::Downloads, "Папка загрузок", "Загрузки", "Полный путь к папке"),
        (Group::Downloads, "Скорость", "быстро", "не меньше 0"),
        (Group::Downloads, "Попыток подряд", "0", "от 1 до 100"),
        (Group::Downloads, "Хранить прежних версий", "-1", "от 0 до 100"),
        (Group::Reports, "Папка отчётов", "отчёты", "Полный путь к папке"),
    ];
    for (group, field, wrong, right) in cases {
        let mut window = page(group, facts(Access::Free));
        let before = window.query_all_by_label_contains(right).count();
        type_into(&mut window, field, wrong);
        let after = window.query_all_by_label_contains(right).count();
        assert!(after > before, "{field}: {wrong}");
        assert!(is_dead(&window, "Сохранить"), "{field}: {wrong}");
        assert!(sees(&window, "Неверно: "), "{field}");
    }
}

#[test]
fn each_kind_of_control_is_saved_under_its_key() {
    let cases = [
        (Group::Source, "Адрес или папка", r"D:\Зеркало", Key::Source),
        (Group::Network, "Имя для прокси", r"SHOP\ivan", Key::ProxyUser),
        (Group::Updating, "К кому обращаться", "Пётр, 12-34", Key::Administrator),
        (Group::Subscriptions, "Предупреждать о конце подписки", "0", Key::SubscriptionWarnDays),
        (Group::Copies, "Что не копировать", "Кэш; Logs", Key::BackupWithout),
        (Group::Downloads, "Скорость", "500", Key::DownloadLimit),
        (Group::Reports, "Папка отчётов", r"\\server\отчёты", Key::ReportDir),
    ];
    for (group, field, text, key) in cases {
        let mut window = page(group, facts(Access::Free));
        type_into(&mut window, field, text);
        assert_eq!(save(&mut window), set(&[(key, text)]), "{field}");
    }
    let words = [
        (Group::Network, "Без сети", Key::Offline, "yes"),
        (Group::Network, "Без прокси", Key::Proxy, "none"),
        (Group::Updating, "Всем, с паролем администратора", Key::WhoMayUpdate, "all"),
        (Group::Subscriptions, "Не устанавливать", Key::SubscriptionUnknown, "stop"),
        (Group::Look, "OpenGL", Key::Renderer, "opengl"),
    ];
    for (group, word, key, text) in words {
        let mut window = page(group, facts(Access::Free));
        click(&mut window, Role::RadioButton, word);
        assert_eq!(save(&mut window), set(&[(key, text)]), "{word}");
    }
}

#[test]
fn a_proxy_of_ones_own_has_a_field_for_its_address() {
    let mut window = page(Group::Network, facts(Access::Free));
    assert!(!has(&window, Role::TextInput, "Адрес прокси"));
    click(&mut window, Role::RadioButton, "Свой адрес");
    assert!(sees(&window, "Адрес прокси, например"));
    assert!(is_dead(&window, "Сохранить"));
    type_into(&mut window, "Адрес прокси", "http://ivan:x@proxy:3128");
    assert!(sees(&window, "Адрес прокси без имени и пароля"));
    type_into(&mut window, "Адрес прокси", "http://proxy.shop:3128");
    assert_eq!(save(&mut window), set(&[(Key::Proxy, "http://proxy.shop:3128")]));
}

#[test]
fn the_way_back_to_the_default_is_beside_each_setting_that_is_not_at_it() {
    let given = facts_with(&[(Key::BackupsPerBase, "7")], Task::Ours, Access::Free);
    let mut window = page(Group::Copies, given);
    assert!(!has(&window, Role::Link, "Вернуть по умолчанию: Папка копий"));
    follow(&mut window, "Вернуть по умолчанию: Копий каждой базы");
    assert_eq!(value(&window, "Копий каждой базы").as_deref(), Some("3"));
    assert!(!has(&window, Role::Link, "Вернуть по умолчанию: Копий каждой базы"));
    let reset = vec![Key::BackupsPerBase];
    assert_eq!(save(&mut window), SettingsChange { reset, ..SettingsChange::default() });
}

#[test]
fn a_field_that_is_emptied_goes_back_to_the_default_but_nothing_left_out_of_copies_is_a_choice() {
    let given =
        facts_with(&[(Key::BackupDir, r"D:\Копии"), (Key::BackupWithout, "Кэш")], Task::Ours, Access::Free);
    let mut window = page(Group::Copies, given);
    type_into(&mut window, "Папка копий", "");
    type_into(&mut window, "Что не копировать", "");
    let reset = vec![Key::BackupDir];
    let wanted = SettingsChange { reset, ..set(&[(Key::BackupWithout, "")]) };
    assert_eq!(save(&mut window), wanted);
}

#[test]
fn what_is_typed_stays_when_the_tab_is_left_and_goes_when_it_is_given_up() {
    let mut window = page(Group::Updating, facts(Access::Free));
    type_into(&mut window, "К кому обращаться", "Пётр");
    click(&mut window, Role::Tab, "История");
    click(&mut window, Role::Tab, "Настройки");
    answer(&mut window, read(facts(Access::Free)));
    assert_eq!(value(&window, "К кому обращаться").as_deref(), Some("Пётр"));
    assert!(has(&window, Role::Tab, "Кто обновляет, изменено"));
    assert!(sees(&window, "Не сохранено 1 изменение"));
    press(&mut window, "Отменить изменения");
    assert_eq!(value(&window, "К кому обращаться").as_deref(), Some(""));
    assert!(!has(&window, Role::Button, "Сохранить"));
}

#[test]
fn what_is_typed_back_to_what_it_was_is_no_change() {
    let mut window = page(Group::Copies, facts(Access::Free));
    type_into(&mut window, "Копий каждой базы", "5");
    assert!(has(&window, Role::Button, "Сохранить"));
    type_into(&mut window, "Копий каждой базы", "3");
    assert!(!has(&window, Role::Button, "Сохранить"));
}

#[test]
fn closing_the_window_with_something_unsaved_asks_first() {
    let mut window = page(Group::Updating, facts(Access::Free));
    type_into(&mut window, "К кому обращаться", "Пётр");
    let model = &mut window.state_mut().model;
    assert_eq!(model::update(model, Action::Leave(LeaveAction::Ask)), vec![]);
    window.run();
    assert!(sees(&window, "В настройках не сохранено 1 изменение"));
    press(&mut window, "Закрыть");
    assert_eq!(window.state().model.leave, model::Leave::Now);
}

#[test]
fn what_counts_from_the_next_start_on_is_said_before_and_after_it_is_saved() {
    let mut window = page(Group::Downloads, facts(Access::Free));
    type_into(&mut window, "Скорость", "500");
    assert!(sees(&window, "подействует со следующего запуска"));
    save(&mut window);
    answer(&mut window, saved(facts_with(&[(Key::DownloadLimit, "500")], Task::Ours, Access::Free), Ok(())));
    assert!(sees(&window, "Сохранено. Часть изменений подействует со следующего запуска окна"));
}

fn chosen_root() -> ChosenRoot {
    ChosenRoot {
        path: "/stick/root.json".into(),
        digest: Digest::of(b"root"),
        version: 3,
        expires: "2030-01-01T00:00:00Z".parse().unwrap(),
    }
}

#[test]
fn a_root_is_examined_shown_and_saved_with_the_rest() {
    let mut window = page(Group::Source, facts(Access::Free));
    assert!(sees(&window, "Не задан: источнику верят по https"));
    type_into(&mut window, "Адрес или папка", "http://mirror.shop");
    asked(&mut window);
    press(&mut window, "Выбрать root.json…");
    assert_eq!(asked(&mut window), vec![Command::ChooseRoot]);
    let model = &mut window.state_mut().model;
    let path = PathBuf::from("/stick/root.json");
    let commands = model::update(model, Action::Settings(SettingsAction::UseRoot(path.clone())));
    assert_eq!(commands, vec![Command::Settings(SettingsCommand::ExamineRoot(path))]);
    answer(&mut window, Event::Settings(SettingsEvent::RootExamined(Ok(chosen_root()))));
    assert!(sees(&window, "Будет записан /stick/root.json: версия 3, срок — до 01.01.2030"));
    assert!(!sees(&window, "только вместе с корнем доверия"), "plain http may be used with it");
    let wanted = SettingsChange { root: Some(chosen_root()), ..set(&[(Key::Source, "http://mirror.shop")]) };
    assert_eq!(save(&mut window), wanted);
}

#[test]
fn a_file_that_is_no_root_is_told_and_changes_nothing() {
    let mut window = page(Group::Source, facts(Access::Free));
    let why = "/stick/root.json — не корень подписанного источника".to_owned();
    answer(&mut window, Event::Settings(SettingsEvent::RootExamined(Err(why))));
    assert!(sees(&window, "не корень подписанного источника"));
    assert_eq!(window.state().model.settings_page.unsaved(), 0);
}

#[test]
fn the_root_in_force_is_shown_with_its_end_and_one_that_cannot_be_used_with_the_reason() {
    let expires = "2027-05-01T00:00:00Z".parse().unwrap();
    let root = RootState::Installed { version: 4, expires, since: None };
    let window = page(Group::Source, SettingsFacts { root, ..facts(Access::Free) });
    assert!(sees(&window, "Действует версия 4, срок — до 01.05.2027"));
    assert!(sees(&window, "/pc/Updater/root.json"));
    let root = RootState::Unusable("Корнем доверия воспользоваться нельзя".into());
    let window = page(Group::Source, SettingsFacts { root, ..facts(Access::Free) });
    assert!(sees(&window, "Корнем доверия воспользоваться нельзя"));
}

#[test]
fn a_place_is_chosen_in_the_systems_dialog() {
    for (group, name, key) in [
        (Group::Source, "Выбрать: Адрес или папка", Key::Source),
        (Group::Network, "Выбрать: Сертификаты компании", Key::CaFile),
        (Group::Copies, "Выбрать: Папка копий", Key::BackupDir),
        (Group::Downloads, "Выбрать: Папка загрузок", Key::DownloadsDir),
        (Group::Reports, "Выбрать: Папка отчётов", Key::ReportDir),
    ] {
        let mut window = page(group, facts(Access::Free));
        asked(&mut window);
        press(&mut window, name);
        assert_eq!(asked(&mut window), vec![Command::ChooseSetting(key)]);
    }
}

#[test]
fn a_file_that_is_not_understood_is_shown_with_its_place_and_nothing_can_be_typed() {
    let mut window = page(Group::Copies, facts(Access::Free));
    let why = "Settings are not understood: /pc/Updater/settings.toml, line 3: bad".to_owned();
    let unread = SettingsUnread { file: FILE.into(), why };
    answer(&mut window, Event::Settings(SettingsEvent::Read(Err(unread))));
    assert!(sees(&window, "Файл настроек не читается"));
    assert!(sees(&window, "line 3: bad"));
    assert_eq!(window.query_all_by_role(Role::TextInput).count(), 0);
    asked(&mut window);
    press(&mut window, "Открыть папку");
    assert_eq!(asked(&mut window), vec![Command::OpenFolder { path: "/pc/Updater".into() }]);
}

#[test]
fn a_file_that_others_can_write_and_keys_without_a_meaning_are_said() {
    let odd = SettingsFacts { is_ignored: true, unknown: vec!["sorce".into()], ..facts(Access::Free) };
    let window = page(Group::Reports, odd);
    assert!(sees(&window, "может изменить не только администратор"));
    assert!(sees(&window, "sorce"));
}

#[test]
fn a_persons_own_choices_count_without_being_saved() {
    let mut window = page(Group::Look, facts(Access::Asked));
    for name in ["English", "Тёмная", "150\u{a0}%", "Без движения"] {
        // The language of the programs has the same words below.
        window.get_all_by_role_and_label(Role::RadioButton, name).next().unwrap().click();
        window.run();
    }
    let own =
        Own { language: Some(CoreLanguage::En), theme: ThemeChoice::Dark, scale: 150, motion: Motion::Off };
    assert_eq!(window.state().model.settings_page.own, own);
    assert!(!has(&window, Role::Button, "Сохранить…"));
    assert!(sees(&window, "/home/ivan/window.json"));
}

#[test]
fn the_parts_are_gone_through_with_the_arrows() {
    let mut window = page(Group::Source, facts(Access::Free));
    window.get_by_role_and_label(Role::Tab, "Источник").focus();
    window.run();
    for (key, name) in [
        (egui::Key::ArrowDown, "Сеть"),
        (egui::Key::End, "Вид окна"),
        (egui::Key::ArrowDown, "Источник"),
        (egui::Key::ArrowUp, "Вид окна"),
        (egui::Key::Home, "Источник"),
    ] {
        window.key_press(key);
        window.run();
        let tab = window.get_by_role_and_label(Role::Tab, name);
        assert_eq!(tab.accesskit_node().is_selected(), Some(true), "{name}");
        assert!(tab.is_focused(), "{name}");
    }
}

#[test]
fn every_part_keeps_its_controls_in_the_window_at_every_size_in_both_languages() {
    for size in [[546.0, 307.0], [960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            for group in crate::model::settings::GROUPS {
                let mut model = model_of(fixtures::everything());
                let _ = model::update(&mut model, Action::Settings(SettingsAction::Open(group)));
                let _ = model::receive(&mut model, read(facts(Access::Asked)));
                let typed = SettingsAction::Type(Key::Administrator, "x".into());
                let _ = model::update(&mut model, Action::Settings(typed));
                let mut window = window_of(model, language, size, Theme::Dark);
                window.run();
                let save = if language == Language::Ru { "Сохранить…" } else { "Save…" };
                let save = window.get_by_role_and_label(Role::Button, save).rect();
                let whole = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
                assert!(whole.contains_rect(save), "{save:?} at {size:?}");
                for node in window.query_all_by_role(Role::TextInput) {
                    let rect = node.rect();
                    assert!(whole.x_range().contains(rect.right()), "{group:?} {rect:?} at {size:?}");
                }
            }
        }
    }
}

#[test]
fn what_others_wrote_into_the_file_is_not_saved_over() {
    let odd = SettingsFacts { is_ignored: true, ..facts(Access::Free) };
    let mut window = page(Group::Updating, odd);
    type_into(&mut window, "К кому обращаться", "Пётр");
    assert!(sees(&window, "Сначала удалите этот файл"));
    assert!(is_dead(&window, "Сохранить"));
}

#[test]
fn ctrl_s_saves_what_can_be_saved_and_nothing_else() {
    let mut window = page(Group::Copies, facts(Access::Free));
    type_into(&mut window, "Копий каждой базы", "0");
    asked(&mut window);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    window.run();
    assert_eq!(asked(&mut window), vec![]);
    type_into(&mut window, "Копий каждой базы", "5");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::S);
    window.run();
    let change = set(&[(Key::BackupsPerBase, "5")]);
    assert_eq!(asked(&mut window), vec![Command::Settings(SettingsCommand::Save(change))]);
}

#[test]
fn a_screen_reader_hears_what_a_choice_is_about_and_what_is_wrong_with_a_field() {
    let mut window = page(Group::Copies, facts(Access::Free));
    type_into(&mut window, "Копий каждой базы", "0");
    let field = window.get_by_role_and_label(Role::TextInput, "Копий каждой базы");
    assert!(field.accesskit_node().data().invalid().is_some());
    assert!(field.accesskit_node().description().unwrap().contains("Лишние удаляются"));
    let window = background(facts(Access::Free));
    assert!(has(&window, Role::RadioGroup, "Кому сообщать"));
}

#[test]
fn a_part_with_something_wrong_is_named_below_with_the_way_there_also_where_there_is_room_for_no_column() {
    for width in [1200.0, 546.0] {
        let mut model = model_of(fixtures::everything());
        let _ = model::update(&mut model, Action::Settings(SettingsAction::Open(Group::Reports)));
        let _ = model::receive(&mut model, read(facts(Access::Free)));
        let typed = SettingsAction::Type(Key::ReportDir, "x".into());
        let _ = model::update(&mut model, Action::Settings(typed));
        let _ = model::update(&mut model, Action::Settings(SettingsAction::Open(Group::Look)));
        let mut window = window_of(model, Language::Ru, [width, 700.0], Theme::Light);
        window.run();
        follow(&mut window, "Неверно: Отчёты");
        assert_eq!(window.state().model.settings_page.group, Group::Reports);
        assert!(!has(&window, Role::Link, "Неверно: Отчёты"), "that is the open one");
        assert!(sees(&window, "Неверно: Отчёты"), "{width}");
    }
    let mut model = model_of(fixtures::everything());
    let _ = model::update(&mut model, Action::Settings(SettingsAction::Open(Group::Copies)));
    let _ = model::receive(&mut model, read(facts(Access::Free)));
    let _ =
        model::update(&mut model, Action::Settings(SettingsAction::Type(Key::BackupsPerBase, "0".into())));
    let mut window = window_of(model, Language::Ru, [546.0, 700.0], Theme::Light);
    window.run();
    let parts = window.get_by_role_and_label(Role::ComboBox, "Разделы настроек");
    assert!(parts.accesskit_node().value().unwrap().ends_with(", введено неверно"));
}

#[test]
fn of_a_save_that_broke_off_what_came_into_force_is_not_unsaved_and_the_restart_is_told() {
    let mut window = page(Group::Source, facts(Access::Free));
    answer(&mut window, Event::Settings(SettingsEvent::RootExamined(Ok(chosen_root()))));
    save(&mut window);
    let now = SettingsFacts { root_digest: Some(chosen_root().digest), ..facts(Access::Free) };
    answer(&mut window, saved(now, Err(SaveFault::BrokeOff("Задание не заведено".into()))));
    assert_eq!(window.state().model.settings_page.unsaved(), 0);
    assert!(window.state().model.settings_page.needs_restart);
    assert!(sees(&window, "Задание не заведено"));
}

#[test]
fn why_a_file_is_no_root_goes_with_what_is_given_up() {
    let mut window = page(Group::Source, facts(Access::Free));
    answer(&mut window, Event::Settings(SettingsEvent::RootExamined(Err("Это не корень".into()))));
    type_into(&mut window, "Издатель установщиков", "Другой");
    press(&mut window, "Отменить изменения");
    assert!(!sees(&window, "Это не корень"));
}

#[test]
fn a_list_that_holds_more_than_is_shown_is_not_edited_as_a_text_and_says_why() {
    let mut facts = facts_with(&[(Key::Mirrors, "https://mirror.shop/")], Task::Ours, Access::Free);
    facts.values.get_mut(&Key::Mirrors).unwrap().unsaid = Some(Unsaid::Secret);
    let mut window = page(Group::Source, facts);
    assert!(!has(&window, Role::TextInput, "Зеркала"));
    assert!(sees(&window, "которые здесь не показаны"));
    follow(&mut window, "Вернуть по умолчанию: Зеркала");
    assert!(has(&window, Role::TextInput, "Зеркала"), "nothing is left to be lost");
}

#[test]
fn the_address_of_a_proxy_stays_a_field_while_a_word_is_typed_in_it() {
    let mut window = page(Group::Network, facts(Access::Free));
    click(&mut window, Role::RadioButton, "Свой адрес");
    type_into(&mut window, "Адрес прокси", "none");
    assert_eq!(value(&window, "Адрес прокси").as_deref(), Some("none"));
    type_into(&mut window, "Адрес прокси", "http://proxy:3128");
    assert_eq!(save(&mut window), set(&[(Key::Proxy, "http://proxy:3128")]));
}

#[test]
fn fields_of_the_background_check_say_what_they_are_for_and_what_is_wrong() {
    let mut window = background(facts(Access::Free));
    type_into(&mut window, HOURS, "0");
    type_into(&mut window, "Время обслуживания: с", "25:00");
    for name in [HOURS, "Время обслуживания: с"] {
        let field = window.get_by_role_and_label(Role::TextInput, name);
        let node = field.accesskit_node();
        assert!(node.data().invalid().is_some(), "{name}");
        assert!(node.description().is_some(), "{name}");
    }
}
