//! How often the progress of a run is told: every new stage, and within a stage ten times a second.

use std::mem::{Discriminant, discriminant};
use std::time::{Duration, Instant};

/// Progress within a stage is told no more often than this.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// What was told last. `S` has a variant for each stage.
pub(super) struct Shown<S> {
    last: Option<(Discriminant<S>, Instant)>,
}

impl<S> Shown<S> {
    pub(super) fn nothing() -> Self {
        Self { last: None }
    }

    /// Whether this is to be told now; it counts as told then.
    pub(super) fn is_due(&mut self, stage: &S) -> bool {
        let kind = discriminant(stage);
        let was_just_told = self.last.is_some_and(|(last, at)| last == kind && at.elapsed() < SHOWN_EVERY);
        if !was_just_told {
            self.last = Some((kind, Instant::now()));
        }
        !was_just_told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::CopyStage;

    #[test]
    fn every_new_stage_is_told_and_one_that_goes_on_is_not_told_at_once_again() {
        let mut shown = Shown::nothing();
        assert!(shown.is_due(&CopyStage::Copying { done: 0, total: 2 }));
        assert!(!shown.is_due(&CopyStage::Copying { done: 1, total: 2 }));
        assert!(shown.is_due(&CopyStage::Undoing));
        assert!(shown.is_due(&CopyStage::Copying { done: 1, total: 2 }));
    }
}
