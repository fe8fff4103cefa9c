//! Bases on small disks.

use std::io::Write as _;
use std::process::Command;

use super::setup::{Pc, Run, template};

/// An update in a world where the base lies on a disk of 200 KiB; `None` where the system lends that to nobody, which
/// is a failure where `SMARTS_CI` is set.
fn on_small_disk(pc: &Pc) -> Option<Run> {
    let (outer, options) = ("unshare", ["--user", "--map-root-user", "--mount"]);
    let is_lent =
        Command::new(outer).args(options).arg("true").output().is_ok_and(|ran| ran.status.success());
    if !is_lent {
        assert!(std::env::var_os("SMARTS_CI").is_none(), "No user namespace is lent here");
        // Past what the tests' harness keeps for itself when they pass.
        let skipped = b"SKIPPED: no user namespace is lent here, so there is no small disk to test with\n";
        std::io::stderr().write_all(skipped).unwrap();
        return None;
    }
    let base = pc.base_dir();
    let (base, kept) = (base.to_str().unwrap(), pc.root().join("kept"));
    let kept = kept.to_str().unwrap();
    let script = format!(
        "cp -a \"{base}\" \"{kept}\" && mount -t tmpfs -o size=200k small \"{base}\" && cp -a \"{kept}/.\" \"{base}/\" && \
         {{ \"$@\"; rm -rf \"{kept}\"; cp -a \"{base}\" \"{kept}\"; }}"
    );
    let update = pc.command(&[pc.template(), super::setup::TO], 0);
    let mut command = Command::new(outer);
    command.args(options).args(["sh", "-c", &script, "sh"]).arg(update.get_program()).args(update.get_args());
    Some(Run::of(command.output().unwrap()))
}

#[test]
fn a_disk_that_fills_up_while_files_are_laid_ready_changes_nothing() {
    let pc = Pc::with(&template().file("Documentation/large.bin", noise(300_000)));
    let before = pc.content();
    let Some(run) = on_small_disk(&pc) else { return };
    assert!(run.last().starts_with("failed Template is not used: Failed to unpack"), "{run:?}");
    assert!(run.last().ends_with("NothingChanged"), "{run:?}");
    // What was on the small disk.
    std::fs::remove_dir_all(pc.base_dir()).unwrap();
    std::fs::rename(pc.root().join("kept"), pc.base_dir()).unwrap();
    assert_eq!(pc.content(), before);
    pc.assert_nothing_left("without room");
}

/// What does not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..length).map(|_| next()).collect()
}
