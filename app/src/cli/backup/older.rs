//! Older copies that are too many: asked about before a new one is made, deleted after it.

use i18n_embed_fl::fl;
use smarts_core::backup::{LetGo, Listed};
use smarts_core::journal::Entry;
use smarts_core::machine::Base;
use smarts_core::plan::{Plan, PlanSubject};

use super::{of, say};
use crate::cli::{Failure, Streams, ask as question};
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::Texts;
use crate::session::Session;

/// Asks about those that would go with these plans; the answer is their ids. That they cannot be looked at stands in
/// the way of no update: none is deleted then.
pub(in crate::cli) fn ask_with_plans(
    session: &Session,
    plans: &[&Plan],
    yes: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Vec<String>, Failure> {
    let bases = plans.iter().flat_map(|plan| match &plan.subject {
        PlanSubject::Template(plan) => plan.bases.as_slice(),
        PlanSubject::Installer(_) => &[],
    });
    let bases: Vec<Base> = bases.cloned().collect();
    if bases.is_empty() {
        return Ok(Vec::new());
    }
    match session.older_copies(&bases) {
        Ok(older) => ask(&older, yes, texts, streams),
        Err(fault) => {
            tracing::warn!(error = chain(&fault), "Older copies could not be looked at");
            Ok(Vec::new())
        }
    }
}

/// Asks; a "no" keeps them, and the new one is made all the same.
pub(super) fn ask(
    older: &[Listed],
    yes: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Vec<String>, Failure> {
    if older.is_empty() {
        return Ok(Vec::new());
    }
    say(&fl!(texts.loader, "cli-backup-would-go", count = older.len()), streams)?;
    for copy in older {
        let size = texts.size(copy.size_bytes.unwrap_or(0));
        writeln!(streams.err, "  {}, {size}", copy.id)?;
    }
    let may_go = yes || question::confirm(&fl!(texts.loader, "cli-backup-confirm-delete"), texts, streams)?;
    Ok(older.iter().filter(|_| may_go).map(|copy| copy.id.clone()).collect())
}

/// Deletes those that were agreed to and still are too many, after an update. What is not deleted is told, and the
/// update is as good as without that.
pub(in crate::cli) fn let_go(
    session: &Session,
    agreed: &[String],
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if agreed.is_empty() {
        return Ok(());
    }
    let event_log = EventLog::new(&*session.os, texts);
    match session.let_go(agreed, &|entry: &Entry| event_log.write(entry)) {
        Ok(done) => tell(&done, texts, streams).map(|_| ()),
        Err(fault) => {
            for line in of(&fault, texts).lines {
                writeln!(streams.err, "{line}")?;
            }
            Ok(())
        }
    }
}

/// What became of them; the answer is whether all that were agreed to are gone, and recorded.
pub(super) fn tell(let_go: &LetGo, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
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
