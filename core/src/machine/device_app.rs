//! What the files in a device's folder say of the device: the version of its mobile app, and what it runs.
//!
//! Inferred throughout: no such file is documented, so whatever names a version or a system in one of a few ways is
//! believed, in the newest file that does. A description of the product may lie there, too; the `clientVersion` in it
//! is what the product goes with and says nothing of the device.
//!
//! What is broken, too large, or says two things at once leaves the device unknown, which is not worth a problem: its
//! app is assumed then, and said to be. The files are somebody's data, and may hold passwords: nothing but a version and
//! a system comes out of here. Deliberately not here: finding the files and following no links ([`super::devices`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use roxmltree::Node;

use super::System;
use crate::installer;
use crate::version::Version;
use crate::xml;

/// Of a device, the newest ones.
const MOST_FILES: usize = 3;
/// For each file.
const LIMIT_BYTES: u64 = 256 * 1024;
/// The extension of files that are read.
const EXTENSION: &str = "xml";
/// Element of a description of the product.
const DESCRIPTION: &str = "AppDescription";
/// Longer texts name neither a version nor a system.
const LONGEST_TEXT: usize = 100;

/// What a file says. Nothing, or one thing, or several that cannot all be true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Versions of the app.
    pub versions: BTreeSet<Version>,
    /// What the device runs.
    pub systems: BTreeSet<System>,
}

/// How much of the files of one base's devices is still read: a base may have any number of them.
#[derive(Debug)]
pub(super) struct Budget {
    files: usize,
    bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { files: 1000, bytes: 8 * 1024 * 1024 }
    }
}

impl Budget {
    fn takes(&mut self, size_bytes: u64) -> bool {
        let left = self.files.checked_sub(1).zip(self.bytes.checked_sub(size_bytes));
        if let Some((files, bytes)) = left {
            *self = Self { files, bytes };
        }
        left.is_some()
    }
}

/// Whether a file of a device's folder is worth reading.
pub(super) fn is_of_interest(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// What files say, the newest first, each with its size: of each question the first answer counts.
pub(super) fn read(files: &[(PathBuf, u64)], budget: &mut Budget) -> (Option<Version>, Option<System>) {
    let mut first = Said::default();
    let small_enough = files.iter().filter(|(_, size_bytes)| *size_bytes <= LIMIT_BYTES);
    for (path, size_bytes) in small_enough.take(MOST_FILES) {
        if !budget.takes(*size_bytes) {
            break;
        }
        let said = xml::read_file(path, LIMIT_BYTES).map(|bytes| parse(&bytes)).unwrap_or_default();
        if first.versions.is_empty() {
            first.versions = said.versions;
        }
        if first.systems.is_empty() {
            first.systems = said.systems;
        }
        if !first.versions.is_empty() && !first.systems.is_empty() {
            break;
        }
    }
    (first.version(), first.system())
}

/// Reads a file.
pub fn parse(bytes: &[u8]) -> Said {
    let mut said = Said::default();
    let Ok(text) = xml::decode(bytes, EXTENSION) else { return said };
    let Ok(document) = xml::parse(&text, EXTENSION) else { return said };
    let nodes = document.root_element().descendants();
    for node in nodes.filter(|node| node.is_element() && !is_of_description(*node)) {
        for attribute in node.attributes() {
            said.take(attribute.name(), || Some(attribute.value().to_owned()));
        }
        said.take(node.tag_name().name(), || xml::text(node));
        if is_client(node) {
            said.versions.extend(xml::value(node, "version").as_deref().and_then(version));
        }
    }
    said
}

impl Said {
    /// The version of the app, if that is clear.
    pub fn version(&self) -> Option<Version> {
        only(&self.versions)
    }

    /// What the device runs, if that is clear.
    pub fn system(&self) -> Option<System> {
        only(&self.systems)
    }

    fn take(&mut self, name: &str, text: impl FnOnce() -> Option<String>) {
        let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_one_of(&["clientVersion"]) {
            self.versions.extend(text().as_deref().and_then(version));
        } else if is_one_of(&["clientPlatform", "platform", "os", "deviceType"]) {
            self.systems.extend(text().as_deref().and_then(system));
        }
    }
}

fn only<T: Copy + Ord>(all: &BTreeSet<T>) -> Option<T> {
    all.first().filter(|_| all.len() == 1).copied()
}

/// What it states is stated in attributes or in elements right in it.
fn is_of_description(node: Node<'_, '_>) -> bool {
    [Some(node), node.parent()].into_iter().flatten().any(|node| xml::is_named(node, DESCRIPTION))
}

fn is_client(node: Node<'_, '_>) -> bool {
    ["Client", "MobileClient"].iter().any(|name| xml::is_named(node, name))
}

/// Zeros stand for a version that whoever wrote them did not know.
fn version(text: &str) -> Option<Version> {
    let version = installer::version(text)?;
    (version.major_minor() != (0, 0)).then_some(version)
}

fn system(text: &str) -> Option<System> {
    if text.len() > LONGEST_TEXT {
        return None;
    }
    // `Windows CE`, `WindowsCE` and `windows-ce` are the same.
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| letters.contains(word));
    let is_android = has(&["android"]);
    let is_windows_ce = has(&["windowsce", "wince", "windowsmobile", "pocketpc", "windowsembedded"]);
    match (is_android, is_windows_ce) {
        (true, false) => Some(System::Android),
        (false, true) => Some(System::WindowsCe),
        (true, true) | (false, false) => None,
    }
}

#[cfg(test)]
mod tests;
