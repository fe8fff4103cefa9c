//! Whether the disks have room for what a plan puts there, and those that go before it under the same consent.
//!
//! Copies stay, so those of all bases add up; what is unpacked beside a base goes when the base is done, so of it the
//! fullest moment counts, with what earlier bases have grown by. What goes to one disk is added up, whatever folders it
//! goes to. An estimate from above: a file system takes a little more for each file, which the warning leaves room for.

use std::path::{Path, PathBuf};

use super::point::{Pass, Points, Space, Stop, Warning};
use crate::os::{Os, Volume};

/// Less than this much left is little, and less than a tenth of a small disk.
const LITTLE_BYTES: u64 = 2 << 30;

/// What a plan puts where.
#[derive(Clone, Debug, Default)]
pub(super) struct Demand {
    stays: Vec<(PathBuf, u64)>,
    bases: Vec<Work>,
}

/// What updating one base needs beside it.
#[derive(Clone, Debug)]
struct Work {
    dir: PathBuf,
    staged_bytes: u64,
    growth_bytes: u64,
}

impl Demand {
    /// Something that is put into a folder and stays there until the plan has ended.
    pub(super) fn stays(&mut self, dir: &Path, bytes: u64) {
        self.stays.push((dir.to_path_buf(), bytes));
    }

    /// What the next base needs on its own disk: `staged` while it is updated, `growth` from then on.
    pub(super) fn base(&mut self, dir: &Path, staged: u64, growth: u64) {
        let dir = dir.to_path_buf();
        self.bases.push(Work { dir, staged_bytes: staged, growth_bytes: growth });
    }

    /// As [`Self::stays`], if there is the room for all of it; else what there would have to be.
    pub(super) fn stays_if_it_fits(&mut self, os: &dyn Os, dir: &Path, bytes: u64) -> Result<(), Space> {
        let mut more = self.clone();
        more.stays(dir, bytes);
        let mut points = Points::default();
        more.clone().look(os, &mut points);
        let short = points.stops.into_iter().find_map(|stop| match stop {
            Stop::NoSpace(space) => Some(space),
            _ => None,
        });
        short.map_or(Ok(()), Err)?;
        *self = more;
        Ok(())
    }

    /// Compares it with what is free.
    pub(super) fn look(&self, os: &dyn Os, points: &mut Points) {
        let mut disks: Vec<Disk> = Vec::new();
        for (dir, bytes) in &self.stays {
            if let Some(disk) = disk_of(os, dir, &mut disks, points) {
                disk.stays = disk.stays.saturating_add(*bytes);
            }
        }
        for Work { dir, staged_bytes, growth_bytes } in &self.bases {
            if let Some(disk) = disk_of(os, dir, &mut disks, points) {
                disk.fullest = disk.fullest.max(disk.grown.saturating_add(*staged_bytes));
                disk.grown = disk.grown.saturating_add(*growth_bytes);
            }
        }
        let mut is_fine = !disks.is_empty();
        let mut all_bytes: u64 = 0;
        for Disk { dir, volume, stays, fullest, grown } in disks {
            let needed_bytes = stays.saturating_add(fullest.max(grown));
            all_bytes = all_bytes.saturating_add(needed_bytes);
            let space = Space { dir, needed_bytes, free_bytes: volume.free_bytes };
            match volume.free_bytes.checked_sub(needed_bytes) {
                None => points.stops.push(Stop::NoSpace(space)),
                Some(left) if left < LITTLE_BYTES.min(volume.total_bytes / 10) => {
                    points.warnings.push(Warning::LittleSpace(space));
                }
                Some(_) => continue,
            }
            is_fine = false;
        }
        let is_told = !points.warnings.iter().any(|one| matches!(one, Warning::SpaceNotTellable { .. }));
        if is_fine && is_told {
            points.passes.push(Pass::Space { needed_bytes: all_bytes });
        }
    }
}

struct Disk {
    dir: PathBuf,
    volume: Volume,
    stays: u64,
    fullest: u64,
    grown: u64,
}

/// The disk that a folder is on, or will be. `None`: it cannot be told, and that is a point.
fn disk_of<'a>(
    os: &dyn Os,
    dir: &Path,
    disks: &'a mut Vec<Disk>,
    points: &mut Points,
) -> Option<&'a mut Disk> {
    let there = dir.ancestors().find(|dir| dir.exists());
    let Some(volume) = there.and_then(|there| os.volume(there)) else {
        let warning = Warning::SpaceNotTellable { dir: dir.to_path_buf() };
        if !points.warnings.contains(&warning) {
            points.warnings.push(warning);
        }
        return None;
    };
    let number = disks.iter().position(|disk| disk.volume.id == volume.id).unwrap_or_else(|| {
        disks.push(Disk { dir: dir.to_path_buf(), volume, stays: 0, fullest: 0, grown: 0 });
        disks.len() - 1
    });
    disks.get_mut(number)
}
