//! Where releases are read from in place of the source in force, as the person has just said: for the life of
//! this session, with the settings left as they are.

use std::sync::PoisonError;

use jiff::Timestamp;
use smarts_core::check::{Report, SourceFacts};
use smarts_core::machine::Machine;

use super::Session;

/// What the person has said of the source since the program was started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detour {
    /// A folder that is read in place of the source in force: a stick. Where a trusted root is in force, it
    /// has to be signed like any other source.
    pub folder: Option<String>,
    /// The person has agreed that what a folder says may be out of date, and to this age of it alone: another
    /// stick in the same place is another question.
    pub agreed: Option<Expiry>,
}

/// Signatures of a folder that have expired, as the person was told of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// The role whose signatures they are.
    pub role: String,
    /// When they did.
    pub since: Timestamp,
}

impl Expiry {
    pub(super) fn is(&self, role: &str, since: Timestamp) -> bool {
        self.role == role && self.since == since
    }
}

impl Session {
    /// From now on releases are read from there; whatever has begun goes on as it began.
    pub fn read_from(&self, detour: Detour) {
        *self.detour.lock().unwrap_or_else(PoisonError::into_inner) = detour;
    }

    /// Where releases are read from, with what the last report said of just that; nothing is opened.
    pub fn source_facts(&self, machine: &Machine) -> SourceFacts {
        let (root, trust) = self.source_in_force(machine);
        let report = Report::load(&self.paths.report_path()).ok().flatten();
        let of_this = report.filter(|report| report.source.root == root && report.source.trust == trust);
        SourceFacts { root, trust, expires: of_this.and_then(|report| report.source.expires) }
    }

    pub(super) fn detour(&self) -> Detour {
        self.detour.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
