//! `smarts devices undo`.

use i18n_embed_fl::fl;
use smarts_core::devices::staging::{self, Last, Undone};
use smarts_core::journal::Entry;
use smarts_core::machine::Machine;

use super::{Series, name, of, tell_unrecorded};
use crate::cli::args::UndoApp;
use crate::cli::change::Change;
use crate::cli::{Failure, Status, Streams, ask, json, target};
use crate::event_log::EventLog;
use crate::i18n::Texts;

/// What is to be taken back, and from which base.
struct Goal {
    id: String,
    last: Last,
}

/// Takes back what was staged last, base by base; the first failure stops the rest.
pub(super) fn run(
    change: Change<'_>,
    options: &UndoApp,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, yes, .. } = change;
    let loader = &texts.loader;
    let machine = session.machine();
    let ids = target::bases(&machine, &options.ids, texts)?;
    let goals = ids.into_iter().map(|id| {
        let failed = |error: &staging::Error| of(&machine, &id, error, texts);
        let base = machine.base(&id).ok_or_else(|| failed(&staging::Error::NotHere))?;
        let last = session.unstageable(base).map_err(|error| failed(&error))?;
        let last = last.ok_or_else(|| failed(&staging::Error::NothingToUndo))?;
        Ok(Goal { id, last })
    });
    let goals = goals.collect::<Result<Vec<Goal>, Failure>>()?;
    for goal in &goals {
        show(change, &machine, goal, streams)?;
    }
    if !yes && !ask::confirm(&fl!(loader, "cli-devices-confirm-undo", count = goals.len()), texts, streams)? {
        return Err(Failure::new(Status::Cancelled, fl!(loader, "cli-devices-declined")));
    }
    take_back(change, &machine, &goals, options.json, streams)
}

fn show(
    change: Change<'_>,
    machine: &Machine,
    goal: &Goal,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let Change { session, texts, .. } = change;
    let loader = &texts.loader;
    let Goal { id, last } = goal;
    let when = texts.moment(last.at, &session.clock.now());
    let (name, version, user) = (name(machine, id), last.version.to_string(), last.user.as_str());
    let line = fl!(loader, "cli-devices-undo", name = name, version = version, when = when, user = user);
    writeln!(streams.err, "{line}")?;
    if !last.removed.is_empty() {
        let versions: Vec<String> = last.removed.iter().map(ToString::to_string).collect();
        writeln!(streams.err, "{}", fl!(loader, "cli-devices-undo-back", versions = versions.join(", ")))?;
    }
    Ok(())
}

fn take_back(
    change: Change<'_>,
    machine: &Machine,
    goals: &[Goal],
    as_json: bool,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, interrupt, .. } = change;
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let work = |goal: &Goal| interrupt.guard(|_| session.unstage_app(&goal.id, goal.last.version, &witness));
    let series = Series::of(goals, work, |goal, undone| {
        tell_unrecorded(undone.unrecorded.as_ref(), texts, streams)?;
        if !as_json {
            writeln!(streams.out, "{}", told(name(machine, &goal.id), undone, texts))?;
        }
        Ok(())
    })?;
    if as_json {
        let bases = goals.iter().zip(series.ended(texts)).map(|(Goal { id, last }, ended)| json::TakenBack {
            id,
            name: name(machine, id),
            last,
            ended,
        });
        json::print(&json::Undoing::of(&bases.collect::<Vec<_>>()), streams.out)?;
    }
    let ids: Vec<&str> = goals.iter().map(|goal| goal.id.as_str()).collect();
    series.status(machine, &ids, |undone| undone.unrecorded.is_none(), texts)
}

/// What devices of the base are offered now.
fn told(name: &str, undone: &Undone, texts: &Texts) -> String {
    let loader = &texts.loader;
    let version = undone.version.to_string();
    match undone.staged.newest() {
        Some(app) => {
            let offered = app.version.to_string();
            fl!(loader, "cli-devices-undone", name = name, version = version, offered = offered)
        }
        None => fl!(loader, "cli-devices-undone-nothing", name = name, version = version),
    }
}
