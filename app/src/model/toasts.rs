//! What was just done, said for a moment inside the window, with the way back where there is one.
//!
//! Deliberately not here: failures and whatever a person has to act on. Those stay until they are dealt with.

use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::version::Version;

use super::action::Action;
use super::{Command, Model};

/// How long it is said, in seconds.
pub const SAID_SECS: i64 = 8;
/// How long, where it can be taken back.
pub const UNDO_SECS: i64 = 16;
/// Older ones give way.
const MOST: usize = 3;

/// Something done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// A version is not offered any more.
    Skipped {
        /// The product, or the platform.
        what: String,
        /// The version.
        version: String,
    },
    /// It is offered again.
    OfferedAgain {
        /// The product, or the platform.
        what: String,
        /// The version.
        version: String,
    },
    /// Text is in the clipboard.
    Copied,
    /// Rows of a list are in the clipboard.
    RowsCopied {
        /// So many.
        rows: usize,
    },
    /// A download was given up, with what had arrived.
    DownloadCancelled {
        /// Whose.
        item_id: String,
    },
    /// A device does not count any more.
    WrittenOff {
        /// Which.
        device: String,
    },
    /// A device counts again.
    CountedAgain {
        /// Which.
        device: String,
    },
    /// Records were written to a file.
    RecordsWritten {
        /// Where.
        path: PathBuf,
        /// How many.
        count: usize,
    },
    /// A file was written.
    Written {
        /// Where.
        path: PathBuf,
    },
    /// An app is staged for mobile devices.
    AppStaged {
        /// Its version.
        version: Version,
        /// For these bases, by name.
        bases: Vec<String>,
    },
    /// An app is staged no more.
    AppUnstaged {
        /// Its version.
        version: Version,
        /// For these bases, by name.
        bases: Vec<String>,
    },
    /// The settings are saved.
    SettingsSaved,
}

/// One of them on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Its own among all there ever were.
    pub number: u64,
    /// What was done.
    pub done: Done,
    /// What takes it back.
    pub undo: Option<Box<Action>>,
    /// The person looks at it: it stays.
    pub is_held: bool,
    since: Timestamp,
}

/// What a person does with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToastAction {
    /// Say that something was done that the screen does by itself.
    Say(Done),
    /// Take back what was done.
    Undo(u64),
    /// Take back the last thing that can be.
    UndoLast,
    /// Away with it.
    Dismiss(u64),
    /// The pointer or the keyboard came to it, or left it.
    Hold {
        /// Which.
        number: u64,
        /// Came.
        is_held: bool,
    },
}

/// All of them, the oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Toasts {
    /// On the screen.
    pub list: Vec<Toast>,
    told: u64,
}

impl Toast {
    fn lasts(&self) -> i64 {
        if self.undo.is_some() { UNDO_SECS } else { SAID_SECS }
    }
}

impl Model {
    /// Says that something was done; `undo` takes it back.
    pub(super) fn say(&mut self, done: Done, undo: Option<Action>) {
        let toasts = &mut self.toasts;
        toasts.told += 1;
        let since = self.now.timestamp();
        let undo = undo.map(Box::new);
        toasts.list.push(Toast { number: toasts.told, done, undo, is_held: false, since });
        let too_many = toasts.list.len().saturating_sub(MOST);
        toasts.list.drain(..too_many);
    }

    pub(super) fn change_toasts(&mut self, action: ToastAction) -> Vec<Command> {
        match action {
            ToastAction::Say(done) => self.say(done, None),
            ToastAction::Undo(number) => return self.undo(|toast| toast.number == number),
            ToastAction::UndoLast => return self.undo(|toast| toast.undo.is_some()),
            ToastAction::Dismiss(number) => self.toasts.list.retain(|toast| toast.number != number),
            ToastAction::Hold { number, is_held } => {
                let now = self.now.timestamp();
                for toast in self.toasts.list.iter_mut().filter(|toast| toast.number == number) {
                    // Who looks away has the whole time once more.
                    toast.is_held = is_held;
                    toast.since = now;
                }
            }
        }
        Vec::new()
    }

    /// The newest of that kind.
    fn undo(&mut self, is_it: impl Fn(&Toast) -> bool) -> Vec<Command> {
        let Some(place) = self.toasts.list.iter().rposition(is_it) else { return Vec::new() };
        match self.toasts.list.remove(place).undo {
            Some(action) => super::update(self, *action),
            None => Vec::new(),
        }
    }

    /// Also where the clock was set back.
    pub(super) fn forget_toasts(&mut self) {
        let now = self.now.timestamp().as_second();
        let is_old = |toast: &Toast| !(0..toast.lasts()).contains(&(now - toast.since.as_second()));
        self.toasts.list.retain(|toast| toast.is_held || !is_old(toast));
    }

    /// Seconds until the next one goes; `None` where none goes by itself.
    pub fn next_toast_end(&self) -> Option<i64> {
        let now = self.now.timestamp().as_second();
        let free = self.toasts.list.iter().filter(|toast| !toast.is_held);
        free.map(|toast| (toast.since.as_second() + toast.lasts() - now).max(1)).min()
    }
}
