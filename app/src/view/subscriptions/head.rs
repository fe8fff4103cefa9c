//! The head of the tab: the sum, what to do with the whole list, what has just been done, and what is shown.

use egui::{Align, Id, Layout, Pos2, Rect, Role, Ui, UiBuilder, pos2, vec2};
use i18n_embed_fl::fl;

use super::{action, invoice, is_free, is_new};
use crate::i18n::sentence;
use crate::model::subscriptions::{By, Filter, ImportAction, Told};
use crate::model::{Action, SubscriptionsAction};
use crate::view::Scene;
use crate::view::controls::menu;
use crate::view::theme::{self, BUTTON_HEIGHT, SPACE_2, SPACE_3, Type, steps};
use crate::view::widgets::button::{Button, Look, link};
use crate::view::widgets::fields::{SearchTexts, search, segments, segments_width};
use crate::view::widgets::spoken;
use crate::view::widgets::text::{Line, block, label, paragraph};

const HEIGHT: f32 = steps(13);
const TOOLS_HEIGHT: f32 = BUTTON_HEIGHT;
const SEARCH_WIDTH: f32 = steps(50);
const GAP: f32 = SPACE_3;

/// The search field.
pub(in crate::view) fn search_id() -> Id {
    Id::unique("search subscriptions")
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let model = scene.model;
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let (import, add) = (fl!(loader, "subs-import"), fl!(loader, "subs-add"));
    let keys = [Button::new(&import), Button::new(&add)];
    let widths: f32 = keys.iter().map(|key| key.size(ui).x).sum();
    let free = is_free(scene);
    // What stands below has these buttons, too; and nothing is added to a list that is not read.
    let begins = free && !is_new(scene) && model.subscription_page.unread.is_none();
    let right_width = if begins { widths + 2.0 * SPACE_2 + BUTTON_HEIGHT } else { BUTTON_HEIGHT };
    let words = rect.with_max_x(rect.right() - right_width - 2.0 * GAP);
    let sum = &model.subscription_page.overview.sum;
    let title = if model.loaded { scene.texts.subscription_sum(sum) } else { fl!(loader, "subs-reading") };
    let mut facts = Line::of(scene.texts.subscription_facts(sum), Type::Body, colors.muted);
    let unread = model.subscriptions.faults.len();
    if unread > 0 {
        if !facts.plain().is_empty() {
            facts = facts.and(" · ", Type::Body, colors.muted);
        }
        facts = facts.and(fl!(loader, "subs-fact-unread", count = unread), Type::Body, colors.amber);
    }
    let lines = [Line::of(title, Type::Title, colors.text), facts];
    let lines: Vec<Line> = lines.into_iter().filter(|line| !line.plain().is_empty()).collect();
    block(ui, words, &lines);

    let place = rect.with_min_x(rect.right() - right_width).with_max_y(rect.top() + BUTTON_HEIGHT);
    let builder = UiBuilder::new().scope_id(Id::unique("subscription buttons")).max_rect(place);
    let mut right = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    right.spacing_mut().item_spacing.x = SPACE_2;
    if begins {
        let [import, add] = keys;
        if import.show(&mut right).clicked() {
            scene.send(action(SubscriptionsAction::Import(ImportAction::Choose)));
        }
        if add.show(&mut right).clicked() {
            scene.send(action(SubscriptionsAction::Add));
        }
    }
    more(&mut right, scene);
    told(ui, scene);
    if let Some(clock) = &model.clock {
        paragraph(ui, sentence(&scene.texts.clock_behind(clock)), Type::Body, colors.amber);
    }
    if !free {
        label(ui, &Line::of(fl!(loader, "subs-locked"), Type::Body, colors.muted).rows(2));
    }
    ui.add_space(SPACE_3);
}

/// What is needed now and then, and needs no rights.
fn more(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let mut entries = Vec::new();
    let rows = scene.model.subscription_page.billed;
    if rows > 0 {
        entries.push((fl!(loader, "subs-copy"), action(SubscriptionsAction::Copied { rows })));
    }
    if !scene.model.subscriptions.records.is_empty() {
        entries.push((fl!(loader, "subs-export"), action(SubscriptionsAction::ChooseExport)));
    }
    if has_platform(scene) {
        entries.push((fl!(loader, "subs-open-manager"), action(SubscriptionsAction::OpenLicenceManager)));
    }
    if entries.is_empty() {
        return;
    }
    menu(ui, scene, &fl!(loader, "subs-more"), &entries);
    // The clipboard is the window's; that it was copied is told like anything else that was done.
    let copied = Action::Subscriptions(SubscriptionsAction::Copied { rows });
    if scene.actions.borrow().contains(&copied) {
        ui.ctx().copy_text(invoice::text(scene));
    }
}

/// Whether there is a folder of the platform to open.
pub(super) fn has_platform(scene: &Scene<'_>) -> bool {
    let platform = scene.model.machine.as_ref().and_then(|machine| machine.platform.as_ref());
    platform.is_some_and(|platform| platform.install_dir.is_some())
}

/// What has just been done.
fn told(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(told) = &scene.model.subscription_page.told else { return };
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let text = match told.clone() {
        Told::Imported { .. } => fl!(loader, "subs-told-imported"),
        Told::Saved { records, .. } => fl!(loader, "subs-told-saved", count = records),
        Told::Removed { device, .. } => fl!(loader, "subs-told-removed", device = device.as_str()),
        Told::Exported { path, written } => {
            let path = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            fl!(loader, "subs-told-exported", count = written.records, path = path)
        }
        Told::Failed(why) => why,
    };
    let text = [Some(text), besides(scene, told)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let color = match told {
        Told::Failed(_) => colors.err,
        Told::Exported { written, .. } if written.left_out > 0 => colors.amber,
        _ => colors.ok,
    };
    let builder = UiBuilder::new().accessibility_role(Role::Status).accessibility_label(text.clone());
    ui.scope_builder(builder, |ui| {
        ui.horizontal(|ui| {
            label(ui, &Line::of(text, Type::Body, color).rows(3));
            let folder = match told {
                Told::Exported { path, .. } => path.parent(),
                _ => told.former().and_then(|former| former.path.parent()),
            };
            if let Some(folder) = folder {
                let words = fl!(loader, "subs-show-file");
                if link(ui, &words, &words).clicked() {
                    scene.send(Action::OpenFolder(folder.to_path_buf()));
                }
            }
        });
    });
}

/// What of the kept list is not where it was, or not in a file that was written.
fn besides(scene: &Scene<'_>, told: &Told) -> Option<String> {
    let loader = scene.loader();
    if let Told::Exported { written, .. } = told {
        let count = written.left_out;
        return (count > 0).then(|| fl!(loader, "subs-told-left-out", count = count));
    }
    let former = told.former()?;
    let path = former.path.display().to_string();
    Some(match former.lines {
        Some(count) => fl!(loader, "subs-told-former-lines", count = count, path = path),
        None => fl!(loader, "subs-told-former", path = path),
    })
}

/// By device or by base, which of them, and the search.
pub(super) fn tools(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let page = &scene.model.subscription_page;
    let (device, base) = (fl!(loader, "subs-by-device"), fl!(loader, "subs-by-base"));
    let by = [device.as_str(), base.as_str()];
    let filters = Filter::ALL.map(|filter| filter_word(scene, filter));
    let filters: Vec<&str> = filters.iter().map(String::as_str).collect();
    let by_width = segments_width(ui, &by);
    let filter_width = segments_width(ui, &filters);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), TOOLS_HEIGHT));
    // Where they do not fit side by side, the filter has a row of its own.
    let fits = by_width + GAP + filter_width + GAP + SEARCH_WIDTH <= rect.width();
    let filter_row = if fits {
        rect
    } else {
        ui.add_space(SPACE_2);
        ui.allocate_space(vec2(ui.available_width(), TOOLS_HEIGHT)).1
    };
    let part = |ui: &mut Ui, key: &str, at: Pos2, width: f32, name: String| {
        let place = Rect::from_min_size(at, vec2(width, TOOLS_HEIGHT));
        let builder = UiBuilder::new().scope_id(Id::unique(("subscription tools", key)));
        let builder = builder.accessibility_role(Role::RadioGroup).accessibility_label(name);
        let part = ui.new_child(builder.max_rect(place).layout(Layout::left_to_right(Align::Center)));
        spoken::place(&part, place);
        part
    };

    let mut left = part(ui, "by", rect.min, by_width, fl!(loader, "subs-by-name"));
    let chosen = usize::from(page.by == By::Base);
    if let Some(place) = segments(&mut left, &by, chosen) {
        let by = if place == 0 { By::Device } else { By::Base };
        scene.send(action(SubscriptionsAction::By(by)));
    }
    let search_left = rect.right() - SEARCH_WIDTH;
    let filter_left = if fits { search_left - GAP - filter_width } else { filter_row.left() };
    let at = pos2(filter_left, filter_row.top());
    let mut middle = part(ui, "filter", at, filter_width, fl!(loader, "subs-filter-name"));
    let chosen = Filter::ALL.iter().position(|filter| *filter == page.filter).unwrap_or_default();
    let clicked = segments(&mut middle, &filters, chosen).and_then(|place| Filter::ALL.get(place));
    if let Some(filter) = clicked {
        scene.send(action(SubscriptionsAction::Filter(*filter)));
    }

    let place = rect.with_min_x(search_left);
    let builder = UiBuilder::new().scope_id(Id::unique("subscription search")).max_rect(place);
    let mut right = ui.new_child(builder.layout(Layout::left_to_right(Align::Center)));
    let (hint, name, clear) =
        (fl!(loader, "subs-search"), fl!(loader, "subs-search-name"), fl!(loader, "search-clear"));
    let texts = SearchTexts { hint: &hint, name: &name, clear: &clear };
    if let Some(text) = search(&mut right, search_id(), &texts, &page.search, place.width()) {
        scene.send(action(SubscriptionsAction::Search(text)));
    }
    ui.add_space(SPACE_2);
}

fn filter_word(scene: &Scene<'_>, filter: Filter) -> String {
    let loader = scene.loader();
    match filter {
        Filter::All => fl!(loader, "subs-filter-all"),
        Filter::Ended => fl!(loader, "subs-filter-ended"),
        Filter::EndsSoon => fl!(loader, "subs-filter-soon"),
        Filter::NoData => fl!(loader, "subs-filter-no-data"),
    }
}

/// A plain button that opens the import or asks about a device, for the introduction.
pub(super) fn begin(ui: &mut Ui, scene: &Scene<'_>) {
    let loader = scene.loader();
    let (import, add) = (fl!(loader, "subs-import"), fl!(loader, "subs-add"));
    if Button::new(&import).look(Look::Primary).show(ui).clicked() {
        scene.send(action(SubscriptionsAction::Import(ImportAction::Choose)));
    }
    if Button::new(&add).show(ui).clicked() {
        scene.send(action(SubscriptionsAction::Add));
    }
}
