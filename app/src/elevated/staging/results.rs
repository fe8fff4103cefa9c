//! Doing it in this process, base by base: how it goes, and how it ended. The same in the window's process and in one with
//! an administrator's rights; only where the news go differs.

use smarts_core::devices::staged::StagedApp;
use smarts_core::devices::staging::{self, Done, Older, Step, Undone};
use smarts_core::journal::Entry;
use smarts_core::version::Version;
use tokio_util::sync::CancellationToken;

use super::super::News;
use super::super::results::note_unrecorded;
use super::super::shown::Shown;
use super::Job;
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::Texts;
use crate::model::activity::{AppStaged, Stage, StagingOutcome, StagingStage};
use crate::model::{BaseResult, Outcome};
use crate::session::{AppFile, Session};

/// Does it, and tells how it goes and how it ended for each base, in their order.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> Vec<BaseResult> {
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let mut results: Vec<BaseResult> = Vec::new();
    let mut goes_on = true;
    for base_id in job.base_ids() {
        let outcome = if goes_on {
            let mut shown = Shown::nothing();
            let mut show = |step| {
                let stage = stage_of(step);
                if shown.is_due(&stage) {
                    tell(News::Progress { item_id: base_id.clone(), stage: Stage::Staging(stage) });
                }
            };
            Outcome::Staging(match job {
                Job::Stage { app, older, .. } => {
                    stage(session, texts, (base_id, app, *older), &witness, &mut show, cancel)
                }
                Job::Undo { versions, .. } => {
                    undo(session, texts, (base_id, versions.get(base_id).copied()), &witness)
                }
            })
        } else {
            Outcome::NotStarted
        };
        goes_on = goes_on && is_well(&outcome);
        results.push(BaseResult { item_id: base_id.clone(), outcome });
    }
    tell(News::Finished { results: results.clone() });
    results
}

/// Whether it is what the person wanted.
pub(super) fn is_well(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Staging(StagingOutcome::Staged(_) | StagingOutcome::Undone { .. }))
}

fn stage(
    session: &Session,
    texts: &Texts,
    (base_id, app, older): (&str, &AppFile, Older),
    witness: &dyn Fn(&Entry),
    show: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> StagingOutcome {
    match session.stage_app(base_id, app, older, witness, show, cancel) {
        Ok(Done { offered, former, was_there, removed, broken_list_kept, unrecorded }) => {
            note_unrecorded(unrecorded.as_ref());
            let staged = offered_app(session, &offered);
            StagingOutcome::Staged(AppStaged { former, was_there, removed, broken_list_kept, ..staged })
        }
        Err(error) => failed(texts, base_id, &error),
    }
}

fn undo(
    session: &Session,
    texts: &Texts,
    (base_id, version): (&str, Option<Version>),
    witness: &dyn Fn(&Entry),
) -> StagingOutcome {
    let undone = version
        .ok_or(staging::Error::NothingToUndo)
        .and_then(|version| session.unstage_app(base_id, version, witness));
    match undone {
        Ok(Undone { version, staged, unrecorded }) => {
            note_unrecorded(unrecorded.as_ref());
            StagingOutcome::Undone { version, offered: staged.newest().map(|app| app.version) }
        }
        Err(error) => failed(texts, base_id, &error),
    }
}

fn failed(texts: &Texts, base_id: &str, error: &staging::Error) -> StagingOutcome {
    if matches!(error, staging::Error::Cancelled) {
        return StagingOutcome::Stopped;
    }
    tracing::error!(base = base_id, error = chain(error), "An app was not staged, or not taken back");
    StagingOutcome::Failed(texts.staging_notice(error))
}

/// What devices are offered, as it was read back.
pub(super) fn offered_app(session: &Session, offered: &StagedApp) -> AppStaged {
    let content = offered.content.as_ref().ok();
    let name = content.and_then(|content| content.path.file_name()).unwrap_or_default();
    AppStaged {
        version: offered.version,
        former: None,
        file: name.to_string_lossy().into_owned(),
        text: content.map(|content| content.text.clone()).unwrap_or_default(),
        was_there: false,
        removed: Vec::new(),
        broken_list_kept: None,
        at: session.clock.timestamp(),
    }
}

fn stage_of(step: Step) -> StagingStage {
    match step {
        Step::Copying { done_bytes, total_bytes } => {
            StagingStage::Copying { done: done_bytes, total: total_bytes }
        }
        Step::Listing => StagingStage::Listing,
    }
}
