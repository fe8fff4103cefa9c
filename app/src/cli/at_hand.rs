//! Files at hand on the command line: what one is, told first, and installers, which need a signature.

use std::io;

use super::change::Change;
use super::install::{agree_and_install, unusable};
use super::{Failure, Status, Streams, args, target};
use crate::i18n::Texts;
use crate::model::Notice;
use crate::model::at_hand::AtHand;

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

/// What a file at hand says of itself, and how far that is proved.
pub(super) fn tell(file: &AtHand, texts: &Texts, streams: &mut Streams<'_>) -> io::Result<()> {
    texts.at_hand_lines(file).into_iter().try_for_each(|line| writeln!(streams.err, "{line}"))
}
