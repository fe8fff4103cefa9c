//! `smarts devices`: mobile devices, the app on them, and the one that is staged for them.
//!
//! Looking is for everybody, changing for administrators. Deliberately not here: whether an app goes where it is to go, and
//! what a device is offered; that is `smarts-core`.

mod list;
mod stage;
mod undo;

use i18n_embed_fl::fl;
use smarts_core::check::Report;
use smarts_core::devices::overview::Overview;
use smarts_core::devices::staging;
use smarts_core::journal;
use smarts_core::machine::Machine;

use super::args::Devices;
use super::change::Change;
use super::{Failure, Status, Streams, elevated};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::model::Notice;
use crate::session::Session;

/// Carries it out; `change` is made with the answer that is given beforehand.
pub(super) fn run<'a>(
    change: impl Fn(bool) -> Change<'a>,
    action: &Devices,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change(false);
    match action {
        Devices::List(options) => list::run(session, *options, texts, streams),
        Devices::Stage(options) => {
            elevated::require(&*session.os, texts)?;
            stage::run(change(options.yes), options, streams)
        }
        Devices::Undo(options) => {
            elevated::require(&*session.os, texts)?;
            undo::run(change(options.yes), options, streams)
        }
    }
}

/// What is known of the devices, with what the last check of the source in force has seen.
fn overview(session: &Session, machine: &Machine) -> Overview {
    let report = Report::load(&session.paths.report_path()).unwrap_or_else(|error| {
        tracing::warn!(error = chain(&error), "What the last check has seen is not known");
        None
    });
    let source = session.source_facts(machine);
    let is_of_this = |report: &Report| report.is_about(machine) && report.source.root == source.root;
    session.devices(machine, report.filter(is_of_this).as_ref())
}

/// The name of a base.
fn name<'a>(machine: &'a Machine, id: &'a str) -> &'a str {
    machine.base(id).map_or(id, |base| &base.name)
}

/// A base whose staged app was not changed.
fn of(machine: &Machine, base_id: &str, error: &staging::Error, texts: &Texts) -> Failure {
    tracing::warn!(base = base_id, error = chain(error), "An app was not staged, or not taken back");
    let status = match error {
        staging::Error::Cancelled => Status::Cancelled,
        staging::Error::NotHere
        | staging::Error::Misfit(_)
        | staging::Error::NotAnApp
        | staging::Error::File(_)
        | staging::Error::Package(_)
        | staging::Error::InTheWay { .. }
        | staging::Error::NothingToUndo
        | staging::Error::ChangedSince { .. }
        | staging::Error::StagedSince { .. }
        | staging::Error::Gone { .. }
        | staging::Error::Taken { .. } => Status::Refused,
        staging::Error::Lock(_)
        | staging::Error::Change { .. }
        | staging::Error::NotOffered
        | staging::Error::Record { .. }
        | staging::Error::Journal(_)
        | staging::Error::Unbelieved { .. }
        | staging::Error::Changed(_) => Status::Failed,
    };
    of_base(status, name(machine, base_id), &texts.staging_notice(error))
}

/// What was done base by base, until the first failure stopped the rest.
struct Series<T> {
    done: Vec<T>,
    failed: Option<staging::Error>,
}

impl<T> Series<T> {
    /// One after another, in the order of the goals; each is told of as it is done.
    fn of<G>(
        goals: &[G],
        mut work: impl FnMut(&G) -> Result<T, staging::Error>,
        mut tell: impl FnMut(&G, &T) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let mut series = Self { done: Vec::new(), failed: None };
        for goal in goals {
            match work(goal) {
                Ok(one) => {
                    tell(goal, &one)?;
                    series.done.push(one);
                }
                Err(error) => {
                    series.failed = Some(error);
                    break;
                }
            }
        }
        Ok(series)
    }

    /// What became of each base, for a document: why not, in words; `None` for those that were not begun.
    fn ended(&self, texts: &Texts) -> impl Iterator<Item = Option<Result<&T, String>>> {
        let why = self.failed.as_ref().map(|error| sentence(&texts.staging_notice(error).what));
        self.done.iter().map(Ok).chain(why.map(Err)).map(Some).chain(std::iter::repeat_with(|| None))
    }

    /// How all of it ended. `ids`: of the bases, in the order of the goals.
    fn status(
        &self,
        machine: &Machine,
        ids: &[&str],
        is_recorded: impl Fn(&T) -> bool,
        texts: &Texts,
    ) -> Result<Status, Failure> {
        let Some(error) = &self.failed else {
            let is_recorded = self.done.iter().all(is_recorded);
            return Ok(if is_recorded { Status::Done } else { Status::Failed });
        };
        let (failed, rest) = ids.get(self.done.len()..).and_then(<[_]>::split_first).unwrap_or((&"", &[]));
        let mut told = of(machine, failed, error, texts);
        let rest = rest.iter().map(|id| fl!(texts.loader, "cli-not-started", name = name(machine, id)));
        told.lines.extend(rest);
        Err(told)
    }
}

/// A notice about a base.
fn of_base(status: Status, name: &str, notice: &Notice) -> Failure {
    let mut told = Failure::of_notice(status, notice);
    if let Some(first) = told.lines.first_mut() {
        *first = format!("{name}: {}", notice.what);
    }
    told
}

/// What was done and is not in the journal is said aloud: the journal is what others rely on.
fn tell_unrecorded(
    error: Option<&journal::Error>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let Some(error) = error {
        writeln!(streams.err, "{}", sentence(&texts.journal_error(error)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
