//! A world of its own, where a disk is small, a folder is another volume, or the person is not root.

use std::io::Write as _;
use std::process::Command;

/// `unshare` with these options. `None` where the system lends that to nobody, which is a failure where `SMARTS_CI` is
/// set.
///
/// # Panics
///
/// In that case.
pub fn unshare(options: &[&str]) -> Option<Command> {
    let is_lent =
        Command::new("unshare").args(options).arg("true").output().is_ok_and(|ran| ran.status.success());
    if is_lent {
        let mut command = Command::new("unshare");
        command.args(options);
        return Some(command);
    }
    assert!(std::env::var_os("SMARTS_CI").is_none(), "No user namespace is lent here");
    // Past what the tests' harness keeps for itself when they pass.
    let _ = std::io::stderr().write_all(b"SKIPPED: no user namespace is lent here\n");
    None
}
