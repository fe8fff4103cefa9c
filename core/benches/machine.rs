//! Reading a machine: to reach are 10,000 bases in a second, and a cost that grows with their number.

use std::hint::black_box;
use std::io;
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion, Throughput};
use smarts_core::machine::{self, Base};
use smarts_core::os::MachineRoot;
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
    criterion.final_summary();
    Ok(())
}
