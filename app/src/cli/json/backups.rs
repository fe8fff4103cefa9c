//! `backup list --json`: newest first.
//!
//! `id` is what `backup restore` takes. `state` is `complete`, `unreadable` (its manifest), `unfinished` (a run was cut
//! off), `open_to_others` (others than administrators may have written it) or `theirs` (no manifest: the vendor's, never put back or deleted here). `why` is `update` (then `to` is the
//! version it led to, where that is known), `on_demand` or `restore` (then `from_backup` is what was put back after it).
//! `ways` are those `restore` may go: `replaced`, `whole`. `without` names folders of the base that the copy leaves out.

use std::path::Path;

use serde::Serialize;
use smarts_core::backup::{Facts, Listed, State, Way, Why};
use smarts_core::version::Version;

use super::time;

/// The document.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Backups {
    folder: String,
    backups: Vec<ListedBackup>,
}

#[derive(Debug, Serialize)]
struct ListedBackup {
    id: String,
    base_id: String,
    name: Option<String>,
    product: Option<String>,
    version: Option<Version>,
    time: Option<String>,
    user: Option<String>,
    computer: Option<String>,
    size: Option<u64>,
    files: Option<usize>,
    state: &'static str,
    why: Option<&'static str>,
    to: Option<Version>,
    from_backup: Option<String>,
    ways: Vec<Way>,
    without: Vec<String>,
    folder: String,
}

impl Backups {
    pub(in crate::cli) fn of(dir: &Path, copies: &[Listed]) -> Self {
        Self { folder: dir.display().to_string(), backups: copies.iter().map(ListedBackup::of).collect() }
    }
}

impl ListedBackup {
    fn of(copy: &Listed) -> Self {
        let facts = copy.complete();
        let (why, to, from_backup) = match facts.map(|facts| &facts.why) {
            Some(Why::Update { to }) => (Some("update"), *to, None),
            Some(Why::OnDemand) => (Some("on_demand"), None, None),
            Some(Why::Restore { from }) => (Some("restore"), None, Some(from.clone())),
            None => (None, None, None),
        };
        Self {
            id: copy.id.clone(),
            base_id: copy.base_id.clone(),
            name: facts.map(|facts| facts.name.clone()),
            product: facts.map(|facts| facts.product.clone()),
            version: facts.and_then(|facts| facts.version),
            time: copy.time.map(time),
            user: facts.map(|facts| facts.user.clone()),
            computer: facts.map(|facts| facts.computer.clone()),
            size: copy.size_bytes,
            files: facts.map(|facts| facts.files),
            state: match copy.state {
                State::Complete(_) => "complete",
                State::Unreadable { .. } => "unreadable",
                State::OpenToOthers => "open_to_others",
                State::Theirs => "theirs",
                State::Unfinished => "unfinished",
            },
            why,
            to,
            from_backup,
            ways: facts.map_or_else(Vec::new, ways),
            without: facts.map_or_else(Vec::new, |facts| facts.without.clone()),
            folder: copy.dir.display().to_string(),
        }
    }
}

fn ways(facts: &Facts) -> Vec<Way> {
    match facts.why {
        Why::Update { .. } if facts.has_changes => vec![Way::Replaced, Way::Whole],
        Why::Update { .. } | Why::OnDemand | Why::Restore { .. } => vec![Way::Whole],
    }
}
