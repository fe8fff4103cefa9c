//! `smarts setup`: our installer's own step, run by Windows Installer and by nobody else.

use std::path::Path;

use smarts_core::os::{self, MachineRoot, Os};

use super::args::Setup;
use super::{Failure, Status};
use crate::clock::Clock;
use crate::i18n::Texts;
use crate::setup::{self, Error};

/// Carries it out, without any session: the system has no home, and the settings may not be there yet.
pub(super) fn run(action: &Setup, machine_root: Option<&Path>, texts: &Texts) -> Result<Status, Failure> {
    let os: Box<dyn Os> = match machine_root {
        Some(dir) => Box::new(
            MachineRoot::open(dir)
                .map_err(|error| Failure::new(Status::Failed, crate::error::chain(&error)))?,
        ),
        None => os::host(),
    };
    let now = Clock::default().now();
    let done = match action {
        Setup::Install(properties) => setup::install(&*os, properties, &now),
        Setup::Remove => setup::remove(&*os, &now),
    };
    let status = |error: &Error| match error {
        Error::Rights => Status::Refused,
        Error::Property(_) | Error::TrustedRoot { .. } => Status::Usage,
        _ => Status::Failed,
    };
    done.map(|()| Status::Done).map_err(|error| Failure::new(status(&error), texts.setup_error(&error)))
}
