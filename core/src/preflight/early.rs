//! What can be told before anything is downloaded: from the report, the machine and the disk.
//!
//! Nobody is to wait for a download only to hear then that the subscription has ended. Deliberately not here: the
//! files, which are not here yet, and the bases' folders, which change meanwhile.

use super::point::{Pass, Points, Warning};
use super::space::Demand;
use super::{Around, Earlier, coverage, pc};
use crate::catalogue::Release;
use crate::offer::Subject;
use crate::version::Version;

/// Looks at what is to be downloaded and installed: the steps of one offer, for these bases, after plans that go before.
pub fn early(
    around: &Around<'_>,
    subject: Subject,
    releases: &[Release],
    base_ids: &[String],
    earlier: &Earlier,
) -> Points {
    let mut points = Points::default();
    let bases: Vec<_> = base_ids.iter().filter_map(|id| around.machine.base(id)).cloned().collect();
    for covering in coverage::of_releases(subject, &bases, releases, around.machine, around.facts) {
        points.covering(covering);
    }
    if subject == Subject::Base {
        let installed = earlier.platform(around.machine);
        for release in releases {
            points.platform(release.version, release.min_platform, installed);
        }
    }
    if let (Subject::Platform, Some(last)) = (subject, releases.last()) {
        points.devices(around.os, around.machine, &last.version);
    }
    pc::rights(around, &mut points);
    let sizes = releases.iter().filter_map(|release| release.file.as_ref()?.size);
    let mut demand = Demand::default();
    demand.stays(&around.paths.downloads_dir, sizes.fold(0, u64::saturating_add));
    demand.look(around.os, &mut points);
    points
}

impl Points {
    /// Whether the installed platform is new enough.
    pub(super) fn platform(
        &mut self,
        version: Version,
        minimum: Option<Version>,
        installed: Option<Version>,
    ) {
        match minimum {
            Some(minimum) if !installed.is_some_and(|installed| installed.platform_satisfies(&minimum)) => {
                self.warnings.push(Warning::NeedsPlatform { version, minimum, installed });
            }
            Some(_) | None => self.passes.push(Pass::Platform { version }),
        }
    }
}
