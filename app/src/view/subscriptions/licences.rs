//! A row about a licence below its base. It is quiet, as a licence decides nothing here, unless it is a temporary one
//! that ends.

use smarts_core::machine::{Licence, TermState};

use crate::view::Scene;
use crate::view::row_state::{Face, Side};
use crate::view::theme::icons::Icon;
use crate::view::theme::{Palette, Type};
use crate::view::widgets::marks::Badge;
use crate::view::widgets::text::Line;

pub(super) fn licence(scene: &Scene<'_>, colors: &Palette, licence: &Licence) -> Face {
    let texts = scene.texts;
    let state = scene.model.licence_state(licence);
    let (icon, color) = match state {
        TermState::Active => (Icon::Check, colors.muted),
        TermState::EndsSoon { .. } => (Icon::Clock, colors.amber),
        TermState::Ended { .. } => (Icon::Exclamation, colors.err),
        TermState::Unread => (Icon::Question, colors.muted),
    };
    let quiet = |words: &str| Line::of(words, Type::Small, colors.muted);
    let mut title = vec![Line::of(texts.licence_product(licence), Type::Small, colors.text)];
    title.extend(licence.company.as_deref().map(quiet));
    let term = texts.licence_term(licence, state);
    let mut middle: Vec<Line> = term.map(|term| Line::of(term, Type::Small, color)).into_iter().collect();
    middle.extend(texts.licence_devices(licence).map(|devices| quiet(&devices)));
    Face {
        name: texts.licence(licence, state),
        badge: Badge::Sign(icon, color),
        tint: false,
        title,
        middle,
        bar: None,
        side: Side::Lines(vec![quiet(licence.file())]),
        controls: Vec::new(),
    }
}
