//! Doing what a person agreed to: bases are updated from templates, installers are started.
//!
//! A base is looked at once more, what is new is laid ready in it, it is copied, switched over ([`crate::switch`]), and
//! read again from the machine; only a version that really changed counts as an update. Steps that follow each other
//! are one switch. Whatever goes wrong after the first change, what was changed is undone, and nothing else: others
//! may have written into the base meanwhile. A run that is cut off leaves a base that does not claim the new version, a
//! record and a journal that tell; the next start of the PC, or the next run, deals with it first ([`finish`]). The first
//! base is the pilot, and the first failure stops the rest. Every base and every installer leaves an entry in the
//! journal.
//!
//! One run at a time per machine: a lock file is held throughout. Only this module starts downloaded
//! programs and changes bases, and it takes nothing but [`Verified`](crate::verify::Verified) files.
//! A base's data server is stopped before and started after ([`crate::server`]); a base that works is one that was seen to
//! ([`crate::works`]), and a pilot that does not stops the rest, too. Deliberately not here: asking for administrator's
//! rights.

mod at_once;
mod bases;
mod end;
mod entries;
mod error;
mod exit;
mod half_way;
mod installer;
mod outcome;
mod protect;
mod recover;
mod server;
mod undo;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio_util::sync::CancellationToken;

pub use self::at_once::{Failed, Step, Task, Telling, at_once};
pub use self::end::{End, Recovered};
pub use self::error::Error;
pub use self::exit::ExitFault;
pub(crate) use self::half_way::all as left_half_way;
pub use self::half_way::{Unfinished, is_running, unfinished};
pub use self::outcome::{BaseState, BasesOutcome, Done, Failure, Outcome, Progress};
pub(crate) use self::recover::all_quietly as recover_all;
pub use self::recover::{Finishing, finish};
use crate::backup::Copies;
use crate::journal::{self, Entry};
use crate::machine::{self, Machine};
use crate::os::Os;
use crate::paths::Paths;
use crate::plan::{Plan, PlanSubject};
use crate::subscription::{Judgement, Subscriptions};
use crate::switch::{Checkpoint, Finisher};
use crate::{preflight, update_lock};

/// What a run works with.
pub struct Context<'a> {
    /// The PC.
    pub os: &'a dyn Os,
    /// Our own files.
    pub paths: &'a Paths,
    /// The moment, asked for whenever something is recorded.
    pub clock: &'a (dyn Fn() -> Timestamp + Sync),
    /// The zone for the names of copies.
    pub zone: TimeZone,
    /// What copies of bases are without, and how many are kept.
    pub copies: &'a Copies,
    /// Reads what is known of subscriptions; asked once the lock is held, so that no edit comes in between.
    pub subscriptions: Box<dyn Fn() -> Subscriptions + 'a>,
    /// Shown every entry of the journal, also one that could not be written.
    pub witness: &'a dyn Fn(&Entry),
    /// What the PC is to start next time if a base is being changed then; `None`: nothing.
    pub finisher: Option<&'a Finisher>,
    /// Told what was reached. Tests end the process there.
    pub checkpoint: &'a dyn Fn(Checkpoint),
}

impl Context<'_> {
    fn finishing(&self) -> Finishing<'_> {
        let Self { os, paths, clock, witness, checkpoint, .. } = *self;
        Finishing { os, paths, clock, witness, checkpoint }
    }
}

/// Does what a plan says. Blocks until it is done; `cancel` is heeded until something is changed.
pub fn run(
    context: &Context<'_>,
    plan: Plan,
    progress: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> Outcome {
    let held = update_lock::take(context.os, context.paths).map_err(Error::of_lock).and_then(|lock| {
        journal::prepare(&context.paths.journal_path()).map_err(Error::Journal)?;
        Ok((lock, recover::all(&context.finishing(), progress)?))
    });
    // The lock is held until the end.
    let (_lock, recovered) = match held {
        Ok(held) => held,
        Err(error) => return Outcome::Failed { error, unrecorded: None },
    };
    server::start_the_rest(context.os, context.paths);
    if let Err(error) = covered(context, &plan) {
        return Outcome::Failed { error, unrecorded: None };
    }
    let (plan, held) = match protect::protected(context, plan) {
        Ok(protected) => protected,
        Err(error) => return Outcome::Failed { error, unrecorded: None },
    };
    let outcome = match plan.subject {
        PlanSubject::Template(plan) => bases::run(context, &plan, &recovered, progress, cancel),
        PlanSubject::Installer(plan) => installer::run(context, &plan, progress, cancel),
    };
    recover::forget_start(&context.finishing());
    // Until here nobody could change the files.
    drop(held);
    outcome
}

/// Looks once more whether the subscriptions cover all of it.
fn covered(context: &Context<'_>, plan: &Plan) -> Result<(), Error> {
    let subscriptions = (context.subscriptions)();
    let machine = machine_for(context, &subscriptions, &plan.subject);
    let now = (context.clock)().to_zoned(context.zone.clone());
    let facts = subscriptions.facts(&machine, &now);
    for covering in preflight::coverage(plan, &machine, &facts) {
        match covering.judgement {
            Judgement::Covered | Judgement::Unknown { stops: false, .. } => {}
            Judgement::Ended(ended) => return Err(Error::NotCovered(ended)),
            Judgement::Unknown { about, stops: true } => return Err(Error::CoverageUnknown(about)),
        }
    }
    Ok(())
}

/// As much of the machine as it takes to judge. An update of a base looks at the others only where they may tell that
/// a device that is written off has come back.
fn machine_for(context: &Context<'_>, subscriptions: &Subscriptions, subject: &PlanSubject) -> Machine {
    let PlanSubject::Template(plan) = subject else { return machine::read(context.os) };
    let bases = plan.bases.iter().filter_map(|base| machine::read_base(context.os, &base.id)).collect();
    let machine = Machine { bases, ..Machine::default() };
    if subscriptions.has_written_off(&machine) { machine::read(context.os) } else { machine }
}

/// Puts an entry into the journal and shows it to the witness: where the journal cannot be written, the witness
/// is the only one who knows.
fn record(context: &Context<'_>, entry: &Entry) -> Result<(), journal::Error> {
    let written = journal::append(&context.paths.journal_path(), entry);
    (context.witness)(entry);
    written
}

/// An error with everything behind it, for the journal.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests;
