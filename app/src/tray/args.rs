//! What the stub is started with: what every program of ours understands, and hands on to those it starts.
//!
//! Read without the command line's library, which would be a third of this program.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::{Arg, Error, Parser, ValueExt as _};

/// A check gives up much sooner; only a program that hangs takes so long.
const CHILD_SECS: u64 = 5 * 60;

/// The stub's options.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// A folder that stands for a PC.
    pub machine_root: Option<PathBuf>,
    /// For `smarts` and the window, in the order given.
    pub passed_on: Vec<OsString>,
    /// How long `smarts` may take; hidden, for the tests.
    pub child_limit: Duration,
}

impl Options {
    pub(super) fn of(mut parser: Parser) -> Result<Self, Error> {
        let mut options =
            Self { machine_root: None, passed_on: Vec::new(), child_limit: Duration::from_secs(CHILD_SECS) };
        while let Some(arg) = parser.next()? {
            let name = match arg {
                Arg::Long("accept-expired") => {
                    options.passed_on.push("--accept-expired".into());
                    continue;
                }
                Arg::Long("child-secs") => {
                    options.child_limit = Duration::from_secs(parser.value()?.parse()?);
                    continue;
                }
                Arg::Long(name @ ("machine-root" | "source" | "trusted-root" | "lang")) => {
                    format!("--{name}")
                }
                Arg::Long(_) | Arg::Short(_) | Arg::Value(_) => return Err(arg.unexpected()),
            };
            let value = parser.value()?;
            if name == "--machine-root" {
                options.machine_root = Some(PathBuf::from(&value));
            }
            options.passed_on.extend([name.into(), value]);
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &[&str]) -> Result<Options, Error> {
        Options::of(Parser::from_args(line))
    }

    #[test]
    fn what_every_program_understands_is_handed_on() {
        let line = ["--machine-root", "/pc", "--source=/tree", "--lang", "ru", "--accept-expired"];
        let options = of(&line).unwrap();
        assert_eq!(options.machine_root.as_deref(), Some("/pc".as_ref()));
        let expected = ["--machine-root", "/pc", "--source", "/tree", "--lang", "ru", "--accept-expired"];
        assert_eq!(options.passed_on, expected);
        assert_eq!(of(&["--child-secs", "2"]).unwrap().child_limit, Duration::from_secs(2));
        assert_eq!(of(&[]).unwrap().passed_on, [""; 0]);
    }

    #[test]
    fn anything_else_is_wrong_usage() {
        for line in [&["--machine-root"][..], &["--demo"], &["notice"], &["-x"], &["--child-secs", "soon"]] {
            assert!(of(line).is_err(), "{line:?}");
        }
    }
}
