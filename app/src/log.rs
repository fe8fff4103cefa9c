//! Logs: a file per program and day, a week of them, in the person's own folder.
//!
//! Nothing secret goes in: the core redacts addresses, and passwords are never read. `SMARTS_LOG` takes
//! filters of the `tracing-subscriber` crate (`debug`, `smarts_core::download=trace`).

use std::io;
use std::path::Path;

use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

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
    let filter = EnvFilter::try_from_env("SMARTS_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(file);
    subscriber.finish().try_init().map_err(Error::Started)
}
