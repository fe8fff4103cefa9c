//! What the journal is told of a base.

use std::path::Path;

use super::{BaseState, Context, Error, Failure};
use crate::journal::{Entry, What};
use crate::machine::Base;
use crate::plan::Package;

/// About a base that was not updated; `None`: there is nothing to be told.
pub(super) fn failure_entry(
    context: &Context<'_>,
    base: &Base,
    package: &Package,
    failure: &Failure,
) -> Option<Entry> {
    let mut detail = super::chain(&failure.error);
    let (what, backup_dir) = match &failure.state {
        // A person who changed their mind leaves no trace in the base, and so none here.
        BaseState::NothingChanged if matches!(failure.error, Error::Cancelled) => return None,
        // It has its entry, of the update that was cut off.
        BaseState::PutBack { .. } | BaseState::NotPutBack { .. }
            if matches!(failure.error, Error::CutOff { .. }) =>
        {
            return None;
        }
        BaseState::NothingChanged => (What::Failed, None),
        BaseState::PutBack { backup_dir } => (What::Undone, Some(backup_dir.as_path())),
        BaseState::NotPutBack { error, backup_dir } => {
            detail = format!("{detail}; {}", super::chain(error));
            (What::NotUndone, Some(backup_dir.as_path()))
        }
    };
    Some(entry(context, base, package, what, detail, backup_dir))
}

/// About a base and the package that was reached.
pub(super) fn entry(
    context: &Context<'_>,
    base: &Base,
    package: &Package,
    what: What,
    detail: String,
    backup_dir: Option<&Path>,
) -> Entry {
    let identity = context.os.identity();
    Entry {
        time: (context.clock)(),
        user: identity.user,
        computer: identity.computer,
        what,
        subject: base.id.clone(),
        name: base.name.clone(),
        product: Some(base.product.clone()),
        from: base.version,
        to: Some(package.release.version),
        file: package.verified.file_name(),
        sha256: Some(package.verified.sha256()),
        proof: Some(package.verified.proof()),
        detail,
        backup_dir: backup_dir.map(|dir| dir.display().to_string()),
    }
}
