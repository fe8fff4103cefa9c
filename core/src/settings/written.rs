//! What may be written for a setting: a text is judged by the very types that the file is read with.
//!
//! Deliberately not here: whether something that is named (a folder, a host) is there. A PC may well be set up without a
//! network.

use std::path::Path;
use std::str::FromStr;

use url::Url;

use super::key::YES_NO;
use super::{
    BackupsPerBase, BackupsShareOfDisk, CheckHours, DownloadLimit, DownloadTries, KeepDownloads, Key,
    ProxyUser, Value, WarnDays, WeekHours,
};
use crate::backup::Without;
use crate::http::is_loopback;
use crate::http::proxy::{Proxy, WrongAddress};

/// Between the parts of a list.
pub(super) const SEPARATOR: char = ';';

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

impl Key {
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
}
