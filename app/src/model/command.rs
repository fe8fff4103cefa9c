//! What the worker is asked to do; what it answers is an [`Event`], and what a person does an
//! [`Action`](super::Action).

use std::path::PathBuf;

use jiff::Timestamp;
use smarts_core::http::login::Password;
use smarts_core::http::proxy::ProxyAddress;
use smarts_core::plan::kept::GoesOn;
use smarts_core::settings::Key;
use smarts_core::tree::RelPath;

use super::at_hand::AtHandCommand;
use super::devices::DevicesCommand;
use super::diagnostics::DiagnosticsCommand;
#[cfg(doc)]
use super::event::Event;
use super::going_back::GoingBackCommand;
use super::history::HistoryCommand;
use super::settings::SettingsCommand;
use super::subscriptions::SubscriptionCommand;
#[cfg(doc)]
use super::subscriptions::SubscriptionEvent;
use crate::session::Detour;

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
