//! The tray stub: one per session of a person, run by the scheduled task; shows what `smarts notice` says, and
//! is gone when there is nothing to say.
//!
//! It decides nothing and looks nothing up: `smarts` beside it does, and the window. It links no HTTP, TLS, XML,
//! texts or widgets, and while it waits it sleeps: whatever happens, and the end of its time, wakes one thread.

mod args;
mod child;
mod desk;
mod icon;
mod message;
pub mod notice;
mod pictures;
mod state;
pub mod tell;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use smarts_core::os::{self, Waker};
use smarts_core::paths::{self, NoHome};

use self::args::Options;
use self::desk::Desk;
use self::state::{Event, State};
use crate::error::chain;
use crate::instance::{self, Call, Instance, Place, Start};
use crate::log;

/// What the log is called.
const PROGRAM: &str = "smarts-tray";
/// How the names of stubs begin, among the programs that are found by one.
const NAMES: &str = "tray-";
/// How long the one of this session is waited for; it answers at once, or hangs.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any person chooses while one thing is being done.
const MOST_EVENTS: usize = 64;
/// Where nothing is to be waited for but a child, whose time is limited elsewhere.
const LONGEST_WAIT: Duration = Duration::from_hours(24);

/// Why the stub does not begin.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Failed to understand the arguments")]
    Arguments(#[source] lexopt::Error),
    #[error("Failed to open the machine root")]
    MachineRoot(#[source] io::Error),
    #[error(transparent)]
    NoHome(NoHome),
    #[error("Failed to find this program's own folder")]
    OwnDir(#[source] io::Error),
    #[error("The one of this session hangs, or this person's folder cannot be used")]
    Alone,
}

/// Where what happens is brought, from any thread.
#[derive(Clone, Debug)]
struct Outbox {
    events: SyncSender<Event>,
    waker: Waker,
}

impl Outbox {
    /// For the thread that calls this and then waits.
    fn of_this_thread() -> (Self, Receiver<Event>) {
        let (events, inbox) = sync_channel(MOST_EVENTS);
        (Self { events, waker: Waker::of_this_thread() }, inbox)
    }

    /// Never waits, as it may be the waiting thread itself that calls this; what is too much is dropped.
    fn send(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            tracing::warn!("Too much happens at once");
        }
        self.waker.wake();
    }
}

/// The whole program.
pub fn run() -> ExitCode {
    match begin() {
        Ok(code) => code,
        Err(error) => {
            let error = chain(&error);
            tracing::error!(error, "Did not begin");
            // Where the task runs it nobody reads this.
            let _ = writeln!(io::stderr(), "{PROGRAM}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn begin() -> Result<ExitCode, Error> {
    let options = Options::of(lexopt::Parser::from_env()).map_err(Error::Arguments)?;
    let root = options.machine_root.as_deref().map(Path::canonicalize).transpose();
    let state_dir = paths::state_dir(root.map_err(Error::MachineRoot)?.as_deref()).map_err(Error::NoHome)?;
    if let Err(error) = log::start(&paths::log_dir(&state_dir), PROGRAM) {
        let _ = writeln!(io::stderr(), "{PROGRAM}: {}", chain(&error));
    }
    os::name_this_app(message::APP_ID);
    let own_path = std::env::current_exe().map_err(Error::OwnDir)?;
    let own_dir = own_path.parent().ok_or_else(|| Error::OwnDir(io::ErrorKind::NotFound.into()))?;

    let (outbox, inbox) = Outbox::of_this_thread();
    let name = format!("{NAMES}{}", os::session_name());
    let place = Place { state_dir: &state_dir, name: &name, patience: PATIENCE, let_to_front: &|_| {} };
    let called = outbox.clone();
    match instance::begin(&place, &Call::Renew, move |call| called.send(Event::Called(call))) {
        Start::First(instance) => {
            let mut desk = Desk::new(own_dir, name.clone(), options, &state_dir, outbox);
            Ok(if wait(&mut desk, &inbox, instance) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Start::Passed => {
            tracing::info!("The one of this session looks again");
            Ok(ExitCode::SUCCESS)
        }
        // One that others cannot tell to go would outlive what it shows.
        Start::Alone => Err(Error::Alone),
    }
}

/// Until there is nothing to wait for any more; whether all went well.
fn wait(desk: &mut Desk, inbox: &Receiver<Event>, instance: Instance) -> bool {
    let mut instance = Some(instance);
    let mut state = State::default();
    let mut steps = state.begin();
    loop {
        if state.is_leaving() {
            // Whoever comes now would be told that this one looks again; it is to be the first itself.
            drop(instance.take());
        }
        for step in std::mem::take(&mut steps) {
            if let Some(happened) = desk.take(step) {
                steps.extend(state.on(happened, Instant::now()));
            }
        }
        if let Some(went_well) = state.ended() {
            return went_well;
        }
        if !steps.is_empty() {
            continue;
        }
        let now = Instant::now();
        let left = state.until().map_or(LONGEST_WAIT, |until| until.saturating_duration_since(now));
        steps = match inbox.try_recv() {
            Ok(event) => state.on(event, now),
            Err(_) if left.is_zero() => state.on(Event::TimeUp, now),
            Err(_) => {
                os::wait(left);
                Vec::new()
            }
        };
    }
}
