//! Going back: which copy, how far, and what that would do; with a button that stays dead with the reason beside it
//! while something stands in the way. And the question before a copy that makes older ones too many.

pub(super) mod life;
mod outlook;
mod question;

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder, vec2};
use i18n_embed_fl::fl;
use smarts_core::backup::Way;

use super::Scene;
use super::modal::{leaves, middle_height, modal, scrolling};
use super::sheet::boxed;
use super::sheet::marked;
use super::subscriptions::is_asked;
use super::theme::icons::Icon;
use super::theme::motion;
use super::theme::{self, BUTTON_HEIGHT, ICON, SPACE_1, SPACE_2, SPACE_3, SPACE_5, SPACE_6, Type, steps};
use super::widgets::button::{Button, Look, link, link_width};
use super::widgets::radio::{Choice, radios};
use super::widgets::spoken::dead_because;
use super::widgets::text::{Line, block, label, paragraph};
use crate::i18n::sentence;
use crate::model::going_back::{Copy, GoingBackPage, Listed, Look as Looked, Obstacle};
use crate::model::{Action, GoingBackAction};

const WIDTH: f32 = steps(180);
const GAP: f32 = SPACE_3;
const COPIES_HEIGHT: f32 = steps(48);
const OUTLOOK_HEIGHT: f32 = steps(28);
/// Of the words between the buttons, at least.
const WORDS_WIDTH: f32 = steps(32);

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage) {
    match page.question {
        Some(question) => question::show(ui, scene, page, question),
        None => choose(ui, scene, page),
    }
}

fn send(scene: &Scene<'_>, action: GoingBackAction) {
    scene.send(Action::GoingBack(action));
}

fn choose(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage) {
    let loader = scene.loader();
    let title = fl!(loader, "going-back-title", name = page.name.as_str());
    modal(ui, scene, "going back", &title, WIDTH, Action::CloseDialog, |ui| {
        ui.add_space(SPACE_3);
        let second_row = if FootWords::of(scene, page).fit(ui) { 0.0 } else { BUTTON_HEIGHT + SPACE_2 };
        let height = middle_height(ui, steps(32) + second_row);
        scrolling(ui, "going back", height, |ui| middle(ui, scene, page));
        foot(ui, scene, page);
    });
}

fn middle(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    match &page.listed {
        None => boxed(ui, |ui| waiting(ui, &fl!(loader, "going-back-listing"))),
        Some(Err(reason)) => boxed(ui, |ui| marked(ui, Icon::Cross, colors.err, reason, None)),
        Some(Ok(listed)) if listed.copies.is_empty() => {
            let folder = listed.dir.display().to_string();
            let hint = fl!(loader, "going-back-none-hint", folder = folder);
            boxed(ui, |ui| {
                label(ui, &Line::of(fl!(loader, "going-back-none"), Type::Strong, colors.text));
                ui.add_space(SPACE_1);
                paragraph(ui, hint, Type::Small, colors.muted);
            });
        }
        Some(Ok(listed)) => {
            copies(ui, scene, page, listed);
            if let Some(copy) = page.copy() {
                ui.add_space(GAP);
                ways(ui, scene, page, copy);
                ui.add_space(GAP);
                boxed(ui, |ui| {
                    // What is found out does not move what the person is about to press more than it has to.
                    ui.set_min_height(OUTLOOK_HEIGHT);
                    outlook::show(ui, scene, page, copy);
                });
            }
        }
    }
}

fn copies(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage, listed: &Listed) {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    boxed(ui, |ui| {
        // Of copies that are none of ours the folder is what is left.
        let (open, dir) = match page.copy() {
            Some(copy) => (fl!(loader, "going-back-open-copy"), &copy.dir),
            None => (fl!(loader, "going-back-open-all"), &listed.dir),
        };
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), SPACE_6));
        let left = rect.with_max_x(rect.right() - link_width(ui, &open) - GAP);
        block(ui, left, &[Line::of(fl!(loader, "going-back-copies"), Type::Strong, colors.text)]);
        let layout = Layout::right_to_left(Align::Center);
        let builder = UiBuilder::new().scope_id(Id::unique("open copy")).max_rect(rect).layout(layout);
        if link(&mut ui.new_child(builder), &open, &open).clicked() {
            scene.send(Action::OpenFolder(dir.clone()));
        }
        ui.add_space(SPACE_1);
        let choices: Vec<Choice> = listed.copies.iter().map(|copy| of_copy(ui, scene, copy)).collect();
        let chosen = listed.copies.iter().position(|copy| page.chosen.as_ref() == Some(&copy.id));
        scrolling(ui, "copies", COPIES_HEIGHT, |ui| {
            let picked = radios(ui, &choices, chosen).and_then(|place| listed.copies.get(place));
            if let Some(copy) = picked {
                send(scene, GoingBackAction::Choose(copy.id.clone()));
            }
        });
    });
}

fn of_copy(ui: &Ui, scene: &Scene<'_>, copy: &Copy) -> Choice {
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let moment = |time| sentence(&scene.texts.moment(time, &scene.model.now));
    let when = copy.time.map_or_else(|| copy.id.clone(), moment);
    let title = match copy.version {
        Some(version) => {
            fl!(loader, "going-back-copy", time = when.as_str(), version = version.to_string())
        }
        None => when,
    };
    let size = copy.size_bytes.map(|bytes| scene.texts.size(bytes));
    let user = Some(&copy.user).filter(|user| !user.is_empty());
    let user = user.map(|user| fl!(loader, "going-back-by", user = user.as_str()));
    let facts: Vec<String> = [Some(copy.why.clone()), size, user].into_iter().flatten().collect();
    let facts = facts.join(" · ");
    let name = [Some(&title), Some(&facts), copy.refused.as_ref()];
    let name = name.into_iter().flatten().cloned().collect::<Vec<_>>().join(". ");
    let color = if copy.is_usable() { colors.text } else { colors.muted };
    let mut lines =
        vec![Line::of(title, Type::Body, color), Line::of(facts, Type::Small, colors.muted).rows(2)];
    lines.extend(copy.refused.as_ref().map(|why| Line::of(why, Type::Small, colors.muted).rows(3)));
    Choice { id: Id::unique(("copy", &copy.id)), name, lines, dead: !copy.is_usable() }
}

fn ways(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage, copy: &Copy) {
    const WAYS: [Way; 2] = [Way::Replaced, Way::Whole];
    let loader = scene.loader();
    let colors = theme::palette(ui);
    let part_hint = if copy.has_changes {
        fl!(loader, "going-back-part-hint")
    } else {
        fl!(loader, "going-back-part-dead")
    };
    let choice = |key: &str, title: String, hint: String, dead: bool| {
        let color = if dead { colors.muted } else { colors.text };
        let lines =
            vec![Line::of(&title, Type::Body, color), Line::of(&hint, Type::Small, colors.muted).rows(3)];
        Choice { id: Id::unique(("way back", key)), name: format!("{title}. {hint}"), lines, dead }
    };
    let choices = [
        choice("part", fl!(loader, "going-back-part"), part_hint, !copy.has_changes),
        choice("whole", fl!(loader, "going-back-whole"), fl!(loader, "going-back-whole-hint"), false),
    ];
    boxed(ui, |ui| {
        label(ui, &Line::of(fl!(loader, "going-back-way"), Type::Strong, colors.text));
        ui.add_space(SPACE_1);
        let chosen = WAYS.iter().position(|way| *way == page.way);
        if let Some(way) = radios(ui, &choices, chosen).and_then(|place| WAYS.get(place)) {
            send(scene, GoingBackAction::Way(*way));
        }
    });
}

/// A turning circle with words.
fn waiting(ui: &mut Ui, text: &str) {
    let colors = theme::palette(ui);
    ui.horizontal(|ui| {
        let (_, rect) = ui.allocate_space(vec2(SPACE_5, SPACE_5));
        motion::spinner(ui.painter(), rect.center(), ICON, colors.muted);
        label(ui, &Line::of(text, Type::Body, colors.muted));
    });
}

/// What stands on the buttons.
struct FootWords {
    copy: Option<String>,
    cancel: String,
    /// Nothing where there is no copy to go back to.
    confirm: Option<String>,
}

impl FootWords {
    fn of(scene: &Scene<'_>, page: &GoingBackPage) -> Self {
        let loader = scene.loader();
        let is_asked = is_asked(scene);
        let is_empty = !page.copies().iter().any(Copy::is_usable);
        let confirm = if is_asked {
            fl!(loader, "going-back-confirm-asked")
        } else {
            fl!(loader, "going-back-confirm")
        };
        Self {
            copy: copy_text(scene, page, is_asked),
            cancel: if is_empty { fl!(loader, "close") } else { fl!(loader, "sheet-cancel") },
            confirm: (!is_empty).then_some(confirm),
        }
    }

    /// The copy's button at the left, and the others at the right.
    fn widths(&self, ui: &Ui) -> (f32, f32) {
        let width = |text: &String| Button::new(text).size(ui).x + SPACE_3;
        let right = width(&self.cancel) + self.confirm.as_ref().map_or(-SPACE_3, width);
        (self.copy.as_ref().map_or(0.0, width), right)
    }

    /// Whether they stand in one row, with room for words between them.
    fn fit(&self, ui: &Ui) -> bool {
        let (left, right) = self.widths(ui);
        left + WORDS_WIDTH + right <= ui.available_width()
    }
}

fn foot(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage) {
    let words_of = FootWords::of(scene, page);
    let (left_width, right_width) = words_of.widths(ui);
    ui.add_space(SPACE_5);
    let (_, mut rect) = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT));
    let left = rect.with_max_x(rect.left() + left_width);
    if let Some(text) = &words_of.copy {
        let why = scene.model.copy_obstacle(&page.base_id).map(|obstacle| words(scene, obstacle));
        let mut left = foot_row(ui, "copy", left);
        let copy = Button::new(text).dead(why.is_some()).show(&mut left);
        dead_because(&left, &copy, why.as_deref());
        if copy.clicked() {
            send(scene, GoingBackAction::Copy);
        }
    }
    let mut between = left.right();
    if !words_of.fit(ui) {
        ui.add_space(SPACE_2);
        rect = ui.allocate_space(vec2(ui.available_width(), BUTTON_HEIGHT)).1;
        between = rect.left();
    }
    let right = rect.with_min_x(rect.right() - right_width);
    let between = Rect::from_x_y_ranges(between..=right.left() - GAP, rect.y_range());
    let obstacle = scene.model.back_obstacle(page);
    let why = obstacle.map(|obstacle| words(scene, obstacle)).filter(|_| words_of.confirm.is_some());
    before_confirm(ui, scene, page, between, why.as_deref());
    let mut right = foot_row(ui, "confirm", right);
    let cancel = Button::new(&words_of.cancel).look(Look::Ghost).show(&mut right);
    leaves(&right, scene, Some(&cancel));
    let Some(text) = &words_of.confirm else { return };
    let confirm = Button::new(text).look(Look::Primary).dead(obstacle.is_some()).show(&mut right);
    dead_because(&right, &confirm, why.as_deref());
    if confirm.clicked() {
        send(scene, GoingBackAction::Confirm);
    }
}

/// Why one cannot go back, or what would be lost.
fn before_confirm(ui: &mut Ui, scene: &Scene<'_>, page: &GoingBackPage, rect: Rect, why: Option<&str>) {
    let colors = theme::palette(ui);
    let line = match (why, &page.look) {
        (Some(why), _) => Line::of(why, Type::Small, colors.muted),
        (None, Looked::Seen(outlook)) if outlook.lost > 0 => {
            let text = fl!(scene.loader(), "going-back-lost-short", count = outlook.lost);
            Line::of(text, Type::Small, colors.amber)
        }
        (None, _) => return,
    };
    block(ui, rect, &[line.rows(2)]);
}

fn foot_row(ui: &mut Ui, key: &str, rect: Rect) -> Ui {
    let layout = Layout::left_to_right(Align::Center);
    let builder = UiBuilder::new().scope_id(Id::unique(("going back", key)));
    let mut row = ui.new_child(builder.max_rect(rect).layout(layout));
    row.spacing_mut().item_spacing.x = SPACE_3;
    row
}

/// Nothing while it is not known what a copy would be. A question follows where copies become too many, or where the
/// system asks.
fn copy_text(scene: &Scene<'_>, page: &GoingBackPage, is_asked: bool) -> Option<String> {
    let loader = scene.loader();
    match &page.listed {
        Some(Ok(Listed { next: Ok(next), .. })) if is_asked || !next.too_many.is_empty() => {
            Some(fl!(loader, "going-back-copy-asked"))
        }
        Some(Ok(Listed { next: Ok(_), .. })) => Some(fl!(loader, "going-back-copy-now")),
        Some(_) | None => None,
    }
}

fn words(scene: &Scene<'_>, obstacle: Obstacle) -> String {
    let loader = scene.loader();
    match obstacle {
        Obstacle::NotTheirs => scene.texts.updated_by(&scene.model.permission).unwrap_or_default(),
        Obstacle::Busy => fl!(loader, "sheet-why-busy"),
        Obstacle::Downloading => fl!(loader, "going-back-why-download"),
        Obstacle::NothingChosen => fl!(loader, "going-back-why-none"),
        Obstacle::Looking => fl!(loader, "going-back-why-looking"),
        Obstacle::Fault => fl!(loader, "going-back-why-fault"),
        Obstacle::NoRoom => fl!(loader, "going-back-why-room"),
        Obstacle::Nothing => fl!(loader, "going-back-why-nothing"),
    }
}
