//! Fetches one file by the product's own download and tells on the standard output how it goes: a process for
//! tests to kill, to starve of room, and to measure.
//!
//! `fetch_one ADDRESS FOLDER NAME SIZE SHA256 TRIES`, `-` for what is not stated. One line for each thing that
//! happens, the last one `done SHA256` or `failed CAUSES`; on Linux `idle KIB` before and `peak KIB` after it.

#![allow(clippy::print_stdout, reason = "that is what it is for")]

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use smarts_core::download::{self, Event, Options, Request, Retries};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::Place;
use tokio_util::sync::CancellationToken;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("failed {}", chain(&*error));
            ExitCode::FAILURE
        }
    }
}

fn chain(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {}", chain(source)))
}

fn run() -> Result<(), Box<dyn Error>> {
    let (request, options) = arguments(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let http = Http::new(&HttpOptions::default())?;
    memory("idle", "VmRSS");
    let cancel = CancellationToken::new();
    let fetched = runtime.block_on(download::fetch(&http, &request, &options, &tell, &cancel));
    memory("peak", "VmHWM");
    println!("done {}", fetched?.sha256);
    Ok(())
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<(Request, Options), Box<dyn Error>> {
    let mut word = |name: &str| words.next().ok_or_else(|| format!("{name} is missing"));
    let stated = |word: String| Some(word).filter(|word| word != "-");
    let request = Request {
        place: Place::Url(word("ADDRESS")?.parse()?),
        mirrors: Vec::new(),
        dir: PathBuf::from(word("FOLDER")?),
        name: word("NAME")?,
        size: stated(word("SIZE")?).map(|size| size.parse()).transpose()?,
        sha256: stated(word("SHA256")?).map(|sha256| sha256.parse()).transpose()?,
        sha512: None,
    };
    let retries = Retries { tries: word("TRIES")?.parse()?, base: Duration::ZERO, most: Duration::ZERO };
    Ok((request, Options { retries, ..Options::default() }))
}

fn tell(event: Event) {
    match event {
        Event::Asking { kept_bytes } => println!("asking {kept_bytes}"),
        Event::Receiving(progress) => println!("received {}", progress.received),
        Event::Waiting(waiting) => println!("waiting {}", waiting.wait.as_secs()),
    }
}

/// As Linux tells it; elsewhere nothing.
fn memory(what: &str, field: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of_field = |line: &str| line.strip_prefix(field)?.split_whitespace().nth(1).map(str::to_owned);
    if let Some(kib) = status.lines().find_map(of_field) {
        println!("{what} {kib}");
    }
}
