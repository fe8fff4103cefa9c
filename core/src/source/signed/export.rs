//! Metadata that another process of this PC has kept, laid out as a source has it.
//!
//! A process with an administrator's rights believes nothing that the person's process has kept: it verifies
//! the same metadata again, from the trusted root that administrators alone can write, and without any network.
//! For that the files go into a folder of its own under the names they have in `metadata/`. Deliberately not
//! here: verifying, which is the same as for any other source.

use std::io;
use std::path::Path;

use super::store::plain_name;
use crate::fs::read_limited;

/// No metadata of a source is larger.
const LARGEST_FILE: u64 = 8 * 1024 * 1024;
/// So many files are looked at: roots of many years, and delegated roles.
const MOST_FILES: usize = 2000;

/// Copies what is kept in `store_dir` to `to`, each role with and without its version in front.
pub fn export(store_dir: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    let history = store_dir.join("root_history");
    if history.is_dir() {
        for entry in std::fs::read_dir(&history)?.take(MOST_FILES) {
            let entry = entry?;
            copy(&entry.path(), &[to.join(entry.file_name())])?;
        }
    }
    for entry in std::fs::read_dir(store_dir)?.take(MOST_FILES) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_role = plain_name(&name).is_some_and(|plain| plain == name);
        if !is_role || !entry.file_type()?.is_file() {
            continue;
        }
        let versioned = version(&entry.path())?.map(|version| to.join(format!("{version}.{name}")));
        copy(&entry.path(), &std::iter::once(to.join(&name)).chain(versioned).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn copy(from: &Path, to: &[std::path::PathBuf]) -> io::Result<()> {
    let Some(bytes) = read_limited(from, LARGEST_FILE)? else { return Ok(()) };
    to.iter().try_for_each(|to| std::fs::write(to, &bytes))
}

/// Of the role in a file; `None` if it is not understood.
fn version(path: &Path) -> io::Result<Option<u64>> {
    let bytes = read_limited(path, LARGEST_FILE)?.unwrap_or_default();
    let value: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    Ok(value.and_then(|value| value.get("signed")?.get("version")?.as_u64()))
}
