//! The journal: who updated what, when, from which version to which, and how it ended; and which devices a person
//! has said are not in use any more.
//!
//! A base that is updated from a template leaves no trace in Windows' own records, so this file is the
//! only one. JSON Lines, one entry a line, only ever appended to. Reading tolerates what it does not know:
//! entries of a later version of this program, and lines that a power cut tore, are counted and skipped.
//!
//! Deliberately not here: the Windows event log, and deciding what is worth an entry ([`crate::apply`]).
//! Nobody else may be appending at the same time: the caller holds the update lock.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::os::{self, PATIENCE};
use crate::verify::Proof;
use crate::version::Version;
use crate::works::Works;

/// No entry is anywhere near as long; a longer line is nonsense and is not kept in memory.
const LONGEST_LINE: u64 = 1 << 20;

/// One thing that was done, or was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When it ended.
    pub time: Timestamp,
    /// Who did it: the account's name.
    pub user: String,
    /// On which PC.
    pub computer: String,
    /// What happened.
    pub what: What,
    /// `platform`, or the base's id; for a wizard the product's feed; for a device that counts no more its name.
    pub subject: String,
    /// The base's name; else what the person saw.
    pub name: String,
    /// The base's product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The version before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Version>,
    /// The version it was to become.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Version>,
    /// The name of the file that was applied or started; for several steps the one that was reached. Empty where
    /// there was none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Its hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// How far it was proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What went wrong, in English and for the record; empty where nothing did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Where the copy of the base lies that was made before, or that it was put back from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_dir: Option<String>,
    /// Whether a base that was updated works; entries of earlier versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub works: Option<Works>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A base is about to be changed. Unless an entry with another of these follows for the same base, the
    /// run was cut off, and the base may be half-way.
    Begun,
    /// It is on the new version, read back from the machine.
    Updated,
    /// It failed, and nothing was changed; for an installer: what it left is not known.
    Failed,
    /// It failed, and the base was put back as it was.
    Undone,
    /// It failed, and the base could not be put back.
    NotUndone,
    /// A product's wizard was run to its end; bases are updated by entries of their own.
    WizardRun,
    /// An installer ended well and takes effect with the next start of the PC.
    RebootPending,
    /// An installer was started, and the person stopped it; the version is what it was.
    Cancelled,
    /// A base was copied because a person wanted it.
    Copied,
    /// An older copy of a base was deleted because there were too many, as a person agreed to; `backup_dir` is where
    /// it lay.
    CopyDeleted,
    /// What an update of a base has changed is about to be put back. Unless an entry follows that says how it ended,
    /// the run was cut off, and the base may be half-way.
    GoingBack,
    /// The same with all of a base.
    GoingBackWhole,
    /// What an update of a base had changed was put back.
    WentBack,
    /// A base was put back as a whole, and what was done in it since is gone.
    WentBackWhole,
    /// A base was to go back, that failed, and it is what it was before. Where it could not be made that either,
    /// [`Self::NotUndone`] stands here.
    NotGoneBack,
    /// A change was cut off, and somebody has put the base on another version since. It is what they made it.
    Superseded,
    /// A device is not in use any more, a person says: its subscription counts nowhere.
    WrittenOff,
    /// A device that was written off counts again, a person says.
    CountedAgain,
    /// A mobile app was put where the Android devices of a base look for it; `from` and `to` are the app's versions.
    AppStaged,
    /// That was taken back.
    AppUnstaged,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// Oldest first.
    pub entries: Vec<Entry>,
    /// Lines that are no entry this program knows.
    pub skipped: u64,
}

/// Why the journal could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not opened or not written to.
    #[error("Failed to write to the journal: {}", path.display())]
    Write {
        /// The journal.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// There, and not readable.
    #[error("Failed to read the journal: {}", path.display())]
    Read {
        /// The journal.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

/// The beginnings that came to no good end: cut off, or not put back. One for each subject, the latest;
/// oldest first. An update that failed before it changed anything ends nothing.
pub fn unfinished(entries: &[Entry]) -> Vec<&Entry> {
    let mut begun: Vec<&Entry> = Vec::new();
    for entry in entries {
        match entry.what {
            What::Begun
            | What::Updated
            | What::Undone
            | What::WentBack
            | What::WentBackWhole
            | What::Superseded => {
                begun.retain(|one| one.subject != entry.subject);
            }
            What::NotUndone
            | What::Failed
            | What::Copied
            | What::CopyDeleted
            | What::GoingBack
            | What::GoingBackWhole
            | What::NotGoneBack
            | What::WizardRun
            | What::RebootPending
            | What::Cancelled
            | What::WrittenOff
            | What::CountedAgain
            | What::AppStaged
            | What::AppUnstaged => {}
        }
        if entry.what == What::Begun {
            begun.push(entry);
        }
    }
    begun
}

/// All entries but those beginnings that another entry tells the end of.
pub fn without_ended(mut entries: Vec<Entry>) -> Vec<Entry> {
    let mut ended = HashSet::new();
    let mut stays: Vec<bool> = Vec::new();
    for entry in entries.iter().rev() {
        stays.push(match entry.what {
            What::Begun | What::GoingBack | What::GoingBackWhole => !ended.remove(&entry.subject),
            What::Updated
            | What::Undone
            | What::NotUndone
            | What::WentBack
            | What::WentBackWhole
            | What::NotGoneBack
            | What::Superseded => {
                ended.insert(entry.subject.clone());
                true
            }
            What::Failed
            | What::Copied
            | What::CopyDeleted
            | What::WizardRun
            | What::RebootPending
            | What::Cancelled
            | What::WrittenOff
            | What::CountedAgain
            | What::AppStaged
            | What::AppUnstaged => true,
        });
    }
    entries.retain(|_| stays.pop().unwrap_or(true));
    entries
}

/// Makes sure that entries can be written: creates the journal and its folder where they are missing.
///
/// To be called before anything is changed, so that nothing is done that cannot be recorded.
pub fn prepare(path: &Path) -> Result<(), Error> {
    open(path).map(drop).map_err(|error| Error::Write { path: path.to_path_buf(), error })
}

/// Appends an entry, as one write of a whole line that has reached the disk when this returns. One that may not have is
/// taken out again: nobody is to read what its writer was told is not there.
pub fn append(path: &Path, entry: &Entry) -> Result<(), Error> {
    append_synced(path, entry, File::sync_all)
}

fn append_synced(path: &Path, entry: &Entry, sync: fn(&File) -> io::Result<()>) -> Result<(), Error> {
    let write = || {
        let mut line = Vec::new();
        let mut file = open(path)?;
        // A torn line of before must not take this entry with it.
        if !ends_with_newline(&mut file)? {
            line.push(b'\n');
        }
        serde_json::to_writer(&mut line, entry)?;
        line.push(b'\n');
        let before = file.metadata()?.len();
        file.write_all(&line).and_then(|()| sync(&file)).inspect_err(|_| cut(path, before))
    };
    write().map_err(|error| Error::Write { path: path.to_path_buf(), error })
}

/// Reads the journal; one that does not exist yet is empty.
pub fn read(path: &Path) -> Result<Journal, Error> {
    let read = || match File::open(path) {
        Ok(file) => read_lines(BufReader::new(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Journal::default()),
        Err(error) => Err(error),
    };
    read().map_err(|error| Error::Read { path: path.to_path_buf(), error })
}

fn cut(path: &Path, length: u64) {
    // What may only append may not do this on Windows.
    let cut = OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(length));
    if let Err(error) = cut {
        tracing::warn!(path = %path.display(), %error, "An entry may stand in the journal that did not reach the disk");
    }
}

fn open(path: &Path) -> io::Result<File> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    os::patiently(PATIENCE, || options.open(path))
}

fn ends_with_newline(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

fn read_lines(mut reader: impl BufRead) -> io::Result<Journal> {
    let mut journal = Journal::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(journal);
        }
        if count as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
            reader.skip_until(b'\n')?;
            journal.skipped += 1;
        } else if !line.trim_ascii().is_empty() {
            match serde_json::from_slice(&line) {
                Ok(entry) => journal.entries.push(entry),
                Err(_) => journal.skipped += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(subject: &str) -> Entry {
        Entry {
            time: "2026-11-22T09:40:00Z".parse().unwrap(),
            user: "Администратор".into(),
            computer: "KASSA-1".into(),
            what: What::Updated,
            subject: subject.into(),
            name: "Основной склад".into(),
            product: Some("Склад 15".into()),
            from: Some(Version::new(1, 6, 2, 6493)),
            to: Some(Version::new(1, 6, 3, 7283)),
            file: "Склад 15.mstmpl".into(),
            sha256: Some(Digest::of(b"x")),
            proof: Some(Proof::Hash),
            detail: String::new(),
            backup_dir: Some(r"C:\ProgramData\Cleverence\Backup\2026.11.22 12.40.00 a".into()),
            works: Some(Works {
                version: Some(Version::new(1, 6, 3, 7283)),
                server: crate::server::Server::Answered { port: 9000 },
            }),
        }
    }

    #[test]
    fn entries_are_read_back_in_the_order_they_were_written() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("not").join("there").join("journal.jsonl");
        assert_eq!(read(&path).unwrap(), Journal::default());
        append(&path, &entry("a")).unwrap();
        append(&path, &Entry { backup_dir: None, what: What::Undone, ..entry("b") }).unwrap();
        let journal = read(&path).unwrap();
        assert_eq!(journal.entries.len(), 2);
        assert_eq!(journal.entries[0], entry("a"));
        assert_eq!((journal.entries[1].what, journal.skipped), (What::Undone, 0));
    }

    #[test]
    fn a_beginning_is_unfinished_until_its_own_base_came_to_a_good_end() {
        let of = |subject, what| Entry { what, ..entry(subject) };
        let mut entries = vec![of("a", What::Begun), of("b", What::Begun), of("b", What::Updated)];
        let subjects = |entries: &[Entry]| -> Vec<(String, What)> {
            entries.iter().map(|entry| (entry.subject.clone(), entry.what)).collect()
        };
        assert_eq!(unfinished(&entries), [&entries[0]]);
        entries.extend([of("a", What::Failed), of("a", What::NotUndone)]);
        assert_eq!(unfinished(&entries), [&entries[0]]);
        entries.push(of("a", What::Undone));
        assert!(unfinished(&entries).is_empty());
        entries.extend([of("a", What::Begun), of("a", What::Begun)]);
        assert_eq!(unfinished(&entries), [&entries[7]]);
        let superseded = [entries.clone(), vec![of("a", What::Superseded)]].concat();
        assert!(unfinished(&superseded).is_empty());
        let shown = [
            ("b", What::Updated),
            ("a", What::Failed),
            ("a", What::NotUndone),
            ("a", What::Undone),
            ("a", What::Begun),
            ("a", What::Begun),
        ];
        let shown = shown.map(|(subject, what)| (subject.to_owned(), what));
        assert_eq!(subjects(&without_ended(entries)), shown);
    }

    #[test]
    fn an_entry_is_one_line_whatever_its_texts_hold() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.jsonl");
        append(&path, &Entry { detail: "first\nsecond\r\n".into(), ..entry("a") }).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 1);
        assert_eq!(read(&path).unwrap().entries[0].detail, "first\nsecond\r\n");
    }

    #[test]
    fn a_torn_line_costs_neither_the_entries_before_it_nor_the_next_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.jsonl");
        append(&path, &entry("a")).unwrap();
        let whole = serde_json::to_vec(&entry("torn")).unwrap();
        File::options().append(true).open(&path).unwrap().write_all(&whole[..whole.len() / 2]).unwrap();
        assert_eq!(read(&path).unwrap().skipped, 1);
        append(&path, &entry("c")).unwrap();
        let journal = read(&path).unwrap();
        let subjects: Vec<&str> = journal.entries.iter().map(|entry| entry.subject.as_str()).collect();
        assert_eq!((subjects, journal.skipped), (vec!["a", "c"], 1));
    }

    #[test]
    fn an_entry_that_did_not_reach_the_disk_is_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.jsonl");
        append(&path, &entry("a")).unwrap();
        let failed = append_synced(&path, &entry("b"), |_| Err(io::ErrorKind::StorageFull.into()));
        assert!(matches!(failed, Err(Error::Write { .. })), "{failed:?}");
        append(&path, &entry("c")).unwrap();
        assert_eq!(read(&path).unwrap(), Journal { entries: vec![entry("a"), entry("c")], skipped: 0 });
    }

    #[test]
    fn what_is_not_known_is_skipped_and_counted() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.jsonl");
        let mut newer = serde_json::to_value(entry("newer")).unwrap();
        newer["moon_phase"] = "full".into();
        let mut unknown = newer.clone();
        unknown["what"] = "teleported".into();
        let mut bytes = format!("{newer}\n{unknown}\nnonsense\n\n{{}}\n").into_bytes();
        bytes.extend(b"\xff\xfe\0\n");
        bytes.extend(vec![b'x'; usize::try_from(LONGEST_LINE).unwrap() * 2 + 3]);
        bytes.push(b'\n');
        bytes.extend(serde_json::to_vec(&entry("last")).unwrap());
        fs::write(&path, bytes).unwrap();
        let journal = read(&path).unwrap();
        let subjects: Vec<&str> = journal.entries.iter().map(|entry| entry.subject.as_str()).collect();
        assert_eq!((subjects, journal.skipped), (vec!["newer", "last"], 5));
    }

    #[test]
    fn a_journal_that_cannot_be_written_is_said_beforehand() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal.jsonl");
        fs::create_dir(&path).unwrap();
        assert!(matches!(prepare(&path), Err(Error::Write { .. })));
        assert!(matches!(append(&path, &entry("a")), Err(Error::Write { .. })));
        assert!(matches!(read(&path), Err(Error::Read { .. })));
    }
}
