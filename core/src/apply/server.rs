//! The data server around the change of a base.

use super::recover::Finishing;
use super::{BaseState, Context, Done, Error, Failure, Progress, chain, half_way};
use crate::backup;
use crate::machine::{self, Base};
use crate::os::Os;
use crate::paths::Paths;
use crate::server::{self, Pause, Server};
use crate::version::Version;
use crate::works;

/// Stops what runs. `None`: the base is not what the person saw, and is going to be refused; nobody has to stop work
/// for that. `version` is that of the first step.
pub(super) fn pause(
    context: &Context<'_>,
    planned: &Base,
    version: Version,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Pause>, Box<Failure>> {
    let is_seen = |base: &Base| base.is_managed() && base.dir == planned.dir;
    let Some(base) = machine::read_base(context.os, &planned.id).filter(is_seen) else { return Ok(None) };
    let mut stopping = || progress(Progress::StoppingServer { base_id: base.id.clone() });
    let pause = server::pause(context.os, context.paths, &base, (context.clock)(), &mut stopping);
    pause.map(Some).map_err(|error| {
        let (base_id, state) = (base.id.clone(), BaseState::NothingChanged);
        Box::new(Failure {
            base_id,
            version,
            error: Error::Server(error),
            state,
            server: Server::NotLookedAt,
        })
    })
}

/// Starts what was stopped, unless the base is not one to work in, and looks whether all of it works.
pub(super) fn end(
    context: &Context<'_>,
    pause: Option<Pause>,
    result: Result<Done, Box<Failure>>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Done, Box<Failure>> {
    let mut start = |pause: Option<Pause>, base_id: &str| {
        let Some(pause) = pause else { return Server::NotLookedAt };
        if pause.has_stopped() {
            progress(Progress::StartingServer { base_id: base_id.to_owned() });
        }
        pause.end(context.os, context.paths)
    };
    match result {
        Ok(done) => {
            let server = start(pause, &done.base_id);
            let works = works::look(context.os, &done.base_id, server);
            Ok(Done { works, ..done })
        }
        Err(failure) => {
            let server = match failure.state {
                BaseState::NotPutBack { .. } => pause.map_or(Server::NotLookedAt, Pause::leave),
                BaseState::NothingChanged | BaseState::PutBack { .. } => start(pause, &failure.base_id),
            };
            Err(Box::new(Failure { server, ..*failure }))
        }
    }
}

/// Puts a base back that was left half-way, while its server stands still: it may have been started with the PC. One that
/// does not stop holds the base, which `put_back` finds out.
pub(super) fn stilled(
    work: &Finishing<'_>,
    base_id: &str,
    put_back: impl FnOnce() -> Result<(), backup::Error>,
) -> Result<(), backup::Error> {
    let base = machine::read_base(work.os, base_id);
    let pause = base.map(|base| server::pause(work.os, work.paths, &base, (work.clock)(), &mut || ()));
    let pause = pause.transpose().unwrap_or_else(|error| {
        tracing::warn!(base = base_id, error = chain(&error), "The data server was not stopped");
        None
    });
    let result = put_back();
    match (pause, &result) {
        (Some(pause), Ok(())) => {
            let server = pause.end(work.os, work.paths);
            if server.is_bad() {
                tracing::error!(
                    base = base_id,
                    ?server,
                    "The base is whole again, and its data server does not work"
                );
            }
        }
        (Some(pause), Err(_)) => drop(pause.leave()),
        (None, _) => {}
    }
    result
}

/// Starts what an earlier run has stopped and could not start; of bases that are half-way it stays stopped.
pub(super) fn start_the_rest(os: &dyn Os, paths: &Paths) {
    let broken = match half_way::all(paths) {
        Ok(broken) => broken,
        Err(error) => {
            tracing::warn!(
                error = chain(&error),
                "Which bases are half-way is not known; no server is started"
            );
            return;
        }
    };
    let broken: Vec<&str> = broken.iter().map(|one| one.base_id.as_str()).collect();
    for restarted in server::start_stopped(os, paths, &broken) {
        let one = restarted.stopped;
        tracing::info!(
            base = one.base_id,
            service = one.service,
            ok = restarted.result.is_ok(),
            "Started again"
        );
    }
}
