//! `update.xml`: one release.
//!
//! Believed of the format, read from a build of the platform (newer ones may differ): an element `update`
//! with `version`, `date` (`dd.MM.yyyy`, with or without `HH:mm:ss`), `fromdownloads`, `file`, `description`,
//! `updateTags`, `forced`, `distribution`, `showforall`; nothing states a size or a checksum. Our own
//! additions, all optional: `minPlatform`, `fromVersions`, `clientVersion`, `size`, `sha256`, `publisher`.
//! Attributes do as well as child elements, in any letter case; what is unknown is ignored. File names are
//! taken as they stand, without percent-decoding, except in whole addresses.
//!
//! An element that holds what it cannot makes the whole release unusable: a size or a hash that was meant and
//! is not understood must not turn into one that was not stated.

mod file;

use std::str::FromStr;

use jiff::civil::Date;
use roxmltree::Node;
use url::Url;

use super::{Fault, Feed, Release, VersionPattern, shortened};
use crate::version::{self, Version};
use crate::xml;

/// The name of a description in no particular language.
pub const FILE: &str = "update.xml";
/// Longer notes are cut: nobody reads a book before an update, and a report holds those of many releases.
pub const LONGEST_NOTES_BYTES: usize = 64 * 1024;
/// Stands at the end of notes that were cut.
const CUT: &str = "\n…";

/// What is known of a release before its description is read. Not for showing: addresses carry credentials.
#[derive(Clone)]
pub struct Context<'a> {
    /// Where it was found.
    pub feed: &'a Feed,
    /// By `versions.xml`.
    pub version: Version,
    /// The folder of the description, below the source's root.
    pub dir: &'a str,
    /// The addresses of the sites that the source is made of.
    pub sites: &'a [&'a Url],
}

/// Reads a description; `file` is its name, for faults.
pub fn parse(bytes: &[u8], file: &str, context: &Context<'_>) -> Result<Release, Fault> {
    let text = xml::decode(bytes, file).map_err(Fault::File)?;
    let document = xml::parse(&text, file).map_err(Fault::File)?;
    let root = document.root_element();
    if !xml::is_named(root, "update") {
        return Err(Fault::File(xml::wrong_root(root, "update", file)));
    }
    if let Some(found) = version(root, "version")?.filter(|found| *found != context.version) {
        return Err(Fault::OtherVersion { expected: context.version, found });
    }
    Ok(Release {
        feed: context.feed.clone(),
        version: context.version,
        date: parsed(root, "date", date)?,
        notes: shortened_notes(notes(root)),
        file: file::of(root, context)?,
        tags: list(root, "updateTags"),
        forced: parsed(root, "forced", flag)?.unwrap_or(false),
        distribution: parsed(root, "distribution", percentage)?.unwrap_or(100),
        show_for_all: parsed(root, "showforall", flag)?.unwrap_or(false),
        min_platform: version(root, "minPlatform")?,
        from_versions: patterns(root)?,
        client_version: version(root, "clientVersion")?,
    })
}

/// A value that is there has to be understood.
fn parsed<T>(root: Node<'_, '_>, name: &str, read: fn(&str) -> Option<T>) -> Result<Option<T>, Fault> {
    let Some(text) = xml::value(root, name) else {
        return Ok(None);
    };
    let fault = || Fault::Value { element: name.to_owned(), text: shortened(&text) };
    read(&text).map(Some).ok_or_else(fault)
}

fn version(root: Node<'_, '_>, name: &str) -> Result<Option<Version>, Fault> {
    let fault = |error: version::Error| Fault::Version { element: name.to_owned(), error };
    xml::value(root, name).map(|text| text.parse().map_err(fault)).transpose()
}

fn patterns(root: Node<'_, '_>) -> Result<Vec<VersionPattern>, Fault> {
    let pattern = |text: String| {
        let fault = |_| Fault::Value { element: "fromVersions".to_owned(), text: shortened(&text) };
        VersionPattern::from_str(&text).map_err(fault)
    };
    list(root, "fromVersions").into_iter().map(pattern).collect()
}

fn list(root: Node<'_, '_>, name: &str) -> Vec<String> {
    let text = xml::value(root, name).unwrap_or_default();
    text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Some write notes with mark-up right within the description: it stays, for [`crate::notes`] to read.
fn notes(root: Node<'_, '_>) -> String {
    let Some(element) = xml::children(root, "description").next() else {
        return xml::value(root, "description").unwrap_or_default();
    };
    let written = inner_source(element).filter(|_| element.children().any(|child| child.is_element()));
    let text = written.map_or_else(|| own_text(element), str::to_owned);
    text.trim().to_owned()
}

fn own_text(element: Node<'_, '_>) -> String {
    element.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// As it stands in the file; nothing where sections of plain text are mixed in, which HTML does not know.
fn inner_source<'input>(element: Node<'_, 'input>) -> Option<&'input str> {
    let (first, last) = (element.first_child()?, element.last_child()?);
    let source = element.document().input_text().get(first.range().start..last.range().end)?;
    (!source.contains("<![CDATA[")).then_some(source)
}

/// With the mark, at most [`LONGEST_NOTES_BYTES`].
fn shortened_notes(mut notes: String) -> String {
    if notes.len() > LONGEST_NOTES_BYTES {
        notes.truncate(notes.floor_char_boundary(LONGEST_NOTES_BYTES - CUT.len()));
        notes.push_str(CUT);
    }
    notes
}

/// The day of `dd.MM.yyyy` or `dd.MM.yyyy HH:mm:ss`. The time of day is the publisher's and says nothing
/// here.
fn date(text: &str) -> Option<Date> {
    let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time.trim())));
    if let Some(time) = time {
        jiff::civil::Time::strptime("%H:%M:%S", time).ok()?;
    }
    // The library would take shorter and longer years.
    let is_full = day.len() == 10 && day.bytes().filter(u8::is_ascii_digit).count() == 8;
    is_full.then(|| Date::strptime("%d.%m.%Y", day).ok()).flatten()
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn percentage(text: &str) -> Option<u8> {
    let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
    number(digits).and_then(|number| u8::try_from(number).ok()).filter(|percent| *percent <= 100)
}

/// Digits alone: the standard parser would take a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests;
