//! Builds Android packages: a ZIP with a manifest in Android's binary form, and whatever else makes it large.
//!
//! The layout is that of `frameworks/base/libs/androidfw/include/androidfw/ResourceTypes.h` (AOSP): a string pool, a map of
//! attribute names to numbers, and the elements as chunks. Deliberately independent of the code it tests.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

/// The package name of the made app for Mobile SMARTS.
pub const PACKAGE: &str = "com.example.mobilesmarts";

const NONE: u32 = 0xFFFF_FFFF;
const TYPE_STRING: u8 = 0x03;
const TYPE_INT: u8 = 0x10;
const NAMESPACE: &str = "http://schemas.android.com/apk/res/android";

/// A package to be.
#[derive(Clone, Debug)]
#[must_use]
pub struct ApkBuilder {
    package: String,
    version_name: String,
    version_code: u32,
    filler_bytes: usize,
    levels: usize,
    attributes: usize,
}

impl ApkBuilder {
    /// The made app in this version; its code is the last number of that.
    pub fn new(version: &str) -> Self {
        let code = version.rsplit('.').next().and_then(|last| last.parse().ok()).unwrap_or(1);
        let (package, version_name) = (PACKAGE.to_owned(), version.to_owned());
        Self { package, version_name, version_code: code, filler_bytes: 0, levels: 0, attributes: 0 }
    }

    /// Of another app.
    pub fn package(mut self, package: &str) -> Self {
        package.clone_into(&mut self.package);
        self
    }

    /// As large as this, at least.
    pub fn filled(mut self, bytes: usize) -> Self {
        self.filler_bytes = bytes;
        self
    }

    /// With so many elements inside each other.
    pub fn nested(mut self, levels: usize) -> Self {
        self.levels = levels;
        self
    }

    /// With so many more attributes of the root, each of which repeats the name of the package.
    pub fn repeating(mut self, attributes: usize) -> Self {
        self.attributes = attributes;
        self
    }

    /// The package.
    pub fn build(&self) -> ZipResult<Vec<u8>> {
        self.build_with(&self.manifest())
    }

    /// With these bytes for its manifest.
    pub fn build_with(&self, manifest: &[u8]) -> ZipResult<Vec<u8>> {
        let stored = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .system(zip::System::Unix);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("AndroidManifest.xml", stored)?;
        zip.write_all(manifest)?;
        zip.start_file("classes.dex", stored)?;
        zip.write_all(self.version_name.as_bytes())?;
        zip.write_all(&vec![b'.'; self.filler_bytes])?;
        Ok(zip.finish()?.into_inner())
    }

    /// Its manifest.
    pub fn manifest(&self) -> Vec<u8> {
        // The first two are the names in the map of attributes.
        let names: Vec<String> = (0..self.attributes).map(|number| format!("a{number}")).collect();
        let mut strings = vec![
            "versionCode",
            "versionName",
            "android",
            NAMESPACE,
            "package",
            "manifest",
            &self.package,
            &self.version_name,
        ];
        let first = strings.len() as u32;
        strings.extend(names.iter().map(String::as_str));
        let mut attributes = vec![
            [3, 0, NONE, value(TYPE_INT), self.version_code],
            [3, 1, 7, value(TYPE_STRING), 7],
            [NONE, 4, 6, value(TYPE_STRING), 6],
        ];
        let more = (first..).take(self.attributes);
        attributes.extend(more.map(|name| [NONE, name, 6, value(TYPE_STRING), 6]));
        let mut start: Vec<u32> = vec![NONE, 5];
        // Where the attributes begin, how long one is; how many there are, and none with a place of its own.
        start.extend([0x0014_0014, attributes.len() as u32, 0]);
        start.extend(attributes.iter().flatten());
        let chunks = [
            pool(&strings),
            chunk(0x0180, 8, &words(&[0x0101_021B, 0x0101_021C])),
            node(0x0100, &[2, 3]),
            node(0x0102, &start),
            node(0x0102, &[NONE, 5, 0x0014_0014, 0, 0]).repeat(self.levels),
            node(0x0103, &[NONE, 5]).repeat(self.levels),
            node(0x0103, &[NONE, 5]),
            node(0x0101, &[2, 3]),
        ];
        chunk(0x0003, 8, &chunks.concat())
    }
}

/// Eight bytes long, and of this type.
fn value(kind: u8) -> u32 {
    8 | u32::from(kind) << 24
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn chunk(kind: u16, header_size: u16, rest: &[u8]) -> Vec<u8> {
    let size = 8 + rest.len() as u32;
    [&kind.to_le_bytes()[..], &header_size.to_le_bytes(), &size.to_le_bytes(), rest].concat()
}

/// In the first line, with no comment.
fn node(kind: u16, rest: &[u32]) -> Vec<u8> {
    chunk(kind, 16, &words(&[&[1, NONE], rest].concat()))
}

/// In UTF-16.
fn pool(strings: &[&str]) -> Vec<u8> {
    let mut offsets = Vec::new();
    let mut bytes = Vec::new();
    for text in strings {
        offsets.push(bytes.len() as u32);
        let units: Vec<u16> = text.encode_utf16().collect();
        bytes.extend((units.len() as u16).to_le_bytes());
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes.extend([0, 0]);
    }
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    let count = strings.len() as u32;
    let header = [count, 0, 0, 28 + 4 * count, 0];
    chunk(0x0001, 28, &[words(&header), words(&offsets), bytes].concat())
}
