//! From examined files to an updated machine.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::apply::{self, Context, Outcome, Progress};
use smarts_core::catalogue::Release;
use smarts_core::journal::Entry;
use smarts_core::machine::{Base, Machine};
use smarts_core::offer::{Item, PLATFORM, Subject, UPDATER};
use smarts_core::plan::{InstallerPlan, InstallerTarget, Package, Plan, PlanSubject, TemplatePlan};
use smarts_core::platform::former::Former;
use smarts_core::preflight::{self, Around, Earlier, Pace, Points};
use smarts_core::settings::WhoMayUpdate;
use smarts_core::subscription::Subscriptions;
use smarts_core::switch::Finisher;
use smarts_core::template::{self, Template};
use smarts_core::verify::{PackageKind, Proof};
use tokio_util::sync::CancellationToken;

use super::{Session, Update};
use crate::demo::installer;

/// What was found when a plan was looked at.
#[derive(Debug)]
pub struct Look {
    /// What stands in the way, what to know, what is in order; what will be replaced, and how much is copied.
    pub points: Points,
    /// Where the copies go, as a person reads it.
    pub copy_dir: String,
    /// When the next hours for updates begin; `None` in such hours, and where the settings name none.
    pub remind_at: Option<Timestamp>,
}

impl Session {
    /// What a person is asked to agree to, one after the other: templates that follow each other are one plan,
    /// an installer is one by itself. `base_ids`: pilot first, empty for the platform and for this program. `yes`: the person has
    /// answered all questions beforehand.
    pub fn plans(
        &self,
        machine: &Machine,
        item: &Item,
        base_ids: &[String],
        update: Update,
        yes: bool,
    ) -> Vec<Plan> {
        let bases: Vec<Base> = base_ids.iter().filter_map(|id| machine.base(id)).cloned().collect();
        let mut plans = Vec::new();
        let mut templates = Vec::new();
        let Update { steps, former } = update;
        let mut former = Some(former);
        for one in steps {
            let package = Package { release: one.release, verified: one.file };
            if package.verified.kind() == PackageKind::Template {
                templates.push(package);
                continue;
            }
            if !templates.is_empty() {
                plans.push(template_plan(std::mem::take(&mut templates), &bases));
            }
            let arguments = self.installer_arguments(item.subject, &package, yes);
            let target = match item.subject {
                Subject::Platform => InstallerTarget::Platform,
                Subject::Updater => InstallerTarget::Updater,
                Subject::Base => InstallerTarget::Wizard { bases: bases.clone() },
            };
            let plan = InstallerPlan { package, arguments, target, former: Former::NotSought };
            let plan = Plan { subject: PlanSubject::Installer(Box::new(plan)) };
            plans.push(plan.with_former(former.take().unwrap_or(Former::StepBefore)));
        }
        if !templates.is_empty() {
            plans.push(template_plan(templates, &bases));
        }
        plans
    }

    /// Looks at a plan that comes after others under the same consent; changes nothing.
    pub fn look(
        &self,
        machine: &Machine,
        subscriptions: &Subscriptions,
        plan: &Plan,
        earlier: &mut Earlier,
    ) -> Look {
        let points = self.around(machine, subscriptions, |around| preflight::points(around, plan, earlier));
        let now = self.clock.now();
        let hours = self.settings.maintenance.as_ref().filter(|hours| !hours.contain(now.datetime()));
        let begin = hours.and_then(|hours| hours.next(now.datetime()));
        let begin = begin.and_then(|begin| begin.to_zoned(now.time_zone().clone()).ok());
        Look { points, copy_dir: self.shown_backup_dir(), remind_at: begin.map(|begin| begin.timestamp()) }
    }

    /// What can be told before anything is downloaded; changes nothing.
    pub fn look_early(
        &self,
        machine: &Machine,
        subject: Subject,
        releases: &[Release],
        base_ids: &[String],
        earlier: &Earlier,
    ) -> Points {
        let look = |around: &Around<'_>| preflight::early(around, subject, releases, base_ids, earlier);
        self.around(machine, &self.subscriptions(), look)
    }

    fn around<T>(
        &self,
        machine: &Machine,
        subscriptions: &Subscriptions,
        look: impl FnOnce(&Around<'_>) -> T,
    ) -> T {
        let now = self.clock.now();
        look(&Around {
            os: &*self.os,
            machine,
            facts: &subscriptions.facts(machine, &now),
            paths: &self.paths,
            without: &self.settings.backup_without,
            maintenance: self.settings.maintenance.as_ref(),
            now: now.datetime(),
            pace: Pace::load(&self.paths),
            hashed: &self.hashed,
        })
    }

    /// Does it. Blocks; `cancel` is heeded until something is changed. `witness` is shown every entry of the
    /// journal.
    pub fn apply(
        &self,
        plan: Plan,
        witness: &dyn Fn(&Entry),
        progress: &mut dyn FnMut(Progress),
        cancel: &CancellationToken,
    ) -> Outcome {
        let clock = || self.clock.timestamp();
        let zone = TimeZone::system();
        let paths = &self.paths;
        let subscriptions = Box::new(|| self.subscriptions());
        let copies = &self.settings.copies();
        let finisher = self.finisher();
        let context = Context {
            os: &*self.os,
            paths,
            clock: &clock,
            zone,
            copies,
            subscriptions,
            witness,
            finisher: finisher.as_ref(),
            checkpoint: &|_| (),
        };
        tracing::info!(what = describe(&plan), "Applying what the person agreed to");
        apply::run(&context, plan, progress, cancel)
    }

    /// What the PC starts next time if it stops while a base is being changed: the command line beside this program.
    pub(super) fn finisher(&self) -> Option<Finisher> {
        let own = std::env::current_exe().ok()?;
        let program = own.with_file_name("smarts").with_extension(std::env::consts::EXE_EXTENSION);
        let of_root = |root: &Path| format!("finish --machine-root \"{}\"", root.display());
        let arguments = self.os.machine_root().map_or_else(|| "finish".to_owned(), of_root);
        program.is_file().then_some(Finisher { program, arguments })
    }

    /// Whether this person is offered to update. The system asks for an administrator's permission in any case.
    pub fn may_update(&self) -> bool {
        let for_all = self.settings.who_may_update == WhoMayUpdate::All;
        // Where it cannot be told, the system's own question decides.
        for_all || self.os.is_elevated() || self.os.is_administrator() != Some(false)
    }

    /// Whether the person has agreed to templates that nothing proves by an option of the program.
    pub fn accepts_unproved(&self) -> bool {
        self.accept_unproved
    }

    /// The demo's own installer is told what to install. A vendor's gets no arguments; but where all
    /// questions are answered beforehand, nobody may be there to close a message of Windows Installer, and it
    /// is to show none (Microsoft, "Command-Line Options": `/qn`).
    pub(super) fn installer_arguments(
        &self,
        subject: Subject,
        package: &Package,
        yes: bool,
    ) -> Vec<std::ffi::OsString> {
        let Some(demo) = &self.demo else {
            let asks_nothing = yes && package.verified.kind() == PackageKind::Msi;
            return if asks_nothing { vec!["/qn".into()] } else { Vec::new() };
        };
        let what = match subject {
            Subject::Platform => PLATFORM,
            Subject::Updater => UPDATER,
            Subject::Base => package.release.feed.as_str(),
        };
        let request = installer::Request {
            machine_root: demo.machine_root(),
            what: what.to_owned(),
            version: package.release.version.to_string(),
            yes,
        };
        let language = ["--lang", self.language.code()].map(Into::into);
        request.arguments().into_iter().chain(language).collect()
    }
}

fn template_plan(packages: Vec<Package>, bases: &[Base]) -> Plan {
    Plan { subject: PlanSubject::Template(TemplatePlan { packages, bases: bases.to_vec() }) }
}

/// A plan for the log.
fn describe(plan: &Plan) -> String {
    match &plan.subject {
        PlanSubject::Template(plan) => {
            let versions: Vec<String> =
                plan.packages.iter().map(|package| package.release.version.to_string()).collect();
            let bases: Vec<&str> = plan.bases.iter().map(|base| base.id.as_str()).collect();
            format!("templates {} into {}", versions.join(", "), bases.join(", "))
        }
        PlanSubject::Installer(plan) => {
            format!("installer {} of {}", plan.package.verified.file_name(), plan.package.release.version)
        }
    }
}

/// Whether nothing proves one of the plan's files.
pub fn is_unproved(plan: &Plan) -> bool {
    match &plan.subject {
        PlanSubject::Template(plan) => {
            plan.packages.iter().any(|package| package.verified.proof() == Proof::None)
        }
        PlanSubject::Installer(plan) => plan.package.verified.proof() == Proof::None,
    }
}

/// Whether the plan replaces external processing of 1С, which has to be loaded into 1С afterwards.
pub fn brings_processing(plan: &TemplatePlan) -> bool {
    let brings = |package: &Package| {
        let template = Template::open(&package.verified);
        let is_processing = |entry: &template::Entry| {
            // The extension of external processing, in any letter case: the key is in lower case.
            entry.path.key().rsplit_once('.').is_some_and(|(_, extension)| extension == "epf")
        };
        template.is_ok_and(|template| template.entries().iter().any(is_processing))
    };
    plan.packages.iter().any(brings)
}
