//! Opening the history: a year of a busy PC, 100,000 records of the Application log in an exported file, within a
//! second; of these a tenth of Windows Installer, and a twenty-fifth of that about Mobile SMARTS.

use std::hint::black_box;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput};
use jiff::{SignedDuration, Timestamp};
use smarts_core::history::filter::Filter;
use smarts_core::history::ours::Ours;
use smarts_core::history::{self, Log, Request};
use smarts_core::os::Linux;
use smarts_tests::evtx::{self, Event};
use tokio_util::sync::CancellationToken;

const FOREIGN_CODE: &str = "{0b1f4f3c-9a5e-4e0e-9d3a-3a4ad6c20a11}";
const CODE: &str = "{bf7c4f82-88e1-4d25-bf36-4b7d841330ea}";

/// A year of records; of every ten one belongs to Windows Installer.
fn year(records: i64) -> impl Iterator<Item = Event> {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 55);
    let step = SignedDuration::from_secs(365 * 24 * 3600 / records);
    (0..records).map(move |n| {
        let ours = n / 40 % 25 == 0;
        let foreign = ("Office 16 Click-to-Run Extensibility", "Microsoft Corporation", FOREIGN_CODE);
        let (name, company, code) = if ours { ("Mobile SMARTS", "Cleverence Soft", CODE) } else { foreign };
        // The four records of an installation are written within seconds.
        let time = |n: i64| start + step * i32::try_from(n).unwrap_or(0);
        let of_installation = |after: i64| time(n / 40 * 40) + SignedDuration::from_secs(after);
        let package = [r"C:\Windows\Temp\setup.msi", "4711"];
        match n % 40 {
            0 => Event::installer(of_installation(0), 1040, &package, None),
            1 => {
                let text = format!("Product: {name} -- Installation completed successfully.");
                Event::installer(of_installation(1), 11707, &[&text], Some(code))
            }
            2 => {
                let strings = [name, "3.4.46.40367", "1049", "0", company];
                Event::installer(of_installation(2), 1033, &strings, Some(code))
            }
            3 => Event::installer(of_installation(3), 1042, &package, None),
            _ => Event {
                strings: vec!["explorer.exe".to_owned(), "10.0.19041.4522".to_owned(), "x".repeat(200)],
                ..Event::new(time(n), if n % 2 == 0 { "Application Error" } else { "ESENT" }, 1000)
            },
        }
    })
}

/// Reads all of it; gives how many entries came out.
fn open(path: &Path, with_foreign: bool) -> usize {
    let filter = Filter { with_foreign, ..Filter::default() };
    let (ours, cancel) = (Ours::default(), CancellationToken::new());
    let request = Request {
        os: &Linux,
        log: Log::File(path),
        journal: &[],
        ours: &ours,
        filter: &filter,
        cancel: &cancel,
    };
    let mut count = 0;
    let read = history::read(&request, &mut |entry| {
        black_box(entry);
        count += 1;
        ControlFlow::Continue(())
    });
    read.map_or(0, |_| count)
}

fn main() -> io::Result<()> {
    let dir = tempfile::tempdir()?;
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("open the history");
    group.sample_size(10);
    for records in [10_000, 100_000] {
        let path = dir.path().join(format!("{records}.evtx"));
        evtx::write(&path, year(records))?;
        group.throughput(Throughput::Elements(records.unsigned_abs()));
        for (name, with_foreign) in [("ours", false), ("with foreign software", true)] {
            group.bench_function(BenchmarkId::new(name, records), |bencher| {
                bencher.iter(|| black_box(open(&path, with_foreign)));
            });
        }
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}
