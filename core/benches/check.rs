//! A check of 40 products and the platform against a site on loopback, with nothing kept from an earlier
//! check and with everything kept: then every request is to be answered with 304. The same signed: then an
//! unchanged source is to cost two requests. Linux, for the processor's time of a whole process.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use criterion::Criterion;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::check::{self, Request};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::machine;
use smarts_core::os::MachineRoot;
use smarts_core::source::{Anchor, Source};
use smarts_core::subscription::Subscriptions;
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::publisher::Publisher;
use smarts_tests::site::{Seen, Site};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const PRODUCTS: usize = 40;
/// Before the publisher's signatures expire.
const NOW: &str = "2026-11-22T12:00:00Z";
/// The child's part.
const CHILD: &str = "--one-check";

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

/// What a check asks of a site, and what for.
struct Bench {
    pc: pc::MachineRoot,
    runtime: Runtime,
    http: Http,
}

impl Bench {
    fn new(pc: pc::MachineRoot) -> Result<Self, Box<dyn Error>> {
        Ok(Self { pc, runtime: Runtime::new()?, http: Http::new(&HttpOptions::default())? })
    }

    fn check(
        &self,
        root: &str,
        dir: &Path,
        signed_by: Option<&[u8]>,
    ) -> Result<check::Report, Box<dyn Error>> {
        let now: Timestamp = NOW.parse()?;
        let mut source = Source::open(root, &self.http, dir)?;
        if let Some(root) = signed_by {
            let store_dir = dir.join("tuf");
            source = source.signed(Anchor { root: root.into(), store_dir, now, accept_expired: false });
        }
        let machine = machine::read(&MachineRoot::open(self.pc.path())?);
        let subscriptions = Subscriptions::nothing("pc");
        let request = Request {
            machine: &machine,
            source: &source,
            language: "ru",
            machine_id: "pc",
            only: None,
            up_to: None,
            subscriptions: &subscriptions.facts(&machine, &now.to_zoned(TimeZone::UTC)),
            now,
        };
        Ok(self.runtime.block_on(check::check(&request, &|_| ()))?)
    }
}

/// One check in a process of its own, from its start to its report; prints the processor's time.
#[expect(clippy::print_stdout, reason = "the number is what the process is for")]
fn child(root: &str, dir: &str, root_json: &str) -> Result<(), Box<dyn Error>> {
    let report = Bench::new(machine_root()?)?.check(root, Path::new(dir), Some(&fs::read(root_json)?))?;
    let mut nanoseconds = 0;
    for task in fs::read_dir("/proc/self/task")? {
        let text = fs::read_to_string(task?.path().join("schedstat"))?;
        nanoseconds += text.split(' ').next().unwrap_or_default().parse::<u64>()?;
    }
    println!("{} items, {:.1} ms of the processor", report.items.len(), nanoseconds as f64 / 1e6);
    Ok(())
}

/// The same tree signed: what an unchanged source costs.
#[expect(clippy::print_stdout, reason = "the numbers are what a benchmark is for")]
fn signed(bench: &Bench, site: &Site) -> Result<(TempDir, Vec<u8>), Box<dyn Error>> {
    let publisher = Publisher::new();
    publisher.put_on(site, &tree());
    let (kept, root) = (tempfile::tempdir()?, publisher.root_json());
    site.forget();
    bench.check(&site.root(), kept.path(), Some(&root))?;
    let first = site.seen();
    site.forget();
    let report = bench.check(&site.root(), kept.path(), Some(&root))?;
    let unchanged = site.seen();
    let bytes = |seen: &[Seen]| seen.iter().map(|seen| seen.sent).sum::<usize>();
    println!(
        "signed: {} items; first check: {} requests, {} bytes; unchanged: {} requests, {} bytes",
        report.items.len(),
        first.len(),
        bytes(&first),
        unchanged.len(),
        bytes(&unchanged)
    );
    let root_json = kept.path().join("root.json");
    fs::write(&root_json, &root)?;
    for _ in 0..3 {
        let arguments = [CHILD, &site.root(), &kept.path().to_string_lossy(), &root_json.to_string_lossy()];
        let ran = Command::new(std::env::current_exe()?).args(arguments).output()?;
        print!("signed, unchanged, a whole process: {}", String::from_utf8(ran.stdout)?);
    }
    Ok((kept, root))
}

#[expect(clippy::print_stdout, reason = "the numbers are what a benchmark is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().collect();
    if let [_, flag, root, dir, root_json] = words.as_slice()
        && flag == CHILD
    {
        return child(root, dir, root_json);
    }
    let mut criterion = Criterion::default().configure_from_args();
    let bench = Bench::new(machine_root()?)?;
    let site = Site::serve(&tree())?;
    let check = |dir: &Path| bench.check(&site.root(), dir, None);

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

    let (signed_dir, root) = signed(&bench, &site)?;
    let mut group = criterion.benchmark_group("check 40 products");
    group.bench_function("first", |bencher| {
        bencher.iter_batched(
            tempfile::tempdir,
            |dir| dir.map(|dir| black_box(check(dir.path()).is_ok())),
            criterion::BatchSize::PerIteration,
        );
    });
    group.bench_function("unchanged", |bencher| bencher.iter(|| black_box(check(kept.path()).is_ok())));
    group.bench_function("unchanged, signed", |bencher| {
        bencher.iter(|| black_box(bench.check(&site.root(), signed_dir.path(), Some(&root)).is_ok()));
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}
