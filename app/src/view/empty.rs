//! What stands in the list's place while there is nothing to list: a quiet picture, the fact, what follows.

use egui::{Align, Layout, Rect, Stroke, StrokeKind, Ui, UiBuilder, Vec2, vec2};
use i18n_embed_fl::fl;
use smarts_core::check::Report;

use super::Scene;
use super::theme::icons::{self, Icon};
use super::theme::motion;
use super::theme::{
    self, BUTTON_HEIGHT, RADIUS_CARD, SPACE_1, SPACE_3, SPACE_4, SPACE_6, SPACE_8, Type, steps,
};
use super::widgets::button::Button;
use super::widgets::text::Line;
use crate::model::list::Filter;
use crate::model::{Action, ListAction};

const HEIGHT: f32 = steps(62);
const PICTURE: f32 = steps(16);
const SMALL_PICTURE: f32 = steps(10);
/// The room of the words below it.
const WORDS: f32 = 2.0 * SPACE_8;
const WORDS_AND_BUTTON: f32 = WORDS + BUTTON_HEIGHT + SPACE_3;

/// What is said in the place of a list.
pub(super) struct Emptiness {
    /// What there is not.
    pub fact: String,
    /// Why, or what follows.
    pub hint: String,
    /// A picture of it.
    pub icon: Icon,
    /// What to do about it.
    pub button: Option<(String, Action)>,
}

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let is_checking = scene.model.report.is_none() && scene.model.check.is_some();
    let is_waiting = !scene.model.loaded || is_checking && is_filtered(scene);
    card(ui, scene, what(scene), is_waiting);
}

/// Draws it; `is_waiting`: something is on its way, and the picture turns.
pub(super) fn card(ui: &mut Ui, scene: &Scene<'_>, emptiness: Emptiness, is_waiting: bool) {
    let colors = theme::palette(ui);
    let height = HEIGHT.min(ui.available_height().max(steps(30)));
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), height));
    let line = Stroke::new(1.0, colors.line);
    ui.painter().rect(rect, RADIUS_CARD, colors.surface, line, StrokeKind::Inside);
    // Where there is little room, the words matter more than the picture.
    let picture = if height < HEIGHT { SMALL_PICTURE } else { PICTURE };
    let words = if emptiness.button.is_some() { WORDS_AND_BUTTON } else { WORDS };
    let content = picture + words;
    let place = Rect::from_center_size(rect.center(), vec2(rect.width() - steps(12), content));
    let builder = UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Center));
    let mut inner = ui.new_child(builder);
    inner.spacing_mut().item_spacing.y = 0.0;
    let (_, icon) = inner.allocate_space(Vec2::splat(picture));
    if picture >= PICTURE {
        inner.painter().circle(icon.center(), picture / 2.0, colors.bg, line);
    }
    if is_waiting {
        motion::spinner(inner.painter(), icon.center(), SPACE_6, colors.edge);
    } else {
        icons::paint(inner.painter(), emptiness.icon, icon.center(), SPACE_8, colors.edge);
    }
    inner.add_space(SPACE_3);
    line_centred(&mut inner, &Line::of(emptiness.fact, Type::Heading, colors.text));
    inner.add_space(SPACE_1);
    line_centred(&mut inner, &Line::of(emptiness.hint, Type::Small, colors.muted));
    if let Some((text, action)) = emptiness.button {
        inner.add_space(SPACE_4);
        if Button::new(&text).show(&mut inner).clicked() {
            scene.send(action);
        }
    }
}

fn line_centred(ui: &mut Ui, line: &Line) {
    let galley = line.galley(ui, ui.available_width());
    let (_, rect) = ui.allocate_space(galley.size());
    super::widgets::text::place(ui, rect.min, line, galley);
}

fn what(scene: &Scene<'_>) -> Emptiness {
    let loader = scene.loader();
    let model = scene.model;
    let show_all = || {
        let button = fl!(loader, "show-all");
        Some((button, Action::List(ListAction::Filter(Filter::All))))
    };
    if !model.loaded {
        let fact = fl!(loader, "empty-loading");
        return Emptiness { fact, hint: String::new(), icon: Icon::Bases, button: None };
    }
    if !model.list.search.trim().is_empty() {
        if model.list.filter == Filter::WithUpdates {
            let (fact, hint) = (fl!(loader, "empty-no-match"), fl!(loader, "empty-no-match-filtered"));
            return Emptiness { fact, hint, icon: Icon::Search, button: show_all() };
        }
        let clear = Action::List(ListAction::Search(String::new()));
        return Emptiness {
            fact: fl!(loader, "empty-no-match"),
            hint: fl!(loader, "empty-no-match-hint"),
            icon: Icon::Search,
            button: Some((fl!(loader, "search-clear"), clear)),
        };
    }
    if is_filtered(scene) && model.report.is_none() {
        return unchecked(scene);
    }
    if is_filtered(scene) {
        // Nothing known is not the same as nothing there.
        let is_complete = model.report.as_ref().is_some_and(Report::is_complete);
        let sure = is_complete && model.check_failure.is_none();
        let (fact, icon) = if sure {
            (fl!(loader, "empty-no-updates"), Icon::Check)
        } else {
            (fl!(loader, "empty-no-known-updates"), Icon::Bases)
        };
        return Emptiness { fact, hint: fl!(loader, "empty-no-updates-hint"), icon, button: show_all() };
    }
    if let Some(fault) = model.machine.as_ref().and_then(|machine| machine.bases_unknown.as_ref()) {
        let hint = scene.texts.file_fault(fault);
        let button = Some((fl!(loader, "menu-diagnosis"), Action::Diagnose));
        return Emptiness { fact: fl!(loader, "bases-unread"), hint, icon: Icon::Exclamation, button };
    }
    Emptiness {
        fact: fl!(loader, "empty-no-bases"),
        hint: fl!(loader, "empty-no-bases-hint"),
        icon: Icon::Bases,
        button: None,
    }
}

/// There are bases, and none of them is shown.
fn is_filtered(scene: &Scene<'_>) -> bool {
    scene.model.list.filter == Filter::WithUpdates && !scene.model.list.entries.is_empty()
}

/// Which bases have updates is not known yet.
fn unchecked(scene: &Scene<'_>) -> Emptiness {
    let loader = scene.loader();
    let model = scene.model;
    let hint = fl!(loader, "empty-unchecked-hint");
    if model.check.is_some() {
        return Emptiness { fact: fl!(loader, "empty-checking"), hint, icon: Icon::Refresh, button: None };
    }
    let (fact, icon, again) = if model.check_failure.is_some() {
        (fl!(loader, "empty-check-failed"), Icon::Exclamation, fl!(loader, "empty-check-again"))
    } else {
        (fl!(loader, "empty-unchecked"), Icon::Question, fl!(loader, "empty-check"))
    };
    Emptiness { fact, hint, icon, button: Some((again, Action::CheckNow)) }
}
