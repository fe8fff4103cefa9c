//! What a run tells: lines of JSON in a file that grows, written by one process and followed by another.
//!
//! A line counts once it is whole; what this version does not know is skipped. Nothing that happens to the
//! file stops an update.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::Line;
use super::held::{self, Held};

/// No line is anywhere near as long.
const LONGEST_LINE: usize = 4 << 20;
/// So much is read at once.
const CHUNK: u64 = 64 << 10;

/// The end that tells.
#[derive(Debug)]
pub struct Lines {
    file: File,
    is_broken: bool,
}

impl Lines {
    /// Creates the file, which must not be there.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create_new(path)?, is_broken: false })
    }

    /// Appends a line. What cannot be told is in the log, once, and the update goes on.
    pub fn tell(&mut self, line: &Line) {
        let written = serde_json::to_vec(line).map_err(io::Error::from).and_then(|mut bytes| {
            bytes.push(b'\n');
            self.file.write_all(&bytes)
        });
        if let Err(error) = written
            && !self.is_broken
        {
            self.is_broken = true;
            tracing::error!(%error, "Failed to tell how the update goes");
        }
    }
}

/// The end that listens.
#[derive(Debug)]
pub struct Follower {
    path: PathBuf,
    /// So that it does not go before its end was read.
    held: Option<Held>,
    position: u64,
    /// A line that has not ended yet.
    torn: Vec<u8>,
    /// The line that has not ended yet is too long to be one.
    skips: bool,
}

impl Follower {
    /// Of a file that need not be there yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path, held: None, position: 0, torn: Vec::new(), skips: false }
    }

    /// What has been told since the last call.
    pub fn lines(&mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        if let Err(error) = self.read(&mut lines)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %self.path.display(), "Failed to follow a run");
        }
        lines
    }

    fn read(&mut self, lines: &mut Vec<Line>) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        if self.held.is_none() {
            self.held = self.path.parent().and_then(held::follow);
        }
        file.seek(SeekFrom::Start(self.position))?;
        loop {
            let mut chunk = Vec::new();
            let count = (&mut file).take(CHUNK).read_to_end(&mut chunk)?;
            if count == 0 {
                return Ok(());
            }
            self.position += count as u64;
            self.take(&chunk, lines);
        }
    }

    fn take(&mut self, chunk: &[u8], lines: &mut Vec<Line>) {
        for piece in chunk.split_inclusive(|byte| *byte == b'\n') {
            let ends = piece.ends_with(b"\n");
            if !self.skips {
                self.torn.extend_from_slice(piece);
            }
            if ends {
                let bytes = std::mem::take(&mut self.torn);
                if !std::mem::take(&mut self.skips) {
                    lines.extend(serde_json::from_slice::<Line>(&bytes).ok());
                }
            } else if self.torn.len() > LONGEST_LINE {
                self.torn.clear();
                self.skips = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use smarts_core::server::Server;
    use smarts_core::works::Works;

    use super::*;
    use crate::elevated::News;
    use crate::model::activity::{Done, LeftToDo, Stage};
    use crate::model::{BaseResult, Notice, Outcome, WizardTemplate};

    fn progress(done: u64) -> Line {
        Line::News(News::Progress { item_id: "main".into(), stage: Stage::Replacing { done, total: 9 } })
    }

    fn append(path: &Path, bytes: &[u8]) {
        File::options().append(true).create(true).open(path).unwrap().write_all(bytes).unwrap();
    }

    #[test]
    fn what_is_told_arrives_in_its_order_and_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("progress.jsonl");
        let mut follower = Follower::new(path.clone());
        assert_eq!(follower.lines(), []);
        let mut lines = Lines::create(&path).unwrap();
        let done = Done {
            version: "1.6.3.7283".parse().unwrap(),
            at: "2026-11-22T09:40:05Z".parse().unwrap(),
            left: vec![LeftToDo::Processing1c, LeftToDo::Devices { count: 2 }, LeftToDo::Restart],
            works: Some(Works { version: None, server: Server::NotAnswering { port: 9000 } }),
        };
        let outcomes = [
            Outcome::Done(done),
            Outcome::Failed(Notice::of("что-то")),
            Outcome::NotStarted,
            Outcome::Stopped,
            Outcome::NotPermitted,
            Outcome::WizardRun,
        ];
        let results =
            outcomes.into_iter().map(|outcome| BaseResult { item_id: "main".into(), outcome }).collect();
        let template = WizardTemplate {
            template: "C:/a.mstmpl".into(),
            product: "Склад 15".into(),
            version: "1.6.3.7283".parse().unwrap(),
            base_ids: vec!["main".into()],
        };
        let stages = [
            Stage::Preparing,
            Stage::Permission,
            Stage::Installer,
            Stage::Restoring,
            Stage::Reading,
            Stage::StoppingServer,
            Stage::StartingServer,
        ];
        let told: Vec<Line> = stages
            .into_iter()
            .map(|stage| Line::News(News::Progress { item_id: "main".into(), stage }))
            .chain([
                progress(1),
                Line::News(News::Finished { results }),
                Line::News(News::Template { template }),
            ])
            .chain([Line::Refused(Notice::of("нет"))])
            .collect();
        let (first, rest) = told.split_at(2);
        for line in first {
            lines.tell(line);
        }
        assert_eq!(follower.lines(), first);
        for line in rest {
            lines.tell(line);
        }
        assert_eq!(follower.lines(), rest);
        assert_eq!(follower.lines(), []);
        assert!(Lines::create(&path).is_err(), "a file that is there is somebody else's");
    }

    #[test]
    fn a_torn_line_waits_for_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("progress.jsonl");
        let mut follower = Follower::new(path.clone());
        let mut line = serde_json::to_vec(&progress(1)).unwrap();
        line.push(b'\n');
        let (begin, end) = line.split_at(line.len() / 2);
        append(&path, begin);
        assert_eq!(follower.lines(), []);
        append(&path, end);
        append(&path, &line[..3]);
        assert_eq!(follower.lines(), [progress(1)]);
        append(&path, &line[3..]);
        assert_eq!(follower.lines(), [progress(1)]);
    }

    #[test]
    fn lines_that_nobody_knows_are_skipped() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("progress.jsonl");
        let mut bytes = b"nonsense\n\n{\"news\":{\"kind\":\"moon_phase\"}}\n\xff\n".to_vec();
        bytes.extend(vec![b'x'; LONGEST_LINE + (CHUNK as usize) * 2]);
        bytes.push(b'\n');
        bytes.extend(serde_json::to_vec(&progress(2)).unwrap());
        bytes.push(b'\n');
        append(&path, &bytes);
        assert_eq!(Follower::new(path).lines(), [progress(2)]);
    }

    /// Whole lines, torn ones, and what nobody knows.
    fn any_telling() -> impl Strategy<Value = Vec<u8>> {
        let line = |done| serde_json::to_vec(&progress(done)).unwrap();
        let piece = prop_oneof![
            (0..9_u64).prop_map(line),
            (0..9_u64, 0..40_usize).prop_map(move |(done, length)| line(done)[..length].to_vec()),
            prop::collection::vec(any::<u8>(), 0..8),
            Just(b"\n".to_vec()),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn however_the_bytes_arrive_the_lines_are_the_same(bytes in any_telling(), at_once in 1..40_usize) {
            let lines = |at_once: usize| {
                let (mut follower, mut lines) = (Follower::new(PathBuf::new()), Vec::new());
                bytes.chunks(at_once).for_each(|chunk| follower.take(chunk, &mut lines));
                lines
            };
            prop_assert_eq!(lines(at_once), lines(bytes.len().max(1)));
            prop_assert!(lines(at_once).len() < bytes.split(|byte| *byte == b'\n').count());
        }
    }
}
