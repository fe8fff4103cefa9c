//! The accessibility tree of each part of the window, as a screen reader walks it: role, name, value, state, in the
//! order of reading. What has no role of its own only groups, and is left out.
//!
//! A snapshot of a part is one line: [`read`] of its window.

use egui::Role;
use egui::accesskit::{Live, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::model::details::{DetailsAction, Of};
use crate::model::settings::Group;
use crate::model::sheet::Weight;
use crate::model::{Action, ItemAction, Tab};

/// The tree, a line for each node.
pub(super) fn read(window: &Window) -> String {
    let mut text = String::new();
    walk(&window.root(), 0, &mut text);
    text
}

fn walk(node: &egui_kittest::Node<'_>, depth: usize, text: &mut String) {
    let inner = match line(node) {
        Some(line) => {
            text.push_str(&"  ".repeat(depth));
            text.push_str(&line);
            text.push('\n');
            depth + 1
        }
        None => depth,
    };
    for child in node.children() {
        walk(&child, inner, text);
    }
}

fn line(node: &egui_kittest::Node<'_>) -> Option<String> {
    let accessible = node.accesskit_node();
    let data = accessible.data();
    if matches!(
        accessible.role(),
        Role::GenericContainer | Role::Unknown | Role::Window | Role::TextRun | Role::Pane
    ) && data.label().is_none()
    {
        return None;
    }
    let mut parts = vec![format!("{:?}", accessible.role())];
    parts.extend(accessible.label().map(|name| format!("«{name}»")));
    parts.extend(accessible.value().filter(|value| !value.is_empty()).map(|value| format!("= {value}")));
    parts.extend(data.numeric_value().map(|value| format!("= {value}")));
    parts.extend(data.placeholder().map(|hint| format!("hint «{hint}»")));
    parts.extend(data.description().map(|words| format!("because «{words}»")));
    parts.extend(match accessible.toggled() {
        Some(Toggled::True) => Some("on".to_owned()),
        Some(Toggled::False) => Some("off".to_owned()),
        Some(Toggled::Mixed) => Some("mixed".to_owned()),
        None => None,
    });
    parts.extend((data.is_selected() == Some(true)).then(|| "selected".to_owned()));
    parts.extend(data.is_expanded().map(|open| if open { "open" } else { "closed" }.to_owned()));
    parts.extend(data.level().map(|level| format!("level {level}")));
    if let (Some(place), Some(count)) = (data.position_in_set(), data.size_of_set()) {
        // From 0 in the tree; what is read aloud is one more.
        parts.push(format!("{} of {count}", place + 1));
    }
    parts.extend(data.has_popup().map(|popup| format!("opens {popup:?}")));
    parts.extend((data.live() == Some(Live::Polite)).then(|| "polite".to_owned()));
    parts.extend((data.live() == Some(Live::Assertive)).then(|| "assertive".to_owned()));
    parts.extend(accessible.is_disabled().then(|| "disabled".to_owned()));
    parts.extend(data.is_modal().then(|| "modal".to_owned()));
    parts.extend(node.is_focused().then(|| "focused".to_owned()));
    parts.extend(accessible.bounding_box().is_none().then(|| "nowhere".to_owned()));
    Some(parts.join(" "))
}

fn of(model: Model, language: Language) -> String {
    read(&window_of(model, language, [1200.0, 1200.0], Theme::Light))
}

fn after(mut model: Model, action: Action) -> Model {
    let _ = model::update(&mut model, action);
    model
}

#[test]
fn the_updates_tab_reads_from_top_to_bottom() {
    insta::assert_snapshot!("updates_ru", of(model_of(fixtures::everything()), Language::Ru));
    insta::assert_snapshot!("updates_en", of(model_of(fixtures::everything()), Language::En));
    insta::assert_snapshot!("updates_busy", of(looks::busy_model(), Language::Ru));
}

#[test]
fn the_subscriptions_tab_reads_with_and_without_records() {
    let empty = after(model_of(fixtures::everything()), Action::Tab(Tab::Subscriptions));
    insta::assert_snapshot!("subscriptions_empty", of(empty, Language::Ru));
    insta::assert_snapshot!("subscriptions", read(&subscriptions::page()));
}

#[test]
fn the_history_tab_reads_as_a_table() {
    insta::assert_snapshot!("history", of(history::filled(), Language::Ru));
}

#[test]
fn the_settings_read_as_parts_and_fields() {
    insta::assert_snapshot!("settings", read(&settings::opened(Group::Source)));
    insta::assert_snapshot!("settings_look", read(&settings::opened(Group::Look)));
}

#[test]
fn devices_read_as_lists_below_their_bases() {
    insta::assert_snapshot!("devices", read(&devices::page()));
    insta::assert_snapshot!("app", dialog(&devices::dialog(Proof::None)));
}

#[test]
fn the_diagnosis_reads_as_lists_of_findings() {
    insta::assert_snapshot!("diagnostics", read(&diagnostics::looked()));
}

#[test]
fn details_of_a_base_read_beside_the_list_and_above_it() {
    let open = DetailsAction::Open(Of::Item("forest".into()));
    let model = after(model_of(fixtures::everything()), Action::Details(open));
    let wide = window_of(model.clone(), Language::Ru, [1600.0, 1200.0], Theme::Light);
    let mut text = String::new();
    walk(&wide.get_by_role(Role::Complementary), 0, &mut text);
    insta::assert_snapshot!("details", text);
    let mut narrow = window_of(model, Language::Ru, [1200.0, 1200.0], Theme::Light);
    narrow.run();
    insta::assert_snapshot!("details_dialog", dialog(&narrow));
}

#[test]
fn a_button_that_cannot_be_pressed_says_why() {
    let why = |window: &Window, name: &str| {
        let button = window.get_by_role_and_label(Role::Button, name);
        assert!(button.accesskit_node().is_disabled(), "{name}");
        button.accesskit_node().data().description().map(str::to_owned)
    };
    let mut wizard = flows::wizard();
    let mut at_hand = at_hand::told();
    for window in [&mut wizard, &mut at_hand] {
        for base in ["Основной склад", "Филиал на Лесной"] {
            window.get_by_role_and_label(Role::CheckBox, base).click();
            window.run();
        }
        let reason = why(window, "Подготовить обновление…");
        assert_eq!(reason.as_deref(), Some("Отметьте хотя бы одну базу"));
    }
    let looking = going_back::filled();
    assert_eq!(why(&looking, "Вернуть…").as_deref(), Some("Смотрим, что изменится…"));
    let settings = settings::wrong();
    let reason = why(&settings, "Сохранить");
    assert_eq!(reason.as_deref(), Some("Неверно: Проверка в фоне"));
}

/// With the list of orders open.
fn sorting() -> Window {
    let mut window = window(fixtures::everything());
    press(&mut window, "Порядок баз: как в менеджере баз");
    window
}

#[test]
fn groups_of_choices_lists_and_dialogs_say_where_they_stand() {
    let open: [fn() -> Window; 8] = [
        sorting,
        devices::page,
        subscriptions::page,
        subscriptions::import_page,
        || window_of(history::filled(), Language::Ru, [1200.0, 1200.0], Theme::Light),
        || settings::opened(Group::Look),
        diagnostics::looked,
        going_back::seen,
    ];
    for open in open {
        let text = read(&open());
        let lost: Vec<_> = text.lines().filter(|line| line.ends_with("nowhere")).collect();
        assert!(lost.is_empty(), "{lost:#?}");
    }
}

#[test]
fn the_sheet_says_why_it_cannot_be_confirmed() {
    let mut window = window(fixtures::everything());
    press(&mut window, "Обновить базу Основной склад");
    answer(&mut window, verified("main", Proof::None));
    let mut data = sheet_data(Proof::None);
    let stop = Point {
        weight: Weight::Stop,
        text: "База открыта".into(),
        hint: Some("Закройте её".into()),
        ask: None,
    };
    data.points.insert(0, stop);
    answer(&mut window, sheet_ready("main", &["main"], data));
    insta::assert_snapshot!("sheet", dialog(&window));
}

#[test]
fn notes_and_keys_read_as_what_they_are() {
    let notes = Action::Item { id: "forest".into(), action: ItemAction::ShowNotes };
    let mut window = window_of(
        after(model_of(fixtures::everything()), notes),
        Language::Ru,
        [1200.0, 900.0],
        Theme::Light,
    );
    window.run();
    insta::assert_snapshot!("notes", dialog(&window));
    let _ = model::update(&mut window.state_mut().model, Action::ShowKeys);
    window.run();
    insta::assert_snapshot!("keys", dialog(&window));
}

#[test]
fn a_menu_is_told_by_its_button_and_read_entry_by_entry() {
    let mut window = window(fixtures::of(vec![fixtures::main_base()]));
    press(&mut window, "Ещё: Основной склад");
    assert!(read(&window).contains("Button «Ещё: Основной склад» open opens Menu"));
    let mut text = String::new();
    walk(&window.get_by_role(Role::Menu), 0, &mut text);
    insta::assert_snapshot!("menu", text);
}

/// The dialog that is open, without what is behind it.
fn dialog(window: &Window) -> String {
    let mut text = String::new();
    walk(&window.get_by_role(Role::Dialog), 0, &mut text);
    text
}
