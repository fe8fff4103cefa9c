//! `smarts install`: a file at hand; what it is, told first, then the sheet, the question, and the rest.

mod installer;
mod template;

use std::io;

use smarts_core::machine::Machine;
use smarts_core::offer::Warning;
use smarts_core::plan::Plan;
use smarts_core::verify::PackageKind;

pub(super) use self::template::after_wizard;
use super::change::Change;
use super::{Failure, Status, Streams, args};
use crate::i18n::Texts;
use crate::model::at_hand::AtHand;
use crate::session::{self, AtHandError, Origin};

/// Installs a file at hand, after the same sheet and the same question as any update.
pub(super) fn run(
    change: Change<'_>,
    options: &args::Install,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy();
    match PackageKind::of(&name) {
        Some(PackageKind::Template) => template::run(change, options, streams),
        Some(PackageKind::Msi | PackageKind::Exe | PackageKind::App) | None => {
            installer::run(change, options, streams)
        }
    }
}

/// What a file at hand says of itself, and how far that is proved.
fn tell(file: &AtHand, texts: &Texts, streams: &mut Streams<'_>) -> io::Result<()> {
    texts.at_hand_lines(file).into_iter().try_for_each(|line| writeln!(streams.err, "{line}"))
}

/// The sheet of a file at hand, the question, and the rest.
fn agree_and_install(
    change: Change<'_>,
    machine: &Machine,
    plan: Plan,
    warnings: &[Warning],
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let agreed_to_go = change.agree(machine, &plan, Origin::Folder, warnings, streams)?;
    let accept_unproved = session::is_unproved(&plan);
    let keeper = change.session.keep_plans(&[(&plan, Origin::Folder)], machine, accept_unproved);
    change.carry_out_all(machine, vec![plan], &agreed_to_go, keeper, streams)
}

fn unusable(error: &AtHandError, texts: &Texts) -> Failure {
    match error {
        AtHandError::Read(_) | AtHandError::Installer(smarts_core::installer::Error::Read(_)) => {
            Failure::new(Status::Failed, texts.at_hand_error(error))
        }
        AtHandError::Verify(_) | AtHandError::Template(_) | AtHandError::Installer(_) => {
            Failure::new(Status::Refused, texts.at_hand_error(error))
        }
    }
}
