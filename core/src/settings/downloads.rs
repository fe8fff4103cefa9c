//! Settings about downloads: numbers that are within bounds.

use std::num::NonZeroU64;

use serde::Deserialize;

/// How many older versions of a product's files are kept for going back: 0 to 100, 2 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct KeepDownloads(u16);

/// Tries at a place that may bring nothing: 1 to 100, 5 if nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct DownloadTries(u16);

/// The speed of all downloads together in KiB a second; 0, as if nothing is set: as fast as it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DownloadLimit(u32);

impl KeepDownloads {
    /// Beside the newest.
    pub fn versions(self) -> usize {
        usize::from(self.0)
    }
}

impl DownloadTries {
    /// How many.
    pub fn tries(self) -> u32 {
        u32::from(self.0)
    }
}

impl DownloadLimit {
    /// As in the settings.
    pub fn kib_per_second(self) -> u32 {
        self.0
    }

    /// `None`: no limit.
    pub fn bytes_per_second(self) -> Option<NonZeroU64> {
        NonZeroU64::new(u64::from(self.0) * 1024)
    }
}

/// Any number is a limit.
impl From<u32> for DownloadLimit {
    fn from(kib_per_second: u32) -> Self {
        Self(kib_per_second)
    }
}

impl Default for KeepDownloads {
    fn default() -> Self {
        Self(2)
    }
}

impl Default for DownloadTries {
    fn default() -> Self {
        Self(5)
    }
}

impl TryFrom<u16> for KeepDownloads {
    type Error = &'static str;

    fn try_from(versions: u16) -> Result<Self, Self::Error> {
        if versions <= 100 { Ok(Self(versions)) } else { Err("keep_downloads is 0 to 100") }
    }
}

impl TryFrom<u16> for DownloadTries {
    type Error = &'static str;

    fn try_from(tries: u16) -> Result<Self, Self::Error> {
        if (1..=100).contains(&tries) { Ok(Self(tries)) } else { Err("download_tries is 1 to 100") }
    }
}
