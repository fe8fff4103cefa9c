//! What the worker is asked to do ([`Command`]), and what it answers ([`Event`]). What a person does is an
//! [`Action`](super::Action).

use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::check::Report;
use smarts_core::http::login::Password;
use smarts_core::http::proxy::ProxyAddress;
use smarts_core::machine::Machine;
use smarts_core::plan::kept::GoesOn;
use smarts_core::settings::Key;
use smarts_core::subscription::Subscriptions;
use smarts_core::tree::RelPath;

use super::activity::{Stage, Transfer};
use super::at_hand::{AtHand, AtHandCommand};
use super::devices::{DevicesCommand, DevicesEvent};
use super::diagnostics::{DiagnosticsCommand, DiagnosticsEvent};
use super::going_back::{GoingBackCommand, GoingBackEvent};
use super::history::{HistoryCommand, HistoryEvent};
use super::notice::{CheckFailure, Notice};
use super::outcome::{BaseResult, WizardTemplate};
use super::reports::PcReports;
use super::settings::{SettingsCommand, SettingsEvent};
use super::sheet::{SheetData, ToldDifference};
use super::skipping::Skipped;
use super::subscriptions::{SubscriptionCommand, SubscriptionEvent};
use super::waiting::WaitingPlan;
use crate::session::{Detour, Proved};

/// A proxy that wants a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyQuestion {
    /// Which.
    pub proxy: ProxyAddress,
    /// Whose password.
    pub user: String,
}

/// Work for the worker. Every item id is one of the last report's.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Use a password for a proxy for as long as the program runs.
    UsePassword {
        /// Which.
        proxy: ProxyAddress,
        /// What was typed.
        password: Password,
    },
    /// Read the machine and the last report, without asking the source. Answers: [`Event::Offline`],
    /// [`Event::SkippedRead`], [`Event::SubscriptionsRead`], [`SubscriptionEvent::Access`], [`Event::Loaded`], and
    /// [`Event::DownloadPaused`] or [`Event::CoveredLeft`] for every partial file that belongs to an offer.
    Load,
    /// Read the machine again, and the last report: another program of ours has looked or changed something.
    /// Answers: [`Event::SubscriptionsRead`] and [`Event::Renewed`], or none where the source has been changed meanwhile.
    Renew {
        /// Whether the report counts; one that is about another source does not.
        with_report: bool,
    },
    /// Hear no more of the version that is offered for an item, nor of the same one for other bases.
    /// Answers: [`Event::SkippedRead`], and [`Event::SkipNotKept`] before it where that is so.
    Skip {
        /// Its id.
        item_id: String,
    },
    /// Hear of it again. Answers: the same.
    OfferAgain {
        /// Its id.
        item_id: String,
    },
    /// About the settings.
    Settings(SettingsCommand),
    /// Let the person choose a file or a folder for a setting. The window's part. Answer:
    /// [`super::SettingsAction::Type`], or none.
    ChooseSetting(Key),
    /// Let the person choose the file that is to become the trusted root. The window's part. Answer:
    /// [`super::SettingsAction::UseRoot`], or none.
    ChooseRoot,
    /// Let the person choose a folder with reports. The window's part, not the worker's. Answer:
    /// [`super::ReportsAction::Open`], or none.
    ChooseReports,
    /// Read the reports in a folder. Answer: [`Event::ReportsRead`].
    ReadReports {
        /// On this host.
        folder: PathBuf,
    },
    /// Let the person choose a list of subscriptions. The window's part. Answer:
    /// [`super::subscriptions::ImportAction::Open`], or none.
    ChooseSubscriptions,
    /// Let the person choose where the list is to be written to. The window's part. Answer:
    /// [`super::SubscriptionsAction::Export`], or none.
    ChooseSubscriptionsExport,
    /// About subscriptions.
    Subscriptions(SubscriptionCommand),
    /// Let the person choose an exported event log. The window's part. Answer:
    /// [`super::HistoryAction::OpenFile`], or none.
    ChooseHistoryFile,
    /// Let the person choose where the history is to be written to. The window's part. Answer:
    /// [`super::HistoryAction::Export`], or none.
    ChooseHistoryExport,
    /// About the history.
    History(HistoryCommand),
    /// Read releases from there, from now on. Answer: [`Event::SourceInUse`]; whatever comes before it is about
    /// the former source.
    UseSource(Detour),
    /// Let the person choose a folder, in the system's own dialog. The window's part, not the worker's. Answer:
    /// [`super::SourceAction::UseFolder`], or none.
    ChooseFolder,
    /// Check. Answers: [`Event::CheckStarted`], [`Event::CheckProgress`], [`Event::MachineRead`],
    /// [`Event::SubscriptionsRead`] before and after it, [`Event::SkippedRead`], [`Event::Checked`].
    Check,
    /// Download the files of all steps, from what is there, and examine them. Answers:
    /// [`Event::DownloadProgress`] and [`Event::DownloadWaiting`] …, [`Event::Verifying`], [`Event::Verified`], or
    /// [`Event::DownloadPaused`], [`Event::DownloadFailed`], [`Event::FileRefused`].
    Download {
        /// Whose offer.
        item_id: String,
        /// The newest covered release in place of the newest.
        covered: bool,
    },
    /// Stop it and keep what has arrived. Answer: [`Event::DownloadPaused`].
    PauseDownload {
        /// Whose.
        item_id: String,
    },
    /// Stop it and delete what has arrived. No answer.
    CancelDownload {
        /// Whose.
        item_id: String,
        /// As it was begun.
        covered: bool,
    },
    /// Find out what an update would do and what stands in its way. Answer: [`Event::SheetReady`].
    Preview {
        /// Whose file.
        item_id: String,
        /// The bases to update, pilot first; empty for the platform and for this program.
        base_ids: Vec<String>,
    },
    /// Find out how files of the pilot differ from what an update puts in their place. Answer:
    /// [`Event::DifferencesRead`].
    ReadDifferences {
        /// Whose file.
        item_id: String,
        /// In the base's folder.
        paths: Vec<RelPath>,
    },
    /// Install. Answers: [`Event::ApplyProgress`] …, [`Event::ApplyFinished`].
    Apply {
        /// Whose file.
        item_id: String,
        /// The bases to update, pilot first; empty for the platform and for this program.
        base_ids: Vec<String>,
        /// The person agreed to a file that nothing proves.
        accept_unproved: bool,
        /// Older copies of bases that the person lets go of once everything is done, by their ids.
        agreed_to_go: Vec<String>,
    },
    /// Stop as soon as that leaves everything as it was. Answer: [`Event::ApplyFinished`].
    StopApply,
    /// About going back to a copy of a base.
    GoingBack(GoingBackCommand),
    /// Prepare the update of bases with a template that a wizard left. Answers: [`Event::Verified`] and
    /// [`Event::SheetReady`] for the first of the bases.
    ApplyTemplate {
        /// The template.
        template: PathBuf,
        /// Pilot first; never empty.
        base_ids: Vec<String>,
    },
    /// Let the person choose a file to update from. The window's part. Answer: [`super::AtHandAction::Open`], or none.
    ChooseAtHand,
    /// About a file at hand.
    AtHand(AtHandCommand),
    /// Say nothing of the release that is offered for an item until then, and remind the person of it.
    Remind {
        /// Its id.
        item_id: String,
        /// When.
        at: Timestamp,
    },
    /// Let the window call for attention without taking the keyboard. The window's part, not the worker's.
    CallAttention,
    /// Prepare a part of what was agreed to and not finished. Answer: [`Event::SheetReady`] for it, or none if it is
    /// put away meanwhile, as a file at hand is.
    GoOn {
        /// Which part, of which plan.
        goes_on: GoesOn,
        /// The key that it waits under.
        item_id: String,
        /// The bases it is about, pilot first; empty for the platform and for this program.
        base_ids: Vec<String>,
    },
    /// Give up what is left of a plan. Answers: [`Event::PlanAbandoned`] and [`Event::WaitingRead`].
    AbandonPlan {
        /// The name of its file.
        plan: String,
    },
    /// About what is found on this PC.
    Diagnostics(DiagnosticsCommand),
    /// About mobile devices.
    Devices(DevicesCommand),
    /// Show the folder of the program's log.
    OpenLogFolder,
    /// Show a folder.
    OpenFolder {
        /// On this host.
        path: PathBuf,
    },
    /// Show a page; http or https.
    OpenLink {
        /// The address.
        url: String,
    },
}

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
