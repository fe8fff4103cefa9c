//! Proof of files: what is downloaded is guilty until proved.
//!
//! [`verify`] turns a [`Downloaded`] into a [`Verified`], which carries how far it is proved and is the
//! only thing that [`crate::apply`] takes. A file that fails is left where it is: whoever downloaded it
//! decides what becomes of it.
//!
//! Limits: the bytes are read through one handle that stays open, so a file put in place of the examined
//! one is not read. On Windows that handle keeps others from writing into the file; elsewhere nothing does, so
//! [`Verified::recheck`] hashes again right before use. A signature can only be asked for by the file's path:
//! the path is hashed once more after the answer, so a file that was put there to be asked about and left there
//! is found out, and one that was taken away again in time is not. Closing what remains between that and the
//! use — a copy that only administrators can reach, and a handle that denies writing — belongs to the elevated
//! part on Windows, which examines that copy [`again()`].

mod again;
mod signer;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

pub use self::again::{Found, again, again_as_signed};
use crate::catalogue::ReleaseFile;
use crate::digest::{Digest, Mismatch, Stated};
use crate::download::Downloaded;
use crate::os::{self, Os};
use crate::source::Trust;

/// How far a file is proved, strongest first; so the greatest of several is the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Its hash stands in signed metadata.
    Signed,
    /// It carries a valid Windows signature of the expected company.
    Publisher,
    /// Its hash was stated by an unsigned source.
    Hash,
    /// Nothing but the way it came.
    None,
}

/// What counts as proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How far the source is proved that described the file.
    pub source_trust: Trust,
    /// The person has agreed to a template or an app that nothing proves.
    pub accept_unproved: bool,
    /// The signer that settings expect of installers whose release names none.
    pub expected_publisher: Option<String>,
    /// A signer whose signature counts as well, in place of the expected one: a company that signs anew.
    pub resigned_by: Option<String>,
}

/// The signature that an installer was accepted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The signer's name.
    pub name: String,
    /// Whether it was looked up that the signature has not been revoked.
    pub revocation_checked: bool,
}

/// What a file is, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageKind {
    /// `.mstmpl`: what a base is updated from.
    Template,
    /// `.msi`: a Windows Installer package.
    Msi,
    /// `.exe`: an installer that is a program.
    Exe,
    /// `.apk`: a mobile app for Android, which is never started here.
    App,
}

/// A file that has been examined in this run.
#[derive(Debug)]
pub struct Verified {
    path: PathBuf,
    size: u64,
    sha256: Digest,
    proof: Proof,
    kind: PackageKind,
    publisher: Option<Publisher>,
    file: Mutex<File>,
}

/// The bytes of a [`Verified`]: exactly as many as were examined, from the handle that was examined.
///
/// Each reader has a position of its own, so several may be in use at once.
#[derive(Debug)]
pub struct Reader<'a> {
    file: &'a Mutex<File>,
    position: u64,
    size: u64,
}

/// Why a file is not proved. Nothing has been done to the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither a template nor an installer nor an app.
    #[error("Not a template, an installer or an app: {name}")]
    UnknownKind {
        /// The release's name for it.
        name: String,
    },
    /// The file could not be read.
    #[error("Failed to read the file: {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Not as long as the release states: cut off, or another file.
    #[error("File has {found} bytes in place of {expected}: {}", path.display())]
    WrongSize {
        /// The file.
        path: PathBuf,
        /// By the release.
        expected: u64,
        /// By the file.
        found: u64,
    },
    /// Not the bytes that the release states.
    #[error("File has the {mismatch}: {}", path.display())]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// By the release, and by the file.
        mismatch: Mismatch,
    },
    /// The file is not what it was when it was examined.
    #[error("File has changed since it was examined: {}", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// When it was examined.
        expected: Digest,
        /// Now.
        found: Digest,
    },
    /// An installer without a stated hash, and this system cannot tell who signed it.
    #[error("No way to tell who signed the installer: {}", path.display())]
    SignerNotCheckable {
        /// The file.
        path: PathBuf,
    },
    /// An installer without a stated hash and without a signature.
    #[error("Installer is not signed: {}", path.display())]
    Unsigned {
        /// The file.
        path: PathBuf,
    },
    /// An installer without a stated hash, whose signature is not valid.
    #[error("Signature of the installer is not valid: {detail}: {}", path.display())]
    InvalidSignature {
        /// The file.
        path: PathBuf,
        /// The system's words.
        detail: String,
    },
    /// Validly signed, by somebody else.
    #[error("Installer is signed by {found}: {}", path.display())]
    OtherSigner {
        /// The file.
        path: PathBuf,
        /// Who may have signed it; empty if neither the release nor the settings say.
        expected: Vec<String>,
        /// Who has.
        found: String,
    },
    /// A template or an app that nothing proves; the person has to agree to exactly that.
    #[error("Nothing proves the file: {}", path.display())]
    NeedsConsent {
        /// The file.
        path: PathBuf,
    },
}

/// How far a file is going to be proved, by what its description states.
pub fn expected_proof(file: &ReleaseFile, source_trust: Trust) -> Proof {
    match (stated(file).is_empty(), PackageKind::of(&file.name)) {
        (false, _) if source_trust == Trust::Signed => Proof::Signed,
        (false, _) => Proof::Hash,
        (true, Some(PackageKind::Msi | PackageKind::Exe)) => Proof::Publisher,
        (true, Some(PackageKind::Template | PackageKind::App) | None) => Proof::None,
    }
}

/// The hashes that a file's description states.
fn stated(file: &ReleaseFile) -> Stated {
    Stated { sha256: file.sha256, sha512: file.sha512 }
}

/// Examines a downloaded file: its size and hashes where the release states them, and its signature.
///
/// An installer without a hash needs the signature of an expected company. One with a hash needs it too where
/// release or settings say which company that is and the system can tell; the source alone does not decide
/// then what is started here.
///
/// The hash is computed again from the handle that the result keeps; the downloaded one is not trusted.
pub fn verify(
    downloaded: Downloaded,
    file: &ReleaseFile,
    rules: &Rules,
    os: &dyn Os,
) -> Result<Verified, Error> {
    examine(downloaded.path, file, rules, os)
}

fn examine(path: PathBuf, file: &ReleaseFile, rules: &Rules, os: &dyn Os) -> Result<Verified, Error> {
    let kind = PackageKind::of(&file.name).ok_or_else(|| Error::UnknownKind { name: file.name.clone() })?;
    let read = |error| Error::Read { path: path.clone(), error };
    let mut handle = os::open_unchanging(&path).map_err(read)?;
    let mut comparing = stated(file).comparing();
    let size = comparing.read(&mut handle, &mut |_| Ok(())).map_err(read)?;
    if let Some(expected) = file.size.filter(|expected| *expected != size) {
        return Err(Error::WrongSize { path, expected, found: size });
    }
    let (sha256, compared) = comparing.finish();
    if let Err(mismatch) = compared {
        return Err(Error::WrongHash { path, mismatch });
    }
    let publisher = match kind {
        PackageKind::Template | PackageKind::App => None,
        PackageKind::Msi | PackageKind::Exe => signer::publisher(&path, file, rules, os)?,
    };
    let proof = match (stated(file).is_empty(), &publisher) {
        (false, _) if rules.source_trust == Trust::Signed => Proof::Signed,
        (_, Some(_)) => Proof::Publisher,
        (false, None) => Proof::Hash,
        (true, None) if rules.accept_unproved => Proof::None,
        (true, None) => return Err(Error::NeedsConsent { path }),
    };
    let has_publisher = publisher.is_some();
    let verified = Verified { path, size, sha256, proof, kind, publisher, file: Mutex::new(handle) };
    if has_publisher {
        // What the system was asked about has to be what was hashed.
        verified.recheck()?;
    }
    Ok(verified)
}

impl PackageKind {
    /// By the extension of a file's name, without regard to case.
    pub fn of(name: &str) -> Option<Self> {
        let (stem, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            _ if stem.is_empty() => None,
            "mstmpl" => Some(Self::Template),
            "msi" => Some(Self::Msi),
            "exe" => Some(Self::Exe),
            "apk" => Some(Self::App),
            _ => None,
        }
    }
}

impl Verified {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// As found in this examination.
    pub fn sha256(&self) -> Digest {
        self.sha256
    }

    /// How far it is proved.
    pub fn proof(&self) -> Proof {
        self.proof
    }

    /// What it is.
    pub fn kind(&self) -> PackageKind {
        self.kind
    }

    /// The signature it was accepted with; `None`: it was not its signature that counted.
    pub fn publisher(&self) -> Option<&Publisher> {
        self.publisher.as_ref()
    }

    /// The last component of its path.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Reads the examined bytes from the handle that was examined.
    pub fn reader(&self) -> Reader<'_> {
        Reader { file: &self.file, position: 0, size: self.size }
    }

    /// A copy of it: the bytes have to be those examined, and a signature that counted has to be there as well.
    pub fn at(&self, path: &Path, os: &dyn Os) -> Result<Self, Error> {
        let read = |error| Error::Read { path: path.to_path_buf(), error };
        let mut file = os::open_unchanging(path).map_err(read)?;
        let (found, size) = Digest::of_reader(&mut file).map_err(read)?;
        if found != self.sha256 {
            return Err(Error::Changed { path: path.to_path_buf(), expected: self.sha256, found });
        }
        if let Some(publisher) = &self.publisher {
            signer::signed_by(path, publisher, os)?;
        }
        let (path, publisher) = (path.to_path_buf(), self.publisher.clone());
        let Self { sha256, proof, kind, .. } = *self;
        Ok(Self { path, size, sha256, proof, kind, publisher, file: Mutex::new(file) })
    }

    /// Hashes again, right before use. An installer is started by its path, so for those the file that
    /// lies there now is hashed too.
    pub fn recheck(&self) -> Result<(), Error> {
        self.compare(&mut self.reader())?;
        match self.kind {
            PackageKind::Template | PackageKind::App => Ok(()),
            PackageKind::Msi | PackageKind::Exe => {
                let mut there = File::open(&self.path).map_err(|error| self.read_error(error))?;
                self.compare(&mut there)
            }
        }
    }

    fn compare(&self, reader: &mut impl Read) -> Result<(), Error> {
        let (found, size) = Digest::of_reader(reader).map_err(|error| self.read_error(error))?;
        if found == self.sha256 && size == self.size {
            Ok(())
        } else {
            Err(Error::Changed { path: self.path.clone(), expected: self.sha256, found })
        }
    }

    fn read_error(&self, error: io::Error) -> Error {
        Error::Read { path: self.path.clone(), error }
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // A reader that panicked can have left nothing but another position, which is set here anyway.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.position))?;
        let count = (&*file).take(self.size.saturating_sub(self.position)).read(buffer)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests;
