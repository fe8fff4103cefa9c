//! What can be wrong with what a machine says of itself.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::version::{self, Version};

/// Why a base cannot be updated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "damage", rename_all = "snake_case")]
pub enum Damage {
    /// Two entries of `apps.xml` carry this id; neither can be told from the other.
    #[error("Two bases have the id {id}")]
    DuplicateId {
        /// The id they share.
        id: String,
    },
    /// The entry has no folder, or one that is not an absolute Windows path or leads out of the machine root.
    #[error("Base has no usable folder: {folder}")]
    BadFolder {
        /// As written.
        folder: String,
    },
    /// The drive of the folder is not there.
    #[error("Drive {drive}: is not there")]
    DriveMissing {
        /// Upper-case letter.
        drive: char,
    },
    /// The folder is not there.
    #[error("Folder is not there")]
    FolderMissing,
    /// The folder is there, or may be, and the system does not let it be looked into.
    #[error("Failed to look into the folder of the base: {detail}")]
    FolderUnreadable {
        /// The system's words.
        detail: String,
    },
    /// `AppDescription.xml` is unusable.
    #[error("Failed to read the description of the base")]
    Description(#[source] FileFault),
    /// `settings.xml` is there and unusable, so whose base it is cannot be told.
    #[error("Failed to read the settings of the base")]
    Settings(#[source] FileFault),
    /// `AppDescription.xml` states no version.
    #[error("Description of the base states no version")]
    NoVersion,
    /// `AppDescription.xml` states a version that is none.
    #[error("Description of the base states an unusable version")]
    BadVersion(#[source] version::Error),
}

/// Why a file could not be used. The path stands beside it, in [`Problem::path`] or with the base.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FileFault {
    /// Not there.
    #[error("{file} is not there")]
    Missing {
        /// Name of the file.
        file: String,
    },
    /// There, and the system did not let it be read.
    #[error("Failed to read {file}: {detail}")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// The system's words.
        detail: String,
    },
    /// Above the limit for such a file.
    #[error("{file} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// Name of the file.
        file: String,
        /// The limit.
        limit_bytes: u64,
    },
    /// Not in the encoding it declares, or in one nobody knows.
    #[error("{file} is not text in {encoding}")]
    Encoding {
        /// Name of the file.
        file: String,
        /// The encoding that was declared or assumed.
        encoding: String,
    },
    /// Not well-formed XML, or XML with a DTD, which is never read, or beyond any sensible depth.
    #[error("{file} is not XML, line {line}, column {column}: {detail}")]
    NotXml {
        /// Name of the file.
        file: String,
        /// From 1.
        line: u32,
        /// From 1.
        column: u32,
        /// The parser's words.
        detail: String,
    },
    /// Well-formed, and something else.
    #[error("{file} has the root <{found}> in place of <{expected}>")]
    WrongRoot {
        /// Name of the file.
        file: String,
        /// The element that was to be found.
        expected: String,
        /// The element that is there.
        found: String,
    },
    /// A registry export that is not one.
    #[error("{file} is not a registry export: {detail}")]
    NotRegistry {
        /// Name of the file.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
}

/// Something on the machine that could not be read, or that needs a person's eye.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// A Windows path, a registry key, or (for a machine root's own files) a host path.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What a [`Problem`] is about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// A file of the machine is unusable.
    #[error("Failed to read a file of the machine")]
    File(#[source] FileFault),
    /// The registry states a platform version that is none.
    #[error("Registry states an unusable platform version")]
    PlatformVersion(#[source] version::Error),
    /// The registry states a version of this program that is none.
    #[error("Registry states an unusable version of this program")]
    UpdaterVersion(#[source] version::Error),
    /// Which version of this program is installed could not be read.
    #[error("Failed to read the version of this program from the registry")]
    UpdaterUnread(#[source] FileFault),
    /// An entry of `apps.xml` has no id.
    #[error("Entry {position} of the list of bases has no id")]
    BaseWithoutId {
        /// From 1.
        position: usize,
    },
    /// The base is damaged.
    #[error("Base is damaged")]
    Damaged(#[source] Damage),
    /// The base has no `settings.xml`; taken for a local one.
    #[error("Base has no settings.xml; taken for a local base")]
    NoSettings,
    /// An optional part of a base's files states a version that is none; it is left out.
    #[error("{attribute} is not a version")]
    OptionalVersion {
        /// The attribute's name.
        attribute: String,
        /// Why.
        #[source]
        error: version::Error,
    },
    /// The devices of a base could not be listed.
    #[error("Failed to list the devices: {detail}")]
    Devices {
        /// The system's words.
        detail: String,
    },
    /// The licences in a folder could not be listed, or not all of them.
    #[error("Failed to list the licences: {detail}")]
    Licences {
        /// The system's words.
        detail: String,
    },
    /// Many licence files of a folder could not be read, or not whole.
    #[error("{count} licence files could not be read, the first is {file}")]
    LicenceFiles {
        /// How many.
        count: usize,
        /// The name of the first.
        file: String,
    },
    /// A licence tells an end that is no day. Its other parts are known.
    #[error("Licence ends on no day: {text}")]
    LicenceEnd {
        /// As written, shortened.
        text: String,
    },
    /// A change of a base was begun and has not ended: this program was cut off, or could not undo it. The next update
    /// puts the base back first.
    #[error("Change of the base to {to:?} was begun and has not ended; its copy lies in {backup_dir}")]
    Unfinished {
        /// What the base was to become.
        to: Option<Version>,
        /// Where the copy of the base lies.
        backup_dir: String,
        /// It was to go back to that copy; else it was updated.
        is_going_back: bool,
    },
    /// A base's data server was stopped for an update, which was cut off before it could be started again.
    #[error("Data server was stopped for an update at {since} and not started again: {service}")]
    ServerStopped {
        /// What people call the service.
        service: String,
        /// When.
        since: Timestamp,
    },
    /// The scheduled task SmartsUpdate was ours, and now it is gone or another's; an update of the platform
    /// may have brought its own back.
    #[error("Scheduled task SmartsUpdate is not ours any more, and starts {program:?}")]
    TaskNotOurs {
        /// What it starts now; `None`: there is none, or it does not say.
        program: Option<String>,
    },
    /// Our own settings are not used, because others than administrators may have written them.
    #[error("Settings are not used, others than administrators may write them")]
    SettingsNotUsed,
    /// What is known of subscriptions is not used, or not all of it.
    #[error("Subscriptions are not used: {detail}")]
    Subscriptions {
        /// Why, for the record.
        detail: String,
    },
    /// Lines of the list of subscriptions are no records.
    #[error("{count} lines of the list of subscriptions are no records, the first is line {line}")]
    SubscriptionLines {
        /// How many.
        count: usize,
        /// The first of them, from 1.
        line: u64,
    },
    /// `CustomUpdatePath` is set, and not used because others than administrators may have written it.
    #[error("CustomUpdatePath is not used: {address}")]
    CustomUpdatePath {
        /// The address it names, without credentials.
        address: String,
    },
}
