//! The accessibility tree of each part of the window, as a screen reader walks it: role, name, value, state, in the
//! order of reading. What has no role of its own only groups, and is left out.
//!
//! A snapshot of a part is one line: [`read`] of its window.

use egui::Role;
use egui::accesskit::{Live, Toggled};
use egui_kittest::kittest::NodeT as _;

use super::*;

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
        parts.push(format!("{place} of {count}"));
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

#[test]
fn the_updates_tab_reads_from_top_to_bottom() {
    let window = window(fixtures::everything());
    insta::assert_snapshot!("updates_ru", read(&window));
}
