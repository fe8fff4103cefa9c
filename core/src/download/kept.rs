//! Files of releases that stay where they were downloaded: for going back, and so that they need not be fetched
//! again. They lie in `downloads/<feed>/<version>`; of each feed the newest stay, and so does what is in use.
//!
//! The folder is one of the person's own, among whose things a program of ours lives as a guest. So only files
//! are removed, and only those that lie where this program puts them, under the name of a version and with the
//! name of a package or of what is left of its download. Folders go when they are empty, and links are followed
//! nowhere. A file that is kept is no trusted file: it is used again only after its hash was compared.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::partial::{ENDINGS, Paths};
use crate::catalogue::{Feed, Release};
use crate::verify::PackageKind;
use crate::version::Version;

/// Where the file of a release is kept.
pub fn dir(downloads_dir: &Path, release: &Release) -> PathBuf {
    downloads_dir.join(release.feed.as_str()).join(release.version.to_string())
}

/// Removes what has been kept of a feed beyond the newest version and the `older` ones before it, and returns
/// the files that are gone. `spared` versions stay, and so do files that somebody downloads or has examined
/// and not let go yet. What cannot be removed stays for the next time.
pub fn tidy(downloads_dir: &Path, feed: &Feed, older: usize, spared: &[Version]) -> Vec<PathBuf> {
    let feed_dir = downloads_dir.join(feed.as_str());
    let mut versions = versions(&feed_dir);
    versions.sort_by_key(|version| (feed.is_platform().then(|| version.platform_key()), *version));
    versions.reverse();
    let of = |version: &Version| feed_dir.join(version.to_string());
    let whole = |version: &Version| names(&of(version)).iter().any(|name| PackageKind::of(name).is_some());
    let mut whole_versions = 0;
    let too_many = versions.into_iter().filter(|version| {
        let is_beyond = whole_versions > older;
        whole_versions += usize::from(whole(version));
        is_beyond && !spared.contains(version)
    });
    let mut gone = Vec::new();
    for version in too_many.collect::<Vec<_>>() {
        let dir = of(&version);
        for name in packages(&dir) {
            match remove(&dir, &name) {
                Ok(true) => gone.push(dir.join(name)),
                Ok(false) => {}
                Err(error) => tracing::debug!(name, %error, "A kept file was not removed"),
            }
        }
        // Only an empty one goes.
        let _ = fs::remove_dir(&dir);
    }
    gone
}

/// The versions that have a folder, links left out; only names as this program writes them.
fn versions(feed_dir: &Path) -> Vec<Version> {
    let is_dir = |path: &Path| fs::symlink_metadata(path).is_ok_and(|facts| facts.is_dir());
    if !is_dir(feed_dir) {
        return Vec::new();
    }
    let of_name = |name: &String| {
        let version: Version = name.parse().ok()?;
        (version.to_string() == *name && is_dir(&feed_dir.join(name))).then_some(version)
    };
    entries(feed_dir).iter().filter_map(of_name).collect()
}

fn entries(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// The plain files of a folder.
fn names(dir: &Path) -> Vec<String> {
    let mut names = entries(dir);
    names.retain(|name| fs::symlink_metadata(dir.join(name)).is_ok_and(|facts| facts.is_file()));
    names
}

/// The packages that lie there, whole or not.
fn packages(dir: &Path) -> Vec<String> {
    let of_name = |name: String| {
        let package = ENDINGS.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        PackageKind::of(package).map(|_| package.to_owned())
    };
    let mut packages: Vec<String> = names(dir).into_iter().filter_map(of_name).collect();
    packages.sort();
    packages.dedup();
    packages
}

/// Whether it is gone; `false`: somebody uses it.
fn remove(dir: &Path, name: &str) -> io::Result<bool> {
    let Ok(paths) = Paths::named(dir, name) else { return Ok(false) };
    // Nobody downloads it from here on.
    let Ok(_lock) = paths.lock() else { return Ok(false) };
    if let Some(file) = present(&paths.file)? {
        // Whoever has examined it holds a lock on it, or on Windows keeps it from being removed at all.
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // Windows would keep the lock's file.
        drop(file);
        fs::remove_file(&paths.file)?;
    }
    paths.remove().map_err(io::Error::other)?;
    Ok(true)
}

fn present(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::open_unchanging;

    fn feed(name: &str) -> Feed {
        Feed::named(name).unwrap()
    }

    fn put(dir: &Path, paths: &[&str]) {
        for path in paths {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
    }

    fn all(dir: &Path) -> Vec<String> {
        let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| !entry.file_type().is_dir());
        let below = |path: &Path| path.strip_prefix(dir).unwrap().display().to_string().replace('\\', "/");
        files.map(|entry| below(entry.path())).collect()
    }

    #[test]
    fn the_newest_and_so_many_older_versions_stay() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["P/1.2.0.9/a.mstmpl", "P/1.10.0.1/a.mstmpl", "P/1.9.0.1/a.exe", "P/1.3/a.mstmpl"]);
        put(dir.path(), &["Other/1.0/a.mstmpl"]);
        assert_eq!(tidy(dir.path(), &feed("P"), 3, &[]), Vec::<PathBuf>::new());
        let gone = tidy(dir.path(), &feed("P"), 1, &["1.3".parse().unwrap()]);
        assert_eq!(gone, [dir.path().join("P/1.2.0.9/a.mstmpl")]);
        assert!(!dir.path().join("P/1.2.0.9").exists());
        tidy(dir.path(), &feed("P"), 0, &[]);
        assert_eq!(all(dir.path()), ["Other/1.0/a.mstmpl", "P/1.10.0.1/a.mstmpl"]);
    }

    #[test]
    fn what_is_left_of_older_downloads_goes_and_a_newer_one_under_way_counts_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["P/1.1/a.msi.partial", "P/1.1/a.msi.partial.json", "P/1.2/a.msi", "P/1.3/a.msi"]);
        put(dir.path(), &["P/1.4/a.msi.partial"]);
        tidy(dir.path(), &feed("P"), 1, &[]);
        assert_eq!(all(dir.path()), ["P/1.2/a.msi", "P/1.3/a.msi", "P/1.4/a.msi.partial"]);
    }

    #[test]
    fn builds_of_a_platform_release_stand_together_whatever_their_flavour() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["Platform4/3.0.46.46770/a.msi", "Platform4/3.0.35.46769/a.msi"]);
        put(dir.path(), &["Platform4/3.0.46.40000/a.msi"]);
        tidy(dir.path(), &feed("Platform4"), 1, &[]);
        assert_eq!(all(dir.path()), ["Platform4/3.0.35.46769/a.msi", "Platform4/3.0.46.46770/a.msi"]);
    }

    #[test]
    fn what_somebody_downloads_or_has_examined_stays() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["P/1.1/a.msi", "P/1.2/b.msi.partial", "P/1.3/a.msi"]);
        let examined = open_unchanging(&dir.path().join("P/1.1/a.msi")).unwrap();
        let download = Paths::named(&dir.path().join("P/1.2"), "b.msi").unwrap().lock().unwrap();
        assert_eq!(tidy(dir.path(), &feed("P"), 0, &[]), Vec::<PathBuf>::new());
        drop((examined, download));
        assert_eq!(tidy(dir.path(), &feed("P"), 0, &[]).len(), 2);
        assert_eq!(all(dir.path()), ["P/1.3/a.msi"]);
    }

    #[test]
    fn a_persons_own_files_and_folders_stay_wherever_they_lie() {
        let dir = tempfile::tempdir().unwrap();
        let own = ["P/1.1/notes.txt", "P/1.1/sub/a.msi", "P/01.1/a.msi", "P/old/a.msi", "P/a.msi", "a.msi"];
        put(dir.path(), &own);
        put(dir.path(), &["P/1.1/a.msi", "P/1.2/a.msi"]);
        let mut left: Vec<&str> = own.into_iter().chain(["P/1.2/a.msi"]).collect();
        left.sort_unstable();
        tidy(dir.path(), &feed("P"), 0, &[]);
        let mut found = all(dir.path());
        found.sort();
        assert_eq!(found, left);
        assert_eq!(tidy(&dir.path().join("missing"), &feed("P"), 0, &[]), Vec::<PathBuf>::new());
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path(), &["elsewhere/a.msi", "P/1.1/b.msi", "P/1.3/a.msi", "Q/1.1/a.msi", "Q/1.2/a.msi"]);
        std::os::unix::fs::symlink(dir.path().join("elsewhere"), dir.path().join("P/1.0")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("elsewhere/a.msi"), dir.path().join("P/1.1/a.msi"))
            .unwrap();
        std::os::unix::fs::symlink(dir.path().join("Q"), dir.path().join("R")).unwrap();
        tidy(dir.path(), &feed("P"), 0, &[]);
        tidy(dir.path(), &feed("R"), 0, &[]);
        assert!(dir.path().join("elsewhere/a.msi").exists() && dir.path().join("Q/1.1/a.msi").exists());
        assert!(dir.path().join("P/1.1/a.msi").is_symlink() && !dir.path().join("P/1.1/b.msi").exists());
    }
}
