//! `smarts subscription import`.
//!
//! It never asks. Where the headings do not say which columns are needed, it is told how to say so, and nothing is
//! imported. What can be read is imported even if other lines cannot: a device that is missing is *unknown* and
//! never taken for covered, so half a list harms nobody, while none of it would leave good dates out. Each line
//! that was not read is told with its number, its text and the reason, and the status is
//! [`Status::Failed`], so that a script does not take the list for whole; of its device no record is taken away. A device that stands twice in the list is
//! told as well, and is no failure: its later date counts.
//!
//! A kept list that is no list is no obstacle, as there would be no way out of it: it is kept aside, and that is told.

use std::collections::BTreeSet;
use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::subscription::{
    Change, Changes, Columns, Edit, Error, Field, Reading, Record, Table, former_path, import, not_here,
};

use super::{change, is_whole, product, say, shown, tell_faults, unread};
use crate::cli::args::ImportList;
use crate::cli::{Failure, Status, Streams, elevated};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Imports what can be read of a list.
pub(super) fn run(
    session: &Session,
    options: &ImportList,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let path = session.paths.subscriptions_path();
    let (known, broken) = match session.subscriptions_as_read() {
        (known, None) => (known, None),
        (known, Some(error)) if !known.is_unread => {
            say(&texts.list_error(&error), streams)?;
            (known, None)
        }
        (known, Some(error)) if error.is_of_content() => (known, former_path(&path).ok().zip(Some(error))),
        (_, Some(error)) => return Err(unread(&error, texts)),
    };
    let table = Table::open(&options.file).map_err(|error| not_read(&options.file, &error, texts))?;
    let columns = columns(options, &table, texts)?;
    let reading = table.records(&columns).map_err(|error| not_read(&options.file, &error, texts))?;
    let Reading { records, faults, keeps } = reading;
    if records.is_empty() {
        tell_faults(&faults, texts, streams)?;
        return Err(Failure::new(Status::Failed, fl!(texts.loader, "cli-subscription-import-nothing")));
    }
    let changes = import(&known.records, &records, &keeps);
    warn(&changes, &records, &session.machine(), &known.computer, texts, streams)?;
    if changes.added.len() + changes.changed.len() + changes.removed.len() > 0 {
        change::edit_list(session, &known, &Edit::Import { records, keeps }, texts, streams)?;
        if let Some((path, error)) = broken {
            let (path, reason) = (path.display().to_string(), texts.list_error(&error));
            say(&fl!(texts.loader, "cli-subscription-broken", path = path, reason = reason), streams)?;
        }
    }
    print(&changes, texts, streams)?;
    tell_faults(&faults, texts, streams)?;
    Ok(if is_whole(&faults) { Status::Done } else { Status::Failed })
}

fn not_read(file: &Path, error: &Error, texts: &Texts) -> Failure {
    let (path, reason) = (file.display().to_string(), texts.list_error(error));
    Failure::new(
        Status::Failed,
        fl!(texts.loader, "cli-subscription-import-unread", path = path, reason = reason),
    )
}

/// Those that a person has named, else those that the headings name.
fn columns(options: &ImportList, table: &Table, texts: &Texts) -> Result<Columns, Failure> {
    let columns = options.columns.map_or_else(|| Columns::guess(&table.headings), |numbers| numbers.0);
    let missing = columns.missing();
    let all = [Field::Device, Field::Product, Field::Until, Field::Licence, Field::Note];
    let is_beyond = |field| columns.column(field).is_some_and(|column| column >= table.headings.len());
    if missing.is_empty() && !all.into_iter().any(is_beyond) {
        return Ok(columns);
    }
    let loader = &texts.loader;
    let first = if missing.is_empty() {
        fl!(loader, "cli-subscription-columns-beyond", count = table.headings.len())
    } else {
        sentence(&texts.list_error(&Error::Columns { missing }))
    };
    let mut lines = vec![first];
    lines.extend((1..).zip(headings(table)).map(|(number, heading)| format!("  {number}. {heading}")));
    lines.push(fl!(loader, "cli-subscription-columns-say"));
    Err(Failure { status: Status::Usage, lines })
}

/// A list without headings is known by its first line.
fn headings(table: &Table) -> Vec<String> {
    let first = table.rows.first();
    let of_column = |(column, heading): (usize, &String)| {
        let cell = || first.and_then(|row| row.cells.get(column)).unwrap_or_default();
        shown(if heading.is_empty() { cell() } else { heading })
    };
    table.headings.iter().enumerate().map(of_column).collect()
}

/// What deserves a person's eye and is done all the same.
fn warn(
    changes: &Changes,
    records: &[Record],
    machine: &Machine,
    computer: &str,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let earlier = changes.changed.iter().filter(|change| change.after.until < change.before.until);
    let names: Vec<&str> = earlier.map(|change| change.after.device.as_str()).collect();
    if !names.is_empty() {
        let count = names.len();
        let names = texts.names(names.into_iter());
        say(&fl!(texts.loader, "cli-subscription-earlier", count = count, names = names), streams)?;
    }
    let strangers = not_here(records, machine, Some(computer));
    let strangers: BTreeSet<&str> = strangers.iter().map(|record| record.device.as_str()).collect();
    if !strangers.is_empty() {
        let count = strangers.len();
        let names = texts.names(strangers.into_iter());
        say(&fl!(texts.loader, "cli-subscription-strangers", count = count, names = names), streams)?;
    }
    Ok(())
}

fn print(changes: &Changes, texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let loader = &texts.loader;
    for record in &changes.added {
        writeln!(streams.out, "{}", fl!(loader, "cli-subscription-added", record = words(record, texts)))?;
    }
    for change in &changes.changed {
        writeln!(streams.out, "{}", changed(change, texts))?;
    }
    for record in &changes.removed {
        writeln!(streams.out, "{}", fl!(loader, "cli-subscription-removed", record = words(record, texts)))?;
    }
    let sum = fl!(
        loader,
        "cli-subscription-import-sum",
        added = changes.added.len(),
        changed = changes.changed.len(),
        removed = changes.removed.len(),
        unchanged = changes.unchanged.len(),
        kept = changes.kept
    );
    Ok(writeln!(streams.out, "{sum}")?)
}

/// `ТСД 01, все продукты: по 01.11.2027`.
pub(super) fn words(record: &Record, texts: &Texts) -> String {
    let (device, until) = (shown(&record.device), texts.until_when(record.until));
    let product = shown(&product(record.product.as_deref(), texts));
    fl!(texts.loader, "cli-subscription-record", device = device, product = product, until = until)
}

/// From what to what, with the parts that have changed.
pub(super) fn changed(change: &Change, texts: &Texts) -> String {
    let Change { before, after } = change;
    let from = texts.until_when(before.until);
    let line = if before.until == after.until {
        words(after, texts)
    } else {
        fl!(texts.loader, "cli-subscription-from-to", record = words(after, texts), from = from)
    };
    let mut parts = vec![fl!(texts.loader, "cli-subscription-changed", record = line)];
    let texts_of =
        [(Field::Licence, &before.licence, &after.licence), (Field::Note, &before.note, &after.note)];
    for (field, from, to) in texts_of.into_iter().filter(|(_, from, to)| from != to) {
        let name = texts.record_field(field);
        parts.push(format!("{name}: «{}» → «{}»", shown(from), shown(to)));
    }
    parts.join("; ")
}
