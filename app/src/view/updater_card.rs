//! This program: a card in no colour, and only when there is something to say. One that is up to date takes
//! no room; its version stands in the line above.

use egui::Ui;
use i18n_embed_fl::fl;
use smarts_core::offer::{Item, State};

use super::Scene;
use super::card::{self, Card};
use super::controls::offer_menu;
use super::item_controls::Keys;
use super::row_state::file_facts;
use super::theme::{self, Palette, SPACE_3, Type};
use super::widgets::marks::{Badge, mark};
use super::widgets::text::Line;
use crate::model::UPDATER;
use crate::model::details::Of;

const SPACE_BELOW: f32 = SPACE_3;

pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let Some(card) = card(scene, theme::palette(ui)) else { return };
    let rect = card::show(ui, scene, UPDATER, &card);
    if scene.model.shown.as_ref().is_some_and(|shown| shown.id == UPDATER) {
        mark(ui, rect);
    }
    ui.add_space(SPACE_BELOW);
}

/// What it says; `None` where there is nothing to say.
pub(super) fn card(scene: &Scene<'_>, colors: &Palette) -> Option<Card> {
    let item = told(scene)?;
    Some(if scene.model.is_skipped(item) {
        Card::of_skipped(scene, colors, Badge::Program, item)
    } else {
        describe(scene, colors, item)
    })
}

/// What there is something to say of.
pub(super) fn told<'a>(scene: &Scene<'a>) -> Option<&'a Item> {
    scene.model.updater().filter(|item| says_something(scene, item))
}

/// A source without releases of this program is no news; a newer one that cannot be reached is.
fn says_something(scene: &Scene<'_>, item: &Item) -> bool {
    let at_rest = match item.state {
        State::Available { .. } | State::Blocked { .. } | State::Unknown { .. } => true,
        State::UpToDate => !item.warnings.is_empty(),
        State::NotManaged { .. } => false,
    };
    at_rest || scene.model.activity(UPDATER).is_some()
}

fn describe(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Card {
    let mut card = Card::of(scene, colors, colors.text, Badge::Program, item);
    if scene.model.activity(UPDATER).is_some() {
        return card;
    }
    let keys = Keys { scene, id: UPDATER, name: card.name.clone() };
    card.middle = middle(scene, colors, item);
    card.controls.extend(item.offer().map(|_| keys.notes()));
    if matches!(item.state, State::Available { .. }) {
        match scene.texts.updated_by(&scene.model.permission) {
            None => card.controls.push(keys.update(false)),
            Some(words) => card.middle = vec![Line::of(words, Type::Small, colors.muted).rows(2)],
        }
    }
    card.controls.push(offer_menu(scene, &card.name, Of::Item(item.id.clone()), &item.id));
    card
}

fn middle(scene: &Scene<'_>, colors: &Palette, item: &Item) -> Vec<Line> {
    let small = |words: String, color| Line::of(words, Type::Small, color).rows(3);
    let facts = item.offer().and_then(|offer| file_facts(scene, colors, offer));
    let mut lines: Vec<Line> = match &item.state {
        State::Available { .. } => {
            let hint = small(fl!(scene.loader(), "updater-hint"), colors.muted);
            std::iter::once(hint).chain(facts).collect()
        }
        State::Blocked { blocks, .. } => {
            blocks.iter().map(|block| small(scene.texts.block(block), colors.err)).collect()
        }
        State::Unknown { reason } => {
            let reason = scene.texts.unknown(reason);
            vec![small(fl!(scene.loader(), "row-unknown", reason = reason), colors.amber)]
        }
        State::UpToDate | State::NotManaged { .. } => Vec::new(),
    };
    lines.extend(item.warnings.iter().map(|warning| small(scene.texts.warning(warning), colors.amber)));
    lines
}
