//! Logs: a file per program and day, a week of them, in the person's own folder.
//!
//! Nothing secret goes in: the core redacts addresses, and passwords are never read. `SMARTS_LOG` says how much:
//! a level, or levels of modules (`debug`, `info,smarts_core::download=trace`). The filters that the crate calls
//! `EnvFilter` can do more, and bring so much code along that the package grows by it.

use std::io;
use std::path::Path;

use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::{fmt, layer::SubscriberExt as _, registry};

const DAYS_KEPT: usize = 7;

/// Why there is no log. The program runs without one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its folder could not be made.
    #[error("Failed to create the folder of the log")]
    Folder(#[source] io::Error),
    /// The file could not be opened.
    #[error("Failed to open the log")]
    Open(#[source] InitError),
    /// Another log was started in this process.
    #[error("A log has been started before")]
    Started(#[source] tracing_subscriber::util::TryInitError),
}

/// Starts to log into `<dir>/<program>.<day>.log`.
pub fn start(dir: &Path, program: &str) -> Result<(), Error> {
    use tracing_subscriber::util::SubscriberInitExt as _;
    // The appender makes it too, but first complains on the terminal that it is not there.
    std::fs::create_dir_all(dir).map_err(Error::Folder)?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .max_log_files(DAYS_KEPT)
        .filename_prefix(program)
        .filename_suffix("log")
        .build(dir)
        .map_err(Error::Open)?;
    let asked = std::env::var("SMARTS_LOG").unwrap_or_default();
    let layer = fmt::layer().with_ansi(false).with_writer(file);
    registry().with(layer).with(filter(&asked)).try_init().map_err(Error::Started)
}

/// What is not understood is as if nothing were asked for.
fn filter(asked: &str) -> Targets {
    let asked = Some(asked).filter(|asked| !asked.is_empty());
    let understood = asked.and_then(|asked| asked.parse().ok());
    understood.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO))
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn levels_are_taken_for_all_or_for_a_module_and_nonsense_is_the_usual_one() {
        let is_logged = |asked: &str, target: &str, level| filter(asked).would_enable(target, &level);
        for usual in ["", "smarts_core=loudly", "a=b=c"] {
            assert!(is_logged(usual, "smarts_core", Level::INFO), "{usual}");
            assert!(!is_logged(usual, "smarts_core", Level::DEBUG), "{usual}");
        }
        assert!(is_logged("debug", "smarts_core::http", Level::DEBUG));
        let of_module = "info,smarts_core::download=trace";
        assert!(is_logged(of_module, "smarts_core::download::tries", Level::TRACE));
        assert!(is_logged(of_module, "smarts_core::http", Level::INFO));
        assert!(!is_logged(of_module, "smarts_core::http", Level::DEBUG));
    }
}
