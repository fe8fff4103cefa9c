//! Judging by subscriptions: a cost that grows with the number of bases, also where every base has a device of its
//! own, every device a record, and a tenth of them are written off.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use jiff::Zoned;
use smarts_core::catalogue::{Catalogue, Feed, Release};
use smarts_core::machine::{AppLinks, Base, Device, Kind, Machine};
use smarts_core::offer::{self, Catalogues};
use smarts_core::subscription::{Record, Subscriptions, WrittenOff};

const PRODUCT: &str = "9B3E6ADA-51F7-4F0C-9D2E-0A5B8B1C7E01";

fn base(number: usize, now: &Zoned) -> Base {
    Base {
        id: format!("base-{number}"),
        name: format!("База {number}"),
        comment: None,
        folder: format!(r"C:\Bases\{number}"),
        dir: None,
        kind: Kind::Local,
        product_id: Some(PRODUCT.to_owned()),
        product: "Склад 15, Расширенный".to_owned(),
        version: "1.6.2.6493".parse().ok(),
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: None,
        support_link: None,
        app_links: AppLinks::default(),
        tag: None,
        devices: vec![Device {
            id: format!("CT40-{number}"),
            last_seen: Some(now.timestamp()),
            ..Device::default()
        }],
        devices_incomplete: false,
    }
}

fn release(feed: &Feed, version: &str, date: &str) -> Result<Release, Box<dyn std::error::Error>> {
    Ok(Release {
        feed: feed.clone(),
        version: version.parse()?,
        date: Some(date.parse()?),
        notes: String::new(),
        file: None,
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: true,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let now: Zoned = "2026-11-22T12:40[UTC]".parse()?;
    let feed = Feed::named(PRODUCT).ok_or("no feed")?;
    let releases =
        vec![release(&feed, "1.6.3.7283", "2025-10-29")?, release(&feed, "1.6.3.6708", "2025-07-25")?];
    let catalogues: Catalogues =
        std::iter::once((feed, Ok(Catalogue { releases, ..Catalogue::default() }))).collect();
    let mut group = criterion.benchmark_group("judge by subscriptions");
    group.sample_size(10);
    for bases in [1_000, 10_000] {
        let machine =
            Machine { bases: (0..bases).map(|number| base(number, &now)).collect(), ..Machine::default() };
        let record = |number| Record::of(&format!("ct40-{number}"), "Склад 15", "2025-09-01", "", "");
        let off = |number: usize| WrittenOff { device: format!("CT40-{}", number * 10), day: now.date() };
        let known = Subscriptions {
            records: (0..bases).map(record).collect::<Result<_, _>>()?,
            written_off: (0..bases / 10).map(off).collect(),
            ..Subscriptions::nothing("KASSA-1")
        };
        let items = offer::offers(&machine, &catalogues, "pc");
        group.throughput(Throughput::Elements(bases as u64));
        group.bench_function(BenchmarkId::new("bases", bases), |bencher| {
            bencher.iter_batched(
                || items.clone(),
                |mut items| {
                    offer::refit(&mut items, &machine, &known.facts(&machine, &now));
                    black_box(items)
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}
