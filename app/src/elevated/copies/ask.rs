//! The window's side: writes down what was agreed to, has the system ask the person, and follows what is told.

use smarts_core::server::Server;
use std::path::PathBuf;

use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::os::ElevationFault;
use tokio_util::sync::CancellationToken;

use super::super::ask::{Error, own_smarts};
use super::super::exchange::Exchange;
use super::super::lines::Follower;
use super::super::{Line, News};
use super::results::finished;
use super::{AGREED, Agreed, Job, SUBCOMMAND};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::activity::{CopyMade, CopyOutcome, CopyStage, Stage, WentBack};
use crate::model::{BaseResult, Notice, Outcome};
use crate::session::Session;

/// Has it done with an administrator's rights, and tells how it goes and how it ended.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> CopyOutcome {
    let outcome = outcome(session, texts, job, tell, cancel);
    tell(finished(job.base_id(), outcome.clone()));
    outcome
}

fn outcome(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> CopyOutcome {
    let failed = |notice: Notice| match job {
        Job::GoBack(_) => CopyOutcome::NotGoneBack(notice),
        Job::Copy { .. } => CopyOutcome::NotMade(notice),
    };
    let begun = write(session, job).and_then(|written| Ok((written, own_smarts()?)));
    let ((exchange, sha256), program) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(error = chain(&error), "The person could not be asked for permission");
            return failed(texts.not_asked(chain(&error)));
        }
    };
    let permission = Stage::Copies(CopyStage::Permission);
    tell(News::Progress { item_id: job.base_id().to_owned(), stage: permission });
    let known = entries(session).len();
    let mut run = Run { follower: exchange.follower(session), end: None };
    let arguments = exchange.arguments(session, SUBCOMMAND, AGREED, sha256);
    let exit = session.os.run_elevated(&program, &arguments, &mut || {
        if cancel.is_cancelled() {
            exchange.stop();
        }
        run.follow(tell);
    });
    run.follow(tell);
    match (run.end, exit) {
        (Some(End::Outcome(outcome)), _) => outcome,
        (Some(End::Refused(notice)), _) => failed(notice),
        (None, Ok(exit)) => {
            tracing::error!(code = exit.code, "The process with an administrator's rights broke off");
            broken_off(session, texts, job, known, exit.code)
        }
        (None, Err(ElevationFault::Refused)) => CopyOutcome::NotPermitted,
        (None, Err(error)) => {
            tracing::error!(error = chain(&error), "Nothing was done with an administrator's rights");
            failed(texts.not_asked(chain(&error)))
        }
    }
}

fn write(session: &Session, job: &Job) -> Result<(Exchange, Digest), Error> {
    let exchange = Exchange::make(session)?;
    let folder = |error| Error::Folder { dir: exchange.path(AGREED), error };
    let bytes = serde_json::to_vec(&Agreed::of(job)).map_err(|error| folder(error.into()))?;
    let sha256 = exchange.write(AGREED, &bytes).map_err(folder)?;
    Ok((exchange, sha256))
}

/// A run as it is followed.
struct Run {
    follower: Follower,
    end: Option<End>,
}

enum End {
    Outcome(CopyOutcome),
    Refused(Notice),
}

impl Run {
    fn follow(&mut self, tell: &mut dyn FnMut(News)) {
        for line in self.follower.lines() {
            match line {
                Line::Refused(notice) => self.end = Some(End::Refused(notice)),
                // Told when the run has left nothing behind any more.
                Line::News(News::Finished { results }) => {
                    let outcome = results.into_iter().find_map(|BaseResult { outcome, .. }| match outcome {
                        Outcome::Copies(outcome) => Some(End::Outcome(outcome)),
                        _ => None,
                    });
                    self.end = outcome.or(self.end.take());
                }
                Line::News(news @ News::Progress { .. }) => tell(news),
                Line::News(News::Template { .. }) => {}
            }
        }
    }
}

fn entries(session: &Session) -> Vec<Entry> {
    journal::read(&session.paths.journal_path()).map(|read| read.entries).unwrap_or_default()
}

/// What is known of a run that ended without saying how: what the journal has got since. `known`: so many entries it
/// had before.
fn broken_off(session: &Session, texts: &Texts, job: &Job, known: usize, code: Option<i32>) -> CopyOutcome {
    let base_id = job.base_id();
    let of_base = |entry: &Entry| entry.subject == base_id;
    let last = entries(session).into_iter().skip(known).rfind(of_base);
    let (what, at) = (last.as_ref().map(|entry| entry.what), session.clock.timestamp());
    let dir = last.and_then(|entry| entry.backup_dir).map(PathBuf::from).unwrap_or_default();
    match (job, what) {
        (Job::GoBack(agreed), Some(What::WentBack | What::WentBackWhole)) => {
            let version = agreed.backup.manifest.version;
            CopyOutcome::WentBack(WentBack { version, at, present_dir: None, server: Server::NotLookedAt })
        }
        (Job::GoBack(_), Some(_)) => CopyOutcome::NotGoneBack(texts.back_broke_off(&dir, code)),
        (Job::GoBack(_), None) => CopyOutcome::NotGoneBack(texts.copies_not_begun(code)),
        (Job::Copy { .. }, Some(What::Copied)) => {
            let size_bytes =
                smarts_core::backup::Backup::open(&dir).map_or(0, |copy| copy.manifest.size_bytes());
            CopyOutcome::Made(CopyMade { dir, size_bytes, at, removed: 0, not_removed: None })
        }
        (Job::Copy { .. }, _) => CopyOutcome::NotMade(texts.copies_not_begun(code)),
    }
}
