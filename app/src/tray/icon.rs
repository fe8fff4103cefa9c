//! The icon in the notification area and its menu.

use smarts_core::os;
use tray_icon::menu::{ContextMenu, Menu, MenuEvent, MenuItem};
use tray_icon::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};

use super::notice::{Entry, Icon};
use super::state::Event;
use super::{Outbox, pictures};
use crate::error::chain;

const ID: &str = "mobile-smarts-updater";
/// Where who shows it makes it fit: for two pixels in the place of one.
const LARGE_PX: u32 = 48;

/// The icon, while there is one.
pub(super) struct Tray {
    outbox: Outbox,
    icon: Option<TrayIcon>,
}

impl Tray {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self { outbox, icon: None }
    }

    /// Shows it, or changes what is shown; whether it is there then.
    pub(super) fn show(&mut self, icon: &Icon, menu: &[Entry], number: u32) -> bool {
        let shown = self.try_show(icon, menu, number);
        shown.inspect_err(|error| tracing::warn!(error = chain(error), "There is no icon")).is_ok()
    }

    pub(super) fn hide(&mut self) {
        self.icon = None;
    }

    fn try_show(&mut self, icon: &Icon, menu: &[Entry], number: u32) -> tray_icon::Result<()> {
        let picture = picture(icon)?;
        let menu = menu_of(menu, number);
        if let Some(shown) = &self.icon {
            shown.set_icon(Some(picture))?;
            shown.set_tooltip(Some(&icon.tooltip))?;
            shown.set_title(Some(&icon.tooltip));
            shown.set_menu(Some(menu));
            return Ok(());
        }
        self.listen();
        let builder = TrayIconBuilder::new().with_id(ID).with_icon(picture).with_menu(menu);
        let builder = builder.with_tooltip(&icon.tooltip).with_title(&icon.tooltip);
        self.icon = Some(builder.with_menu_on_left_click(false).build()?);
        Ok(())
    }

    fn listen(&self) {
        let outbox = self.outbox.clone();
        TrayIconEvent::set_event_handler(Some(move |event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                outbox.send(Event::Icon);
            }
        }));
        let outbox = self.outbox.clone();
        MenuEvent::set_event_handler(Some(move |event: MenuEvent| {
            if let Some(chosen) = chosen(&event.id.0) {
                outbox.send(chosen);
            }
        }));
    }
}

fn picture(icon: &Icon) -> tray_icon::Result<tray_icon::Icon> {
    let pixels = pictures::icon(icon.kind, icon.count, os::small_icon_px().unwrap_or(LARGE_PX));
    let pixels = pixels.unwrap_or(pictures::Pixels { side: 0, bytes: Vec::new() });
    let picture = tray_icon::Icon::from_rgba(pixels.bytes, pixels.side, pixels.side);
    picture.map_err(|error| tray_icon::Error::OsError(std::io::Error::other(error)))
}

fn menu_of(entries: &[Entry], number: u32) -> Box<dyn ContextMenu> {
    let menu = Menu::new();
    for (line, entry) in entries.iter().enumerate() {
        // One alone underlines the letter after it.
        let label = entry.label.replace('&', "&&");
        let item = MenuItem::with_id(format!("{number}-{line}"), label, true, None);
        if let Err(error) = menu.append(&item) {
            tracing::warn!(error = chain(&error), "A line of the menu is missing");
        }
    }
    Box::new(menu)
}

fn chosen(id: &str) -> Option<Event> {
    let (menu, line) = id.split_once('-')?;
    Some(Event::Chosen { menu: menu.parse().ok()?, line: line.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_known_by_its_menu_and_its_place() {
        assert!(matches!(chosen("3-0"), Some(Event::Chosen { menu: 3, line: 0 })));
        for id in ["", "3", "-", "3-", "x-1", "1-99999999999999999999"] {
            assert!(chosen(id).is_none(), "{id}");
        }
    }
}
