//! Files that go into the report for support, none larger than a bound: documents whole or not at all, logs and the
//! journal from their end.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smarts_core::paths::Paths;

/// Of each file of rows no more than this.
const MOST_BYTES: u64 = 1 << 20;
/// A document is one line, of which a part is of no use.
const LARGEST_DOCUMENT_BYTES: u64 = 16 << 20;
/// The latest of them: a week of the window, of the command line, of the stub is more than anybody reads.
const MOST_LOGS: usize = 8;
/// What our own programs call their logs; those of foreign installers lie beside them.
const OURS: [&str; 2] = ["smarts", "setup"];

/// What was taken of a file.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) text: String,
    /// Its beginning was left out.
    pub(super) is_cut: bool,
}

/// A text, or why there is none.
pub(super) type Found = io::Result<Taken>;

/// A text that is complete.
pub(super) fn whole(text: String) -> Taken {
    Taken { text, is_cut: false }
}

/// A document, whole; one that is too large is an error.
pub(super) fn document(path: &Path) -> Found {
    let bytes = smarts_core::fs::read_limited(path, LARGEST_DOCUMENT_BYTES)?;
    let bytes = bytes.ok_or_else(|| io::Error::from(ErrorKind::NotFound))?;
    Ok(whole(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The end of a file of rows.
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
    let rows = if is_cut { text.split_once('\n').map_or("", |(_, rest)| rest) } else { &text };
    Ok(Taken { text: rows.to_owned(), is_cut })
}

pub(super) fn journal(paths: &Paths) -> Found {
    newest(&paths.journal_path())
}

/// The latest logs of this person's programs; and of what ran with an administrator's rights, setting up too.
pub(super) fn logs(paths: &Paths) -> Vec<(String, Found)> {
    let mut logs = latest(&paths.log_dir, "logs", |_| true);
    let elevated = paths.machine_dir.join("logs");
    // Most people's programs never had any rights.
    if elevated.is_dir() {
        logs.extend(latest(&elevated, "logs-elevated", |name| {
            OURS.iter().any(|ours| name.starts_with(ours))
        }));
    }
    logs
}

fn latest(dir: &Path, prefix: &str, is_wanted: fn(&str) -> bool) -> Vec<(String, Found)> {
    let mut found = match listed(dir) {
        Ok(files) => files,
        Err(error) => return vec![(prefix.to_owned(), Err(error))],
    };
    found.retain(|(_, path)| is_wanted(&name(path)));
    found.sort_unstable_by_key(|(changed, _)| Reverse(*changed));
    found.truncate(MOST_LOGS);
    let taken = |(_, path): (SystemTime, PathBuf)| (format!("{prefix}/{}", name(&path)), newest(&path));
    found.into_iter().map(taken).collect()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
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
