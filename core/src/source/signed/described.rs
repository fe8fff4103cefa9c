//! Descriptions of a signed source: compared with what is signed, and kept by their hash.
//!
//! What is kept is read like anything from outside: only bytes with the signed hashes count. A copy that
//! cannot be kept costs a request next time, and nothing else.

use std::path::Path;

use tokio::task::spawn_blocking;

use super::Target;
use crate::fs;
use crate::source::{Fault, Source};

pub(super) async fn description(
    tree: &Source,
    target: &Target,
    path: &str,
    dir: &Path,
    limit_bytes: u64,
) -> Result<Vec<u8>, Fault> {
    if target.length > limit_bytes {
        return Err(Fault::TooLarge { limit_bytes });
    }
    let kept = dir.join(target.hash());
    if let Some(bytes) = read(&kept, target).await {
        return Ok(bytes);
    }
    let another = || Fault::untrusted(format!("{} is not the file that was signed", target.path));
    let bytes = match tree.bytes(path, target.length).await {
        Ok(Some(bytes)) if target.is(&bytes) => bytes,
        Ok(Some(_)) | Err(Fault::TooLarge { .. }) => return Err(another()),
        // What is signed has to be there: that it is not is no statement of the publisher's.
        Ok(None) => return Err(Fault::Missing { path: target.path.clone() }),
        Err(fault) => return Err(fault),
    };
    let (copy, to) = (bytes.clone(), kept);
    match spawn_blocking(move || fs::write_atomically(&to, &copy)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "A description was not kept"),
        Err(error) => tracing::debug!(%error, "A description was not kept"),
    }
    Ok(bytes)
}

async fn read(path: &Path, target: &Target) -> Option<Vec<u8>> {
    let (path, limit_bytes) = (path.to_path_buf(), target.length);
    let read = spawn_blocking(move || fs::read_limited(&path, limit_bytes).ok().flatten()).await;
    read.ok().flatten().filter(|bytes| target.is(bytes))
}
