//! «Что нового»: what it looks like to a screen reader, links, copying.

use egui::accesskit::Node;
use egui::{Key, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;

const TEXT: &str =
    "Обмен с 1С:\n- быстрее\n  1. вдвое\n- [подробнее](https://example.com/a?b=c)\n\nСтало **лучше**.";

fn open(text: &str) -> Window {
    let (machine, mut report) = fixtures::of(vec![fixtures::main_base()]);
    for item in &mut report.items {
        if let smarts_core::offer::State::Available { offer } = &mut item.state {
            offer.notes.iter_mut().for_each(|notes| notes.text = text.to_owned());
        }
    }
    let mut window = window((machine, report));
    follow(&mut window, "Что нового: Основной склад");
    window
}

fn copied(window: &Window) -> Option<String> {
    let commands = &window.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

#[test]
fn headings_lists_and_links_are_told_as_what_they_are() {
    let window = open(TEXT);
    window.get_by_role_and_label(Role::Heading, "Версия 1.6.3.7283 · 29.10.2025");
    window.get_by_role_and_label(Role::Heading, "Обмен с 1С:");
    let items: Vec<_> = window
        .query_all_by(|node| node.role() == Role::ListItem && node.data().level().is_some())
        .map(|node| {
            let data: &Node = node.accesskit_node().data();
            (data.position_in_set(), data.size_of_set(), data.level())
        })
        .collect();
    assert_eq!(
        items,
        [(Some(0), Some(3), Some(1)), (Some(1), Some(3), Some(2)), (Some(2), Some(3), Some(1))]
    );
    assert!(sees(&window, "вдвое") && sees(&window, "лучше"));
    assert!(!sees(&window, "**"), "marks are not read out");
}

#[test]
fn a_link_is_shown_before_it_is_opened_and_escape_goes_back_to_the_notes() {
    let mut window = open(TEXT);
    window.get_by_role_and_label(Role::Link, "подробнее").focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(asked(&mut window), vec![], "nothing is opened yet");
    assert!(sees(&window, "Открыть эту страницу в браузере?") && sees(&window, "https://example.com/a?b=c"));
    assert!(window.get_by_label("Открыть").is_focused());
    window.key_press(Key::Escape);
    window.run();
    assert!(!sees(&window, "Открыть эту страницу в браузере?"));
    assert!(window.get_by_role_and_label(Role::Link, "подробнее").is_focused());
    follow(&mut window, "подробнее");
    press(&mut window, "Открыть");
    assert_eq!(asked(&mut window), [Command::OpenLink { url: "https://example.com/a?b=c".into() }]);
    assert!(sees(&window, "Стало"), "the notes are still open");
}

#[test]
fn the_whole_is_copied_with_the_addresses_of_links_and_that_is_said() {
    let mut window = open(TEXT);
    window.get_by_role_and_label(Role::Button, "Скопировать").click();
    window.step();
    let text = copied(&window).unwrap();
    assert!(
        text.starts_with("Версия 1.6.3.7283 · 29.10.2025\n\nОбмен с 1С:\n• быстрее\n  1. вдвое"),
        "{text}"
    );
    assert!(
        text.contains("подробнее (https://example.com/a?b=c)") && text.ends_with("Стало лучше."),
        "{text}"
    );
    window.run();
    assert!(window.query_by_role_and_label(Role::Status, "Скопировано").is_some());
}

#[test]
fn a_new_report_is_read_anew_while_the_notes_are_open() {
    let mut window = open(TEXT);
    let (_, report) = fixtures::of(vec![fixtures::main_base()]);
    answer(&mut window, Event::Checked(Ok(report)));
    assert!(sees(&window, "Исправлен обмен документами") && !sees(&window, "вдвое"));
}

#[test]
fn long_words_wrap_and_nothing_leaves_the_dialog() {
    let text = format!(
        "- {}\n- [{}](https://example.com/)\n# {}",
        "слово ".repeat(60),
        "ссылка ".repeat(40),
        "Ж".repeat(70)
    );
    for size in [[960.0, 600.0], [1200.0, 900.0]] {
        let mut window = open(&text);
        window.set_size(size.into());
        window.run();
        let right = window.get_by_role_and_label(Role::Button, "Закрыть").rect().right();
        for role in [Role::Label, Role::Link, Role::Heading] {
            for node in window.get_by_role(Role::Dialog).query_all_by_role(role) {
                assert!(node.rect().right() <= right, "{:?} {right}", node.rect());
            }
        }
    }
}
