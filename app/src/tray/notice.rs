//! What `smarts notice --json` says and the stub shows: the contract between the two.
//!
//! Everything is in the person's language and decided already; the stub only shows it and hands back what the
//! person chose. Nothing printed at all means: there is nothing to say now; [`Over`]: nothing is open at all. Deliberately without anything of the
//! core: the stub stays tiny. An older stub ignores fields of a newer `smarts`.

use serde::{Deserialize, Serialize};

/// The variable by which a stub that asks `smarts` says its name, so that it is not told what it hears anyway.
pub const ASKED_BY: &str = "MOBILE_SMARTS_STUB";

/// Nothing is open, so that no message of an earlier day holds any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// Always true.
    pub nothing_open: bool,
}

/// What to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// A message to be shown now, in place of one shown before; `None`: none is due.
    pub message: Option<Message>,
    /// The icon for as long as the stub waits.
    pub icon: Icon,
    /// In the order of the menu.
    pub menu: Vec<Entry>,
    /// The icon goes after so many seconds by itself.
    pub wait_secs: u64,
}

/// A message of the desktop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// One line.
    pub title: String,
    /// One sentence or a few.
    pub body: String,
    /// Picture.
    pub kind: Kind,
    /// The item that a click opens the window at; `None`: the window alone.
    pub open: Option<String>,
}

/// The icon in the notification area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Icon {
    /// Picture.
    pub kind: Kind,
    /// How much is new; 0: no number is shown.
    pub count: u32,
    /// What it is called, also for who cannot see it.
    pub tooltip: String,
    /// As [`Message::open`].
    pub open: Option<String>,
}

/// What it is about, told by colour and form; the words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Updates of products: blue.
    Products,
    /// An update of the platform: violet.
    Platform,
    /// Both.
    Both,
    /// Something that is no update and needs a person: checks fail, a subscription ends.
    Attention,
}

/// A line of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// As shown.
    pub label: String,
    /// What it does.
    pub act: Act,
}

/// What a line of the menu does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Opens the window, at an item if one is named.
    Open(Option<String>),
    /// Runs `smarts` with these arguments, and shows what it says then as it does at the start.
    Run(Vec<String>),
    /// The icon goes.
    Leave,
}
