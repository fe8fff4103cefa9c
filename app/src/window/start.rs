//! What earlier starts of the window came to, so that a renderer that takes the whole process with it is
//! not tried first every time.
//!
//! The file says before each attempt what is tried, and after the first picture that it worked. An attempt
//! that never got there was a crash (or a PC switched off just then, which is why nothing is ever left out
//! for good). Crashes are remembered until the renderer has worked again, the program's version changes, or
//! the person chooses a renderer anew. A file that is missing or broken means that nothing is known, and
//! one that cannot be written is no reason not to open the window.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use smarts_core::fs;

use super::order::Renderer;
use crate::error::chain;

const LARGEST_FILE: u64 = 64 * 1024;

/// An attempt to open the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// How it was to be drawn.
    pub renderer: Renderer,
    /// On what, in the driver's words, where that was found out.
    pub adapter: Option<String>,
    /// Whether a picture was drawn.
    pub finished: bool,
}

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    /// Of the program.
    version: String,
    /// What the person had chosen.
    choice: Option<Renderer>,
    /// The attempt that is or was last.
    #[serde(flatten)]
    last: Option<Attempt>,
    /// The latest last.
    crashed: Vec<Renderer>,
}

/// The record of starts, kept up to date while the window opens.
#[derive(Debug)]
pub struct Starts {
    path: Option<PathBuf>,
    record: Record,
}

/// Where the record lies.
pub fn path(state_dir: &Path) -> PathBuf {
    state_dir.join("window-start.json")
}

/// The attempt that is or was last; for diagnosis.
pub fn last(state_dir: &Path) -> Option<Attempt> {
    read(&path(state_dir)).last
}

impl Starts {
    /// What is known at the start of this `version` with this `choice`; `anew`: the person has chosen for
    /// this very start.
    pub fn recall(state_dir: &Path, version: &str, choice: Option<Renderer>, anew: bool) -> Self {
        let path = path(state_dir);
        let mut record = read(&path);
        if let Some(attempt) = record.last.take().filter(|attempt| !attempt.finished) {
            tracing::warn!(
                renderer = attempt.renderer.name(),
                "The last start ended before the first picture"
            );
            record.remember(attempt.renderer);
        }
        if anew || record.version != version || record.choice != choice {
            record = Record { version: version.to_owned(), choice, ..Record::default() };
        }
        Self { path: Some(path), record }
    }

    /// For a window of which no record is kept.
    pub fn unrecorded() -> Self {
        Self { path: None, record: Record::default() }
    }

    /// The renderers that crashed, the latest last.
    pub fn crashed(&self) -> &[Renderer] {
        &self.record.crashed
    }

    /// Right before a renderer is tried.
    pub fn begin(&mut self, renderer: Renderer) {
        self.record.last = Some(Attempt { renderer, adapter: None, finished: false });
        self.keep();
    }

    /// What the renderer draws on.
    pub fn found(&mut self, adapter: String) {
        if let Some(attempt) = &mut self.record.last {
            attempt.adapter = Some(adapter);
        }
        self.keep();
    }

    /// The first picture is drawn.
    pub fn finish(&mut self) {
        let Some(attempt) = &mut self.record.last else { return };
        attempt.finished = true;
        let Attempt { renderer, adapter, .. } = attempt.clone();
        tracing::info!(renderer = renderer.name(), adapter, "The window is drawn");
        self.record.crashed.retain(|crashed| *crashed != renderer);
        self.keep();
    }

    /// The renderer said that it does not work here, or it `crashed` without taking the process with it.
    pub fn fail(&mut self, crashed: bool) {
        let attempt = self.record.last.take();
        if let Some(attempt) = attempt.filter(|_| crashed) {
            self.record.remember(attempt.renderer);
        }
        self.keep();
    }

    fn keep(&self) {
        let Some(path) = &self.path else { return };
        let written = serde_json::to_vec_pretty(&self.record)
            .map_err(std::io::Error::from)
            .and_then(|bytes| fs::write_atomically(path, &bytes));
        if let Err(error) = written {
            tracing::warn!(error = chain(&error), "The record of starts is not kept");
        }
    }
}

impl Record {
    fn remember(&mut self, renderer: Renderer) {
        self.crashed.retain(|crashed| *crashed != renderer);
        self.crashed.push(renderer);
    }
}

fn read(path: &Path) -> Record {
    let bytes = fs::read_limited(path, LARGEST_FILE).unwrap_or_else(|error| {
        tracing::warn!(error = chain(&error), "The record of starts is not read");
        None
    });
    let Some(bytes) = bytes else { return Record::default() };
    serde_json::from_slice(&bytes).unwrap_or_else(|error| {
        tracing::warn!(error = chain(&error), "The record of starts is not understood");
        Record::default()
    })
}

#[cfg(test)]
mod tests {
    use super::Renderer::{Direct3d, Opengl};
    use super::*;
    use crate::window::order::order;

    const BOTH: [Renderer; 2] = [Direct3d, Opengl];

    fn start(dir: &Path) -> Starts {
        Starts::recall(dir, "1.0", None, false)
    }

    fn works(mut starts: Starts, renderer: Renderer) {
        starts.begin(renderer);
        starts.found("adapter".into());
        starts.finish();
    }

    /// The process dies before the first picture.
    fn dies(mut starts: Starts, renderer: Renderer) {
        starts.begin(renderer);
    }

    #[test]
    fn a_start_that_worked_leaves_the_order_as_it_is_and_tells_what_was_used() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(last(dir.path()), None);
        works(start(dir.path()), Direct3d);
        assert_eq!(start(dir.path()).crashed(), []);
        let used = Attempt { renderer: Direct3d, adapter: Some("adapter".into()), finished: true };
        assert_eq!(last(dir.path()), Some(used));
    }

    #[test]
    fn a_crash_is_remembered_at_all_later_starts_not_at_every_second() {
        let dir = tempfile::tempdir().unwrap();
        dies(start(dir.path()), Direct3d);
        for _ in 0..3 {
            let starts = start(dir.path());
            assert_eq!(order(None, starts.crashed(), &BOTH), [Opengl, Direct3d]);
            works(starts, Opengl);
        }
    }

    #[test]
    fn a_renderer_that_works_again_is_forgiven() {
        let dir = tempfile::tempdir().unwrap();
        dies(start(dir.path()), Direct3d);
        let mut starts = start(dir.path());
        starts.begin(Opengl);
        starts.fail(false);
        works(starts, Direct3d);
        assert_eq!(start(dir.path()).crashed(), []);
    }

    #[test]
    fn where_both_crash_they_take_turns() {
        let dir = tempfile::tempdir().unwrap();
        dies(start(dir.path()), Direct3d);
        dies(start(dir.path()), Opengl);
        let starts = start(dir.path());
        assert_eq!(order(None, starts.crashed(), &BOTH), [Direct3d, Opengl]);
        dies(starts, Direct3d);
        assert_eq!(order(None, start(dir.path()).crashed(), &BOTH), [Opengl, Direct3d]);
    }

    #[test]
    fn one_that_only_says_that_it_does_not_work_has_not_crashed() {
        let dir = tempfile::tempdir().unwrap();
        let mut starts = start(dir.path());
        starts.begin(Direct3d);
        starts.fail(false);
        drop(starts);
        assert_eq!(start(dir.path()).crashed(), []);
        let mut starts = start(dir.path());
        starts.begin(Direct3d);
        starts.fail(true);
        works(starts, Opengl);
        assert_eq!(start(dir.path()).crashed(), [Direct3d]);
    }

    #[test]
    fn another_version_or_another_choice_begins_anew() {
        let dir = tempfile::tempdir().unwrap();
        let recall = |version, choice, anew| Starts::recall(dir.path(), version, choice, anew);
        dies(recall("1.0", None, false), Direct3d);
        assert_eq!(recall("1.0", None, false).crashed(), [Direct3d]);
        assert_eq!(recall("1.1", None, false).crashed(), []);
        assert_eq!(recall("1.0", Some(Direct3d), false).crashed(), []);
        assert_eq!(recall("1.0", None, true).crashed(), []);
    }

    #[test]
    fn a_choice_in_the_settings_does_not_crash_at_every_start() {
        let dir = tempfile::tempdir().unwrap();
        let start = || Starts::recall(dir.path(), "1.0", Some(Direct3d), false);
        dies(start(), Direct3d);
        works(start(), Opengl);
        assert_eq!(order(Some(Direct3d), start().crashed(), &BOTH), [Opengl, Direct3d]);
    }

    #[test]
    fn a_broken_file_means_that_nothing_is_known_and_is_replaced() {
        let contents: [&[u8]; 5] =
            [b"", b"{", b"[]", b"\xff\xfe", br#"{"version":"1.0","crashed":["vulkan"]}"#];
        for content in contents {
            let dir = tempfile::tempdir().unwrap();
            std::fs::write(path(dir.path()), content).unwrap();
            let starts = start(dir.path());
            assert_eq!(starts.crashed(), []);
            dies(starts, Opengl);
            assert_eq!(start(dir.path()).crashed(), [Opengl]);
        }
    }

    #[test]
    fn a_place_that_cannot_be_written_does_not_stop_the_window() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(path(dir.path())).unwrap();
        works(start(dir.path()), Opengl);
        assert_eq!(last(dir.path()), None);
    }
}
