//! An update of a base from a template, beside `cp -a` of the tree in the template. Run by
//! `cargo bench -p smarts-core --bench apply`; `FILES` and `SIZE_MIB` in the environment for the base (20000 and 2048 for
//! a large one), `NEW_FILES` and `NEW_MIB` for the template, `TMPDIR` for another disk. Linux.
//!
//! `cp` leaves its files waiting in memory; ours are forced to the disk before the first rename, so `cp -a` is told
//! with and without `sync`. The copy of the base, which `backup` measures, is told apart from the rest. Half of the
//! files of the template replace files of the base, and the others come in new folders.

#![allow(clippy::panic, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark is no product")]

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use smarts_core::apply::{self, Context, Outcome};
use smarts_core::backup::Copies;
use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::digest::Digest;
use smarts_core::download::Downloaded;
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_core::paths::Paths;
use smarts_core::plan::{Package, Plan, PlanSubject, TemplatePlan};
use smarts_core::source::Trust;
use smarts_core::subscription::Subscriptions;
use smarts_core::switch::Checkpoint;
use smarts_core::verify::{self, Rules};
use smarts_tests::machine_root::{self, BaseSpec};
use smarts_tests::template::{TemplateBuilder, app_description};
use tokio_util::sync::CancellationToken;

const RUNS: usize = 3;
const MIB: usize = 1024 * 1024;
const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const NAME: &str = "Склад 15, Расширенный";
const FROM: &str = "1.6.2.6493";
const TO: &str = "1.6.3.7283";

/// How long the stages took.
struct Took {
    /// Examined once more and taken out of the template.
    unpacked: Duration,
    /// Forced to the disk.
    forced: Duration,
    copied: Duration,
    /// Looked at again, recorded and renamed.
    switched: Duration,
    /// Read again, told, and removed what was replaced.
    cleaned: Duration,
}

fn main() {
    let number = |name: &str, default| std::env::var(name).map_or(default, |text| text.parse().unwrap());
    let (files, size_mib) = (number("FILES", 1000), number("SIZE_MIB", 64));
    let (new_files, new_mib) = (number("NEW_FILES", files / 5), number("NEW_MIB", size_mib / 8));
    let spec = BaseSpec { version: Some(FROM.to_owned()), ..BaseSpec::new("a", "База") };
    let root =
        machine_root::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&spec).unwrap();
    let base_dir = root.locate(&spec.folder);
    for (path, bytes) in tree(files, size_mib * MIB) {
        write(&base_dir, &path, &bytes);
    }
    let mut template = TemplateBuilder::of_product(PRODUCT, NAME, TO)
        .on_update(&[], &["AppDescription.xml", "Documents", "New"]);
    let plain = root.path().join("plain");
    for (number, (path, bytes)) in tree(new_files, new_mib * MIB).enumerate() {
        let path = if number % 2 == 0 { path } else { path.replacen("Documents", "New", 1) };
        write(&plain, &path, &bytes);
        template = template.file(&path, bytes);
    }
    let package = root.path().join("new.mstmpl");
    template.write_to(&package).unwrap();
    drop(template);

    let (mut cp, mut cp_synced, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        sync();
        let begin = Instant::now();
        let to = root.path().join("by cp");
        assert!(Command::new("cp").arg("-a").arg(&plain).arg(&to).status().unwrap().success());
        cp.push(begin.elapsed());
        sync();
        cp_synced.push(begin.elapsed());
        fs::remove_dir_all(to).unwrap();
        sync();
        ours.push(update(root.path(), &package));
        fs::remove_dir_all(base_dir.join("New")).unwrap();
        fs::write(base_dir.join("AppDescription.xml"), app_description(PRODUCT, NAME, FROM)).unwrap();
    }
    let median = |of: fn(&Took) -> Duration| median(ours.iter().map(of).collect());
    let (cp, cp_synced) = (self::median(cp), self::median(cp_synced));
    println!("base of {files} files, {size_mib} MiB; template of {new_files} files, {new_mib} MiB");
    println!("cp -a of the template's tree: {cp:.3?}, with sync {cp_synced:.3?}");
    println!("unpacked: {:.3?}", median(|took| took.unpacked));
    println!("forced to the disk: {:.3?}", median(|took| took.forced));
    println!("copied and checked: {:.3?}", median(|took| took.copied));
    println!("switched: {:.3?}", median(|took| took.switched));
    println!("read again and cleaned: {:.3?}", median(|took| took.cleaned));
    let without_copy = median(|took| took.unpacked + took.forced + took.switched + took.cleaned);
    println!(
        "without the copy: {without_copy:.3?}, {:.2} of cp -a with sync",
        ratio(without_copy, cp_synced)
    );
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn sync() {
    assert!(Command::new("sync").status().unwrap().success());
}

fn update(root: &Path, package: &Path) -> Took {
    let os = MachineRoot::open(root).unwrap();
    let paths = Paths::below(&os, &root.join("person"));
    let plan = plan(&os, package);
    let copies = Copies::default();
    let reached: [Cell<Duration>; 4] = Default::default();
    let begin = Instant::now();
    let context = Context {
        os: &os,
        paths: &paths,
        clock: &|| jiff::Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        copies: &copies,
        subscriptions: Box::new(|| Subscriptions::nothing("PC")),
        witness: &|_| (),
        finisher: None,
        checkpoint: &|checkpoint| match checkpoint {
            Checkpoint::Staged(_) => reached[0].set(begin.elapsed()),
            Checkpoint::Synced => reached[1].set(begin.elapsed()),
            Checkpoint::Copied => reached[2].set(begin.elapsed()),
            Checkpoint::Turned => reached[3].set(begin.elapsed()),
            _ => {}
        },
    };
    let outcome = apply::run(&context, plan, &mut |_| (), &CancellationToken::new());
    let all = begin.elapsed();
    let Outcome::Bases(outcome) = outcome else { panic!("{outcome:?}") };
    assert!(outcome.failed.is_none(), "{outcome:?}");
    fs::remove_dir_all(&paths.backup_dir).unwrap();
    let [first, second, third, fourth] = reached.each_ref().map(Cell::get);
    Took {
        unpacked: first,
        forced: second.saturating_sub(first),
        copied: third.saturating_sub(second),
        switched: fourth.saturating_sub(third),
        cleaned: all.saturating_sub(fourth),
    }
}

fn plan(os: &MachineRoot, package: &Path) -> Plan {
    let name = package.file_name().unwrap().to_str().unwrap().to_owned();
    let file = ReleaseFile {
        location: FileLocation::InSource(name.clone()),
        name,
        size: None,
        sha256: Some(Digest::of(&fs::read(package).unwrap())),
        sha512: None,
        publisher: None,
    };
    let rules = Rules {
        source_trust: Trust::Https,
        accept_unproved: false,
        expected_publisher: None,
        resigned_by: None,
    };
    let verified = verify::verify(Downloaded::at_hand(package).unwrap(), &file, &rules, os).unwrap();
    let release = Release {
        feed: Feed::named("product").unwrap(),
        version: TO.parse().unwrap(),
        date: None,
        notes: String::new(),
        file: Some(file),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    };
    let packages = vec![Package { release, verified }];
    Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases: machine::read(os).bases }) }
}

/// Files of one size, a hundred to a folder, of bytes that do not compress.
fn tree(files: usize, bytes: usize) -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut state = 2_463_534_242_u32;
    let mut noise = move |count: usize| -> Vec<u8> {
        let words = (0..count.div_ceil(4)).flat_map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state.to_le_bytes()
        });
        words.take(count).collect()
    };
    (0..files).map(move |number| {
        (format!("Documents/{}/Документ {number}.xml", number / 100), noise(bytes / files))
    })
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path: PathBuf = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
