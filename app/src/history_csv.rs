//! The history as a table for spreadsheets: the same columns for the command line and for the window.
//!
//! Deliberately not here: which entries, in which order, and how lines and cells are told apart; the caller's writer
//! knows.

use std::io::Write;

use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use smarts_core::history::Entry;
use smarts_core::subscription::neutral;

use crate::i18n::Texts;

/// The headings of the table for people; `with_computer`: there is more than one.
pub(crate) fn headings(texts: &Texts, with_computer: bool) -> Vec<String> {
    let loader = &texts.loader;
    let computer = with_computer.then(|| fl!(loader, "history-computer"));
    let rest = [
        fl!(loader, "history-user"),
        fl!(loader, "history-name"),
        fl!(loader, "list-product"),
        fl!(loader, "history-from"),
        fl!(loader, "history-to"),
        fl!(loader, "history-result"),
    ];
    std::iter::once(fl!(loader, "history-time")).chain(computer).chain(rest).collect()
}

/// A line of the table for people, below [`headings`].
pub(crate) fn cells(entry: &Entry, texts: &Texts, with_computer: bool) -> Vec<String> {
    let version = |version: &Option<String>| version.clone().unwrap_or_else(|| "—".to_owned());
    let plain = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let name = entry.name.as_deref().or(entry.product.as_deref()).unwrap_or_default();
    let time = entry.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    let computer = with_computer.then(|| plain(&entry.computer));
    let rest = [
        plain(&texts.history_user(entry).unwrap_or_default()),
        plain(name),
        plain(entry.product.as_deref().unwrap_or_default()),
        plain(&version(&entry.from)),
        plain(&version(&entry.to)),
        texts.history_outcome(entry.outcome),
    ];
    std::iter::once(time).chain(computer).chain(rest).collect()
}

/// All that a table of the event log has, and at the end the columns of the table for people, but its first. No cell is
/// a formula.
pub(crate) fn write<'a, W: Write>(
    entries: impl IntoIterator<Item = &'a Entry>,
    texts: &Texts,
    writer: &mut csv::Writer<W>,
) -> Result<(), csv::Error> {
    let loader = &texts.loader;
    let first = [
        fl!(loader, "history-level"),
        fl!(loader, "history-time"),
        fl!(loader, "history-source"),
        fl!(loader, "history-event"),
        fl!(loader, "history-events"),
        fl!(loader, "history-category"),
        fl!(loader, "history-computer"),
        fl!(loader, "history-account"),
        fl!(loader, "history-holders"),
        fl!(loader, "history-detail"),
    ];
    writer.write_record(first.into_iter().chain(headings(texts, false).into_iter().skip(1)))?;
    for entry in entries {
        let events: Vec<String> = entry.events.iter().map(u32::to_string).collect();
        let mut cells = cells(entry, texts, false).into_iter();
        let first = [
            texts.history_level(entry.level),
            cells.next().unwrap_or_default(),
            texts.history_source(entry.source).to_owned(),
            entry.event_id.map(|id| id.to_string()).unwrap_or_default(),
            events.join(" "),
            texts.history_category(entry.task),
            entry.computer.clone(),
            texts.history_account(entry).unwrap_or_default(),
            entry.holders.join("; "),
            entry.detail.clone(),
        ];
        writer.write_record(first.into_iter().chain(cells).map(|cell| neutral(&cell)))?;
    }
    writer.flush()?;
    Ok(())
}
