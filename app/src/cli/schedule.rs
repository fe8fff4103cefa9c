//! `smarts schedule`: the background check, as a scheduled task.

use std::path::Path;

use i18n_embed_fl::fl;
use serde::Serialize;
use smarts_core::os::{Os, TaskFault};
use smarts_core::schedule::{self, After, Before, Definition, Error, Facts, State};

use super::args::{Json, Schedule};
use super::{Failure, Status, Streams, json};
use crate::i18n::Texts;
use crate::session::Session;

/// `schedule show --json`.
#[derive(Debug, Serialize)]
struct Shown {
    name: &'static str,
    state: &'static str,
    program: Option<String>,
    interval_minutes: Option<u32>,
    enabled: Option<bool>,
    /// Whether a former task is kept, to be put back.
    former_kept: bool,
    detail: String,
}

/// Carries it out.
pub(super) fn run(
    session: &Session,
    action: &Schedule,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Schedule::Install => install(session, texts, streams),
        Schedule::Remove => remove(session, texts, streams),
        Schedule::Show(options) => show(session, *options, texts, streams),
        Schedule::Run => {
            session.os.run_task(schedule::NAME).map_err(|fault| of_task(&fault, texts))?;
            writeln!(streams.out, "{}", fl!(texts.loader, "schedule-started"))?;
            Ok(Status::Done)
        }
    }
}

fn install(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    needs_administrator(&*session.os, texts)?;
    let program = crate::setup::stub(&*session.os)
        .map_err(|error| Failure::new(Status::Failed, texts.setup_error(&error)))?;
    let hours = session.settings.check_hours;
    let start = schedule::first_run(&*session.os, hours, session.clock.now().date());
    let wanted = Definition { program: &program, hours, start, enabled: true };
    let before =
        schedule::install(&*session.os, &session.paths, &wanted).map_err(|error| of(&error, texts))?;
    let line = match before {
        Before::Nothing | Before::Ours => fl!(texts.loader, "schedule-installed", hours = hours.hours()),
        Before::Foreign => fl!(texts.loader, "schedule-installed-kept", hours = hours.hours()),
    };
    writeln!(streams.out, "{line}")?;
    Ok(Status::Done)
}

fn remove(session: &Session, texts: &Texts, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    needs_administrator(&*session.os, texts)?;
    let removed = schedule::remove(&*session.os, &session.paths);
    // What a person does not want is not a problem later, whatever became of the former task.
    let noted = schedule::intend(&session.paths, false);
    let after = removed.and_then(|after| noted.map(|()| after)).map_err(|error| of(&error, texts))?;
    let line = match after {
        After::Nothing => fl!(texts.loader, "schedule-removed"),
        After::Former => fl!(texts.loader, "schedule-restored"),
        After::Foreign => fl!(texts.loader, "schedule-foreign-stays"),
    };
    writeln!(streams.out, "{line}")?;
    Ok(Status::Done)
}

fn show(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let state = schedule::state(&*session.os);
    let status = if matches!(state, State::Unknown(_)) { Status::Failed } else { Status::Done };
    let shown = Shown::of(&state, &session.paths.former_task_path(), texts);
    if options.json {
        json::print(&shown, streams.out)?;
    } else {
        writeln!(streams.out, "{}", shown.detail)?;
    }
    Ok(status)
}

impl Shown {
    fn of(state: &State, former_path: &Path, texts: &Texts) -> Self {
        let (word, facts) = match state {
            State::Ours(facts) => ("ours", Some(facts)),
            State::Foreign(facts) => ("foreign", Some(facts)),
            State::None => ("none", None),
            State::Unknown(_) => ("unknown", None),
        };
        Self {
            name: schedule::NAME,
            state: word,
            program: facts.and_then(|facts| facts.program.clone()),
            interval_minutes: facts.and_then(|facts: &Facts| facts.interval_minutes),
            enabled: facts.map(|facts| facts.enabled),
            former_kept: former_path.exists(),
            detail: texts.task_state(state),
        }
    }
}

fn needs_administrator(os: &dyn Os, texts: &Texts) -> Result<(), Failure> {
    if os.is_elevated() {
        return Ok(());
    }
    Err(Failure::new(Status::Refused, fl!(texts.loader, "task-rights")))
}

fn of(error: &Error, texts: &Texts) -> Failure {
    let is_refused = matches!(error, Error::Task(TaskFault::Rights) | Error::Untrusted { .. });
    let status = if is_refused { Status::Refused } else { Status::Failed };
    Failure::new(status, texts.schedule_error(error))
}

fn of_task(fault: &TaskFault, texts: &Texts) -> Failure {
    let status = if matches!(fault, TaskFault::Rights) { Status::Refused } else { Status::Failed };
    Failure::new(status, texts.task_fault(fault))
}
