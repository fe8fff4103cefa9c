//! Above the list of bases: how many there are, everything downloaded by one click, their order, which of them, and the
//! search.

use egui::accesskit::HasPopup;
use egui::{Align, Id, Layout, Popup, Rect, Role, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use super::Scene;
use super::keyboard::search_id;
use super::theme::icons::Icon;
use super::theme::{self, BUTTON_HEIGHT, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_3, Type, steps};
use super::widgets::button::Button;
use super::widgets::fields::{SearchTexts, search, segments, segments_width};
use super::widgets::spoken;
use super::widgets::text::{Line, place};
use crate::i18n::sentence;
use crate::model::list::Filter;
use crate::model::sort::{SORTS, Sort};
use crate::model::{Action, ListAction};

const HEIGHT: f32 = steps(9);
const SEARCH_WIDTH: f32 = steps(55);
const NARROW_SEARCH_WIDTH: f32 = steps(40);
/// From this width on there is room for a wide search.
const WIDE: f32 = steps(275);
const MENU_WIDTH: f32 = steps(65);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let title = Line::of(fl!(loader, "bases-title"), Type::Heading, colors.text);
    let (all, with_updates) = (fl!(loader, "filter-all"), fl!(loader, "filter-with-updates"));
    let choices = [all.as_str(), with_updates.as_str()];
    let search_width = if rect.width() >= WIDE { SEARCH_WIDTH } else { NARROW_SEARCH_WIDTH };
    let everything = download_all_text(scene);
    let mut with_words = true;
    let mut tools = BUTTON_HEIGHT + SPACE_3 + segments_width(ui, &choices) + SPACE_3 + search_width;
    if let Some(text) = &everything {
        let whole = Button::new(text).with_icon(Icon::Program).size(ui).x;
        let title_width = title.galley(ui, f32::INFINITY).size().x;
        // Where its words would leave no room for the title, it is its icon alone.
        with_words = title_width + SPACE_3 + whole + SPACE_2 + tools <= rect.width();
        tools += if with_words { whole } else { BUTTON_HEIGHT } + SPACE_2;
    }
    let tools_left = rect.right() - tools;

    let galley = title.galley(ui, tools_left - rect.left() - SPACE_3);
    let title_width = galley.size().x;
    place(ui, pos2(rect.left(), rect.center().y - galley.size().y / 2.0), &title, galley);
    let counted = Line::of(counted(scene), Type::Small, colors.muted);
    let counted_left = rect.left() + title_width + SPACE_3;
    let galley = counted.galley(ui, tools_left - counted_left - SPACE_3);
    // Half a number would be worse than none.
    if !galley.elided {
        place(ui, pos2(counted_left, rect.center().y - galley.size().y / 2.0), &counted, galley);
    }

    let tools_rect = Rect::from_min_max(pos2(tools_left, rect.top()), rect.max);
    let layout = Layout::left_to_right(Align::Center);
    let builder = UiBuilder::new().scope_id(Id::unique("list tools"));
    let mut tools = ui.new_child(builder.max_rect(tools_rect).layout(layout));
    tools.spacing_mut().item_spacing.x = 0.0;
    if let Some(text) = everything {
        download_all(&mut tools, scene, &text, with_words);
        tools.add_space(SPACE_2);
    }
    sorting(&mut tools, scene);
    tools.add_space(SPACE_3);
    filter(&mut tools, scene, &choices);
    tools.add_space(SPACE_3);
    search_field(&mut tools, scene, search_width);
}

/// How many bases, and where; while searching, how many were found.
fn counted(scene: &Scene<'_>) -> String {
    let loader = scene.loader();
    let model = scene.model;
    if !model.list.search.trim().is_empty() {
        return fl!(loader, "bases-found", count = model.list.rows.len());
    }
    let places = model.places();
    let mut parts = Vec::new();
    if places.here > 0 {
        parts.push(fl!(loader, "bases-here", count = places.here));
    }
    if places.remote > 0 {
        parts.push(fl!(loader, "bases-remote", count = places.remote));
    }
    if places.cloud > 0 {
        parts.push(fl!(loader, "bases-cloud", count = places.cloud));
    }
    parts.join(", ")
}

/// «Скачать все · 1,2 ГБ», where there are several downloads; not while only some bases are looked at.
fn download_all_text(scene: &Scene<'_>) -> Option<String> {
    let loader = scene.loader();
    let downloads = scene.model.downloads();
    let count = downloads.ids.len();
    if count < 2 || !scene.model.list.search.trim().is_empty() {
        return None;
    }
    Some(match downloads.size {
        Some(size) => {
            fl!(loader, "download-all-size", size = scene.texts.size(size))
        }
        None => fl!(loader, "download-all", count = count.to_string()),
    })
}

fn download_all(ui: &mut Ui, scene: &Scene<'_>, text: &str, with_words: bool) {
    let loader = scene.loader();
    let count = scene.model.downloads().ids.len();
    let name = fl!(loader, "download-all-name", count = count);
    let button = if with_words {
        Button::new(text).name(&name).with_icon(Icon::Program)
    } else {
        Button::icon(Icon::Program, &name)
    };
    if button.show(ui).on_hover_text(fl!(loader, "download-all-tip")).clicked() {
        scene.send(Action::List(ListAction::DownloadAll));
    }
}

fn sorting(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let chosen = scene.model.list.sort;
    let name = fl!(loader, "sort-name", sort = sort_text(scene, chosen));
    let button = Button::icon(Icon::Sort, &name).show(ui);
    let menu = Popup::menu(&button).accessible_name(fl!(loader, "sort-title")).gap(SPACE_1);
    let shown = menu.show(|ui| {
        ui.set_min_width(MENU_WIDTH);
        ui.spacing_mut().button_padding = vec2(SPACE_2, SPACE_1_HALF);
        for sort in SORTS {
            let entry = ui.selectable_label(sort == chosen, sentence(&sort_text(scene, sort)));
            spoken::option(ui, &entry, sort == chosen);
            if entry.clicked() {
                scene.send(Action::List(ListAction::Sort(sort)));
                ui.close();
            }
        }
        spoken::popup(ui, Role::ListBox);
    });
    spoken::opens(ui, &button, HasPopup::Listbox, shown.is_some());
}

fn sort_text(scene: &Scene<'_>, sort: Sort) -> String {
    let loader = scene.loader();
    match sort {
        Sort::Machine => fl!(loader, "sort-machine"),
        Sort::State => fl!(loader, "sort-state"),
        Sort::Name => fl!(loader, "sort-by-name"),
        Sort::Product => fl!(loader, "sort-product"),
        Sort::Installed => fl!(loader, "sort-installed"),
        Sort::LastSeen => fl!(loader, "sort-last-seen"),
    }
}

fn filter(ui: &mut Ui, scene: &Scene<'_>, choices: &[&str]) {
    let chosen = match scene.model.list.filter {
        Filter::All => 0,
        Filter::WithUpdates => 1,
    };
    let builder = UiBuilder::new()
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(fl!(scene.loader(), "filter-name"));
    let clicked = ui.scope_builder(builder, |ui| {
        let clicked = segments(ui, choices, chosen);
        spoken::place(ui, ui.min_rect());
        clicked
    });
    let clicked = clicked.inner;
    if let Some(place) = clicked {
        let filter = if place == 0 { Filter::All } else { Filter::WithUpdates };
        scene.send(Action::List(ListAction::Filter(filter)));
    }
}

fn search_field(ui: &mut Ui, scene: &Scene<'_>, width: f32) {
    let loader = scene.loader();
    let (hint, name, clear) =
        (fl!(loader, "search-hint"), fl!(loader, "search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    if let Some(text) = search(ui, search_id(), &texts, &scene.model.list.search, width) {
        scene.send(Action::List(ListAction::Search(text)));
    }
}
