//! Words about settings: what would be right, why a root is not taken.

use i18n_embed_fl::fl;
use smarts_core::settings::{Error, Key, SetError, Unsaid, Wrong};

use super::Texts;
use crate::error::chain;
use crate::model::settings::default_of;
use crate::session::RootError;

impl Texts {
    /// What a setting is called.
    pub fn setting_title(&self, key: Key) -> String {
        self.loader.get(&format!("setting-{}", id(key)))
    }

    /// What a setting is for; a sentence or two.
    pub fn setting_hint(&self, key: Key) -> String {
        self.loader.get(&format!("setting-{}-hint", id(key)))
    }

    /// A word of a setting that has a few.
    pub fn setting_word(&self, key: Key, word: &str) -> String {
        self.loader.get(&format!("setting-{}-{word}", id(key)))
    }

    /// What is in force for a setting, in words.
    pub fn setting_value(&self, key: Key, text: &str) -> String {
        let loader = &self.loader;
        let number = || text.parse::<u32>().unwrap_or_default();
        match key {
            Key::Notify
            | Key::WhoMayUpdate
            | Key::SubscriptionUnknown
            | Key::Renderer
            | Key::Language
            | Key::Offline => self.setting_word(key, text),
            Key::Proxy if !text.contains("://") => self.setting_word(key, text),
            Key::WorkingHours | Key::Maintenance => {
                text.parse().map_or_else(|_| text.to_owned(), |hours| self.week_hours(&hours))
            }
            Key::CheckHours => {
                let hours = text.parse().unwrap_or_default();
                fl!(loader, "schedule-every-interval", interval = self.interval(hours))
            }
            Key::SubscriptionWarnDays => fl!(loader, "duration-days", count = number()),
            Key::BackupsShareOfDisk => format!("{text}\u{a0}%"),
            Key::DownloadLimit if number() == 0 => fl!(loader, "settings-no-limit"),
            Key::DownloadLimit => fl!(loader, "settings-kib-s", count = number()),
            Key::Source
            | Key::Mirrors
            | Key::Publisher
            | Key::ResignedBy
            | Key::Proxy
            | Key::ProxyUser
            | Key::CaFile
            | Key::Administrator
            | Key::BackupDir
            | Key::BackupWithout
            | Key::BackupsPerBase
            | Key::DownloadsDir
            | Key::DownloadTries
            | Key::KeepDownloads
            | Key::ReportDir => text.to_owned(),
        }
    }

    /// What counts where nothing is set.
    pub fn setting_default(&self, key: Key) -> String {
        let words = default_of(key).map(|text| self.setting_value(key, &text));
        words.filter(|words| !words.is_empty()).unwrap_or_else(|| self.setting_word(key, "default"))
    }

    /// What would be right in place of what was written for a setting; a sentence.
    pub fn wrong_setting(&self, key: Key, wrong: Wrong) -> String {
        let loader = &self.loader;
        match wrong {
            Wrong::Number { .. } if key == Key::CheckHours => fl!(loader, "schedule-hours-wrong"),
            Wrong::Number { from, to } if to == u32::MAX => {
                fl!(loader, "settings-wrong-number-up", from = from)
            }
            Wrong::Number { from, to } => fl!(loader, "settings-wrong-number", from = from, to = to),
            Wrong::Word(words) => fl!(loader, "settings-wrong-word", words = words.join(", ")),
            Wrong::Hours => fl!(loader, "settings-wrong-hours"),
            Wrong::Source if key == Key::Mirrors => fl!(loader, "settings-wrong-mirrors"),
            Wrong::Source => fl!(loader, "settings-wrong-source"),
            Wrong::Login if key == Key::Proxy => fl!(loader, "settings-wrong-proxy-login"),
            Wrong::Login => fl!(loader, "settings-wrong-login"),
            Wrong::Plain => fl!(loader, "settings-wrong-plain"),
            Wrong::Proxy => fl!(loader, "settings-wrong-proxy"),
            Wrong::User => fl!(loader, "settings-wrong-user"),
            Wrong::Path if key == Key::CaFile => fl!(loader, "settings-wrong-file"),
            Wrong::Path => fl!(loader, "settings-wrong-folder"),
            Wrong::Folders => fl!(loader, "settings-wrong-folders"),
        }
    }

    /// Why settings are as they were.
    pub fn set_error(&self, error: &SetError) -> String {
        match error {
            SetError::Untrusted { path } => {
                fl!(self.loader, "settings-untrusted", path = path.display().to_string())
            }
            SetError::Current(error) => {
                fl!(self.loader, "schedule-not-set", reason = self.settings_error(error))
            }
            SetError::Value { detail } => {
                fl!(self.loader, "schedule-not-set", reason = detail.as_str())
            }
            SetError::Write { path, source } => {
                let path = path.display().to_string();
                let reason = fl!(self.loader, "settings-unwritten", path = path, reason = source.to_string());
                fl!(self.loader, "schedule-not-set", reason = reason)
            }
        }
    }

    /// Why the file of settings is not read, with the place in it.
    pub fn settings_error(&self, error: &Error) -> String {
        match error {
            Error::Read { path, source } => {
                let path = path.display().to_string();
                fl!(self.loader, "settings-unread", path = path, reason = source.to_string())
            }
            Error::Parse { path, detail } => {
                let path = path.display().to_string();
                fl!(self.loader, "settings-unparsed", path = path, reason = detail.as_str())
            }
        }
    }

    /// Why a setting is not changed as a text; a sentence.
    pub fn unsaid(&self, unsaid: Unsaid) -> String {
        match unsaid {
            Unsaid::Secret => fl!(self.loader, "settings-unsaid-secret"),
            Unsaid::Separator => fl!(self.loader, "settings-unsaid-separator"),
        }
    }

    /// Certificates of a company that count.
    pub fn ca_file_counts(&self, path: &str) -> String {
        fl!(self.loader, "diagnose-ca-file", path = path)
    }

    /// The trusted root that is there cannot be used.
    pub fn root_unusable(&self, reason: &str) -> String {
        fl!(self.loader, "settings-root-unusable", reason = reason)
    }

    /// Why a file does not become the trusted root; a sentence.
    pub fn root_error(&self, error: &RootError) -> String {
        let loader = &self.loader;
        match error {
            RootError::Read { path, source } => {
                let path = path.display().to_string();
                fl!(loader, "settings-root-unread", path = path, reason = chain(source))
            }
            RootError::NoRoot { path, source } => {
                let path = path.display().to_string();
                fl!(loader, "settings-root-none", path = path, reason = chain(source))
            }
            RootError::Changed { path } => {
                fl!(loader, "settings-root-changed", path = path.display().to_string())
            }
        }
    }
}

/// As in the names of texts.
fn id(key: Key) -> String {
    key.name().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use smarts_core::settings::KEYS;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn each_setting_has_its_words_in_both_languages() {
        for language in [Language::Ru, Language::En] {
            let texts = Texts::new(language).unwrap();
            for key in KEYS {
                for words in [texts.setting_title(key), texts.setting_hint(key), texts.setting_default(key)] {
                    assert!(!words.contains("No localization"), "{language:?} {words}");
                    assert!(!words.is_empty(), "{language:?} {key:?}");
                }
            }
        }
    }
}
