//! Checking, one check of everything at a time for a person and a machine.
//!
//! Whoever checks everything holds a lock; the system lets go of it however the process ends. A second one waits
//! for it and then has the same answer, if the first has asked the same of the same machine; one that was killed,
//! or whose answer is not known, leaves nothing, and the second checks itself. One that hangs is not waited for
//! longer than any check takes. Checks of something alone, and of a folder that is read just once, replace no report
//! and wait for nobody. Deliberately not here: when to check, and what is said of a report.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use smarts_core::check::last::{Asked, Last};
use smarts_core::check::{self, Report, rest};
use smarts_core::machine::Machine;
use smarts_core::reports::Failure;
use smarts_core::source::{self, Fault};
use smarts_core::version::Version;
use smarts_core::{catalogue, http, os};

use super::{CheckError, CheckFailure, Detour, Session, Tell};
use crate::error::chain;

/// What a check takes besides its questions: opening a folder that does not answer, and writing the report.
const AROUND: Duration = Duration::from_secs(15);
/// How often the lock is asked for.
const ASK_EVERY: Duration = Duration::from_millis(50);

/// A check of everything.
#[derive(Debug)]
pub struct Checked {
    /// Its report, which is kept.
    pub report: Report,
    /// Whether another run has made it while this one waited.
    pub is_joined: bool,
}

/// A check that nobody asked for.
#[derive(Debug)]
pub enum Background {
    /// It was one.
    Checked(Checked),
    /// Nothing was asked: the source wants to be left alone.
    Resting {
        /// So long.
        until: Timestamp,
    },
}

/// The right to check everything; others wait until this is dropped.
struct Turn {
    /// `None`: who holds it hangs, or there can be no lock here.
    lock: Option<File>,
    /// Whether somebody else had it first.
    has_waited: bool,
}

/// A check of everything that may now be made.
struct Own {
    turn: Turn,
    detour: Detour,
    asked: Asked,
    /// How the one before ended.
    former: Option<Last>,
}

/// What came of waiting for the turn.
enum Begun {
    /// Somebody else's answer, which is this one's too.
    Joined(Box<Result<Checked, CheckFailure>>),
    /// Nobody else's: this one has to ask.
    Own(Box<Own>),
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(lock) = &self.lock {
            // Closing is not enough while a program that is just being started still shares the handle.
            let _ = lock.unlock();
        }
    }
}

impl Session {
    /// Checks, and keeps the report if it is about everything; see [`Session::check_everything`].
    pub fn check(
        &self,
        machine: &Machine,
        only: Option<&[String]>,
        up_to: Option<&Version>,
        progress: &(dyn Fn(check::Progress) + Sync),
    ) -> Result<Report, CheckFailure> {
        let detour = self.detour();
        // What a folder says that was read just once is not what the person hears tomorrow.
        if only.is_none() && up_to.is_none() && detour.folder.is_none() {
            return self.check_everything(machine, Tell::Everybody, progress).map(|checked| checked.report);
        }
        self.look_up(&detour, machine, only, up_to, progress)
    }

    /// Checks everything in the source in force, or waits for a check that is running and has its answer. The
    /// report is kept, left for the company, and `tell` are told of it.
    pub fn check_everything(
        &self,
        machine: &Machine,
        tell: Tell,
        progress: &(dyn Fn(check::Progress) + Sync),
    ) -> Result<Checked, CheckFailure> {
        match self.begin(machine) {
            Begun::Joined(answer) => *answer,
            Begun::Own(own) => self.finish(*own, machine, tell, progress),
        }
    }

    /// The same for nobody in particular: a source that wants to be left alone is.
    pub fn check_in_background(
        &self,
        machine: &Machine,
        tell: Tell,
        progress: &(dyn Fn(check::Progress) + Sync),
    ) -> Result<Background, CheckFailure> {
        let resting = || {
            let (source, _) = self.source_in_force(machine);
            let until = rest::until(&self.paths.rest_path(), &source, self.clock.timestamp())?;
            tracing::info!(source, %until, "The source wants to be left alone");
            Some(Background::Resting { until })
        };
        if let Some(resting) = resting() {
            return Ok(resting);
        }
        let checked = match self.begin(machine) {
            Begun::Joined(answer) => *answer,
            Begun::Own(own) => {
                // Whoever was waited for may have been told so.
                if let Some(resting) = resting() {
                    return Ok(resting);
                }
                self.finish(*own, machine, tell, progress)
            }
        };
        checked.map(Background::Checked)
    }

    /// Waits until it is this run's turn to check everything, or has the answer of the one before.
    fn begin(&self, machine: &Machine) -> Begun {
        let last_path = self.paths.last_check_path();
        let detour = self.detour();
        let asked = self.asked(&detour, machine);
        let before = Last::load(&last_path);
        let turn = turn(&self.paths.check_lock_path(), check::PATIENCE + AROUND);
        let former = if turn.has_waited { Last::load(&last_path) } else { before.clone() };
        let is_another = |last: &Last| before.is_none_or(|before| before.number != last.number);
        if turn.has_waited
            && let Some(last) = &former
            && is_another(last)
            && let Some(joined) = self.joined(last, &asked, machine)
        {
            tracing::info!(is_good = joined.is_ok(), "Another run has checked meanwhile");
            return Begun::Joined(Box::new(joined));
        }
        Begun::Own(Box::new(Own { turn, detour, asked, former }))
    }

    fn finish(
        &self,
        own: Own,
        machine: &Machine,
        tell: Tell,
        progress: &(dyn Fn(check::Progress) + Sync),
    ) -> Result<Checked, CheckFailure> {
        let Own { turn, detour, asked, former } = own;
        // What another question has heard is not this one's.
        self.http.take_rest_asked_for();
        let result = self.look_up(&detour, machine, None, None, progress);
        let (result, failure) = self.keep(result, former.as_ref(), asked);
        drop(turn);
        let good = match &result {
            Ok(report) => Some(report),
            // A good one, which could only not be kept here.
            Err(CheckFailure { error: CheckError::Store(_), report }) => Some(&**report),
            Err(_) => None,
        };
        self.leave_report(good, failure);
        if result.is_ok() {
            self.tell_others(tell);
        }
        result.map(|report| Checked { report, is_joined: false })
    }

    /// How the last check of everything ended, if that is known.
    pub fn last_check(&self) -> Option<Last> {
        Last::load(&self.paths.last_check_path())
    }

    fn look_up(
        &self,
        detour: &Detour,
        machine: &Machine,
        only: Option<&[String]>,
        up_to: Option<&Version>,
        progress: &(dyn Fn(check::Progress) + Sync),
    ) -> Result<Report, CheckFailure> {
        let source =
            self.source_by(detour, machine).map_err(|error| self.unopened(detour, machine, error))?;
        let subscriptions = self.subscriptions();
        let now = self.clock.now();
        let request = check::Request {
            machine,
            source: &source,
            language: self.language.code(),
            machine_id: &os::machine_id(&*self.os),
            only,
            up_to,
            subscriptions: &subscriptions.facts(machine, &now),
            now: now.timestamp(),
        };
        let report = self.threads.handle.block_on(check::check(&request, progress)).map_err(|failure| {
            let report = failure.report.clone();
            CheckFailure { error: CheckError::Check(failure), report }
        })?;
        let (items, problems) = (report.items.len(), report.problems.len());
        tracing::info!(source = report.source.root, items, problems, "Checked");
        Ok(report)
    }

    fn asked(&self, detour: &Detour, machine: &Machine) -> Asked {
        let choice = self.choice(detour, machine);
        Asked {
            source: choice.shown(),
            updates: choice.updates.map(http::redacted_text),
            language: self.language.code().to_owned(),
            is_signed: choice.is_signed,
            accepts_expired: self.accepts_expired(),
        }
    }

    /// Keeps how a check ended: the report, since when checks fail, how long the source wants to be left alone. How
    /// it failed is known afterwards even if that could not be kept.
    fn keep(
        &self,
        result: Result<Report, CheckFailure>,
        former: Option<&Last>,
        asked: Asked,
    ) -> (Result<Report, CheckFailure>, Option<Failure>) {
        let now = self.clock.timestamp();
        let wait = self.http.take_rest_asked_for();
        if wait.is_some() || result.is_ok() {
            let kept = rest::remember(&self.paths.rest_path(), &asked.source, wait, now);
            log(kept);
        }
        let last = match &result {
            Ok(report) => {
                if let Err(error) = report.save(&self.paths.report_path()) {
                    let (error, report) = (CheckError::Store(error), Box::new(report.clone()));
                    return (Err(CheckFailure { error, report }), None);
                }
                Last::after(former, asked, report.checked_at, None)
            }
            Err(failure) => {
                let at = failure.report.checked_at;
                Last::after(former, asked, at, Some((error_of(failure), failure.report.clone())))
            }
        };
        log(last.save(&self.paths.last_check_path()));
        let failure = last.failed().map(|failed| {
            let (since, error) = (failed.since, failed.error.clone());
            Failure { at: last.at, since, error }
        });
        (result, failure)
    }

    /// The answer of another run, if it is this one's too.
    fn joined(&self, last: &Last, asked: &Asked, machine: &Machine) -> Option<Result<Checked, CheckFailure>> {
        if last.asked != *asked {
            return None;
        }
        let is_ours = |report: &Report| report.checked_at == last.at && report.is_about(machine);
        let Some(failed) = last.failed() else {
            let report = Report::load(&self.paths.report_path()).unwrap_or_else(|error| {
                tracing::warn!(error = chain(&error), "The report of another run is not used");
                None
            });
            return Some(Ok(Checked { report: report.filter(is_ours)?, is_joined: true }));
        };
        let catalogue::Fault::Source(fault) = &failed.error.fault else { return None };
        // This run may have another password, and looks itself whether there is a source.
        if matches!(fault, Fault::ProxyAuthentication { .. } | Fault::Unopened { .. })
            || !is_ours(&failed.report)
        {
            return None;
        }
        let failure = check::Failure { error: failed.error.clone(), report: failed.report.clone() };
        Some(Err(CheckFailure { error: CheckError::Check(failure), report: failed.report.clone() }))
    }

    fn unopened(&self, detour: &Detour, machine: &Machine, error: source::Error) -> CheckFailure {
        let choice = self.choice(detour, machine);
        let fault = Fault::Unopened { detail: chain(&error) };
        let now = self.clock.timestamp();
        let report = check::unreadable(machine, &choice.shown(), choice.trust(), &fault, now);
        CheckFailure { error: CheckError::Source(error), report: Box::new(report) }
    }
}

/// Why a check failed, as it can be kept.
fn error_of(failure: &CheckFailure) -> catalogue::Error {
    let of_source = |detail| catalogue::Error {
        path: failure.report.source.root.clone(),
        fault: catalogue::Fault::Source(Fault::Unopened { detail }),
    };
    match &failure.error {
        CheckError::Check(failure) => failure.error.clone(),
        CheckError::Source(error) => of_source(chain(error)),
        CheckError::Store(error) => of_source(chain(error)),
    }
}

fn log<E: std::error::Error>(kept: Result<(), E>) {
    if let Err(error) = kept {
        tracing::warn!(error = chain(&error), "Something about the check was not kept");
    }
}

/// Waits for the lock, but not for ever. Without it the check is made all the same.
fn turn(path: &Path, patience: Duration) -> Turn {
    let deadline = Instant::now() + patience;
    let mut has_waited = false;
    loop {
        match lock(path) {
            Ok(Some(lock)) => return Turn { lock: Some(lock), has_waited },
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "Other runs may check at the same time");
                return Turn { lock: None, has_waited };
            }
        }
        if !has_waited {
            tracing::info!("Another run checks, and is waited for");
            has_waited = true;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            tracing::warn!("Another run checks and does not come to an end");
            return Turn { lock: None, has_waited };
        }
        thread::sleep(ASK_EVERY.min(left));
    }
}

fn lock(path: &Path) -> io::Result<Option<File>> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_free_again_once_its_holder_is_gone_and_one_who_hangs_is_not_waited_for_for_ever() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("not yet there/check.lock");
        let held = turn(&path, Duration::ZERO);
        assert!(held.lock.is_some() && !held.has_waited);
        let hung = turn(&path, Duration::from_millis(60));
        assert!(hung.lock.is_none() && hung.has_waited);
        drop(held);
        assert!(turn(&path, Duration::ZERO).lock.is_some());
    }

    #[test]
    fn where_there_can_be_no_lock_there_is_a_check_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        let turn = turn(&dir.path().join("file/check.lock"), Duration::from_mins(1));
        assert!(turn.lock.is_none() && !turn.has_waited);
    }
}
