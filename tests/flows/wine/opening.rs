//! Opening the window: with what it is drawn, and that there is one of it.

use std::process::{Child, Command, Stdio};

use super::prefix::{PROGRAMS, Prefix};
use super::screen::{settle, shot, wait_for, windows};

const RECORD: &str = "window-start.json";

/// What the window's record of its starts says.
fn record(prefix: &Prefix) -> Option<serde_json::Value> {
    let path = super::prefix::files(&prefix.path(r"C:\users"), RECORD).pop()?;
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// The window as the shortcut starts it, with Direct3D 12 of Wine or without.
fn start(prefix: &Prefix, has_direct3d: bool) -> Child {
    let program = format!(r"{PROGRAMS}\MobileSMARTSUpdater.exe");
    let source = prefix.path(r"C:\no-source").display().to_string();
    let mut command: Command = prefix.command(&program, &["--source", &source, "--lang", "ru"]);
    if !has_direct3d {
        command.env("WINEDLLOVERRIDES", "mscoree,mshtml,d3d12=");
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn end(mut window: Child) {
    window.kill().unwrap();
    window.wait().unwrap();
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn without_direct3d_the_same_start_goes_on_with_opengl() {
    let prefix = Prefix::with_programs();
    let window = start(&prefix, false);
    wait_for("the window", || (windows() > 0).then_some(()));
    let opened = wait_for("the record of the start", || {
        record(&prefix).filter(|record| record["finished"] == serde_json::Value::Bool(true))
    });
    assert_eq!(opened["renderer"], "opengl", "{opened}");
    end(window);
}

/// Wine's Direct3D 12 takes the whole program with it where there is no Vulkan. Elsewhere the first start
/// opens, which is as good.
#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_renderer_that_took_the_program_with_it_is_not_tried_first_again() {
    let prefix = Prefix::with_programs();
    let mut first = start(&prefix, true);
    let opened = wait_for("the window or its end", || match first.try_wait().unwrap() {
        Some(_) => Some(false),
        None => (windows() > 0).then_some(true),
    });
    if opened {
        end(first);
        return;
    }
    let window = start(&prefix, true);
    wait_for("the window of the second start", || (windows() > 0).then_some(()));
    let opened = wait_for("the record of the start", || {
        record(&prefix).filter(|record| record["finished"] == serde_json::Value::Bool(true))
    });
    assert_eq!(
        (&opened["renderer"], &opened["crashed"][0]),
        (&"opengl".into(), &"direct3d".into()),
        "{opened}"
    );
    end(window);
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_second_start_leaves_the_first_window_alone_on_the_screen() {
    let prefix = Prefix::with_programs();
    let first = start(&prefix, false);
    wait_for("the window", || (windows() > 0).then_some(()));
    settle();
    let mut second = start(&prefix, false);
    let status = wait_for("the end of the second start", || second.try_wait().unwrap());
    assert_eq!((status.code(), windows()), (Some(0), 1));
    shot("second-start");
    end(first);
}
