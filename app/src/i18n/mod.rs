//! Words for people: Russian first, English second, from `assets/i18n/<language>/smarts-updater.ftl`.
//!
//! Keys and arguments are checked at compile time by [`fl!`](i18n_embed_fl::fl) against the Russian file;
//! a test keeps the languages in step. Everything typed in `smarts-core` gets its sentence below this
//! module and nowhere else.

mod at_hand;
mod background;
mod connections;
mod copies;
mod devices;
mod devices_page;
#[cfg(test)]
mod doubled;
mod elevation;
mod events;
mod faults;
mod fetching;
mod format;
mod going_back;
mod history;
mod history_detail;
mod history_words;
mod installers;
mod licence;
mod notice;
#[cfg(test)]
mod parity;
mod plans;
mod points;
mod problems;
mod reports;
mod schedule;
mod settings;
mod sheet;
mod stopping;
mod subscription;
mod subscription_list;
mod subscription_page;
mod trust;
mod updating;
mod works;

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader as _};
use smarts_core::settings as core_settings;
use unic_langid::langid;

use self::embedded::Catalogues;
pub use self::history_detail::HistoryField;
pub use self::history_words::HistoryWords;
pub(crate) use self::trust::source_fault;

mod embedded {
    #![allow(clippy::disallowed_types, reason = "the derive keeps the files' times in a OnceLock")]

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../assets/i18n"]
    pub(super) struct Catalogues;
}

/// A language of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
}

impl From<core_settings::Language> for Language {
    fn from(language: core_settings::Language) -> Self {
        match language {
            core_settings::Language::Ru => Self::Ru,
            core_settings::Language::En => Self::En,
        }
    }
}

impl From<Language> for core_settings::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::Ru => Self::Ru,
            Language::En => Self::En,
        }
    }
}

impl Language {
    /// The subtag that names it in files and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language a code such as `ru` or `en-GB` stands for, if the program speaks it.
    pub fn of_code(code: &str) -> Option<Self> {
        let subtag = code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        [Self::Ru, Self::En].into_iter().find(|language| language.code() == subtag)
    }

    /// The operating system's language; Russian unless the system prefers English over it.
    pub fn of_system() -> Self {
        sys_locale::get_locales().find_map(|locale| Self::of_code(&locale)).unwrap_or(Self::Ru)
    }
}

/// The texts of one language. Cheap to pass by reference; made once at start.
pub struct Texts {
    /// For [`fl!`](i18n_embed_fl::fl).
    pub loader: FluentLanguageLoader,
    /// The language.
    pub language: Language,
}

impl Texts {
    /// Loads the texts of a language.
    pub fn new(language: Language) -> Result<Self, i18n_embed::I18nEmbedError> {
        Self::of(&Catalogues, language)
    }

    /// Twice as long as in Russian, for tests.
    #[cfg(test)]
    pub(crate) fn doubled() -> Result<Self, i18n_embed::I18nEmbedError> {
        Self::of(&doubled::Doubled, Language::Ru)
    }

    fn of(catalogues: &dyn I18nAssets, language: Language) -> Result<Self, i18n_embed::I18nEmbedError> {
        let fallback = langid!("ru");
        let loader = FluentLanguageLoader::new("smarts-updater", fallback);
        let wanted = match language {
            Language::Ru => langid!("ru"),
            Language::En => langid!("en"),
        };
        loader.load_languages(catalogues, &[wanted])?;
        // The marks that isolate directions are drawn as boxes by fonts without them, and both languages
        // here run from left to right.
        loader.set_use_isolating(false);
        Ok(Self { loader, language })
    }
}

/// Words as the beginning of a sentence.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
