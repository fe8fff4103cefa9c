//! What a person has agreed to: which bases get which releases, or which installer is started.
//!
//! A plan is data. Only [`Verified`] files go into one, so what is applied has been examined in this run.
//! [`kept`] is the same on its way to another process, [`waiting`] on the disk until it is done. Deliberately not here: looking at it once more ([`crate::preflight`]) and doing it ([`crate::apply`]).

pub mod kept;
pub mod waiting;

use std::ffi::OsString;

use crate::catalogue::Release;
use crate::machine::Base;
use crate::offer::{PLATFORM, UPDATER};
use crate::platform::former::Former;
use crate::verify::Verified;

/// One consent: everything in it happens, in its order, or stops at the first failure.
#[derive(Debug)]
pub struct Plan {
    /// What it is about.
    pub subject: PlanSubject,
}

impl Plan {
    /// Whom it is about: `platform`, `updater`, or ids of bases, pilot first.
    pub fn target_ids(&self) -> Vec<String> {
        let ids = |bases: &[Base]| bases.iter().map(|base| base.id.clone()).collect();
        match &self.subject {
            PlanSubject::Template(plan) => ids(&plan.bases),
            PlanSubject::Installer(plan) => match &plan.target {
                InstallerTarget::Platform => vec![PLATFORM.to_owned()],
                InstallerTarget::Updater => vec![UPDATER.to_owned()],
                InstallerTarget::Wizard { bases } => ids(bases),
            },
        }
    }

    /// The same with what has become of looking for the installer of the installed platform, if that is what it replaces.
    #[must_use]
    pub fn with_former(mut self, former: Former) -> Self {
        if let PlanSubject::Installer(plan) = &mut self.subject
            && matches!(plan.target, InstallerTarget::Platform)
        {
            plan.former = former;
        }
        self
    }

    /// Everything it installs, in its order.
    pub fn packages(&self) -> impl Iterator<Item = &Package> {
        match &self.subject {
            PlanSubject::Template(plan) => plan.packages.iter(),
            PlanSubject::Installer(plan) => std::slice::from_ref(&plan.package).iter(),
        }
    }
}

/// What a [`Plan`] is about.
#[derive(Debug)]
pub enum PlanSubject {
    /// Bases of one product are updated from templates.
    Template(TemplatePlan),
    /// An installer is started.
    Installer(Box<InstallerPlan>),
}

/// Bases that are updated from templates.
#[derive(Debug)]
pub struct TemplatePlan {
    /// In the order they are applied to each base; never empty. The last is what the base ends on.
    pub packages: Vec<Package>,
    /// As they were when the person agreed. The first is the pilot.
    pub bases: Vec<Base>,
}

/// A release and its file.
#[derive(Debug)]
pub struct Package {
    /// What the source says of it.
    pub release: Release,
    /// Its file.
    pub verified: Verified,
}

/// An installer that is started.
#[derive(Debug)]
pub struct InstallerPlan {
    /// What is installed, and from which file.
    pub package: Package,
    /// What the installer is started with.
    pub arguments: Vec<OsString>,
    /// What it is expected to do.
    pub target: InstallerTarget,
    /// Of the platform: the installer of what is installed now. A plan is carried out with it or without.
    pub former: Former,
}

/// What an installer is expected to do.
#[derive(Debug)]
pub enum InstallerTarget {
    /// Put the platform on the release's version.
    Platform,
    /// Put this program on the release's version.
    Updater,
    /// Put a newer template of a product among the templates of this PC.
    Wizard {
        /// The bases of that product that are to be updated with it.
        bases: Vec<Base>,
    },
}
