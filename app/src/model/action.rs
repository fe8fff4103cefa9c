//! What a person does in the window.

use std::path::PathBuf;

use jiff::Zoned;
use smarts_core::http::login::Password;

use super::at_hand::AtHandAction;
use super::current::Step;
use super::details::DetailsAction;
use super::devices::DevicesAction;
use super::diagnostics::DiagnosticsAction;
use super::going_back::GoingBackAction;
use super::history::HistoryAction;
use super::list::{Filter, GroupKey};
use super::notes::NotesAction;
use super::reports::ReportsAction;
use super::settings::SettingsAction;
use super::sort::Sort;
use super::subscriptions::SubscriptionsAction;
use super::tab::Tab;
use super::toasts::ToastAction;
use super::waiting::WaitingAction;

/// Something a person did, or the clock.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The time of this frame.
    Tick(Zoned),
    /// The window was opened.
    Opened,
    /// Show an item: `platform`, or a base's id.
    Show(String),
    /// Look for new releases now.
    CheckNow,
    /// Another program of ours has looked or changed something: read the machine and the last report again.
    Renew,
    /// About the list of bases.
    List(ListAction),
    /// About the details of a row.
    Details(DetailsAction),
    /// About the platform, this program or one base.
    Item {
        /// `platform`, `updater`, or the base's id.
        id: String,
        /// What.
        action: ItemAction,
    },
    /// Ask until when the subscriptions of these devices hold now. An open sheet comes back afterwards.
    EnterDates {
        /// By name.
        devices: Vec<String>,
        /// The items it is about, by id.
        items: Vec<String>,
    },
    /// About the sheet that is open.
    Sheet(SheetAction),
    /// About what was agreed to and not finished.
    Waiting(WaitingAction),
    /// About the question after a wizard.
    Wizard(WizardAction),
    /// About a file at hand.
    AtHand(AtHandAction),
    /// About going back to a copy of a base.
    GoingBack(GoingBackAction),
    /// About the source.
    Source(SourceAction),
    /// About the password that the proxy wants.
    Proxy(ProxyAction),
    /// About the settings.
    Settings(SettingsAction),
    /// About the reports of many PCs.
    Reports(ReportsAction),
    /// About the notes that are open.
    Notes(NotesAction),
    /// About what was just done.
    Toast(ToastAction),
    /// Open a tab.
    Tab(Tab),
    /// About subscriptions.
    Subscriptions(SubscriptionsAction),
    /// About the history.
    History(HistoryAction),
    /// Show what keys do.
    ShowKeys,
    /// Show what could not be read.
    ShowProblems,
    /// Open «Диагностика» and look at this PC.
    Diagnose,
    /// About what was found there.
    Diagnostics(DiagnosticsAction),
    /// About mobile devices.
    Devices(DevicesAction),
    /// Show the folder of the program's log.
    OpenLogFolder,
    /// Close whatever dialog is open, changing nothing.
    CloseDialog,
    /// Show a folder in the system's file manager.
    OpenFolder(PathBuf),
    /// Show a page in the browser.
    OpenLink(String),
    /// About closing the window.
    Leave(LeaveAction),
}

/// About the list of bases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListAction {
    /// Which rows.
    Filter(Filter),
    /// The text searched for.
    Search(String),
    /// Open or close a group.
    Toggle(GroupKey),
    /// In which order.
    Sort(Sort),
    /// Make a row the current one.
    Stand(usize),
    /// Make another row the current one, or fold it.
    Step(Step),
    /// Tick or untick a base of a group, for its update.
    Tick {
        /// Its id.
        base_id: String,
        /// Ticked.
        ticked: bool,
    },
    /// Download everything that can be; nothing of it is installed.
    DownloadAll,
    /// The list has been moved to the item that is shown.
    InSight,
}

/// About the platform, this program or one base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemAction {
    /// Download the release; goes on from what is there. Also «go on» and «try again».
    Update,
    /// As [`Self::Update`], and the sheet will have all bases with the same offer ticked.
    UpdateGroup,
    /// As [`Self::Update`], with the newest covered release in place of the newest.
    UpdateCovered,
    /// As [`Self::UpdateCovered`], for all bases with the same offer and the same block.
    UpdateGroupCovered,
    /// Download it before all others that wait.
    Sooner,
    /// Stop downloading and keep what has arrived.
    Pause,
    /// Stop downloading and delete what has arrived.
    Cancel,
    /// Open the sheet for an examined file.
    Install,
    /// Stop before anything is changed.
    StopApply,
    /// Hear no more of the version that is offered, for all bases of the product.
    Skip,
    /// Hear of it again.
    OfferAgain,
    /// Take a finished or failed update off the row.
    Dismiss,
    /// Show what changes.
    ShowNotes,
    /// Show all that is known about a failure.
    ShowFailure,
    /// Show what is left to do.
    ShowLeft,
    /// Show the devices a warning is about.
    ShowDevices,
    /// Show why subscriptions keep it from being updated.
    ShowNotCovered,
    /// As [`Self::ShowNotCovered`], for all bases with the same offer and the same block.
    ShowGroupNotCovered,
}

/// About the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetAction {
    /// Tick or untick a base.
    Choose {
        /// Its id.
        base_id: String,
        /// Ticked.
        chosen: bool,
    },
    /// Tick or untick the consent to a file that nothing proves.
    Consent(bool),
    /// Tick or untick that older copies that are too many are deleted after the update.
    LetGo(bool),
    /// Show how files that were changed by hand differ from what comes in their place.
    ShowDifferences,
    /// Back to the sheet.
    HideDifferences,
    /// Close it, and download the platform's update.
    PlatformFirst,
    /// Close it, and come back to it in the next hours for updates.
    Remind,
    /// Go on.
    Confirm,
}

/// About the question after a wizard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WizardAction {
    /// Tick or untick a base.
    Choose {
        /// Its id.
        base_id: String,
        /// Ticked.
        chosen: bool,
    },
    /// Prepare the update of the ticked bases.
    Confirm,
}

/// About the source that releases are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceAction {
    /// Show how far it is proved.
    Show,
    /// Show why the last check gave nothing.
    ShowFailure,
    /// Choose a folder to be read just this once.
    ChooseFolder,
    /// Read this folder just this once; the settings stay as they are.
    UseFolder(String),
    /// Go back to the usual source.
    UseUsual,
    /// Ask about a folder whose signatures have expired.
    AskAboutExpired,
    /// Use what an expired folder has; what is newer cannot be seen from there.
    AcceptExpired,
}

/// About the password that the proxy wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyAction {
    /// Open the question.
    Ask,
    /// What is typed so far.
    Type(Password),
    /// Use it, and check again.
    Confirm,
}

/// About closing the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveAction {
    /// The person closes the window.
    Ask,
    /// The person thinks better of it.
    Stay,
    /// Close now.
    Now,
    /// Close when the installation under way has ended.
    WhenDone,
}
