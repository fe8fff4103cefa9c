//! `smarts staging-agreed`: the process with an administrator's rights.

use std::io;
use std::path::PathBuf;

use smarts_core::os::Protected;
use smarts_core::plan::kept::KeptPackage;
use smarts_core::source::{Origin, Trust};
use smarts_core::verify::{self, Verified};
use tokio_util::sync::CancellationToken;

use super::super::agreed::{self, Request};
use super::super::run::{self, Ended, begin, ended, examined, signed};
use super::super::{Line, News};
use super::{Agreed, Job, results};
use crate::error::chain;
use crate::i18n::Texts;
use crate::model::Notice;
use crate::session::{AppError, AppFile, Session};

/// Why what was agreed to is not carried out. Nothing has been changed.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("What was agreed to is not used")]
    Agreed(#[source] agreed::Error),
    #[error("App is not used")]
    File(#[source] run::Refusal),
    #[error("Failed to copy {} to where nobody else can change it", path.display())]
    NotProtected {
        path: PathBuf,
        #[source]
        error: io::Error,
    },
    #[error("App is not used")]
    App(#[source] AppError),
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
        Ok((job, _protected)) => {
            let mut tell = |news: News| lines.tell(&Line::News(news));
            Ok(ended(&results::carry_out(session, texts, &job, &mut tell, cancel)))
        }
        Err(refusal) => {
            tracing::error!(error = chain(&refusal), "What was agreed to is refused");
            lines.tell(&Line::Refused(notice(session, texts, &refusal)));
            Ok(Ended::Refused)
        }
    }
}

/// What was agreed to, with a package that has been examined again and stays as it is for as long as what is returned
/// beside it lives.
fn job(session: &Session, request: &Request) -> Result<(Job, Option<Protected>), Refusal> {
    match agreed::read(&request.agreed, request.sha256).map_err(Refusal::Agreed)? {
        Agreed::Stage { package, origin, base_ids, older, accept_unproved, accept_expired } => {
            let signed = signed(session, &request.exchange, accept_expired).map_err(Refusal::File)?;
            let rules = session.rules(Trust::Folder, accept_unproved);
            let file = examined(session, signed.as_ref(), &package, &rules).map_err(Refusal::File)?;
            let (app, protected) = protected(session, *package, &file, origin)?;
            let app = Box::new(app);
            Ok((Job::Stage { app, base_ids, older, accept_unproved }, Some(protected)))
        }
        Agreed::Undo { base_ids, versions } => Ok((Job::Undo { base_ids, versions }, None)),
    }
}

/// The package where nobody else can change it, and what it says it is there.
fn protected(
    session: &Session,
    package: KeptPackage,
    file: &Verified,
    origin: Origin,
) -> Result<(AppFile, Protected), Refusal> {
    let path = file.path().to_path_buf();
    let copy = session.os.protect(&path).map_err(|error| Refusal::NotProtected { path, error })?;
    let of_file = |error: verify::Error| Refusal::App(AppError::Verify(error));
    let file = file.at(&copy.path, &*session.os).map_err(of_file)?;
    let app = AppFile::of(package.release, file, origin).map_err(Refusal::App)?;
    Ok((app, copy))
}

fn notice(session: &Session, texts: &Texts, refusal: &Refusal) -> Notice {
    match refusal {
        Refusal::Agreed(_) => texts.staging_refused(chain(refusal)),
        Refusal::File(refusal) => run::notice(texts, refusal),
        Refusal::NotProtected { path, error } => texts.app_not_protected(path, error),
        Refusal::App(error) => texts.app_notice(error, &session.clock.now()),
    }
}
