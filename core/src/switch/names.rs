//! What files and folders are called that lie in a base while it is switched over.
//!
//! Other parts of the program know them by these names and pass them over: they are no part of the base.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::put::TEMPORARY_PREFIX;
use crate::tree::RelPath;

const DIGITS: usize = 8;

/// Tells the names of one switch from those of another, of which something may still lie in the base: eight
/// hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Run(String);

/// The text is no [`Run`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Not the name of a run: {0}")]
pub struct RunError(String);

/// What a thing with a name of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// What is to take the target's place.
    Staged,
    /// What was in the target's place.
    Aside,
}

impl Role {
    fn letter(self) -> char {
        match self {
            Self::Staged => 'n',
            Self::Aside => 'o',
        }
    }
}

impl Run {
    /// A new one.
    pub(crate) fn new() -> io::Result<Self> {
        let mut bytes = [0; DIGITS / 2];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// Where the thing of this role lies for the target of the operation with this number: in the target's own
    /// folder, so that it is on the same volume, and has the rights that are handed down there.
    pub(super) fn place(&self, base_dir: &Path, target: &RelPath, number: usize, role: Role) -> PathBuf {
        target.below(base_dir).with_file_name(self.name(number, role))
    }

    /// What is laid ready with this number, where no target is.
    pub(crate) fn staged_name(&self, number: usize) -> String {
        self.name(number, Role::Staged)
    }

    fn name(&self, number: usize, role: Role) -> String {
        format!("{TEMPORARY_PREFIX}{self}-{number}{}", role.letter())
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Run {
    type Error = RunError;

    fn try_from(text: String) -> Result<Self, RunError> {
        if is_run(&text) { Ok(Self(text)) } else { Err(RunError(text)) }
    }
}

impl From<Run> for String {
    fn from(run: Run) -> Self {
        run.0
    }
}

/// Whether a file or folder of this name belongs to a switch, and not to the base it lies in.
pub fn is_ours(name: &str) -> bool {
    let Some((run, rest)) = name.strip_prefix(TEMPORARY_PREFIX).and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    let number = rest.strip_suffix(Role::Staged.letter()).or_else(|| rest.strip_suffix(Role::Aside.letter()));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_run(run) && number.is_some_and(is_number)
}

fn is_run(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_ours_are_known_and_others_are_not() {
        let run = Run::new().unwrap();
        let target = RelPath::try_from("Документы/a.xml".to_owned()).unwrap();
        for role in [Role::Staged, Role::Aside] {
            let place = run.place(Path::new("base"), &target, 12, role);
            assert_eq!(place.parent().unwrap(), Path::new("base").join("Документы"));
            assert!(is_ours(place.file_name().unwrap().to_str().unwrap()));
        }
        let others =
            ["", ".smarts-", ".smarts-x1", ".smarts-0123abcd-n", ".smarts-0123abcd-1", ".smarts-0123ABCD-1n"];
        for other in
            others.into_iter().chain([".smarts-0123abcd-1x", "smarts-0123abcd-1n", ".smarts-0123abcd-1nn"])
        {
            assert!(!is_ours(other), "{other}");
        }
        assert!(Run::try_from("../../..".to_owned()).is_err());
    }
}
