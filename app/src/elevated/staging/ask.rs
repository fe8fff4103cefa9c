//! The window's side: writes down what was agreed to, has the system ask the person, and follows what is told.

use smarts_core::devices::staged;
use smarts_core::digest::Digest;
use smarts_core::journal::{Entry, What};
use smarts_core::os::ElevationFault;
use smarts_core::source::signed::{METADATA, export};
use tokio_util::sync::CancellationToken;

use super::super::News;
use super::super::agreed;
use super::super::ask::{Error, Run, entries, own_smarts};
use super::super::exchange::Exchange;
use super::super::results::first_of;
use super::results::{is_well, offered_app};
use super::{Agreed, Job, SUBCOMMAND};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::activity::{Stage, StagingOutcome, StagingStage};
use crate::model::{BaseResult, Notice, Outcome};
use crate::session::Session;

/// Has it done with an administrator's rights, and tells how it goes and how it ended for each base, in their order.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> Vec<BaseResult> {
    let results = results(session, texts, job, tell, cancel);
    tell(News::Finished { results: results.clone() });
    results
}

fn results(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> Vec<BaseResult> {
    let targets = job.base_ids();
    let ended = |first| first_of(targets, &Outcome::Staging(first), &Outcome::NotStarted);
    let begun = write(session, job).and_then(|written| Ok((written, own_smarts()?)));
    let ((exchange, file, sha256), program) = match begun {
        Ok(begun) => begun,
        Err(error) => {
            tracing::error!(error = chain(&error), "The person could not be asked for permission");
            return ended(StagingOutcome::Failed(texts.not_asked(chain(&error))));
        }
    };
    if let Some(first) = targets.first() {
        let stage = Stage::Staging(StagingStage::Permission);
        tell(News::Progress { item_id: first.clone(), stage });
    }
    let known = entries(session).len();
    let mut run = Run::new(session, &exchange, targets);
    let arguments = exchange.arguments(session, SUBCOMMAND, file, sha256);
    let exit = session.os.run_elevated(&program, &arguments, &mut || {
        if cancel.is_cancelled() {
            exchange.stop();
        }
        run.follow(tell);
    });
    run.follow(tell);
    match (run.into_results(), exit) {
        (Some(results), _) => results.into_iter().map(of_staging).collect(),
        (None, Ok(exit)) => {
            tracing::error!(code = exit.code, "The process with an administrator's rights broke off");
            broken_off(session, job, known, &texts.staging_broke_off(exit.code))
        }
        (None, Err(ElevationFault::Refused)) => ended(StagingOutcome::NotPermitted),
        (None, Err(error)) => {
            tracing::error!(error = chain(&error), "Nothing was done with an administrator's rights");
            ended(StagingOutcome::Failed(texts.not_asked(chain(&error))))
        }
    }
}

/// What was refused as a whole is told as any other end.
fn of_staging(BaseResult { item_id, outcome }: BaseResult) -> BaseResult {
    let outcome = match outcome {
        Outcome::Failed(notice) => Outcome::Staging(StagingOutcome::Failed(notice)),
        outcome => outcome,
    };
    BaseResult { item_id, outcome }
}

fn write(session: &Session, job: &Job) -> Result<(Exchange, &'static str, Digest), Error> {
    let agreed = Agreed::of(job, session.accepts_expired()).map_err(Error::Plan)?;
    let exchange = Exchange::make(session)?;
    if let (Job::Stage { .. }, Some(store_dir)) = (job, session.kept_metadata()) {
        // The other process verifies the same metadata for itself.
        let exported = export(&store_dir, &exchange.path(METADATA));
        exported.map_err(|error| Error::Folder { dir: exchange.path(METADATA), error })?;
    }
    let (file, sha256) = agreed::write(&exchange, &agreed)?;
    Ok((exchange, file, sha256))
}

/// What is known of a run that ended without saying how: what the journal has got since, and what is in the folders.
/// `known`: so many entries it had before.
fn broken_off(session: &Session, job: &Job, known: usize, notice: &Notice) -> Vec<BaseResult> {
    let machine = session.machine();
    let told: Vec<Entry> = entries(session).into_iter().skip(known).collect();
    let mut goes_on = true;
    let result = |base_id: &String| {
        let dir = machine.base(base_id).and_then(|base| base.dir.as_deref());
        let staged = dir.map(staged::read);
        let newest = staged.as_ref().and_then(staged::Staged::newest);
        let is_told = |what| told.iter().any(|entry| entry.subject == *base_id && entry.what == what);
        let ended = match job {
            Job::Stage { app, .. } => newest
                .filter(|newest| newest.version == app.version() && is_told(What::AppStaged))
                .map(|newest| StagingOutcome::Staged(offered_app(session, newest))),
            Job::Undo { .. } => {
                let undone = told
                    .iter()
                    .find(|entry| entry.subject == *base_id && entry.what == What::AppUnstaged)
                    .and_then(|entry| entry.from);
                let offered = newest.map(|newest| newest.version);
                undone.map(|version| StagingOutcome::Undone { version, offered })
            }
        };
        let outcome = if goes_on {
            Outcome::Staging(ended.unwrap_or_else(|| StagingOutcome::Failed(notice.clone())))
        } else {
            Outcome::NotStarted
        };
        goes_on = goes_on && is_well(&outcome);
        BaseResult { item_id: base_id.clone(), outcome }
    };
    job.base_ids().iter().map(result).collect()
}
