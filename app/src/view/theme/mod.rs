//! The window's design system: colours, type scale, sizes and spaces, icons, motion. Everything else on the screen is
//! drawn with these and has no colour or size of its own.

pub mod icons;
pub mod motion;
mod palette;
mod space;
mod style;
mod type_scale;

use egui::{Context, Theme};

pub use self::palette::{DARK, LIGHT, Palette, palette};
pub use self::space::*;
pub use self::type_scale::Type;

/// Gives a context the window's fonts and both themes. To be called before its first pass.
pub fn install(ctx: &Context) {
    ctx.set_fonts(type_scale::fonts());
    // Where the system does not say, as on X11.
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style::style(theme));
    }
}
