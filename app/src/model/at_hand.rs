//! A file that a person has at hand — dropped on the window, or chosen: what it says of itself, how far it is proved,
//! and which bases it is for.
//!
//! What is examined waits with the worker until it is used or put away: closing the page, or the sheet after it,
//! leaves nothing behind, and a stick can be taken out. It waits under a key of its own, because the row of a base
//! is about what its source offers, and not about this file.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use smarts_core::version::Version;

use super::sheet::Choice;
use super::{Command, DevicesCommand, Dialog, Leave, Model, Notice, PLATFORM, Permission, UPDATER};
use crate::session::Proved;

/// Before what the file is for. No base has such an id, as XML knows no such character.
const MARK: char = '\u{1}';

/// About a file at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtHandAction {
    /// Choose one in the system's dialog.
    ChooseFile,
    /// Examine this one.
    Open(PathBuf),
    /// Tick or untick a base.
    Choose {
        /// Its id.
        base_id: String,
        /// Ticked.
        chosen: bool,
    },
    /// Prepare the update; the sheet opens.
    Confirm,
}

/// Work for the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtHandCommand {
    /// Examine a file; the former one is put away. Answer: [`super::Event::AtHandExamined`], or none if it is put
    /// away meanwhile.
    Examine {
        /// On this host.
        path: PathBuf,
    },
    /// Forget it, and close it.
    PutAway,
}

/// The page about a file at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct AtHandPage {
    /// The file.
    pub path: PathBuf,
    /// `None` while it is being examined.
    pub found: Option<Result<AtHand, Notice>>,
}

/// A file at hand that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct AtHand {
    /// What it is for.
    pub purpose: Purpose,
    /// What it is of, as it says itself; empty where it does not.
    pub product: String,
    /// Its version, as it says itself.
    pub version: Option<Version>,
    /// Whose it is, as it says itself.
    pub company: Option<String>,
    /// The day it came out, where that is known.
    pub released: Option<Date>,
    /// How far it is proved; `None`: not at all, and that is why it is refused.
    pub proved: Option<Proved>,
    /// The bases it is for; all ticked at first.
    pub choices: Vec<Choice>,
    /// Bases of that product that it is not for.
    pub unfit: Vec<Unfit>,
    /// What to know beforehand; a sentence each.
    pub attention: Vec<String>,
    /// Why it updates nothing here, and what to do.
    pub refusal: Option<Notice>,
}

/// What a file at hand is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A template: bases are updated from it.
    Bases,
    /// The platform's installer.
    Platform,
    /// The installer of this program.
    Updater,
    /// A product's wizard.
    Wizard,
    /// Nothing that is updated here.
    Foreign,
}

/// A base that a file is not for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Its name.
    pub name: String,
    /// Why not, in a few words.
    pub why: String,
}

/// What the sheet of a file at hand is about: the offers know nothing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfFile {
    /// What it is of.
    pub product: String,
    /// Its version.
    pub version: Version,
}

impl Purpose {
    /// The key that the examined file waits under.
    pub fn key(self) -> String {
        match self {
            Self::Platform => format!("{MARK}{PLATFORM}"),
            Self::Updater => format!("{MARK}{UPDATER}"),
            Self::Bases | Self::Wizard => format!("{MARK}bases"),
            // Never waits.
            Self::Foreign => MARK.to_string(),
        }
    }
}

/// Whether this is the key of a file at hand and no item's id.
pub fn is_at_hand(item_id: &str) -> bool {
    item_id.starts_with(MARK)
}

/// Whom an installation is about: bases, or `platform`, or `updater`.
pub fn targets(item_id: &str, base_ids: &[String]) -> Vec<String> {
    if base_ids.is_empty() { vec![about(item_id).to_owned()] } else { base_ids.to_vec() }
}

/// The item that a sheet is about, as far as it is one.
pub fn about(item_id: &str) -> &str {
    item_id.strip_prefix(MARK).unwrap_or(item_id)
}

impl Model {
    pub(super) fn change_at_hand(&mut self, action: AtHandAction) -> Vec<Command> {
        match action {
            AtHandAction::ChooseFile => vec![Command::ChooseAtHand],
            AtHandAction::Open(path) => self.open_at_hand(path),
            AtHandAction::Choose { base_id, chosen } => {
                if let Some(Dialog::AtHand(AtHandPage { found: Some(Ok(file)), .. })) = &mut self.dialog {
                    for choice in file.choices.iter_mut().filter(|choice| choice.id == base_id) {
                        choice.chosen = chosen;
                    }
                }
                Vec::new()
            }
            AtHandAction::Confirm => self.prepare_at_hand(),
        }
    }

    /// What else is open is not taken away for it.
    fn open_at_hand(&mut self, path: PathBuf) -> Vec<Command> {
        let is_free = matches!(self.dialog, None | Some(Dialog::AtHand(_))) && self.leave != Leave::Asking;
        if !is_free {
            return Vec::new();
        }
        self.dialog = Some(Dialog::AtHand(AtHandPage { path: path.clone(), found: None }));
        vec![Command::AtHand(AtHandCommand::Examine { path })]
    }

    pub(super) fn fill_at_hand(&mut self, path: &Path, found: Result<AtHand, Notice>) -> Vec<Command> {
        match &mut self.dialog {
            Some(Dialog::AtHand(page)) if page.path == path => {
                page.found = Some(found);
                Vec::new()
            }
            // The examination of the other has put it away; one more would put away the other.
            Some(Dialog::AtHand(_)) => Vec::new(),
            // Nobody waits for it any more.
            _ => vec![Command::AtHand(AtHandCommand::PutAway)],
        }
    }

    fn prepare_at_hand(&mut self) -> Vec<Command> {
        let Some(Dialog::AtHand(page)) = &self.dialog else { return Vec::new() };
        let Some(Ok(file)) = &page.found else { return Vec::new() };
        if !file.can_be_prepared() || self.permission != Permission::Granted {
            return Vec::new();
        }
        let Some(version) = file.version else { return Vec::new() };
        let of_file = OfFile { product: file.product.clone(), version };
        let chosen = file.choices.iter().filter(|choice| choice.chosen).cloned().collect();
        self.show_sheet_of(&file.purpose.key(), chosen, Some(of_file))
    }

    /// To be called with what is about to be closed.
    pub(super) fn put_away(&self) -> Vec<Command> {
        if self.app_page().is_some() {
            return vec![Command::Devices(DevicesCommand::PutAway)];
        }
        let is_open = match &self.dialog {
            Some(Dialog::AtHand(_)) => true,
            Some(Dialog::Sheet(sheet)) => is_at_hand(&sheet.item_id),
            _ => false,
        };
        if is_open { vec![Command::AtHand(AtHandCommand::PutAway)] } else { Vec::new() }
    }

    /// The version that is there before a sheet's update.
    pub fn installed(&self, item_id: &str) -> Option<Version> {
        if let Some(item) = self.item_by_id(item_id) {
            return item.installed;
        }
        let machine = self.machine.as_ref()?;
        match item_id {
            PLATFORM => Some(machine.platform.as_ref()?.version),
            UPDATER => Some(machine.updater.as_ref()?.version),
            base_id => machine.base(base_id)?.version,
        }
    }
}

impl AtHand {
    /// Whether there is something to prepare.
    pub fn can_be_prepared(&self) -> bool {
        let has_target = match self.purpose {
            Purpose::Bases | Purpose::Wizard => self.choices.iter().any(|choice| choice.chosen),
            Purpose::Platform | Purpose::Updater => true,
            Purpose::Foreign => false,
        };
        has_target && self.refusal.is_none()
    }
}
