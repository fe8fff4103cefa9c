//! `smarts subscription`: until when each device may receive releases.
//!
//! Looking is for everybody, changing for administrators. Deliberately not here: what it means for a release.

mod change;
mod import;
mod licences;
mod list;

use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::fs;
use smarts_core::subscription::{Error, LineFault, Subscriptions, to_csv};

use super::args::Subscription;
use super::{Failure, Status, Streams};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// What stands for the standard output.
const OUTPUT: &str = "-";

/// Carries it out.
pub(super) fn run(
    session: &Session,
    action: &Subscription,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Subscription::List(options) => list::run(session, *options, texts, streams),
        Subscription::Import(options) => import::run(session, options, texts, streams),
        Subscription::Export { file } => export(session, file, texts, streams),
        Subscription::Set(wanted) => change::set(session, wanted, texts, streams),
        Subscription::Remove(wanted) => change::remove(session, wanted, texts, streams),
        Subscription::WriteOff { devices } => change::write_off(session, devices, texts, streams),
        Subscription::Count { devices } => change::count(session, devices, texts, streams),
        Subscription::ApplyEdit(request) => change::apply(session, request, texts),
    }
}

/// The whole list, as it is kept itself. Lines that could not be read are told, as they are not in it.
fn export(
    session: &Session,
    file: &Path,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let known = known(session, texts, streams)?;
    let bytes = to_csv(&known.records)?;
    if file == Path::new(OUTPUT) {
        streams.out.write_all(&bytes)?;
    } else {
        fs::write_atomically(file, &bytes).map_err(|error| {
            let (path, reason) = (file.display().to_string(), error.to_string());
            Failure::new(Status::Failed, fl!(texts.loader, "download-file", path = path, reason = reason))
        })?;
        let (count, path) = (known.records.len(), file.display().to_string());
        writeln!(
            streams.out,
            "{}",
            fl!(texts.loader, "cli-subscription-exported", count = count, path = path)
        )?;
    }
    tell_faults(&known.faults, texts, streams)?;
    Ok(if is_whole(&known.faults) { Status::Done } else { Status::Failed })
}

/// What is known, where the list can be read. That it cannot be told who is written off is only said: it matters
/// nothing to the list.
fn known(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Subscriptions, Failure> {
    let (known, error) = session.subscriptions_as_read();
    match error {
        Some(error) if known.is_unread => return Err(unread(&error, texts)),
        Some(error) => say(&texts.list_error(&error), streams)?,
        None => {}
    }
    Ok(known)
}

/// What is known, where all of it can be read.
fn known_whole(session: &Session, texts: &Texts) -> Result<Subscriptions, Failure> {
    match session.subscriptions_as_read() {
        (known, None) => Ok(known),
        (_, Some(error)) => Err(unread(&error, texts)),
    }
}

fn unread(error: &Error, texts: &Texts) -> Failure {
    let reason = texts.list_error(error);
    Failure::new(Status::Failed, fl!(texts.loader, "cli-subscription-unread", reason = reason))
}

/// Lines that are no records, each with its number, what it holds, and why.
fn tell_faults(faults: &[LineFault], texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    if !faults.is_empty() {
        writeln!(streams.err, "{}", fl!(texts.loader, "cli-subscription-faults", count = faults.len()))?;
    }
    for fault in faults {
        let (text, reason) = (shown(&fault.text), texts.record_fault(&fault.fault));
        let line =
            fl!(texts.loader, "cli-subscription-fault", line = fault.line, text = text, reason = reason);
        writeln!(streams.err, "  {line}")?;
    }
    Ok(())
}

/// Whether nothing is missing: of a device that stands in a list twice the later date counts, as it should, and above
/// the headings there are titles.
fn is_whole(faults: &[LineFault]) -> bool {
    use smarts_core::subscription::Fault;
    faults.iter().all(|fault| matches!(fault.fault, Fault::Duplicate { .. } | Fault::AboveHeadings))
}

/// What stands in a file is not to speak to the terminal.
fn shown(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

/// A record's product in words.
fn product(product: Option<&str>, texts: &Texts) -> String {
    product.map_or_else(|| fl!(texts.loader, "cli-subscription-all-products"), str::to_owned)
}

/// A sentence at the error output.
fn say(words: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    Ok(writeln!(streams.err, "{}", sentence(words))?)
}
