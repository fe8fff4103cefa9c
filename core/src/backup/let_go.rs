//! Older copies that are too many: said before a change, deleted after it, and only those that a person agreed to.
//!
//! In between the new copy was made and checked, so what is deleted was never the last good one. What was agreed to is
//! looked at once more: a copy that by then is needed, or is not too many any more, stays.

use std::collections::BTreeSet;
use std::path::Path;

use super::Fault;
use super::context::{Context, begin, record};
use super::{Copies, Error, Expected, Facts, Listed, cut_off, keep, list, remove};
use crate::journal::{self, Entry, What};
use crate::os::Os;
use crate::paths::Paths;
use crate::tree;

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

/// Older copies that would go once these are made, oldest first. A disk that does not tell its size sets no bounds.
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
    Ok(keep(copies, expected, total_bytes, &needed, rules).into_iter().cloned().collect())
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
    for copy in going.into_iter().filter(|copy| agreed_to_go.contains(&copy.id)) {
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
