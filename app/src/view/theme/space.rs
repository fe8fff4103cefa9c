//! Sizes and spaces: steps of one grid, 4 points wide, with two half steps for what is small.

/// Half a step.
pub const SPACE_HALF: f32 = 2.0;
/// One step of the grid.
pub const SPACE_1: f32 = 4.0;
/// One step and a half.
pub const SPACE_1_HALF: f32 = 6.0;
/// Two steps: between things that belong together.
pub const SPACE_2: f32 = 8.0;
/// Three steps.
pub const SPACE_3: f32 = 12.0;
/// Four steps: between columns.
pub const SPACE_4: f32 = 16.0;
/// Five steps.
pub const SPACE_5: f32 = 20.0;
/// Six steps: between parts of a page.
pub const SPACE_6: f32 = 24.0;
/// Eight steps.
pub const SPACE_8: f32 = 32.0;

/// So many steps of the grid, for what is larger: columns, dialogs.
pub const fn steps(count: u16) -> f32 {
    count as f32 * SPACE_1
}

/// Side of an icon beside small text.
pub const ICON_SMALL: f32 = 14.0;
/// Side of an icon.
pub const ICON: f32 = 16.0;
/// Side of an icon that stands in for a row's letters.
pub const ICON_BADGE: f32 = SPACE_5;
/// Side of an icon in an empty place.
pub const ICON_LARGE: f32 = SPACE_8;

/// Height of the bar at the top.
pub const TOP_BAR_HEIGHT: f32 = steps(14);
/// Space between the window's sides and its content.
pub const PAGE_MARGIN: f32 = SPACE_6;
/// Most width of a page of text and fields.
pub const PAGE_WIDTH: f32 = steps(190);
/// Height of a row of the list.
pub const ROW_HEIGHT: f32 = steps(16);
/// Height of a button.
pub const BUTTON_HEIGHT: f32 = steps(9);
/// Space inside a button, left and right of its text.
pub const BUTTON_PADDING: f32 = SPACE_4;
/// Side of a row's icon.
pub const ICON_SIZE: f32 = steps(10);
/// Space between the columns of a row.
pub const COLUMN_GAP: f32 = SPACE_4;
/// Width of the coloured edge of a row.
pub const EDGE_WIDTH: f32 = SPACE_1;
/// Height of a progress bar.
pub const BAR_HEIGHT: f32 = SPACE_1_HALF;
/// How far the text of a list item stands in from its sign.
pub const LIST_INDENT: f32 = 18.0;
/// Of the dot before a list item.
pub const DOT_RADIUS: f32 = SPACE_HALF;
/// Corners of buttons and fields.
pub const RADIUS_CONTROL: u8 = 8;
/// Corners of icons, banners and boxes.
pub const RADIUS_BOX: u8 = 10;
/// Corners of cards and of the list.
pub const RADIUS_CARD: u8 = 12;
/// Corners of dialogs.
pub const RADIUS_DIALOG: u8 = 16;
