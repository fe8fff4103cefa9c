//! The stub on Windows: an icon for what is new, the window in its place, and no trace where nothing is.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use smarts_tests::tree::Tree;

use super::pc;
use super::prefix::{PROGRAMS, Prefix, files};
use super::screen::{pixels, settle, shot, wait_for, windows};
use crate::made::{self, NEW, WAREHOUSE};

/// Where icons go; ended when dropped.
struct Area(Child);

impl Area {
    /// Of it what the window leaves uncovered.
    const PLACE: &str = "200x22+0+0";

    fn open() -> Self {
        let mut command = Command::new("trayer");
        let sizes = ["--width", "200", "--widthtype", "pixel", "--height", "48", "--heighttype", "pixel"];
        command.args(["--edge", "top", "--align", "left", "--transparent", "false", "--tint", "0xdddddd"]);
        let area = command.args(sizes).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        settle();
        Self(area)
    }
}

impl Drop for Area {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A PC with a source on its own drive.
fn pc_with(tree: &Tree) -> Prefix {
    let prefix = Prefix::with_programs();
    pc::lay_onto(&prefix, &pc::root(&pc::bases(), PLATFORM));
    let source = prefix.path(r"C:\source");
    std::fs::create_dir_all(&source).unwrap();
    for (path, bytes) in tree.files() {
        let path: PathBuf = source.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    prefix
}

const PLATFORM: &str = "3.3.46.29552";
const OPTIONS: [&str; 4] = ["--source", r"C:\source", "--lang", "ru"];

fn logged(prefix: &Prefix, what: &str) -> bool {
    let logs = files(&prefix.path(r"C:\users"), ".log");
    logs.iter().any(|path| std::fs::read_to_string(path).unwrap_or_default().contains(what))
}

/// In KiB, of all processes of this program; what Wine takes for itself is in it.
fn private_kib(program: &str) -> u64 {
    let found = Command::new("pgrep").args(["-f", program]).output().unwrap();
    let of = |process: &str| {
        let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).unwrap_or_default();
        let lines = rollup.lines().filter(|line| line.starts_with("Private_"));
        lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum()
    };
    String::from_utf8_lossy(&found.stdout).lines().map(of).max().unwrap_or_default()
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
#[expect(clippy::print_stdout, reason = "figures are for people")]
fn what_is_new_is_an_icon_until_the_window_that_the_protocol_opens_takes_over() {
    let prefix = pc_with(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let _area = Area::open();
    let without = pixels(Area::PLACE);
    let mut stub = prefix.start("SmartsTray.exe", &OPTIONS);
    wait_for("the icon", || (pixels(Area::PLACE) != without).then_some(()));
    settle();
    shot("icon");
    assert!(stub.try_wait().unwrap().is_none(), "the stub waits with its icon");
    let (ours, of_wine) = (private_kib("SmartsTray.exe"), private_kib("explorer.exe"));
    println!("stub waiting under Wine: {ours} KiB private, of Wine's own explorer: {of_wine} KiB");
    assert!(logged(&prefix, "There are no messages here"), "Wine has none: the icon alone does");

    // A second run of the task in this session leaves it to the first.
    let second = prefix.run(&format!(r"{PROGRAMS}\SmartsTray.exe"), &OPTIONS);
    assert_eq!(second.status, 0, "{second:?}");
    assert!(stub.try_wait().unwrap().is_none());

    // As a click on a message does, also tomorrow.
    let mut click = prefix.command("start", &["mobile-smarts-updater:show/13bee4fb"]);
    // Wine's Direct3D 12 takes the whole program with it where there is no Vulkan.
    let opened = click.env("WINEDLLOVERRIDES", "mscoree,mshtml,d3d12=").status().unwrap();
    assert!(opened.success(), "{opened:?}");
    wait_for("the window", || (windows() > 0).then_some(()));
    let ended = wait_for("the end of the stub", || stub.try_wait().unwrap());
    assert!(ended.success(), "{ended:?}");
    wait_for("the area without the icon", || (pixels(Area::PLACE) == without).then_some(()));
    shot("opened-by-protocol");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_stub_with_nothing_to_say_ends_and_leaves_nothing_on_the_screen() {
    let prefix = pc_with(&Tree::new().entry("Platform4", "").entry(WAREHOUSE, ""));
    let _area = Area::open();
    let without = pixels(Area::PLACE);
    let ran = prefix.run(&format!(r"{PROGRAMS}\SmartsTray.exe"), &OPTIONS);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    assert_eq!(pixels(Area::PLACE), without);
}
