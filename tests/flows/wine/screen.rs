//! The screen: looking at the window, pressing its buttons, and waiting for what comes of it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// What the window is called, in either language.
const TITLE: &str = "Обновления Mobile SMARTS|Mobile SMARTS updates";
/// How often it is looked, and how long at most.
const EVERY: Duration = Duration::from_millis(200);
const AT_MOST: u32 = 300;

/// Looks five times a second, for at most a minute.
///
/// # Panics
/// If it does not come.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..AT_MOST {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(EVERY);
    }
    shot("failed");
    panic!("{what} did not come within a minute");
}

/// Presses what is at this place of the screen.
pub(crate) fn click(x: u32, y: u32) {
    let (x, y) = (x.to_string(), y.to_string());
    assert!(Command::new("xdotool").args(["mousemove", &x, &y, "click", "1"]).status().unwrap().success());
}

/// Lets what was pressed or has arrived come to the screen.
pub(crate) fn settle() {
    std::thread::sleep(Duration::from_millis(1500));
}

/// How many windows of the program are on the screen.
pub(crate) fn windows() -> usize {
    let found = Command::new("xdotool").args(["search", "--onlyvisible", "--name", TITLE]).output().unwrap();
    String::from_utf8_lossy(&found.stdout).lines().count()
}

/// Keeps a picture of the screen.
pub(crate) fn shot(name: &str) {
    let dir = super::prefix::given("SMARTS_SCREENSHOTS");
    let path = Path::new(&dir).join(format!("windows-{name}.png"));
    let _ = Command::new("import").args(["-window", "root"]).arg(path).status();
}

/// What a part of the screen (`WxH+X+Y`) shows.
pub(crate) fn pixels(part: &str) -> Vec<u8> {
    let mut command = Command::new("import");
    let ran = command.args(["-window", "root", "-crop", part, "-depth", "8", "rgb:-"]).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    ran.stdout
}
