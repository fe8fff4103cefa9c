//! `smarts copies-agreed`: the process with an administrator's rights.

use smarts_core::backup::Fault;
use smarts_core::machine;
use tokio_util::sync::CancellationToken;

use super::super::agreed::{self, Request};
use super::super::run::{self, Ended, begin};
use super::super::{Line, News};
use super::{Agreed, Job, results};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::Notice;
use crate::model::activity::CopyOutcome;
use crate::session::Session;

/// Why what was agreed to is not carried out. Nothing has been changed.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("What was agreed to is not used")]
    Agreed(#[source] agreed::Error),
    #[error("Base cannot go back")]
    GoBack(#[source] Fault),
    #[error("Base cannot be copied")]
    Copy(#[source] Fault),
}

/// Does what was agreed to; how it goes and how it ended is told in the run's folder.
pub fn run(
    session: &Session,
    texts: &Texts,
    request: &Request,
    cancel: &CancellationToken,
) -> Result<Ended, run::Error> {
    let (mut lines, _watch) = begin(session, &request.run, &request.exchange, cancel)?;
    match job(session, request) {
        Ok(job) => {
            let mut tell = |news: News| lines.tell(&Line::News(news));
            Ok(match results::carry_out(session, texts, &job, &mut tell, cancel) {
                CopyOutcome::WentBack(_) | CopyOutcome::Made(_) => Ended::Done,
                CopyOutcome::Stopped | CopyOutcome::NotPermitted => Ended::Stopped,
                CopyOutcome::NotGoneBack(_) | CopyOutcome::NotMade(_) => Ended::Failed,
            })
        }
        Err(refusal) => {
            tracing::error!(error = chain(&refusal), "What was agreed to is refused");
            lines.tell(&Line::Refused(notice(texts, &refusal)));
            Ok(Ended::Refused)
        }
    }
}

/// What was agreed to, about the copy and the base that this PC has.
fn job(session: &Session, request: &Request) -> Result<Job, Refusal> {
    match agreed::read(&request.agreed, request.sha256).map_err(Refusal::Agreed)? {
        Agreed::GoBack { copy, way, preview } => {
            let agreed = session.agreed_way_back(&copy, way, preview).map_err(Refusal::GoBack)?;
            Ok(Job::GoBack(Box::new(agreed)))
        }
        Agreed::Copy { base_id, delete } => {
            let base = machine::read_base(&*session.os, &base_id).ok_or(Refusal::Copy(Fault::NotHere))?;
            Ok(Job::Copy { base: Box::new(base), delete })
        }
    }
}

fn notice(texts: &Texts, refusal: &Refusal) -> Notice {
    match refusal {
        Refusal::Agreed(error) => texts.copies_refused(chain(error)),
        Refusal::GoBack(fault) => texts.back_notice(fault, None),
        Refusal::Copy(fault) => texts.copy_notice(fault),
    }
}
