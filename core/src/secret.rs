//! The login for the proxy, kept for everybody on this PC whom the scheduled task runs for.
//!
//! One file in the machine-wide folder, sealed by the system ([`Os::seal`]), with the proxy's address and the
//! user inside: a password is never sent to another proxy, or for another user, than it was kept for. Where a
//! system keeps no secrets, nothing is kept, and people are asked each time. Deliberately not here: asking
//! them, and when a login is sent ([`crate::http`]).

use std::io;
use std::path::{Path, PathBuf};

use aws_lc_rs::rand;
use serde::{Deserialize, Serialize};

use crate::fs;
use crate::http::login::{Login, Password};
use crate::http::proxy::ProxyAddress;
use crate::http::refused;
use crate::os::{Os, SealFault};

const LARGEST_FILE: u64 = 64 * 1024;

/// Why a login was not kept, or is not had again.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system did not seal or unseal it.
    #[error("Failed to use the system's protection of secrets")]
    Seal(#[source] SealFault),
    /// The file could not be read, written or removed.
    #[error("Failed to use the file of the login: {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// The system's error.
        #[source]
        source: io::Error,
    },
    /// Others than administrators can write it, so it may lead anywhere.
    #[error("File of the login can be written by others than administrators: {}", path.display())]
    Untrusted {
        /// Which.
        path: PathBuf,
    },
    /// What was unsealed is no login.
    #[error("File of the login is not understood: {}", path.display())]
    Damaged {
        /// Which.
        path: PathBuf,
    },
}

#[derive(Serialize, Deserialize)]
struct Kept {
    proxy: String,
    user: String,
    password: String,
    stamp: String,
}

/// The login that is kept; `Ok(None)`: none is.
pub fn load(os: &dyn Os, path: &Path) -> Result<Option<Login>, Error> {
    let file = |source| Error::File { path: path.to_path_buf(), source };
    let damaged = || Error::Damaged { path: path.to_path_buf() };
    let Some(sealed) = fs::read_limited(path, LARGEST_FILE).map_err(file)? else { return Ok(None) };
    if os.only_administrators_may_write(path) == Some(false) {
        return Err(Error::Untrusted { path: path.to_path_buf() });
    }
    let kept = os.unseal(&sealed).map_err(Error::Seal)?;
    let kept: Kept = serde_json::from_slice(&kept).map_err(|_| damaged())?;
    let proxy = ProxyAddress::parse(&kept.proxy).map_err(|_| damaged())?;
    let Kept { user, password, stamp, .. } = kept;
    Ok(Some(Login { proxy, user, password: Password(password), stamp }))
}

/// Keeps a login in place of an older one. Its stamp becomes a new one, so that it is tried even if it was
/// refused before; `refusal_path` is where its refusal will be remembered for everybody. Whether that is
/// allowed is for the caller to see; the folder has to be one of administrators.
pub fn save(
    os: &dyn Os,
    path: &Path,
    refusal_path: &Path,
    proxy: &ProxyAddress,
    user: &str,
    password: &Password,
) -> Result<(), Error> {
    let mut stamp = [0; 16];
    rand::fill(&mut stamp).map_err(|error| Error::Seal(SealFault::System(io::Error::other(error))))?;
    let kept = Kept {
        proxy: proxy.to_string(),
        user: user.to_owned(),
        password: password.0.clone(),
        stamp: hex::encode(stamp),
    };
    let file = |source| Error::File { path: path.to_path_buf(), source };
    let kept = serde_json::to_vec(&kept).map_err(|error| file(error.into()))?;
    let sealed = os.seal(&kept).map_err(Error::Seal)?;
    if let Some(dir) = path.parent() {
        os.make_administrators_dir(dir).map_err(file)?;
    }
    // Before the login: nobody is to try it without a place where its refusal is remembered for all.
    refused::make_common(os, refusal_path)
        .map_err(|source| Error::File { path: refusal_path.to_path_buf(), source })?;
    fs::write_atomically(path, &sealed).map_err(file)
}

/// Forgets the login; whether there was one.
pub fn forget(path: &Path) -> Result<bool, Error> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(Error::File { path: path.to_path_buf(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::os::{
        Identity, Installer, InstallerExit, InstallerFault, Linux, LocateFault, RegistryFault, Signature,
    };

    /// A host that turns secrets round, and whose files are written by whom the answer says.
    struct Host(Option<bool>);

    impl Os for Host {
        fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
            Linux.registry_value(key, name)
        }

        fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
            Linux.locate(windows_path)
        }

        fn machine_root(&self) -> Option<&Path> {
            None
        }

        fn only_administrators_may_write(&self, _path: &Path) -> Option<bool> {
            self.0
        }

        fn signature(&self, path: &Path) -> Signature {
            Linux.signature(path)
        }

        fn identity(&self) -> Identity {
            Linux.identity()
        }

        fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
            Linux.run_installer(installer)
        }

        fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, SealFault> {
            Ok(secret.iter().rev().copied().collect())
        }

        fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
            self.seal(sealed)
        }
    }

    fn proxy() -> ProxyAddress {
        ProxyAddress::parse("http://proxy.shop:3128").unwrap()
    }

    #[test]
    fn a_login_is_kept_with_its_proxy_and_its_user_and_each_time_is_another_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("Updater/proxy.login");
        let host = Host(Some(true));
        assert_eq!(load(&host, &path).unwrap(), None);
        let mut stamps = Vec::new();
        for _ in 0..2 {
            save(
                &host,
                &path,
                &path.with_extension("refused"),
                &proxy(),
                r"SHOP\ivan",
                &Password("пароль".into()),
            )
            .unwrap();
            let login = load(&host, &path).unwrap().unwrap();
            assert_eq!((&login.proxy, login.user.as_str()), (&proxy(), r"SHOP\ivan"));
            assert_eq!(login.password, Password("пароль".into()));
            stamps.push(login.stamp);
        }
        assert_ne!(stamps[0], stamps[1]);
        assert!(forget(&path).unwrap());
        assert!(!forget(&path).unwrap());
        assert_eq!(load(&host, &path).unwrap(), None);
    }

    #[test]
    fn a_file_that_others_may_write_or_that_is_damaged_is_an_error_and_not_a_login() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("proxy.login");
        save(
            &Host(Some(true)),
            &path,
            &dir.path().join("refused"),
            &proxy(),
            "ivan",
            &Password("s3cret".into()),
        )
        .unwrap();
        assert!(matches!(load(&Host(Some(false)), &path), Err(Error::Untrusted { .. })));
        std::fs::write(&path, "nonsense").unwrap();
        let error = load(&Host(None), &path).unwrap_err();
        assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
    }

    #[test]
    fn where_the_system_keeps_no_secrets_nothing_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("proxy.login");
        let kept =
            save(&Linux, &path, &dir.path().join("refused"), &proxy(), "ivan", &Password("s3cret".into()));
        assert!(matches!(kept, Err(Error::Seal(SealFault::NotHere))));
        assert!(!path.exists());
    }
}
