//! Settings about copies of bases: numbers that are within bounds.

use serde::Deserialize;

use crate::backup::Copies;

use super::Settings;

/// Copies that are kept of each base: 1 to 100, 3 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct BackupsPerBase(u16);

/// How much of their disk all copies may fill, in percent: 1 to 100, 20 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub struct BackupsShareOfDisk(u8);

impl Settings {
    /// What is said about copies of bases.
    pub fn copies(&self) -> Copies {
        Copies {
            without: self.backup_without.clone(),
            per_base: usize::from(self.backups_per_base.0),
            percent_of_disk: self.backups_share_of_disk.0,
        }
    }
}

impl Default for BackupsPerBase {
    fn default() -> Self {
        Self(3)
    }
}

impl Default for BackupsShareOfDisk {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<u16> for BackupsPerBase {
    type Error = &'static str;

    fn try_from(copies: u16) -> Result<Self, Self::Error> {
        if (1..=100).contains(&copies) { Ok(Self(copies)) } else { Err("backups_per_base is 1 to 100") }
    }
}

impl TryFrom<u8> for BackupsShareOfDisk {
    type Error = &'static str;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        if (1..=100).contains(&percent) {
            Ok(Self(percent))
        } else {
            Err("backups_share_of_disk is 1 to 100")
        }
    }
}
