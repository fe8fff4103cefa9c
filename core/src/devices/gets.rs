//! Whether an app that works with a server is waiting for a device: one rule, for the sheet before an update of the
//! platform and for the list of devices alike.
//!
//! Deliberately not here: whether the device needs one ([`super::app`]).

use super::compatibility;
use super::staged::Staged;
use crate::machine::System;
use crate::version::Version;

/// Where a device gets an app from that works with a server; the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gets {
    /// Nowhere yet: none is staged for it.
    Nothing,
    /// Nowhere: it runs Windows CE or Mobile, and the platform brings nothing along for that.
    ByHand,
    /// From the platform, at its next exchange: it runs Windows CE or Mobile.
    FromPlatform,
    /// From its base's folder, where that is staged.
    Staged,
}

impl Gets {
    /// For a device with `app`. `carries`: the platform brings along something for Windows CE and Mobile. One whose system
    /// is not known is taken for Android, which most are.
    pub fn of(
        system: Option<System>,
        app: &Version,
        staged: Option<&Staged>,
        carries: bool,
        server: &Version,
    ) -> Self {
        match system {
            Some(System::WindowsCe) if carries => Self::FromPlatform,
            Some(System::WindowsCe) => Self::ByHand,
            Some(System::Android) | None => {
                let offered = staged.and_then(|staged| staged.offered_to(app));
                let connects =
                    offered.is_some_and(|offered| compatibility(&offered.version, server).connects());
                if connects { Self::Staged } else { Self::Nothing }
            }
        }
    }
}
