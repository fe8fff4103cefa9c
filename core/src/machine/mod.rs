//! The machine: the platform, the bases and everything about them that decides what suits them.
//!
//! Reading never fails as a whole: one broken base is listed as damaged, with its path and the reason, and
//! hides nothing else. Deliberately not here: where releases come from ([`crate::source`]) and which of
//! them suit ([`crate::offer`]).

pub mod app_description;
pub mod apps_xml;
mod base;
pub mod base_settings;
pub mod common_config;
pub mod device_app;
pub mod devices;
mod faults;
mod folder;
pub mod licence;
mod licences;
mod one;
pub mod platform;
mod read;
pub mod registry_file;
pub mod updater;

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::faults::{Damage, Fault, FileFault, Problem};
pub use self::licence::{Licence, Term, TermState};
pub use self::licences::{Licences, read_licences};
pub use self::one::{is_listed, read_base};
pub use self::read::read;
use crate::connected::FirstConnection;
use crate::version::Version;

/// What is installed on this PC, or in the folder that stands for one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// `None`: no Mobile SMARTS platform is installed here, unless `platform_unknown` says otherwise.
    pub platform: Option<Platform>,
    /// Why it cannot be told whether a platform is installed, or which; among the problems, too.
    #[serde(default)]
    pub platform_unknown: Option<Fault>,
    /// `None`: this program was not installed here by its installer, unless the problems say otherwise.
    #[serde(default)]
    pub updater: Option<Updater>,
    /// In the order of `apps.xml`.
    pub bases: Vec<Base>,
    /// Why the list of bases could not be read; among the problems, too. There may be bases then.
    #[serde(default)]
    pub bases_unknown: Option<FileFault>,
    /// Empty where nobody has put in what [`read_licences`] has found: they are for display.
    #[serde(default)]
    pub licences: Vec<Licence>,
    /// Empty where nobody has put in what [`crate::connected`] has found: they are for display.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first_connections: Vec<FirstConnection>,
    /// What `common.config` says about updates.
    pub config: CommonConfig,
    /// What could not be read, or was read only in part.
    pub problems: Vec<Problem>,
}

/// The installed Mobile SMARTS platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Platform {
    /// As the registry states it.
    pub version: Version,
    /// As the registry states it (a Windows path).
    pub install_dir: Option<String>,
}

/// This program, as its installer has installed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Updater {
    /// As the registry states it.
    pub version: Version,
    /// As the registry states it (a Windows path).
    pub install_dir: Option<String>,
}

/// An instance of an installed product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// Unique on a machine, except for bases damaged by [`Damage::DuplicateId`]; not always a GUID.
    pub id: String,
    /// What the person called it.
    pub name: String,
    /// The person's comment in the base manager.
    pub comment: Option<String>,
    /// As `apps.xml` states it (a Windows path).
    pub folder: String,
    /// Where that folder lies on this host; `None` if its drive is not there.
    pub dir: Option<PathBuf>,
    /// What may be done with it here.
    pub kind: Kind,
    /// The product's `appId`, from `AppDescription.xml`, else from `apps.xml`.
    pub product_id: Option<String>,
    /// The product's name (`appName`); where it is missing, the base's own name.
    pub product: String,
    /// `None` only for damaged, cloud and remote bases.
    pub version: Option<Version>,
    /// The least platform this version of the product works with, for the installed platform's flavour.
    pub min_platform: Option<Version>,
    /// The version of the mobile app that this version of the product goes with.
    pub client_version: Option<Version>,
    /// Folder of the product's releases below `updates/`, where it is not the `product_id`.
    pub updates_path: Option<String>,
    /// The page with the product's release notes.
    pub notes_link: Option<String>,
    /// The product's support page.
    pub support_link: Option<String>,
    /// Where the product's description says that its mobile app for Android is to be had.
    #[serde(default)]
    pub app_links: AppLinks,
    /// The configuration of 1С this base exchanges with (`UT103`): releases may be tagged with it.
    pub tag: Option<String>,
    /// Mobile devices that have been connected, by name.
    pub devices: Vec<Device>,
    /// Whether there may be more devices: they could not be listed, or not all of them.
    #[serde(default)]
    pub devices_incomplete: bool,
}

/// A folder in a base's `Connections`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The folder's name.
    pub id: String,
    /// The newest modification time of the folder and of the files in it.
    pub last_seen: Option<Timestamp>,
    /// The version of its mobile app, where a file in the folder states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<Version>,
    /// What it runs, where a file in the folder states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<System>,
}

/// What a mobile device runs, and so where its app comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Android: the app is staged in the base's folder, or comes from the site or a store.
    Android,
    /// Windows CE or Windows Mobile: the app comes with the platform.
    WindowsCe,
}

/// Where a product's description sends people for its mobile app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppLinks {
    /// `apkUpdateLink`, as written: an address, or a folder below `updates/` (inferred).
    pub update: Option<String>,
    /// `playApkLink`: its page in an app store; only http and https.
    pub store: Option<String>,
}

/// What kind of base it is, and so whether it is updated here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Lives on this PC.
    Local,
    /// A local base whose exchange goes through the Internet; a subscription is compulsory for it.
    InternetExchange,
    /// Its server is another PC, and it is updated there.
    Remote,
    /// Lives in the vendor's cloud, and is updated in the web account.
    Cloud,
    /// Listed, but what is needed to update it could not be read.
    Damaged(Damage),
}

/// What `common.config` says about updates. Absent file: the defaults.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonConfig {
    /// Another place for `updates/` (`CustomUpdatePath`), as written: it may carry credentials.
    pub custom_update_path: Option<String>,
    /// `checkPlatformUpdates`; `true` unless switched off.
    pub check_platform: bool,
    /// `checkProductUpdates`; `true` unless switched off.
    pub check_products: bool,
}

impl Base {
    /// Whether this base is updated on this PC.
    pub fn is_managed(&self) -> bool {
        matches!(self.kind, Kind::Local | Kind::InternetExchange)
    }
}

impl Machine {
    /// The first connection to this base after its update, where somebody has looked for it.
    pub fn first_connection(&self, base_id: &str) -> Option<&FirstConnection> {
        self.first_connections.iter().find(|one| one.base_id == base_id)
    }

    /// The base with this id.
    pub fn base(&self, id: &str) -> Option<&Base> {
        self.bases.iter().find(|base| base.id == id)
    }
}
