//! Reading a feed from a source: the list, then the descriptions of the versions asked for, several at once.

use std::cmp::{Ordering, Reverse};

use futures_util::{StreamExt as _, stream};

use super::update_xml::{self, Context};
use super::versions_xml::{self, Listed, Refused};
use super::{Catalogue, Error, Fault, Feed, Problem, Release};
use crate::source::{self, Source};
use crate::version::Version;

/// How many descriptions are asked for at one time.
const AT_ONCE: usize = 8;
/// How many descriptions are read of one feed; products have had some sixty releases in seven years.
const MOST_RELEASES: usize = 500;

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
}

/// Reads the releases of a feed that are wanted. `language` (`ru`, `en-US`) chooses the descriptions, which
/// fall back to the one without a language only where the source says that there is none in this one.
///
/// An error means that nothing is known, never that there is nothing new. A release that could not be read is
/// a problem that names its version in `unread`. Once the source cannot be reached, it is not asked again.
pub async fn load(source: &Source, feed: &Feed, wanted: Wanted, language: &str) -> Result<Catalogue, Error> {
    let list_path = format!("updates/{feed}/{}", versions_xml::FILE);
    let list_error = |fault| Error { path: list_path.clone(), fault };
    let bytes = source.description(&list_path).await.map_err(|fault| list_error(Fault::Source(fault)))?;
    let versions = versions_xml::parse(&bytes).map_err(list_error)?;
    let list_problem = |fault, unread| Problem { path: list_path.clone(), fault, unread };

    let mut catalogue = Catalogue::default();
    let mut listed = versions.listed;
    for Refused { fault, version } in versions.refused {
        catalogue.incomplete |= version.is_none();
        let is_listed = |version: &Version| listed.iter().any(|listed| listed.version == *version);
        catalogue.problems.push(list_problem(fault, version.filter(|version| !is_listed(version))));
    }
    listed.retain(|listed| wanted.includes(feed, &listed.version));
    let order = |version: &Version| (feed.is_platform().then(|| version.platform_key()), *version);
    listed.sort_by_key(|listed| Reverse(order(&listed.version)));
    if listed.len() > MOST_RELEASES {
        let text = format!("{} entries", listed.len());
        catalogue.problems.push(list_problem(Fault::Value { element: "versions".to_owned(), text }, None));
        catalogue.incomplete = true;
        listed.truncate(MOST_RELEASES);
    }

    let language = primary(language);
    let mut answers =
        stream::iter(&listed).map(|listed| describe(source, feed, listed, &language)).buffered(AT_ONCE);
    let mut count = 0;
    let mut lost = None;
    while let Some(answer) = answers.next().await {
        count += 1;
        match answer {
            Ok(release) => catalogue.releases.push(release),
            Err(problem) => {
                let fault = problem.fault.clone();
                catalogue.problems.push(problem);
                if is_unreachable(&fault) {
                    lost = Some(fault);
                    break;
                }
            }
        }
    }
    drop(answers);
    if let Some(fault) = lost {
        let rest = listed.iter().skip(count);
        catalogue.problems.extend(rest.map(|listed| Problem {
            path: format!("{}/update.xml", dir(feed, listed)),
            fault: fault.clone(),
            unread: Some(listed.version),
        }));
    }
    Ok(catalogue)
}

async fn describe(source: &Source, feed: &Feed, listed: &Listed, language: &str) -> Result<Release, Problem> {
    let dir = dir(feed, listed);
    let mut file = format!("update.{language}.xml");
    let mut answer = match language {
        "" => Err(source::Fault::NotFound),
        _ => source.description(&format!("{dir}/{file}")).await,
    };
    if answer == Err(source::Fault::NotFound) {
        "update.xml".clone_into(&mut file);
        answer = source.description(&format!("{dir}/{file}")).await;
    }
    let context = Context { feed, version: listed.version, dir: &dir, sites: &source.sites() };
    let release = match answer {
        Ok(bytes) => update_xml::parse(&bytes, &file, &context),
        Err(fault) => Err(Fault::Source(fault)),
    };
    release.map_err(|fault| Problem { path: format!("{dir}/{file}"), fault, unread: Some(listed.version) })
}

fn dir(feed: &Feed, listed: &Listed) -> String {
    format!("updates/{feed}/{}", listed.path)
}

/// Whether the next question to the source would end in the same way.
fn is_unreachable(fault: &Fault) -> bool {
    use source::Fault::{Connection, Timeout, Tls};
    matches!(fault, Fault::Source(Connection { .. } | Timeout { .. } | Tls { .. }))
}

/// `ru` of `ru-RU`; letters alone, as it becomes part of a file name.
fn primary(language: &str) -> String {
    let letters = language.chars().take_while(char::is_ascii_alphabetic).take(8);
    letters.collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
