//! Descriptions kept between runs, so that an unchanged one is answered with "not modified".
//!
//! One file per address, named by the address's SHA-256 (so that no query string lies about in a file
//! name): a line of JSON with the validators and the body's digest, then the body. Whatever is wrong with an
//! entry, it is as if it were not there; a cache is never a reason for a check to fail. Deliberately not
//! here: freshness rules — when an entry was last confirmed is said, and whoever reads descriptions knows which of
//! them have to be asked for on every check.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
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

    /// The server has just said that what is kept of an address is still so.
    pub async fn confirm(&self, url: &Url) {
        let path = self.path(url);
        // The byte that is there already: the system's own clock notes the time.
        let confirm = move || File::options().write(true).open(&path)?.write_all(b"{");
        if let Ok(Err(error)) = spawn_blocking(confirm).await {
            tracing::debug!("Failed to note when a description was confirmed: {error}");
        }
    }

    /// Whether what is kept of an address was kept or confirmed no longer than `most_age` from now: before it, or after
    /// it by a clock that was wrong once.
    pub async fn is_fresh(&self, url: &Url, now: Timestamp, most_age: Duration) -> bool {
        let path = self.path(url);
        let confirmed = spawn_blocking(move || fs::metadata(&path)?.modified()).await;
        let confirmed = confirmed.ok().and_then(Result::ok).and_then(|time| Timestamp::try_from(time).ok());
        confirmed.is_some_and(|confirmed| now.duration_since(confirmed).unsigned_abs() <= most_age)
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
    async fn an_entry_is_fresh_for_so_long_after_it_was_kept_or_confirmed() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(dir.path());
        let address = url("https://mirror.example/update.xml");
        let (now, day) = (Timestamp::UNIX_EPOCH, Duration::from_hours(24));
        assert!(!cache.is_fresh(&address, now, day).await, "there is nothing");
        cache.keep(&address, some_kept()).await;
        let path = cache.path(&address);
        let write = || File::options().write(true).open(&path).unwrap();
        for (days, expected) in [(0, true), (1, true), (2, false)] {
            for time in [std::time::UNIX_EPOCH + day * days, std::time::UNIX_EPOCH - day * days] {
                write().set_modified(time).unwrap();
                assert_eq!(cache.is_fresh(&address, now, day).await, expected, "{days}");
            }
        }
        cache.confirm(&address).await;
        let confirmed = fs::metadata(&path).unwrap().modified().unwrap();
        assert!(confirmed > std::time::UNIX_EPOCH + day * 365);
        assert!(cache.is_fresh(&address, confirmed.try_into().unwrap(), Duration::ZERO).await);
        assert_eq!(cache.load(&address).await, Some(some_kept()), "nothing else has changed");
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
