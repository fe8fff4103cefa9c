//! Words for what `smarts-core` reports: damage, faults, reasons, proofs.
//!
//! One sentence each, without a full stop: what is wrong, and where. What to do next is said by whoever
//! shows it, because that depends on the place.

use i18n_embed_fl::fl;
use smarts_core::catalogue;
use smarts_core::machine::{Damage, Fault, FileFault};
use smarts_core::offer::{Block, NotManaged, Notes, Unknown, Warning};
use smarts_core::source;
use smarts_core::version;

use super::Texts;

impl Texts {
    /// Why a base cannot be updated.
    pub fn damage(&self, damage: &Damage) -> String {
        let loader = &self.loader;
        match damage {
            Damage::DuplicateId { id } => fl!(loader, "damage-duplicate-id", id = id.as_str()),
            Damage::BadFolder { folder } if folder.is_empty() => fl!(loader, "damage-no-folder"),
            Damage::BadFolder { folder } => fl!(loader, "damage-bad-folder", folder = folder.as_str()),
            Damage::DriveMissing { drive } => fl!(loader, "damage-drive-missing", drive = drive.to_string()),
            Damage::FolderMissing => fl!(loader, "damage-folder-missing"),
            Damage::Description(fault) | Damage::Settings(fault) => self.file_fault(fault),
            Damage::NoVersion => fl!(loader, "damage-no-version"),
            Damage::BadVersion(error) => fl!(loader, "damage-bad-version", why = self.version_error(error)),
        }
    }

    /// Why a file could not be used.
    pub fn file_fault(&self, fault: &FileFault) -> String {
        let loader = &self.loader;
        match fault {
            FileFault::Missing { file } => fl!(loader, "file-missing", file = file.as_str()),
            FileFault::Unreadable { file, detail } => {
                fl!(loader, "file-unreadable", file = file.as_str(), detail = detail.as_str())
            }
            FileFault::TooLarge { file, limit_bytes } => {
                fl!(loader, "file-too-large", file = file.as_str(), limit = self.bytes(*limit_bytes))
            }
            FileFault::Encoding { file, encoding } => {
                fl!(loader, "file-encoding", file = file.as_str(), encoding = encoding.as_str())
            }
            FileFault::NotXml { file, line, column, detail } => fl!(
                loader,
                "file-not-xml",
                file = file.as_str(),
                line = line.to_string(),
                column = column.to_string(),
                detail = detail.as_str()
            ),
            FileFault::WrongRoot { file, expected, found } => {
                fl!(
                    loader,
                    "file-wrong-root",
                    file = file.as_str(),
                    expected = expected.as_str(),
                    found = found.as_str()
                )
            }
            FileFault::NotRegistry { file, detail } => {
                fl!(loader, "file-not-registry", file = file.as_str(), detail = detail.as_str())
            }
        }
    }

    /// A problem of the machine.
    pub fn machine_fault(&self, fault: &Fault) -> String {
        let loader = &self.loader;
        match fault {
            Fault::File(fault) => self.file_fault(fault),
            Fault::PlatformVersion(error) => {
                fl!(loader, "machine-platform-version", why = self.version_error(error))
            }
            Fault::BaseWithoutId { position } => {
                fl!(loader, "machine-base-without-id", position = position.to_string())
            }
            Fault::Damaged(damage) => self.damage(damage),
            Fault::NoSettings => fl!(loader, "machine-no-settings"),
            Fault::OptionalVersion { attribute, error } => {
                fl!(
                    loader,
                    "machine-optional-version",
                    name = attribute.as_str(),
                    why = self.version_error(error)
                )
            }
            Fault::Devices { detail } => fl!(loader, "machine-devices", detail = detail.as_str()),
            Fault::CustomUpdatePath { address } => {
                fl!(loader, "machine-custom-update-path", address = address.as_str())
            }
        }
    }

    /// Why a text is no version.
    pub fn version_error(&self, error: &version::Error) -> String {
        let loader = &self.loader;
        match error {
            version::Error::Empty => fl!(loader, "version-empty"),
            version::Error::TooLong => fl!(loader, "version-too-long"),
            version::Error::Parts(text) => fl!(loader, "version-parts", text = text.as_str()),
            version::Error::NotANumber(text) => fl!(loader, "version-not-a-number", text = text.as_str()),
            version::Error::TooLarge(text) => fl!(loader, "version-too-large", text = text.as_str()),
        }
    }

    /// Why a description could not be had from a source.
    pub fn source_fault(&self, fault: &source::Fault) -> String {
        let loader = &self.loader;
        match fault {
            source::Fault::NotFound => fl!(loader, "source-not-found"),
            source::Fault::Connection { host, detail } => {
                fl!(loader, "source-connection", host = host.as_str(), detail = detail.as_str())
            }
            source::Fault::Tls { host, detail } => {
                fl!(loader, "source-tls", host = host.as_str(), detail = detail.as_str())
            }
            source::Fault::Timeout { host } => fl!(loader, "source-timeout", host = host.as_str()),
            source::Fault::Status { host, status } => {
                fl!(loader, "source-status", host = host.as_str(), status = status.to_string())
            }
            source::Fault::Redirect { host, target } => {
                fl!(loader, "source-redirect", host = host.as_str(), target = target.as_str())
            }
            source::Fault::Address { address } => {
                fl!(loader, "catalogue-address", address = address.as_str())
            }
            source::Fault::Unopened { detail } => fl!(loader, "source-unopened", detail = detail.as_str()),
            source::Fault::TooLarge { limit_bytes } => {
                fl!(loader, "source-too-large", limit = self.bytes(*limit_bytes))
            }
            source::Fault::Folder { detail } => fl!(loader, "source-folder", detail = detail.as_str()),
        }
    }

    /// A problem of a source's description.
    pub fn catalogue_fault(&self, fault: &catalogue::Fault) -> String {
        let loader = &self.loader;
        match fault {
            catalogue::Fault::Source(fault) => self.source_fault(fault),
            catalogue::Fault::File(fault) => self.file_fault(fault),
            catalogue::Fault::Version { element, error } => {
                fl!(loader, "catalogue-version", element = element.as_str(), why = self.version_error(error))
            }
            catalogue::Fault::Duplicate { version } => {
                fl!(loader, "catalogue-duplicate", version = version.to_string())
            }
            catalogue::Fault::OtherVersion { expected, found } => {
                fl!(
                    loader,
                    "catalogue-other-version",
                    expected = expected.to_string(),
                    found = found.to_string()
                )
            }
            catalogue::Fault::Value { element, text } => {
                fl!(loader, "catalogue-value", element = element.as_str(), text = text.as_str())
            }
            catalogue::Fault::Path { element, text } => {
                fl!(loader, "catalogue-path", element = element.as_str(), text = text.as_str())
            }
            catalogue::Fault::Address { address } => {
                fl!(loader, "catalogue-address", address = address.as_str())
            }
        }
    }

    /// Why nothing can be said about an item.
    pub fn unknown(&self, reason: &Unknown) -> String {
        match reason {
            Unknown::Catalogue { error } => self.catalogue_fault(&error.fault),
            Unknown::Unread { version } => fl!(self.loader, "unknown-unread", version = version.to_string()),
            Unknown::NoFeed => fl!(self.loader, "unknown-no-feed"),
        }
    }

    /// Why an item is not updated here.
    pub fn not_managed(&self, reason: &NotManaged) -> String {
        let loader = &self.loader;
        match reason {
            NotManaged::Cloud => fl!(loader, "not-managed-cloud"),
            NotManaged::Remote => fl!(loader, "not-managed-remote"),
            NotManaged::Damaged { damage } => self.damage(damage),
            NotManaged::SwitchedOff => fl!(loader, "not-managed-switched-off"),
        }
    }

    /// Why a release cannot be installed now.
    pub fn block(&self, block: &Block) -> String {
        match block {
            Block::NoFile { version } => fl!(self.loader, "block-no-file", version = version.to_string()),
        }
    }

    /// What to know before installing.
    pub fn warning(&self, warning: &Warning) -> String {
        let loader = &self.loader;
        match warning {
            Warning::NeedsPlatform { minimum, installed, available } => {
                let minimum = minimum.to_string();
                match (installed, available) {
                    (Some(installed), Some(available)) => fl!(
                        loader,
                        "warning-needs-platform-offered",
                        minimum = minimum,
                        installed = installed.to_string(),
                        available = available.to_string()
                    ),
                    (Some(installed), None) => {
                        fl!(
                            loader,
                            "warning-needs-platform",
                            minimum = minimum,
                            installed = installed.to_string()
                        )
                    }
                    (None, _) => fl!(loader, "warning-needs-platform-none", minimum = minimum),
                }
            }
            Warning::DevicesStop { devices, assumed: _ } => {
                fl!(loader, "warning-devices-stop", count = devices.len())
            }
            Warning::Unreachable { version } => {
                fl!(loader, "warning-unreachable", version = version.to_string())
            }
        }
    }

    /// Notes of several releases as one text, newest first.
    pub fn notes(&self, notes: &[Notes]) -> String {
        let one = |notes: &Notes| {
            let heading = match notes.date {
                Some(date) => format!("{} · {}", notes.version, self.date(date)),
                None => notes.version.to_string(),
            };
            format!("{heading}\n{}", notes.text.trim_end())
        };
        notes.iter().map(one).collect::<Vec<_>>().join("\n\n")
    }
}
