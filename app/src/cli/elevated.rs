//! Commands that change the PC and an administrator's rights; and `smarts apply-agreed`, `smarts copies-agreed` and
//! `smarts staging-agreed`, which a window starts.

use smarts_core::os::Os;

use super::interrupt::Interrupt;
use super::{Failure, Status};
use crate::elevated::Request;
use crate::elevated::agreed;
use crate::elevated::run::{self, Ended};
use crate::elevated::{copies, staging};
use crate::error::chain;
use crate::i18n::Texts;
use crate::session::Session;

/// Refuses before anything is downloaded what could not be installed afterwards.
pub(super) fn require(os: &dyn Os, texts: &Texts) -> Result<(), Failure> {
    if os.is_elevated() { Ok(()) } else { Err(Failure::new(Status::Refused, texts.not_elevated())) }
}

/// Carries out a plan that the window has agreed on with the person.
pub(super) fn run(
    session: &Session,
    interrupt: &Interrupt,
    request: &Request,
    texts: &Texts,
) -> Result<Status, Failure> {
    status(interrupt.guard(|cancel| run::run(session, texts, request, cancel)), texts)
}

/// The same of what was agreed about copies of a base.
pub(super) fn run_copies(
    session: &Session,
    interrupt: &Interrupt,
    request: &agreed::Request,
    texts: &Texts,
) -> Result<Status, Failure> {
    status(interrupt.guard(|cancel| copies::run(session, texts, request, cancel)), texts)
}

/// The same of what was agreed about an app for mobile devices.
pub(super) fn run_staging(
    session: &Session,
    interrupt: &Interrupt,
    request: &agreed::Request,
    texts: &Texts,
) -> Result<Status, Failure> {
    status(interrupt.guard(|cancel| staging::run(session, texts, request, cancel)), texts)
}

fn status(ended: Result<Ended, run::Error>, texts: &Texts) -> Result<Status, Failure> {
    match ended {
        Ok(Ended::Done) => Ok(Status::Done),
        Ok(Ended::Failed) => Ok(Status::Failed),
        Ok(Ended::Stopped) => Ok(Status::Cancelled),
        Ok(Ended::Refused) => Ok(Status::Refused),
        Err(run::Error::NotElevated) => Err(Failure::new(Status::Refused, texts.not_elevated())),
        Err(error) => {
            tracing::error!(error = chain(&error), "What was agreed to was not begun");
            // Nobody but the window starts this, and it has words of its own.
            Err(Failure::new(Status::Refused, chain(&error)))
        }
    }
}

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root::MachineRoot;
    use smarts_tests::stand_in::StandIn;

    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_command_that_changes_the_pc_is_refused_without_the_rights_to() {
        let root = MachineRoot::new().unwrap();
        for (language, words) in [(Language::Ru, "администратора"), (Language::En, "administrator")]
        {
            let texts = Texts::new(language).unwrap();
            let elevated = StandIn::on(root.path()).unwrap();
            assert!(require(&elevated, &texts).is_ok());
            let failure = require(&StandIn { is_elevated: false, ..elevated }, &texts).unwrap_err();
            assert_eq!(failure.status, Status::Refused);
            assert!(failure.lines[0].contains(words), "{failure:?}");
        }
    }
}
