//! The sheet before a change, in words: what was looked at, what will be replaced, where the copy goes.

use std::collections::{BTreeMap, HashSet};

use smarts_core::by_hand::ByHand;
use smarts_core::machine::Machine;
use smarts_core::offer::Warning;
use smarts_core::plan::{InstallerTarget, Package, Plan, PlanSubject};
use smarts_core::template::Replacement;
use smarts_core::tree::RelPath;
use smarts_core::verify::Proof;
use smarts_core::version::Version;

use super::{Texts, sentence};
use crate::model::sheet::{Change, Entry, Extent, Point, SheetData, Weight};
use crate::session::{Look, Origin, Proved};

impl Texts {
    /// What a person is shown before agreeing to a plan.
    ///
    /// `origin` is where its files come from. `warnings` are those of the offer; what preflight looks at itself
    /// is not repeated.
    pub fn sheet(
        &self,
        plan: &Plan,
        origin: Origin,
        look: &Look,
        machine: &Machine,
        warnings: &[Warning],
    ) -> SheetData {
        let proofs = |packages: &[Package]| -> Vec<(Version, Proved)> {
            let proved = |one: &Package| (one.release.version, Proved::of(&one.verified, origin));
            packages.iter().map(proved).collect()
        };
        let (proofs, file_name, change) = match &plan.subject {
            PlanSubject::Installer(plan) => {
                let file = &plan.package.verified;
                let change = match plan.target {
                    InstallerTarget::Platform | InstallerTarget::Wizard { .. } => Change::Installer,
                    InstallerTarget::Updater => Change::ThisProgram,
                };
                (proofs(std::slice::from_ref(&plan.package)), file.file_name(), change)
            }
            PlanSubject::Template(plan) => {
                let name = plan.packages.last().map(|package| package.verified.file_name());
                let change = Change::Template {
                    entries: look.points.replaced.as_ref().map_or_else(Vec::new, |replaced| {
                        let pilot = look.points.by_hand.first();
                        entries(replaced, pilot.and_then(|pilot| pilot.by_hand.as_ref()))
                    }),
                    extent: match (&look.points.replaced, plan.packages.len()) {
                        (None, _) => Extent::Unknown,
                        (Some(_), 1) => Extent::Whole,
                        (Some(_), _) => Extent::FirstStep,
                    },
                    keeps_own: look.points.replaced.as_ref().is_some_and(keeps_own),
                    not_compared: self.not_compared(&look.points, machine),
                    standstill: look.points.standstill_secs.map(|seconds| self.standstill(seconds)),
                    copy_bytes: look.points.copy_bytes,
                    copy_dir: look.copy_dir.clone(),
                };
                (proofs(&plan.packages), name.unwrap_or_default(), change)
            }
        };
        let mut points = self.points(&look.points, &proofs, machine);
        points.extend(warnings.iter().filter(|warning| matters(warning)).map(|warning| Point {
            weight: Weight::Attention,
            text: self.warning(warning),
            hint: None,
            ask: None,
        }));
        // Several files or bases may say the same.
        let mut seen = HashSet::new();
        points.retain(|point| seen.insert(point.text.clone()));
        for point in &mut points {
            point.text = sentence(&point.text);
        }
        points.sort_by_key(|point| point.weight);
        let proved = Proved::weakest(proofs.into_iter().map(|(_, proved)| proved));
        let proved = proved.unwrap_or(Proved { proof: Proof::None, signer: None, origin });
        SheetData { proved, file_name, points, change, older: Vec::new(), remind_at: look.remind_at }
    }
}

fn matters(warning: &Warning) -> bool {
    match warning {
        Warning::ExchangeEnds { .. } => true,
        Warning::NeedsPlatform { .. }
        | Warning::DevicesStop { .. }
        | Warning::Unreachable { .. }
        | Warning::SubscriptionUnknown(_) => false,
    }
}

/// Whether documents, settings and licences of a base are outside what is replaced and removed. The
/// configuration among the documents (`…Environment.xml`) is the product's own.
fn keeps_own(replaced: &Replacement) -> bool {
    let touched = replaced.writes.iter().map(|write| &write.path).chain(&replaced.deletes);
    touched.map(RelPath::key).all(|path| {
        let own_file = matches!(path.as_str(), "settings.xml" | "customsettings.xml");
        let licence = path.starts_with("licenses");
        let document = path.starts_with("documents") && !path.ends_with("environment.xml");
        !(own_file || licence || document)
    })
}

/// Files one by one, folders with the number of files below them; replaced before removed.
fn entries(replaced: &Replacement, by_hand: Option<&ByHand>) -> Vec<Entry> {
    let changed = by_hand.map_or(&[][..], |by_hand| &by_hand.changed);
    let changed: HashSet<&RelPath> = changed.iter().map(|changed| &changed.path).collect();
    let written = replaced.writes.iter().filter(|write| write.exists).map(|write| &write.path);
    let removed = grouped(replaced.deletes.iter(), &changed, true);
    grouped(written, &changed, false).into_iter().chain(removed).collect()
}

fn grouped<'a>(
    paths: impl Iterator<Item = &'a RelPath>,
    changed: &HashSet<&RelPath>,
    removed: bool,
) -> Vec<Entry> {
    let mut files: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for path in paths {
        let mut names = path.components();
        let top = names.next().unwrap_or_default();
        // As Windows writes a folder.
        let key = if names.next().is_some() { format!("{top}\\") } else { top.to_owned() };
        let counts = files.entry(key).or_default();
        counts.0 += 1;
        counts.1 += u64::from(changed.contains(path));
    }
    files.into_iter().map(|(path, (files, changed))| Entry { path, files, changed, removed }).collect()
}
