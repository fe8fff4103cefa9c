//! The tabs of the window, and which of them is open.

use super::{Command, Model};

/// A tab of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// What can be updated.
    #[default]
    Updates,
    /// Which mobile devices there are, and the app for them.
    Devices,
    /// Until when each device may receive releases.
    Subscriptions,
    /// Who updated what, when.
    History,
    /// How this program works here.
    Settings,
    /// How it stands on this PC.
    Diagnostics,
}

/// All of them, from left to right; the first is opened by Ctrl+1, and so on.
pub const TABS: [Tab; 6] =
    [Tab::Updates, Tab::Devices, Tab::Subscriptions, Tab::History, Tab::Settings, Tab::Diagnostics];

impl Model {
    pub(super) fn open_tab(&mut self, tab: Tab) -> Vec<Command> {
        self.tab = tab;
        self.subscription_page.told = None;
        Vec::new()
    }
}
