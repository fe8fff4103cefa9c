//! The version resource of a program of Windows.
//!
//! Headers and the tree of resources are read with the `object` crate, from the first bytes of the file and of the
//! resources: the tree stands before what hangs on it, in whatever linkers write. The rest of the file, which holds
//! the payload of an installer, is not touched. Deliberately not here: what stands in the resource
//! ([`super::version_info`]), signatures, manifests.

use std::io::{self, Read, Seek, SeekFrom};

use object::LittleEndian as LE;
use object::pe::{
    IMAGE_DIRECTORY_ENTRY_RESOURCE, IMAGE_NT_OPTIONAL_HDR64_MAGIC, ImageNtHeaders32, ImageNtHeaders64,
    ImageResourceDataEntry,
};
use object::read::coff::SectionTable;
use object::read::pe::{
    ImageNtHeaders, ResourceDirectory, ResourceDirectoryEntryData, ResourceDirectoryTable, ResourceNameOrId,
    optional_header_magic,
};

use super::{Error, Identity, not_an_installer, version_info};

/// Headers and the table of sections; linkers write about one KiB of them.
const HEAD_BYTES: u64 = 64 << 10;
/// The tree of resources, with names and places, of an installer with thousands of icons.
const TREE_BYTES: u64 = 1 << 20;
/// A version resource is one or two KiB, some more in many languages.
const VERSION_BYTES: u64 = 64 << 10;
/// The type of version resources (`RT_VERSION`, Microsoft, "Resource types").
const RT_VERSION: u16 = 16;

pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Identity, Error> {
    let head = bytes_at(file, 0, HEAD_BYTES)?;
    let (directory, sections) = layout(&head).map_err(no_program)?;
    let Some((at, size)) = directory.and_then(|address| sections.pe_file_range_at(address)) else {
        return Ok(Identity::default());
    };
    let tree = bytes_at(file, at.into(), TREE_BYTES.min(size.into()))?;
    // A program with odd resources is a program, which says nothing of itself.
    let Ok(Some(entry)) = version_entry(&tree) else { return Ok(Identity::default()) };
    let Some((at, size)) = sections.pe_file_range_at(entry.offset_to_data.get(LE)) else {
        return Ok(Identity::default());
    };
    let size = u64::from(size.min(entry.size.get(LE)));
    let resource = bytes_at(file, at.into(), VERSION_BYTES.min(size))?;
    Ok(version_info::parse(&resource))
}

fn no_program(error: object::Error) -> Error {
    not_an_installer(error.to_string())
}

/// As many of them as there are.
fn bytes_at(file: &mut (impl Read + Seek), at: u64, most: u64) -> Result<Vec<u8>, Error> {
    let mut read = || -> io::Result<Vec<u8>> {
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = Vec::new();
        file.by_ref().take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(Error::Read)
}

type Layout<'a> = (Option<u32>, SectionTable<'a>);

fn layout(head: &[u8]) -> object::Result<Layout<'_>> {
    if optional_header_magic(head)? == IMAGE_NT_OPTIONAL_HDR64_MAGIC {
        layout_of::<ImageNtHeaders64>(head)
    } else {
        layout_of::<ImageNtHeaders32>(head)
    }
}

/// The address of the resources, if there are any, and where addresses lie in the file.
fn layout_of<Headers: ImageNtHeaders>(head: &[u8]) -> object::Result<Layout<'_>> {
    let mut offset = u64::from(object::pe::ImageDosHeader::parse(head)?.nt_headers_offset());
    let (headers, directories) = Headers::parse(head, &mut offset)?;
    let sections = headers.sections(head, offset)?;
    let resources = directories.get(IMAGE_DIRECTORY_ENTRY_RESOURCE);
    Ok((resources.map(|directory| directory.virtual_address.get(LE)).filter(|at| *at != 0), sections))
}

/// The first version resource: below its type stands its name, below that its language.
fn version_entry(tree: &[u8]) -> object::Result<Option<&ImageResourceDataEntry>> {
    let resources = ResourceDirectory::new(tree);
    let types = resources.root()?;
    let is_version = |name: ResourceNameOrId| matches!(name, ResourceNameOrId::Id(RT_VERSION));
    let Some(of_type) = types.entries.iter().find(|entry| is_version(entry.name_or_id())) else {
        return Ok(None);
    };
    let Some(names) = of_type.data(resources)?.table() else { return Ok(None) };
    let Some(languages) = first(&names, resources)?.and_then(ResourceDirectoryEntryData::table) else {
        return Ok(None);
    };
    Ok(first(&languages, resources)?.and_then(ResourceDirectoryEntryData::data))
}

fn first<'a>(
    table: &ResourceDirectoryTable<'a>,
    resources: ResourceDirectory<'a>,
) -> object::Result<Option<ResourceDirectoryEntryData<'a>>> {
    table.entries.first().map(|entry| entry.data(resources)).transpose()
}
