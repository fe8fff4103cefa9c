//! `smarts schedule`: the background check, as a scheduled task.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use serde::Serialize;
use smarts_core::os::{Os, TaskFault};
use smarts_core::schedule::{self, After, Before, Definition, Error, Facts, Phase, Rhythm, State};
use smarts_core::settings::{self, Settings, Value, WeekHours};

use super::args::{Json, Schedule, ScheduleSet, Told, YesNo};
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
    /// When it runs by itself next, before a random delay; `null` also where somebody has changed when it does.
    next_run: Option<Timestamp>,
    /// Hours, as the settings say; what the task itself says is `interval_minutes`.
    check_hours: u16,
    working_hours: Option<String>,
    maintenance: Option<String>,
    notify: settings::Notify,
    offline: bool,
    detail: String,
}

/// What of a task is not this PC's own.
struct Wanted<'a> {
    rhythm: Rhythm,
    maintenance: Option<&'a WeekHours>,
    enabled: bool,
}

/// What of the settings was changed that the task has to follow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touched {
    /// The interval.
    pub hours: bool,
    /// Anything that the task's definition says.
    pub task: bool,
    /// Whether the task is to be ours.
    pub automatic: Option<YesNo>,
}

impl<'a> Wanted<'a> {
    fn of(settings: &'a Settings) -> Self {
        Self { rhythm: Rhythm::of(settings), maintenance: settings.maintenance.as_ref(), enabled: true }
    }
}

/// Carries it out.
pub(super) fn run(
    session: &Session,
    action: &Schedule,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    match action {
        Schedule::Install => {
            let settings = &session.settings;
            install(session, &Wanted::of(settings), texts, streams)
        }
        Schedule::Set(wanted) => set(session, wanted, texts, streams),
        Schedule::Remove => remove(session, texts, streams),
        Schedule::Show(options) => show(session, *options, texts, streams),
        Schedule::Run => {
            let now = session.clock.now().timestamp();
            schedule::run_now(&*session.os, &session.paths, now).map_err(|error| of(&error, texts))?;
            writeln!(streams.out, "{}", fl!(texts.loader, "schedule-started"))?;
            Ok(Status::Done)
        }
    }
}

fn install(
    session: &Session,
    wanted: &Wanted<'_>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    needs_administrator(&*session.os, texts)?;
    let program = crate::setup::stub(&*session.os)
        .map_err(|error| Failure::new(Status::Failed, texts.setup_error(&error)))?;
    let (phase, today) = (Phase::of(&*session.os), session.clock.now().date());
    let &Wanted { ref rhythm, maintenance, enabled } = wanted;
    let definition = Definition { program: &program, rhythm, phase, maintenance, today, enabled };
    let before =
        schedule::install(&*session.os, &session.paths, &definition).map_err(|error| of(&error, texts))?;
    writeln!(streams.out, "{}", texts.task_installed(rhythm, before == Before::Foreign))?;
    Ok(Status::Done)
}

fn set(
    session: &Session,
    wanted: &ScheduleSet,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    needs_administrator(&*session.os, texts)?;
    let path = session.paths.settings_path();
    let values = values(wanted);
    settings::set_for_all(&*session.os, &path, &values)
        .map_err(|error| Failure::new(Status::Failed, texts.set_error(&error)))?;
    if !values.is_empty() {
        writeln!(streams.out, "{}", fl!(texts.loader, "schedule-set"))?;
    }
    let touched = Touched {
        hours: wanted.hours.is_some(),
        task: wanted.hours.is_some() || wanted.working_hours.is_some() || wanted.maintenance.is_some(),
        automatic: wanted.automatic,
    };
    follow(session, touched, texts, streams)
}

/// The task follows settings that have just been changed.
pub(super) fn follow(
    session: &Session,
    touched: Touched,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let load = || {
        let failed = |error| {
            Failure::new(
                Status::Failed,
                fl!(texts.loader, "schedule-not-set", reason = texts.settings_error(&error)),
            )
        };
        Settings::load(&session.paths.settings_path()).map_err(failed)
    };
    match touched.automatic {
        Some(YesNo::Yes) => return install(session, &Wanted::of(&load()?), texts, streams),
        Some(YesNo::No) => return remove(session, texts, streams),
        None if !touched.task => return Ok(Status::Done),
        None => {}
    }
    match schedule::state(&*session.os) {
        State::Ours(facts) => {
            let settings = load()?;
            // An interval that a person has given the task itself stays, unless another one is asked for.
            let of_task = facts.hours().filter(|_| !touched.hours);
            let mut wanted = Wanted { enabled: facts.enabled, ..Wanted::of(&settings) };
            wanted.rhythm.hours = of_task.unwrap_or(settings.check_hours);
            install(session, &wanted, texts, streams)
        }
        State::Foreign(_) | State::None => {
            writeln!(streams.out, "{}", fl!(texts.loader, "schedule-set-not-ours"))?;
            Ok(Status::Done)
        }
        State::Unknown(fault) => Err(of_task(&fault, texts)),
    }
}

/// As they stand in the settings.
fn values(wanted: &ScheduleSet) -> Vec<(&'static str, Value)> {
    let hours = |hours: &Option<WeekHours>| {
        hours.as_ref().map_or(Value::Unset, |hours| Value::Text(hours.to_string()))
    };
    let notify = |told| match told {
        Told::Admins => "admins",
        Told::All => "all",
        Told::None => "none",
    };
    let values = [
        ("check_hours", wanted.hours.map(|hours| Value::Number(hours.hours().into()))),
        ("working_hours", wanted.working_hours.as_ref().map(|given| hours(&given.0))),
        ("maintenance", wanted.maintenance.as_ref().map(|given| hours(&given.0))),
        ("notify", wanted.notify.map(|told| Value::Text(notify(told).to_owned()))),
        ("offline", wanted.offline.map(|answer| Value::Flag(answer == YesNo::Yes))),
    ];
    values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
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
    let shown = Shown::of(session, &state, texts);
    if options.json {
        json::print(&shown, streams.out)?;
    } else {
        writeln!(streams.out, "{}", shown.detail)?;
        if let Some(next) = shown.next_run {
            let when = texts.moment(next, &session.clock.now());
            writeln!(streams.out, "{}", fl!(texts.loader, "schedule-next", when = when))?;
        }
    }
    Ok(status)
}

impl Shown {
    fn of(session: &Session, state: &State, texts: &Texts) -> Self {
        let (word, facts) = match state {
            State::Ours(facts) => ("ours", Some(facts)),
            State::Foreign(facts) => ("foreign", Some(facts)),
            State::None => ("none", None),
            State::Unknown(_) => ("unknown", None),
        };
        let settings = &session.settings;
        let text = |hours: &Option<WeekHours>| hours.as_ref().map(WeekHours::to_string);
        Self {
            name: schedule::NAME,
            state: word,
            program: facts.and_then(|facts| facts.program.clone()),
            interval_minutes: facts.and_then(|facts: &Facts| facts.interval_minutes),
            enabled: facts.map(|facts| facts.enabled),
            former_kept: session.paths.former_task_path().exists(),
            next_run: facts.and_then(|facts| next_run(session, facts)),
            check_hours: settings.check_hours.hours(),
            working_hours: text(&settings.working_hours),
            maintenance: text(&settings.maintenance),
            notify: settings.notify,
            offline: settings.offline,
            detail: texts.task_state(state),
        }
    }
}

/// In the rhythm of the task itself, which may not be that of the settings.
pub(crate) fn next_run(session: &Session, facts: &Facts) -> Option<Timestamp> {
    let rhythm = Rhythm { hours: facts.hours()?, working_hours: facts.working_hours.clone() };
    let now = session.clock.now();
    let next = schedule::next_run(&*session.os, &rhythm, now.datetime())?;
    Some(next.to_zoned(now.time_zone().clone()).ok()?.timestamp())
}

pub(super) fn needs_administrator(os: &dyn Os, texts: &Texts) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root::MachineRoot;
    use smarts_tests::stand_in::StandIn;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn whoever_has_no_rights_to_is_refused() {
        let root = MachineRoot::new().unwrap();
        let texts = Texts::new(Language::Ru).unwrap();
        let elevated = StandIn::on(root.path()).unwrap();
        assert!(needs_administrator(&elevated, &texts).is_ok());
        let failure = needs_administrator(&StandIn { is_elevated: false, ..elevated }, &texts).unwrap_err();
        assert_eq!(failure.status, Status::Refused);
    }
}
