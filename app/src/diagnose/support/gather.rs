//! Files that go into the report for support, each from its end and no larger than a bound.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smarts_core::paths::Paths;

/// Of each file no more than this.
const MOST_BYTES: u64 = 1 << 20;
/// The latest of them: a week of the window, of the command line, of the stub is more than anybody reads.
const MOST_LOGS: usize = 8;

/// A text, or why there is none.
pub(super) type Found = io::Result<String>;

/// The end of a file.
pub(super) fn newest(path: &Path) -> Found {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let is_cut = length > MOST_BYTES;
    if is_cut {
        file.seek(SeekFrom::Start(length - MOST_BYTES))?;
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    // A row that was cut through may hide half of what is taken out of whole ones.
    let whole = if is_cut { text.split_once('\n').map_or("", |(_, rest)| rest) } else { &text };
    Ok(whole.to_owned())
}

pub(super) fn journal(paths: &Paths) -> Found {
    newest(&paths.journal_path())
}

/// The latest logs of this person's programs, and what setting up did.
pub(super) fn logs(paths: &Paths) -> Vec<(String, Found)> {
    let mut found = match listed(&paths.log_dir) {
        Ok(files) => files,
        Err(error) => return vec![("logs".to_owned(), Err(error))],
    };
    found.sort_unstable_by_key(|(changed, _)| Reverse(*changed));
    found.truncate(MOST_LOGS);
    let mut logs: Vec<(String, Found)> =
        found.into_iter().map(|(_, path)| (entry(&path), newest(&path))).collect();
    let setup = paths.setup_log_path();
    if setup.is_file() {
        logs.push((entry(&setup), newest(&setup)));
    }
    logs
}

fn entry(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("logs/{name}")
}

/// Logs with the time they were written to last; nothing that leads elsewhere.
fn listed(dir: &Path) -> io::Result<Vec<(SystemTime, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let facts = path.symlink_metadata()?;
        if facts.is_file() && path.extension().is_some_and(|extension| extension == "log") {
            files.push((facts.modified().unwrap_or(SystemTime::UNIX_EPOCH), path));
        }
    }
    Ok(files)
}
