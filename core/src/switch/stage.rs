//! Laying everything new ready beside what it replaces, and forcing it to the disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

use tokio_util::sync::CancellationToken;

use super::turn::{self, Turn};
use super::{Checkpoint, Content, Error, NewFile, Supply, Switch};
use crate::os;

/// They only wait for the disk, which takes several files nearly as fast as one.
const THREADS: usize = 8;

impl Switch<'_> {
    /// Lays everything new ready, and forces it to the disk. `progress` gets the bytes so far.
    pub(crate) fn stage(
        &self,
        mut supply: Supply<'_, '_>,
        files: &[NewFile],
        progress: &mut dyn FnMut(u64),
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        let turns: Vec<_> = turn::turns(&self.base_dir, &self.record).collect();
        let dirs = self.make_folders(&turns)?;
        let place = |file: &NewFile| {
            let staged = turns.get(file.operation)?.staged();
            Some(file.inside.as_ref().map_or_else(|| staged.to_path_buf(), |inside| inside.below(staged)))
        };
        let mut before_bytes = 0;
        for (number, file) in files.iter().enumerate() {
            let Some(path) = place(file) else { continue };
            supply.lay(file, path, &mut |bytes| progress(before_bytes + bytes), cancel)?;
            before_bytes += file.size;
            (self.checkpoint)(Checkpoint::Staged(number));
        }
        let paths: Vec<PathBuf> = files.iter().filter_map(place).collect();
        force(&paths)?;
        // Not earlier: what is marked read-only cannot be opened for that.
        for (file, path) in files.iter().filter_map(|file| Some((file, place(file)?))) {
            supply.give_permissions(file, &path).map_err(|error| Error::Stage { path, error })?;
        }
        for dir in dirs {
            os::sync_folder(&dir).map_err(|error| Error::Stage { path: dir, error })?;
        }
        (self.checkpoint)(Checkpoint::Synced);
        Ok(())
    }

    /// Lays new folders ready, and returns every folder in which something is laid.
    fn make_folders(&self, turns: &[Turn<'_>]) -> Result<BTreeSet<PathBuf>, Error> {
        let at = |path: &Path| {
            let path = path.to_path_buf();
            move |error| Error::Stage { path, error }
        };
        let mut dirs = BTreeSet::new();
        for turn in turns {
            turn::no_link_above(&self.base_dir, turn.path()).map_err(at(turn.staged()))?;
            dirs.extend(turn.staged().parent().map(Path::to_path_buf));
            if let Some(Content::Folder { folders, .. }) = turn.after() {
                let new = std::iter::once(turn.staged().to_path_buf());
                for dir in new.chain(folders.iter().map(|folder| folder.below(turn.staged()))) {
                    fs::create_dir(&dir).map_err(at(&dir))?;
                    dirs.insert(dir);
                }
            }
        }
        Ok(dirs)
    }
}

/// Forces files to the disk, some at a time. All are written before the first is waited for: the disk orders them better
/// than we could.
fn force(paths: &[PathBuf]) -> Result<(), Error> {
    let next = &AtomicUsize::new(0);
    let work = move || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let forced = File::options().write(true).open(path).and_then(|file| file.sync_all());
            forced.map_err(|error| Error::Stage { path: path.clone(), error })?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let start = |number| Builder::new().name(format!("force-{number}")).spawn_scoped(scope, work).ok();
        // Where none can be started this one does it all.
        let others: Vec<_> = (1..THREADS.min(paths.len())).filter_map(start).collect();
        let forced = work();
        let ended =
            others.into_iter().map(|other| other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        ended.fold(forced, Result::and)
    })
}
