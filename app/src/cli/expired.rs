//! A folder whose signatures have expired: one question at a terminal, `--accept-expired` elsewhere. A site that
//! has expired is never used.

use std::io::{self, Write};

use i18n_embed_fl::fl;
use smarts_core::check::Report;
use smarts_core::machine::Machine;
use smarts_core::version::Version;

use super::{Failure, Status, Streams, ask};
use crate::i18n::{Texts, sentence};
use crate::model::FailureKind;
use crate::session::{CheckFailure, Detour, Session};

/// A check that gave no report, in the person's words.
pub(super) struct Unchecked {
    pub(super) failure: Failure,
    /// With every item unknown.
    pub(super) report: Box<Report>,
    /// What the source says is not believed.
    pub(super) is_refused: bool,
}

/// Checks; of a folder that has expired the person is asked whether to use what there is.
pub(super) fn check(
    session: &Session,
    machine: &Machine,
    only: Option<&[String]>,
    up_to: Option<&Version>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Report, Unchecked> {
    let failure = match session.check(machine, only, up_to, &|_| ()) {
        Ok(report) => return Ok(report),
        Err(failure) => failure,
    };
    let shown = texts.check_failure(&failure);
    let mut told = Failure::of_check(&failure.error, texts);
    let CheckFailure { report, .. } = failure;
    let is_refused = shown.kind != FailureKind::Unread;
    if !matches!(shown.kind, FailureKind::Expired { .. }) {
        told.lines.extend(shown.next);
        return Err(Unchecked { failure: told, report, is_refused });
    }
    if !streams.is_terminal {
        told.status = Status::Refused;
        told.lines.push(fl!(texts.loader, "cli-expired"));
        return Err(Unchecked { failure: told, report, is_refused });
    }
    match agree(&shown.reason, texts, streams) {
        Ok(true) => {
            session.read_from(Detour { accept_expired: true, ..Detour::default() });
            session.check(machine, only, up_to, &|_| ()).map_err(|failure| {
                let told = Failure::of_check(&failure.error, texts);
                Unchecked { failure: told, report: failure.report, is_refused: false }
            })
        }
        Ok(false) => {
            let failure = Failure::new(Status::Cancelled, fl!(texts.loader, "cli-declined"));
            Err(Unchecked { failure, report, is_refused })
        }
        Err(failure) => Err(Unchecked { failure, report, is_refused }),
    }
}

fn agree(reason: &str, texts: &Texts, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    writeln!(streams.err, "{reason}")?;
    ask::confirm(&fl!(texts.loader, "cli-confirm-expired"), texts, streams)
}

/// What to know of the source although it was read: expired signatures, a wrong clock.
pub(super) fn warn(report: &Report, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let warnings = report.problems.iter().filter(|problem| problem.is_warning());
    warnings.map(|problem| texts.problem(problem).1).try_for_each(|text| writeln!(out, "{}", sentence(&text)))
}
