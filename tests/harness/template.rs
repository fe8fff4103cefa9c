//! Builds templates (`.mstmpl`): good ones, and ones that lie.
//!
//! Deliberately independent of the code it tests: names and descriptions are written out here.

use std::io::{Cursor, Write};
use std::path::Path;
use std::{fs, io};

use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::{FullFileOptions, SimpleFileOptions};

/// A template to be. Entries come in the order they were added.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct TemplateBuilder {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
enum Entry {
    File { name: Vec<u8>, unicode_name: Option<String>, bytes: Vec<u8> },
    Folder(String),
    Link { name: String, target: String },
}

impl TemplateBuilder {
    /// With nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// With an `AppDescription.xml` in it.
    pub fn of_product(product_id: &str, product: &str, version: &str) -> Self {
        Self::new().file("AppDescription.xml", app_description(product_id, product, version))
    }

    /// Adds an `OnUpdate.xml`.
    pub fn on_update(self, deletes: &[&str], items: &[&str]) -> Self {
        let element = |name: &str, path: &&str| format!("<{name}>{}</{name}>", escaped(path));
        let deletes: String = deletes.iter().map(|path| element("delete", path)).collect();
        let items: String = items.iter().map(|path| element("item", path)).collect();
        self.file("OnUpdate.xml", format!("<extract>{items}{deletes}</extract>"))
    }

    /// Adds a file; a name that is not ASCII gets the UTF-8 flag.
    pub fn file(self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.raw_file(name.as_bytes(), bytes)
    }

    /// Adds a file by the bytes of its name, as programs of a Russian Windows write them in code page 866.
    pub fn raw_file(mut self, name: &[u8], bytes: impl Into<Vec<u8>>) -> Self {
        self.entries.push(Entry::File { name: name.to_vec(), unicode_name: None, bytes: bytes.into() });
        self
    }

    /// Adds a file whose real name stands in the Info-ZIP Unicode Path extra field.
    pub fn unicode_file(mut self, name: &[u8], unicode_name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let unicode_name = Some(unicode_name.to_owned());
        self.entries.push(Entry::File { name: name.to_vec(), unicode_name, bytes: bytes.into() });
        self
    }

    /// Adds an empty folder.
    pub fn folder(mut self, name: &str) -> Self {
        self.entries.push(Entry::Folder(name.to_owned()));
        self
    }

    /// Adds a symbolic link.
    pub fn link(mut self, name: &str, target: &str) -> Self {
        self.entries.push(Entry::Link { name: name.to_owned(), target: target.to_owned() });
        self
    }

    /// The template's bytes.
    pub fn build(&self) -> ZipResult<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default();
        for entry in &self.entries {
            match entry {
                Entry::Folder(name) => zip.add_directory(name, plain)?,
                Entry::Link { name, target } => zip.add_symlink(name, target, plain)?,
                Entry::File { name, unicode_name, bytes } => {
                    let mut options = FullFileOptions::default().name(name);
                    if let Some(unicode_name) = unicode_name {
                        options.add_extra_field(0x7075, unicode_path(name, unicode_name), true)?;
                    }
                    zip.start_file_with_options(options)?;
                    zip.write_all(bytes)?;
                }
            }
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Writes the template to a file.
    pub fn write_to(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.build().map_err(io::Error::other)?)
    }
}

/// An `AppDescription.xml` in its signature envelope.
pub fn app_description(product_id: &str, product: &str, version: &str) -> String {
    format!(
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><Object Id=\"sign\">\
         <AppDescription appId=\"{}\" appName=\"{}\" appVersion=\"{}\" \
         minPlatformVersion=\"3.3.46.29552\" xmlns=\"\" /></Object></Signature>",
        escaped(product_id),
        escaped(product),
        escaped(version),
    )
}

/// Sets bits in the flags of every entry: 0x1 says that it is encrypted.
pub fn set_flags(template: &mut [u8], bits: u16) {
    change_entries(template, |_, record| {
        let flags = u16::from_le_bytes([record[8], record[9]]) | bits;
        record[8..10].copy_from_slice(&flags.to_le_bytes());
    });
}

/// Clears bits in the flags of every entry: 0x800 says that the name is UTF-8.
pub fn clear_flags(template: &mut [u8], bits: u16) {
    change_entries(template, |_, record| {
        let flags = u16::from_le_bytes([record[8], record[9]]) & !bits;
        record[8..10].copy_from_slice(&flags.to_le_bytes());
    });
}

/// Makes the checksum of an entry wrong.
pub fn damage(template: &mut [u8], name: &str) {
    change_entries(template, |found, record| {
        if found == name.as_bytes() {
            record[16] ^= 0xff;
        }
    });
}

/// Makes an entry declare another size than it unpacks to.
pub fn declare_size(template: &mut [u8], name: &str, size: u32) {
    change_entries(template, |found, record| {
        if found == name.as_bytes() {
            record[24..28].copy_from_slice(&size.to_le_bytes());
        }
    });
}

/// Gives an entry another name of the same length, such as one that a good library refuses to write.
///
/// # Panics
/// If the names are not of one length.
pub fn rename(template: &mut [u8], from: &str, to: &str) {
    assert_eq!(from.len(), to.len(), "names of one length");
    change_entries(template, |found, record| {
        if found == from.as_bytes() {
            record[46..46 + to.len()].copy_from_slice(to.as_bytes());
        }
    });
}

/// Calls `change` with the name and the record of every entry in the central directory (APPNOTE 4.3.12).
fn change_entries(template: &mut [u8], change: impl Fn(&[u8], &mut [u8])) {
    let end = template.len() - 22;
    let four = |at: usize| {
        let bytes = [template[at], template[at + 1], template[at + 2], template[at + 3]];
        u32::from_le_bytes(bytes) as usize
    };
    let mut position = four(end + 16);
    while position < end {
        let two = |at: usize| {
            usize::from(u16::from_le_bytes([template[position + at], template[position + at + 1]]))
        };
        let (name, extra, comment) = (two(28), two(30), two(32));
        let record = &mut template[position..position + 46 + name + extra + comment];
        let name = record[46..46 + name].to_vec();
        change(&name, record);
        position += record.len();
    }
}

/// Version 1, the CRC-32 of the name in the header, the name in UTF-8 (APPNOTE 4.6.9).
fn unicode_path(name: &[u8], unicode_name: &str) -> Vec<u8> {
    let mut field = vec![1];
    field.extend(crc32(name).to_le_bytes());
    field.extend(unicode_name.as_bytes());
    field
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
