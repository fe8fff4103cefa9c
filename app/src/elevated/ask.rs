//! The window's side: writes the plan down, has the system ask the person, and follows what is told.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use smarts_core::apply::{self, Unfinished};
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::machine::Machine;
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_core::plan::kept::{self, Kept, KeptBase, KeptSubject};
use smarts_core::source::signed::{METADATA, export};
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::exchange::Exchange;
use super::lines::Follower;
use super::results::{Job, all_of, failed, first_of};
use super::{Line, News, PLAN, SUBCOMMAND};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::activity::{Done, Stage};
use crate::model::{BaseResult, Outcome, PLATFORM};
use crate::session::Session;

/// Why the person was not even asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder for the plan could not be made.
    #[error("Failed to make a folder for the plan: {}", dir.display())]
    Folder {
        /// Where.
        dir: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The plan could not be written down.
    #[error("Failed to write the plan down")]
    Plan(#[source] kept::Error),
    /// Where this program lies is not known.
    #[error("Failed to find this program's own file")]
    OwnFile(#[source] io::Error),
}

/// Why a plan was not given up.
#[derive(Debug, thiserror::Error)]
pub enum AbandonError {
    /// The plan may be the one that is being carried out.
    #[error("Another update is running on this machine")]
    Busy,
    /// The person was not even asked.
    #[error("Failed to ask for an administrator's rights")]
    NotAsked(#[source] Error),
    /// The system said no, or cannot ask.
    #[error("Administrator's rights were not given")]
    Elevation(#[source] ElevationFault),
    /// The command line failed.
    #[error("Plan was not given up; exit status {code:?}")]
    Failed {
        /// `None`: it was ended.
        code: Option<i32>,
    },
}

/// Has a plan carried out with an administrator's rights, and tells how it goes and how it ended.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    job: Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> Vec<BaseResult> {
    let Job { plan, targets, devices_that_stop, accept_unproved, agreed_to_go, origin, goes_on } = job;
    let finish = |results: Vec<BaseResult>, tell: &mut dyn FnMut(News)| {
        tell(News::Finished { results: results.clone() });
        results
    };
    let begun = Kept::of(&plan, accept_unproved)
        .map_err(Error::Plan)
        .map(|kept| Kept { accept_expired: session.accepts_expired(), agreed_to_go, origin, goes_on, ..kept })
        .and_then(|kept| Ok((write(session, &kept)?, kept, own_smarts()?)));
    // The files are examined again where they are used, and nobody here keeps them open meanwhile.
    drop(plan);
    let ((exchange, sha256), kept, program) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(error = chain(&error), "The person could not be asked for permission");
            return finish(failed(&targets, &texts.not_asked(chain(&error))), tell);
        }
    };
    let pilot = targets.first().cloned().unwrap_or_else(|| PLATFORM.to_owned());
    tell(News::Progress { item_id: pilot, stage: Stage::Permission });

    let known = entries(session).len();
    let mut run = Run::new(session, &exchange, &targets);
    let mut arguments = exchange.arguments(session, SUBCOMMAND, PLAN, sha256);
    arguments.extend(["--devices-that-stop".into(), devices_that_stop.to_string().into()]);
    let exit = session.os.run_elevated(&program, &arguments, &mut || {
        if cancel.is_cancelled() {
            exchange.stop();
        }
        run.follow(tell);
    });
    run.follow(tell);
    let results = run.into_results();
    drop(exchange);
    if let Some(results) = results {
        return finish(results, tell);
    }
    match exit {
        Ok(exit) => {
            tracing::error!(code = exit.code, "The process with an administrator's rights broke off");
            finish(broken_off(session, texts, &kept, known, exit), tell)
        }
        Err(ElevationFault::Refused) => {
            finish(first_of(&targets, &Outcome::NotPermitted, &Outcome::Stopped), tell)
        }
        Err(error) => {
            tracing::error!(error = chain(&error), "Nothing was done with an administrator's rights");
            finish(failed(&targets, &texts.not_asked(chain(&error))), tell)
        }
    }
}

/// Has a plan that waits given up with an administrator's rights: the one whose file has this name.
pub fn abandon(session: &Session, plan: &str) -> Result<(), AbandonError> {
    // The process with the rights takes the lock; this spares the person a question.
    if apply::is_running(&session.paths) {
        return Err(AbandonError::Busy);
    }
    let program = own_smarts().map_err(AbandonError::NotAsked)?;
    let mut arguments: Vec<OsString> =
        vec!["update".into(), "--abandon".into(), "--plan".into(), plan.into()];
    if let Some(root) = session.os.machine_root() {
        arguments.extend(["--machine-root".into(), root.into()]);
    }
    match session.os.run_elevated(&program, &arguments, &mut || ()) {
        Ok(InstallerExit { code: Some(0) }) => Ok(()),
        Ok(InstallerExit { code }) => Err(AbandonError::Failed { code }),
        Err(fault) => Err(AbandonError::Elevation(fault)),
    }
}

/// The command line beside this program.
pub(super) fn own_smarts() -> Result<PathBuf, Error> {
    let own = std::env::current_exe().map_err(Error::OwnFile)?;
    Ok(own.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION))
}

/// Writes the plan into a folder of its own; its hash.
fn write(session: &Session, kept: &Kept) -> Result<(Exchange, Digest), Error> {
    let exchange = Exchange::make(session)?;
    if let Some(store_dir) = session.kept_metadata() {
        // The other process verifies the same metadata for itself.
        let exported = export(&store_dir, &exchange.path(METADATA));
        exported.map_err(|error| Error::Folder { dir: exchange.path(METADATA), error })?;
    }
    let sha256 = kept.write(&exchange.path(PLAN)).map_err(Error::Plan)?;
    Ok((exchange, sha256))
}

/// A run as it is followed.
pub(super) struct Run<'a> {
    follower: Follower,
    targets: &'a [String],
    results: Option<Vec<BaseResult>>,
}

impl<'a> Run<'a> {
    pub(super) fn new(session: &Session, exchange: &Exchange, targets: &'a [String]) -> Self {
        Self { follower: exchange.follower(session), targets, results: None }
    }

    /// How it ended, if it has said so.
    pub(super) fn into_results(self) -> Option<Vec<BaseResult>> {
        self.results
    }

    pub(super) fn follow(&mut self, tell: &mut dyn FnMut(News)) {
        for line in self.follower.lines() {
            let news = match line {
                Line::News(news) => news,
                Line::Refused(notice) => News::Finished { results: failed(self.targets, &notice) },
            };
            match news {
                // Told when the run has left nothing behind any more.
                News::Finished { results } => self.results = Some(results),
                news => tell(news),
            }
        }
    }
}

/// What the journal has so far.
pub(super) fn entries(session: &Session) -> Vec<Entry> {
    journal::read(&session.paths.journal_path()).map(|read| read.entries).unwrap_or_default()
}

/// What is known of a run that ended without saying how: what the machine and the journal say. `known`: so many entries
/// the journal had before.
fn broken_off(
    session: &Session,
    texts: &Texts,
    kept: &Kept,
    known: usize,
    exit: InstallerExit,
) -> Vec<BaseResult> {
    let code = exit.code;
    let KeptSubject::Template { packages, bases } = &kept.subject else {
        return all_of(&kept.target_ids(), &Outcome::Failed(texts.installer_broke_off(code)));
    };
    let machine = session.machine();
    let told: Vec<Entry> = entries(session).into_iter().skip(known).collect();
    let unfinished = apply::unfinished(&session.paths);
    let to = packages.last().map(|package| package.release.version);
    let mut stopped = false;
    let result = |base: &KeptBase| {
        let outcome = match &unfinished {
            Ok(_) if stopped => Outcome::NotStarted,
            Ok(unfinished) => {
                let found = Found { to, told: &told, unfinished, machine: &machine };
                outcome_of(session, texts, base, &found, code)
            }
            Err(error) => Outcome::Failed(texts.broke_off_unknown(chain(error))),
        };
        // A base that does not work stops the rest, too.
        let is_bad = |done: &Done| done.works.as_ref().is_some_and(|works| works.is_bad(done.version));
        stopped |= matches!(&outcome, Outcome::Failed(_));
        stopped |= matches!(&outcome, Outcome::Done(done) if is_bad(done));
        BaseResult { item_id: base.id.clone(), outcome }
    };
    bases.iter().map(result).collect()
}

/// What a run that broke off has left to be seen.
struct Found<'a> {
    /// The version that bases were to be updated to.
    to: Option<Version>,
    /// What the journal has got since.
    told: &'a [Entry],
    /// The beginnings that came to no good end.
    unfinished: &'a [Unfinished],
    machine: &'a Machine,
}

fn outcome_of(
    session: &Session,
    texts: &Texts,
    seen: &KeptBase,
    found: &Found<'_>,
    code: Option<i32>,
) -> Outcome {
    let Found { to, told, unfinished, machine } = *found;
    if let Some(begun) = unfinished.iter().find(|one| one.base_id == seen.id) {
        return Outcome::Failed(texts.base_broke_off(begun.backup_dir.as_deref().unwrap_or_default(), code));
    }
    let is_of_base =
        |entry: &&Entry| entry.subject == seen.id && entry.what == What::Updated && entry.to == to;
    if let (Some(updated), Some(version)) = (told.iter().rfind(is_of_base), to) {
        // It was read back by whoever updated it, and its server was looked at.
        let works = updated.works.clone();
        return Outcome::Done(Done { version, at: updated.time, left: Vec::new(), works });
    }
    let now = machine.base(&seen.id).and_then(|base| base.version);
    match (now, to) {
        // The description is written last, so all of it is there.
        (Some(version), Some(to)) if version == to => {
            let at = session.clock.timestamp();
            Outcome::Done(Done { version, at, left: Vec::new(), works: None })
        }
        _ if now == seen.version => Outcome::Failed(texts.base_not_begun(code)),
        _ => Outcome::Failed(texts.broke_off_unknown(String::new())),
    }
}
