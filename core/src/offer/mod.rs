//! What is new for each installed thing: a function of the machine, the catalogues and a few facts about
//! this PC, with no I/O and no clock.
//!
//! Platform and products are looked at independently: a pending platform release hides no product release.
//! Deliberately not here: fetching catalogues ([`crate::check`]) and human words (the front ends).

mod caught_up;
mod cover;
mod former;
mod offers;
mod selection;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Catalogue, Feed, Release};
use crate::machine::{self, Damage};
use crate::subscription::{Ended, Holder, Unjudged};
use crate::version::Version;

pub use cover::{cover, last_days, refit};
pub use former::{Former, Uncovered, uncovered};
pub use offers::{devices_stop, offers};

/// The id of the platform's item, here and wherever a person or a script names it.
pub const PLATFORM: &str = "platform";
/// The id of this program's item.
pub const UPDATER: &str = "updater";

/// What was read from a source, feed by feed.
pub type Catalogues = BTreeMap<Feed, Result<Catalogue, catalogue::Error>>;

/// One row of a report: an installed thing, and what is known about its newer releases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// [`PLATFORM`], [`UPDATER`], or the base's id.
    pub id: String,
    /// Which of the three.
    pub subject: Subject,
    /// The base's name; for the platform and for this program their product names.
    pub name: String,
    /// The base's product.
    pub product: Option<String>,
    /// What is installed; unknown for damaged, cloud and remote bases that do not say.
    pub installed: Option<Version>,
    /// What may be done now.
    pub state: State,
    /// Newest release the subscriptions cover, also one below what is installed; `None` where nothing is known
    /// of subscriptions, or of releases so old.
    pub covered: Option<Version>,
    /// Releases that are not above the installed one, newest first: as many as it took to find a covered one, and
    /// those without a date left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Former>,
    /// What to know beforehand.
    pub warnings: Vec<Warning>,
}

/// What an [`Item`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The platform.
    Platform,
    /// A base.
    Base,
    /// This program.
    Updater,
}

/// What may be done with an item now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// No newer release, or none that suits. Said only when the list of releases was read.
    UpToDate,
    /// A newer release that can be installed.
    Available {
        /// The release, and the way to it.
        offer: Offer,
    },
    /// A newer release that cannot be installed now.
    Blocked {
        /// The release, and the way to it.
        offer: Offer,
        /// Why not; never empty.
        blocks: Vec<Block>,
    },
    /// Not updated here.
    NotManaged {
        /// Why not.
        reason: NotManaged,
    },
    /// Could not be looked up. Never to be taken for "up to date".
    Unknown {
        /// Why not.
        reason: Unknown,
    },
}

/// Newer releases of one thing, in the order they are to be installed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Never empty; the last is the release offered. Without their notes, which stand in `notes` once.
    pub steps: Vec<Release>,
    /// What changes since the installed version, newest first.
    pub notes: Vec<Notes>,
    /// Suiting releases between the installed version and the offered one that are no steps, without their
    /// notes: one of them may be covered by a subscription where the offered one is not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Release>,
}

/// Release notes of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notes {
    /// Of this version.
    pub version: Version,
    /// The day it came out.
    pub date: Option<Date>,
    /// As the publisher wrote them.
    pub text: String,
}

/// Why a release cannot be installed now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Block {
    /// A release on the way has no file.
    NoFile {
        /// Which.
        version: Version,
    },
    /// It came out after the end of a subscription: installed all the same, it would throw licences into demo
    /// mode (documented).
    SubscriptionEnded(Ended),
    /// Whether it is covered is not known, and the settings want that to be a stop.
    SubscriptionUnknown(Unjudged),
}

/// What to know before installing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Warning {
    /// The release asks for a newer platform. The person may go on all the same.
    NeedsPlatform {
        /// What it asks for.
        minimum: Version,
        /// What is installed.
        installed: Option<Version>,
        /// The platform release of the source that would do.
        available: Option<Version>,
    },
    /// Mobile devices whose app is too old for the platform offered; they stop until it is updated.
    DevicesStop {
        /// Their names.
        devices: Vec<String>,
        /// Whether the version of some app is assumed, and not stated by the device itself.
        assumed: bool,
    },
    /// A newer release exists that cannot be installed over what is here, not even in steps.
    Unreachable {
        /// The newest such release.
        version: Version,
    },
    /// Whether the release is covered by the subscriptions is not known.
    SubscriptionUnknown(Unjudged),
    /// The base exchanges through the Internet, for which an active subscription is compulsory (documented), and
    /// some have ended or end soon.
    ExchangeEnds {
        /// Whose; never empty.
        devices: Vec<Holder>,
    },
}

/// Why an item is not updated here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NotManaged {
    /// Updated in the vendor's web account.
    Cloud,
    /// Updated on the PC that is its server.
    Remote,
    /// Cannot be read.
    Damaged {
        /// Why.
        damage: Damage,
    },
    /// `common.config` switches this kind of check off.
    SwitchedOff,
    /// The source says that it has no list of releases of this program, as the vendor's site has none. Whether
    /// there is a newer one is not known, and cannot be found out there.
    NoReleasesHere,
}

/// Why nothing can be said about an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Unknown {
    /// Whether a platform is installed, or which, could not be read on the PC.
    Platform {
        /// Why.
        fault: machine::Fault,
    },
    /// Its list of releases could not be read.
    Catalogue {
        /// Why.
        error: catalogue::Error,
    },
    /// A newer release is listed, and its description could not be read; nothing else newer suits.
    Unread {
        /// The newest such release.
        version: Version,
    },
    /// Nothing newer that could be read suits, and the list has entries of which not even the version is
    /// known.
    IncompleteList,
    /// The base names a folder of releases (`updatesPath`, else `appId`) that is no safe path.
    UnsafeFeed {
        /// As written, shortened.
        path: String,
    },
    /// The base does not say which product it is, so no list of releases belongs to it; or none was asked for.
    NoFeed,
}

impl Item {
    /// The offer, whether it can be installed now or not.
    pub fn offer(&self) -> Option<&Offer> {
        match &self.state {
            State::Available { offer } | State::Blocked { offer, .. } => Some(offer),
            State::UpToDate | State::NotManaged { .. } | State::Unknown { .. } => None,
        }
    }
}

impl Offer {
    /// The release offered: the last of the steps.
    pub fn release(&self) -> Option<&Release> {
        self.steps.last()
    }
}
