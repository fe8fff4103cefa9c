//! Stand-in.

use jiff::tz::TimeZone;
use smarts_core::devices::overview::Overview;

use crate::i18n::Texts;

/// .
pub fn of(_overview: &Overview, _texts: &Texts, _zone: &TimeZone) -> Vec<u8> {
    Vec::new()
}
