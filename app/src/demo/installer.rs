//! The demo's own installers: the file that is downloaded, and the program that does its work.
//!
//! The file is no program, so that its bytes can be signed once for all builds of this one. What is started
//! for it is this very program (see [`smarts_core::os::OwnInstaller`]). It asks the person, and only then
//! changes the machine root: the platform's version in the registry, or a newer template among the machine's
//! templates. It never touches a real PC.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use smarts_core::machine::registry_file;
use smarts_core::offer::PLATFORM;

use super::content::Content;
use super::{files, tree};

/// The hidden subcommand that starts it.
pub const SUBCOMMAND: &str = "demo-install";
/// The exit status for a person's "no".
pub const CANCELLED: u8 = 4;

/// The key a platform's installer writes its version to.
const PLATFORM_KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS";

/// The size of an installer's file: enough for a download to be seen.
const FILE_BYTES: usize = 10 * 1024 * 1024;

/// What is to be installed.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
pub struct Request {
    /// The folder that stands for the PC.
    #[arg(long)]
    pub machine_root: PathBuf,
    /// `platform`, or the `appId` of a product.
    #[arg(long)]
    pub what: String,
    /// The version to install.
    #[arg(long)]
    pub version: String,
    /// Install without asking.
    #[arg(long)]
    pub yes: bool,
}

/// Why nothing was installed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The embedded description of the demo is broken.
    #[error("Failed to read the demo's description")]
    Content(#[source] toml::de::Error),
    /// The demo has no such product or release.
    #[error("The demo has no release {version} of {what}")]
    NoRelease {
        /// The product.
        what: String,
        /// The version.
        version: String,
    },
    /// The registry of the machine root could not be written.
    #[error("Failed to write the registry of the machine root")]
    Registry(#[source] registry_file::Error),
    /// The template could not be made.
    #[error("Failed to make the template")]
    Template(#[source] tree::Error),
    /// The template could not be written.
    #[error("Failed to write the template")]
    Write(#[source] io::Error),
}

impl Request {
    /// The arguments that say this to the installer.
    pub fn arguments(&self) -> Vec<OsString> {
        let mut arguments =
            vec![SUBCOMMAND.into(), "--machine-root".into(), self.machine_root.clone().into()];
        arguments.extend([
            "--what".into(),
            self.what.clone().into(),
            "--version".into(),
            self.version.clone().into(),
        ]);
        arguments.extend(self.yes.then(|| "--yes".into()));
        arguments
    }
}

/// The file of an installer: a few words for whoever looks into it, and bytes that do not compress.
pub(super) fn file(product: &str, version: &str) -> Vec<u8> {
    let words = format!(
        "{product} {version}\r\n\
         An installer of the demo of Mobile SMARTS updater. It is no program: in the demo's machine the updater\r\n\
         starts itself in its place, and everywhere else nothing can start it.\r\n\r\n"
    );
    let mut bytes = words.into_bytes();
    bytes.extend(files::filler(FILE_BYTES.saturating_sub(bytes.len()), &format!("{product} {version}")));
    bytes
}

/// Installs, once the person has agreed.
pub fn install(request: &Request) -> Result<(), Error> {
    if request.what == PLATFORM {
        let registry = request.machine_root.join("registry.reg");
        return registry_file::set_value(&registry, PLATFORM_KEY, "Version", &request.version)
            .map_err(Error::Registry);
    }
    let content = Content::embedded().map_err(Error::Content)?;
    let found = content.products.iter().find(|product| product.feed == request.what).and_then(|product| {
        let release = product.releases.iter().find(|release| release.version == request.version)?;
        Some((product, release))
    });
    let Some((product, release)) = found else {
        return Err(Error::NoRelease { what: request.what.clone(), version: request.version.clone() });
    };
    let template = tree::template(product, release).map_err(Error::Template)?;
    let path = templates_dir(&request.machine_root).join(format!("{}.mstmpl", product.name));
    smarts_core::fs::write_atomically(&path, &template).map_err(Error::Write)
}

fn templates_dir(machine_root: &Path) -> PathBuf {
    machine_root.join("C/ProgramData/Cleverence/Common/Templates")
}
