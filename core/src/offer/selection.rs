//! Which of several newer releases is offered, and by which steps.
//!
//! The highest that suits; if it cannot be installed over what is here, the shortest way to it. Where no
//! way leads to it, the highest that can be reached. Deliberately not here: who is asked ([`super::offers()`]).

use crate::catalogue::Release;
use crate::digest::Digest;
use crate::version::Version;

/// What decides whether a release is for this PC and this installed thing.
pub(super) struct Suitor<'a> {
    /// What is installed.
    pub(super) installed: &'a Version,
    /// Whether versions carry a .NET flavour.
    pub(super) is_platform: bool,
    /// The update tag of the base.
    pub(super) tag: Option<&'a str>,
    /// Tells this PC from others; only its hash is used.
    pub(super) machine_id: &'a str,
}

/// The outcome of a selection.
pub(super) struct Selection<'a> {
    /// In the order of installation; empty = nothing to offer.
    pub(super) steps: Vec<&'a Release>,
    /// Every suiting release above the installed version and not above the one offered, newest first.
    pub(super) passed: Vec<&'a Release>,
    /// The newest suiting release, if no way leads to it.
    pub(super) unreachable: Option<&'a Release>,
}

/// The best way to a release: fewest files missing, then fewest steps.
#[derive(Clone, Copy)]
struct Way {
    missing_files: usize,
    steps: usize,
    previous: Option<usize>,
}

/// Chooses among the releases of a feed.
pub(super) fn select<'a>(releases: &'a [Release], suitor: &Suitor<'_>) -> Selection<'a> {
    let mut newer: Vec<&Release> = releases.iter().filter(|release| suits(release, suitor)).collect();
    newer.sort_by_key(|release| suitor.order(&release.version));
    let ways = ways(&newer, suitor.installed);
    let target = ways.iter().rposition(Option::is_some);
    let steps = target.map_or_else(Vec::new, |target| walk(&newer, &ways, target));
    let passed = target.map_or_else(Vec::new, |target| newer[..=target].iter().rev().copied().collect());
    let unreachable = newer.last().filter(|_| target.is_none_or(|target| target + 1 < newer.len())).copied();
    Selection { steps, passed, unreachable }
}

/// The steps to the highest of these releases that can be reached; all of them suit.
pub(super) fn way<'a>(releases: &[&'a Release], suitor: &Suitor<'_>) -> Vec<&'a Release> {
    let mut newer = releases.to_vec();
    newer.sort_by_key(|release| suitor.order(&release.version));
    let ways = ways(&newer, suitor.installed);
    let target = ways.iter().rposition(Option::is_some);
    target.map_or_else(Vec::new, |target| walk(&newer, &ways, target))
}

impl Suitor<'_> {
    /// Whether a version is above the installed one; of the platform, within its flavour.
    pub(super) fn is_newer(&self, version: &Version) -> bool {
        if self.is_platform {
            self.installed.platform_cmp(version).is_some_and(std::cmp::Ordering::is_lt)
        } else {
            self.installed < version
        }
    }

    /// Whether it is not newer, and for this thing as far as flavour and tags say.
    pub(super) fn might_have_suited(&self, release: &Release) -> bool {
        let is_comparable = !self.is_platform || self.installed.platform_cmp(&release.version).is_some();
        is_comparable && !self.is_newer(&release.version) && tags_meet(&release.tags, self.tag)
    }

    /// As [`order`].
    pub(super) fn order(&self, version: &Version) -> impl Ord + use<> {
        order(self.is_platform, version)
    }
}

/// A key that puts versions in their order; those of the platform as [`Version::platform_cmp`] does.
pub(super) fn order(is_platform: bool, version: &Version) -> impl Ord + use<> {
    (is_platform.then(|| version.platform_key()), *version)
}

fn suits(release: &Release, suitor: &Suitor<'_>) -> bool {
    suitor.is_newer(&release.version)
        && tags_meet(&release.tags, suitor.tag)
        && in_rollout(release, suitor.machine_id)
}

pub(super) fn tags_meet(tags: &[String], own: Option<&str>) -> bool {
    let Some(own) = own else { return true };
    tags.is_empty() || tags.iter().any(|tag| tag.to_lowercase() == own.to_lowercase())
}

/// Whether this PC is among the percentage a release is offered to. Keyed by feed and version, so that it
/// is not always the same PCs that go first; the id itself never leaves the PC.
fn in_rollout(release: &Release, machine_id: &str) -> bool {
    if release.show_for_all || release.distribution >= 100 {
        return true;
    }
    let text = format!("{}\n{}\n{machine_id}", release.feed, release.version);
    let hash = Digest::of(text.as_bytes());
    let number = hash.bytes().iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    number % 100 < u64::from(release.distribution)
}

/// For each release (ascending) the best way to it from what is installed.
fn ways(newer: &[&Release], installed: &Version) -> Vec<Option<Way>> {
    let mut ways: Vec<Option<Way>> = Vec::with_capacity(newer.len());
    for release in newer {
        let missing = usize::from(release.file.is_none());
        let direct =
            goes_over(release, installed).then_some(Way { missing_files: missing, steps: 1, previous: None });
        let through = ways.iter().enumerate().filter_map(|(index, way)| {
            let way = way.filter(|_| goes_over(release, &newer[index].version))?;
            Some(Way {
                missing_files: way.missing_files + missing,
                steps: way.steps + 1,
                previous: Some(index),
            })
        });
        // Of equally good ways the one over the newer release: it is closest to the target.
        let best = direct
            .into_iter()
            .chain(through)
            .min_by_key(|way| (way.missing_files, way.steps, std::cmp::Reverse(way.previous)));
        ways.push(best);
    }
    ways
}

fn goes_over(release: &Release, version: &Version) -> bool {
    release.from_versions.is_empty() || release.from_versions.iter().any(|pattern| pattern.matches(version))
}

fn walk<'a>(newer: &[&'a Release], ways: &[Option<Way>], target: usize) -> Vec<&'a Release> {
    let mut steps = Vec::new();
    let mut at = Some(target);
    while let Some(index) = at {
        steps.push(newer[index]);
        at = ways[index].and_then(|way| way.previous);
    }
    steps.reverse();
    steps
}
