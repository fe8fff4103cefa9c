//! Start, memory and sizes of the installed programs. Printed, and compared by people: the machine differs.

use std::time::Instant;

use super::prefix::{PROGRAMS, Prefix};
use super::screen::{settle, shot, wait_for, windows};

const TITLE: &str = "Обновления Mobile SMARTS";

/// Memory of the process whose command line holds this, in KiB: resident, and of that private.
fn memory(program: &str) -> Option<(u64, u64)> {
    let processes = std::fs::read_dir("/proc").ok()?;
    let found = processes.filter_map(Result::ok).find(|process| {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).split('\0').next().is_some_and(|first| first.ends_with(program))
    })?;
    let text = std::fs::read_to_string(found.path().join("smaps_rollup")).ok()?;
    let number = |name: &str| -> u64 {
        let lines = text.lines().filter(|line| line.starts_with(name));
        lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum()
    };
    Some((number("Rss:"), number("Private_Clean:") + number("Private_Dirty:")))
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
#[expect(clippy::print_stdout, reason = "figures are for people")]
fn start_memory_and_sizes_are_printed() {
    let prefix = Prefix::with_programs();
    for program in ["MobileSMARTSUpdater.exe", "smarts.exe", "SmartsTray.exe"] {
        let bytes = std::fs::metadata(prefix.path(&format!(r"{PROGRAMS}\{program}"))).unwrap().len();
        println!("{program}: {:.2} MiB", bytes as f64 / 1_048_576.0);
    }
    let begun = Instant::now();
    let listed = prefix.smarts(&["list", "--json"]);
    assert_eq!(listed.status, 0, "{listed:?}");
    println!("smarts list, Wine's own start included: {} ms", begun.elapsed().as_millis());
    let begun = Instant::now();
    // Wine's Direct3D needs Vulkan, which a machine for tests hardly has.
    let args = ["--demo", "--lang", "ru", "--theme", "light", "--renderer", "opengl"];
    let mut window = prefix.start("MobileSMARTSUpdater.exe", &args);
    wait_for("the window", || (windows(TITLE) > 0).then_some(()));
    println!("window on the screen: {} ms", begun.elapsed().as_millis());
    settle();
    settle();
    shot("demo");
    if let Some((resident, private)) = memory("MobileSMARTSUpdater.exe") {
        println!("window's memory: {resident} KiB resident, {private} KiB private");
    }
    window.kill().unwrap();
    window.wait().unwrap();
}
