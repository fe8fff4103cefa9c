//! The installer of the installed platform, where none is kept: the source is asked for a release of just that version
//! while a newer one is fetched, so that there is a way back before anything changes.
//!
//! Whether a site leaves older releases in its list and their files where they were is not documented; inferred from
//! descriptions without a file being allowed for. An update never depends on any of this: what goes wrong here is a
//! reason to be told and nothing else. Deliberately not here: fetching and examining the file, as any other is, and
//! keeping it ([`super::installers`]).

use std::path::PathBuf;

use crate::catalogue::{self, Fault, Feed, Release, Wanted};
use crate::plan::Package;
use crate::source::{self, Inquiry};
use crate::verify::PackageKind;
use crate::version::Version;

/// What became of looking for it.
#[derive(Debug, Default)]
pub enum Former {
    /// Nobody has looked: it is kept, or the plan is about something else or about a file at hand.
    #[default]
    NotSought,
    /// It was fetched and examined, and is kept before the newer one is started.
    Fetched(Box<Package>),
    /// It is not to be had.
    NotHad(NotHad),
    /// The plan is a later step of a chain, and what is installed by then is kept by the step before.
    StepBefore,
}

/// Why it is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotHad {
    /// The source lists no release of this version, describes it no longer, or has no installer of it.
    NotOffered,
    /// The source did not answer, or not all of it.
    Source(source::Fault),
    /// What the source says of it is not understood.
    Unusable,
    /// A disk has not the room for it.
    NoRoom {
        /// On whose disk.
        dir: PathBuf,
        /// Bytes that it would take.
        needed_bytes: u64,
        /// Bytes that are free there.
        free_bytes: u64,
    },
    /// The file is not what it has to be, or nothing proves that it is.
    NotProved,
    /// It did not arrive, for another reason; the log has it.
    NotDownloaded,
}

/// The release of exactly this version, which has an installer. `language` as in [`catalogue::load`].
pub async fn release(inquiry: &Inquiry<'_>, installed: Version, language: &str) -> Result<Release, NotHad> {
    let feed = Feed::platform(installed.flavour());
    let read = catalogue::load(inquiry, &feed, Wanted::Exactly(installed), language).await;
    let catalogue = read.map_err(|error| not_had(error.fault))?;
    let listed = catalogue.releases.into_iter().find(|release| release.version == installed);
    let Some(release) = listed else {
        let unread = catalogue.problems.into_iter().find(|problem| problem.unread == Some(installed));
        return Err(unread.map_or(NotHad::NotOffered, |problem| not_had(problem.fault)));
    };
    let kind = release.file.as_ref().and_then(|file| PackageKind::of(&file.name));
    match kind {
        Some(PackageKind::Msi | PackageKind::Exe) => Ok(release),
        Some(PackageKind::Template | PackageKind::App) | None => Err(NotHad::NotOffered),
    }
}

fn not_had(fault: Fault) -> NotHad {
    match fault {
        Fault::Source(source::Fault::NotFound) => NotHad::NotOffered,
        Fault::Source(fault) => NotHad::Source(fault),
        Fault::File(_)
        | Fault::Version { .. }
        | Fault::Duplicate { .. }
        | Fault::OtherVersion { .. }
        | Fault::Value { .. }
        | Fault::Path { .. }
        | Fault::Address { .. } => NotHad::Unusable,
    }
}

#[cfg(test)]
mod tests {
    use smarts_tests::site::{Behaviour, Site};
    use smarts_tests::tree::{Tree, TreeRelease};
    use tokio::time::Instant;

    use super::*;
    use crate::http::{Http, HttpOptions};
    use crate::source::Source;

    const INSTALLED: &str = "3.3.46.29552";
    const FEED: &str = "Platform4";

    async fn asked(root: &str) -> Result<Release, NotHad> {
        let cache = tempfile::tempdir().unwrap();
        let http = Http::new(&HttpOptions::default()).unwrap();
        let source = Source::open(root, &http, cache.path()).unwrap();
        let inquiry = Inquiry::new(&source, Instant::now() + crate::check::PATIENCE);
        release(&inquiry, INSTALLED.parse().unwrap(), "ru").await
    }

    /// A folder with this tree as the source.
    async fn in_folder(tree: &Tree) -> Result<Release, NotHad> {
        let dir = tempfile::tempdir().unwrap();
        tree.write_to(dir.path()).unwrap();
        asked(&dir.path().display().to_string()).await
    }

    fn newest() -> Tree {
        let newest = TreeRelease::new("3.4.46.40367").download("MobileSMARTS.msi", "new").stated();
        Tree::new().release(FEED, newest)
    }

    #[tokio::test]
    async fn a_release_of_just_the_installed_version_is_found_among_newer_and_older_ones() {
        let other = TreeRelease::new("3.3.46.26738").download("older.msi", "older");
        let former = TreeRelease::new(INSTALLED).download("former.msi", "former").stated();
        let tree = newest().release(FEED, other).release(FEED, former);
        let found = in_folder(&tree).await.unwrap();
        assert_eq!(
            (found.version.to_string().as_str(), found.file.unwrap().name.as_str()),
            (INSTALLED, "former.msi")
        );
    }

    #[tokio::test]
    async fn one_that_is_not_listed_or_not_described_or_has_no_installer_is_not_offered() {
        let without = newest().release(FEED, TreeRelease::new(INSTALLED));
        let template = newest().release(FEED, TreeRelease::new(INSTALLED).download("former.mstmpl", "x"));
        let undescribed = newest().entry(FEED, &format!("<version name=\"{INSTALLED}\"/>"));
        for tree in [newest(), Tree::new().file("updates/x", ""), without, template, undescribed] {
            assert_eq!(in_folder(&tree).await, Err(NotHad::NotOffered));
        }
    }

    #[tokio::test]
    async fn a_description_that_speaks_of_another_version_or_makes_no_sense_is_not_used() {
        let path = format!("updates/{FEED}/{INSTALLED}/update.xml");
        let entry = format!("<version name=\"{INSTALLED}\"/>");
        let other = "<update><version>3.4.46.1</version></update>";
        for text in ["<update", other] {
            let tree = newest().entry(FEED, &entry).file(&path, text);
            assert_eq!(in_folder(&tree).await, Err(NotHad::Unusable), "{text}");
        }
    }

    #[tokio::test]
    async fn a_site_that_answers_with_a_fault_is_told_and_not_taken_for_one_without_it() {
        let former = TreeRelease::new(INSTALLED).download("former.msi", "former").stated();
        let site = Site::serve(&newest().release(FEED, former)).unwrap();
        assert!(asked(&site.root()).await.is_ok());
        site.misbehave(&format!("updates/{FEED}/{INSTALLED}/update.ru.xml"), Behaviour::Status(500));
        assert!(matches!(
            asked(&site.root()).await,
            Err(NotHad::Source(source::Fault::Status { status: 500, .. }))
        ));
    }
}
