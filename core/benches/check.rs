//! A check of 40 products and the platform against a site on loopback, with nothing kept from an earlier
//! check and with everything kept: then every request is to be answered with 304.

use std::error::Error;
use std::hint::black_box;

use criterion::Criterion;
use jiff::Timestamp;
use smarts_core::check::{self, Request};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_core::source::Source;
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};
use tokio::runtime::Runtime;

const PRODUCTS: usize = 40;

fn product(number: usize) -> String {
    format!("9B3E6ADA-0000-4000-8000-{number:012}")
}

/// Each product with a base on the former release.
fn machine_root() -> Result<pc::MachineRoot, Box<dyn Error>> {
    let base = |number| BaseSpec {
        product_id: Some(product(number)),
        version: Some("1.6.2.6493".to_owned()),
        ..BaseSpec::new(&format!("base-{number}"), &format!("База {number}"))
    };
    let specs: Vec<BaseSpec> = (0..PRODUCTS).map(base).collect();
    Ok(pc::MachineRoot::new()?.platform("3.3.46.29552")?.bases(&specs)?)
}

fn tree() -> Tree {
    let platform = Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552").language("ru"));
    (0..PRODUCTS).fold(platform, |tree, number| {
        let versions = ["1.6.2.6493", "1.6.3.7283"];
        let described = |version| TreeRelease::new(version).language("ru");
        versions.iter().fold(tree, |tree, version| tree.release(&product(number), described(version)))
    })
}

#[expect(clippy::print_stdout, reason = "the numbers are what a benchmark is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut criterion = Criterion::default().configure_from_args();
    let pc = machine_root()?;
    let machine = machine::read(&MachineRoot::open(pc.path())?);
    let site = Site::serve(&tree())?;
    let runtime = Runtime::new()?;
    let http = Http::new(&HttpOptions::default())?;
    let check = |cache_dir: &std::path::Path| -> Result<check::Report, Box<dyn Error>> {
        let source = Source::open(&site.root(), &http, cache_dir)?;
        let request = Request {
            machine: &machine,
            source: &source,
            language: "ru",
            machine_id: "pc",
            only: None,
            up_to: None,
            now: Timestamp::UNIX_EPOCH,
        };
        Ok(runtime.block_on(check::check(&request, &|_| ()))?)
    };

    let kept = tempfile::tempdir()?;
    check(kept.path())?;
    let first = site.seen().len();
    site.forget();
    let report = check(kept.path())?;
    let unchanged = site.seen();
    let not_modified = unchanged.iter().filter(|request| request.status == 304).count();
    println!(
        "{} items; first check: {first} requests; unchanged: {} requests, {not_modified} answered with 304",
        report.items.len(),
        unchanged.len()
    );

    let mut group = criterion.benchmark_group("check 40 products");
    group.bench_function("first", |bencher| {
        bencher.iter_batched(
            tempfile::tempdir,
            |dir| dir.map(|dir| black_box(check(dir.path()).is_ok())),
            criterion::BatchSize::PerIteration,
        );
    });
    group.bench_function("unchanged", |bencher| bencher.iter(|| black_box(check(kept.path()).is_ok())));
    group.finish();
    criterion.final_summary();
    Ok(())
}
