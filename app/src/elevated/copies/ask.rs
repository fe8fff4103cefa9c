//! The window's side: writes down what was agreed to, has the system ask the person, and follows what is told.

use std::path::{Path, PathBuf};

use smarts_core::backup::Way;
use smarts_core::journal::{Entry, What};
use smarts_core::os::ElevationFault;
use smarts_core::server::Server;
use tokio_util::sync::CancellationToken;

use super::super::agreed;
use super::super::ask::{entries, own_smarts};
use super::super::exchange::Exchange;
use super::super::lines::Follower;
use super::super::{Line, News};
use super::results::finished;
use super::{Agreed, Job, SUBCOMMAND};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::activity::{CopyMade, CopyOutcome, CopyStage, Stage, WentBack};
use crate::model::{BaseResult, Notice, Outcome};
use crate::session::{Session, WayBack};

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
    let begun = Exchange::make(session)
        .and_then(|exchange| Ok((agreed::write(&exchange, &Agreed::of(job))?, exchange, own_smarts()?)));
    let ((file, sha256), exchange, program) = match begun {
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
    let arguments = exchange.arguments(session, SUBCOMMAND, file, sha256);
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

/// What is known of a run that ended without saying how: what the journal has got since. `known`: so many entries it
/// had before.
fn broken_off(session: &Session, texts: &Texts, job: &Job, known: usize, code: Option<i32>) -> CopyOutcome {
    let base_id = job.base_id();
    let told: Vec<Entry> =
        entries(session).into_iter().skip(known).filter(|entry| entry.subject == base_id).collect();
    let at = session.clock.timestamp();
    match job {
        Job::GoBack(agreed) => match told.iter().rev().find_map(|entry| Fate::of(entry, agreed)) {
            Some(Fate::Back) => {
                let version = agreed.backup.manifest.version;
                let (present_dir, server) = (None, Server::NotLookedAt);
                CopyOutcome::WentBack(WentBack { version, at, present_dir, server })
            }
            Some(Fate::HalfWay(dir)) => CopyOutcome::NotGoneBack(texts.back_broke_off(&dir, code)),
            Some(Fate::AsBefore) => CopyOutcome::NotGoneBack(texts.back_undone(&agreed.backup.dir, code)),
            Some(Fate::Settled) => CopyOutcome::NotGoneBack(texts.back_settled_only(code)),
            None => CopyOutcome::NotGoneBack(texts.copies_not_begun(code)),
        },
        Job::Copy { .. } => {
            let Some(copied) = told.into_iter().rfind(|entry| entry.what == What::Copied) else {
                return CopyOutcome::NotMade(texts.copies_not_begun(code));
            };
            let dir = copied.backup_dir.map(PathBuf::from).unwrap_or_default();
            let size_bytes =
                smarts_core::backup::Backup::open(&dir).map_or(0, |copy| copy.manifest.size_bytes());
            CopyOutcome::Made(CopyMade { dir, size_bytes, at, removed: 0, not_removed: None })
        }
    }
}

/// What an entry says of a base that was to go back.
enum Fate {
    /// It went back as was agreed.
    Back,
    /// It is neither what it was nor what it was to be; a whole copy lies there.
    HalfWay(PathBuf),
    /// It is what it was before it was to go back.
    AsBefore,
    /// An earlier change of it was brought to its end, which comes first.
    Settled,
}

impl Fate {
    /// `None`: nothing of the base itself.
    fn of(entry: &Entry, agreed: &WayBack) -> Option<Self> {
        let copy = entry.backup_dir.as_deref().map(Path::new);
        let ends = match agreed.way {
            Way::Replaced => What::WentBack,
            Way::Whole => What::WentBackWhole,
        };
        let is_ours = copy.and_then(Path::file_name) == agreed.backup.dir.file_name();
        match entry.what {
            What::WentBack | What::WentBackWhole if is_ours && entry.what == ends => Some(Self::Back),
            What::NotGoneBack if is_ours => Some(Self::AsBefore),
            What::WentBack
            | What::WentBackWhole
            | What::NotGoneBack
            | What::Updated
            | What::Undone
            | What::Superseded => Some(Self::Settled),
            What::Begun | What::GoingBack | What::GoingBackWhole | What::NotUndone => {
                Some(Self::HalfWay(copy.map(Path::to_path_buf).unwrap_or_default()))
            }
            What::Failed
            | What::Copied
            | What::CopyDeleted
            | What::WizardRun
            | What::RebootPending
            | What::Cancelled
            | What::WrittenOff
            | What::CountedAgain
            | What::AppStaged
            | What::AppUnstaged => None,
        }
    }
}
