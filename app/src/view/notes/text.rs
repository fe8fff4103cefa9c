//! How notes look: headings, lists with their signs, paragraphs; text to select, links to follow.
//!
//! A screen reader hears headings as headings and lists as lists of so many items.

use egui::{Label, Link, Rect, RichText, Role, Ui, UiBuilder, pos2, vec2};
use smarts_core::notes::{Block, Run};
use url::Url;

use crate::view::theme::{self, DOT_RADIUS, LIST_INDENT, SPACE_1, SPACE_1_HALF, SPACE_2, SPACE_HALF, Type};
use crate::view::widgets::button::{focus_ring, paint_text, text_width};
use crate::view::widgets::spoken::{self, heading};

/// Below the dialog's title and the version.
const HEADING_LEVEL: usize = 3;

/// Draws notes; returns where a link leads that was followed now.
pub(super) fn show(ui: &mut Ui, blocks: &[Block]) -> Option<Url> {
    let mut followed = None;
    for group in blocks.chunk_by(|one, other| is_item(one) && is_item(other)) {
        let group_followed = if group.iter().all(is_item) {
            list(ui, group)
        } else {
            group.iter().filter_map(|block| single(ui, block)).last()
        };
        followed = followed.or(group_followed);
    }
    followed
}

fn is_item(block: &Block) -> bool {
    matches!(block, Block::Item { .. })
}

fn single(ui: &mut Ui, block: &Block) -> Option<Url> {
    match block {
        Block::Heading(runs) => {
            ui.add_space(SPACE_2);
            let followed = match &runs[..] {
                [Run::Text(text) | Run::Bold(text)] => {
                    let shown = ui.add(words_of(ui, text, Type::Strong));
                    heading(ui, shown.id, text, HEADING_LEVEL);
                    None
                }
                _ => heading_of_pieces(ui, block),
            };
            ui.add_space(SPACE_HALF);
            followed
        }
        Block::Paragraph(runs) | Block::Item { runs, .. } => {
            let followed = self::runs(ui, runs, Type::Body);
            ui.add_space(SPACE_1);
            followed
        }
    }
}

/// One with a link in it.
fn heading_of_pieces(ui: &mut Ui, block: &Block) -> Option<Url> {
    let words: String = block.runs().iter().map(Run::text).collect();
    let builder = UiBuilder::new().accessibility_role(Role::Heading).accessibility_label(words);
    let shown = ui.scope_builder(builder, |ui| (runs(ui, block.runs(), Type::Strong), ui.unique_id()));
    let (followed, id) = shown.inner;
    ui.ctx().accesskit_node_builder(id, |node| node.set_level(HEADING_LEVEL));
    followed
}

fn list(ui: &mut Ui, items: &[Block]) -> Option<Url> {
    let builder = UiBuilder::new().accessibility_role(Role::List);
    let count = items.len();
    ui.scope_builder(builder, |ui| {
        let mut followed = None;
        for (place, block) in items.iter().enumerate() {
            if let Block::Item { depth, number, runs } = block {
                let builder = UiBuilder::new().accessibility_role(Role::ListItem);
                let here = ui.scope_builder(builder, |ui| {
                    let id = ui.unique_id();
                    ui.ctx().accesskit_node_builder(id, |node| {
                        node.set_size_of_set(count);
                        node.set_position_in_set(place);
                        node.set_level(*depth + 1);
                    });
                    let followed = item(ui, *depth, number.as_deref(), runs);
                    spoken::place(ui, ui.min_rect());
                    followed
                });
                followed = followed.or(here.inner);
            }
        }
        ui.add_space(SPACE_1);
        spoken::place(ui, ui.min_rect());
        followed
    })
    .inner
}

/// The sign stands left of the text, which is aligned whatever the sign is.
fn item(ui: &mut Ui, depth: usize, number: Option<&str>, runs: &[Run]) -> Option<Url> {
    let colors = theme::palette(ui);
    let wanted = number.map_or(0.0, |number| text_width(ui, number, Type::Body) + SPACE_1_HALF);
    let left = ui.cursor().left() + depth as f32 * LIST_INDENT;
    let top = ui.cursor().top();
    let middle = top + Type::Body.line_height() / 2.0;
    match number {
        Some(number) => {
            paint_text(ui, pos2(left, middle), number, Type::Body, colors.muted);
        }
        None => {
            ui.painter().circle_filled(pos2(left + LIST_INDENT / 3.0, middle), DOT_RADIUS, colors.muted);
        }
    }
    let text_left = left + wanted.max(LIST_INDENT);
    let room = Rect::from_min_max(pos2(text_left, top), pos2(ui.max_rect().right(), f32::INFINITY));
    let mut child = ui.new_child(UiBuilder::new().max_rect(room));
    let followed = self::runs(&mut child, runs, Type::Body);
    let height = child.min_rect().height();
    let whole = Rect::from_min_size(pos2(ui.cursor().left(), top), vec2(ui.available_width(), height));
    ui.advance_cursor_after_rect(whole);
    ui.add_space(SPACE_HALF);
    followed
}

/// Pieces one after the other, wrapped together.
fn runs(ui: &mut Ui, runs: &[Run], style: Type) -> Option<Url> {
    let colors = theme::palette(ui);
    let mut followed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.spacing_mut().interact_size.y = style.line_height();
        for run in runs {
            match run {
                Run::Text(text) => {
                    ui.add(words_of(ui, text, style));
                }
                Run::Bold(text) => {
                    ui.add(words_of(ui, text, Type::Strong));
                }
                Run::Link { text, url } => {
                    let link = ui.add(Link::new(rich(text, style).color(colors.blue)));
                    focus_ring(ui, link.rect, &link);
                    if link.gained_focus() {
                        link.scroll_to_me(None);
                    }
                    if link.on_hover_text(url.as_str()).clicked() {
                        followed = Some(url.clone());
                    }
                }
            }
        }
    });
    followed
}

/// Text that can be selected.
fn words_of(ui: &Ui, text: &str, style: Type) -> Label {
    Label::new(rich(text, style).color(theme::palette(ui).text)).selectable(true).wrap()
}

fn rich(text: &str, style: Type) -> RichText {
    RichText::new(text).font(style.font()).line_height(Some(style.line_height()))
}
