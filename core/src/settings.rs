//! The machine-wide settings, `settings.toml`: everything has a default, a broken file is never replaced.
//!
//! Whoever can write them decides where an administrator's updates come from, so they count only where nobody
//! but administrators can. Deliberately not here: command-line options, which win over settings at the
//! programs' edge.

mod copies;
mod downloads;
mod key;
mod set;
mod stored;
mod warn_days;
mod week_hours;
mod written;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::backup::Without;
use crate::fs;
use crate::http;
use crate::http::login::is_user;
use crate::http::proxy::Proxy;
use crate::machine::{Fault, Problem};
use crate::os::Os;
use crate::subscription::NoData;

pub use self::copies::{BackupsPerBase, BackupsShareOfDisk};
pub use self::downloads::{DownloadLimit, DownloadTries, KeepDownloads};
pub use self::key::{KEYS, Key, UnknownKey, Unsaid};
pub use self::set::{Prepared, SetError, Value, prepare_for_all, set, set_for_all};
pub use self::stored::{Stored, stored};
pub use self::warn_days::WarnDays;
pub use self::week_hours::{ParseError, WeekHours};
pub use self::written::{Wrong, is_absolute};

/// The vendor's site, as a published build of the platform names it (not checked live).
pub const DEFAULT_SOURCE: &str = "https://files.cleverence.ru";

const LARGEST_FILE: u64 = 1024 * 1024;

/// The settings in force.
#[derive(Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A site or a folder, in place of the vendor's site.
    pub source: Option<String>,
    /// The company whose Windows signature is expected of installers, whatever a release says.
    pub publisher: Option<String>,
    /// A company that signs installers anew, whose signature counts as well as the expected one.
    pub resigned_by: Option<String>,
    /// Way to the source.
    pub proxy: Proxy,
    /// Who logs in to the proxy; the password is kept elsewhere ([`crate::secret`]).
    pub proxy_user: Option<ProxyUser>,
    /// A PEM file with certificates that count besides the system's own: a company's.
    pub ca_file: Option<PathBuf>,
    /// Language of the programs; the system's where it is not set.
    pub language: Option<Language>,
    /// How the window is drawn.
    pub renderer: Renderer,
    /// Hours between two checks in the background.
    pub check_hours: CheckHours,
    /// The background check runs in these hours only.
    pub working_hours: Option<WeekHours>,
    /// When updates are made here, and what waits is said again.
    pub maintenance: Option<WeekHours>,
    /// This PC has no way to a source: that it is not reached is no news, the age of what is known is.
    pub offline: bool,
    /// Who hears of new releases in the background.
    pub notify: Notify,
    /// Who is offered to update.
    pub who_may_update: WhoMayUpdate,
    /// What it means that it is not known whether a release is covered by subscriptions.
    pub subscription_unknown: NoData,
    /// Days before the end of a subscription from which it is said: 0 to 365, 30 if nothing is set.
    pub subscription_warn_days: WarnDays,
    /// Whom the others are told to ask: a name, a telephone number.
    pub administrator: Option<String>,
    /// Where each check leaves a report for the company, beside the person's own.
    pub report_dir: Option<PathBuf>,
    /// Where copies of bases go, in place of the platform's own folder for them.
    pub backup_dir: Option<PathBuf>,
    /// Folders in a base's root that are in no copy of it.
    pub backup_without: Without,
    /// Copies that are kept of each base.
    pub backups_per_base: BackupsPerBase,
    /// How much of their disk all copies may fill.
    pub backups_share_of_disk: BackupsShareOfDisk,
    /// Further roots with the tree of the source, which are asked for files when the source does not give them.
    pub mirrors: Vec<String>,
    /// Where files of releases go, in place of each person's own downloads: a folder in which each has one.
    pub downloads_dir: Option<PathBuf>,
    /// Older versions whose files are kept.
    pub keep_downloads: KeepDownloads,
    /// Tries at a place that may bring nothing.
    pub download_tries: DownloadTries,
    /// The speed of all downloads together.
    pub download_limit_kib_s: DownloadLimit,
    #[serde(flatten)]
    unknown: toml::Table,
}

/// A language of the programs, as `ru` or `en`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// How the window is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// What works on this PC, looked for in the usual order.
    #[default]
    Auto,
    /// Direct3D 12, on a software adapter where there is no other.
    Direct3d,
    /// OpenGL.
    Opengl,
}

/// Who hears of new releases in the background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    /// Administrators of this PC, also before the system has asked them.
    #[default]
    Admins,
    /// Everybody who is signed in.
    All,
    /// Nobody.
    None,
}

/// Who is offered to update. Windows asks for an administrator's permission in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoMayUpdate {
    /// Administrators of this PC.
    #[default]
    Admins,
    /// Everybody, with an administrator's password.
    All,
}

/// A user's name for a proxy, as `DOMAIN\name` or `name`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ProxyUser(String);

impl ProxyUser {
    /// As it is sent.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProxyUser {
    type Error = &'static str;

    /// Of a wrong one nothing is repeated: behind a colon there may be a password.
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if is_user(&text) {
            Ok(Self(text))
        } else {
            Err("proxy_user is a name without a colon and a password")
        }
    }
}

/// Hours between two checks: 1 to 168, 4 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct CheckHours(u16);

impl CheckHours {
    /// How many.
    pub fn hours(self) -> u16 {
        self.0
    }
}

impl Default for CheckHours {
    fn default() -> Self {
        Self(4)
    }
}

impl TryFrom<u16> for CheckHours {
    type Error = &'static str;

    fn try_from(hours: u16) -> Result<Self, Self::Error> {
        if (1..=168).contains(&hours) { Ok(Self(hours)) } else { Err("check_hours is 1 to 168") }
    }
}

/// Of the address what may be shown; of unknown keys their names.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("source", &self.source.as_deref().map(http::redacted_text))
            .field("publisher", &self.publisher)
            .field("resigned_by", &self.resigned_by)
            .field("proxy", &self.proxy)
            .field("proxy_user", &self.proxy_user)
            .field("ca_file", &self.ca_file)
            .field("language", &self.language)
            .field("renderer", &self.renderer)
            .field("check_hours", &self.check_hours)
            .field("working_hours", &self.working_hours)
            .field("maintenance", &self.maintenance)
            .field("offline", &self.offline)
            .field("notify", &self.notify)
            .field("who_may_update", &self.who_may_update)
            .field("subscription_unknown", &self.subscription_unknown)
            .field("subscription_warn_days", &self.subscription_warn_days)
            .field("administrator", &self.administrator)
            .field("report_dir", &self.report_dir)
            .field("backup_dir", &self.backup_dir)
            .field("backup_without", &self.backup_without)
            .field("backups_per_base", &self.backups_per_base)
            .field("backups_share_of_disk", &self.backups_share_of_disk)
            .field("mirrors", &self.mirrors.iter().map(|text| http::redacted_text(text)).collect::<Vec<_>>())
            .field("downloads_dir", &self.downloads_dir)
            .field("keep_downloads", &self.keep_downloads)
            .field("download_tries", &self.download_tries)
            .field("download_limit_kib_s", &self.download_limit_kib_s)
            .field("unknown", &self.unknown_keys().collect::<Vec<_>>())
            .finish()
    }
}

/// Why the settings could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is there, and the system did not let it be read.
    #[error("Failed to read the settings: {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// The file is not TOML, or a value is of the wrong kind. It is left as it is.
    #[error("Settings are not understood: {}, {detail}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// Line, column and reason.
        detail: String,
    },
}

impl Settings {
    /// Reads the file if nobody but administrators may write it, as far as the system can tell. Otherwise the
    /// defaults are in force, and that is a problem for the person's eye.
    pub fn load_trusted(os: &dyn Os, path: &Path) -> Result<(Self, Option<Problem>), Error> {
        if os.only_administrators_may_write(path) != Some(false) || !path.exists() {
            return Ok((Self::load(path)?, None));
        }
        let problem = Problem { path: path.display().to_string(), fault: Fault::SettingsNotUsed };
        Ok((Self::default(), Some(problem)))
    }

    /// Reads the file; without one, the defaults.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let read = |source| Error::Read { path: path.to_path_buf(), source };
        let Some(bytes) = fs::read_limited(path, LARGEST_FILE).map_err(read)? else {
            return Ok(Self::default());
        };
        let parse = |detail| Error::Parse { path: path.to_path_buf(), detail };
        let text = std::str::from_utf8(&bytes).map_err(|error| parse(error.to_string()))?;
        let text = text.trim_start_matches('\u{feff}');
        Self::parse(text).map_err(parse)
    }

    /// Understands the text of the file; an error is the line and the reason.
    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| located(text, &error))
    }

    /// Keys of the file that mean nothing here: mistyped, or of a newer version.
    pub fn unknown_keys(&self) -> impl Iterator<Item = &str> {
        self.unknown.keys().map(String::as_str)
    }
}

fn located(text: &str, error: &toml::de::Error) -> String {
    let line = error.span().map(|span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
    line.map_or_else(|| error.message().to_owned(), |line| format!("line {line}: {}", error.message()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::{
        Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, RegistryFault, Signature,
    };

    /// A host whose files are written by whom the answer says.
    struct Host(Option<bool>);

    impl Os for Host {
        fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
            Linux.registry_value(key, name)
        }

        fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
            Linux.locate(windows_path)
        }

        fn machine_root(&self) -> Option<&Path> {
            None
        }

        fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
            self.0
        }

        fn signature(&self, path: &Path) -> Signature {
            Linux.signature(path)
        }

        fn identity(&self) -> Identity {
            Linux.identity()
        }

        fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
            Linux.run_installer(installer)
        }
    }

    fn load(text: &str) -> Result<Settings, Error> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.toml");
        std::fs::write(&path, text).unwrap();
        let loaded = Settings::load(&path);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "the file is left as it is");
        loaded
    }

    #[test]
    fn without_a_file_everything_has_a_default() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(&dir.path().join("settings.toml")).unwrap(), Settings::default());
    }

    #[test]
    fn keys_that_mean_nothing_are_named_and_the_others_count() {
        let settings = load("\u{feff}source = 'D:\\Зеркало'\nsorce = 'x'\nproxy = 'none'\n").unwrap();
        assert_eq!(settings.source.as_deref(), Some(r"D:\Зеркало"));
        assert_eq!(settings.proxy, Proxy::None);
        assert_eq!(settings.unknown_keys().collect::<Vec<_>>(), ["sorce"]);
    }

    #[test]
    fn downloads_are_kept_tried_again_and_not_limited_unless_the_file_says_otherwise() {
        let of = |settings: Settings| {
            let limit = settings.download_limit_kib_s.bytes_per_second().map(u64::from);
            (settings.keep_downloads.versions(), settings.download_tries.tries(), limit)
        };
        assert_eq!(of(load("").unwrap()), (2, 5, None));
        let text = "keep_downloads = 0\ndownload_tries = 1\ndownload_limit_kib_s = 500\n\
                    mirrors = ['https://ivan:secret@mirror.lan/smarts', '//server/share']\n";
        let settings = load(text).unwrap();
        assert_eq!(settings.mirrors.len(), 2);
        assert!(!format!("{settings:?}").contains("secret"));
        assert_eq!(of(settings), (0, 1, Some(500 * 1024)));
        assert_eq!(of(load("download_limit_kib_s = 0\n").unwrap()).2, None);
    }

    #[test]
    fn three_copies_of_a_base_and_a_fifth_of_the_disk_unless_the_file_says_otherwise() {
        let of = |text: &str| {
            let copies = load(text).unwrap().copies();
            (copies.without.names().to_vec(), copies.per_base, copies.percent_of_disk)
        };
        assert_eq!(of(""), (vec!["Backup".to_owned(), "Logs".to_owned()], 3, 20));
        let text = "backup_without = ['Кэш']\nbackups_per_base = 1\nbackups_share_of_disk = 100\n";
        assert_eq!(of(text), (vec!["Кэш".to_owned()], 1, 100));
        assert!(of("backup_without = []\n").0.is_empty());
    }

    #[test]
    fn subscriptions_are_warned_of_for_30_days_and_stop_nothing_where_nothing_is_known() {
        let of = |text: &str| {
            let settings = load(text).unwrap();
            (settings.subscription_unknown, settings.subscription_warn_days.days())
        };
        assert_eq!(of(""), (NoData::Warn, 30));
        assert_eq!(of("subscription_unknown = 'warn'\nsubscription_warn_days = 0\n"), (NoData::Warn, 0));
        assert_eq!(of("subscription_unknown = 'stop'\nsubscription_warn_days = 365\n"), (NoData::Stop, 365));
    }

    #[test]
    fn a_broken_file_is_an_error_that_names_the_line() {
        let texts = [
            "source = 'a'\nproxy = = 'none'\n",
            "source = 'a'\nproxy = 'tor'\n",
            "source = 'a'\nproxy = 'http://proxy/wpad.dat'\n",
            "source = 'a'\nproxy_user = ''\n",
            "source = 'a'\nlanguage = 'de'\n",
            "source = 'a'\ncheck_hours = 0\n",
            "source = 'a'\nmaintenance = 'tomorrow'\n",
            "source = 'a'\nworking_hours = '9-18'\n",
            "source = 'a'\noffline = 'yes'\n",
            "source = 'a'\nwho_may_update = 'me'\n",
            "source = 'a'\nkeep_downloads = 101\n",
            "source = 'a'\nbackup_without = 'Logs'\n",
            "source = 'a'\nbackup_without = ['..']\n",
            "source = 'a'\nbackups_per_base = 0\n",
            "source = 'a'\nbackups_share_of_disk = 101\n",
            "source = 'a'\ndownload_tries = 0\n",
            "source = 'a'\ndownload_limit_kib_s = -1\n",
            "source = 'a'\nsubscription_unknown = 'block'\n",
            "source = 'a'\nsubscription_unknown = true\n",
            "source = 'a'\nsubscription_warn_days = 366\n",
            "source = 'a'\nsubscription_warn_days = -1\n",
            "source = 'a'\nsubscription_warn_days = '30'\n",
        ];
        for text in texts {
            let error = load(text).unwrap_err();
            assert!(error.to_string().contains("line 2"), "{error}");
        }
    }

    #[test]
    fn a_way_out_is_a_word_or_a_proxy_and_a_password_in_it_is_refused_unrepeated() {
        let text =
            "proxy = 'http://proxy.shop:3128'\nproxy_user = 'SHOP\\ivan'\nca_file = 'C:\\company.pem'\n";
        let settings = load(text).unwrap();
        assert_eq!(settings.proxy.to_string(), "http://proxy.shop:3128");
        assert_eq!(settings.proxy_user.unwrap().name(), r"SHOP\ivan");
        assert_eq!(settings.ca_file.unwrap().to_str(), Some(r"C:\company.pem"));
        for word in ["system", "environment", "none"] {
            assert_eq!(load(&format!("proxy = '{word}'\n")).unwrap().proxy.to_string(), word);
        }
        let wrong = ["proxy = 'http://ivan:s3cret@proxy:3128'\n", "proxy_user = 'ivan:s3cret'\n"];
        for (text, key) in wrong.into_iter().zip(["proxy ", "proxy_user "]) {
            let error = load(text).unwrap_err();
            let told = format!("{error} {error:?}");
            assert!(told.contains("line 1") && told.contains(key), "{told}");
            assert!(!told.contains("s3cret") && !told.contains("ivan"), "{told}");
        }
    }

    #[test]
    fn settings_that_others_may_write_are_not_used_and_that_is_a_problem() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.toml");
        let load = |answer| Settings::load_trusted(&Host(answer), &path).unwrap();
        assert_eq!(load(Some(false)), (Settings::default(), None), "there is nothing to use");
        std::fs::write(&path, "source = 'https://evil.example'\n").unwrap();
        for answer in [Some(true), None] {
            let (settings, problem) = load(answer);
            assert_eq!((settings.source.as_deref(), problem), (Some("https://evil.example"), None));
        }
        let (settings, problem) = load(Some(false));
        assert_eq!(settings, Settings::default());
        assert_eq!(problem.unwrap().fault, Fault::SettingsNotUsed);
    }

    #[test]
    fn what_others_wrote_into_the_file_does_not_come_to_count_by_an_administrators_change() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.toml");
        let values = [("notify", Value::Text("none".to_owned()))];
        set_for_all(&Host(Some(false)), &path, &values).unwrap();
        let theirs = "source = 'https://evil.example'\n";
        std::fs::write(&path, theirs).unwrap();
        let refused = set_for_all(&Host(Some(false)), &path, &values);
        assert!(matches!(refused, Err(SetError::Untrusted { .. })), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), theirs);
        for answer in [Some(true), None] {
            set_for_all(&Host(answer), &path, &values).unwrap();
        }
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_an_error() {
        assert!(matches!(load("source = 5\n"), Err(Error::Parse { .. })));
    }
}
