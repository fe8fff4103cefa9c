//! The words of `smarts devices`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `devices`.
#[derive(Debug, Subcommand)]
pub enum Devices {
    /// The mobile devices of each base, their apps, and what is staged for them; nothing is asked of the source
    List(ListDevices),
    /// Put the app for Android where the devices of bases look for it
    Stage(StageApp),
    /// Take back what was staged last: devices are offered again what they were before
    Undo(UndoApp),
}

/// `devices list`.
#[derive(Clone, Copy, Debug, Args)]
pub struct ListDevices {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values
    #[arg(long)]
    pub csv: bool,
}

/// `devices stage`.
#[derive(Debug, Args)]
pub struct StageApp {
    /// Ids of bases
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// This version in place of the one that goes with the server
    #[arg(long, value_name = "V", conflicts_with = "file")]
    pub version: Option<String>,
    /// This file (.apk) in place of the source's
    #[arg(long, value_name = "APK")]
    pub file: Option<PathBuf>,
    /// Put older staged versions aside
    #[arg(long)]
    pub remove_older: bool,
    /// Answer questions with yes and accept warnings, never a misfit
    #[arg(long)]
    pub yes: bool,
    /// Print JSON: what became of each base; questions and warnings stay words
    #[arg(long)]
    pub json: bool,
}

/// `devices undo`.
#[derive(Debug, Args)]
pub struct UndoApp {
    /// Ids of bases
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<String>,
    /// Answer questions with yes
    #[arg(long)]
    pub yes: bool,
    /// Print JSON: what became of each base; questions and warnings stay words
    #[arg(long)]
    pub json: bool,
}
