//! Whether somebody works in a base: the file its data server holds, the files that are to be replaced, its port.
//!
//! Says little where files are not locked by being open, as on Linux, and nothing of programs on other PCs that have
//! the base open over the network: the Restart Manager knows of none. Deliberately not here: closing anything.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

use super::point::{Pass, Points, Stop, Warning};
use super::server;
use crate::fs::read_limited;
use crate::machine::{Base, base_settings};
use crate::os::{Holder, Os};
use crate::tree::RelPath;

/// A file of every base that the data server keeps open while it runs (read from a published build of
/// platform 3.3).
const SERVER_FILE: &str = "appres.resources";
/// Files that the system is asked about at once.
const PORTION_FILES: usize = 200;
/// For a sheet: with more files than so many portions it takes longer than people look at one.
const MOST_PORTIONS: usize = 10;
/// As the machine reads it.
const SETTINGS_LIMIT_BYTES: u64 = 4 << 20;

/// Whether somebody works in a base.
pub(crate) enum Use {
    /// The file that would tell could be opened for writing.
    Free,
    /// The file that would tell is not there.
    NotTellable,
    /// It could not be opened.
    Held {
        /// The file.
        file: String,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<Holder>,
        /// Why.
        error: io::Error,
    },
}

/// Tries the file that a base's data server keeps open.
pub(crate) fn server_use(os: &dyn Os, base_dir: &Path) -> Use {
    let path = base_dir.join(SERVER_FILE);
    match File::options().write(true).open(&path) {
        Ok(_) => Use::Free,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Use::NotTellable,
        // Without the rights to write, a file that nobody holds is refused just the same.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !os.is_elevated() => {
            Use::NotTellable
        }
        Err(error) => {
            let holders = os.holders(&[path]).unwrap_or_default();
            Use::Held { file: SERVER_FILE.to_owned(), holders, error }
        }
    }
}

/// Everything of it, as points.
pub(super) fn look(
    os: &dyn Os,
    base: &Base,
    dir: &Path,
    touched: Option<&BTreeSet<RelPath>>,
    points: &mut Points,
) {
    let base_id = base.id.clone();
    let will_stop = server::look(os, base, points);
    let answering = data_port(dir).filter(|port| !will_stop && os.port_answers(*port) == Some(true));
    if let Some(port) = answering {
        points.warnings.push(Warning::ServerAnswers { base_id: base_id.clone(), port });
    }
    match server_use(os, dir) {
        Use::Held { holders, .. } if will_stop && holders.iter().all(is_service) => {}
        Use::Held { file, holders, error } => {
            points.stops.push(Stop::InUse { base_id, file, holders, error });
        }
        used @ (Use::Free | Use::NotTellable) => {
            let touched: Vec<&RelPath> = touched.into_iter().flatten().collect();
            let (asked, not_asked) = touched.split_at(touched.len().min(MOST_PORTIONS * PORTION_FILES));
            let mut holders = holders(os, dir, asked);
            holders.retain(|holder| !will_stop || !is_service(holder));
            if !holders.is_empty() {
                points.stops.push(Stop::FilesHeld { base_id, holders });
            } else if matches!(used, Use::NotTellable) || !not_asked.is_empty() {
                points.warnings.push(Warning::UseNotTellable { base_id });
            } else if answering.is_none() && !will_stop {
                points.passes.push(Pass::NotInUse { base_id });
            }
        }
    }
}

/// Whether it may be the data server, which runs in nobody's session.
fn is_service(holder: &Holder) -> bool {
    holder.session.is_none()
}

/// Who holds files that are to be replaced or removed; each once.
pub(super) fn holders(os: &dyn Os, dir: &Path, touched: &[&RelPath]) -> Vec<Holder> {
    let mut all = Vec::new();
    for portion in touched.chunks(PORTION_FILES) {
        let files: Vec<_> = portion.iter().map(|path| path.below(dir)).collect();
        let holders = os.holders(&files).unwrap_or_default();
        all.extend(holders.into_iter().filter(|holder| !all.contains(holder)).collect::<Vec<_>>());
    }
    all
}

/// The port of the base's data server, if its settings name one. They were read with the machine, and a fault of
/// theirs is told there.
fn data_port(dir: &Path) -> Option<u16> {
    let bytes = read_limited(&dir.join(base_settings::SETTINGS), SETTINGS_LIMIT_BYTES).ok()??;
    base_settings::parse(&bytes).ok()?.data_port
}
