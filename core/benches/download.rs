//! A verified download of 1 GiB from loopback beside `curl`'s plain one, and what a killed one has to fetch
//! again. Run by `cargo bench -p smarts-core --bench download`; `SIZE_MIB` in the environment for another size.
//!
//! Each download is a process of its own (this program again), so that its memory is its own. The site sends
//! the same megabyte over and over, from memory, and understands ranges. Linux, with `curl` installed.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark is no product")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use smarts_core::digest::{Digest, Hasher};
use smarts_core::download::{self, Event, Options, Request, Retries};
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::Place;
use tokio_util::sync::CancellationToken;

const MIB: u64 = 1024 * 1024;
const RUNS: usize = 5;
/// The child's part.
const FETCH: &str = "--fetch";

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if let [_, flag, address, dir, size, sha256] = words.as_slice()
        && flag == FETCH
    {
        return fetch(address, Path::new(dir), size.parse().unwrap(), sha256);
    }
    let size = std::env::var("SIZE_MIB").map_or(1024, |text| text.parse().unwrap()) * MIB;
    let piece: Vec<u8> = (0..MIB).map(|n| (n.wrapping_mul(2_654_435_761) >> 7) as u8).collect();
    let mut hasher = Hasher::default();
    (0..size / MIB).for_each(|_| hasher.update(&piece));
    let server = Arc::new(Site { size, piece, sent: AtomicU64::new(0) });
    let address = Arc::clone(&server).serve();
    let dir = tempfile::tempdir().unwrap();
    let sha256 = hasher.finish();
    let child = |dir: &Path| child(&address, dir, size, sha256);

    let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), 0);
    for _ in 0..RUNS {
        theirs.push(timed(|| {
            let file = dir.path().join("by curl");
            let ran = Command::new("curl").args(["-s", "-o"]).arg(&file).arg(&address).status().unwrap();
            assert!(ran.success());
            fs::remove_file(file).unwrap();
        }));
        ours.push(timed(|| {
            let told = child(dir.path()).stdout(Stdio::piped()).output().unwrap();
            assert!(told.status.success());
            memory = memory.max(number(&told.stdout, "above idle"));
            fs::remove_file(dir.path().join("file.msi")).unwrap();
        }));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("verified download of {} MiB: {ours:.3?}, curl: {theirs:.3?}", size / MIB);
    println!("ratio: {:.2} (at most 1.15)", ours.as_secs_f64() / theirs.as_secs_f64());
    println!("memory above idle: {:.1} MiB (at most 24)", memory as f64 / 1024.0);

    let again: Vec<u64> =
        [1, 2, 3].into_iter().map(|quarter| killed(&server, child, dir.path(), quarter)).collect();
    println!("fetched again after kill -9: {again:?} bytes (at most {MIB})");
}

fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn number(told: &[u8], what: &str) -> u64 {
    let told = String::from_utf8_lossy(told);
    told.lines().find_map(|line| line.strip_prefix(what)?.trim().parse().ok()).unwrap()
}

/// Kills a download after so many quarters; how much of what it said to have received is fetched again.
fn killed(site: &Site, child: impl Fn(&Path) -> Command, dir: &Path, quarters: u64) -> u64 {
    let mut process = child(dir).stdout(Stdio::piped()).spawn().unwrap();
    let mut received = 0;
    for line in BufReader::new(process.stdout.take().unwrap()).lines() {
        received =
            line.unwrap().strip_prefix("received").map_or(received, |bytes| bytes.trim().parse().unwrap());
        if received >= site.size / 4 * quarters {
            break;
        }
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let kept = fs::metadata(dir.join("file.msi.partial")).unwrap().len();
    assert!(child(dir).stdout(Stdio::null()).status().unwrap().success());
    fs::remove_file(dir.join("file.msi")).unwrap();
    let sent = site.sent.load(Ordering::Relaxed);
    assert!(sent <= site.size - kept + 1, "{sent} bytes with {kept} kept");
    (sent + received).saturating_sub(site.size)
}

fn child(address: &str, dir: &Path, size: u64, sha256: Digest) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([FETCH, address]).arg(dir).args([size.to_string(), sha256.to_string()]);
    command
}

/// One download, as the product does it.
fn fetch(address: &str, dir: &Path, size: u64, sha256: &str) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let http = Http::new(&HttpOptions::default()).unwrap();
    let request = Request {
        place: Place::Url(address.parse().unwrap()),
        mirrors: Vec::new(),
        name: "file.msi".to_owned(),
        size: Some(size),
        sha256: Some(sha256.parse().unwrap()),
        sha512: None,
        dir: dir.to_path_buf(),
    };
    let options = Options { retries: Retries::NONE, ..Options::default() };
    let tell = |event| {
        if let Event::Receiving(progress) = event {
            println!("received {}", progress.received);
        }
    };
    let idle = memory("VmRSS");
    // On the one thread of its own that the window gives to all downloads.
    let fetched = runtime.spawn(async move {
        download::fetch(&http, &request, &options, &tell, &CancellationToken::new()).await
    });
    runtime.block_on(fetched).unwrap().unwrap();
    println!("above idle {}", memory("VmHWM") - idle);
}

/// In KiB.
fn memory(field: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Sends one piece over and over.
struct Site {
    size: u64,
    piece: Vec<u8>,
    /// Of the last answer.
    sent: AtomicU64,
}

impl Site {
    fn serve(self: Arc<Self>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/file.msi", listener.local_addr().unwrap());
        let accept = move || {
            for stream in listener.incoming() {
                // A client that goes away is no concern of the server's.
                let _ = self.answer(&stream.unwrap());
            }
        };
        std::thread::Builder::new().name("site".to_owned()).spawn(accept).unwrap();
        address
    }

    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let mut start = None;
        for line in BufReader::new(stream).lines() {
            let line = line?.to_lowercase();
            if line.is_empty() {
                break;
            }
            let range = line.strip_prefix("range: bytes=").and_then(|range| range.strip_suffix('-'));
            start = range.map(|start| start.parse().unwrap()).or(start);
        }
        let from: u64 = start.unwrap_or(0);
        let (end, size) = (self.size - 1, self.size);
        let head = match start {
            None => "200 OK\r\n".to_owned(),
            Some(start) => format!("206 Partial Content\r\nContent-Range: bytes {start}-{end}/{size}\r\n"),
        };
        let length = size - from;
        write!(
            stream,
            "HTTP/1.1 {head}ETag: \"1\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )?;
        let mut at = from;
        self.sent.store(0, Ordering::Relaxed);
        while at < size {
            let piece = &self.piece[(at % MIB) as usize..];
            stream.write_all(piece)?;
            at += piece.len() as u64;
            self.sent.fetch_add(piece.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    }
}
