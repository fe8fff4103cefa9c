//! Doing it in this process: how it goes, and how it ended. The same in the window's process and in one with an
//! administrator's rights; only where the news go differs.

use smarts_core::backup::{self, Fault, Made, Progress, Step};
use smarts_core::journal::Entry;
use smarts_core::machine::Base;
use tokio_util::sync::CancellationToken;

use super::super::News;
use super::super::results::note_unrecorded;
use super::super::shown::Shown;
use super::Job;
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::{Texts, sentence};
use crate::model::activity::{CopyMade, CopyOutcome, CopyStage, Stage, WentBack};
use crate::model::{BaseResult, Outcome};
use crate::session::{Session, WayBack};

/// Does it, and tells how it goes and how it ended.
pub fn carry_out(
    session: &Session,
    texts: &Texts,
    job: &Job,
    tell: &mut dyn FnMut(News),
    cancel: &CancellationToken,
) -> CopyOutcome {
    let base_id = job.base_id();
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    let mut shown = Shown::nothing();
    let mut show = |stage| {
        if shown.is_due(&stage) {
            tell(News::Progress { item_id: base_id.to_owned(), stage: Stage::Copies(stage) });
        }
    };
    let outcome = match job {
        Job::GoBack(agreed) => {
            let mut show = |step| show(stage_of(step));
            go_back(session, texts, agreed, &witness, &mut show, cancel)
        }
        Job::Copy { base, delete } => {
            let mut show = |progress| show(copying(progress));
            copy(session, texts, base, delete, &witness, &mut show, cancel)
        }
    };
    tell(finished(base_id, outcome.clone()));
    outcome
}

/// The end, as it is told.
pub(super) fn finished(base_id: &str, outcome: CopyOutcome) -> News {
    let result = BaseResult { item_id: base_id.to_owned(), outcome: Outcome::Copies(outcome) };
    News::Finished { results: vec![result] }
}

fn go_back(
    session: &Session,
    texts: &Texts,
    agreed: &WayBack,
    witness: &dyn Fn(&Entry),
    show: &mut dyn FnMut(Step),
    cancel: &CancellationToken,
) -> CopyOutcome {
    match session.go_back(agreed, witness, show, cancel) {
        Ok(backup::WentBack { to, present_dir, is_recorded, server, .. }) => {
            if !is_recorded {
                tracing::error!("The journal has no entry of this");
            }
            let at = session.clock.timestamp();
            CopyOutcome::WentBack(WentBack { version: to, at, present_dir, server })
        }
        Err(Fault::Cancelled) => CopyOutcome::Stopped,
        Err(fault) => {
            tracing::error!(error = chain(&fault), "A base did not go back");
            CopyOutcome::NotGoneBack(texts.back_notice(&fault, Some(&agreed.backup.dir)))
        }
    }
}

fn copy(
    session: &Session,
    texts: &Texts,
    base: &Base,
    delete: &[String],
    witness: &dyn Fn(&Entry),
    show: &mut dyn FnMut(Progress),
    cancel: &CancellationToken,
) -> CopyOutcome {
    match session.copy_on_demand(base, delete, witness, show, cancel) {
        Ok(Made { dir, size_bytes, let_go, unrecorded }) => {
            note_unrecorded(unrecorded.as_ref().or(let_go.unrecorded.as_ref()));
            for error in &let_go.not_removed {
                tracing::warn!(error = chain(error), "An older copy is not deleted");
            }
            let words = let_go.not_removed.first().map(|error| sentence(&texts.backup_error(error)));
            CopyOutcome::Made(CopyMade {
                dir,
                size_bytes,
                at: session.clock.timestamp(),
                removed: let_go.removed.len(),
                not_removed: words,
            })
        }
        Err(Fault::Cancelled) => CopyOutcome::Stopped,
        Err(fault) => {
            tracing::error!(error = chain(&fault), "A base was not copied");
            CopyOutcome::NotMade(texts.copy_notice(&fault))
        }
    }
}

fn stage_of(step: Step) -> CopyStage {
    match step {
        Step::Reading { done_bytes, total_bytes } => {
            CopyStage::Comparing { done: done_bytes, total: total_bytes }
        }
        Step::Copying(progress) => copying(progress),
        Step::LayingReady { done_bytes, total_bytes } => {
            CopyStage::Laying { done: done_bytes, total: total_bytes }
        }
        Step::PuttingBack { done, total } => {
            CopyStage::PuttingBack { done: done as u64, total: total as u64 }
        }
        Step::Undoing => CopyStage::Undoing,
    }
}

/// Copying and checking the copy are one bar, half of it each.
fn copying(progress: Progress) -> CopyStage {
    let Progress { stage, done_bytes, total_bytes } = progress;
    let before = match stage {
        backup::Stage::Copying => 0,
        backup::Stage::Checking => total_bytes,
    };
    CopyStage::Copying { done: u64::midpoint(before, done_bytes), total: total_bytes }
}
