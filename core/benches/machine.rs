//! Reading a machine: to reach are 10,000 bases in a second, and a cost that grows with their number.

use std::hint::black_box;
use std::io;
use std::time::{Duration, SystemTime};

use criterion::{BenchmarkId, Criterion, Throughput};
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_tests::machine_root::{self as pc, BaseSpec};

fn machine_root(bases: usize, folders_in_upper_case: bool) -> io::Result<pc::MachineRoot> {
    let specs: Vec<BaseSpec> = (0..bases)
        .map(|number| {
            let last_seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
            BaseSpec {
                tag: Some("UT103".to_owned()),
                devices: vec![(format!("CT40-{number}"), last_seen)],
                ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}"))
            }
        })
        .collect();
    let pc = pc::MachineRoot::new()?.platform("3.3.46.29552")?.bases(&specs)?;
    if folders_in_upper_case {
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
    for (name, folders_in_upper_case) in [("as listed", false), ("in another case", true)] {
        for bases in [1_000, 10_000] {
            let pc = machine_root(bases, folders_in_upper_case)?;
            let os = MachineRoot::open(pc.path())?;
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
