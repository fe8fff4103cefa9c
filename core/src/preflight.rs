//! What stands in the way of a plan, what a person should know, and what was found in order.
//!
//! Cheap enough to be looked at again every few seconds while the sheet is open: each base is listed once,
//! and what the listing tells besides is told too. Changes nothing. Free
//! space and services are not looked at here; which programs hold a file is asked of the system. Deliberately no words: the front ends have them.

mod coverage;

use std::fs::File;
use std::io;
use std::path::Path;

use crate::machine::{Base, Machine, Platform};
use crate::os::Os;
use crate::plan::{InstallerPlan, InstallerTarget, Plan, PlanSubject, TemplatePlan};
use crate::subscription::{Ended, Facts, Judgement, Unjudged};
use crate::template::{self, Description, Misfit, Replacement, Template};
use crate::tree::{self, RelPath};
use crate::verify::{self, Proof};
use crate::version::Version;

pub use coverage::{Covering, coverage};

/// A file of every base that the data server keeps open while it runs (read from a published build of
/// platform 3.3).
const SERVER_FILE: &str = "appres.resources";

/// Everything that was looked at.
#[derive(Debug, Default)]
pub struct Points {
    /// What has to be dealt with first.
    pub stops: Vec<Stop>,
    /// What a person may go on with.
    pub warnings: Vec<Warning>,
    /// What is in order.
    pub passes: Vec<Pass>,
    /// Bytes of all bases of the plan that could be listed: they are copied first.
    pub copy_bytes: u64,
    /// What the first step would do to the first base; `None` for an installer, or if it cannot be told.
    pub replaced: Option<Replacement>,
}

/// Something that stands in the way. `base_id` says of which base, where it is about one.
#[derive(Debug)]
pub enum Stop {
    /// A file of the plan is not what it was when it was examined.
    Package(verify::Error),
    /// A template is unusable.
    Template {
        /// The release's version.
        version: Version,
        /// Why.
        error: template::Error,
    },
    /// A template does not go with the base.
    Misfit {
        /// Which base.
        base_id: String,
        /// Why not.
        misfit: Misfit,
    },
    /// The base is not updated on this PC, or its folder is not there.
    NotHere {
        /// Which base.
        base_id: String,
    },
    /// Nothing can be created in the base's folder.
    NotWritable {
        /// Which base.
        base_id: String,
        /// Why.
        error: io::Error,
    },
    /// Somebody keeps the base's files open.
    InUse {
        /// Which base.
        base_id: String,
        /// The file that was tried.
        file: String,
        /// The programs that hold it open; empty where that cannot be told.
        holders: Vec<String>,
        /// Why.
        error: io::Error,
    },
    /// The base holds what cannot be copied beforehand, so it could not be put back.
    NotCopyable {
        /// Which base.
        base_id: String,
        /// A link, a device.
        path: RelPath,
    },
    /// The base's folder cannot be looked through.
    Unreadable {
        /// Which base.
        base_id: String,
        /// Why.
        error: tree::Error,
    },
    /// What the template would do to the base cannot be done.
    Replacement {
        /// Which base.
        base_id: String,
        /// Why.
        error: template::Error,
    },
    /// The subscriptions do not cover it. `base_id`: `None` for the platform, which concerns all bases.
    NotCovered {
        /// Which base.
        base_id: Option<String>,
        /// Whose subscription, and since when.
        ended: Ended,
    },
    /// Whether the subscriptions cover it is not known, and the settings want that to be a stop.
    CoverageUnknown {
        /// As above.
        base_id: Option<String>,
        /// Why not.
        about: Unjudged,
    },
    /// A plan without a package or without a base.
    Nothing,
}

/// Something a person should know, and may go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// A template asks for a newer platform.
    NeedsPlatform {
        /// The release's version.
        version: Version,
        /// What it asks for.
        minimum: Version,
        /// What is installed.
        installed: Option<Version>,
    },
    /// Nothing proves a file; the person has agreed to that.
    Unproved {
        /// The release's version.
        version: Version,
    },
    /// An installer's signature is valid, and whether it has been revoked could not be looked up.
    RevocationNotChecked {
        /// The release's version.
        version: Version,
        /// Who signed it.
        signer: String,
    },
    /// Whether somebody works in the base cannot be told.
    UseNotTellable {
        /// Which base.
        base_id: String,
    },
    /// Whether the subscriptions cover it is not known. `base_id`: `None` for the platform.
    CoverageUnknown {
        /// Which base.
        base_id: Option<String>,
        /// Why not.
        about: Unjudged,
    },
    /// The PC waits for a restart to finish an earlier installation.
    RebootPending,
}

/// Something that was looked at and found in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// The file is what was examined.
    Package {
        /// The release's version.
        version: Version,
        /// How far it is proved.
        proof: Proof,
    },
    /// Every template of the plan goes with the base, one after the other.
    Fits {
        /// Which base.
        base_id: String,
    },
    /// Files can be created in the base's folder.
    Writable {
        /// Which base.
        base_id: String,
    },
    /// The file that the data server keeps open is not open.
    NotInUse {
        /// Which base.
        base_id: String,
    },
    /// The platform is new enough.
    Platform {
        /// The release's version.
        version: Version,
    },
    /// The subscriptions of all devices cover it. `base_id`: `None` for the platform.
    Covered {
        /// Which base.
        base_id: Option<String>,
    },
}

/// Looks at a plan. The files are not hashed again here: that is done right before they are used.
pub fn points(os: &dyn Os, plan: &Plan, machine: &Machine, facts: &Facts<'_>) -> Points {
    let mut points = Points::default();
    match &plan.subject {
        PlanSubject::Template(plan) => points.templates(os, plan, machine.platform.as_ref()),
        PlanSubject::Installer(plan) => points.installer(plan),
    }
    for covering in coverage(plan, machine, facts) {
        points.covering(covering);
    }
    if os.reboot_pending() == Some(true) {
        points.warnings.push(Warning::RebootPending);
    }
    points
}

impl Points {
    /// Whether nothing stands in the way.
    pub fn may_go_on(&self) -> bool {
        self.stops.is_empty()
    }

    fn covering(&mut self, Covering { base_id, judgement }: Covering) {
        match judgement {
            Judgement::Covered => self.passes.push(Pass::Covered { base_id }),
            Judgement::Ended(ended) => self.stops.push(Stop::NotCovered { base_id, ended }),
            Judgement::Unknown { about, stops: true } => {
                self.stops.push(Stop::CoverageUnknown { base_id, about });
            }
            Judgement::Unknown { about, stops: false } => {
                self.warnings.push(Warning::CoverageUnknown { base_id, about });
            }
        }
    }

    fn installer(&mut self, plan: &InstallerPlan) {
        let (version, proof) = (plan.package.release.version, plan.package.verified.proof());
        self.passes.push(Pass::Package { version, proof });
        if let Some(publisher) = plan.package.verified.publisher()
            && !publisher.revocation_checked
        {
            self.warnings.push(Warning::RevocationNotChecked { version, signer: publisher.name.clone() });
        }
        if let InstallerTarget::Wizard { bases } = &plan.target
            && bases.is_empty()
        {
            self.stops.push(Stop::Nothing);
        }
    }

    fn templates(&mut self, os: &dyn Os, plan: &TemplatePlan, platform: Option<&Platform>) {
        if plan.packages.is_empty() || plan.bases.is_empty() {
            self.stops.push(Stop::Nothing);
        }
        let mut opened = Vec::new();
        for package in &plan.packages {
            let version = package.release.version;
            match Template::open(&package.verified) {
                Ok(template) => {
                    self.package(version, package.verified.proof(), &template.description, platform);
                    opened.push((version, template));
                }
                Err(error) => self.stops.push(Stop::Template { version, error }),
            }
        }
        for (number, base) in plan.bases.iter().enumerate() {
            self.fits(base, &opened);
            let replaced = if let Some(dir) = base.dir.as_deref().filter(|_| base.is_managed()) {
                self.folder(os, base, dir, &opened)
            } else {
                self.stops.push(Stop::NotHere { base_id: base.id.clone() });
                None
            };
            if number == 0 {
                self.replaced = replaced;
            }
        }
    }

    fn package(
        &mut self,
        version: Version,
        proof: Proof,
        template: &Description,
        platform: Option<&Platform>,
    ) {
        match proof {
            Proof::None => self.warnings.push(Warning::Unproved { version }),
            Proof::Signed | Proof::Publisher | Proof::Hash => {
                self.passes.push(Pass::Package { version, proof });
            }
        }
        let installed = platform.map(|platform| platform.version);
        let minimum =
            installed.map_or(template.min_platform, |installed| template.min_platform_for(&installed));
        match minimum {
            Some(minimum) if !installed.is_some_and(|installed| installed.platform_satisfies(&minimum)) => {
                self.warnings.push(Warning::NeedsPlatform { version, minimum, installed });
            }
            Some(_) | None => self.passes.push(Pass::Platform { version }),
        }
    }

    /// Each step has to fit what the step before it leaves.
    fn fits(&mut self, base: &Base, templates: &[(Version, Template<'_>)]) {
        let base_id = base.id.clone();
        let mut at_step = base.clone();
        for (version, template) in templates {
            if let Err(misfit) = template::fits(&template.description, &at_step, version) {
                self.stops.push(Stop::Misfit { base_id, misfit });
                return;
            }
            at_step.version = Some(*version);
        }
        self.passes.push(Pass::Fits { base_id });
    }

    /// Returns what the first step would do; what a later one finds is not there yet.
    fn folder(
        &mut self,
        os: &dyn Os,
        base: &Base,
        dir: &Path,
        templates: &[(Version, Template<'_>)],
    ) -> Option<Replacement> {
        let base_id = base.id.clone();
        let nodes = match tree::list(dir) {
            Ok(nodes) => nodes,
            Err(error) => {
                self.stops.push(Stop::Unreadable { base_id, error });
                return None;
            }
        };
        self.copy_bytes = self.copy_bytes.saturating_add(tree::total_bytes(&nodes));
        let uncopyable =
            nodes.iter().find(|node| matches!(node.kind, tree::Kind::Link | tree::Kind::Special));
        if let Some(node) = uncopyable {
            self.stops.push(Stop::NotCopyable { base_id: base_id.clone(), path: node.path.clone() });
        }
        let replaced = match templates.first().map(|(_, template)| template::preview_of(template, nodes)) {
            Some(Ok(replaced)) => Some(replaced),
            Some(Err(error)) => {
                self.stops.push(Stop::Replacement { base_id: base_id.clone(), error });
                None
            }
            None => None,
        };
        // A file without a name where the system has such, else one that removes itself.
        match tempfile::tempfile_in(dir) {
            Ok(_) => self.passes.push(Pass::Writable { base_id: base_id.clone() }),
            // Looked at again by the process that has the rights to write.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && !os.is_elevated() => {}
            Err(error) => self.stops.push(Stop::NotWritable { base_id: base_id.clone(), error }),
        }
        match server_use(os, dir) {
            Use::Free => self.passes.push(Pass::NotInUse { base_id }),
            Use::NotTellable => self.warnings.push(Warning::UseNotTellable { base_id }),
            Use::Held { file, holders, error } => {
                self.stops.push(Stop::InUse { base_id, file, holders, error });
            }
        }
        replaced
    }
}

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
        holders: Vec<String>,
        /// Why.
        error: io::Error,
    },
}

/// Tries the file that a base's data server keeps open. Says little where files are not locked by being
/// open, as on Linux.
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

#[cfg(test)]
mod tests;
