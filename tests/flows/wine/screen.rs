//! The screen: looking at the window, pressing its buttons, and waiting for what comes of it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use egui::Color32;
use smarts_updater::view::theme;

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

/// Presses the topmost button of this colour, filled or outlined, as soon as there is one. What lies behind
/// a dialog is veiled, so it has another colour.
///
/// # Panics
/// If none comes.
pub(crate) fn press(colour: Color32) {
    press_one(|| buttons(colour).first().copied());
}

/// As [`press`], the lowest one.
pub(crate) fn press_lowest(colour: Color32) {
    press_one(|| buttons(colour).last().copied());
}

fn press_one(mut find: impl FnMut() -> Option<(usize, usize)>) {
    settle();
    let (x, y) = wait_for("a button to press", &mut find);
    xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
}

/// Presses a key of the keyboard, by its name in X.
pub(crate) fn key(name: &str) {
    settle();
    xdotool(&["key", name]);
}

fn xdotool(arguments: &[&str]) {
    assert!(Command::new("xdotool").args(arguments).status().unwrap().success());
}

/// Where the buttons of this colour are, from top to bottom: what has a line of it both at its top and at its
/// bottom, which neither icons, bars nor coloured edges have.
fn buttons(colour: Color32) -> Vec<(usize, usize)> {
    const WIDTH: usize = 1280;
    const HEIGHT: usize = 900;
    /// No button is narrower, and its corners are round.
    const LINE: usize = 60;
    let shown = pixels(&format!("{WIDTH}x{HEIGHT}+0+0"));
    let wanted = [colour.r(), colour.g(), colour.b()];
    let height = theme::BUTTON_HEIGHT as usize;
    let line = |left: usize, y: usize| {
        shown[3 * (y * WIDTH + left)..][..3 * LINE].chunks_exact(3).all(|pixel| pixel == wanted)
    };
    let places = (0..HEIGHT - height).flat_map(|y| (0..WIDTH - LINE).map(move |x| (x, y)));
    let found = places.filter(|&(x, y)| line(x, y) && line(x, y + height - 1));
    found.map(|(left, top)| (left + LINE / 2, top + height / 2)).collect()
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
