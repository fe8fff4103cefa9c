//! A plan on its way to the process that carries it out with an administrator's rights.
//!
//! It lies in a folder of the person's, so whoever reads it believes nothing of it that can be looked at:
//! files are examined again, bases are taken from the machine as it is now and have to be what the person saw.
//! Arguments for an installer go along for the demo's own installer alone; to a vendor's they could say
//! anything, so on a real PC a plan that has any is refused ([`Error::Arguments`]).
//!
//! JSON, for this version of the program only: both ends are installed together. Deliberately not here: where
//! the file lies, and asking for rights.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{InstallerPlan, InstallerTarget, Package, Plan, PlanSubject, TemplatePlan};
use crate::catalogue::Release;
use crate::digest::Digest;
use crate::fs;
use crate::machine::{Base, Machine};
use crate::offer::{PLATFORM, UPDATER};
use crate::platform::former::Former;
use crate::source::Origin;
use crate::verify::{Found, Proof, Verified};
use crate::version::Version;

/// Notes of releases are the largest part, and are not kept with steps.
const LARGEST_FILE: u64 = 16 * 1024 * 1024;

/// A [`Plan`] as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is about.
    pub subject: KeptSubject,
    /// The person has agreed to templates that nothing proves.
    pub accept_unproved: bool,
    /// The person has agreed to a folder whose metadata has expired.
    #[serde(default)]
    pub accept_expired: bool,
    /// Older copies of bases that the person lets go of, by their ids.
    #[serde(default)]
    pub agreed_to_go: Vec<String>,
    /// Where its files come from; for words alone.
    #[serde(default)]
    pub origin: Origin,
    /// The part of a plan on the disk that this is, if it waited there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goes_on: Option<GoesOn>,
}

/// A part of a plan on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoesOn {
    /// The name of the plan's file.
    pub plan: String,
    /// Counted from 0.
    pub part: usize,
}

/// What a [`Kept`] plan is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum KeptSubject {
    /// Bases are updated from templates.
    Template {
        /// In the order they are applied.
        packages: Vec<KeptPackage>,
        /// Pilot first.
        bases: Vec<KeptBase>,
    },
    /// An installer is started.
    Installer {
        /// What is installed.
        package: Box<KeptPackage>,
        /// See the module's words.
        arguments: Vec<String>,
        /// What it is expected to do.
        target: KeptTarget,
        /// Of the platform: the installer of what was installed then, if it was fetched.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        former: Option<Box<KeptPackage>>,
    },
}

/// A [`Package`] as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptPackage {
    /// What the source says of it.
    pub release: Release,
    /// Where its file lies; absolute.
    pub path: PathBuf,
    /// Bytes of the file.
    pub size: u64,
    /// Of the file.
    pub sha256: Digest,
    /// How far it was proved.
    pub proof: Proof,
}

/// A base as the person saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBase {
    /// Which.
    pub id: String,
    /// Its folder, as a Windows path.
    pub folder: String,
    /// Its version.
    pub version: Option<Version>,
}

/// An [`InstallerTarget`] as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "target", rename_all = "snake_case")]
pub enum KeptTarget {
    /// The platform.
    Platform,
    /// This program.
    Updater,
    /// A product's wizard.
    Wizard {
        /// The bases of that product.
        bases: Vec<KeptBase>,
    },
}

/// Why a plan could not be kept, or is not used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path or an argument is no text.
    #[error("Failed to put the plan into words: {}", path.display())]
    NotText {
        /// The path, or the argument.
        path: PathBuf,
    },
    /// Not read, not written, or far too large.
    #[error("Failed to read or write the plan: {}", path.display())]
    File {
        /// The plan's file.
        path: PathBuf,
        /// Why.
        #[source]
        error: std::io::Error,
    },
    /// Not the plan that the person was asked about.
    #[error("Plan has been changed: {}", path.display())]
    OtherPlan {
        /// The file.
        path: PathBuf,
    },
    /// It is not a plan. Nothing of the file is told: it may be any file.
    #[error("Not a plan, line {line}, column {column}: {}", path.display())]
    NotAPlan {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A base is not what the person saw: it is gone, or its folder is another.
    #[error("Base is not what the person saw: {id}")]
    Base {
        /// Which.
        id: String,
    },
    /// Other files than the plan's have been examined.
    #[error("Plan has other files than were examined")]
    Files,
    /// Arguments for a vendor's installer.
    #[error("Plan has arguments for an installer")]
    Arguments,
}

impl Kept {
    /// The plan as it is kept. `accept_unproved`: the person has agreed to templates that nothing proves.
    pub fn of(plan: &Plan, accept_unproved: bool) -> Result<Self, Error> {
        let subject = match &plan.subject {
            PlanSubject::Template(plan) => KeptSubject::Template {
                packages: plan.packages.iter().map(of_package).collect::<Result<_, _>>()?,
                bases: plan.bases.iter().map(KeptBase::of).collect(),
            },
            PlanSubject::Installer(plan) => KeptSubject::Installer {
                package: Box::new(of_package(&plan.package)?),
                arguments: plan.arguments.iter().map(text).collect::<Result<_, _>>()?,
                target: KeptTarget::of(&plan.target),
                former: match &plan.former {
                    // What has a path that is no text is left out: the plan is the same without.
                    Former::Fetched(package) => of_package(package).ok().map(Box::new),
                    Former::NotSought | Former::NotHad(_) | Former::StepBefore => None,
                },
            },
        };
        Ok(Self {
            subject,
            accept_unproved,
            accept_expired: false,
            agreed_to_go: Vec::new(),
            origin: Origin::default(),
            goes_on: None,
        })
    }

    /// Whom it is about: `platform`, `updater`, or ids of bases, pilot first.
    pub fn target_ids(&self) -> Vec<String> {
        let ids = |bases: &[KeptBase]| bases.iter().map(|base| base.id.clone()).collect();
        match &self.subject {
            KeptSubject::Template { bases, .. } => ids(bases),
            KeptSubject::Installer { target, .. } => match target {
                KeptTarget::Platform => vec![PLATFORM.to_owned()],
                KeptTarget::Updater => vec![UPDATER.to_owned()],
                KeptTarget::Wizard { bases } => ids(bases),
            },
        }
    }

    /// Writes it; its hash.
    pub fn write(&self, path: &Path) -> Result<Digest, Error> {
        let file = |error| Error::File { path: path.to_path_buf(), error };
        let bytes = serde_json::to_vec(self).map_err(|error| file(error.into()))?;
        fs::write_atomically(path, &bytes).map_err(file)?;
        Ok(Digest::of(&bytes))
    }

    /// Reads it, if it is the one with this hash.
    pub fn read(path: &Path, sha256: Digest) -> Result<Self, Error> {
        let file = |error| Error::File { path: path.to_path_buf(), error };
        let bytes = fs::read_limited(path, LARGEST_FILE).map_err(file)?;
        let bytes = bytes.ok_or_else(|| file(std::io::ErrorKind::NotFound.into()))?;
        if Digest::of(&bytes) != sha256 {
            return Err(Error::OtherPlan { path: path.to_path_buf() });
        }
        serde_json::from_slice(&bytes).map_err(|error| Error::NotAPlan {
            path: path.to_path_buf(),
            line: error.line(),
            column: error.column(),
        })
    }

    /// Its files, in their order.
    pub fn packages(&self) -> &[KeptPackage] {
        match &self.subject {
            KeptSubject::Template { packages, .. } => packages,
            KeptSubject::Installer { package, .. } => std::slice::from_ref(&**package),
        }
    }

    /// The installer of the platform that was installed then, if it was fetched.
    pub fn former(&self) -> Option<&KeptPackage> {
        match &self.subject {
            KeptSubject::Installer { target: KeptTarget::Platform, former, .. } => former.as_deref(),
            KeptSubject::Installer { .. } | KeptSubject::Template { .. } => None,
        }
    }

    /// The plan again: with these files, examined again, in the order of [`Self::packages`], and with the
    /// bases of this machine. `is_real`: this is no machine root. Without [`Self::former`], which whoever has examined
    /// it again puts there ([`Plan::with_former`]).
    pub fn into_plan(self, files: Vec<Verified>, machine: &Machine, is_real: bool) -> Result<Plan, Error> {
        let bases = |kept: Vec<KeptBase>| -> Result<Vec<Base>, Error> {
            kept.into_iter().map(|base| base.find(machine)).collect()
        };
        if files.len() != self.packages().len() {
            return Err(Error::Files);
        }
        let mut files = files.into_iter();
        let subject = match self.subject {
            KeptSubject::Template { packages, bases: kept } => {
                let packages = packages.into_iter().zip(files);
                let packages =
                    packages.map(|(package, verified)| Package { release: package.release, verified });
                PlanSubject::Template(TemplatePlan { packages: packages.collect(), bases: bases(kept)? })
            }
            KeptSubject::Installer { package, arguments, target, former: _ } => {
                if is_real && !arguments.is_empty() {
                    return Err(Error::Arguments);
                }
                let target = match target {
                    KeptTarget::Platform => InstallerTarget::Platform,
                    KeptTarget::Updater => InstallerTarget::Updater,
                    KeptTarget::Wizard { bases: kept } => InstallerTarget::Wizard { bases: bases(kept)? },
                };
                let verified = files.next().ok_or(Error::Files)?;
                let package = Package { release: package.release, verified };
                let arguments = arguments.into_iter().map(OsString::from).collect();
                let former = Former::NotSought;
                PlanSubject::Installer(Box::new(InstallerPlan { package, arguments, target, former }))
            }
        };
        Ok(Plan { subject })
    }
}

impl KeptPackage {
    /// As it is kept.
    pub fn of(release: &Release, verified: &Verified) -> Result<Self, Error> {
        let path = verified.path().to_path_buf();
        if path.to_str().is_none() {
            return Err(Error::NotText { path });
        }
        Ok(Self {
            release: release.clone(),
            // A drive that the person has mapped is not there for another process.
            path: std::fs::canonicalize(&path).unwrap_or(path),
            size: verified.size(),
            sha256: verified.sha256(),
            proof: verified.proof(),
        })
    }

    /// What the first examination has found.
    pub fn found(&self) -> Found {
        let publisher = self.release.file.as_ref().and_then(|file| file.publisher.clone());
        Found { size: self.size, sha256: self.sha256, proof: self.proof, publisher }
    }
}

impl KeptBase {
    fn of(base: &Base) -> Self {
        Self { id: base.id.clone(), folder: base.folder.clone(), version: base.version }
    }

    /// The base as it is now, but on the version the person saw: whoever carries out the plan compares.
    fn find(self, machine: &Machine) -> Result<Base, Error> {
        let base = machine.base(&self.id).filter(|base| base.folder == self.folder);
        let base = base.ok_or_else(|| Error::Base { id: self.id.clone() })?;
        Ok(Base { version: self.version, ..base.clone() })
    }
}

impl KeptTarget {
    fn of(target: &InstallerTarget) -> Self {
        match target {
            InstallerTarget::Platform => Self::Platform,
            InstallerTarget::Updater => Self::Updater,
            InstallerTarget::Wizard { bases } => {
                Self::Wizard { bases: bases.iter().map(KeptBase::of).collect() }
            }
        }
    }
}

fn of_package(package: &Package) -> Result<KeptPackage, Error> {
    KeptPackage::of(&package.release, &package.verified)
}

fn text(argument: &OsString) -> Result<String, Error> {
    argument.to_str().map(str::to_owned).ok_or_else(|| Error::NotText { path: argument.into() })
}

#[cfg(test)]
mod tests;
