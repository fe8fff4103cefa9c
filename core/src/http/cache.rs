//! Descriptions kept between runs, so that an unchanged one is answered with "not modified".
//!
//! One file per address, named by the address's SHA-256 (so that no query string lies about in a file
//! name): a line of JSON with the validators and the body's digest, then the body. Whatever is wrong with an
//! entry, it is as if it were not there; a cache is never a reason for a check to fail. Deliberately not
//! here: freshness rules — every description that may change is asked for on every check.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use url::Url;

use crate::digest::Digest;
use crate::fs::read_limited;
use crate::os::{self, PATIENCE};

/// No entry is larger: a description's limit, and room for the line before it.
const MOST_BYTES: u64 = 5 * 1024 * 1024;

/// A folder of kept descriptions; it is made when the first is kept.
#[derive(Clone, Debug)]
pub struct Cache {
    dir: PathBuf,
}

/// A description and what its server told about its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As sent.
    pub etag: Option<String>,
    /// As sent.
    pub last_modified: Option<String>,
    /// Unpacked.
    pub body: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    etag: Option<String>,
    last_modified: Option<String>,
    sha256: Digest,
}

impl Cache {
    /// Keeps in `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }

    /// What is kept of an address; `None` if nothing, or nothing whole.
    pub async fn load(&self, url: &Url) -> Option<Kept> {
        let path = self.path(url);
        spawn_blocking(move || read(&path)).await.ok().flatten()
    }

    /// Keeps a description in place of an older one, all of it or nothing.
    pub async fn keep(&self, url: &Url, kept: Kept) {
        let path = self.path(url);
        let written = spawn_blocking(move || write(&path, &kept)).await;
        if let Ok(Err(error)) = written {
            tracing::debug!("Failed to keep a description: {error}");
        }
    }

    fn path(&self, url: &Url) -> PathBuf {
        self.dir.join(Digest::of(url.as_str().as_bytes()).to_string())
    }
}

fn read(path: &Path) -> Option<Kept> {
    let bytes = read_limited(path, MOST_BYTES).ok()??;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end)?;
    let head: Head = serde_json::from_slice(line).ok()?;
    let body = rest.get(1..)?.to_vec();
    let whole = Digest::of(&body) == head.sha256;
    whole.then_some(Kept { etag: head.etag, last_modified: head.last_modified, body })
}

fn write(path: &Path, kept: &Kept) -> io::Result<()> {
    let dir = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(dir)?;
    let head = Head {
        etag: kept.etag.clone(),
        last_modified: kept.last_modified.clone(),
        sha256: Digest::of(&kept.body),
    };
    let mut file = os::new_file_in(dir, ".tmp")?;
    serde_json::to_writer(&mut file, &head)?;
    file.write_all(b"\n")?;
    file.write_all(&kept.body)?;
    os::put_in_place(file, path, PATIENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn some_kept() -> Kept {
        Kept { etag: Some("\"1\"".into()), last_modified: None, body: b"<a>\n\n</a>".to_vec() }
    }

    #[tokio::test]
    async fn what_was_kept_comes_back_for_the_same_address_only() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(&dir.path().join("not yet there"));
        let address = url("https://mirror.example/versions.xml?token=secret");
        assert_eq!(cache.load(&address).await, None);
        cache.keep(&address, some_kept()).await;
        assert_eq!(cache.load(&address).await, Some(some_kept()));
        assert_eq!(cache.load(&url("https://mirror.example/versions.xml")).await, None);
    }

    #[tokio::test]
    async fn a_broken_entry_is_as_if_it_were_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(dir.path());
        let address = url("https://mirror.example/versions.xml");
        cache.keep(&address, some_kept()).await;
        let path = cache.path(&address);
        let whole = fs::read(&path).unwrap();
        let half = &whole[..whole.len() - 3];
        for bytes in [b"".as_slice(), b"\n", b"{}\n<a/>", b"nonsense", half] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(cache.load(&address).await, None);
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(cache.load(&address).await, None);
    }

    #[tokio::test]
    async fn a_cache_that_cannot_be_written_is_no_fault() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "in the way").unwrap();
        let cache = Cache::new(&file);
        let address = url("https://mirror.example/versions.xml");
        cache.keep(&address, some_kept()).await;
        assert_eq!(cache.load(&address).await, None);
    }
}
