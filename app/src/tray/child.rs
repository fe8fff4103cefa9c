//! Asking `smarts` what there is to show: a child without a console, with an end to its time and to what it
//! may say. Whatever it does, this returns.

use std::ffi::OsString;
use std::io::{self, Read as _};
use std::path::Path;
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use shared_child::SharedChild;
use smarts_core::os;

use super::notice::{ASKED_BY, Notice, Over};

/// A notice is a few hundred bytes.
const LONGEST: u64 = 64 * 1024;

/// Why nothing is known of what there is to show.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// It is not there, or the system does not start it.
    #[error("Failed to start smarts")]
    Start(#[source] io::Error),
    /// Its output could not be read, or it could not be waited for.
    #[error("Failed to hear smarts")]
    Hear(#[source] io::Error),
    /// It was ended by us.
    #[error("Smarts hung and was ended")]
    Hung,
    /// It says what no notice is as long as.
    #[error("Smarts said more than {LONGEST} bytes")]
    Long,
    /// Of itself it says on its standard error why.
    #[error("Smarts failed: {0}")]
    Failed(ExitStatus),
    /// Not what we agreed on.
    #[error("Smarts was not understood")]
    Garbage(#[source] serde_json::Error),
}

/// What `smarts` says.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Answer {
    /// This is to be shown.
    Show(Notice),
    /// Nothing is open.
    Over(Over),
    /// Nothing is to be shown now.
    #[serde(skip)]
    Nothing,
}

/// What `smarts` says with these arguments to the stub of this name.
pub(super) fn ask(
    smarts: &Path,
    arguments: &[OsString],
    own_name: &str,
    limit: Duration,
) -> Result<Answer, Error> {
    let mut command = Command::new(smarts);
    command
        .env(ASKED_BY, own_name)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    os::without_console(&mut command);
    let child = Arc::new(SharedChild::spawn(&mut command).map_err(Error::Start)?);
    let (sender, heard) = sync_channel(1);
    let hearing = Arc::clone(&child);
    let output = child.take_stdout();
    // Left alone where somebody whom the child has started keeps the output open.
    let thread = thread::Builder::new().name("smarts-output".to_owned());
    let started = thread.spawn(move || hear(output, &hearing, &sender));
    let heard = match started {
        Ok(_) => heard.recv_timeout(limit).unwrap_or_else(|error| {
            Err(match error {
                RecvTimeoutError::Timeout => Error::Hung,
                RecvTimeoutError::Disconnected => Error::Hear(io::ErrorKind::BrokenPipe.into()),
            })
        }),
        Err(error) => Err(Error::Hear(error)),
    };
    if heard.is_err() {
        // Nothing happens to one that has ended.
        let _ = child.kill();
        let _ = child.wait();
    }
    understand(&heard?)
}

/// All that the child says, once it has ended.
fn hear(output: Option<ChildStdout>, child: &SharedChild, heard: &SyncSender<Result<Vec<u8>, Error>>) {
    let mut bytes = Vec::new();
    let read = output.map_or(Ok(0), |output| output.take(LONGEST + 1).read_to_end(&mut bytes));
    let result = match read {
        Ok(length) if length as u64 > LONGEST => Err(Error::Long),
        Ok(_) => match child.wait() {
            Ok(status) if status.success() => Ok(bytes),
            Ok(status) => Err(Error::Failed(status)),
            Err(error) => Err(Error::Hear(error)),
        },
        Err(error) => Err(Error::Hear(error)),
    };
    // Nobody waits any more if this took too long.
    let _ = heard.send(result);
}

fn understand(bytes: &[u8]) -> Result<Answer, Error> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Answer::Nothing);
    }
    serde_json::from_slice(bytes).map_err(Error::Garbage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_nothing_to_show_and_half_a_notice_is_not_understood() {
        assert!(matches!(understand(b""), Ok(Answer::Nothing)));
        assert!(matches!(understand(b" \r\n"), Ok(Answer::Nothing)));
        assert!(matches!(understand(b"{\"nothing_open\":true}"), Ok(Answer::Over(_))));
        for garbage in [&b"{"[..], b"{}", b"[]", b"Nothing new", b"\xff\xfe", b"{\"message\":null}"] {
            assert!(matches!(understand(garbage), Err(Error::Garbage(_))), "{garbage:?}");
        }
    }

    #[test]
    fn a_newer_smarts_may_say_more() {
        let said = br#"{"message":null,"icon":{"kind":"both","count":2,"tooltip":"t","open":null,"colour":1},
            "menu":[{"label":"x","act":"leave"}],"wait_secs":60,"sound":"none"}"#;
        let Answer::Show(notice) = understand(said).unwrap() else { panic!() };
        assert_eq!(notice.icon.count, 2);
    }

    #[test]
    fn a_smarts_that_is_not_there_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let asked = ask(&dir.path().join("smarts"), &[], "tray-1", Duration::from_secs(1));
        assert!(matches!(asked, Err(Error::Start(_))));
    }
}
