//! Connections: certificates that do and do not count, and proxies, against real servers on loopback.

#![allow(clippy::panic, clippy::unwrap_used, reason = "the helpers of tests are tests too")]

mod certificates;
mod looking;
mod proxies;
mod redirects;
mod whole_way;

use std::path::{Path, PathBuf};

use smarts_core::http::cache::Cache;
use smarts_core::http::tls::CaFile;
use smarts_core::http::{Http, HttpOptions};
use smarts_core::source::Fault;

const LIMIT_BYTES: u64 = 1000;

/// What is at an address, or why it cannot be had.
async fn fetched(http: &Http, url: &str) -> Result<String, Fault> {
    // Nothing of the tests is kept: the servers send no validators.
    let cache = Cache::new(Path::new("/nowhere/at/all"));
    let body = http.description(&url.parse().unwrap(), &cache, LIMIT_BYTES).await?;
    Ok(String::from_utf8(body).unwrap())
}

/// A file of certificates at a place.
fn ca_file(path: PathBuf) -> CaFile {
    CaFile { written: path.clone(), place: Ok(path) }
}

/// What a client needs that believes these certificates besides the system's, and the file they are in.
fn believing(pem: &str) -> (HttpOptions, tempfile::TempPath) {
    let path = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    std::fs::write(&path, pem).unwrap();
    (HttpOptions { ca_file: Some(ca_file(path.to_path_buf())), ..HttpOptions::default() }, path)
}
