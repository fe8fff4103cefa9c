//! Disks, and ports of this PC: what is asked in the same way of every system but for a name.
//!
//! Deliberately not here: what is to be made of the answers.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// A server on this PC answers within a millisecond. Windows tries a closed port again for two seconds.
const ANSWER: Duration = Duration::from_millis(300);

/// A disk, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Tells it from others of this PC.
    pub id: String,
    /// Bytes that this person may still fill.
    pub free_bytes: u64,
    /// Bytes of all of it.
    pub total_bytes: u64,
}

/// The disk of a folder that is there.
pub(super) fn of(dir: &Path) -> Option<Volume> {
    // Windows would tell of the disk of one that is not there, too.
    std::fs::metadata(dir).ok()?;
    let facts = fs4::statvfs(dir).ok()?;
    let id = id(dir)?;
    Some(Volume { id, free_bytes: facts.available_space(), total_bytes: facts.total_space() })
}

cfg_select! {
    windows => {
        fn id(dir: &Path) -> Option<String> {
            super::windows::volume::mount_point(dir)
        }
    }
    _ => {
        fn id(dir: &Path) -> Option<String> {
            use std::os::unix::fs::MetadataExt as _;
            Some(std::fs::metadata(dir).ok()?.dev().to_string())
        }
    }
}

/// Whether something answers at this port of this very PC. Says nothing to whoever does.
pub fn answers_on_loopback(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, ANSWER).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn folders_of_one_disk_have_one_name_and_its_room() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("a")).unwrap();
        let (one, other) = (of(dir.path()).unwrap(), of(&dir.path().join("a")).unwrap());
        assert_eq!(one.id, other.id);
        assert!(one.free_bytes <= one.total_bytes && one.total_bytes > 0, "{one:?}");
        assert_eq!(of(&dir.path().join("missing")), None);
    }

    #[test]
    fn a_port_answers_while_somebody_listens() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        assert!(answers_on_loopback(port));
        drop(listener);
        assert!(!answers_on_loopback(port));
    }
}
