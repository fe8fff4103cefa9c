//! What the person has set up on the screen and finds again at the next start. Place and size of the window
//! are kept by its library.
//!
//! A file that is missing, broken or not to be written is no reason not to open the window, nor to say
//! anything to the person.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use smarts_core::fs;
use smarts_core::settings::Language;

use crate::error::chain;
use crate::model::list::{Filter, GroupKey};
use crate::model::settings::{Motion, ThemeChoice};
use crate::model::sort::Sort;

const LARGEST_FILE: u64 = 1024 * 1024;
/// Groups of releases long gone are not kept for ever.
const MOST_GROUPS: usize = 100;
/// What the window still fits a screen with, and can be read with.
const ZOOM: std::ops::RangeInclusive<f32> = 0.5..=3.0;

/// What is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// How much larger than usual everything is; 1.0: not.
    pub zoom: f32,
    /// Which bases are shown.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The groups that are unfolded.
    pub unfolded: BTreeSet<GroupKey>,
    /// In place of that of the settings and of the system.
    pub language: Option<Language>,
    /// Colours.
    pub theme: ThemeChoice,
    /// Whether anything moves by itself.
    pub motion: Motion,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            zoom: 1.0,
            filter: Filter::default(),
            sort: Sort::default(),
            unfolded: BTreeSet::new(),
            language: None,
            theme: ThemeChoice::default(),
            motion: Motion::default(),
        }
    }
}

/// Where it lies.
pub(crate) fn path(state_dir: &Path) -> PathBuf {
    state_dir.join("window.json")
}

impl Kept {
    /// What was kept last.
    pub(super) fn load(path: &Path) -> Self {
        let bytes = fs::read_limited(path, LARGEST_FILE).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "What was set up is not read");
            None
        });
        let Some(bytes) = bytes else { return Self::default() };
        let mut kept: Self = serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "What was set up is not understood");
            Self::default()
        });
        kept.zoom = kept.zoom.clamp(*ZOOM.start(), *ZOOM.end());
        kept
    }

    /// Keeps it.
    pub(crate) fn save(&self, path: &Path) {
        let unfolded = self.unfolded.iter().take(MOST_GROUPS).cloned().collect();
        let written = serde_json::to_vec_pretty(&Self { unfolded, ..self.clone() })
            .map_err(std::io::Error::from)
            .and_then(|bytes| fs::write_atomically(path, &bytes));
        if let Err(error) = written {
            tracing::warn!(error = chain(&error), "What was set up is not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> GroupKey {
        GroupKey {
            feed: format!("Feed{number}"),
            product: "Склад 15".into(),
            installed: "1.2.3.4".parse().ok(),
            steps: vec!["1.2.3.5".parse().unwrap()],
            skipped: false,
            blocked: None,
        }
    }

    fn loaded(content: &str) -> Kept {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(path(dir.path()), content).unwrap();
        Kept::load(&path(dir.path()))
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let kept = Kept {
            zoom: 1.25,
            filter: Filter::WithUpdates,
            sort: Sort::LastSeen,
            unfolded: [key(1), key(2)].into(),
            language: Some(Language::En),
            theme: ThemeChoice::Dark,
            motion: Motion::Off,
        };
        kept.save(&path(dir.path()));
        assert_eq!(Kept::load(&path(dir.path())), kept);
    }

    #[test]
    fn without_a_file_or_with_a_broken_one_everything_is_as_usual() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Kept::load(&path(dir.path())), Kept::default());
        for content in ["", "{", "[1]", r#"{"zoom": null}"#, r#"{"filter": "some"}"#] {
            assert_eq!(loaded(content), Kept::default(), "{content}");
        }
        let partial = loaded(r#"{"filter": "with_updates", "more": 1}"#);
        assert_eq!(partial, Kept { filter: Filter::WithUpdates, ..Kept::default() });
    }

    #[test]
    fn a_zoom_that_nobody_can_use_is_not_taken() {
        assert!((loaded(r#"{"zoom": 400.0}"#).zoom - 3.0).abs() < f32::EPSILON);
        assert!((loaded(r#"{"zoom": -1.0}"#).zoom - 0.5).abs() < f32::EPSILON);
    }

    #[test]
    fn groups_do_not_pile_up() {
        let dir = tempfile::tempdir().unwrap();
        let unfolded = (0..300).map(key).collect();
        Kept { unfolded, ..Kept::default() }.save(&path(dir.path()));
        assert_eq!(Kept::load(&path(dir.path())).unfolded.len(), MOST_GROUPS);
    }
}
