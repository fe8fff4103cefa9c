//! The words of `smarts settings`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand};
use smarts_core::digest::Digest;
use smarts_core::settings::{Key, UnknownKey};

use super::YesNo;

/// `settings`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Settings {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// What to do; without it, all of them are listed.
    #[command(subcommand)]
    pub action: Option<SettingsAction>,
}

/// What to do with settings.
#[derive(Debug, Subcommand)]
pub enum SettingsAction {
    /// Set some, all at once or none
    Set(SettingsSet),
    /// Take some away, so that the default counts
    Reset {
        /// Names of settings
        #[arg(value_name = "KEY", required = true)]
        keys: Vec<Key>,
    },
}

/// `settings set`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args)]
#[group(required = true, multiple = true)]
pub struct SettingsSet {
    /// Settings with their values, as `smarts settings` lists them; lists are separated by semicolons
    #[arg(value_name = "KEY=VALUE")]
    pub values: Vec<Assignment>,
    /// Take this one away, so that the default counts
    #[arg(long, value_name = "KEY")]
    pub reset: Vec<Key>,
    /// Check by the task, as `schedule install` does, or no more, as `schedule remove` does
    #[arg(long, value_enum)]
    pub automatic: Option<YesNo>,
    /// Make this root.json the trusted root of this PC: only what it vouches for counts from then on
    #[arg(long, value_name = "FILE")]
    pub root: Option<PathBuf>,
    /// Only if the file has this SHA-256; for the window, which has shown it
    #[arg(long, value_name = "SHA256", requires = "root", hide = true)]
    pub root_digest: Option<Digest>,
}

/// A setting with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Which.
    pub key: Key,
    /// As written.
    pub text: String,
}

/// Such a text is no [`Assignment`]. It is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// There is no equals sign in it.
    #[error("A setting is written as KEY=VALUE")]
    NoValue,
    /// No setting has that name.
    #[error("No such setting; `smarts settings` lists them")]
    Unknown(#[source] UnknownKey),
}

impl FromStr for Assignment {
    type Err = AssignmentError;

    fn from_str(text: &str) -> Result<Self, AssignmentError> {
        let (key, value) = text.split_once('=').ok_or(AssignmentError::NoValue)?;
        let key = key.trim().parse().map_err(AssignmentError::Unknown)?;
        Ok(Self { key, text: value.trim().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_have_an_equals_sign_in_it_and_may_be_nothing() {
        let of = |text: &str| text.parse::<Assignment>().map(|given| (given.key, given.text));
        assert_eq!(of("source=https://a.shop/?x=1"), Ok((Key::Source, "https://a.shop/?x=1".into())));
        assert_eq!(of("backup_without="), Ok((Key::BackupWithout, String::new())));
        assert_eq!(of("source"), Err(AssignmentError::NoValue));
        assert_eq!(of("sorce=x"), Err(AssignmentError::Unknown(UnknownKey)));
    }
}
