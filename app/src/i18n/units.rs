//! Sizes, dates and times as a person of the language writes them.

use i18n_embed_fl::fl;
use jiff::civil::Date;

use super::{Language, Texts};

impl Texts {
    /// A number of bytes in the unit that gives one to three digits before the point.
    pub fn bytes(&self, bytes: u64) -> String {
        let loader = &self.loader;
        let amount = |unit: u64| self.decimal(bytes as f64 / unit as f64);
        match bytes {
            0..1_000 => fl!(loader, "unit-bytes", amount = bytes.to_string()),
            1_000..1_000_000 => fl!(loader, "unit-kilobytes", amount = amount(1_000)),
            1_000_000..1_000_000_000 => fl!(loader, "unit-megabytes", amount = amount(1_000_000)),
            _ => fl!(loader, "unit-gigabytes", amount = amount(1_000_000_000)),
        }
    }

    /// A day: 29.10.2025 in Russian, 29 Oct 2025 in English.
    pub fn date(&self, date: Date) -> String {
        match self.language {
            Language::Ru => date.strftime("%d.%m.%Y").to_string(),
            Language::En => date.strftime("%-d %b %Y").to_string(),
        }
    }

    /// One decimal below ten, none above.
    fn decimal(&self, number: f64) -> String {
        let text = if number < 9.95 { format!("{number:.1}") } else { format!("{number:.0}") };
        match self.language {
            Language::Ru => text.replace('.', ","),
            Language::En => text,
        }
    }
}
