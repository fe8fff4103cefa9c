//! What differs between systems in handling files, where the standard library shows it.

use std::io;
use std::path::Path;

/// Lets a file be replaced or removed that is marked read-only: Windows refuses both otherwise, and elsewhere
/// the mark means nothing for either. One that is not there is no fault.
pub fn clear_read_only(path: &Path) -> io::Result<()> {
    let mut permissions = match std::fs::symlink_metadata(path) {
        Ok(facts) => facts.permissions(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if cfg!(windows) && permissions.readonly() {
        #[expect(
            clippy::permissions_set_readonly_false,
            reason = "on Windows it is one mark, for everybody"
        )]
        permissions.set_readonly(false);
        std::fs::set_permissions(path, permissions)?;
    }
    Ok(())
}
