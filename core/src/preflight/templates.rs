//! The templates of a plan, and the folders of the bases they go into.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

use super::pace::Pace;
use super::point::{BaseByHand, Pass, Points, Stop, Warning};
use super::space::Demand;
use super::{Around, in_use};
use crate::backup::Changes;
use crate::by_hand;
use crate::machine::Base;
use crate::plan::TemplatePlan;
use crate::switch;
use crate::template::{self, Description, Replacement, Template};
use crate::tree::{self, Kind, Node, RelPath};
use crate::verify::Proof;
use crate::version::Version;

/// A template with the version its release states.
pub(super) type Step<'a> = (Version, Template<'a>);

/// `installed`: the platform's version when the plan begins.
pub(super) fn look(
    around: &Around<'_>,
    plan: &TemplatePlan,
    installed: Option<Version>,
    demand: &mut Demand,
    points: &mut Points,
) {
    if plan.packages.is_empty() || plan.bases.is_empty() {
        points.stops.push(Stop::Nothing);
    }
    let mut steps: Vec<Step<'_>> = Vec::new();
    for package in &plan.packages {
        let version = package.release.version;
        match Template::open(&package.verified) {
            Ok(template) => {
                points.package(version, package.verified.proof(), &template.description, installed);
                steps.push((version, template));
            }
            Err(error) => points.stops.push(Stop::Template { version, error }),
        }
    }
    if steps.len() > 1 && steps.len() == plan.packages.len() {
        points.passes.push(Pass::Steps { versions: steps.iter().map(|(version, _)| *version).collect() });
    }
    let staged_bytes = staged_bytes(&steps);
    for (number, base) in plan.bases.iter().enumerate() {
        points.fits(base, &steps);
        let Some(dir) = base.dir.as_deref().filter(|_| base.is_managed()) else {
            points.stops.push(Stop::NotHere { base_id: base.id.clone() });
            points.by_hand.push(BaseByHand { base_id: base.id.clone(), by_hand: None });
            continue;
        };
        let found = points.folder(around, base, dir, &steps, staged_bytes, demand);
        let (replaced, touched) =
            found.map_or((None, None), |(replaced, touched)| (Some(replaced), Some(touched)));
        let are_all = steps.len() == plan.packages.len();
        let by_hand = touched
            .filter(|_| are_all)
            .map(|touched| by_hand::changed(&around.sources(base, dir), &touched, around.hashed));
        points.by_hand.push(BaseByHand { base_id: base.id.clone(), by_hand });
        if number == 0 {
            points.replaced = replaced;
        }
    }
}

/// The base's files that some step replaces or removes.
pub(super) fn touched(nodes: &[Node], changes: &Changes) -> BTreeSet<RelPath> {
    let files = nodes.iter().filter(|node| matches!(node.kind, Kind::File { .. })).map(|node| &node.path);
    files.filter(|path| changes.made.contains(*path) || changes.removed.contains(*path)).cloned().collect()
}

/// Creates a file without a name where the system has such, else one that removes itself.
pub(super) fn try_writing(dir: &Path) -> io::Result<()> {
    tempfile::tempfile_in(dir).map(drop)
}

/// Bytes that an update takes out of its templates: they lie beside the base all at once.
fn staged_bytes(steps: &[Step<'_>]) -> u64 {
    let sizes = |template: &Template<'_>| -> u64 {
        let wanted = template.wanted();
        wanted.into_iter().filter_map(|index| template.entries().get(index)).map(|entry| entry.size).sum()
    };
    steps.iter().map(|(_, template)| sizes(template)).sum()
}

/// What a base is larger by afterwards; never below nothing, as room that comes free comes late.
fn growth_bytes(nodes: &[Node], replaced: &Replacement) -> u64 {
    let sizes: HashMap<&RelPath, u64> = nodes
        .iter()
        .filter_map(|node| match node.kind {
            Kind::File { size, .. } => Some((&node.path, size)),
            Kind::Folder | Kind::Link | Kind::Special => None,
        })
        .collect();
    let written: u64 = replaced.writes.iter().map(|write| write.size).sum();
    let replaced: u64 = replaced.writes.iter().filter_map(|write| sizes.get(&write.path)).sum();
    written.saturating_sub(replaced)
}

impl Points {
    fn package(
        &mut self,
        version: Version,
        proof: Proof,
        template: &Description,
        installed: Option<Version>,
    ) {
        match proof {
            Proof::None => self.warnings.push(Warning::Unproved { version }),
            Proof::Signed | Proof::Publisher | Proof::Hash => {
                self.passes.push(Pass::Package { version, proof });
            }
        }
        let minimum =
            installed.map_or(template.min_platform, |installed| template.min_platform_for(&installed));
        self.platform(version, minimum, installed);
    }

    /// Each step has to fit what the step before it leaves.
    fn fits(&mut self, base: &Base, steps: &[Step<'_>]) {
        let base_id = base.id.clone();
        let mut at_step = base.clone();
        for (version, template) in steps {
            if let Err(misfit) = template::fits(&template.description, &at_step, version) {
                self.stops.push(Stop::Misfit { base_id, misfit });
                return;
            }
            at_step.version = Some(*version);
        }
        self.passes.push(Pass::Fits { base_id });
    }

    /// Returns what the first step would do, as what a later one finds is not there yet; and the files that any of them
    /// replaces or removes.
    fn folder(
        &mut self,
        around: &Around<'_>,
        base: &Base,
        dir: &Path,
        steps: &[Step<'_>],
        staged_bytes: u64,
        demand: &mut Demand,
    ) -> Option<(Replacement, BTreeSet<RelPath>)> {
        let base_id = base.id.clone();
        let nodes = match tree::list(dir) {
            Ok(nodes) => nodes,
            Err(error) => {
                self.stops.push(Stop::Unreadable { base_id, error });
                return None;
            }
        };
        let mut copied = nodes.iter().filter(|node| !around.without.leaves_out(node));
        let uncopyable = copied.find(|node| matches!(node.kind, Kind::Link | Kind::Special));
        if let Some(node) = uncopyable {
            self.stops.push(Stop::NotCopyable { base_id: base_id.clone(), path: node.path.clone() });
        }
        let copy_bytes = around.without.copy_bytes(&nodes);
        self.copy_bytes = self.copy_bytes.saturating_add(copy_bytes);
        let seconds = around.pace.seconds(Pace::work(copy_bytes, staged_bytes));
        self.standstill_secs = self.standstill_secs.max(Some(seconds));
        let all: Vec<&Template<'_>> = steps.iter().map(|(_, template)| template).collect();
        let found = all.first().map(|first| {
            let replaced = template::preview_of(first, nodes.clone())?;
            let composed = switch::compose(&nodes, &all).map_err(|(_, error)| error)?;
            Ok((replaced, touched(&nodes, &composed.changes)))
        });
        let found = match found {
            Some(Ok(found)) => Some(found),
            Some(Err(error)) => {
                self.stops.push(Stop::Replacement { base_id: base_id.clone(), error });
                None
            }
            None => None,
        };
        let growth = match (&found, steps.len()) {
            (Some((replaced, _)), 1) => growth_bytes(&nodes, replaced),
            // What later steps replace is not there yet.
            _ => staged_bytes,
        };
        demand.stays(&around.paths.backup_dir, copy_bytes);
        demand.base(dir, staged_bytes, growth);
        self.writable(around, &base_id, dir);
        in_use::look(around.os, base, dir, found.as_ref().map(|(_, touched)| touched), self);
        found
    }

    pub(super) fn writable(&mut self, around: &Around<'_>, base_id: &str, dir: &Path) {
        let base_id = base_id.to_owned();
        match try_writing(dir) {
            Ok(()) => self.passes.push(Pass::Writable { base_id }),
            // Looked at again by the process that has the rights to write.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !around.os.is_elevated() => {}
            Err(error) => self.stops.push(Stop::NotWritable { base_id, error }),
        }
    }
}
