//! Mobile devices and the server: which versions go together.
//!
//! The vendor's rule: equal first two numbers are fine; an app whose major number, or with equal major
//! numbers whose minor number, is below the server's does not connect; an app above it connects, and the
//! mismatch is logged.

use crate::version::Version;

/// Whether a mobile app of version `app` connects to a platform of version `server`.
pub fn connects(app: &Version, server: &Version) -> bool {
    app.major_minor() >= server.major_minor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_below_the_server_does_not_connect() {
        let cases = [
            ("3.3.0.28766", "3.3.46.29552", true),
            ("3.3.0.28766", "3.4.46.40367", false),
            ("2.9.0.1", "3.0.46.1", false),
            ("3.4.0.46990", "3.3.46.29552", true),
            ("4.0.0.1", "3.4.46.40367", true),
            ("3.10.0.1", "3.9.46.1", true),
        ];
        for (app, server, expected) in cases {
            assert_eq!(
                connects(&app.parse().unwrap(), &server.parse().unwrap()),
                expected,
                "{app} to {server}"
            );
        }
    }
}
