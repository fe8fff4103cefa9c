//! The words of `smarts notice`, which the tray stub uses.

use std::str::FromStr;

use clap::Args;
use jiff::civil::Time;
use smarts_core::version::Version;

/// `notice`.
#[derive(Debug, Args)]
pub struct Notice {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// An icon is shown already, and stays as long as what it stands for is open
    #[arg(long)]
    pub waiting: bool,
    /// Check whatever the rules say, and always answer
    #[arg(long, conflicts_with_all = ["later", "skip", "seen"])]
    pub now: bool,
    /// Remember that all of it was seen, so that no icon stands for it any more
    #[arg(long, conflicts_with_all = ["later", "skip"])]
    pub seen: bool,
    /// Say nothing of what is open until tomorrow
    #[arg(long, conflicts_with = "skip")]
    pub later: bool,
    /// Say nothing of this version any more
    #[arg(long, value_name = "ID=VERSION")]
    pub skip: Vec<Skip>,
    /// The time of day it is taken to be (with --today only)
    #[arg(long, hide = true, value_name = "HH:MM")]
    pub at: Option<Time>,
}

/// A version to skip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skip {
    /// `platform`, `updater` or a base's id (`base:ID` where they clash).
    pub id: String,
    /// What is offered for it.
    pub version: Version,
}

/// Such a text is no [`Skip`].
#[derive(Debug, thiserror::Error)]
#[error("What to skip is written as ID=VERSION")]
pub struct SkipError;

impl FromStr for Skip {
    type Err = SkipError;

    /// An id may have any letter in it, a version no equals sign.
    fn from_str(text: &str) -> Result<Self, SkipError> {
        let (id, version) = text.rsplit_once('=').filter(|(id, _)| !id.is_empty()).ok_or(SkipError)?;
        Ok(Self { id: id.to_owned(), version: version.parse().map_err(|_| SkipError)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_to_skip_follows_the_last_equals_sign() {
        let skip = |text: &str| text.parse::<Skip>().ok().map(|skip| (skip.id, skip.version.to_string()));
        let of = |id: &str, version: &str| Some((id.to_owned(), version.to_owned()));
        assert_eq!(skip("platform=3.4.46.40367"), of("platform", "3.4.46.40367"));
        assert_eq!(skip("base:a=b=1.2"), of("base:a=b", "1.2"));
        for text in ["", "platform", "=1.2", "platform=", "platform=new"] {
            assert_eq!(skip(text), None, "{text}");
        }
    }
}
