//! All that is known of one entry of the history, as names and values.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::history::Entry;

use super::Texts;

/// One thing that is known of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryField {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub value: String,
    /// Whether it needs the room of two.
    pub is_long: bool,
}

impl Texts {
    /// `22.11.2026 21:40:13`, `22 Nov 2026 21:40:13`.
    pub fn history_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let at = at.to_zoned(zone.clone());
        format!("{} {}", self.date(at.date()), at.strftime("%H:%M:%S"))
    }

    /// What went wrong first, which is what an entry is opened for. What is not known is left out; but for the versions and the person, whom everybody looks for.
    pub fn history_fields(&self, entry: &Entry, zone: &TimeZone) -> Vec<HistoryField> {
        let mut fields = self.text_fields(entry);
        fields.extend(self.record_fields(entry, zone));
        fields.extend(self.change_fields(entry));
        fields.extend(self.file_fields(entry));
        fields.retain(|field| !field.value.is_empty());
        fields
    }

    fn text_fields(&self, entry: &Entry) -> Vec<HistoryField> {
        let loader = &self.loader;
        vec![
            long(fl!(loader, "history-detail"), entry.detail.clone()),
            long(fl!(loader, "history-holders"), entry.holders.join("; ")),
        ]
    }

    /// As the event log shows its records.
    fn record_fields(&self, entry: &Entry, zone: &TimeZone) -> Vec<HistoryField> {
        let loader = &self.loader;
        let numbers = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let begun = entry.begun.map(|begun| self.history_time(begun, zone));
        vec![
            short(fl!(loader, "history-level"), self.history_level(entry.level)),
            short(fl!(loader, "history-when"), self.history_time(entry.time, zone)),
            short(fl!(loader, "history-begun-at"), begun.unwrap_or_default()),
            short(fl!(loader, "history-source"), self.history_source(entry.source).to_owned()),
            short(fl!(loader, "history-event"), numbers(entry.event_id.as_slice())),
            short(fl!(loader, "history-events"), numbers(&entry.events)),
            short(fl!(loader, "history-category"), self.history_category(entry.task)),
            short(fl!(loader, "history-computer"), entry.computer.clone()),
        ]
    }

    fn change_fields(&self, entry: &Entry) -> Vec<HistoryField> {
        let loader = &self.loader;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let unknown = || fl!(loader, "history-unknown");
        let version = |version: &Option<String>| version.clone().unwrap_or_else(unknown);
        let account = entry.account.as_ref().map(|account| match &account.name {
            Some(name) => format!("{name} ({})", account.sid),
            None => account.sid.clone(),
        });
        let status = entry.status.map(|status| status.to_string());
        let reboot = if entry.reboot { fl!(loader, "history-reboot-needed") } else { String::new() };
        let from_to = if entry.from.is_none() && entry.to.is_none() {
            String::new()
        } else {
            format!("{} → {}", version(&entry.from), entry.to.clone().unwrap_or_else(|| "—".to_owned()))
        };
        vec![
            short(fl!(loader, "history-base"), text(&entry.name)),
            short(fl!(loader, "list-product"), text(&entry.product)),
            short(fl!(loader, "history-manufacturer"), text(&entry.manufacturer)),
            short(fl!(loader, "history-versions"), from_to),
            short(fl!(loader, "history-user"), entry.user.clone().unwrap_or_else(unknown)),
            short(fl!(loader, "history-account"), account.unwrap_or_default()),
            short(fl!(loader, "history-result"), self.history_outcome(entry.outcome)),
            short(fl!(loader, "history-status"), status.unwrap_or_default()),
            short(fl!(loader, "history-restart"), reboot),
        ]
    }

    fn file_fields(&self, entry: &Entry) -> Vec<HistoryField> {
        let loader = &self.loader;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let own = entry.journal.as_deref();
        let proof = own.and_then(|own| own.proof).map(|proof| self.proof_kind(proof));
        let sha256 = own.and_then(|own| own.sha256).map(|sha256| sha256.to_string());
        let copy = own.and_then(|own| own.backup_dir.clone());
        vec![
            long(fl!(loader, "history-package"), text(&entry.package)),
            long(fl!(loader, "history-proof"), proof.unwrap_or_default()),
            long(fl!(loader, "history-sha256"), sha256.unwrap_or_default()),
            long(fl!(loader, "history-product-code"), text(&entry.product_code)),
            long(fl!(loader, "history-copy"), copy.unwrap_or_default()),
        ]
    }
}

fn short(name: String, value: String) -> HistoryField {
    HistoryField { name, value, is_long: false }
}

fn long(name: String, value: String) -> HistoryField {
    HistoryField { name, value, is_long: true }
}
