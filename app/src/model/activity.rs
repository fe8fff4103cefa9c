//! What is going on with one item: the life of an update from the click to the version read back, what is done with
//! copies of a base, and staging of apps for its mobile devices.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smarts_core::server::Server;
use smarts_core::version::Version;
use smarts_core::works::Works;

use super::Notice;
use crate::session::Proved;

/// The present stage of an update. An item without one is at rest.
#[derive(Clone, Debug, PartialEq)]
pub enum Activity {
    /// Asked for; no byte has arrived yet.
    Queued,
    /// Arriving.
    Downloading(Transfer),
    /// Cut off for a while; it goes on by itself.
    WaitingForTry {
        /// Bytes on disk.
        received: u64,
        /// Bytes in all, where known.
        total: Option<u64>,
        /// Until when, and why; a sentence.
        why: String,
    },
    /// Stopped by the person; what has arrived is kept.
    Paused {
        /// Bytes on disk.
        received: u64,
        /// Bytes in all, where known.
        total: Option<u64>,
    },
    /// Stopped by a fault.
    DownloadFailed(Notice),
    /// Not used, because it is not what it has to be, or nothing proves that it is.
    Refused(Notice),
    /// Complete, and being examined.
    Verifying,
    /// Examined; waits for the person.
    Ready(FileFacts),
    /// Part of a plan that is at work on another base.
    Waiting {
        /// The name of that base.
        pilot: String,
    },
    /// Being installed.
    Applying(Stage),
    /// Installed, and read back.
    Done(Done),
    /// Not installed.
    Failed(Notice),
    /// Not begun: the system was not given the permission it asked for.
    NotPermitted,
    /// Going back, or copying by hand, has ended.
    Copies(CopyOutcome),
}

/// A download under way. All steps of a chain count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Bytes so far.
    pub received: u64,
    /// Bytes in all, where known.
    pub total: Option<u64>,
    /// `None` until it can be told.
    pub bytes_per_second: Option<u64>,
    /// `None` until it can be told.
    pub seconds_left: Option<u64>,
    /// The installer of this platform, which is installed now, is fetched along for going back.
    pub with_former: Option<Version>,
}

/// What is known about an examined file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// How far it is proved.
    pub proved: Proved,
    /// Bytes, of all steps together.
    pub size: u64,
}

/// Where an installation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Agreed to; nothing has begun.
    Preparing,
    /// The system asks whether this program may change the PC.
    Permission,
    /// The base is copied aside and the copy checked; nothing is changed yet.
    Copying {
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Files of the base are replaced.
    Replacing {
        /// Files so far.
        done: u64,
        /// Files in all.
        total: u64,
    },
    /// The installer's own window is open and asks.
    Installer,
    /// Something failed, and the copy is put back.
    Restoring,
    /// The version is read back from the PC.
    Reading,
    /// The base's data server is stopped.
    StoppingServer,
    /// It is started again, and asked whether it answers.
    StartingServer,
    /// Something is done with copies of the base.
    Copies(CopyStage),
    /// An app is staged for the base's mobile devices, or taken back.
    Staging(StagingStage),
}

/// Where staging an app stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum StagingStage {
    /// The system asks whether this program may change the PC.
    Permission,
    /// The package is copied into the base's folder; devices see what they saw before.
    Copying {
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// What devices see is changed. It cannot be stopped any more.
    Listing,
}

/// How staging an app for a base, or taking it back, ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", content = "facts", rename_all = "snake_case")]
pub enum StagingOutcome {
    /// Devices are offered it; read back as they read it.
    Staged(AppStaged),
    /// What was staged last is taken back.
    Undone {
        /// Which version is staged no more.
        version: Version,
        /// What is offered now; `None`: nothing.
        offered: Option<Version>,
    },
    /// Neither. Devices see what they saw before, unless it says otherwise.
    Failed(Notice),
    /// Stopped by the person with everything as it was.
    Stopped,
    /// Not begun: the system was not given the permission it asked for.
    NotPermitted,
}

/// An app that is staged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppStaged {
    /// What devices with an older app are offered.
    pub version: Version,
    /// The newest version before, if there was one.
    pub former: Option<Version>,
    /// The name of the package's file.
    pub file: String,
    /// What is said of it, for the person at the device.
    pub text: String,
    /// It was there already: nothing was changed.
    pub was_there: bool,
    /// Older versions that were put aside.
    pub removed: Vec<Version>,
    /// Where a list that could not be read is kept.
    pub broken_list_kept: Option<PathBuf>,
    /// When.
    pub at: Timestamp,
}

/// Where going back, or copying by hand, stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CopyStage {
    /// Agreed to; nothing has begun.
    Preparing,
    /// The system asks whether this program may change the PC.
    Permission,
    /// Copy and base are compared once more.
    Comparing {
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The base is copied as it is, and the copy checked.
    Copying {
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Files out of the copy are laid ready; nothing is changed yet.
    Laying {
        /// Bytes so far.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// Files of the base become what they were. It cannot be stopped any more.
    PuttingBack {
        /// Files and folders so far.
        done: u64,
        /// In all.
        total: u64,
    },
    /// Something failed, and the base becomes again what it was.
    Undoing,
}

/// How going back, or copying by hand, ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", content = "facts", rename_all = "snake_case")]
pub enum CopyOutcome {
    /// The base is what it was, and its version read back.
    WentBack(WentBack),
    /// It is not.
    NotGoneBack(Notice),
    /// A copy was made.
    Made(CopyMade),
    /// None was.
    NotMade(Notice),
    /// Stopped by the person with everything as it was.
    Stopped,
    /// Not begun: the system was not given the permission it asked for.
    NotPermitted,
}

/// A base that went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WentBack {
    /// As read back from the PC.
    pub version: Option<Version>,
    /// When.
    pub at: Timestamp,
    /// Where the state lies that it was in before, if all of it went back.
    pub present_dir: Option<PathBuf>,
    /// How its data server stands.
    pub server: Server,
}

/// A copy that was made by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMade {
    /// Where it lies.
    pub dir: PathBuf,
    /// Bytes.
    pub size_bytes: u64,
    /// When.
    pub at: Timestamp,
    /// Older ones that went.
    pub removed: usize,
    /// Why older ones did not go that were to; a sentence.
    pub not_removed: Option<String>,
}

/// A finished update.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// As read back from the PC, not as promised by the release.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// What the program cannot do for the person.
    pub left: Vec<LeftToDo>,
    /// Whether it works; `None`: it is no base, or nobody looked.
    #[serde(default)]
    pub works: Option<Works>,
}

/// Work that remains after an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "left", rename_all = "snake_case")]
pub enum LeftToDo {
    /// Load the product's new processing into 1С.
    Processing1c,
    /// Update the mobile app on the base's devices.
    Devices {
        /// How many devices have been connected.
        count: usize,
    },
    /// Restart the PC.
    Restart,
    /// Start this program anew: what runs is the former one.
    RestartProgram,
}

impl Activity {
    /// Whether closing the window now would interrupt a download.
    pub fn is_transfer(&self) -> bool {
        matches!(self, Self::Queued | Self::Downloading(_) | Self::WaitingForTry { .. } | Self::Verifying)
    }

    /// Whether something on the PC is being changed, or is about to be.
    pub fn is_applying(&self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Applying(_))
    }

    /// Whether it only says how something went, and may be taken off its row.
    pub fn is_message(&self) -> bool {
        self.is_over() || matches!(self, Self::NotPermitted | Self::Copies(_))
    }

    /// Whether the update has run to its end, well or badly.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Failed(_))
    }
}

impl Transfer {
    /// From 0 to 1; `None` where the whole is not known.
    pub fn fraction(&self) -> Option<f32> {
        fraction(self.received, self.total?)
    }
}

/// `done` of `total` from 0 to 1; `None` of nothing.
pub fn fraction(done: u64, total: u64) -> Option<f32> {
    (total > 0).then(|| (done as f64 / total as f64).clamp(0.0, 1.0) as f32)
}
