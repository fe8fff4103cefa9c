//! The words of `smarts backup`.

use clap::{Args, Subcommand};

use super::Json;

/// `backup`.
#[derive(Debug, Subcommand)]
pub enum Backup {
    /// The copies of bases, newest first: those of this program and the vendor's
    List(Json),
    /// Copy a base now
    Create(CreateBackup),
    /// Put a base back: what an update replaced, or all of it
    Restore(RestoreBackup),
}

/// `backup create`.
#[derive(Debug, Args)]
pub struct CreateBackup {
    /// A base's id
    #[arg(value_name = "ID")]
    pub id: String,
    /// Delete older copies that are too many without asking
    #[arg(long)]
    pub yes: bool,
}

/// `backup restore`.
#[derive(Debug, Args)]
pub struct RestoreBackup {
    /// A copy's id, as `backup list` shows it
    #[arg(value_name = "BACKUP")]
    pub id: String,
    /// All of the base: documents, settings and licences of the days since are gone afterwards
    #[arg(long)]
    pub whole: bool,
    /// Answer questions with yes
    #[arg(long)]
    pub yes: bool,
}
