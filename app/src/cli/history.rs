//! `smarts history`: who updated what, when, from which version to which.

use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use smarts_core::journal::{self, Entry};
use smarts_core::subscription::neutral;

use super::args;
use super::{Failure, Status, Streams, json, table};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Prints the journal, oldest first.
pub(super) fn run(
    session: &Session,
    options: &args::History,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let mut journal = journal::read(&session.paths.journal_path())
        .map_err(|error| Failure::new(Status::Failed, sentence(&texts.journal_error(&error))))?;
    journal.entries = journal::without_ended(journal.entries);
    if journal.skipped > 0 {
        writeln!(streams.err, "{}", fl!(texts.loader, "history-skipped", count = journal.skipped))?;
    }
    if options.json {
        json::print(&json::History::of(journal), streams.out)?;
    } else if options.csv {
        write_csv(&journal.entries, texts, streams)?;
    } else if journal.entries.is_empty() {
        writeln!(streams.out, "{}", fl!(texts.loader, "history-empty"))?;
    } else {
        let rows = journal.entries.iter().map(|entry| cells(entry, texts));
        table::print(headings(texts), rows, streams.out)?;
    }
    Ok(Status::Done)
}

fn headings(texts: &Texts) -> Vec<String> {
    let loader = &texts.loader;
    vec![
        fl!(loader, "history-time"),
        fl!(loader, "history-user"),
        fl!(loader, "history-name"),
        fl!(loader, "list-product"),
        fl!(loader, "history-from"),
        fl!(loader, "history-to"),
        fl!(loader, "history-result"),
    ]
}

fn cells(entry: &Entry, texts: &Texts) -> Vec<String> {
    let version = |version: Option<_>| {
        version.map_or_else(|| "—".to_owned(), |version: smarts_core::version::Version| version.to_string())
    };
    vec![
        entry.time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string(),
        entry.user.clone(),
        entry.name.clone(),
        entry.product.clone().unwrap_or_default(),
        version(entry.from),
        version(entry.to),
        texts.journal_result(entry.what),
    ]
}

fn write_csv(entries: &[Entry], texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(&mut *streams.out);
    let failed = |error: csv::Error| Failure::new(Status::Failed, error.to_string());
    writer.write_record(headings(texts)).map_err(failed)?;
    for entry in entries {
        writer.write_record(cells(entry, texts).iter().map(|cell| neutral(cell))).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}
