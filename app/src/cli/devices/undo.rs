//! `smarts devices undo`.

use i18n_embed_fl::fl;
use smarts_core::devices::staging;
use smarts_core::journal::Entry;

use super::{name, of, tell_unrecorded};
use crate::cli::args::UndoApp;
use crate::cli::change::Change;
use crate::cli::{Failure, Status, Streams, ask, target};
use crate::event_log::EventLog;

/// Takes back what was staged last, base by base; the first failure stops the rest.
pub(super) fn run(
    change: Change<'_>,
    options: &UndoApp,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, interrupt, yes, .. } = change;
    let loader = &texts.loader;
    let machine = session.machine();
    let ids = target::bases(&machine, &options.ids, texts)?;
    for id in &ids {
        let failed = |error: &staging::Error| of(&machine, id, error, texts);
        let last = session.unstageable(id).map_err(|error| failed(&error))?;
        let last = last.ok_or_else(|| failed(&staging::Error::NothingToUndo))?;
        let when = texts.moment(last.at, &session.clock.now());
        let (name, version) = (name(&machine, id), last.version.to_string());
        let line =
            fl!(loader, "cli-devices-undo", name = name, version = version, when = when, user = last.user);
        writeln!(streams.err, "{line}")?;
        if !last.removed.is_empty() {
            let versions: Vec<String> = last.removed.iter().map(ToString::to_string).collect();
            writeln!(
                streams.err,
                "{}",
                fl!(loader, "cli-devices-undo-back", versions = versions.join(", "))
            )?;
        }
    }
    if !yes && !ask::confirm(&fl!(loader, "cli-devices-confirm-undo", count = ids.len()), texts, streams)? {
        return Err(Failure::new(Status::Cancelled, fl!(loader, "cli-devices-declined")));
    }
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let mut is_recorded = true;
    for (place, id) in ids.iter().enumerate() {
        let undone = interrupt.guard(|_| session.unstage_app(id, &witness)).map_err(|error| {
            let mut told = of(&machine, id, &error, texts);
            let rest = ids.iter().skip(place + 1);
            told.lines.extend(rest.map(|id| fl!(loader, "cli-not-started", name = name(&machine, id))));
            told
        })?;
        is_recorded &= tell_unrecorded(undone.unrecorded.as_ref(), texts, streams)?;
        let (name, version) = (name(&machine, id), undone.version.to_string());
        let line = match undone.staged.newest() {
            Some(app) => {
                let offered = app.version.to_string();
                fl!(loader, "cli-devices-undone", name = name, version = version, offered = offered)
            }
            None => fl!(loader, "cli-devices-undone-nothing", name = name, version = version),
        };
        writeln!(streams.out, "{line}")?;
    }
    Ok(if is_recorded { Status::Done } else { Status::Failed })
}
