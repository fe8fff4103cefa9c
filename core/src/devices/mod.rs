//! Mobile devices, the apps on them, and the server they work with: which versions go together, where an app is to be
//! had, and how a base hands it out.
//!
//! - [`compatibility`]: the vendor's rule, a function of two versions.
//! - [`app`]: which version a device has, and how sure that is.
//! - [`apk`]: what an Android package says it is.
//! - [`available`]: the apps that a source has.
//! - [`staged`]: the folder of a base that Android devices are updated from, read as they read it.
//! - [`staging`]: putting an app there, and taking it back.
//! - [`carried`]: the app for Windows CE and Mobile that comes with the platform.
//! - [`gets`]: whether an app that works with a server is waiting for a device.
//! - [`overview`]: all of it together, a row for each device.
//!
//! Deliberately not here: reading which devices there are ([`crate::machine`]), and installing anything on one: it asks
//! for the app itself.

pub mod apk;
pub mod app;
pub mod available;
pub mod carried;
pub mod gets;
pub mod overview;
pub mod staged;
pub mod staging;

use serde::{Deserialize, Serialize};

use crate::version::Version;

/// How an app and a server go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compatibility {
    /// Their first two numbers are equal.
    Matches,
    /// The app is above the server: it connects, and the mismatch is logged.
    AppNewer,
    /// The app is below the server: it does not connect.
    AppTooOld,
}

impl Compatibility {
    /// Whether the device works.
    pub fn connects(self) -> bool {
        self != Self::AppTooOld
    }
}

/// The vendor's rule, which is documented: the first two numbers of both versions decide, the major one first.
pub fn compatibility(app: &Version, server: &Version) -> Compatibility {
    match app.major_minor().cmp(&server.major_minor()) {
        std::cmp::Ordering::Equal => Compatibility::Matches,
        std::cmp::Ordering::Greater => Compatibility::AppNewer,
        std::cmp::Ordering::Less => Compatibility::AppTooOld,
    }
}

#[cfg(test)]
mod tests {
    use super::Compatibility::{AppNewer, AppTooOld, Matches};
    use super::*;

    #[test]
    fn the_first_two_numbers_decide_whether_an_app_connects() {
        let cases = [
            // Equal: whatever the rest says.
            ("3.3.0.28766", "3.3.46.29552", Matches),
            ("3.3.0.1", "3.3.46.30866", Matches),
            ("3.4.0.46990", "3.4.46.31745", Matches),
            ("3.0", "3.0.35.46769", Matches),
            // The major number below the server's, whatever the minor one is.
            ("2.9.0.1", "3.0.46.1", AppTooOld),
            ("3.9.0.1", "4.0.0.50000", AppTooOld),
            // Major numbers equal, the minor one below.
            ("3.3.0.28766", "3.4.46.40367", AppTooOld),
            ("3.9.0.1", "3.10.46.1", AppTooOld),
            // Above: it works, and that is logged.
            ("3.4.0.46990", "3.3.46.29552", AppNewer),
            ("3.10.0.1", "3.9.46.1", AppNewer),
            ("4.0.0.1", "3.4.46.40367", AppNewer),
            ("4.0.0.1", "3.9.46.1", AppNewer),
        ];
        for (app, server, expected) in cases {
            let found = compatibility(&app.parse().unwrap(), &server.parse().unwrap());
            assert_eq!(found, expected, "{app} to {server}");
            assert_eq!(found.connects(), expected != AppTooOld);
        }
    }
}
