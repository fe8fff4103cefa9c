//! The words of `smarts diagnose`.

use std::path::PathBuf;

use clap::Args;

/// `diagnose`.
#[derive(Clone, Debug, Args)]
pub struct Diagnose {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write a report for support to this file as well: a ZIP with the findings, the last report, logs, journal and
    /// settings, without passwords
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}
