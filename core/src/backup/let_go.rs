//! Older copies that are too many: said before a change, deleted after it, and only those that a person agreed to.
//!
//! In between the new copy was made and checked, so what is deleted was never the last good one. What was agreed to is
//! looked at once more: a copy that by then is needed, or is not too many any more, stays. So does one while the newest
//! copy of its base is not all there any more: looked at by names and sizes, as reading all of it takes minutes.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::Fault;
use super::context::{Context, begin, record};
use super::owner::Owner;
use super::{Backup, Copies, Error, Expected, Facts, Listed, cut_off, keep, list, remove};
use crate::journal::{self, Entry, What};
use crate::os::Os;
use crate::paths::Paths;
use crate::tree::{self, Kind, RelPath};

/// What became of older copies.
#[derive(Debug, Default)]
pub struct LetGo {
    /// Those that are gone.
    pub removed: Vec<Listed>,
    /// Why others are not, or not in full.
    pub not_removed: Vec<Error>,
    /// Why an entry is missing in the journal, if one is: the first such fault.
    pub unrecorded: Option<journal::Error>,
}

/// Older copies that would go once these are made, oldest first. A disk that does not tell its size sets no bounds. Copies
/// of other PCs, which may share the folder, are theirs: neither counted nor deleted.
pub fn would_go(
    os: &dyn Os,
    paths: &Paths,
    copies: &[Listed],
    expected: &[Expected<'_>],
    rules: &Copies,
) -> Result<Vec<Listed>, journal::Error> {
    let there = paths.backup_dir.ancestors().find(|dir| dir.exists());
    let total_bytes = there.and_then(|there| os.volume(there)).map(|volume| volume.total_bytes);
    let needed = needed(paths)?;
    let owner = Owner::this_pc(os, paths)?;
    let copies: Vec<Listed> = copies.iter().filter(|copy| owner.has(copy)).cloned().collect();
    Ok(keep(&copies, expected, total_bytes, &needed, rules).into_iter().cloned().collect())
}

/// Ids of copies that a change which was cut off is put back from.
fn needed(paths: &Paths) -> Result<BTreeSet<String>, journal::Error> {
    let entries = journal::read(&paths.journal_path())?.entries;
    let begun = journal::unfinished(&entries).into_iter().chain(cut_off(&entries));
    let name =
        |entry: &Entry| Some(Path::new(entry.backup_dir.as_deref()?).file_name()?.to_str()?.to_owned());
    Ok(begun.filter_map(name).collect())
}

/// Deletes those of `agreed_to_go`, by their ids, that are too many now. For after an update, once that has let go of
/// the update lock.
pub fn let_go(context: &Context<'_>, agreed_to_go: &[String]) -> Result<LetGo, Fault> {
    let _held = begin(context)?;
    Ok(delete(context, agreed_to_go))
}

/// The caller holds the update lock.
pub(super) fn delete(context: &Context<'_>, agreed_to_go: &[String]) -> LetGo {
    let mut done = LetGo::default();
    if agreed_to_go.is_empty() {
        return done;
    }
    let backups_dir = &context.paths.backup_dir;
    let copies = match list(context.place(), &context.zone) {
        Ok(copies) => copies,
        Err(error) => {
            let path = backups_dir.clone();
            done.not_removed.push(Error::List(tree::Error::Read { path, error }));
            return done;
        }
    };
    let going = match would_go(context.os, context.paths, &copies, &[], context.copies) {
        Ok(going) => going,
        Err(error) => {
            done.unrecorded = Some(error);
            return done;
        }
    };
    let owner = match Owner::this_pc(context.os, context.paths) {
        Ok(owner) => owner,
        Err(error) => {
            done.unrecorded = Some(error);
            return done;
        }
    };
    let mut looked_at: HashMap<PathBuf, bool> = HashMap::new();
    for copy in going.into_iter().filter(|copy| agreed_to_go.contains(&copy.id)) {
        let newest = newest_other(&copies, &copy, &owner);
        let is_needless = newest.is_some_and(|newest| {
            *looked_at.entry(newest.dir.clone()).or_insert_with(|| is_all_there(newest))
        });
        if !is_needless {
            done.not_removed.push(Error::LastGood { dir: copy.dir });
            continue;
        }
        match remove(backups_dir, &copy) {
            Ok(()) => {
                let unrecorded =
                    copy.complete().and_then(|facts| record(context, &entry(context, &copy, facts)).err());
                done.unrecorded = done.unrecorded.or(unrecorded);
                done.removed.push(copy);
            }
            Err(error) => done.not_removed.push(error),
        }
    }
    done
}

/// The newest other copy of the same base, which never goes.
fn newest_other<'a>(copies: &'a [Listed], copy: &Listed, owner: &Owner) -> Option<&'a Listed> {
    let base_id = copy.complete()?.base_id.to_lowercase();
    let of_base = copies.iter().filter(|other| {
        let is_of_base = |facts: &Facts| facts.base_id.to_lowercase() == base_id;
        other.id != copy.id && owner.has(other) && other.complete().is_some_and(is_of_base)
    });
    of_base.max_by_key(|other| (other.time, &other.id))
}

/// Whether everything lies in a copy that its manifest names, as large as it was.
fn is_all_there(copy: &Listed) -> bool {
    let (Ok(backup), Ok(nodes)) = (Backup::open(&copy.dir), tree::list(&copy.dir)) else { return false };
    let kinds: HashMap<&RelPath, Kind> = nodes.iter().map(|node| (&node.path, node.kind)).collect();
    let mut files = backup.manifest.files.iter();
    let mut folders = backup.manifest.folders.iter();
    files.all(|file| matches!(kinds.get(&file.path), Some(Kind::File { size, .. }) if *size == file.size))
        && folders.all(|folder| matches!(kinds.get(folder), Some(Kind::Folder)))
}

fn entry(context: &Context<'_>, copy: &Listed, facts: &Facts) -> Entry {
    let identity = context.os.identity();
    Entry {
        time: (context.clock)(),
        user: identity.user,
        computer: identity.computer,
        what: What::CopyDeleted,
        subject: facts.base_id.clone(),
        name: facts.name.clone(),
        product: Some(facts.product.clone()),
        from: facts.version,
        to: None,
        file: String::new(),
        sha256: None,
        proof: None,
        detail: String::new(),
        backup_dir: Some(copy.dir.display().to_string()),
        works: None,
    }
}
