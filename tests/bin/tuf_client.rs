//! The client of signed sources behind the command line that the conformance tests of The Update Framework
//! drive (`tuf-conformance`, CLIENT-CLI): `init`, `refresh`, `download`; exit status 0 or 1.
//!
//! Every step is the product's: [`Signed`] asks, verifies and keeps, [`download::fetch`] fetches. Beside the
//! trusted files, which lie in the metadata folder under their plain names, there is only the root that `init`
//! was given. Not shipped.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::signed::Target;
use smarts_core::source::{Anchor, Signed, Source};
use smarts_core::{download, fs};
use tokio_util::sync::CancellationToken;

/// What `init` was given; beside the trusted files, and none of them.
const PINNED: &str = "pinned";
const LARGEST_ROOT: u64 = 512 * 1024;

type Fault = Box<dyn std::error::Error>;

/// A client of The Update Framework.
#[derive(Parser)]
struct Args {
    command: Command,
    /// The root to trust, for `init`
    root: Option<PathBuf>,
    #[arg(long)]
    metadata_dir: PathBuf,
    #[arg(long)]
    metadata_url: Option<String>,
    #[arg(long)]
    target_name: Vec<String>,
    #[arg(long)]
    target_base_url: Option<String>,
    #[arg(long)]
    target_dir: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Command {
    Init,
    Refresh,
    Download,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let Ok(args) = Args::try_parse().inspect_err(|error| say(&error.to_string())) else {
        return ExitCode::FAILURE;
    };
    match run(&args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            say(&fault.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn run(args: &Args) -> Result<(), Fault> {
    match args.command {
        Command::Init => init(args),
        Command::Refresh => {
            let url = args.metadata_url.as_deref().ok_or("--metadata-url is needed")?;
            signed(args, url)?.facts().await?;
            Ok(())
        }
        Command::Download => download(args).await,
    }
}

fn init(args: &Args) -> Result<(), Fault> {
    let path = args.root.as_ref().ok_or("The root to trust is needed")?;
    let root = fs::read_limited(path, LARGEST_ROOT)?.ok_or("The root to trust is not there")?;
    for name in [PINNED, "root.json"] {
        fs::write_atomically(&args.metadata_dir.join(name), &root)?;
    }
    Ok(())
}

async fn download(args: &Args) -> Result<(), Fault> {
    let base = args.target_base_url.as_deref().ok_or("--target-base-url is needed")?;
    let dir = args.target_dir.as_deref().ok_or("--target-dir is needed")?;
    if args.target_name.is_empty() {
        return Err("--target-name is needed".into());
    }
    let signed = signed(args, base)?;
    for name in &args.target_name {
        let target = signed.target_exactly(name).await?.ok_or_else(|| format!("Nobody has signed {name}"))?;
        fetch(&signed, &target, dir).await?;
    }
    Ok(())
}

async fn fetch(signed: &Signed, target: &Target, dir: &Path) -> Result<(), Fault> {
    let (below, name) = target.path.rsplit_once('/').unwrap_or(("", &target.path));
    let request = download::Request {
        place: signed.place(&signed.path_of(target).await?)?,
        mirrors: Vec::new(),
        name: name.to_owned(),
        size: Some(target.length),
        sha256: target.sha256,
        sha512: target.sha512,
        dir: below.split('/').fold(dir.to_path_buf(), |dir, name| dir.join(name)),
    };
    let http = Http::new(&HttpOptions::default())?.allowing_plain();
    download::fetch(&http, &request, &download::Options::default(), &|_| (), &CancellationToken::new())
        .await?;
    Ok(())
}

/// The source whose files lie below `base`.
fn signed(args: &Args, base: &str) -> Result<Signed, Fault> {
    let url = args.metadata_url.as_deref().ok_or("--metadata-url is needed")?;
    let http = Http::new(&HttpOptions::default())?.allowing_plain();
    let open = |text: &str| Source::open(text, &http, &args.metadata_dir);
    let root = fs::read_limited(&args.metadata_dir.join(PINNED), LARGEST_ROOT)?.ok_or("init comes first")?;
    let anchor = Anchor {
        root: Arc::from(root),
        store_dir: args.metadata_dir.clone(),
        now: now(),
        accept_expired: false,
    };
    Ok(Signed::new(open(base)?, open(url)?, anchor))
}

/// The conformance tests set the system's clock for this process alone.
#[expect(clippy::disallowed_methods, reason = "a program's edge is where the clock is read")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

#[expect(clippy::print_stderr, reason = "a program's own words")]
fn say(text: &str) {
    eprintln!("{text}");
}
