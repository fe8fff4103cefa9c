//! `smarts backup create`.

use i18n_embed_fl::fl;
use smarts_core::backup::{Expected, LetGo, Listed};
use smarts_core::journal::Entry;

use super::{Bar, copies, of, say};
use crate::cli::args::CreateBackup;
use crate::cli::interrupt::Interrupt;
use crate::cli::{Failure, Status, Streams, ask, target};
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
    let expected = [Expected { base_id: &base.id, size_bytes }];
    let would_go = session
        .copies_that_would_go(&copies(session, texts)?, &expected)
        .map_err(|error| Failure::new(Status::Failed, sentence(&texts.journal_error(&error))))?;
    let may_go = may_go(&would_go, options.yes, texts, streams)?;
    let agreed: Vec<String> = would_go.into_iter().filter(|_| may_go).map(|copy| copy.id).collect();
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let bar = Bar::new(streams.is_terminal, texts);
    let made = interrupt.guard(|cancel| {
        session.copy_by_hand(base, &agreed, &witness, &mut |progress| bar.copying(progress), cancel)
    });
    drop(bar);
    let made = made.map_err(|fault| of(&fault, texts))?;
    let (folder, size) = (made.dir.display().to_string(), texts.size(made.size_bytes));
    writeln!(streams.out, "{}", fl!(loader, "cli-backup-made", folder = folder, size = size))?;
    let is_all = tell(&made.let_go, texts, streams)?;
    if let Some(error) = &made.unrecorded {
        say(&texts.journal_error(error), streams)?;
    }
    Ok(if is_all && made.unrecorded.is_none() { Status::Done } else { Status::Failed })
}

/// What became of older copies; the answer is whether all that were agreed to are gone, and recorded.
fn tell(let_go: &LetGo, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    for copy in &let_go.removed {
        writeln!(streams.out, "{}", fl!(texts.loader, "cli-backup-deleted", id = copy.id.as_str()))?;
    }
    for error in &let_go.not_removed {
        say(&texts.backup_error(error), streams)?;
    }
    if let Some(error) = &let_go.unrecorded {
        say(&texts.journal_error(error), streams)?;
    }
    Ok(let_go.not_removed.is_empty() && let_go.unrecorded.is_none())
}

/// A "no" keeps the older copies, and the new one is made all the same.
fn may_go(would_go: &[Listed], yes: bool, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    if would_go.is_empty() {
        return Ok(false);
    }
    say(&fl!(texts.loader, "cli-backup-would-go", count = would_go.len()), streams)?;
    for copy in would_go {
        let size = texts.size(copy.size_bytes.unwrap_or(0));
        writeln!(streams.err, "  {}, {size}", copy.id)?;
    }
    Ok(yes || ask::confirm(&fl!(texts.loader, "cli-backup-confirm-delete"), texts, streams)?)
}
