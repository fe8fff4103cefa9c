//! Words for plans that wait on the disk, and for what files changed by hand differ in.

use i18n_embed_fl::fl;
use smarts_core::by_hand::{self, Difference};
use smarts_core::os::ElevationFault;
use smarts_core::plan::waiting::{self, Unfit};
use smarts_core::tree::RelPath;
use smarts_core::update_lock;

use super::Texts;
use crate::elevated::ask::AbandonError;
use crate::error::chain;
use crate::model::sheet::ToldDifference;

impl Texts {
    /// Why what is left of a plan does not suit the machine any more.
    pub fn plan_unfit(&self, unfit: &Unfit) -> String {
        let loader = &self.loader;
        match unfit {
            Unfit::Gone { name } => fl!(loader, "plan-unfit-gone", name = name.as_str()),
            Unfit::Moved { name } => fl!(loader, "plan-unfit-moved", name = name.as_str()),
            Unfit::OtherVersion { name, expected, found } => {
                let none = || fl!(loader, "sheet-version-none");
                let expected = expected.map_or_else(none, |version| version.to_string());
                let found = found.map_or_else(none, |version| version.to_string());
                fl!(loader, "plan-unfit-version", name = name.as_str(), expected = expected, found = found)
            }
        }
    }

    /// Why a plan is not kept, or not found.
    pub fn plan_error(&self, error: &waiting::Error) -> String {
        let loader = &self.loader;
        match error {
            waiting::Error::Open { path } => fl!(loader, "plan-open", path = path.display().to_string()),
            waiting::Error::File { path, error }
            | waiting::Error::Lock(update_lock::Error::File { path, error }) => {
                fl!(loader, "download-file", path = path.display().to_string(), reason = error.to_string())
            }
            waiting::Error::Lock(update_lock::Error::Busy) => fl!(loader, "apply-busy"),
            waiting::Error::Kept(_) | waiting::Error::NotAPlan { .. } => {
                fl!(loader, "plan-unreadable", reason = chain(error))
            }
        }
    }

    /// Why a plan was not given up with an administrator's rights.
    pub fn abandon_error(&self, error: &AbandonError) -> String {
        match error {
            AbandonError::Elevation(ElevationFault::Refused) => fl!(self.loader, "abandon-not-permitted"),
            AbandonError::Busy => fl!(self.loader, "apply-busy"),
            AbandonError::NotAsked(_) | AbandonError::Elevation(_) | AbandonError::Failed { .. } => {
                fl!(self.loader, "abandon-not-done", reason = chain(error))
            }
        }
    }

    /// A plan that is not there any more.
    pub fn plan_gone(&self) -> String {
        fl!(self.loader, "plan-gone")
    }

    /// A plan that goes on after a restart of the PC.
    pub fn plan_restart(&self) -> String {
        fl!(self.loader, "plan-restart")
    }

    /// How a file differs from what comes in its place.
    pub fn difference(
        &self,
        path: &RelPath,
        difference: Result<Difference, by_hand::Error>,
    ) -> ToldDifference {
        let loader = &self.loader;
        let path = path.as_str().replace('/', "\\");
        let (title, lines) = match difference {
            Ok(Difference::Text(lines)) => (path, lines),
            Ok(Difference::Sizes { now, then: Some(then) }) => {
                let (now, then) = (self.size(now), self.size(then));
                (fl!(loader, "difference-sizes", path = path, now = now, then = then), Vec::new())
            }
            Ok(Difference::Sizes { now, then: None }) => {
                (fl!(loader, "difference-removed", path = path, now = self.size(now)), Vec::new())
            }
            Ok(Difference::Hidden) => (fl!(loader, "difference-hidden", path = path), Vec::new()),
            Err(error) => (fl!(loader, "difference-unread", path = path, reason = chain(&error)), Vec::new()),
        };
        ToldDifference { title, lines }
    }
}
