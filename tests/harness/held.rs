//! A process that waits at a point of its run until somebody has disturbed it.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

/// Starts it and lets `disturb`, which gets its id, act while it waits: it says `waiting`, and goes on after a line on
/// its standard input. The answer is whether it ended well and what it said.
///
/// # Panics
///
/// If it ends without having waited: then nothing was disturbed, and a test of that would prove nothing.
pub fn disturbed(mut command: Command, disturb: &mut dyn FnMut(u32)) -> io::Result<(bool, Vec<String>)> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (mut told, mut waited) = (Vec::new(), false);
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let line = line?;
        if line == "waiting" {
            waited = true;
            disturb(child.id());
            if let Some(mut input) = child.stdin.take() {
                input.write_all(b"\n")?;
            }
        }
        told.push(line);
    }
    let succeeded = child.wait()?.success();
    assert!(waited, "The point to wait at was never reached: {told:?}");
    Ok((succeeded, told))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_process_that_waits_is_disturbed_and_goes_on() {
        let mut ids = Vec::new();
        let (succeeded, told) =
            disturbed(shell("echo waiting; read line; echo on"), &mut |id| ids.push(id)).unwrap();
        assert_eq!((succeeded, told.last().map(String::as_str), ids.len()), (true, Some("on"), 1));
    }

    #[test]
    #[should_panic(expected = "never reached")]
    fn a_process_that_never_waits_is_a_test_that_proves_nothing() {
        let _ = disturbed(shell("echo done"), &mut |_| ());
    }
}
