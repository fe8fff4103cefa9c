//! What can go wrong before an update is even looked at.

use std::io;

use smarts_core::check::{self, Report};
use smarts_core::paths::NoHome;
use smarts_core::{http, os, settings, source};

use crate::demo;

/// Why a session could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder that stands for the PC is unusable.
    #[error("Failed to open the machine root")]
    MachineRoot(#[source] os::Error),
    /// The account has no home.
    #[error("Failed to find the folders of this account")]
    Paths(#[source] NoHome),
    /// The settings are unusable.
    #[error("Failed to read the settings")]
    Settings(#[source] settings::Error),
    /// The HTTP client could not be made.
    #[error("Failed to start the HTTP client")]
    Http(#[source] http::Error),
    /// The demo could not start.
    #[error("Failed to start the demo")]
    Demo(#[source] demo::Error),
    /// The system gave no threads.
    #[error("Failed to start the worker threads")]
    Runtime(#[source] io::Error),
    /// This program's own file is not known.
    #[error("Failed to find this program's own file")]
    OwnFile(#[source] io::Error),
}

/// A check that gave no report.
#[derive(Debug)]
pub struct CheckFailure {
    /// Why.
    pub error: CheckError,
    /// The shape of a report with every item unknown; not kept.
    pub report: Box<Report>,
}

/// Why a check gave no report.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The source named in settings or options is none.
    #[error("Failed to open the source")]
    Source(#[source] source::Error),
    /// Nothing could be read from it.
    #[error("Failed to check")]
    Check(#[source] check::Failure),
    /// The report could not be kept.
    #[error("Failed to keep the report")]
    Store(#[source] check::StoreError),
}

impl Error {
    /// The causes alone, for a person's sentence that says the rest.
    pub fn source_text(&self) -> String {
        std::error::Error::source(self).map_or_else(|| self.to_string(), crate::error::chain)
    }
}
