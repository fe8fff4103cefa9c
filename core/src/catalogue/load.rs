//! Reading a feed from a source: the list, then the descriptions of the versions asked for, several at once.

use std::cmp::{Ordering, Reverse};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use jiff::Timestamp;

use super::update_xml::{self, Context};
use super::versions_xml::{self, Listed, Refused, Versions};
use super::{Catalogue, Error, Fault, Feed, Problem, Release};
use crate::source::{self, Inquiry};
use crate::version::Version;

/// The description without a language.
const NEUTRAL: &str = update_xml::FILE;
/// How many descriptions are asked for at one time.
const AT_ONCE: usize = 8;
/// How many descriptions are read of one feed; products have had some sixty releases in seven years.
const MOST_RELEASES: usize = 500;
/// How many that are not asked for are told of one feed, for the sake of subscriptions, newest first: at the pace so
/// far, the releases of some twenty years.
const MOST_OLDER: usize = 200;

/// Which of the listed versions are described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Those newer than at least one of these, which are installed. No versions: all that are listed.
    ///
    /// In a platform's feed, builds of another flavour than the installed one are neither newer nor older.
    NewerThan(Vec<Version>),
    /// This one alone, for a download by hand.
    Exactly(Version),
}

impl Wanted {
    fn includes(&self, feed: &Feed, version: &Version) -> bool {
        let is_newer = |installed: &Version| {
            if feed.is_platform() {
                version.platform_cmp(installed).is_some_and(Ordering::is_gt)
            } else {
                version > installed
            }
        };
        match self {
            Self::NewerThan(installed) => installed.is_empty() || installed.iter().any(is_newer),
            Self::Exactly(exact) => version == exact,
        }
    }

    /// Whether a version that is not included is below what is installed, and no build of another flavour.
    fn can_be_compared(&self, feed: &Feed, version: &Version) -> bool {
        match self {
            Self::NewerThan(installed) => installed
                .iter()
                .any(|installed| !feed.is_platform() || version.platform_cmp(installed).is_some()),
            Self::Exactly(_) => false,
        }
    }
}

/// Reads the releases of a feed that are wanted. `language` (`ru`, `en-US`) chooses the descriptions, which
/// fall back to the one without a language only where the source says that there is none in this one.
///
/// An error means that nothing is known, never that there is nothing new. A release that could not be read is
/// a problem that names its version in `unread`. Once the source cannot be reached, it is not asked again;
/// what was read before counts.
pub async fn load(
    inquiry: &Inquiry<'_>,
    feed: &Feed,
    wanted: Wanted,
    language: &str,
) -> Result<Catalogue, Error> {
    let list_path = format!("updates/{feed}/{}", versions_xml::FILE);
    let list_error = |fault| Error { path: list_path.clone(), fault };
    let bytes = inquiry.description(&list_path).await.map_err(|fault| list_error(Fault::Source(fault)))?;
    let versions = versions_xml::parse(&bytes).map_err(list_error)?;
    let (listed, mut catalogue) = wanted_of(versions, feed, &wanted, &list_path);

    let reader = Reader { inquiry, feed, language: primary(language), lost: Mutex::default() };
    // Nothing is asked before its turn. Over a stream with a closure no task that moves between threads could wait.
    let asking: Vec<_> = listed.iter().map(|listed| reader.describe(listed)).collect();
    let mut answers = stream::iter(asking).buffered(AT_ONCE);
    while let Some(answer) = answers.next().await {
        match answer {
            Ok(release) => catalogue.releases.push(release),
            Err(problem) => catalogue.problems.push(problem),
        }
    }
    drop(answers);
    Ok(catalogue)
}

/// Describes one listed release; an error names it in `unread`.
pub async fn describe(
    inquiry: &Inquiry<'_>,
    feed: &Feed,
    listed: &Listed,
    language: &str,
) -> Result<Release, Problem> {
    let reader = Reader { inquiry, feed, language: primary(language), lost: Mutex::default() };
    reader.describe(listed).await
}

/// As [`describe`], without asking: what the source said of the release when it was asked last. `None`: that is not
/// known here or was said longer than `most_age` ago, or the source is a folder, or signed, of which nothing is kept
/// here.
pub async fn kept(
    inquiry: &Inquiry<'_>,
    feed: &Feed,
    listed: &Listed,
    language: &str,
    now: Timestamp,
    most_age: Duration,
) -> Option<Release> {
    let dir = format!("updates/{feed}/{}", listed.path);
    let sites = inquiry.source.sites();
    let context = Context { feed, version: listed.version, dir: &dir, sites: &sites };
    for file in files(&primary(language)) {
        if let Some(bytes) = inquiry.source.kept(&format!("{dir}/{file}"), now, most_age).await {
            return update_xml::parse(&bytes, &file, &context).ok();
        }
    }
    None
}

/// The entries to be described, newest first, and a catalogue of what is wrong with the list.
fn wanted_of(versions: Versions, feed: &Feed, wanted: &Wanted, list_path: &str) -> (Vec<Listed>, Catalogue) {
    let list_problem = |fault, unread| Problem { path: list_path.to_owned(), fault, unread };
    let mut catalogue = Catalogue::default();
    let mut listed = versions.listed;
    for Refused { fault, version } in versions.refused {
        catalogue.incomplete |= version.is_none();
        let is_listed = |version: &Version| listed.iter().any(|listed| listed.version == *version);
        catalogue.problems.push(list_problem(fault, version.filter(|version| !is_listed(version))));
    }
    let order = |version: &Version| (feed.is_platform().then(|| version.platform_key()), *version);
    listed.sort_by_key(|listed| Reverse(order(&listed.version)));
    let (mut listed, others): (Vec<_>, Vec<_>) =
        listed.into_iter().partition(|listed| wanted.includes(feed, &listed.version));
    let comparable = others.into_iter().filter(|listed| wanted.can_be_compared(feed, &listed.version));
    catalogue.older = comparable.take(MOST_OLDER).collect();
    if listed.len() > MOST_RELEASES {
        let text = format!("{} entries", listed.len());
        catalogue.problems.push(list_problem(Fault::Value { element: "versions".to_owned(), text }, None));
        catalogue.incomplete = true;
        listed.truncate(MOST_RELEASES);
    }
    (listed, catalogue)
}

/// What the descriptions of one feed have in common.
struct Reader<'a> {
    inquiry: &'a Inquiry<'a>,
    feed: &'a Feed,
    /// Empty: only descriptions without a language.
    language: String,
    /// Why the source is not asked any more.
    lost: Mutex<Option<source::Fault>>,
}

impl Reader<'_> {
    async fn describe(&self, listed: &Listed) -> Result<Release, Problem> {
        let dir = format!("updates/{}/{}", self.feed, listed.path);
        let [mut file, neutral] = files(&self.language);
        let mut answer = self.ask(&dir, &file).await;
        if answer == Err(source::Fault::NotFound) && file != neutral {
            file = neutral;
            answer = self.ask(&dir, &file).await;
        }
        let sites = self.inquiry.source.sites();
        let context = Context { feed: self.feed, version: listed.version, dir: &dir, sites: &sites };
        let release = match answer {
            Ok(bytes) => update_xml::parse(&bytes, &file, &context),
            Err(fault) => Err(Fault::Source(fault)),
        };
        let release = match release {
            Ok(release) => self.vouched(release).await.map_err(Fault::Source),
            Err(fault) => Err(fault),
        };
        release.map_err(|fault| Problem {
            path: format!("{dir}/{file}"),
            fault,
            unread: Some(listed.version),
        })
    }

    /// Of a signed source nothing counts of a file that is not signed.
    async fn vouched(&self, release: Release) -> Result<Release, source::Fault> {
        let Some(file) = release.file else { return Ok(release) };
        let file = self.inquiry.source.vouched(file).await?;
        Ok(Release { file: Some(file), ..release })
    }

    async fn ask(&self, dir: &str, file: &str) -> Result<Vec<u8>, source::Fault> {
        if let Some(fault) = &*self.lost() {
            return Err(fault.clone());
        }
        let answer = self.inquiry.description(&format!("{dir}/{file}")).await;
        if let Err(fault) = &answer
            && fault.is_unreachable()
        {
            *self.lost() = Some(fault.clone());
        }
        answer
    }

    fn lost(&self) -> MutexGuard<'_, Option<source::Fault>> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The description in this language, and the one to fall back to; the same where there is no language.
fn files(language: &str) -> [String; 2] {
    let file = match language {
        "" => NEUTRAL.to_owned(),
        language => format!("update.{language}.xml"),
    };
    [file, NEUTRAL.to_owned()]
}

/// `ru` of `ru-RU`; letters alone, as it becomes part of a file name.
fn primary(language: &str) -> String {
    let letters = language.chars().take_while(char::is_ascii_alphabetic).take(8);
    letters.collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
