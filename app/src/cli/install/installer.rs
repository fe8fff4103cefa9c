//! An installer at hand, which needs a signature.

use i18n_embed_fl::fl;

use super::{agree_and_install, tell, unusable};
use crate::cli::change::Change;
use crate::cli::{Failure, Status, Streams, args, target};
use crate::model::Notice;

/// Starts an installer at hand, after the same sheet and the same question as any update.
pub(super) fn run(
    change: Change<'_>,
    options: &args::Install,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change;
    let machine = session.machine();
    let installer =
        session.installer_at_hand(&options.file, &machine).map_err(|error| unusable(&error, texts))?;
    let wanted = target::bases(&machine, &options.bases, texts)?;
    if let Ok(aim) = &installer.target {
        let is_of_it = |id: &&String| aim.bases.iter().any(|base| base.id == **id);
        if let Some(base) = wanted.iter().find(|id| !is_of_it(id)).and_then(|id| machine.base(id)) {
            let line = fl!(texts.loader, "cli-install-not-for-base", name = base.name.as_str());
            return Err(Failure::new(Status::Usage, line));
        }
    }
    let found = texts.installer_at_hand(&installer, &machine);
    tell(&found, texts, streams)?;
    let warnings = installer.warnings.clone();
    let plan = installer.into_plan(session, &wanted, change.yes);
    let Some(plan) = plan else {
        let refusal = found.refusal.unwrap_or_else(|| Notice::of(texts.internal_error()));
        return Err(Failure::of_notice(Status::Refused, &refusal));
    };
    agree_and_install(change, &machine, plan, &warnings, streams)
}
