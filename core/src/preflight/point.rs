//! What can be found when a plan is looked at: a type for each of the three kinds of points.
//!
//! Deliberately not here: finding any of it, and words.

use std::io;
use std::path::PathBuf;

use jiff::civil::DateTime;

use crate::by_hand::ByHand;
use crate::devices::gets::Gets;
use crate::os::Holder;
use crate::platform::former::NotHad;
use crate::subscription::{Ended, Unjudged};
use crate::template::{self, Misfit, Replacement};
use crate::tree::{self, RelPath};
use crate::verify::{self, Proof};
use crate::version::Version;

/// Everything that was looked at.
#[derive(Debug, Default)]
pub struct Points {
    /// What has to be dealt with first.
    pub stops: Vec<Stop>,
    /// What a person may go on with.
    pub warnings: Vec<Warning>,
    /// What is in order.
    pub passes: Vec<Pass>,
    /// Bytes of all bases of the plan that could be listed: they are copied first.
    pub copy_bytes: u64,
    /// What the first step would do to the first base; `None` for an installer, or if it cannot be told.
    pub replaced: Option<Replacement>,
    /// What of the files that some step replaces or removes was changed by hand: of each base, in the plan's order;
    /// empty for an installer.
    pub by_hand: Vec<BaseByHand>,
    /// How long the base that takes longest is expected to stand still; an estimate. `None` for an installer, or if
    /// no base could be listed.
    pub standstill_secs: Option<u64>,
}

/// What of a base was changed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseByHand {
    /// Which base.
    pub base_id: String,
    /// `None`: the base or a template could not be looked through; that is a stop.
    pub by_hand: Option<ByHand>,
}

/// Something that stands in the way. `base_id` says of which base, where it is about one.
#[derive(Debug)]
pub enum Stop {
    /// A file of the plan is not what it was when it was examined.
    Package(verify::Error),
    /// A template is unusable.
    Template {
        /// The release's version.
        version: Version,
        /// Why.
        error: template::Error,
    },
    /// A template does not go with the base.
    Misfit {
        /// Which base.
        base_id: String,
        /// Why not.
        misfit: Misfit,
    },
    /// The base is not updated on this PC, or its folder is not there.
    NotHere {
        /// Which base.
        base_id: String,
    },
    /// Nothing can be created in the base's folder.
    NotWritable {
        /// Which base.
        base_id: String,
        /// Why.
        error: io::Error,
    },
    /// Somebody keeps the base's files open.
    InUse {
        /// Which base.
        base_id: String,
        /// The file that was tried.
        file: String,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        error: io::Error,
    },
    /// Somebody keeps files open that are to be replaced.
    FilesHeld {
        /// Which base.
        base_id: String,
        /// Who; never empty.
        holders: Vec<Holder>,
    },
    /// The base holds what cannot be copied beforehand, so it could not be put back.
    NotCopyable {
        /// Which base.
        base_id: String,
        /// A link, a device.
        path: RelPath,
    },
    /// The base's folder cannot be looked through.
    Unreadable {
        /// Which base.
        base_id: String,
        /// Why.
        error: tree::Error,
    },
    /// What the template would do to the base cannot be done.
    Replacement {
        /// Which base.
        base_id: String,
        /// Why.
        error: template::Error,
    },
    /// A disk has not the room for everything that goes there.
    NoSpace(Space),
    /// Windows Installer is at work, and does one installation at a time.
    InstallerRunning,
    /// The subscriptions do not cover it. `base_id`: `None` for the platform, which concerns all bases.
    NotCovered {
        /// Which base.
        base_id: Option<String>,
        /// Whose subscription, and since when.
        ended: Ended,
    },
    /// Whether the subscriptions cover it is not known, and the settings want that to be a stop.
    CoverageUnknown {
        /// As above.
        base_id: Option<String>,
        /// Why not.
        about: Unjudged,
    },
    /// A plan without a package or without a base.
    Nothing,
}

/// What goes onto a disk, and what is free there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    /// A folder on that disk.
    pub dir: PathBuf,
    /// Bytes that the plan needs at its fullest moment, all that goes to this disk together.
    pub needed_bytes: u64,
    /// Bytes that are free for this person.
    pub free_bytes: u64,
}

/// A mobile device that stops with the platform until its app is updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopping {
    /// Its name.
    pub name: String,
    /// Whether the version of its app is assumed.
    pub is_assumed: bool,
    /// Whether an app that works with the new platform is waiting for it; of several bases, the worst.
    pub gets: Gets,
}

/// Something a person should know, and may go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A template asks for a newer platform.
    NeedsPlatform {
        /// The release's version.
        version: Version,
        /// What it asks for.
        minimum: Version,
        /// What is installed.
        installed: Option<Version>,
    },
    /// Mobile devices whose app is too old for the platform; they stop until it is updated.
    DevicesStop {
        /// By name, each once; never empty.
        devices: Vec<Stopping>,
    },
    /// Nothing proves a file; the person has agreed to that.
    Unproved {
        /// The release's version.
        version: Version,
    },
    /// An installer's signature is valid, and whether it has been revoked could not be looked up.
    RevocationNotChecked {
        /// The release's version.
        version: Version,
        /// Who signed it.
        signer: String,
    },
    /// Whether somebody works in the base cannot be told.
    UseNotTellable {
        /// Which base.
        base_id: String,
    },
    /// Something answers at the port of the base's data server, so that is likely to run.
    ServerAnswers {
        /// Which base.
        base_id: String,
        /// On this PC.
        port: u16,
    },
    /// The base's data server runs; it is stopped before the change and started after it.
    ServerStops {
        /// Which base.
        base_id: String,
        /// What people call the service.
        service: String,
        /// Nothing says that it serves this base alone.
        is_shared: bool,
    },
    /// The installer of the platform's present version is not kept here and was not fetched.
    NoWayBack {
        /// What is installed.
        installed: Version,
        /// Why not; `None`: the source was not asked.
        why: Option<NotHad>,
    },
    /// There is room, and little will be left of it.
    LittleSpace(Space),
    /// What is free on the disk of a folder cannot be told.
    SpaceNotTellable {
        /// The folder.
        dir: PathBuf,
    },
    /// Whether the subscriptions cover it is not known. `base_id`: `None` for the platform.
    CoverageUnknown {
        /// Which base.
        base_id: Option<String>,
        /// Why not.
        about: Unjudged,
    },
    /// The PC waits for a restart to finish an earlier installation.
    RebootPending,
    /// Windows Installer is at work on something else.
    InstallerRunning,
    /// It is not the time for updates that the settings name.
    WorkingTime {
        /// When that begins; `None` at the end of the calendar.
        begins: Option<DateTime>,
    },
    /// The person is no administrator: somebody who is has to sign in when the system asks.
    AdministratorAsked,
}

/// Something that was looked at and found in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The file is what was examined.
    Package {
        /// The release's version.
        version: Version,
        /// How far it is proved.
        proof: Proof,
    },
    /// Every template of the plan goes with the base, one after the other.
    Fits {
        /// Which base.
        base_id: String,
    },
    /// The way has several steps, and all of their files are here.
    Steps {
        /// In their order; two at least.
        versions: Vec<Version>,
    },
    /// Files can be created in the base's folder.
    Writable {
        /// Which base.
        base_id: String,
    },
    /// The file that the data server keeps open is not open.
    NotInUse {
        /// Which base.
        base_id: String,
    },
    /// The platform is new enough.
    Platform {
        /// The release's version.
        version: Version,
    },
    /// The installer of the platform's present version is kept here.
    WayBack {
        /// What is installed.
        installed: Version,
        /// Where it lies.
        path: PathBuf,
    },
    /// The installer of the platform's present version was fetched, and is kept here before that changes.
    WayBackFetched {
        /// What is installed.
        installed: Version,
        /// Its file.
        bytes: u64,
    },
    /// Every disk has room for what goes there.
    Space {
        /// Bytes that the plan needs at its fullest moment, on all disks together.
        needed_bytes: u64,
    },
    /// This process has the rights, or the system asks the person for them.
    Rights {
        /// Whether it will ask.
        asked: bool,
    },
    /// It is the time for updates that the settings name.
    MaintenanceTime,
    /// The subscriptions of all devices cover it. `base_id`: `None` for the platform.
    Covered {
        /// Which base.
        base_id: Option<String>,
    },
}

impl Points {
    /// Whether nothing stands in the way.
    pub fn may_go_on(&self) -> bool {
        self.stops.is_empty()
    }
}
