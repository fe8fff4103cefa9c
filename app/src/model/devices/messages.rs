//! What the worker is asked about mobile devices, and what it answers.

use std::collections::BTreeMap;
use std::path::PathBuf;

use smarts_core::devices::overview::Overview;
use smarts_core::devices::staging::Older;
use smarts_core::version::Version;

use super::page::{AppFacts, AppFrom, Arrival, BaseStaged, Progress};

/// Work about mobile devices. A turn tells the answers to what was given up.
#[derive(Clone, Debug, PartialEq)]
pub enum DevicesCommand {
    /// Read the devices and what their bases hand out. Answer: [`DevicesEvent::Read`].
    Read {
        /// Which reading.
        turn: u64,
    },
    /// Fetch an app, or open one at hand, and examine it; the former one is put away. Answers:
    /// [`DevicesEvent::Arriving`] …, [`DevicesEvent::Examined`].
    Prepare {
        /// Which page.
        turn: u64,
        /// Where it comes from.
        from: AppFrom,
        /// The bases it was asked for; the source is looked up for the first. Empty for a file that was dropped, and where
        /// the worker finds them out.
        base_ids: Vec<String>,
    },
    /// Stage what was examined. Answers: [`DevicesEvent::Staging`] …, [`DevicesEvent::Staged`].
    Stage {
        /// Which page.
        turn: u64,
        /// In their order.
        base_ids: Vec<String>,
        /// What becomes of older versions.
        older: Older,
        /// The person agreed to a file that nothing proves.
        accept_unproved: bool,
    },
    /// Take back what was staged last. Answer: [`DevicesEvent::Unstaged`].
    Unstage {
        /// For these bases.
        base_ids: Vec<String>,
        /// Which version the person saw there.
        versions: BTreeMap<String, Version>,
    },
    /// Stop fetching, or staging as long as devices see nothing of it. The answer is that of what was stopped.
    Stop,
    /// Forget the file, and close it.
    PutAway,
    /// Let the person choose an app. The window's part. Answer: [`super::DevicesAction::Prepare`], or none.
    ChooseApp {
        /// The base it is for.
        base_id: String,
    },
    /// Let the person choose where the list is to be written to. The window's part. Answer:
    /// [`super::DevicesAction::Export`], or none.
    ChooseExport,
    /// Write the list to a file. Answer: [`DevicesEvent::Exported`].
    Export {
        /// On this host.
        path: PathBuf,
        /// What is in it.
        overview: Box<Overview>,
    },
}

/// An answer about mobile devices.
#[derive(Clone, Debug, PartialEq)]
pub enum DevicesEvent {
    /// What was read; `None`: it broke off.
    Read {
        /// Which reading.
        turn: u64,
        /// What there is.
        read: Option<Box<DevicesRead>>,
    },
    /// The file is on its way.
    Arriving {
        /// Which page.
        turn: u64,
        /// How far.
        arrival: Arrival,
    },
    /// The file was examined, or is not used.
    Examined {
        /// Which page.
        turn: u64,
        /// What it is.
        found: Result<Box<AppFacts>, crate::model::Notice>,
    },
    /// It is being staged.
    Staging {
        /// Which page.
        turn: u64,
        /// How far.
        progress: Progress,
    },
    /// It has ended.
    Staged {
        /// Which page.
        turn: u64,
        /// In the order of the bases.
        results: Vec<BaseStaged>,
    },
    /// Taking back has ended.
    Unstaged {
        /// In the order of the bases.
        results: Vec<BaseStaged>,
    },
    /// The list was written, or why not; a sentence.
    Exported {
        /// Which file.
        path: PathBuf,
        /// Whether.
        result: Result<(), String>,
    },
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct DevicesRead {
    /// The devices.
    pub overview: Overview,
    /// What was staged last and can be taken back, by base.
    pub undoable: BTreeMap<String, Version>,
}
