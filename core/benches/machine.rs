//! Reading a machine, and what its bases hand out to devices: to reach are 10,000 bases in a second, and a cost that grows
//! with their number.

use std::hint::black_box;
use std::io;
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion, Throughput};
use smarts_core::devices::overview;
use smarts_core::machine::{self, Base};
use smarts_core::os::MachineRoot;
use smarts_tests::apk::ApkBuilder;
use smarts_tests::machine_root::{self as pc, BaseSpec};

/// What the bases are like.
#[derive(Clone, Copy, PartialEq)]
enum Bases {
    AsListed,
    /// Their folders are spelled otherwise than the list has them.
    InUpperCase,
    /// The folder of a device has a file that says what it runs, and which app.
    WithWordsOfDevices,
}

fn machine_root(bases: usize, like: Bases) -> io::Result<pc::MachineRoot> {
    let specs: Vec<BaseSpec> = (0..bases)
        .map(|number| {
            let last_seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
            let device = format!("CT40-{number}");
            let words = (
                format!("Connections/{device}/device.xml"),
                "<device><os>Android 11</os><clientVersion>3.3.0.28766</clientVersion></device>".into(),
            );
            BaseSpec {
                tag: Some("UT103".to_owned()),
                devices: vec![(device, last_seen)],
                files: if like == Bases::WithWordsOfDevices { vec![words] } else { Vec::new() },
                ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}"))
            }
        })
        .collect();
    let pc = pc::MachineRoot::new()?.platform("3.3.46.29552")?.bases(&specs)?;
    if like == Bases::InUpperCase {
        for spec in &specs {
            let dir = pc.locate(&spec.folder);
            std::fs::rename(&dir, dir.with_file_name(spec.id.to_uppercase()))?;
        }
    }
    Ok(pc)
}

/// What the bases hand out, with one app staged in each: read as often as the tab of the devices is opened.
fn staged(criterion: &mut Criterion) -> Result<(), Box<dyn std::error::Error>> {
    let package = ApkBuilder::new("3.4.0.46990").build()?;
    let files = [
        ("versions.xml", b"<versions><version name='3.4.0.46990'/></versions>".to_vec()),
        ("3.4.0.46990/update.xml", b"<update file='app.apk'/>".to_vec()),
        ("3.4.0.46990/app.apk", package),
    ];
    let files = files.map(|(path, bytes)| (format!("Update/Android/{path}"), bytes));
    let mut group = criterion.benchmark_group("read what is staged");
    group.sample_size(10);
    for bases in [1_000, 10_000] {
        let base = |number| BaseSpec {
            files: files.to_vec(),
            ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}"))
        };
        let specs: Vec<BaseSpec> = (0..bases).map(base).collect();
        let pc = pc::MachineRoot::new()?.platform("3.3.46.29552")?.bases(&specs)?;
        let machine = machine::read(&MachineRoot::open(pc.path())?);
        let read = || overview::read_staged(&machine);
        assert_eq!(read().values().filter(|staged| staged.newest().is_some()).count(), bases);
        group.throughput(Throughput::Elements(bases as u64));
        group
            .bench_function(BenchmarkId::from_parameter(bases), |bencher| bencher.iter(|| black_box(read())));
    }
    group.finish();
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("read a machine");
    group.sample_size(10);
    let cases = [
        ("as listed", Bases::AsListed),
        ("in another case", Bases::InUpperCase),
        ("with words of devices", Bases::WithWordsOfDevices),
    ];
    for (name, like) in cases {
        for bases in [1_000, 10_000] {
            let pc = machine_root(bases, like)?;
            let os = MachineRoot::open(pc.path())?;
            let device = |base: &Base| base.devices.iter().any(|device| device.app.is_some());
            let tells = machine::read(&os).bases.iter().filter(|base| device(base)).count();
            assert_eq!(tells, if like == Bases::WithWordsOfDevices { bases } else { 0 });
            group.throughput(Throughput::Elements(bases as u64));
            group.bench_function(BenchmarkId::new(name, bases), |bencher| {
                bencher.iter(|| black_box(machine::read(&os)));
            });
        }
    }
    group.finish();
    staged(&mut criterion)?;
    criterion.final_summary();
    Ok(())
}
