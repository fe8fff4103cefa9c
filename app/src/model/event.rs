//! What the worker answers; what it is asked to do is a [`Command`](super::Command).

use std::path::PathBuf;

use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::subscription::Subscriptions;
use smarts_core::tree::RelPath;

use super::activity::{Stage, Transfer};
use super::at_hand::AtHand;
use super::command::ProxyQuestion;
use super::devices::DevicesEvent;
use super::diagnostics::DiagnosticsEvent;
use super::going_back::GoingBackEvent;
use super::history::HistoryEvent;
use super::notice::{CheckFailure, Notice};
use super::outcome::{BaseResult, WizardTemplate};
use super::reports::PcReports;
use super::settings::SettingsEvent;
use super::sheet::{SheetData, ToldDifference};
use super::skipping::Skipped;
use super::subscriptions::SubscriptionEvent;
use super::waiting::WaitingPlan;
use crate::session::Proved;

/// Whether the person at the window is offered to update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    #[default]
    Granted,
    /// No: only administrators update here.
    Administrators {
        /// Whom to ask, in the company's own words.
        contact: Option<String>,
    },
}

/// An answer of the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The proxy wants a password, which a check or a download has just failed for; and the person may know it.
    PasswordWanted(ProxyQuestion),
    /// The machine as it is, and the last report, if there is one.
    Loaded {
        /// What is installed.
        machine: Machine,
        /// The last report.
        report: Option<Report>,
        /// Whether this person is offered to update.
        permission: Permission,
    },
    /// The machine as it is, and what others have found out meanwhile.
    Renewed {
        /// What is installed.
        machine: Machine,
        /// The last report, if there is one and it counts.
        report: Option<Report>,
        /// What the person does not want to hear of.
        skipped: Skipped,
    },
    /// Whether this PC has no way to a source.
    Offline(bool),
    /// What was agreed to and not finished; `None`: nothing.
    WaitingRead(Option<WaitingPlan>),
    /// A plan was given up, or why not; a sentence.
    PlanAbandoned(Result<(), String>),
    /// What the person does not want to hear of.
    SkippedRead(Skipped),
    /// What is known of subscriptions now.
    SubscriptionsRead(Subscriptions),
    /// About the tab «Подписки».
    Subscriptions(SubscriptionEvent),
    /// About the tab «История».
    History(HistoryEvent),
    /// An answer about a version was not kept, or not wholly; a sentence.
    SkipNotKept(String),
    /// The machine as it is now.
    MachineRead(Machine),
    /// What comes from now on is about the source that was asked for last.
    SourceInUse,
    /// A check is under way.
    CheckStarted,
    /// Lists of releases read so far.
    CheckProgress {
        /// So far.
        done: usize,
        /// In all.
        total: usize,
    },
    /// About the settings.
    Settings(SettingsEvent),
    /// What a folder of reports has.
    ReportsRead {
        /// Which.
        folder: PathBuf,
        /// An error is a sentence.
        read: Result<PcReports, String>,
    },
    /// About what is found on this PC.
    Diagnostics(DiagnosticsEvent),
    /// About the tab «ТСД».
    Devices(DevicesEvent),
    /// The check has ended.
    Checked(Result<Report, CheckFailure>),
    /// Bytes have arrived. At most some ten of these a second.
    DownloadProgress {
        /// Whose.
        item_id: String,
        /// How far.
        transfer: Transfer,
    },
    /// A try at a download has failed, and there will be another.
    DownloadWaiting {
        /// Whose.
        item_id: String,
        /// Bytes kept.
        received: u64,
        /// Bytes in all, where known.
        total: Option<u64>,
        /// Until when, and why; a sentence.
        why: String,
    },
    /// A download was stopped, or an earlier run left one.
    DownloadPaused {
        /// Whose.
        item_id: String,
        /// Bytes kept.
        received: u64,
        /// Bytes in all, where known.
        total: Option<u64>,
    },
    /// An earlier run left a part of the covered release, chosen in place of the newest one.
    CoveredLeft {
        /// Whose.
        item_id: String,
        /// Bytes kept.
        received: u64,
        /// Bytes in all, where known.
        total: Option<u64>,
    },
    /// A download failed; what has arrived is kept unless the notice says otherwise.
    DownloadFailed {
        /// Whose.
        item_id: String,
        /// In words.
        notice: Notice,
    },
    /// A file is not used: it is not what it has to be, or nothing proves that it is.
    FileRefused {
        /// Whose.
        item_id: String,
        /// In words.
        notice: Notice,
    },
    /// Complete; the file is being examined.
    Verifying {
        /// Whose.
        item_id: String,
    },
    /// Examined.
    Verified {
        /// Whose.
        item_id: String,
        /// How far it is proved.
        proved: Proved,
        /// Bytes, of all steps together.
        size: u64,
    },
    /// What an update would do.
    SheetReady {
        /// Whose file.
        item_id: String,
        /// The bases that were asked about.
        base_ids: Vec<String>,
        /// The facts, or why they could not be had.
        sheet: Result<SheetData, Notice>,
    },
    /// How files that were changed by hand differ from what comes in their place.
    DifferencesRead {
        /// Whose file.
        item_id: String,
        /// The files that were asked about.
        paths: Vec<RelPath>,
        /// In their order.
        told: Vec<ToldDifference>,
    },
    /// The installation goes on.
    ApplyProgress {
        /// The base at work, or `platform`, or `updater`.
        item_id: String,
        /// Where it stands.
        stage: Stage,
    },
    /// The installation has ended: for a base as soon as it has, and for the rest of the plan at its end.
    ApplyFinished {
        /// In the plan's order.
        results: Vec<BaseResult>,
    },
    /// About going back to a copy of a base.
    GoingBack(GoingBackEvent),
    /// A wizard has left a newer template.
    WizardTemplate(WizardTemplate),
    /// A file at hand was examined.
    AtHandExamined {
        /// Which.
        path: PathBuf,
        /// What it is, or why it is not used.
        found: Result<AtHand, Notice>,
    },
}
