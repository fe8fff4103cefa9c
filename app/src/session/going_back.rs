//! Going back from a window: a copy is named by its folder, and what was agreed to may come from another process.

use std::fs;
use std::path::{Component, Path, PathBuf};

use smarts_core::backup::{self, Backup, Fault, Preview, Step, Way};
use smarts_core::paths::{self, BACKUPS};
use smarts_core::tree;
use tokio_util::sync::CancellationToken;

use super::{Session, WayBack};

impl Session {
    /// What going back to a copy would do, by the name of its folder. Reads the copy and the base, and changes nothing.
    pub fn way_back_to(
        &self,
        copy: &str,
        way: Way,
        progress: &mut dyn FnMut(Step),
        cancel: &CancellationToken,
    ) -> Result<WayBack, Fault> {
        let backup = self.open_copy(copy)?;
        self.way_back_from(backup, way, progress, cancel)
    }

    /// What another process says a person has seen, about the copy and the base as they are on this PC. That it still
    /// is what would happen is found out by whoever goes back.
    pub fn agreed_way_back(&self, copy: &str, way: Way, preview: Preview) -> Result<WayBack, Fault> {
        let backup = self.open_copy(copy)?;
        let (base, ..) = backup::present_base(&*self.os, &self.paths, &backup, way)?;
        Ok(WayBack { backup, way, base, preview })
    }

    /// Bytes that the copy of the present state has before a base goes back, and bytes that are free for it. `None`: there
    /// is no such copy, as nothing would be lost of a part, or the base's folder is gone.
    pub fn room_for_present(&self, agreed: &WayBack) -> Result<Option<(u64, Option<u64>)>, tree::Error> {
        if agreed.way == Way::Replaced && agreed.preview.vanish.is_empty() {
            return Ok(None);
        }
        let Some(dir) = agreed.base.dir.as_deref().filter(|dir| dir.exists()) else { return Ok(None) };
        let bytes = agreed.backup.manifest.without.copy_bytes(&tree::list(dir)?);
        let volume = self.os.volume(&self.paths.backup_dir);
        Ok(Some((bytes, volume.map(|volume| volume.free_bytes))))
    }

    /// Where the copies go, as a person reads it: of a folder that stands for a PC, the path the PC would have.
    pub fn shown_backup_dir(&self) -> String {
        match (self.os.machine_root(), &self.settings.backup_dir) {
            (Some(_), Some(named)) if paths::named_dir(&*self.os, named).is_some() => {
                named.display().to_string()
            }
            (Some(_), _) => BACKUPS.to_owned(),
            (None, _) => self.paths.backup_dir.display().to_string(),
        }
    }

    /// One of the folder for copies, whatever the name leads to.
    fn open_copy(&self, name: &str) -> Result<Backup, Fault> {
        let dir = self.paths.backup_dir.join(name);
        if !is_plain(name) || !fs::symlink_metadata(&dir).is_ok_and(|facts| facts.is_dir()) {
            return Err(Fault::Elsewhere { dir: PathBuf::from(name) });
        }
        Backup::open_ours(&*self.os, &dir).map_err(Fault::Backup)
    }
}

/// Whether a name is one of a folder in a folder.
fn is_plain(name: &str) -> bool {
    let mut components = Path::new(name).components();
    let is_only = matches!(components.next(), Some(Component::Normal(only)) if only == name);
    is_only && components.next().is_none() && !name.contains(['/', '\\', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_named_by_its_folder_alone() {
        assert!(is_plain("2026.11.22 12.40.05 13bee4fb"));
        for name in ["", ".", "..", "a/b", "/a", r"a\b", "C:a", "a/", "./a"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
