//! Trust in sight: words in the header, the banner of a folder, the consent, what is refused.

use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use smarts_core::catalogue;
use smarts_core::check::Problem;
use smarts_core::source::{self, Trust};
use smarts_core::verify::Proof;

use super::looks::assert_nothing_overlaps;
use super::*;
use crate::model::{Action, CheckFailure, Detour, Expiry, FailureKind, Notice, SourceAction};

const FOLDER: &str = r"D:\updates";
const ACCEPT: &str = "Использовать то, что есть";

fn signed_until(expires: &str) -> (Machine, Report) {
    let (machine, mut report) = fixtures::everything();
    report.source.trust = Trust::Signed;
    report.source.expires = expires.parse().ok();
    (machine, report)
}

fn say(window: &mut Window, action: SourceAction) {
    let desk = window.state_mut();
    let commands = model::update(&mut desk.model, Action::Source(action));
    desk.commands.extend(commands);
    window.run();
}

fn expiry() -> Expiry {
    Expiry { role: "timestamp".into(), since: "2026-11-02T00:00:00Z".parse().unwrap() }
}

fn expired() -> CheckFailure {
    let kind = FailureKind::Expired { expiry: expiry(), now: "2026-11-22T09:40:00Z".parse().unwrap() };
    let next = Some("Возьмите папку новее".to_owned());
    CheckFailure { next, kind, ..CheckFailure::of("Подпись истекла") }
}

/// The window on a folder whose signatures have expired.
fn on_expired_folder() -> Window {
    let mut window = window(fixtures::everything());
    say(&mut window, SourceAction::UseFolder(FOLDER.into()));
    asked(&mut window);
    answer(&mut window, Event::SourceInUse);
    answer(&mut window, Event::Checked(Err(expired())));
    window
}

#[test]
fn the_header_says_how_far_the_source_is_proved_and_until_when() {
    let window = self::window(signed_until("2026-12-05T00:00:00Z"));
    assert!(sees(&window, "files.cleverence.ru, подписан издателем, подпись действует до 05.12.2026"));
    let soon = self::window(signed_until("2026-11-23T00:00:00Z"));
    assert!(sees(&soon, "подписан издателем, подпись действует до 23.11.2026"), "nothing alarming");
    let over = self::window(signed_until("2026-11-02T00:00:00Z"));
    assert!(sees(&over, "подпись истекла 02.11.2026: более новых версий отсюда не видно"));
}

#[test]
fn every_row_says_how_far_its_file_will_be_proved() {
    let window = self::window(fixtures::everything());
    assert!(sees(&window, "29.10.2025 · 184 МБ · только https"));
    assert!(sees(&window, "96 МБ · только https"), "the platform's card, too");
    let (machine, mut report) = fixtures::everything();
    report.source.trust = Trust::Folder;
    report.source.root = FOLDER.into();
    let window = self::window((machine, report));
    assert!(sees(&window, "29.10.2025 · 184 МБ · не подтверждено"));
    let window = self::window(fixtures::of(fixtures::stores(4)));
    assert!(sees(&window, "одна загрузка, 184 МБ · только https"));
}

#[test]
fn what_the_trust_means_is_told_from_the_menu() {
    let mut window = window(signed_until("2026-12-05T00:00:00Z"));
    press(&mut window, "Ещё");
    pick(&mut window, "Об источнике");
    assert!(sees(&window, "https://files.cleverence.ru"));
    assert!(sees(&window, "Каждый файл сверяется с подписью издателя"));
    press(&mut window, "Закрыть");
    press(&mut window, "Ещё");
    pick(&mut window, "Обновить из папки…");
    assert_eq!(asked(&mut window), vec![Command::ChooseFolder]);
}

#[test]
fn a_folder_has_a_banner_and_a_way_back() {
    let mut window = window(fixtures::everything());
    say(&mut window, SourceAction::UseFolder(FOLDER.into()));
    answer(&mut window, Event::SourceInUse);
    assert!(sees(&window, r"Источник: папка D:\updates (только на этот раз)"));
    assert!(sees(&window, "Узнаём, что вышло"));
    let (_, mut report) = fixtures::of(vec![fixtures::cash_desk()]);
    report.source.root = FOLDER.into();
    report.source.trust = Trust::Folder;
    answer(&mut window, Event::Checked(Ok(report)));
    assert!(sees(&window, r"D:\updates, папка, не подписана"));
    press(&mut window, "Обновить базу Касса 2");
    assert!(sees(&window, "сначала дождитесь конца загрузки или обновления"));
    let back = window.get_by_role_and_label(Role::Button, "Вернуться к обычному источнику");
    assert!(back.accesskit_node().is_disabled());
    press(&mut window, "Отменить загрузку: Касса 2");
    asked(&mut window);
    press(&mut window, "Вернуться к обычному источнику");
    assert_eq!(asked(&mut window), vec![Command::UseSource(Detour::default()), Command::Load]);
    assert!(!sees(&window, "только на этот раз"));
    assert!(sees(&window, "files.cleverence.ru, соединение защищено"));
}

#[test]
fn the_consent_to_an_expired_folder_is_never_what_enter_gives() {
    let mut window = on_expired_folder();
    assert!(window.query_by_role_and_label(Role::Dialog, "Подпись этой папки истекла").is_some());
    assert!(sees(&window, "Она действовала до 02.11.2026, а сегодня 22.11.2026"));
    assert!(window.get_by_role_and_label(Role::Button, "Отмена").accesskit_node().is_focused());
    window.key_press(egui::Key::Enter);
    window.run();
    assert!(window.query_by_role(Role::Dialog).is_none());
    assert_eq!(asked(&mut window), vec![]);
    press(&mut window, "Использовать то, что есть…");
    press(&mut window, ACCEPT);
    let detour = Detour { folder: Some(FOLDER.into()), agreed: Some(expiry()) };
    assert_eq!(asked(&mut window), vec![Command::UseSource(detour), Command::Check]);
    assert!(window.query_by_role(Role::Dialog).is_none());
}

#[test]
fn a_source_that_is_not_believed_says_what_to_do() {
    let mut window = window(fixtures::everything());
    let failure = CheckFailure {
        kind: FailureKind::Refused,
        next: Some("Не берите файлы из этого источника".into()),
        detail: Some("Failed to check: threshold".into()),
        ..CheckFailure::of("Подпись источника не подтверждена, ничего из него не используется")
    };
    answer(&mut window, Event::Checked(Err(failure)));
    assert!(sees(&window, "Источник не принят."));
    assert!(sees(&window, "Показано то, что было известно сегодня в 12:40"));
    assert!(!sees(&window, ACCEPT), "nobody is offered a way around");
    follow(&mut window, "Подробнее о том, почему проверить не удалось");
    assert!(sees(&window, "Ничего не загружено и не изменено."));
    assert!(sees(&window, "Не берите файлы из этого источника"));
    assert!(sees(&window, "Failed to check: threshold"));
}

#[test]
fn a_refused_file_says_what_is_safe_and_what_to_do() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    let notice = Notice {
        kept: Some("Этот файл не запускался".into()),
        next: Some("Не запускайте этот файл вручную".into()),
        ..Notice::of("WH15.mstmpl — не тот файл")
    };
    answer(&mut window, Event::FileRefused { item_id: "main".into(), notice });
    assert!(sees(&window, "Файл не принят: WH15.mstmpl — не тот файл"));
    assert!(sees(&window, "он не запускался, ничего не изменено"));
    follow(&mut window, "Подробнее: Основной склад");
    assert!(window.query_by_role_and_label(Role::Dialog, "Файл не принят: Основной склад").is_some());
    assert!(sees(&window, "Не запускайте этот файл вручную"));
    press(&mut window, "Закрыть");
    press(&mut window, "Отменить загрузку: Основной склад");
    assert!(window.query_by_role_and_label(Role::Button, "Обновить базу Основной склад").is_some());
}

#[test]
fn a_clock_that_is_behind_has_a_line_of_its_own_and_is_nothing_unread() {
    let (machine, mut report) = fixtures::everything();
    let (now, at_least) = ("2026-01-15T00:00:00Z".parse().unwrap(), "2026-11-22T00:00:00Z".parse().unwrap());
    let fault = catalogue::Fault::Source(source::Fault::ClockBehind { now, at_least });
    let problem = catalogue::Problem { path: "metadata".into(), fault, unread: None };
    report.problems = vec![Problem::Source(problem)];
    let window = self::window((machine, report));
    assert!(sees(&window, "Часы компьютера показывают 15.01.2026, а сейчас не раньше 22.11.2026"));
    assert!(!sees(&window, "прочитано не всё"));
}

#[test]
fn banners_texts_and_controls_keep_apart_at_every_size() {
    for size in [[960.0, 600.0], [1092.0, 614.0], [1920.0, 1080.0]] {
        for language in [Language::Ru, Language::En] {
            for kind in [expired().kind, FailureKind::Refused, FailureKind::Unread] {
                let mut model = model_of(signed_until("2026-11-02T00:00:00Z"));
                let folder = format!(r"\\server.shop.example\{}", "обновления Mobile SMARTS\\".repeat(4));
                let use_folder = Action::Source(SourceAction::UseFolder(folder));
                let _ = model::update(&mut model, use_folder);
                let _ = model::receive(&mut model, Event::SourceInUse);
                let reason = "подпись источника не подтверждена ".repeat(4);
                let failure = CheckFailure { kind, ..CheckFailure::of(reason) };
                let _ = model::receive(&mut model, Event::Checked(Err(failure)));
                let _ = model::update(&mut model, Action::CloseDialog);
                assert_nothing_overlaps(&window_of(model, language, size, Theme::Light), size);
            }
            let mut model = model_of(signed_until("2026-11-02T00:00:00Z"));
            let _ = model::update(&mut model, item(model::ItemAction::Update));
            let notice = Notice::of("WH15-1.6.3.7283.mstmpl — не тот файл: контрольная сумма другая");
            let refused = Event::FileRefused { item_id: "main".into(), notice };
            let _ = model::receive(&mut model, refused);
            assert_nothing_overlaps(&window_of(model, language, size, Theme::Light), size);
        }
    }
}

fn item(action: model::ItemAction) -> Action {
    Action::Item { id: "main".into(), action }
}

#[test]
fn an_examined_file_says_who_signed_it() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::Publisher));
    press(&mut window, "Отмена");
    assert!(sees(&window, "файл проверен: подпись Windows: Клеверенс Софт"));
    press(&mut window, "Обновить базу Касса 2");
    answer(&mut window, verified("cash", Proof::None));
    press(&mut window, "Отмена");
    assert!(sees(&window, "файл загружен: только https"));
}
