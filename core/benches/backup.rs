//! A copy of a base, made and checked, beside `cp -a` of the same tree. Run by
//! `cargo bench -p smarts-core --bench backup`; `FILES` and `SIZE_MIB` in the environment for another size (20000 and
//! 2048 for that of a large base), `DIR` for another disk, `COLD=1` to empty the page cache before each run, which
//! needs root. Linux.
//!
//! What is copied waits in memory to be written in either case: nobody forces it to the disk, and before each run what
//! is waiting is written. The tree has a few large files and many small ones.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark is no product")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use smarts_core::backup::{self, Stage, Taken, Why, Without};
use smarts_core::machine::{AppLinks, Base, Kind};
use smarts_core::os::Identity;
use tokio_util::sync::CancellationToken;

const RUNS: usize = 5;
const MIB: usize = 1024 * 1024;

/// How long the two stages took.
struct Ours {
    copied: Duration,
    all: Duration,
}

fn main() {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (files, size_mib) = (number("FILES", 1000), number("SIZE_MIB", 64));
    let is_cold = std::env::var_os("COLD").is_some();
    let dir = std::env::var_os("DIR").map_or_else(std::env::temp_dir, PathBuf::from);
    let dir = tempfile::tempdir_in(dir).unwrap();
    let base_dir = dir.path().join("base");
    make_base(&base_dir, files, size_mib * MIB);
    let before = || {
        assert!(Command::new("sync").status().unwrap().success());
        if is_cold {
            fs::write("/proc/sys/vm/drop_caches", "3").unwrap();
        }
    };

    let (mut theirs, mut copied, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        before();
        theirs.push(by_cp(&base_dir, &dir.path().join("by cp")));
        before();
        let ours = by_us(&base_dir, &dir.path().join("Backup"));
        copied.push(ours.copied);
        all.push(ours.all);
    }
    let (theirs, copied, all) = (median(theirs), median(copied), median(all));
    let share = |ours: Duration| theirs.as_secs_f64() / ours.as_secs_f64() * 100.0;
    println!("{files} files, {size_mib} MiB, {} cache", if is_cold { "cold" } else { "warm" });
    println!("cp -a: {theirs:.3?}");
    println!("copied: {copied:.3?}, {:.0} % of its speed (at least 80)", share(copied));
    println!("copied and checked: {all:.3?}, {:.0} % of its speed", share(all));
}

fn by_cp(base_dir: &Path, to: &Path) -> Duration {
    let begin = Instant::now();
    assert!(Command::new("cp").arg("-a").arg(base_dir).arg(to).status().unwrap().success());
    let took = begin.elapsed();
    fs::remove_dir_all(to).unwrap();
    took
}

fn by_us(base_dir: &Path, backups_dir: &Path) -> Ours {
    let by = Identity { user: "ivanov".into(), computer: "KASSA-1".into() };
    let at = "2026-11-22T12:40:05+03:00[Europe/Moscow]".parse().unwrap();
    let taken = Taken { at, by, why: Why::OnDemand, without: Without::nothing() };
    let begin = Instant::now();
    let mut copied = None;
    let mut progress = |progress: backup::Progress| {
        if progress.stage == Stage::Checking {
            copied.get_or_insert_with(|| begin.elapsed());
        }
    };
    let cancel = CancellationToken::new();
    let place = backup::Place { os: &smarts_core::os::Linux, dir: backups_dir };
    backup::create(place, &base(), base_dir, &taken, &mut progress, &cancel).unwrap();
    let all = begin.elapsed();
    fs::remove_dir_all(backups_dir).unwrap();
    Ours { copied: copied.unwrap(), all }
}

/// Half of the bytes in large files of 32 MiB, as far as there is room for one.
fn make_base(base_dir: &Path, files: usize, bytes: usize) {
    let large = (bytes / 2) / (32 * MIB);
    let small_bytes = (bytes - large * 32 * MIB) / (files - large);
    let mut state = 2_463_534_242_u32;
    let mut noise = |count: usize| -> Vec<u8> {
        let words = (0..count.div_ceil(4)).flat_map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()
        });
        words.take(count).collect()
    };
    for number in 0..files {
        let folder = base_dir.join(format!("Documents/{}", number / 100));
        fs::create_dir_all(&folder).unwrap();
        let size = if number < large { 32 * MIB } else { small_bytes };
        fs::write(folder.join(format!("Документ {number}.xml")), noise(size)).unwrap();
    }
}

fn base() -> Base {
    Base {
        id: "main".to_owned(),
        name: "Основной склад".to_owned(),
        comment: None,
        folder: r"C:\Bases\main".to_owned(),
        dir: None,
        kind: Kind::Local,
        product_id: None,
        product: "Склад 15".to_owned(),
        version: "1.6.2.6493".parse().ok(),
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: None,
        support_link: None,
        app_links: AppLinks::default(),
        tag: None,
        devices: Vec::new(),
        devices_incomplete: false,
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
