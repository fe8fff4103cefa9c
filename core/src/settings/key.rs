//! The settings by name: what each looks like as a text, what may be written for it, and what it is now.
//!
//! One text for each setting, the same on a command line, in the window and in lists; lists of a setting are
//! separated by semicolons. A text is judged by the very types that the file is read with. Deliberately not here:
//! words for people, and whether something that is named (a folder, a host) is there.

use std::path::Path;
use std::str::FromStr;

use url::Url;

use super::{
    BackupsPerBase, BackupsShareOfDisk, CheckHours, DownloadLimit, DownloadTries, KeepDownloads, Language,
    Notify, ProxyUser, Renderer, Settings, Value, WarnDays, WeekHours, WhoMayUpdate,
};
use crate::backup::Without;
use crate::http::proxy::{Proxy, WrongAddress};
use crate::http::{is_loopback, redacted_text};
use crate::subscription::NoData;

/// Between the parts of a list.
pub const SEPARATOR: char = ';';

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

/// Why a text is no value of a setting. The text is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A number within bounds is wanted.
    #[error("A number from {from} to {to} is wanted")]
    Number {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
    },
    /// One of these words is wanted.
    #[error("One of these is wanted: {}", .0.join(", "))]
    Word(&'static [&'static str]),
    /// Hours of the week are wanted.
    #[error("Hours such as 21:00-23:00 or mon-thu 21:00-23:00 are wanted")]
    Hours,
    /// An address or a folder is wanted.
    #[error("An https address or an absolute folder is wanted")]
    Source,
    /// A name or a password is in an address; everybody on the PC may read the settings.
    #[error("An address without a user name and a password is wanted, hence without @")]
    Login,
    /// What plain http brings can only be believed by its signatures.
    #[error("An https address is wanted; an http one of another PC only together with a trusted root")]
    Plain,
    /// The way to a proxy is wanted.
    #[error("system, environment, none or an address such as http://proxy.shop:3128 is wanted")]
    Proxy,
    /// A user's name is wanted.
    #[error("A name without a colon and a password is wanted")]
    User,
    /// The absolute path of a file or a folder is wanted.
    #[error("An absolute path is wanted")]
    Path,
    /// Names of folders are wanted.
    #[error("Names of folders are wanted, separated by semicolons")]
    Folders,
}

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
        let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
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

    /// Understands what a person has written; nothing at all takes the setting away, so that the default counts.
    /// `has_root`: a trusted root is in force, or is going to be.
    pub fn value(self, text: &str, has_root: bool) -> Result<Value, Wrong> {
        let text = text.trim();
        if text.is_empty() && self != Self::BackupWithout {
            return Ok(Value::Unset);
        }
        let kept = || Value::Text(text.to_owned());
        match self {
            Self::Source => source(text, has_root).map(|()| kept()),
            Self::Mirrors => {
                let mirrors = parts(text);
                mirrors.iter().try_for_each(|mirror| source(mirror, has_root))?;
                Ok(Value::List(mirrors))
            }
            Self::Publisher | Self::ResignedBy | Self::Administrator => Ok(kept()),
            Self::Proxy => match Proxy::try_from(text.to_owned()) {
                Ok(_) => Ok(kept()),
                Err(WrongAddress::Login) => Err(Wrong::Login),
                Err(WrongAddress::Other) => Err(Wrong::Proxy),
            },
            Self::ProxyUser => ProxyUser::try_from(text.to_owned()).map(|_| kept()).map_err(|_| Wrong::User),
            Self::CaFile | Self::ReportDir | Self::BackupDir | Self::DownloadsDir => {
                if is_absolute(text) {
                    Ok(kept())
                } else {
                    Err(Wrong::Path)
                }
            }
            Self::Offline => one_of(text, &YES_NO).map(|word| Value::Flag(word == YES_NO[0])),
            Self::WorkingHours | Self::Maintenance => {
                let hours: WeekHours = text.parse().map_err(|_| Wrong::Hours)?;
                Ok(Value::Text(hours.to_string()))
            }
            Self::Notify => one_of(text, &["admins", "all", "none"]).map(of_word),
            Self::WhoMayUpdate => one_of(text, &["admins", "all"]).map(of_word),
            Self::SubscriptionUnknown => one_of(text, &["warn", "stop"]).map(of_word),
            Self::Language => one_of(text, &["ru", "en"]).map(of_word),
            Self::Renderer => one_of(text, &["auto", "direct3d", "opengl"]).map(of_word),
            Self::BackupWithout => {
                let names = parts(text);
                Without::try_from(names.clone()).map(|_| Value::List(names)).map_err(|_| Wrong::Folders)
            }
            Self::CheckHours => number::<u16, CheckHours>(text, 1, 168),
            Self::SubscriptionWarnDays => number::<u16, WarnDays>(text, 0, 365),
            Self::BackupsPerBase => number::<u16, BackupsPerBase>(text, 1, 100),
            Self::BackupsShareOfDisk => number::<u8, BackupsShareOfDisk>(text, 1, 100),
            Self::DownloadTries => number::<u16, DownloadTries>(text, 1, 100),
            Self::KeepDownloads => number::<u16, KeepDownloads>(text, 0, 100),
            Self::DownloadLimit => number::<u32, DownloadLimit>(text, 0, u32::MAX),
        }
    }
}

const YES_NO: [&str; 2] = ["yes", "no"];

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

fn one_of(text: &str, words: &'static [&'static str]) -> Result<&'static str, Wrong> {
    let word = words.iter().find(|word| word.eq_ignore_ascii_case(text));
    word.copied().ok_or(Wrong::Word(words))
}

fn of_word(word: &str) -> Value {
    Value::Text(word.to_owned())
}

/// `T`: what the file is read as; the bounds are for the message alone.
fn number<N, T>(text: &str, from: u32, to: u32) -> Result<Value, Wrong>
where
    N: FromStr + Copy + Into<u32>,
    T: TryFrom<N>,
{
    let wrong = Wrong::Number { from, to };
    let number: N = text.parse().map_err(|_| wrong)?;
    T::try_from(number).map(|_| Value::Number(number.into())).map_err(|_| wrong)
}

fn parts(text: &str) -> Vec<String> {
    text.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether it can be reached is seen at each check; a PC may well be set up without a network.
fn source(text: &str, has_root: bool) -> Result<(), Wrong> {
    let Some((scheme, rest)) = text.split_once("://") else {
        return if is_absolute(text) { Ok(()) } else { Err(Wrong::Source) };
    };
    let is_plain = scheme.eq_ignore_ascii_case("http");
    if !is_plain && !scheme.eq_ignore_ascii_case("https") {
        return Err(Wrong::Source);
    }
    // An @ far behind the host may still be the end of a password that has a slash in it.
    if rest.contains('@') {
        return Err(Wrong::Login);
    }
    match text.parse::<Url>() {
        Ok(address) if is_plain && !has_root && !is_loopback(&address) => Err(Wrong::Plain),
        Ok(_) => Ok(()),
        Err(_) => Err(Wrong::Source),
    }
}

/// As Windows sees it, wherever this runs.
pub fn is_absolute(text: &str) -> bool {
    let mut letters = text.chars();
    let has_drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic());
    let is_on_drive =
        has_drive && (letters.as_str().starts_with(":\\") || letters.as_str().starts_with(":/"));
    is_on_drive || text.starts_with(r"\\") || Path::new(text).is_absolute()
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
    fn a_text_that_means_nothing_is_told_what_would() {
        let wrong = |key: Key, text: &str| key.value(text, false).unwrap_err();
        for text in ["0", "169", "4,5", "four", "-1"] {
            assert_eq!(wrong(Key::CheckHours, text), Wrong::Number { from: 1, to: 168 });
        }
        assert_eq!(wrong(Key::DownloadLimit, "fast"), Wrong::Number { from: 0, to: u32::MAX });
        assert_eq!(wrong(Key::Notify, "me"), Wrong::Word(&["admins", "all", "none"]));
        assert_eq!(wrong(Key::WorkingHours, "9-18"), Wrong::Hours);
        assert_eq!(wrong(Key::Source, "Зеркало"), Wrong::Source);
        assert_eq!(wrong(Key::Source, "ftp://server"), Wrong::Source);
        assert_eq!(wrong(Key::Source, "https://ivan:s3cret@mirror.shop/"), Wrong::Login);
        assert_eq!(wrong(Key::Mirrors, "https://mirror.shop/; https://ivan@b.shop"), Wrong::Login);
        assert_eq!(wrong(Key::Proxy, "http://ivan:s3cret@proxy:3128"), Wrong::Login);
        assert_eq!(wrong(Key::Proxy, "tor"), Wrong::Proxy);
        assert_eq!(wrong(Key::ProxyUser, "ivan:s3cret"), Wrong::User);
        assert_eq!(wrong(Key::BackupDir, r"..\Копии"), Wrong::Path);
        assert_eq!(wrong(Key::BackupWithout, r"Кэш; a\b"), Wrong::Folders);
    }

    #[test]
    fn plain_http_to_another_pc_needs_a_trusted_root() {
        assert_eq!(Key::Source.value("http://mirror.shop/", false), Err(Wrong::Plain));
        assert!(Key::Source.value("http://mirror.shop/", true).is_ok());
        assert!(Key::Source.value("http://127.0.0.1:8080/", false).is_ok());
    }

    #[test]
    fn nothing_at_all_takes_a_setting_away_but_no_folder_left_out_is_a_choice() {
        assert_eq!(Key::Source.value("  ", false), Ok(Value::Unset));
        assert_eq!(Key::BackupWithout.value(" ", false), Ok(Value::List(Vec::new())));
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        let settings =
            Settings { source: Some("https://ivan:s3cret@mirror.shop/x".into()), ..Settings::default() };
        assert_eq!(Key::Source.text(&settings).as_deref(), Some("https://mirror.shop/x"));
    }
}
