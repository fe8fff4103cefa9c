//! Builds installers that say of themselves what a test wants: MSI packages, by the `msi` crate, and programs of
//! nothing but headers and a version resource. Nothing in them can be installed or run.
//!
//! Deliberately independent of the code it tests.

use std::io::{self, Cursor};

use msi::{Column, Insert, Package, PackageType, Value};

/// An MSI package with these properties.
pub fn msi(properties: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    msi_of(PackageType::Installer, properties)
}

/// A patch, which is of the same format.
pub fn patch(properties: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    msi_of(PackageType::Patch, properties)
}

fn msi_of(kind: PackageType, properties: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    let mut package = Package::create(kind, Cursor::new(Vec::new()))?;
    let columns = vec![
        Column::build("Property").primary_key().id_string(72),
        Column::build("Value").localizable().text_string(0),
    ];
    package.create_table("Property", columns)?;
    let row = |(name, value): &(&str, &str)| vec![Value::from(*name), Value::from(*value)];
    package.insert_rows(Insert::into("Property").rows(properties.iter().map(row).collect()))?;
    Ok(package.into_inner()?.into_inner())
}

/// The platform's package, as the vendor's is taken to be.
pub fn platform(version: &str) -> io::Result<Vec<u8>> {
    msi(&[
        ("Manufacturer", "Cleverence Soft"),
        ("ProductCode", "{00112233-4455-6677-8899-AABBCCDDEEFF}"),
        ("ProductName", "Mobile SMARTS"),
        ("ProductVersion", version),
    ])
}

/// A program whose version resource has these strings.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Program {
    strings: Vec<(String, String)>,
    fixed: [u16; 4],
    is_64: bool,
}

impl Program {
    /// That says nothing of itself.
    pub fn new() -> Self {
        Self::default()
    }

    /// A product's wizard, as the vendor's is taken to be.
    pub fn wizard(product: &str, version: &str) -> Self {
        Self::new()
            .string("CompanyName", "Cleverence Soft")
            .string("FileDescription", &format!("{product}: мастер установки"))
            .string("ProductName", product)
            .string("ProductVersion", version)
    }

    /// Adds a string.
    pub fn string(mut self, key: &str, text: &str) -> Self {
        self.strings.push((key.to_owned(), text.to_owned()));
        self
    }

    /// Sets the version that stands in numbers, of the file and of the product.
    pub fn fixed(mut self, version: [u16; 4]) -> Self {
        self.fixed = version;
        self
    }

    /// For 64 bits.
    pub fn for_64_bits(mut self) -> Self {
        self.is_64 = true;
        self
    }

    /// The program's bytes.
    pub fn build(&self) -> Vec<u8> {
        program(&resources(&self.version_info()), self.is_64)
    }

    fn version_info(&self) -> Vec<u8> {
        let [a, b, c, d] = self.fixed;
        let mut fixed = Vec::new();
        // Signature and version of the structure, then the file's version and the product's, high word first.
        for number in [0xFEEF_04BD_u32, 0x0001_0000] {
            fixed.extend(number.to_le_bytes());
        }
        for _ in 0..2 {
            for (high, low) in [(a, b), (c, d)] {
                fixed.extend((u32::from(high) << 16 | u32::from(low)).to_le_bytes());
            }
        }
        fixed.resize(52, 0);
        let string = |(key, text): &(String, String)| {
            let value: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            node(key, true, value.len() / 2, &value)
        };
        let strings: Vec<u8> = joined(self.strings.iter().map(string));
        let table = node("041904b0", true, 0, &strings);
        let info = node("StringFileInfo", true, 0, &table);
        let mut content = fixed;
        content.extend(info);
        node("VS_VERSION_INFO", false, 52, &content)
    }
}

/// One after the other, each at a multiple of four.
fn joined(nodes: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut all: Vec<u8> = Vec::new();
    for node in nodes {
        all.resize(all.len().next_multiple_of(4), 0);
        all.extend(node);
    }
    all
}

fn node(key: &str, is_text: bool, value_length: usize, content: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = vec![0; 2];
    bytes.extend((value_length as u16).to_le_bytes());
    bytes.extend(u16::from(is_text).to_le_bytes());
    bytes.extend(key.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes.extend(content);
    let length = bytes.len() as u16;
    bytes[..2].copy_from_slice(&length.to_le_bytes());
    bytes
}

/// Where the resources are in memory.
const ADDRESS: u32 = 0x1000;
/// And in the file.
const POSITION: u32 = 0x200;

/// A tree of one type, one name and one language, with this version resource.
fn resources(version_info: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut numbers = |numbers: &[u32]| bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    let table_at = |at: u32| at + (1 << 31);
    // Three tables of 24 bytes with one entry each, which has a number for a name; then the place of the data.
    for (id, below) in [(16, table_at(24)), (1, table_at(48)), (0x419, 72)] {
        numbers(&[0, 0, 0, 1 << 16, id, below]);
    }
    numbers(&[ADDRESS + 88, version_info.len() as u32, 0, 0]);
    bytes.extend(version_info);
    bytes
}

fn program(resources: &[u8], is_64: bool) -> Vec<u8> {
    let size = resources.len() as u32;
    let directories = 16_u32;
    let optional_bytes: u16 = if is_64 { 112 } else { 96 } + 8 * directories as u16;
    let mut bytes = vec![0; 0x40];
    bytes[..2].copy_from_slice(b"MZ");
    bytes[0x3C..0x40].copy_from_slice(&0x40_u32.to_le_bytes());
    bytes.extend(b"PE\0\0");
    let machine: u16 = if is_64 { 0x8664 } else { 0x14C };
    for number in [machine, 1, 0, 0, 0, 0, 0, 0, optional_bytes, 0x0102] {
        bytes.extend(number.to_le_bytes());
    }
    let optional = bytes.len();
    let magic: u16 = if is_64 { 0x20B } else { 0x10B };
    bytes.extend(magic.to_le_bytes());
    bytes.resize(optional + usize::from(optional_bytes) - 8 * directories as usize - 4, 0);
    bytes.extend(directories.to_le_bytes());
    for index in 0..directories {
        let (address, size) = if index == 2 { (ADDRESS, size) } else { (0, 0) };
        bytes.extend(address.to_le_bytes());
        bytes.extend(size.to_le_bytes());
    }
    bytes.extend(b".rsrc\0\0\0");
    for number in [size, ADDRESS, size, POSITION, 0, 0, 0, 0x4000_0040] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.resize(POSITION as usize, 0);
    bytes.extend(resources);
    bytes
}
