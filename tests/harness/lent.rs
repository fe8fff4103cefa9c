//! A world of its own, where a disk is small, a folder is another volume, or the person is not root.

use std::io::Write as _;
use std::path::Path;
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

/// A command in a world where `dir` lies on a disk of its own of that size, after `before` was done there. What is on it
/// in the end lies in `kept` afterwards.
///
/// # Panics
///
/// As [`unshare`].
pub fn on_small_disk(ours: &Command, dir: &Path, kept: &Path, size: &str, before: &str) -> Option<Command> {
    let mut command = unshare(&["--user", "--map-root-user", "--mount"])?;
    let (dir, kept) = (dir.display(), kept.display());
    let script = format!(
        "mkdir -p '{dir}' && cp -a '{dir}' '{kept}' && mount -t tmpfs -o size={size} small '{dir}' && \
         cp -a '{kept}/.' '{dir}/' && {{ {before} \"$@\"; rm -rf '{kept}'; cp -a '{dir}' '{kept}'; }}"
    );
    command.args(["sh", "-c", &script, "sh"]).arg(ours.get_program()).args(ours.get_args());
    Some(command)
}
