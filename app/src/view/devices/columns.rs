//! Where the columns of a card stand, and what they are called.

use egui::{Rect, Ui, pos2, vec2};
use i18n_embed_fl::fl;

use crate::view::Scene;
use crate::view::theme::{self, COLUMN_GAP, ICON_BADGE, SPACE_1, SPACE_3, SPACE_4, SPACE_6, Type};
use crate::view::widgets::text::{Line, block};

const HEAD_HEIGHT: f32 = SPACE_6;
/// The parts of the width that the columns have.
const PARTS: [f32; 5] = [0.19, 0.15, 0.27, 0.19, 0.20];

/// The columns of a row.
pub(super) struct Columns {
    pub icon: Rect,
    pub device: Rect,
    pub app: Rect,
    pub works: Rect,
    pub offered: Rect,
    pub seen: Rect,
}

impl Columns {
    pub(super) fn of(rect: Rect) -> Self {
        let inner = rect.shrink2(vec2(SPACE_4, SPACE_1));
        let icon = Rect::from_min_size(inner.min, vec2(ICON_BADGE, inner.height()));
        let texts = inner.with_min_x(icon.right() + SPACE_3);
        let mut left = texts.left();
        let [device, app, works, offered, seen] = PARTS.map(|part| {
            let width = texts.width() * part;
            let place = Rect::from_min_max(
                pos2(left, inner.top()),
                pos2(left + (width - COLUMN_GAP).max(0.0), inner.bottom()),
            );
            left += width;
            place
        });
        Self { icon, device, app, works, offered, seen }
    }
}

/// What stands above the rows.
pub(super) fn head(ui: &mut Ui, scene: &Scene<'_>) {
    let colors = theme::palette(ui);
    let loader = scene.loader();
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), HEAD_HEIGHT));
    let columns = Columns::of(rect);
    let titles = [
        (columns.device, fl!(loader, "devices-column-device")),
        (columns.app, fl!(loader, "devices-column-app")),
        (columns.works, fl!(loader, "devices-column-works")),
        (columns.offered, fl!(loader, "devices-column-offered")),
        (columns.seen, fl!(loader, "devices-column-seen")),
    ];
    for (place, title) in titles {
        block(ui, place, &[Line::of(title, Type::Small, colors.muted)]);
    }
}
