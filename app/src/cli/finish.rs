//! `smarts finish`: what the PC starts when it starts, if a base was being changed when it stopped.
//!
//! The system runs it, before anybody has signed in: there is no home and nobody to read anything, so it opens no session
//! and is silent. What it did stands in the journal, in the Application log and in the log beside the machine-wide
//! files. It ends with 0 only when nothing is left open, and then has taken its own start away.

use std::path::Path;

use smarts_core::apply::{self, Finishing};
use smarts_core::os::{self, MachineRoot, Os};
use smarts_core::paths::{MACHINE_WIDE, Paths};
use smarts_core::settings::Settings;

use super::{Failure, Status};
use crate::clock::Clock;
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::{Language, Texts};

/// Brings every change of a base that was cut off to its end.
pub(super) fn run(machine_root: Option<&Path>, texts: Texts) -> Result<Status, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::new(Status::Failed, chain(error));
    let os: Box<dyn Os> = match machine_root {
        Some(dir) => Box::new(MachineRoot::open(dir).map_err(|error| failed(&error))?),
        None => os::host(),
    };
    if !os.is_elevated() {
        return Err(Failure::new(Status::Refused, texts.not_elevated()));
    }
    // Where there is no such place, nothing was ever begun.
    let Ok(machine_dir) = os.locate(MACHINE_WIDE) else { return Ok(Status::Done) };
    match machine_dir.symlink_metadata() {
        Ok(facts) if facts.is_dir() => {}
        Ok(_) => return Err(failed(&std::io::Error::from(std::io::ErrorKind::NotADirectory))),
        Err(_) => return Ok(Status::Done),
    }
    // Of these folders only the machine-wide ones are used.
    let paths = Paths::below(&*os, &machine_dir);
    let settings = Settings::load_trusted(&*os, &paths.settings_path());
    let settings = settings.map(|(settings, _)| settings).unwrap_or_default();
    let paths = paths.with_settings(&*os, &settings);
    let texts =
        settings.language.map(Language::from).and_then(|named| Texts::new(named).ok()).unwrap_or(texts);
    // Without a log it works all the same.
    let _ = crate::log::start(&machine_dir.join("logs"), "smarts");

    let event_log = EventLog::new(&*os, &texts);
    let clock = Clock::default();
    let finishing = Finishing {
        os: &*os,
        paths: &paths,
        clock: &|| clock.timestamp(),
        witness: &|entry| event_log.write(entry),
        checkpoint: &|_| (),
    };
    let recovered = apply::finish(&finishing, &mut |_| ()).map_err(|error| failed(&error))?;
    let is_open = recovered.iter().any(|one| one.end.is_open());
    Ok(if is_open { Status::Failed } else { Status::Done })
}
