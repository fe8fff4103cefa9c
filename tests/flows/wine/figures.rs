//! Start, memory and sizes of the installed programs. Printed, and compared by people: the machine differs.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::prefix::{PROGRAMS, Prefix, given};
use super::screen::{settle, shot, wait_for, windows};

/// The process that runs this program, below `/proc`.
fn process(program: &str) -> Option<PathBuf> {
    let processes = std::fs::read_dir("/proc").ok()?;
    let found = processes.filter_map(Result::ok).find(|process| {
        let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).split('\0').next().is_some_and(|first| first.ends_with(program))
    });
    found.map(|process| process.path())
}

/// Processor time used so far.
fn ticks(process: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(process.join("stat")).ok()?;
    // The name stands in parentheses and may hold spaces; 14th and 15th of all.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Memory in KiB: resident, and of that private.
fn memory(process: &Path) -> Option<(u64, u64)> {
    let text = std::fs::read_to_string(process.join("smaps_rollup")).ok()?;
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
    let to_reach = [("MobileSMARTSUpdater.exe", "18"), ("smarts.exe", "none named"), ("SmartsTray.exe", "1")];
    for (program, to_reach) in to_reach {
        let bytes = std::fs::metadata(prefix.path(&format!(r"{PROGRAMS}\{program}"))).unwrap().len();
        println!("{program}, to reach {to_reach}: {:.2} MiB", bytes as f64 / 1_048_576.0);
    }
    let bytes = std::fs::metadata(given("SMARTS_MSI")).unwrap().len();
    println!("package, to reach 12: {:.2} MiB", bytes as f64 / 1_048_576.0);
    let begun = Instant::now();
    let stub = prefix.run(&format!(r"{PROGRAMS}\SmartsTray.exe"), &["--source", r"C:\none"]);
    println!("stub and its check, ended with {}: {} ms", stub.status, begun.elapsed().as_millis());
    let begun = Instant::now();
    let listed = prefix.smarts(&["list", "--json"]);
    assert_eq!(listed.status, 0, "{listed:?}");
    println!("smarts list, Wine's own start included: {} ms", begun.elapsed().as_millis());
    let begun = Instant::now();
    // Wine's Direct3D needs Vulkan, which a machine for tests hardly has.
    let args = ["--demo", "--lang", "ru", "--theme", "light", "--renderer", "opengl"];
    let mut window = prefix.start("MobileSMARTSUpdater.exe", &args);
    wait_for("the window", || (windows() > 0).then_some(()));
    println!(
        "window on the screen, to reach 500 without Wine's own start: {} ms",
        begun.elapsed().as_millis()
    );
    settle();
    settle();
    shot("demo");
    let process = process("MobileSMARTSUpdater.exe").expect("the window's process");
    let (resident, private) = memory(&process).expect("its memory");
    println!("window's memory, to reach: none named: {resident} KiB resident, {private} KiB private");
    let before = ticks(&process).expect("its time");
    settle();
    settle();
    let used = ticks(&process).expect("its time") - before;
    println!("idle window, to reach 0.0 %: {used} ticks of 10 ms in 3 s");
    window.kill().unwrap();
    window.wait().unwrap();
}
