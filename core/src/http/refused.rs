//! Logins that a proxy has refused, remembered between runs: sent again and again, a wrong password locks the
//! account of whoever it belongs to.
//!
//! A small file: a salt, and what PBKDF2 (RFC 8018) makes of the password with it, so that the file gives
//! nothing away. Whoever tries a login holds the file's lock, so that several processes try it once together.
//! For a login that is kept for everybody there is one file for everybody, made when the login is kept
//! (`make_common`); for all others one for each proxy and user, in the person's own folder. Whatever is
//! wrong with the common file, the person's own folder is used; whatever is wrong with that, logins are tried
//! all the same, and then once in each process. Deliberately not here: what counts as refused (`gate`).

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use aws_lc_rs::{pbkdf2, rand};

use super::login::Login;
use crate::digest::Digest;
use crate::os::{self, Os, PATIENCE};

/// As many as OWASP recommends for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet).
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// Everybody may lock the common file, so nobody waits for it for ever: longer than any proxy is waited for.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
const WAIT: Duration = Duration::from_millis(50);

/// Where refusals are remembered.
#[derive(Clone, Debug)]
pub struct Refusals {
    dir: PathBuf,
    common: Option<PathBuf>,
}

/// The right to try a login; others wait until this is dropped.
pub(super) struct Turn {
    file: File,
    is_empty: bool,
    was_refused: bool,
}

impl Refusals {
    /// Remembers in `dir`, which is made when it is first needed.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf(), common: None }
    }

    /// With the file for the login that is kept for everybody.
    #[must_use]
    pub fn with_common(self, path: &Path) -> Self {
        Self { common: Some(path.to_path_buf()), ..self }
    }

    /// Forgets all of them, so that every login is tried once more: this person's own, and for everybody the
    /// one of the login that is kept.
    pub fn forget(&self) -> io::Result<()> {
        let is_there = |result: &io::Result<()>| !matches!(result, Err(error) if error.kind() == io::ErrorKind::NotFound);
        let common =
            self.common.as_deref().map_or(Ok(()), |path| locked(path).and_then(|mut turn| turn.forget()));
        let own = fs::remove_dir_all(&self.dir);
        [own, common].into_iter().filter(is_there).collect()
    }

    /// Waits until nobody else tries this login, and looks whether it was refused. May wait for as long as
    /// another process waits for its proxy.
    pub(super) fn turn(&self, login: &Login) -> io::Result<Turn> {
        match self.common.as_deref().filter(|_| !login.stamp.is_empty()).map(locked) {
            Some(Ok(turn)) => return turn.looking_for(login),
            Some(Err(error)) => tracing::warn!("Failed to use what is remembered for everybody: {error}"),
            None => {}
        }
        fs::create_dir_all(&self.dir)?;
        let name = Digest::of(format!("{}\n{}", login.proxy, login.user).as_bytes()).to_string();
        let path = self.dir.join(name);
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path)?;
        file.lock()?;
        Turn { file, is_empty: true, was_refused: false }.looking_for(login)
    }
}

/// Makes the file for a login that is kept for everybody, in place of the one before. Its folder has to be
/// one of administrators, so that this very file is all that others can change.
pub(crate) fn make_common(os: &dyn Os, path: &Path) -> io::Result<()> {
    let file = os::new_file_in(path.parent().ok_or(io::ErrorKind::InvalidInput)?, ".tmp")?;
    os.let_everybody_write(file.path())?;
    os::put_in_place(file, path, PATIENCE)
}

fn locked(path: &Path) -> io::Result<Turn> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Turn { file, is_empty: false, was_refused: false }),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if waited >= LONGEST_WAIT => {
                return Err(io::ErrorKind::TimedOut.into());
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(WAIT),
        }
        waited += WAIT;
    }
}

impl Turn {
    fn looking_for(mut self, login: &Login) -> io::Result<Self> {
        let mut kept = Vec::new();
        (&self.file).take(1024).read_to_end(&mut kept)?;
        self.is_empty = kept.is_empty();
        self.was_refused = is_of(&kept, login);
        Ok(self)
    }

    /// Remembers nothing any more: what was refused before is no concern once the proxy takes a login.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        if self.is_empty {
            return Ok(());
        }
        self.is_empty = true;
        self.file.set_len(0)
    }

    pub(super) fn was_refused(&self) -> bool {
        self.was_refused
    }

    /// Remembers that the login was refused, in place of an older one.
    pub(super) fn remember(&mut self, login: &Login) -> io::Result<()> {
        let mut salt = [0; SALT_BYTES];
        rand::fill(&mut salt).map_err(io::Error::other)?;
        self.is_empty = false;
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
    use crate::os::Linux;

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
    fn a_login_that_is_kept_for_everybody_is_refused_for_everybody_and_one_of_a_person_for_that_one() {
        let dir = tempfile::tempdir().unwrap();
        let common = dir.path().join("proxy.refused");
        make_common(&Linux, &common).unwrap();
        let of = |name: &str| Refusals::new(&dir.path().join(name)).with_common(&common);
        let (kept, typed) = (login("ivan", "wrong", "1"), login("ivan", "wrong", ""));
        for wrong in [&kept, &typed] {
            of("ivan").turn(wrong).unwrap().remember(wrong).unwrap();
        }
        assert!(was_refused(&of("olga"), &kept) && was_refused(&of("ivan"), &kept));
        assert!(!was_refused(&of("olga"), &typed) && was_refused(&of("ivan"), &typed));
        of("olga").forget().unwrap();
        assert!(!was_refused(&of("ivan"), &kept) && was_refused(&of("ivan"), &typed));
        // Without the common file each person has an own one.
        fs::remove_file(&common).unwrap();
        of("ivan").turn(&kept).unwrap().remember(&kept).unwrap();
        assert!(was_refused(&of("ivan"), &kept) && !was_refused(&of("olga"), &kept));
        of("olga").forget().unwrap();
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
