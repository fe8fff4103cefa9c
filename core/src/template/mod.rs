//! Templates (`.mstmpl`): what a base is updated from.
//!
//! A template is a ZIP with `AppDescription.xml`, `OnUpdate.xml` and the product's files at its root
//! (documented by the vendor in outline, seen in real files). Here one is opened, judged and unpacked, and
//! what it would do to a base is told beforehand. Deliberately not here: changing a base
//! ([`crate::apply`]) and proving a template ([`crate::verify`]).

mod archive;
mod on_update;
mod pattern;
mod preview;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use tokio_util::sync::CancellationToken;
use zip::result::ZipError;

use self::archive::Archive;
pub use self::archive::Entry;
pub(crate) use self::archive::refuse_large_directory;
pub use self::on_update::OnUpdate;
pub use self::pattern::{PathFault, Pattern};
pub(crate) use self::preview::preview_of;
pub use self::preview::{Replacement, Write, preview};
use crate::digest::Digest;
use crate::machine::app_description::{self, AppDescription, Stated};
use crate::machine::{Base, FileFault};
use crate::tree::{self, RelPath};
use crate::verify::{PackageKind, Reader, Verified};
use crate::version::{self, Version};

/// The XML files of a template are a few KiB.
const XML_LIMIT_BYTES: u64 = 4 << 20;

/// An opened template. Reads from the very handle that was examined.
pub struct Template<'a> {
    /// Which product and version it is.
    pub description: Description,
    /// What it replaces; `None`: there is no `OnUpdate.xml`, so everything.
    pub on_update: Option<OnUpdate>,
    archive: Archive<BufReader<Reader<'a>>>,
}

/// Which product and version a template is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The product's `appId`.
    pub product_id: Option<String>,
    /// The product's name, with its edition.
    pub product: Option<String>,
    /// The version a base is on afterwards.
    pub version: Version,
    /// The least platform it works with.
    pub min_platform: Option<Version>,
    /// The same for platforms of flavour 35.
    pub min_platform_35: Option<Version>,
    /// The version of the mobile app that goes with it.
    pub client_version: Option<Version>,
}

/// A template that lies in a folder of templates. It is not proved: to be applied, it has to be verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// What it says of itself.
    pub description: Description,
}

/// What is in a template that lies somewhere. It is not proved, so nothing but telling is done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    /// What it says of itself.
    pub(crate) description: Description,
    /// Its files by [`RelPath::key`].
    pub(crate) files: BTreeMap<String, Digest>,
}

/// Why a template does not go with a base.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// It is another product, or one of the two does not say.
    #[error("Template is of another product")]
    OtherProduct {
        /// The base's product id.
        base: Option<String>,
        /// The template's.
        template: Option<String>,
    },
    /// The base does not say which version it is on.
    #[error("Base states no version")]
    UnknownVersion,
    /// The base is on this version, or on a later one.
    #[error("Base is on {installed}, and the template is of {offered}")]
    NotNewer {
        /// The base's version.
        installed: Version,
        /// The template's.
        offered: Version,
    },
    /// The release says another version than the template in it.
    #[error("Release is of {expected}, and the template in it of {found}")]
    OtherVersion {
        /// By the release.
        expected: Version,
        /// By the template.
        found: Version,
    },
}

/// Why a template is not used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is no template but an installer.
    #[error("Not a template: {}", path.display())]
    NotATemplate {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be opened.
    #[error("Failed to open the template: {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Not a ZIP, cut off, or of a kind that is not known.
    #[error("Failed to read the archive")]
    Archive(#[source] ZipError),
    /// More entries than any template has.
    #[error("Archive has {found} entries, more than {limit}")]
    TooManyEntries {
        /// How many.
        found: usize,
        /// How many are accepted.
        limit: usize,
    },
    /// A directory that is longer than that of any template.
    #[error("Directory of the archive is larger than {limit_bytes} bytes")]
    TooLargeDirectory {
        /// How large it may be.
        limit_bytes: u64,
    },
    /// A bomb: unpacked, it is larger than any template, or out of all proportion to its own size.
    #[error("Archive of {archive_size} bytes would become {total_bytes} bytes")]
    TooLarge {
        /// Unpacked.
        total_bytes: u64,
        /// The archive's own size; 0 where more came out than it declared.
        archive_size: u64,
    },
    /// One of the XML files is too large.
    #[error("File is larger than {limit_bytes} bytes: {path}")]
    TooLargeFile {
        /// Which.
        path: RelPath,
        /// How large it may be.
        limit_bytes: u64,
    },
    /// Entries that share their bytes: a bomb.
    #[error("Entries of the archive overlap")]
    Overlapping,
    /// Two entries with the same name.
    #[error("Archive has two entries with one name")]
    SharedName,
    /// Two entries that Windows takes for one, or a file where another entry needs a folder.
    #[error("Archive has entries that exclude each other: {first}, {second}")]
    Clash {
        /// The one.
        first: RelPath,
        /// The other.
        second: RelPath,
    },
    /// An encrypted entry.
    #[error("Entry of the archive is encrypted: {name}")]
    Encrypted {
        /// Its name.
        name: String,
    },
    /// A symbolic link.
    #[error("Entry of the archive is a link: {name}")]
    LinkEntry {
        /// Its name.
        name: String,
    },
    /// A path that could leave the base's folder.
    #[error("{place} has a path that is refused")]
    Path {
        /// `OnUpdate.xml`, or `ZIP` for the archive's own names.
        place: &'static str,
        /// Which path, and why.
        #[source]
        fault: PathFault,
    },
    /// An entry could not be unpacked: wrong checksum, other length than declared, a full disk.
    #[error("Failed to unpack {path}")]
    Entry {
        /// Which.
        path: RelPath,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// One of the XML files is missing or unusable.
    #[error("Template is unusable")]
    File(#[source] FileFault),
    /// The template states no version.
    #[error("Template states no version")]
    NoVersion,
    /// The template states a version that is none.
    #[error("Template states an unusable version")]
    Version(#[source] version::Error),
    /// The base's folder could not be looked through.
    #[error("Failed to list the files of the base")]
    Base(#[source] tree::Error),
    /// A folder or link of the base is where a file has to go, or a file where a folder has to.
    #[error("Something of another kind is in the way: {path}")]
    InTheWay {
        /// In the base.
        path: RelPath,
    },
    /// The person stopped it.
    #[error("Unpacking was cancelled")]
    Cancelled,
}

impl<'a> Template<'a> {
    /// Opens a verified template and looks through everything in it but the contents of its files.
    pub fn open(verified: &'a Verified) -> Result<Self, Error> {
        if verified.kind() != PackageKind::Template {
            return Err(Error::NotATemplate { path: verified.path().to_path_buf() });
        }
        let mut archive = Archive::open(BufReader::new(verified.reader()), verified.size())?;
        let description = describe(&mut archive)?;
        let on_update = archive.small_file(on_update::FILE, XML_LIMIT_BYTES)?;
        let on_update = on_update.map(|bytes| on_update::parse(&bytes)).transpose()?;
        Ok(Self { description, on_update, archive })
    }

    /// What the archive holds.
    pub fn entries(&self) -> &[Entry] {
        &self.archive.entries
    }

    /// The places in the archive of the files that an update takes out of it.
    pub fn wanted(&self) -> Vec<usize> {
        let wanted = self
            .entries()
            .iter()
            .filter(|entry| !entry.folder && preview::is_wanted(self.on_update.as_ref(), entry));
        wanted.map(|entry| entry.index).collect()
    }

    /// Hashes of the files that an update takes out of it, by [`RelPath::key`].
    pub(crate) fn hash_wanted(&mut self) -> Result<BTreeMap<String, Digest>, Error> {
        let wanted = self.wanted();
        self.archive.hash(&wanted)
    }

    /// The entry that an update takes out of it for a file of the base, whatever its letter case.
    pub(crate) fn wanted_entry(&self, path: &RelPath) -> Option<Entry> {
        let key = path.key();
        let mut files = self.entries().iter().filter(|entry| !entry.folder);
        files
            .find(|entry| entry.path.key() == key && preview::is_wanted(self.on_update.as_ref(), entry))
            .cloned()
    }

    /// The bytes of an entry, if they are no more than so many.
    pub(crate) fn read(&mut self, entry: &Entry, limit_bytes: u64) -> Result<Vec<u8>, Error> {
        self.archive.read(entry, limit_bytes)
    }

    /// Unpacks entries, by their places in the archive, each to a path where nothing is yet; `progress` gets the bytes
    /// written so far.
    pub fn unpack(
        &mut self,
        wanted: &[(usize, PathBuf)],
        progress: &mut dyn FnMut(u64),
        cancel: &CancellationToken,
    ) -> Result<(), Error> {
        self.archive.unpack(wanted, progress, cancel)
    }
}

impl Description {
    /// Whether it is the template that a base of this version was made or updated from.
    pub(crate) fn is_of(&self, base: &Base, version: &Version) -> bool {
        self.version == *version && is_same_product(base.product_id.as_deref(), self.product_id.as_deref())
    }

    /// The least platform of the given version's flavour that it works with.
    pub fn min_platform_for(&self, platform: &Version) -> Option<Version> {
        match platform.flavour() {
            Some(version::Flavour::Net35) => self.min_platform_35.or(self.min_platform),
            Some(version::Flavour::Net46) | None => self.min_platform,
        }
    }
}

/// Whether a template goes with a base, and is what the release says.
pub fn fits(description: &Description, base: &Base, expected: &Version) -> Result<(), Misfit> {
    if !is_same_product(base.product_id.as_deref(), description.product_id.as_deref()) {
        let (base, template) = (base.product_id.clone(), description.product_id.clone());
        return Err(Misfit::OtherProduct { base, template });
    }
    if description.version != *expected {
        return Err(Misfit::OtherVersion { expected: *expected, found: description.version });
    }
    match base.version {
        None => Err(Misfit::UnknownVersion),
        Some(installed) if installed >= description.version => {
            Err(Misfit::NotNewer { installed, offered: description.version })
        }
        Some(_) => Ok(()),
    }
}

/// The newest template in a folder that goes with a base and is newer than it. What cannot be read there
/// is passed over, as is a folder that does not exist.
pub fn find_newer(templates_dir: &Path, base: &Base) -> io::Result<Option<Found>> {
    let files = match fs::read_dir(templates_dir) {
        Ok(files) => files,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut newest: Option<Found> = None;
    for file in files {
        let path = file?.path();
        let is_template = path.file_name().and_then(|name| name.to_str()).and_then(PackageKind::of)
            == Some(PackageKind::Template);
        if !is_template {
            continue;
        }
        let description = match describe_file(&path) {
            Ok(description) => description,
            Err(error) => {
                tracing::debug!(path = %path.display(), %error, "Passed over a template");
                continue;
            }
        };
        let newer = newest.as_ref().is_none_or(|found| found.description.version < description.version);
        if newer && fits(&description, base, &description.version).is_ok() {
            newest = Some(Found { path, description });
        }
    }
    Ok(newest)
}

/// Which product and version a file at hand says it is. Proves nothing.
pub fn describe_file(path: &Path) -> Result<Description, Error> {
    let open_error = |error| Error::Open { path: path.to_path_buf(), error };
    let file = File::open(path).map_err(open_error)?;
    let size = file.metadata().map_err(open_error)?.len();
    describe(&mut Archive::open(BufReader::new(file), size)?)
}

/// What is in a file at hand, and what it says it is. Proves nothing.
pub(crate) fn contents_of_file(path: &Path) -> Result<Contents, Error> {
    let open_error = |error| Error::Open { path: path.to_path_buf(), error };
    let file = File::open(path).map_err(open_error)?;
    let size = file.metadata().map_err(open_error)?.len();
    let mut archive = Archive::open(BufReader::new(file), size)?;
    let description = describe(&mut archive)?;
    let files = archive.entries.iter().filter(|entry| !entry.folder).map(|entry| entry.index);
    let files: Vec<usize> = files.collect();
    Ok(Contents { description, files: archive.hash(&files)? })
}

fn describe<R: io::Read + io::Seek>(archive: &mut Archive<R>) -> Result<Description, Error> {
    let bytes = archive
        .small_file(app_description::FILE, XML_LIMIT_BYTES)?
        .ok_or_else(|| Error::File(FileFault::Missing { file: app_description::FILE.to_owned() }))?;
    let AppDescription { app_id, app_name, version, min_platform, min_platform_35, client_version, .. } =
        app_description::parse(&bytes).map_err(Error::File)?;
    // A requirement that is no version cannot be compared with, and is no reason not to update.
    let optional = |stated: Stated| stated.and_then(Result::ok);
    Ok(Description {
        product_id: app_id,
        product: app_name,
        version: version.ok_or(Error::NoVersion)?.map_err(Error::Version)?,
        min_platform: optional(min_platform),
        min_platform_35: optional(min_platform_35),
        client_version: optional(client_version),
    })
}

fn is_same_product(one: Option<&str>, other: Option<&str>) -> bool {
    let bare = |id: &str| id.trim().trim_start_matches('{').trim_end_matches('}').to_lowercase();
    matches!((one, other), (Some(one), Some(other)) if bare(one) == bare(other))
}

#[cfg(test)]
mod tests;
