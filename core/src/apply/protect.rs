//! Bringing the files of a plan to where nobody else can change them, before anything is done with them.

use super::{Context, Error};
use crate::os::Protected;
use crate::plan::{InstallerPlan, Package, Plan, PlanSubject, TemplatePlan};

/// The plan with copies of its files that nobody else can change, examined once more. In a machine root, which
/// is no PC, the files stay where they are.
pub(super) fn protected(context: &Context<'_>, plan: Plan) -> Result<(Plan, Vec<Protected>), Error> {
    if context.os.machine_root().is_some() {
        return Ok((plan, Vec::new()));
    }
    let mut held = Vec::new();
    let mut bring = |package: Package| {
        let path = package.verified.path().to_path_buf();
        let copy = context.os.protect(&path).map_err(|error| Error::NotProtected { path, error })?;
        let verified = package.verified.at(&copy.path, context.os).map_err(Error::Package)?;
        held.push(copy);
        Ok(Package { release: package.release, verified })
    };
    let subject = match plan.subject {
        PlanSubject::Template(TemplatePlan { packages, bases }) => {
            let packages = packages.into_iter().map(bring).collect::<Result<_, Error>>()?;
            PlanSubject::Template(TemplatePlan { packages, bases })
        }
        PlanSubject::Installer(plan) => {
            let InstallerPlan { package, arguments, target, former } = *plan;
            let package = bring(package)?;
            PlanSubject::Installer(Box::new(InstallerPlan { package, arguments, target, former }))
        }
    };
    Ok((Plan { subject }, held))
}
