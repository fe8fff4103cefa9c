//! What this program finds on this PC, line by line, for whoever helps: the command line prints it, a window
//! can show it.
//!
//! Nothing is changed, nothing is asked over the network, and nothing secret is said: addresses come without
//! credentials. A line's `id` is a contract with scripts and with instructions; its text is for people.
//! Deliberately not here: mending anything.

mod background;
mod network;
mod ours;
mod pc;
mod trust;

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::machine::Machine;
use smarts_core::settings;

pub(crate) use self::network::proxy_words;
use crate::i18n::Texts;
use crate::session::Session;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is about; never changes.
    pub id: &'static str,
    /// Whether it is as it should be.
    pub state: State,
    /// In a sentence.
    pub text: String,
    /// Paths, numbers, the system's words; may be empty.
    pub detail: String,
}

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is.
    Ok,
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
}

/// All findings, always the same ones in the same order. `broken`: why the settings were not read, where the
/// session had to do without them.
pub fn lines(session: &Session, broken: Option<&settings::Error>, texts: &Texts) -> Vec<Line> {
    let machine = session.machine();
    let subject = Subject { session, machine: &machine, texts };
    vec![
        pc::program(&subject),
        pc::signature(&subject),
        pc::windows(&subject),
        pc::rights(&subject),
        ours::folder(&subject),
        ours::settings(&subject, broken),
        ours::policy(&subject),
        ours::source(&subject),
        trust::line(&subject),
        network::proxy(&subject),
        network::ca_file(&subject),
        pc::platform(&subject),
        pc::bases(&subject),
        background::task(&subject),
        background::last_check(&subject),
        background::event_log(&subject),
        background::event_source(&subject),
        pc::reboot(&subject),
        ours::renderer(&subject),
        ours::downloads(&subject),
        ours::journal(&subject),
        ours::changes(&subject),
        ours::log(&subject),
    ]
}

/// A finding as it is printed and copied: a row of its own, what it is found by below.
pub fn told(line: &Line, texts: &Texts) -> String {
    let mark = match line.state {
        State::Ok => fl!(texts.loader, "diagnose-mark-ok"),
        State::Attention => fl!(texts.loader, "diagnose-mark-attention"),
        State::Unknown => fl!(texts.loader, "diagnose-mark-unknown"),
    };
    let detail = if line.detail.is_empty() { String::new() } else { format!("    {}\n", line.detail) };
    format!("{mark}  {}\n{detail}", line.text)
}

impl Line {
    fn new(id: &'static str, state: State, text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { id, state, text: text.into(), detail: detail.into() }
    }
}

#[cfg(test)]
mod tests;
