//! Logins that a proxy has refused, remembered between runs: sent again and again, a wrong password locks the
//! account of whoever it belongs to.
//!
//! One small file for each proxy and user in the person's own folder: a salt, and what PBKDF2 (RFC 8018) makes of the
//! password with it, so that the file gives nothing away. Whoever tries a login holds the file's lock, so that
//! several processes try it once together. Whatever is wrong with the folder, logins are tried all the same, and
//! then once in each process. Deliberately not here: what counts as refused (`gate`).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use aws_lc_rs::{pbkdf2, rand};

use super::login::Login;
use crate::digest::Digest;

/// As many as OWASP recommends for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet).
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// The folder of remembered refusals; it is made when it is first needed.
#[derive(Clone, Debug)]
pub struct Refusals {
    dir: PathBuf,
}

/// The right to try a login; others wait until this is dropped.
pub(super) struct Turn {
    file: File,
    was_refused: bool,
}

impl Refusals {
    /// Remembers in `dir`.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }

    /// Forgets all of them, so that every login is tried once more.
    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Waits until nobody else tries this login, and looks whether it was refused. May wait for as long as
    /// another process waits for its proxy.
    pub(super) fn turn(&self, login: &Login) -> io::Result<Turn> {
        fs::create_dir_all(&self.dir)?;
        let name = Digest::of(format!("{}\n{}", login.proxy, login.user).as_bytes()).to_string();
        let path = self.dir.join(name);
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        file.lock()?;
        let mut kept = Vec::new();
        (&file).take(1024).read_to_end(&mut kept)?;
        Ok(Turn { file, was_refused: is_of(&kept, login) })
    }
}

impl Turn {
    pub(super) fn was_refused(&self) -> bool {
        self.was_refused
    }

    /// Remembers that the login was refused, in place of an older one.
    pub(super) fn remember(&mut self, login: &Login) -> io::Result<()> {
        let mut salt = [0; SALT_BYTES];
        rand::fill(&mut salt).map_err(io::Error::other)?;
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&[salt.as_slice(), &hash(&salt, login)].concat())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Closing is not enough while a program that is just being started still shares the handle.
        let _ = self.file.unlock();
    }
}

/// What is not whole stands for no login.
fn is_of(kept: &[u8], login: &Login) -> bool {
    let Some((salt, kept_hash)) = kept.split_at_checked(SALT_BYTES) else { return false };
    kept_hash.len() == HASH_BYTES && hash(salt, login) == kept_hash
}

fn hash(salt: &[u8], login: &Login) -> [u8; HASH_BYTES] {
    let mut hash = [0; HASH_BYTES];
    let secret = [login.stamp.as_str(), &login.password.0].join("\n");
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, salt, secret.as_bytes(), &mut hash);
    hash
}

#[cfg(test)]
mod tests {
    use super::super::login::Password;
    use super::super::proxy::ProxyAddress;
    use super::*;

    fn login(user: &str, password: &str, stamp: &str) -> Login {
        let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
        Login { proxy, user: user.into(), password: Password(password.into()), stamp: stamp.into() }
    }

    fn was_refused(refusals: &Refusals, login: &Login) -> bool {
        refusals.turn(login).unwrap().was_refused()
    }

    #[test]
    fn a_refused_login_is_known_until_something_about_it_changes() {
        let dir = tempfile::tempdir().unwrap();
        let refusals = Refusals::new(&dir.path().join("not yet there"));
        let wrong = login("ivan", "wrong", "1");
        assert!(!was_refused(&refusals, &wrong));
        refusals.turn(&wrong).unwrap().remember(&wrong).unwrap();
        assert!(was_refused(&refusals, &wrong));
        for other in [login("ivan", "right", "1"), login("ivan", "wrong", "2"), login("olga", "wrong", "1")] {
            assert!(!was_refused(&refusals, &other));
        }
        refusals.forget().unwrap();
        refusals.forget().unwrap();
        assert!(!was_refused(&refusals, &wrong));
    }

    #[test]
    fn what_is_remembered_gives_nothing_away_and_a_broken_file_stands_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let refusals = Refusals::new(dir.path());
        let wrong = login("ivan", "wr0ngpass", "");
        refusals.turn(&wrong).unwrap().remember(&wrong).unwrap();
        let path = fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(bytes.len(), SALT_BYTES + HASH_BYTES);
        assert!(!path.to_string_lossy().contains("ivan"));
        for broken in [&bytes[..SALT_BYTES], &bytes[..20], b"", &[bytes.as_slice(), b"x"].concat()] {
            fs::write(&path, broken).unwrap();
            assert!(!was_refused(&refusals, &wrong));
        }
    }
}
