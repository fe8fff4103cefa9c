//! Stands where a desktop keeps its icons: takes every icon that registers itself, and prints whose it is.
//!
//! For trying the stub beside a real daemon for messages (`.ci/background`). Draws nothing; ends with its bus.

use std::io::{self, Write as _};
use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod watcher {
    use super::*;

    struct Watcher;

    #[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
    impl Watcher {
        #[expect(clippy::unused_self, reason = "what the bus calls has an object")]
        fn register_status_notifier_item(&self, service: &str) {
            // Who reads this has gone, and with it the reason to print.
            let _ = writeln!(io::stdout(), "{service}");
        }

        #[zbus(property)]
        #[expect(clippy::unused_self, reason = "what the bus calls has an object")]
        fn is_status_notifier_host_registered(&self) -> bool {
            true
        }
    }

    pub(super) fn run() -> zbus::Result<()> {
        let name = "org.kde.StatusNotifierWatcher";
        let builder = zbus::blocking::connection::Builder::session()?;
        let connection = builder.serve_at("/StatusNotifierWatcher", Watcher)?.name(name)?.build()?;
        // Whatever comes after the last call is the end of the bus.
        for message in zbus::blocking::MessageIterator::from(connection) {
            message?;
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    let ended = watcher::run().map_err(|error| error.to_string());
    #[cfg(not(target_os = "linux"))]
    let ended: Result<(), String> = Err("There is no such place on this system".to_owned());
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}
