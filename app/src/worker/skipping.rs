//! Versions that the person does not want to hear of: keeps each answer, and says what is kept.

use std::sync::Arc;

use jiff::Timestamp;
use smarts_core::hidden::{Error, Hidden};
use smarts_core::notice::{self, Kept};
use smarts_core::offer::{Item, Offer};
use smarts_core::os::Os;
use smarts_core::paths::Paths;

use super::{Shared, lock};
use crate::error::chain;
use crate::model::{Event, Skipped, is_same_offer};

/// Keeps an answer about items.
type Answer = fn(&mut Hidden, &dyn Os, &Paths, &[&Item]) -> Result<(), Error>;

impl Shared {
    pub(super) fn skip(self: &Arc<Self>, item_id: &str) {
        self.answer(item_id, Hidden::hide);
    }

    pub(super) fn offer_again(self: &Arc<Self>, item_id: &str) {
        self.answer(item_id, Hidden::show_again);
    }

    /// Answers keep their order; whoever is to be told is told afterwards.
    fn answer(self: &Arc<Self>, item_id: &str, answer: Answer) {
        // Whatever else is told of skipped versions is read and told under this lock too: a late reading would undo
        // this answer on the screen.
        let told = lock(&self.turn);
        let items = lock(&self.known).items.clone();
        let mut hidden = Hidden::load(&*self.session.os, &self.session.paths);
        if let Some(item) = items.iter().find(|item| item.id == item_id) {
            let same: Vec<&Item> = items.iter().filter(|other| is_same_offer(item, other)).collect();
            if let Err(error) = answer(&mut hidden, &*self.session.os, &self.session.paths, &same) {
                tracing::warn!(error = chain(&error), item_id, "What the person skips is not kept");
                self.outbox.post(Event::SkipNotKept(self.texts.skip_not_kept(&error)));
            }
        }
        self.outbox.post(Event::SkippedRead(of(&hidden, &items)));
        drop(told);
        self.tell_stubs();
    }

    /// Whoever starts in the background says nothing of it until then, and says it then.
    pub(super) fn remind(self: &Arc<Self>, item_id: &str, at: Timestamp) {
        let items = lock(&self.known).items.clone();
        let hidden = Hidden::load(&*self.session.os, &self.session.paths);
        let mut open = notice::open(&items, &hidden, &|_| true);
        open.retain(|release| release.ids.iter().any(|id| id == item_id));
        let mut kept = Kept::open(&self.session.paths);
        let mut memory = kept.memory.clone();
        memory.put_off(&open, &self.session.clock.now(), at);
        if let Err(error) = kept.save(memory) {
            tracing::warn!(%error, item_id, "The person is not reminded in the background");
        }
        drop(kept);
        self.tell_stubs();
    }

    /// What is skipped of what is known.
    pub(super) fn skipped_now(&self) -> Skipped {
        let items = lock(&self.known).items.clone();
        self.skipped(&items)
    }

    /// What is skipped of these.
    pub(super) fn skipped(&self, items: &[Item]) -> Skipped {
        of(&Hidden::load(&*self.session.os, &self.session.paths), items)
    }
}

fn of(hidden: &Hidden, items: &[Item]) -> Skipped {
    let skipped = items.iter().filter(|item| hidden.is_hidden(item));
    let version = |item: &Item| item.offer().and_then(Offer::release).map(|release| release.version);
    skipped.filter_map(|item| Some((item.id.clone(), version(item)?))).collect()
}
