//! An entry of the history in the words of a table: what stands in its cells, and what a search finds it by.

use jiff::tz::TimeZone;
use smarts_core::history::Entry;

use super::Texts;
use crate::model::history::HistoryLine;

/// The cells of one entry. None has a line break, and what is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryWords {
    /// Day and time.
    pub time: String,
    /// How bad it is.
    pub level: String,
    /// The base, or the program.
    pub what: String,
    /// Its product, where that says more.
    pub product: String,
    /// The version before.
    pub from: String,
    /// The version after.
    pub to: String,
    /// How it ended.
    pub result: String,
    /// Who pressed.
    pub who: String,
    /// Under which account, where that says more.
    pub account: String,
    /// Who recorded it.
    pub source: String,
    /// The number of the event, its category, and the PC.
    pub place: String,
}

impl Texts {
    /// The cells of an entry.
    pub fn history_words(&self, entry: &Entry, zone: &TimeZone) -> HistoryWords {
        let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
        let (name, product) = (text(&entry.name), text(&entry.product));
        let what = if name.is_empty() { product.clone() } else { name };
        let product = if product == what { String::new() } else { product };
        let who = plain(&self.history_user(entry).unwrap_or_default());
        let account = plain(&self.history_account(entry).unwrap_or_default());
        let account = if account == who { String::new() } else { account };
        let event = entry.event_id.map(|id| id.to_string());
        let category = (entry.task != 0).then(|| self.history_category(entry.task));
        HistoryWords {
            time: self.history_time(entry.time, zone),
            level: self.history_level(entry.level),
            what,
            product,
            from: text(&entry.from),
            to: text(&entry.to),
            result: self.history_outcome(entry.outcome),
            who,
            account,
            source: self.history_source(entry.source).to_owned(),
            place: joined(" · ", [event, category, Some(plain(&entry.computer))]),
        }
    }

    /// An entry with what it is found by.
    pub fn history_line(&self, entry: Entry, zone: &TimeZone) -> HistoryLine {
        let words = self.history_words(&entry, zone);
        let needle = words.needle(&entry);
        HistoryLine { entry, what: words.what, who: words.who, needle }
    }
}

impl HistoryWords {
    /// What a search looks through, in small letters.
    fn needle(&self, entry: &Entry) -> String {
        let events = entry.events.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
        let status = entry.status.filter(|status| *status != 0).map(|status| status.to_string());
        let name = self.name();
        let more = [&name, &self.account, &self.source, &self.place, &events, &entry.detail];
        let all = more.into_iter().chain(&status).chain(&entry.package).chain(&entry.holders);
        all.filter(|text| !text.is_empty()).map(|text| text.to_lowercase()).collect::<Vec<_>>().join("\n")
    }

    /// «1.6.2.6493 → 1.6.3.7283»; of a removal the version that was there.
    pub fn versions(&self) -> String {
        joined(" → ", [Some(self.from.clone()), Some(self.to.clone())])
    }

    /// All that matters, for a screen reader.
    pub fn name(&self) -> String {
        let versions = self.versions();
        let parts = [&self.time, &self.level, &self.what, &self.product, &versions, &self.result, &self.who];
        joined(", ", parts.map(|part| Some(part.clone())))
    }
}

fn joined<const N: usize>(between: &str, parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// On one line whatever a record holds.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
