//! Files dropped on the window, and the page about a file at hand.

use egui::{Key, Modifiers};

use super::*;
use crate::model::at_hand::{AtHand, Purpose, Unfit};
use crate::model::sheet::Choice;
use crate::model::{AtHandAction, AtHandCommand, Dialog, Notice};

const FILE: &str = "/media/stick/Склад 15.mstmpl";

fn examine(path: &str) -> Vec<Command> {
    vec![Command::AtHand(AtHandCommand::Examine { path: path.into() })]
}

/// Drops a file on the window; what is asked of the worker for it.
fn dropped(window: &mut Window, path: &str) -> Vec<Command> {
    drop_file(window, path);
    window.run();
    asked(window)
}

fn examined(found: Result<AtHand, Notice>) -> Event {
    Event::AtHandExamined { path: FILE.into(), found }
}

fn choice(id: &str, name: &str) -> Choice {
    Choice { id: id.into(), name: name.into(), chosen: true }
}

fn template() -> AtHand {
    AtHand {
        purpose: Purpose::Bases,
        product: "Склад 15, Расширенный".into(),
        version: Some(fixtures::version("1.6.3.7300")),
        company: None,
        released: "2025-11-10".parse().ok(),
        proved: Some(Proved { proof: Proof::None, signer: None, origin: Origin::Folder }),
        choices: vec![choice("main", "Основной склад"), choice("forest", "Филиал на Лесной")],
        unfit: vec![Unfit {
            name: "Магазин".into(), why: "обновляется в личном кабинете".into()
        }],
        attention: vec![],
        refusal: None,
    }
}

fn open(window: &mut Window, found: Result<AtHand, Notice>) {
    assert_eq!(dropped(window, FILE), examine(FILE));
    assert!(sees(window, "Файл Склад 15.mstmpl") && sees(window, "Проверяем файл…"));
    answer(window, examined(found));
}

/// What of a file at hand can be told.
pub(super) fn told() -> Window {
    let mut window = window(fixtures::everything());
    open(&mut window, Ok(template()));
    window
}

#[test]
fn a_dropped_template_is_told_with_its_product_version_and_proof_and_leads_to_the_sheet() {
    let mut window = window(fixtures::everything());
    open(&mut window, Ok(template()));
    for text in [
        "Склад 15, Расширенный   1.6.3.7300",
        "шаблон для баз · вышла 10.11.2025",
        "Подлинность: ничем не подтверждено",
        "Какие базы обновить",
        "Этим файлом не обновить",
        "Магазин — обновляется в личном кабинете",
    ] {
        assert!(sees(&window, text), "{text}");
    }
    window.get_by_role_and_label(Role::CheckBox, "Филиал на Лесной").click();
    window.run();
    press(&mut window, "Подготовить обновление…");
    let key = Purpose::Bases.key();
    let preview = Command::Preview { item_id: key.clone(), base_ids: vec!["main".into()] };
    assert_eq!(asked(&mut window), vec![preview]);
    answer(&mut window, sheet_ready(&key, &["main"], sheet_data(Proof::None)));
    assert!(sees(&window, "Обновить базу «Основной склад»?"));
    // The offer of that base is another release.
    assert!(sees(&window, "1.6.2.6493 → 1.6.3.7300"), "the file's own version");
    press(&mut window, "Отмена");
    assert_eq!(asked(&mut window), vec![Command::AtHand(AtHandCommand::PutAway)]);
}

#[test]
fn files_go_to_whom_they_concern_whichever_tab_is_open() {
    let mut window = window(fixtures::everything());
    for path in ["/stick/a.mstmpl", "/stick/MobileSMARTS.MSI", "/stick/WH15.InstallWizard.exe"] {
        assert_eq!(dropped(&mut window, path), examine(path));
        // Another file takes the place of this one.
    }
    press(&mut window, "Закрыть");
    let _ = asked(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    window.run();
    let _ = asked(&mut window);
    assert_eq!(dropped(&mut window, "/stick/a.mstmpl"), examine("/stick/a.mstmpl"));
    press(&mut window, "Закрыть");
    let _ = asked(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    window.run();
    // Whoever drops something else on the list of updates is told what it is not.
    assert_eq!(dropped(&mut window, "/stick/update.zip"), examine("/stick/update.zip"));
}

#[test]
fn nothing_is_taken_while_something_else_is_open() {
    let mut window = window(fixtures::everything());
    follow(&mut window, "Что нового: Филиал на Лесной");
    assert_eq!(dropped(&mut window, FILE), vec![]);
    assert!(matches!(window.state().model.dialog, Some(Dialog::Notes { .. })));
}

#[test]
fn a_file_that_is_not_used_says_why_and_what_to_do() {
    let mut window = window(fixtures::everything());
    let notice = Notice {
        next: Some("Возьмите другой файл".into()),
        detail: Some("Failed to read the archive".into()),
        ..Notice::of("Шаблон повреждён")
    };
    open(&mut window, Err(notice));
    for text in ["Шаблон повреждён", "Возьмите другой файл", "Failed to read the archive"]
    {
        assert!(sees(&window, text), "{text}");
    }
    assert!(window.query_by_role_and_label(Role::Button, "Подготовить обновление…").is_none());
    press(&mut window, "Закрыть");
    assert_eq!(window.state().model.dialog, None);
}

#[test]
fn whoever_may_not_update_sees_what_the_file_is_and_who_updates() {
    let mut model = model_of(fixtures::everything());
    model.permission = Permission::Administrators { contact: Some("Иванов, тел. 12-34".into()) };
    let mut window = window_of(model, Language::Ru, [1200.0, 900.0], Theme::Light);
    open(&mut window, Ok(template()));
    assert!(sees(&window, "1.6.3.7300"));
    assert!(sees(&window, "Иванов, тел. 12-34"));
    assert!(window.query_by_role_and_label(Role::Button, "Подготовить обновление…").is_none());
}

#[test]
fn a_file_is_chosen_from_the_menu_too() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Ещё");
    pick(&mut window, "Обновить из файла…");
    assert_eq!(asked(&mut window), vec![Command::ChooseAtHand]);
    let _ =
        model::update(&mut window.state_mut().model, model::Action::AtHand(AtHandAction::Open(FILE.into())));
    window.run();
    assert!(sees(&window, "Проверяем файл…"));
}

#[test]
fn many_bases_leave_the_buttons_inside_a_small_window() {
    for language in [Language::Ru, Language::En] {
        let model = model_of(fixtures::everything());
        let mut window = window_of(model, language, [960.0, 600.0], Theme::Dark);
        let _ = dropped(&mut window, FILE);
        let choices =
            (0..200).map(|number| choice(&format!("b{number}"), &format!("База {number}"))).collect();
        answer(&mut window, examined(Ok(AtHand { choices, ..template() })));
        let name = if language == Language::Ru {
            "Подготовить обновление…"
        } else {
            "Prepare the update…"
        };
        let rect = window.get_by_role_and_label(Role::Button, name).rect();
        assert!(rect.bottom() < 600.0 && rect.right() < 960.0, "{rect:?}");
    }
}
