//! The preview of an import: what would become of the list, which column means what, and the button that does it.

use std::path::Path;

use egui::{Align, Id, Layout, Role, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;

use super::{action, columns, is_asked, outcome, preview};
use crate::model::schedule::Saving;
use crate::model::subscriptions::{
    ImportAction, ImportList, ImportObstacle, ImportPage, Preview, Section, UnreadList,
};
use crate::model::{Action, SubscriptionsAction};
use crate::view::Scene;
use crate::view::modal::{leaves, middle_height, modal, scrolling, some_buttons};
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look};
use crate::view::widgets::fields::segments;
use crate::view::widgets::marks::tick_box;
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, label, paragraph};

const WIDTH: f32 = steps(215);
/// Of the lines.
const LEAST_HEIGHT: f32 = steps(40);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage) {
    let loader = scene.loader();
    let title = fl!(loader, "subs-import-heading");
    modal(ui, scene, "subscription import", &title, WIDTH, Action::CloseDialog, |ui| {
        let colors = theme::palette(ui);
        ui.add_space(2.0);
        label(ui, &Line::of(page.path.display().to_string(), Type::Small, colors.muted));
        ui.add_space(SPACE_3);
        match &page.read {
            None => {
                paragraph(ui, fl!(loader, "subs-import-reading"), Type::Body, colors.muted);
            }
            Some(Err(why)) => {
                paragraph(ui, why, Type::Body, colors.err);
            }
            Some(Ok(list)) => {
                let height = middle_height(ui, steps(48));
                if page.shows_columns {
                    // There may be no room for both at once.
                    scrolling(ui, "subscription import", height, |ui| {
                        content(ui, scene, page, list, height);
                    });
                } else {
                    content(ui, scene, page, list, height);
                }
            }
        }
        outcome(ui, scene, &page.saving);
        keys(ui, scene, page);
    });
}

fn content(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage, list: &ImportList, height: f32) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let top = ui.cursor().top();
    if page.shows_columns {
        columns::show(ui, scene, list);
        ui.add_space(SPACE_3);
    }
    let Some(preview) = &list.preview else {
        if list.columns.missing().is_empty() {
            paragraph(ui, fl!(loader, "subs-import-comparing"), Type::Body, colors.muted);
        }
        return;
    };
    sections(ui, scene, page, preview);
    ui.add_space(SPACE_1_HALF);
    let strangers = preview.strangers.len();
    if strangers > 0 {
        let text = fl!(loader, "subs-import-strangers", count = strangers);
        label(ui, &Line::of(text, Type::Small, colors.amber).rows(2));
    }
    if let Some(UnreadList { former_path: Some(path), why, .. }) = &scene.model.subscription_page.unread {
        replaces(ui, scene, page, path, why);
    } else {
        stays(ui, scene, preview);
    }
    ui.add_space(SPACE_2);
    let used = ui.cursor().top() - top;
    preview::show(ui, scene, page, preview, (height - used).max(LEAST_HEIGHT));
}

/// The kept list cannot be read: what becomes of it, and whether that is wanted.
fn replaces(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage, path: &Path, why: &str) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let path = path.display().to_string();
    paragraph(ui, fl!(loader, "subs-import-replaces", reason = why, path = path), Type::Small, colors.amber);
    ui.add_space(SPACE_1);
    let text = fl!(loader, "subs-import-consent");
    let line = Line::of(&text, Type::Body, colors.text);
    if let Some(consent) = tick_box(ui, Id::unique("import consent"), page.consent, &line, &text) {
        scene.send(of(ImportAction::Consent(consent)));
    }
}

fn stays(ui: &mut Ui, scene: &Scene<'_>, preview: &Preview) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let kept =
        Line::of(fl!(loader, "subs-import-kept", count = preview.changes.kept), Type::Small, colors.muted);
    let line = if preview.earlier > 0 {
        let earlier = fl!(loader, "subs-import-earlier", count = preview.earlier);
        Line::of(format!("{earlier} "), Type::Small, colors.amber).and(
            kept.plain(),
            Type::Small,
            colors.muted,
        )
    } else {
        kept
    };
    label(ui, &line.rows(2));
}

/// Which lines to look at.
fn sections(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage, preview: &Preview) {
    let loader = scene.loader();
    let shown: Vec<Section> =
        Section::ALL.into_iter().filter(|section| preview.count(*section) > 0).collect();
    let mut texts = vec![fl!(loader, "subs-import-all")];
    texts.extend(shown.iter().map(|section| preview::title(scene, *section, preview.count(*section))));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let chosen = page.section.and_then(|one| shown.iter().position(|section| *section == one));
    let chosen = chosen.map_or(0, |place| place + 1);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let builder = UiBuilder::new()
        .scope_id(Id::unique("import sections"))
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(fl!(loader, "subs-import-section-name"));
    let mut child = ui.new_child(builder.max_rect(rect).layout(Layout::left_to_right(Align::Center)));
    let picked = segments(&mut child, &texts, chosen);
    spoken::place(&child, child.min_rect());
    if let Some(place) = picked {
        let section = place.checked_sub(1).and_then(|place| shown.get(place)).copied();
        scene.send(of(ImportAction::Show(section)));
    }
}

fn keys(ui: &mut Ui, scene: &Scene<'_>, page: &ImportPage) {
    let loader = scene.loader();
    let obstacle = scene.model.import_obstacle(page);
    let text = match (&page.saving, is_asked(scene)) {
        (Saving::Running, _) => fl!(loader, "subs-import-running"),
        (_, true) => fl!(loader, "subs-import-confirm-asked"),
        (_, false) => fl!(loader, "subs-import-confirm"),
    };
    let confirm = Button::new(&text).look(Look::Primary).dead(obstacle.is_some());
    let cancel = fl!(loader, "sheet-cancel");
    let columns = if page.shows_columns {
        fl!(loader, "subs-import-columns-hide")
    } else {
        fl!(loader, "subs-import-columns-show")
    };
    // Without them there is nothing to go by: they stay.
    let may_hide = matches!(&page.read, Some(Ok(list)) if list.columns.missing().is_empty());
    let drawn = [
        may_hide.then(|| Button::new(&columns).look(Look::Ghost)),
        Some(Button::new(&cancel).look(Look::Ghost)),
        Some(confirm),
    ];
    let why = obstacle.and_then(|obstacle| why(scene, &obstacle));
    let [columns, cancel, confirm] = some_buttons(ui, "subscription import", why.as_deref(), drawn);
    if columns.is_some_and(|columns| columns.clicked()) {
        scene.send(of(ImportAction::ShowColumns(!page.shows_columns)));
    }
    leaves(ui, scene, cancel.as_ref());
    if confirm.is_some_and(|confirm| confirm.clicked()) {
        scene.send(of(ImportAction::Confirm));
    }
}

/// Why it cannot be imported, where that is not said above.
fn why(scene: &Scene<'_>, obstacle: &ImportObstacle) -> Option<String> {
    let loader = scene.loader();
    match obstacle {
        ImportObstacle::Columns(fields) => {
            let fields: Vec<String> = fields.iter().map(|field| scene.texts.record_field(*field)).collect();
            Some(fl!(loader, "subs-import-missing", fields = fields.join(", ")))
        }
        ImportObstacle::Empty => Some(fl!(loader, "subs-import-empty")),
        ImportObstacle::Same => Some(fl!(loader, "subs-import-same")),
        ImportObstacle::ListUnread(why) => {
            Some(fl!(loader, "subs-import-list-unread", reason = why.as_str()))
        }
        ImportObstacle::Consent => Some(fl!(loader, "subs-import-consent-missing")),
        ImportObstacle::Locked
        | ImportObstacle::Saving
        | ImportObstacle::Reading
        | ImportObstacle::Unreadable => None,
    }
}

/// An action of the import.
pub(super) fn of(import: ImportAction) -> Action {
    action(SubscriptionsAction::Import(import))
}
