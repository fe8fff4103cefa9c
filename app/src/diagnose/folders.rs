//! Findings about the folders that this program writes to: whether they are there, can be written to, have room.

use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::probe;

use super::{Line, State, Subject};

/// Less room than this is told.
const LITTLE_BYTES: u64 = 2 << 30;
/// For small files there is enough where there is this much.
const LITTLE_FOR_STATE_BYTES: u64 = 64 << 20;

/// The report, caches, what the window remembers.
pub(super) fn state(subject: &Subject<'_>) -> Line {
    let dir = &subject.session.paths.state_dir;
    let text = fl!(subject.texts.loader, "diagnose-state-folder");
    stands(subject, "state_folder", dir, text, LITTLE_FOR_STATE_BYTES, true)
}

pub(super) fn downloads(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let dir = &subject.session.paths.downloads_dir;
    let text =
        if dir.is_dir() { fl!(loader, "diagnose-downloads") } else { fl!(loader, "diagnose-no-downloads") };
    stands(subject, "downloads", dir, text, LITTLE_BYTES, true)
}

/// Where the program's own log lies.
pub(super) fn log(subject: &Subject<'_>) -> Line {
    let dir = &subject.session.paths.log_dir;
    let text = fl!(subject.texts.loader, "diagnose-log");
    stands(subject, "log", dir, text, LITTLE_FOR_STATE_BYTES, true)
}

/// Where copies of bases go: an administrator writes there, whoever looks now.
pub(super) fn backups(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let dir = &subject.session.paths.backup_dir;
    let text =
        if dir.is_dir() { fl!(loader, "diagnose-backups") } else { fl!(loader, "diagnose-no-backups") };
    let writes = subject.session.os.is_elevated();
    stands(subject, "backups", dir, text, LITTLE_BYTES, writes)
}

fn stands(
    subject: &Subject<'_>,
    id: &'static str,
    dir: &Path,
    text: String,
    little_bytes: u64,
    writes: bool,
) -> Line {
    let (loader, texts) = (&subject.texts.loader, subject.texts);
    let found = probe::folder(&*subject.session.os, dir, writes);
    let free = found.free_bytes.map(|bytes| fl!(loader, "diagnose-free", size = texts.size(bytes)));
    let place = dir.display().to_string();
    let detail = free.map_or_else(|| place.clone(), |free| format!("{place}, {free}"));
    if !found.is_reached {
        let line = Line::new(id, State::Attention, fl!(loader, "diagnose-folder-not-reached"), detail);
        return line.advise(fl!(loader, "advice-folder-not-reached"));
    }
    if found.is_there && !found.is_readable {
        return Line::new(id, State::Attention, fl!(loader, "diagnose-folder-unreadable"), detail);
    }
    match found.is_writable {
        Some(false) => {
            return Line::new(id, State::Attention, fl!(loader, "diagnose-folder-not-writable"), detail);
        }
        None if writes => {
            return Line::new(id, State::Unknown, fl!(loader, "diagnose-folder-unsure"), detail);
        }
        Some(true) | None => {}
    }
    if found.free_bytes.is_some_and(|free| free < little_bytes) {
        let text = fl!(loader, "diagnose-little-room");
        return Line::new(id, State::Attention, text, detail).advise(fl!(loader, "advice-free-space"));
    }
    Line::new(id, State::Ok, text, detail)
}
