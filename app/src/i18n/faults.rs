//! Words for what `smarts-core` reports as types: damage, blocks, warnings, faults.
//!
//! Each function gives one sentence or clause without a period, in lower case where it continues another
//! sentence. Never blames anybody.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::machine::{Damage, Fault, FileFault};
use smarts_core::offer::{Block, Item, NotManaged, Notes, Subject, Unknown, Warning};
use smarts_core::source;
use smarts_core::{catalogue, version};

use super::Texts;
use crate::model::summary::Updates;

impl Texts {
    /// Why a base cannot be updated.
    pub fn damage(&self, damage: &Damage) -> String {
        let loader = &self.loader;
        match damage {
            Damage::DuplicateId { id } => fl!(loader, "damage-duplicate-id", id = id.as_str()),
            Damage::BadFolder { folder } => fl!(loader, "damage-bad-folder", folder = folder.as_str()),
            Damage::DriveMissing { drive } => fl!(loader, "damage-drive-missing", drive = drive.to_string()),
            Damage::FolderMissing => fl!(loader, "damage-folder-missing"),
            Damage::FolderUnreadable { detail } => {
                fl!(loader, "damage-folder-unreadable", detail = detail.as_str())
            }
            Damage::Description(fault) | Damage::Settings(fault) => self.file_fault(fault),
            Damage::NoVersion => fl!(loader, "damage-no-version"),
            Damage::BadVersion(error) => {
                fl!(loader, "damage-bad-version", error = self.version_error(error))
            }
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
                fl!(loader, "file-too-large", file = file.as_str(), limit = self.size(*limit_bytes))
            }
            FileFault::Encoding { file, encoding } => {
                fl!(loader, "file-encoding", file = file.as_str(), encoding = encoding.as_str())
            }
            FileFault::NotXml { file, line, .. } => {
                fl!(loader, "file-not-xml", file = file.as_str(), line = line.to_string())
            }
            FileFault::WrongRoot { file, expected, found } => fl!(
                loader,
                "file-wrong-root",
                file = file.as_str(),
                expected = expected.as_str(),
                found = found.as_str()
            ),
            FileFault::NotRegistry { file, detail } => {
                fl!(loader, "file-not-registry", file = file.as_str(), detail = detail.as_str())
            }
        }
    }

    /// What could not be read on the machine.
    pub fn machine_fault(&self, fault: &Fault) -> String {
        let loader = &self.loader;
        match fault {
            Fault::File(fault) => self.file_fault(fault),
            Fault::PlatformVersion(error) => {
                fl!(loader, "machine-platform-version", error = self.version_error(error))
            }
            Fault::UpdaterVersion(error) => {
                fl!(loader, "machine-updater-version", error = self.version_error(error))
            }
            Fault::UpdaterUnread(fault) => {
                fl!(loader, "machine-updater-unread", reason = self.file_fault(fault))
            }
            Fault::BaseWithoutId { position } => {
                fl!(loader, "machine-base-without-id", position = position.to_string())
            }
            Fault::Damaged(damage) => self.damage(damage),
            Fault::NoSettings => fl!(loader, "machine-no-settings"),
            Fault::OptionalVersion { attribute, error } => fl!(
                loader,
                "machine-optional-version",
                name = attribute.as_str(),
                error = self.version_error(error)
            ),
            Fault::Devices { detail } => fl!(loader, "machine-devices", detail = detail.as_str()),
            Fault::Licences { detail } => fl!(loader, "machine-licences", detail = detail.as_str()),
            Fault::LicenceFiles { count, file } => {
                let count = *count;
                fl!(loader, "machine-licence-files", count = count, file = file.as_str())
            }
            Fault::LicenceEnd { text } => fl!(loader, "machine-licence-end", text = text.as_str()),
            Fault::Unfinished { to, backup_dir, is_going_back } => {
                let to = to.map_or_else(String::new, |version| version.to_string());
                if *is_going_back {
                    fl!(loader, "machine-unfinished-back", to = to, folder = backup_dir.as_str())
                } else {
                    fl!(loader, "machine-unfinished", to = to, folder = backup_dir.as_str())
                }
            }
            Fault::ServerStopped { service, .. } => {
                fl!(loader, "machine-server-stopped", service = service.as_str())
            }
            Fault::TaskNotOurs { program: Some(program) } => {
                fl!(loader, "machine-task-foreign", program = program.as_str())
            }
            Fault::TaskNotOurs { program: None } => fl!(loader, "machine-task-gone"),
            Fault::SettingsNotUsed => fl!(loader, "machine-settings-not-used"),
            Fault::Subscriptions { detail } => {
                fl!(loader, "machine-subscriptions", detail = detail.as_str())
            }
            Fault::SubscriptionLines { count, line } => {
                let (count, line) = (*count, line.to_string());
                fl!(loader, "machine-subscription-lines", count = count, line = line)
            }
            Fault::CustomUpdatePath { address } => {
                fl!(loader, "machine-custom-update-path", address = address.as_str())
            }
        }
    }

    /// Why a text is not a version.
    pub fn version_error(&self, error: &version::Error) -> String {
        let loader = &self.loader;
        match error {
            version::Error::Empty => fl!(loader, "version-empty"),
            version::Error::TooLong => fl!(loader, "version-too-long"),
            version::Error::Parts(text)
            | version::Error::NotANumber(text)
            | version::Error::TooLarge(text) => fl!(loader, "version-not-one", text = text.as_str()),
        }
    }

    /// Why a source gave no file.
    pub fn source_fault(&self, fault: &source::Fault) -> String {
        let loader = &self.loader;
        match fault {
            source::Fault::NotFound => fl!(loader, "source-not-found"),
            source::Fault::Connection { host, proxy, .. } => {
                self.by_proxy(fl!(loader, "source-connection", host = host.as_str()), proxy.as_deref())
            }
            source::Fault::Timeout { host, proxy } => {
                self.by_proxy(fl!(loader, "source-timeout", host = host.as_str()), proxy.as_deref())
            }
            source::Fault::Tls { host, proxy, problem, .. } => {
                self.by_proxy(self.tls_problem(host, *problem), proxy.as_deref())
            }
            source::Fault::ProxyAuthentication { proxy, login, .. } => self.proxy_login(proxy, *login),
            source::Fault::ProxyUnusable { proxy } => {
                fl!(loader, "proxy-unusable", proxy = proxy.as_str())
            }
            source::Fault::ProxyRefusal { host, proxy } => {
                fl!(loader, "proxy-refusal", proxy = proxy.as_str(), host = host.as_str())
            }
            source::Fault::CaFile { path, problem } => self.ca_problem(path, problem),
            source::Fault::Status { host, status } => {
                fl!(loader, "source-status", host = host.as_str(), status = status.to_string())
            }
            source::Fault::Redirect { host, target } => {
                fl!(loader, "source-redirect", host = host.as_str(), target = target.as_str())
            }
            source::Fault::TooLarge { limit_bytes } => {
                fl!(loader, "source-too-large", limit = self.size(*limit_bytes))
            }
            source::Fault::Address { address } => {
                fl!(loader, "catalogue-address", address = address.as_str())
            }
            source::Fault::Unopened { .. } => fl!(loader, "source-unopened"),
            source::Fault::Folder { detail } => fl!(loader, "source-folder", detail = detail.as_str()),
            source::Fault::Unsigned => fl!(loader, "source-unsigned"),
            source::Fault::Untrusted { .. } => fl!(loader, "source-untrusted"),
            source::Fault::Older { role, seen, found } => fl!(
                loader,
                "source-older",
                role = role.as_str(),
                seen = seen.to_string(),
                found = found.to_string()
            ),
            source::Fault::Expired { since, now, clock: Some(clock), .. } => fl!(
                loader,
                "source-expired-clock",
                since = self.utc_day(*since),
                now = self.utc_day(*now),
                clock = self.utc_day(*clock)
            ),
            source::Fault::Expired { since, now, clock: None, .. } => {
                fl!(loader, "source-expired", since = self.utc_day(*since), now = self.utc_day(*now))
            }
            source::Fault::Missing { path } => fl!(loader, "source-missing", path = path.as_str()),
            source::Fault::NotSigned { path } => fl!(loader, "source-not-signed", path = path.as_str()),
            source::Fault::SignedAnew { path } => fl!(loader, "source-signed-anew", path = path.as_str()),
            source::Fault::Root { .. } => fl!(loader, "source-root"),
            source::Fault::Store { path, detail } => {
                fl!(loader, "source-store", path = path.as_str(), detail = detail.as_str())
            }
            source::Fault::ClockBehind { now, at_least } => {
                fl!(loader, "source-clock-behind", now = self.utc_day(*now), least = self.utc_day(*at_least))
            }
        }
    }

    /// The day of a moment that is the same everywhere.
    pub fn utc_day(&self, at: Timestamp) -> String {
        self.date(at.to_zoned(TimeZone::UTC).date())
    }

    /// What is wrong with a description in a source.
    pub fn catalogue_fault(&self, fault: &catalogue::Fault) -> String {
        let loader = &self.loader;
        match fault {
            // What concerns the whole source is told in full where it is told once.
            catalogue::Fault::Source(fault) => {
                self.distrust(fault).unwrap_or_else(|| self.source_fault(fault))
            }
            catalogue::Fault::File(fault) => self.file_fault(fault),
            catalogue::Fault::Version { element, error } => fl!(
                loader,
                "catalogue-version",
                element = element.as_str(),
                error = self.version_error(error)
            ),
            catalogue::Fault::Duplicate { version } => {
                fl!(loader, "catalogue-duplicate", version = version.to_string())
            }
            catalogue::Fault::OtherVersion { expected, found } => fl!(
                loader,
                "catalogue-other-version",
                expected = expected.to_string(),
                found = found.to_string()
            ),
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
    pub fn unknown(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::Platform { fault } => self.machine_fault(fault),
            Unknown::Catalogue { error } => self.catalogue_fault(&error.fault),
            Unknown::Unread { version } => {
                fl!(self.loader, "unknown-unread", version = version.to_string())
            }
            Unknown::IncompleteList => fl!(self.loader, "unknown-incomplete-list"),
            Unknown::UnsafeFeed { path } => fl!(self.loader, "unknown-unsafe-feed", path = path.as_str()),
            Unknown::NoFeed => fl!(self.loader, "unknown-no-feed"),
        }
    }

    /// Why an item is not updated here.
    pub fn not_managed(&self, reason: &NotManaged) -> String {
        match reason {
            NotManaged::Cloud => fl!(self.loader, "not-managed-cloud"),
            NotManaged::Remote => fl!(self.loader, "not-managed-remote"),
            NotManaged::Damaged { damage } => {
                fl!(self.loader, "not-managed-damaged", reason = self.damage(damage))
            }
            NotManaged::SwitchedOff => fl!(self.loader, "not-managed-switched-off"),
            NotManaged::NoReleasesHere => fl!(self.loader, "not-managed-no-releases-here"),
        }
    }

    /// Why a release cannot be installed now.
    pub fn block(&self, block: &Block) -> String {
        match block {
            Block::NoFile { version } => {
                fl!(self.loader, "block-no-file", version = version.to_string())
            }
            Block::SubscriptionEnded(ended) => self.subscription_ended(ended),
            Block::SubscriptionUnknown(about) => self.subscription_unknown(about),
        }
    }

    /// What to know before installing.
    pub fn warning(&self, warning: &Warning) -> String {
        let loader = &self.loader;
        match warning {
            Warning::NeedsPlatform { minimum, available: None, .. } => {
                fl!(loader, "warning-needs-platform", minimum = minimum.to_string())
            }
            Warning::NeedsPlatform { minimum, available: Some(available), .. } => fl!(
                loader,
                "warning-needs-platform-available",
                minimum = minimum.to_string(),
                available = available.to_string()
            ),
            Warning::DevicesStop { devices, assumed: false } => {
                fl!(loader, "warning-devices-stop", count = devices.len())
            }
            Warning::DevicesStop { devices, assumed: true } => {
                fl!(loader, "warning-devices-may-stop", count = devices.len())
            }
            Warning::Unreachable { version } => {
                fl!(loader, "warning-unreachable", version = version.to_string())
            }
            Warning::SubscriptionUnknown(about) => self.subscription_unknown(about),
            Warning::ExchangeEnds { devices } => self.exchange_ends(devices),
        }
    }

    /// The name a person knows an item by.
    pub fn item_name(&self, item: &Item) -> String {
        match item.subject {
            Subject::Platform => fl!(self.loader, "platform-name"),
            Subject::Base => item.name.clone(),
            Subject::Updater => fl!(self.loader, "updater-name"),
        }
    }

    /// What can be installed, in one line; there is something.
    pub fn updates(&self, updates: Updates) -> String {
        let loader = &self.loader;
        let Updates { platform, bases, updater } = updates;
        match (platform, bases, updater) {
            (true, 0, false) => fl!(loader, "headline-platform"),
            (true, bases, false) => fl!(loader, "headline-platform-and-bases", count = bases),
            (false, bases, false) => fl!(loader, "headline-bases", count = bases),
            (false, 0, true) => fl!(loader, "headline-updater"),
            (true, 0, true) => fl!(loader, "headline-platform-and-updater"),
            (false, bases, true) => fl!(loader, "headline-bases-and-updater", count = bases),
            (true, bases, true) => fl!(loader, "headline-platform-bases-and-updater", count = bases),
        }
    }

    /// Notes of several releases as one text, newest first.
    pub fn notes(&self, notes: &[Notes]) -> String {
        let one = |notes: &Notes| {
            let version = notes.version.to_string();
            let heading =
                notes.date.map_or_else(|| version.clone(), |date| format!("{version} · {}", self.date(date)));
            format!("{heading}\n{}", notes.text.trim_end())
        };
        notes.iter().map(one).collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use crate::i18n::Language;

    use super::*;

    #[test]
    fn the_number_of_devices_decides_the_form_of_the_sentence() {
        let ru = Texts::new(Language::Ru).unwrap();
        let stop = |count: usize| {
            let devices = (0..count).map(|number| number.to_string()).collect();
            ru.warning(&Warning::DevicesStop { devices, assumed: false })
        };
        assert!(stop(1).starts_with("1 ТСД не сможет подключиться"), "{}", stop(1));
        assert!(stop(4).starts_with("4 ТСД не смогут подключиться"), "{}", stop(4));
        assert!(stop(21).starts_with("21 ТСД не сможет подключиться"), "{}", stop(21));
    }

    #[test]
    fn what_came_out_is_told_in_one_line_with_the_number_of_bases() {
        let ru = Texts::new(Language::Ru).unwrap();
        let told = |platform, bases, updater| ru.updates(Updates { platform, bases, updater });
        assert_eq!(told(false, 0, true), "Вышла новая версия этой программы");
        assert_eq!(told(true, 0, true), "Вышли новая платформа и новая версия этой программы");
        assert_eq!(told(false, 1, true), "Вышли обновление для 1 базы и новая версия этой программы");
        assert_eq!(told(false, 5, true), "Вышли обновления для 5 баз и новая версия этой программы");
        assert_eq!(
            told(true, 21, true),
            "Вышли платформа, обновления для 21 базы и новая версия этой программы"
        );
        assert_eq!(told(true, 2, false), "Вышла платформа и обновления для 2 баз");
    }

    #[test]
    fn a_fault_in_a_file_names_the_file_and_the_place() {
        let ru = Texts::new(Language::Ru).unwrap();
        let fault = FileFault::NotXml {
            file: "AppDescription.xml".into(),
            line: 3,
            column: 7,
            detail: "unexpected end".into(),
        };
        let reason = NotManaged::Damaged { damage: Damage::Description(fault) };
        assert_eq!(ru.not_managed(&reason), "Обновить нельзя: AppDescription.xml испорчен в строке 3");
    }
}
