//! Changing what is known of subscriptions, with an administrator's rights.

use smarts_core::subscription::{Edit, EditError, Error};

use crate::cli::args::ApplyEdit;
use crate::cli::{Failure, Status, elevated};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Carries out an edit that a window has written down.
pub(super) fn apply(session: &Session, request: &ApplyEdit, texts: &Texts) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let edit = Edit::read(&request.file, request.sha256).map_err(|error| of(&error, texts))?;
    carry_out(session, &edit, texts)?;
    Ok(Status::Done)
}

/// Carries out an edit in this process.
pub(super) fn carry_out(session: &Session, edit: &Edit, texts: &Texts) -> Result<(), Failure> {
    elevated::require(&*session.os, texts)?;
    session.edit_subscriptions(edit).map_err(|error| of(&error, texts))
}

fn of(error: &EditError, texts: &Texts) -> Failure {
    tracing::warn!(error = chain(error), "Subscriptions are not changed");
    let status = match error {
        EditError::List(Error::OthersMayWrite { .. })
        | EditError::OtherEdit { .. }
        | EditError::NotAnEdit { .. }
        | EditError::Record { .. } => Status::Refused,
        EditError::NotThere { .. } | EditError::Exists { .. } | EditError::Nothing => Status::Usage,
        EditError::Busy
        | EditError::Lock { .. }
        | EditError::List(_)
        | EditError::Journal(_)
        | EditError::File { .. } => Status::Failed,
    };
    Failure::new(status, sentence(&texts.edit_error(error)))
}
