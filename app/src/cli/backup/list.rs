//! `smarts backup list`.

use i18n_embed_fl::fl;
use jiff::tz::TimeZone;
use smarts_core::backup::Listed;
use smarts_core::journal;

use super::{copies, say};
use crate::cli::args::Json;
use crate::cli::{Failure, Status, Streams, json, table};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Prints the copies, newest first.
pub(super) fn run(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let copies = copies(session, texts)?;
    if options.json {
        json::print(&json::Backups::of(&session.paths.backup_dir, &copies), streams.out)?;
    } else if copies.is_empty() {
        let path = session.paths.backup_dir.display().to_string();
        writeln!(streams.out, "{}", fl!(texts.loader, "cli-backup-none", path = path))?;
    } else {
        table::print(headings(texts), copies.iter().map(|copy| cells(copy, texts)), streams.out)?;
    }
    tell_cut_off(session, texts, streams)?;
    Ok(Status::Done)
}

fn headings(texts: &Texts) -> Vec<String> {
    let loader = &texts.loader;
    vec![
        fl!(loader, "cli-backup-id"),
        fl!(loader, "cli-backup-base"),
        fl!(loader, "cli-backup-version"),
        fl!(loader, "history-user"),
        fl!(loader, "cli-backup-size"),
        fl!(loader, "cli-backup-why"),
    ]
}

fn cells(copy: &Listed, texts: &Texts) -> Vec<String> {
    let unknown = || "—".to_owned();
    let facts = copy.complete();
    vec![
        copy.id.clone(),
        facts.map_or_else(|| copy.base_id.clone(), |facts| facts.name.clone()),
        facts.and_then(|facts| facts.version).map_or_else(unknown, |version| version.to_string()),
        facts.map_or_else(unknown, |facts| facts.user.clone()),
        copy.size_bytes.map_or_else(unknown, |bytes| texts.size(bytes)),
        texts.copy_state(copy),
    ]
}

/// A base that is half-way is not to be found out by chance.
fn tell_cut_off(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let entries = journal::read(&session.paths.journal_path())
        .map_err(|error| Failure::new(Status::Failed, sentence(&texts.journal_error(&error))))?
        .entries;
    for entry in smarts_core::backup::cut_off(&entries) {
        let time = entry.time.to_zoned(TimeZone::system()).strftime("%d.%m.%Y %H:%M").to_string();
        let (name, folder) = (entry.name.as_str(), entry.backup_dir.as_deref().unwrap_or_default());
        say(&fl!(texts.loader, "cli-backup-cut-off", name = name, time = time, folder = folder), streams)?;
    }
    Ok(())
}
