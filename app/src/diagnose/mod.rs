//! What this program finds on this PC, line by line, for whoever helps: the window shows it, the command line prints
//! it.
//!
//! Nothing is changed, and nothing secret is said: addresses come without credentials. Asked over the network is the
//! source alone, and the proxy before it (`way`); everything is looked at side by side, within a few seconds, and
//! can be given up (`crew`). A line's `id` is a contract with scripts and with instructions; its text is for people.
//! Deliberately not here: mending anything.

mod advice;
mod background;
mod crew;
mod folders;
mod network;
mod ours;
mod outline;
mod pc;
pub(crate) mod support;
mod titles;
mod told;
mod trust;
mod way;

use serde::Serialize;
use smarts_core::machine::Machine;
use smarts_core::settings;

pub(crate) use self::crew::{Desk, Step, all, run};
pub(crate) use self::network::proxy_words;
pub use self::outline::{Group, Slot};
pub(crate) use self::told::{Sum, told, told_all};
use crate::i18n::Texts;
use crate::session::Session;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about; never changes.
    pub id: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// Whether it is as it should be.
    pub state: State,
    /// In a sentence.
    pub text: String,
    /// Paths, numbers, the system's words; may be empty.
    pub detail: String,
    /// What to do next, in a sentence; empty where nothing has to be done.
    pub advice: String,
}

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is.
    Ok,
    /// A fact that is neither right nor wrong, or a question that does not arise here.
    Neutral,
    /// Somebody should look.
    Attention,
    /// It cannot be told, here or now.
    Unknown,
}

/// What the findings are made from.
struct Subject<'a> {
    session: &'a Session,
    machine: &'a Machine,
    texts: &'a Texts,
    /// Why the settings were not read, where the session had to do without them.
    broken: Option<&'a settings::Error>,
}

impl Line {
    fn new(id: &'static str, state: State, text: impl Into<String>, detail: impl Into<String>) -> Self {
        let group = outline::group_of(id);
        Self { id, group, state, text: text.into(), detail: detail.into(), advice: String::new() }
    }

    /// With what to do next.
    #[must_use]
    fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}

#[cfg(test)]
mod tests;
