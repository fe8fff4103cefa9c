//! The command line: for administrators, for scripts, for the tray stub.
//!
//! Results go to the standard output, everything else to the standard error output. Each command is a
//! module that returns a [`Status`], or a [`Failure`] already in the person's words. Deliberately not here:
//! any decision about updates; that is `smarts-core`.

mod args;
mod ask;
mod backup;
mod change;
mod check;
mod clock;
mod continued;
mod devices;
mod diagnose;
mod difference;
mod download;
mod elevated;
mod expired;
mod finish;
mod history;
mod install;
mod interrupt;
mod json;
mod list;
mod notice;
mod progress;
mod proxy;
mod reports;
mod schedule;
mod settings;
mod setup;
mod sheet;
mod subscription;
mod table;
mod target;
mod update;

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use i18n_embed_fl::fl;

pub(crate) use args::{Assignment, SettingsSet, YesNo};
pub use args::{Cli, Command, Common};
pub(crate) use json::listed;
pub(crate) use schedule::next_run;

use args::{Schedule, Subscription};
use change::Change;
use interrupt::Interrupt;

use crate::demo::installer;
use crate::i18n::{Language, Texts, sentence};
use crate::model::Notice;
use crate::session::{self, CheckError, Session};

/// How a command ended; the number is a contract with scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done, or nothing new.
    Done = 0,
    /// Failed, or `check` could not look something up, for whatever reason but the one under [`Self::Refused`].
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Refused: proof, preflight, rights; and whatever lacks a consent that an option gives, also in `check`.
    /// A source that is not believed is that to commands that fetch; `check` has only failed to look.
    Refused = 3,
    /// Cancelled by the person.
    Cancelled = 4,
    /// `check` found something available.
    Available = 100,
}

/// Why a command did not do what it was asked to, in the person's words.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub status: Status,
    /// What happened, what is safe, what to do next; a line each.
    pub lines: Vec<String>,
}

/// What a command talks through.
pub struct Streams<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Progress, questions and errors.
    pub err: &'a mut dyn Write,
    /// Answers.
    pub input: &'a mut dyn BufRead,
    /// Whether the error output is a terminal: only then a bar is drawn.
    pub is_terminal: bool,
    /// Reads a line from the terminal without showing it; `None` where answers come from no terminal.
    pub secret: Option<fn() -> io::Result<String>>,
}

impl Failure {
    fn new(status: Status, line: impl Into<String>) -> Self {
        Self { status, lines: vec![line.into()] }
    }

    fn of_check(error: &CheckError, texts: &Texts) -> Self {
        let reason = texts.check_error(error);
        Self::new(Status::Failed, fl!(texts.loader, "cli-check-failed", reason = reason))
    }

    fn of_notice(status: Status, notice: &Notice) -> Self {
        let rest = [&notice.kept, &notice.next].into_iter().flatten().cloned();
        Self { status, lines: std::iter::once(sentence(&notice.what)).chain(rest).collect() }
    }
}

/// The output is closed or full; there is nobody left to tell.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(Status::Failed, error.to_string())
    }
}

/// Carries out a command.
pub fn run(cli: Cli, streams: &mut Streams<'_>) -> Status {
    dispatch(cli, streams).unwrap_or_else(|failure| report(streams, &failure))
}

/// Changes settings in this very process, as `smarts settings set` does.
pub(crate) fn change_settings(session: &Session, wanted: &SettingsSet, texts: &Texts) -> Result<(), Failure> {
    let streams = &mut Streams {
        out: &mut io::sink(),
        err: &mut io::sink(),
        input: &mut io::empty(),
        is_terminal: false,
        secret: None,
    };
    settings::set(session, wanted, texts, streams).map(drop)
}

fn dispatch(cli: Cli, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    let Cli { command, common } = cli;
    // Until the settings are read, which may name another language.
    let first_texts = texts(common.lang.unwrap_or_else(Language::of_system))?;
    if let Command::DemoInstall(request) = &command {
        return demo_install(request, &first_texts, streams);
    }
    if let Command::Setup(action) = &command {
        return setup::run(action, common.machine_root.as_deref(), &first_texts);
    }
    if let Command::Finish = command {
        return finish::run(common.machine_root.as_deref(), first_texts);
    }
    if let Command::Diagnose(options) = command {
        return diagnose::run(&common, options, first_texts, streams);
    }
    let session = open(&common, &first_texts, &command)?;
    let texts = &texts(session.language)?;
    for key in session.settings.unknown_keys() {
        writeln!(streams.err, "{}", fl!(texts.loader, "cli-unknown-setting", key = key))?;
    }
    if matches!(command, Command::Check(_) | Command::Download(_) | Command::Update(_)) {
        proxy::ask(&session, texts, streams)?;
    }
    let interrupt = Interrupt::listen(&session);
    let change = |yes, diff| Change { session: &session, texts, interrupt: &interrupt, yes, diff };
    match command {
        Command::List(options) => list::run(&session, &options, texts, streams),
        Command::Check(options) => check::run(&session, options, texts, streams),
        Command::Download(options) => download::run(&session, &interrupt, &options, texts, streams),
        Command::Update(options) => {
            elevated::require(&*session.os, texts)?;
            update::run(change(options.yes, options.diff), &options, streams)
        }
        Command::Install(options) => {
            elevated::require(&*session.os, texts)?;
            install::run(change(options.yes, false), &options, streams)
        }
        Command::Backup(action) => backup::run(&session, &interrupt, &action, texts, streams),
        Command::Devices(action) => devices::run(|yes| change(yes, false), &action, streams),
        Command::ApplyAgreed(request) => elevated::run(&session, &interrupt, &request, texts),
        Command::CopiesAgreed(request) => elevated::run_copies(&session, &interrupt, &request, texts),
        Command::StagingAgreed(request) => elevated::run_staging(&session, &interrupt, &request, texts),
        Command::History(options) => history::run(&session, &options, texts, streams),
        Command::Notice(options) => notice::run(&session, &options, texts, streams),
        Command::Proxy(action) => proxy::run(&session, &action, texts, streams),
        Command::Settings(options) => settings::run(&session, &options, texts, streams),
        Command::Schedule(action) => schedule::run(&session, &action, texts, streams),
        Command::Subscription(action) => subscription::run(&session, &action, texts, streams),
        // Carried out above, before any session is opened.
        Command::DemoInstall(_) | Command::Setup(_) | Command::Finish | Command::Diagnose(_) => {
            Ok(Status::Done)
        }
    }
}

fn texts(language: Language) -> Result<Texts, Failure> {
    Texts::new(language).map_err(|error| Failure::new(Status::Failed, error.to_string()))
}

fn session_options(common: &Common, texts: &Texts) -> Result<session::Options, Failure> {
    if common.today.is_some() && common.machine_root.is_none() && !common.demo {
        return Err(Failure::new(Status::Usage, fl!(texts.loader, "cli-today-needs-machine-root")));
    }
    Ok(session::Options {
        machine_root: common.machine_root.clone(),
        source: common.source.clone(),
        language: common.lang,
        today: common.today,
        accept_unproved: common.accept_unproved,
        trusted_root: common.trusted_root.clone(),
        accept_expired: common.accept_expired,
        demo: common.demo.then_some(session::DemoOptions::default()),
    })
}

fn open(common: &Common, texts: &Texts, command: &Command) -> Result<Session, Failure> {
    let options = session_options(common, texts)?;
    let session =
        Session::open(options).map_err(|error| Failure::new(Status::Failed, texts.session_error(&error)))?;
    let log_dir = log_dir(&session, writes_for_all(command, session.os.is_elevated()));
    // Without a log a command works all the same, and a script's output must not depend on it.
    if is_own(&session, &log_dir) {
        let _ = crate::log::start(&log_dir, "smarts");
    }
    Ok(session)
}

/// Whether nobody else can lead what is written there astray.
fn is_own(session: &Session, log_dir: &Path) -> bool {
    let (os, paths) = (&*session.os, &session.paths);
    let secured = || [&paths.machine_dir, log_dir].map(|dir| os.make_administrators_dir(dir));
    log_dir == paths.log_dir || secured().iter().all(Result::is_ok)
}

/// Whether a process writes into no folder of the person's, where links may wait for one with rights.
fn writes_for_all(command: &Command, is_elevated: bool) -> bool {
    match command {
        Command::ApplyAgreed(_)
        | Command::CopiesAgreed(_)
        | Command::StagingAgreed(_)
        | Command::Subscription(Subscription::ApplyEdit(_)) => true,
        Command::Settings(settings) => is_elevated && settings.action.is_some(),
        Command::Schedule(action) => is_elevated && !matches!(action, Schedule::Show(_)),
        _ => false,
    }
}

/// Where such a process logs, or any other. In a machine root there is nobody else.
pub(crate) fn log_dir(session: &Session, for_all: bool) -> PathBuf {
    let paths = &session.paths;
    if for_all && session.os.machine_root().is_none() {
        paths.machine_dir.join("logs")
    } else {
        paths.log_dir.clone()
    }
}

/// Also into the log: nobody sees the output of a process that the window has had started with rights.
fn report(streams: &mut Streams<'_>, failure: &Failure) -> Status {
    tracing::warn!(status = ?failure.status, why = failure.lines.join(" "), "The command did not do it");
    for line in &failure.lines {
        if writeln!(streams.err, "{line}").is_err() {
            break;
        }
    }
    failure.status
}

fn demo_install(
    request: &installer::Request,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let question = fl!(texts.loader, "demo-install-question", version = request.version.as_str());
    if !request.yes && !ask::confirm(&question, texts, streams)? {
        return Ok(Status::Cancelled);
    }
    installer::install(request).map_err(|error| Failure::new(Status::Failed, crate::error::chain(&error)))?;
    Ok(Status::Done)
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn what_changes_the_pc_with_rights_writes_into_no_folder_of_the_person() {
        let of = |line: &str, is_elevated| {
            let cli = Cli::parse_from(std::iter::once("smarts").chain(line.split(' ')));
            writes_for_all(&cli.command, is_elevated)
        };
        for line in ["settings set offline=yes", "settings reset offline", "schedule install"] {
            assert!(of(line, true), "{line}");
            assert!(!of(line, false), "{line}: only refused");
        }
        for line in ["settings", "settings --json", "schedule show", "list"] {
            assert!(!of(line, true), "{line}");
        }
    }
}
