//! What is known of a base's files, from the best source to the least: what the product is known to have put there
//! comes before a copy, which may have been taken of files that had been changed already.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::hashed::{Files, Hashed};
use super::{Since, Sources, record};
use crate::backup::{Backup, Changes};
use crate::journal::{self, What};
use crate::tree::RelPath;
use crate::verify::PackageKind;

/// Downloads lie in a folder of the product and one of the version.
const TEMPLATES_DEPTH: usize = 3;
/// Folders of downloads hold some dozens of files.
const MOST_TEMPLATES: usize = 1000;

/// What one source says.
pub(super) struct Known {
    pub(super) since: Since,
    pub(super) files: Files,
}

/// All that is known of a base.
pub(super) fn known(sources: &Sources<'_>, hashed: &mut Hashed) -> Vec<Known> {
    let recorded = record::load(sources.paths, sources.base);
    let recorded =
        recorded.map(|record| Known { since: Since::Update(record.version), files: Arc::new(record.files) });
    let template = of_template(sources, hashed);
    let copied = of_copy(sources, hashed);
    [recorded, template, copied].into_iter().flatten().collect()
}

/// Of the newest complete copy that may be compared with.
fn of_copy(sources: &Sources<'_>, hashed: &mut Hashed) -> Option<Known> {
    let copy = copies(sources)
        .into_iter()
        .find_map(|dir| hashed.copy(&dir).filter(|copy| copy.manifest.base_id == sources.base.id))?;
    let replaced = replaced_since(sources, &copy)?;
    let gone: BTreeSet<String> = replaced.made.iter().chain(&replaced.removed).map(RelPath::key).collect();
    let files = copy.manifest.files.iter().map(|file| (file.path.key(), file.sha256));
    let files = files.filter(|(key, _)| !gone.contains(key)).collect();
    Some(Known { since: Since::Copy(copy.manifest.time), files: Arc::new(files) })
}

/// Folders of complete copies that may be of this base, newest first: their names begin with the time and end with the
/// base's id. A base with an id that cannot stand in a name has none here.
fn copies(sources: &Sources<'_>) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(&sources.paths.backup_dir) else { return Vec::new() };
    let id: String = sources.base.id.chars().take(64).collect();
    let names = entries.filter_map(Result::ok).map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.contains(&id)).collect();
    names.sort_unstable_by(|one, other| other.cmp(one));
    let dirs = names.into_iter().map(|name| sources.paths.backup_dir.join(name));
    dirs.filter(|dir| dir.is_dir() && Backup::manifest_path(dir).is_file()).collect()
}

/// What was replaced in the base since a copy; `None`: that is not known, so nothing can be compared.
fn replaced_since(sources: &Sources<'_>, copy: &Backup) -> Option<Changes> {
    if copy.manifest.version == sources.base.version {
        // No update since, or one that was undone.
        return Some(Changes::default());
    }
    let journal = journal::read(&sources.paths.journal_path()).ok()?;
    let mut of_base = journal.entries.iter().filter(|entry| entry.subject == sources.base.id);
    let is_its_update = of_base.any(|entry| {
        entry.what == What::Updated
            && entry.to == sources.base.version
            && entry.backup_dir.as_deref().map(Path::new) == Some(&*copy.dir)
    });
    if is_its_update && copy.has_changes() { copy.changes().ok() } else { None }
}

/// Of a template of the installed version.
fn of_template(sources: &Sources<'_>, hashed: &mut Hashed) -> Option<Known> {
    let version = sources.base.version?;
    let found = templates(&sources.template_dirs).find_map(|path| {
        hashed.template(&path).filter(|found| found.description.is_of(sources.base, &version))
    })?;
    Some(Known { since: Since::Template(version), files: Arc::new(found.files.clone()) })
}

fn templates(dirs: &[PathBuf]) -> impl Iterator<Item = PathBuf> {
    let files = dirs.iter().flat_map(|dir| WalkDir::new(dir).max_depth(TEMPLATES_DEPTH));
    let files = files.filter_map(Result::ok).take(MOST_TEMPLATES);
    let files = files.filter(|entry| {
        let name = entry.file_name().to_str();
        entry.file_type().is_file() && name.and_then(PackageKind::of) == Some(PackageKind::Template)
    });
    files.map(walkdir::DirEntry::into_path)
}
