//! The settings by name, and what each of them is now.
//!
//! One text for each setting, the same on a command line, in the window and in lists; lists of a setting are
//! separated by semicolons. Deliberately not here: words for people, and what may be written for a setting
//! ([`written`](super::written)).

use std::path::PathBuf;
use std::str::FromStr;

use super::written::SEPARATOR;
use super::{Language, Notify, Renderer, Settings, WeekHours, WhoMayUpdate};
use crate::http::{is_redacted, redacted_text};
use crate::subscription::NoData;

/// A setting of `settings.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// `source`.
    Source,
    /// `mirrors`.
    Mirrors,
    /// `publisher`.
    Publisher,
    /// `resigned_by`.
    ResignedBy,
    /// `proxy`.
    Proxy,
    /// `proxy_user`.
    ProxyUser,
    /// `ca_file`.
    CaFile,
    /// `offline`.
    Offline,
    /// `check_hours`.
    CheckHours,
    /// `working_hours`.
    WorkingHours,
    /// `notify`.
    Notify,
    /// `maintenance`.
    Maintenance,
    /// `who_may_update`.
    WhoMayUpdate,
    /// `administrator`.
    Administrator,
    /// `subscription_unknown`.
    SubscriptionUnknown,
    /// `subscription_warn_days`.
    SubscriptionWarnDays,
    /// `backup_dir`.
    BackupDir,
    /// `backup_without`.
    BackupWithout,
    /// `backups_per_base`.
    BackupsPerBase,
    /// `backups_share_of_disk`.
    BackupsShareOfDisk,
    /// `downloads_dir`.
    DownloadsDir,
    /// `download_limit_kib_s`.
    DownloadLimit,
    /// `download_tries`.
    DownloadTries,
    /// `keep_downloads`.
    KeepDownloads,
    /// `report_dir`.
    ReportDir,
    /// `language`.
    Language,
    /// `renderer`.
    Renderer,
}

/// All of them, in the order they are listed in.
pub const KEYS: [Key; 27] = [
    Key::Source,
    Key::Mirrors,
    Key::Publisher,
    Key::ResignedBy,
    Key::Proxy,
    Key::ProxyUser,
    Key::CaFile,
    Key::Offline,
    Key::CheckHours,
    Key::WorkingHours,
    Key::Notify,
    Key::Maintenance,
    Key::WhoMayUpdate,
    Key::Administrator,
    Key::SubscriptionUnknown,
    Key::SubscriptionWarnDays,
    Key::BackupDir,
    Key::BackupWithout,
    Key::BackupsPerBase,
    Key::BackupsShareOfDisk,
    Key::DownloadsDir,
    Key::DownloadLimit,
    Key::DownloadTries,
    Key::KeepDownloads,
    Key::ReportDir,
    Key::Language,
    Key::Renderer,
];

/// Such a name is no setting's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("No such setting")]
pub struct UnknownKey;

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Self, UnknownKey> {
        KEYS.into_iter().find(|key| key.name() == name).ok_or(UnknownKey)
    }
}

impl Key {
    /// As it stands in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Mirrors => "mirrors",
            Self::Publisher => "publisher",
            Self::ResignedBy => "resigned_by",
            Self::Proxy => "proxy",
            Self::ProxyUser => "proxy_user",
            Self::CaFile => "ca_file",
            Self::Offline => "offline",
            Self::CheckHours => "check_hours",
            Self::WorkingHours => "working_hours",
            Self::Notify => "notify",
            Self::Maintenance => "maintenance",
            Self::WhoMayUpdate => "who_may_update",
            Self::Administrator => "administrator",
            Self::SubscriptionUnknown => "subscription_unknown",
            Self::SubscriptionWarnDays => "subscription_warn_days",
            Self::BackupDir => "backup_dir",
            Self::BackupWithout => "backup_without",
            Self::BackupsPerBase => "backups_per_base",
            Self::BackupsShareOfDisk => "backups_share_of_disk",
            Self::DownloadsDir => "downloads_dir",
            Self::DownloadLimit => "download_limit_kib_s",
            Self::DownloadTries => "download_tries",
            Self::KeepDownloads => "keep_downloads",
            Self::ReportDir => "report_dir",
            Self::Language => "language",
            Self::Renderer => "renderer",
        }
    }

    /// What is in force by these settings; `None`: nothing is, as nothing is set. Of an address what may be shown.
    pub fn text(self, settings: &Settings) -> Option<String> {
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        let hours = |hours: &Option<WeekHours>| hours.as_ref().map(WeekHours::to_string);
        let list = |list: Vec<String>| Some(list.join("; ")).filter(|text| !text.is_empty());
        match self {
            Self::Source => settings.source.as_deref().map(redacted_text),
            Self::Mirrors => list(settings.mirrors.iter().map(|text| redacted_text(text)).collect()),
            Self::Publisher => settings.publisher.clone(),
            Self::ResignedBy => settings.resigned_by.clone(),
            Self::Proxy => Some(settings.proxy.to_string()),
            Self::ProxyUser => settings.proxy_user.as_ref().map(|user| user.name().to_owned()),
            Self::CaFile => path(&settings.ca_file),
            Self::Offline => Some(yes_no(settings.offline).to_owned()),
            Self::CheckHours => Some(settings.check_hours.hours().to_string()),
            Self::WorkingHours => hours(&settings.working_hours),
            Self::Notify => Some(notify(settings.notify).to_owned()),
            Self::Maintenance => hours(&settings.maintenance),
            Self::WhoMayUpdate => Some(who(settings.who_may_update).to_owned()),
            Self::Administrator => settings.administrator.clone(),
            Self::SubscriptionUnknown => Some(no_data(settings.subscription_unknown).to_owned()),
            Self::SubscriptionWarnDays => Some(settings.subscription_warn_days.days().to_string()),
            Self::BackupDir => path(&settings.backup_dir),
            Self::BackupWithout => Some(settings.backup_without.names().join("; ")),
            Self::BackupsPerBase => Some(settings.copies().per_base.to_string()),
            Self::BackupsShareOfDisk => Some(settings.copies().percent_of_disk.to_string()),
            Self::DownloadsDir => path(&settings.downloads_dir),
            Self::DownloadLimit => Some(settings.download_limit_kib_s.kib_per_second().to_string()),
            Self::DownloadTries => Some(settings.download_tries.tries().to_string()),
            Self::KeepDownloads => Some(settings.keep_downloads.versions().to_string()),
            Self::ReportDir => path(&settings.report_dir),
            Self::Language => settings.language.map(|language| word(language).to_owned()),
            Self::Renderer => Some(renderer(settings.renderer).to_owned()),
        }
    }
}

/// What of a setting its text does not say: changed as a text, it would be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// An address holds a name, a password or a query, which are not shown.
    Secret,
    /// A part of a list holds what stands between the parts.
    Separator,
}

impl Key {
    /// Whether the text of a setting is not all of it.
    pub fn unsaid(self, settings: &Settings) -> Option<Unsaid> {
        let has_separator = |parts: &[String]| parts.iter().any(|part| part.contains(SEPARATOR));
        match self {
            Self::Source if settings.source.as_deref().is_some_and(is_redacted) => Some(Unsaid::Secret),
            Self::Mirrors if settings.mirrors.iter().any(|mirror| is_redacted(mirror)) => {
                Some(Unsaid::Secret)
            }
            Self::Mirrors if has_separator(&settings.mirrors) => Some(Unsaid::Separator),
            Self::BackupWithout if has_separator(settings.backup_without.names()) => Some(Unsaid::Separator),
            _ => None,
        }
    }
}

pub(super) const YES_NO: [&str; 2] = ["yes", "no"];

fn yes_no(on: bool) -> &'static str {
    if on { YES_NO[0] } else { YES_NO[1] }
}

fn notify(notify: Notify) -> &'static str {
    match notify {
        Notify::Admins => "admins",
        Notify::All => "all",
        Notify::None => "none",
    }
}

fn who(who: WhoMayUpdate) -> &'static str {
    match who {
        WhoMayUpdate::Admins => "admins",
        WhoMayUpdate::All => "all",
    }
}

fn no_data(no_data: NoData) -> &'static str {
    match no_data {
        NoData::Warn => "warn",
        NoData::Stop => "stop",
    }
}

fn word(language: Language) -> &'static str {
    match language {
        Language::Ru => "ru",
        Language::En => "en",
    }
}

fn renderer(renderer: Renderer) -> &'static str {
    match renderer {
        Renderer::Auto => "auto",
        Renderer::Direct3d => "direct3d",
        Renderer::Opengl => "opengl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_name_of_its_own_and_is_found_by_it() {
        for key in KEYS {
            assert_eq!(key.name().parse(), Ok(key));
        }
        assert_eq!("sorce".parse::<Key>(), Err(UnknownKey));
    }

    #[test]
    fn what_each_key_says_of_the_settings_is_understood_as_the_same_settings() {
        let dir = tempfile::tempdir().unwrap();
        let written = dir.path().join("written.toml");
        let text = "source = 'D:\\Зеркало'\nmirrors = ['https://mirror.shop/', '\\\\server\\share']\n\
            publisher = 'Клеверенс Софт'\nresigned_by = 'Магазин'\nproxy = 'http://proxy.shop:3128'\n\
            proxy_user = 'SHOP\\ivan'\nca_file = 'C:\\keys\\shop.pem'\noffline = true\ncheck_hours = 8\n\
            working_hours = 'mon-fri 9:00-18:00'\nnotify = 'all'\nmaintenance = '21:00-23:00'\n\
            who_may_update = 'all'\nadministrator = 'Пётр, 12-34'\nsubscription_unknown = 'stop'\n\
            subscription_warn_days = 10\nbackup_dir = 'D:\\Копии'\nbackup_without = ['Кэш', 'Logs']\n\
            backups_per_base = 5\nbackups_share_of_disk = 40\ndownloads_dir = 'D:\\Загрузки'\n\
            download_limit_kib_s = 500\ndownload_tries = 9\nkeep_downloads = 0\nreport_dir = 'D:\\Отчёты'\n\
            language = 'en'\nrenderer = 'opengl'\n";
        std::fs::write(&written, text).unwrap();
        let settings = Settings::load(&written).unwrap();
        let values = KEYS.map(|key| {
            let text = key.text(&settings).unwrap();
            assert_ne!(Some(&text), key.text(&Settings::default()).as_ref(), "{key:?} is not of the default");
            (key.name(), key.value(&text, false).unwrap())
        });
        let again = dir.path().join("again.toml");
        super::super::set(&again, &values).unwrap();
        assert_eq!(Settings::load(&again).unwrap(), settings);
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let settings =
            Settings { source: Some("https://ivan:s3cret@mirror.shop/x".into()), ..Settings::default() };
        assert_eq!(Key::Source.text(&settings).as_deref(), Some("https://mirror.shop/x"));
    }

    #[test]
    fn what_a_text_does_not_say_of_a_setting_is_known() {
        let of = |text: &str, key: Key| key.unsaid(&Settings::parse(text).unwrap());
        for (mirror, unsaid) in [
            ("https://ivan:s3cret@mirror.shop/", Some(Unsaid::Secret)),
            ("https://mirror.shop/?token=1", Some(Unsaid::Secret)),
            ("https://mirror.shop", None),
            ("https://mirror.shop:443/a", None),
            (r"D:\Зеркало", None),
            (r"D:\a;b", Some(Unsaid::Separator)),
        ] {
            assert_eq!(of(&format!("mirrors = ['{mirror}']"), Key::Mirrors), unsaid, "{mirror}");
        }
        assert_eq!(of("source = 'https://ivan@a.shop'", Key::Source), Some(Unsaid::Secret));
        assert_eq!(of("backup_without = ['a;b']", Key::BackupWithout), Some(Unsaid::Separator));
        assert_eq!(of("backup_without = ['Кэш', 'Logs']", Key::BackupWithout), None);
    }
}
