//! `smarts backup create`.

use i18n_embed_fl::fl;
use smarts_core::journal::Entry;

use super::{Bar, of, older, say};
use crate::cli::args::CreateBackup;
use crate::cli::interrupt::Interrupt;
use crate::cli::{Failure, Status, Streams, target};
use crate::event_log::EventLog;
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Copies a base, and deletes older copies that are too many if the person agrees.
pub(super) fn run(
    session: &Session,
    interrupt: &Interrupt,
    options: &CreateBackup,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let loader = &texts.loader;
    let machine = session.machine();
    let id = target::bases(&machine, std::slice::from_ref(&options.id), texts)?.pop().unwrap_or_default();
    let Some(base) = machine.base(&id) else {
        return Err(Failure::new(Status::Usage, fl!(loader, "cli-unknown-id", id = id)));
    };
    let unlisted = |error| Failure::new(Status::Failed, sentence(&texts.tree_error(&error)));
    let size_bytes = session.copy_bytes(base).map_err(unlisted)?;
    let (folder, size) = (session.paths.backup_dir.display().to_string(), texts.size(size_bytes));
    say(
        &fl!(loader, "cli-backup-will-copy", name = base.name.as_str(), size = size, folder = folder),
        streams,
    )?;
    let older = session.older_copies(std::slice::from_ref(base)).map_err(|fault| of(&fault, texts))?;
    let agreed = older::ask(&older, options.yes, texts, streams)?;
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let bar = Bar::new(streams.is_terminal, texts);
    let made = interrupt.guard(|cancel| {
        session.copy_on_demand(base, &agreed, &witness, &mut |progress| bar.copying(progress), cancel)
    });
    drop(bar);
    let made = made.map_err(|fault| of(&fault, texts))?;
    let (folder, size) = (made.dir.display().to_string(), texts.size(made.size_bytes));
    writeln!(streams.out, "{}", fl!(loader, "cli-backup-made", folder = folder, size = size))?;
    let is_all = older::tell(&made.let_go, texts, streams)?;
    if let Some(error) = &made.unrecorded {
        say(&texts.journal_error(error), streams)?;
    }
    Ok(if is_all && made.unrecorded.is_none() { Status::Done } else { Status::Failed })
}
