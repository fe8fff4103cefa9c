//! Going back: lists the copies of a base, finds out what going back would do, and does what was seen.
//!
//! One look is under way at a time; what the last one found is kept until it is agreed to or nobody wants it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use smarts_core::backup::{self, Fault, Step, Way};
use smarts_core::machine;
use smarts_core::tree::RelPath;
use tokio_util::sync::CancellationToken;

use super::{Shared, lock};
use crate::elevated::News;
use crate::elevated::copies::{self, Job};
use crate::error::chain;
use crate::i18n::sentence;
use crate::model::activity::CopyOutcome;
use crate::model::going_back::{
    Copy, GoingBackCommand, GoingBackEvent, Listed, Next, OldCopy, Outlook, Part, Room,
};
use crate::model::{BaseResult, Event, Notice, Outcome};
use crate::session::WayBack;

/// So many files of each kind are named.
const EXAMPLES: usize = 5;
/// Bytes that were read are told no more often than this.
const TOLD_EVERY: Duration = Duration::from_millis(100);

/// The look under way, and what it has found.
#[derive(Default)]
pub(super) struct Looks(Mutex<Looking>);

#[derive(Default)]
struct Looking {
    number: u64,
    cancel: CancellationToken,
    seen: Option<WayBack>,
}

impl Looks {
    /// Another look begins: the former one ends, and what it has found is forgotten.
    fn begin(&self, number: u64) -> CancellationToken {
        let mut looking = lock(&self.0);
        looking.cancel.cancel();
        *looking = Looking { number, ..Looking::default() };
        looking.cancel.clone()
    }

    pub(super) fn stop(&self) {
        let mut looking = lock(&self.0);
        looking.cancel.cancel();
        looking.seen = None;
    }

    /// Of a look that is still wanted.
    fn keep(&self, number: u64, seen: WayBack) {
        let mut looking = lock(&self.0);
        if looking.number == number && !looking.cancel.is_cancelled() {
            looking.seen = Some(seen);
        }
    }

    fn take(&self, number: u64) -> Option<WayBack> {
        let mut looking = lock(&self.0);
        if looking.number == number { looking.seen.take() } else { None }
    }
}

impl Shared {
    pub(super) fn carry_out_going_back(self: &Arc<Self>, command: GoingBackCommand) {
        match command {
            GoingBackCommand::List { base_id } => {
                let broken = base_id.clone();
                self.in_thread(
                    "copies",
                    move |shared| {
                        let listed = shared.copies_of(&base_id);
                        shared.tell_of_copies(GoingBackEvent::Listed { base_id, listed });
                    },
                    move |shared| {
                        let listed = Err(sentence(&shared.texts.internal_error()));
                        shared.tell_of_copies(GoingBackEvent::Listed { base_id: broken, listed });
                    },
                );
            }
            GoingBackCommand::Look { number, copy, way } => {
                let cancel = self.looks.begin(number);
                self.in_thread(
                    "look-back",
                    move |shared| shared.look_back(number, &copy, way, &cancel),
                    move |shared| {
                        let seen = Err(Notice::of(shared.texts.internal_error()));
                        shared.tell_of_copies(GoingBackEvent::Looked { number, seen });
                    },
                );
            }
            GoingBackCommand::StopLooking => self.looks.stop(),
            GoingBackCommand::GoBack { number, base_id } => {
                let agreed = self.looks.take(number).filter(|agreed| agreed.base.id == base_id);
                let job = agreed.map(|agreed| Job::GoBack(Box::new(agreed)));
                self.begin_job(base_id, job, CopyOutcome::NotGoneBack);
            }
            GoingBackCommand::Copy { base_id, delete } => {
                let base = machine::read_base(&*self.session.os, &base_id);
                let job = base.map(|base| Job::Copy { base: Box::new(base), delete });
                self.begin_job(base_id, job, CopyOutcome::NotMade);
            }
        }
    }

    fn tell_of_copies(&self, event: GoingBackEvent) {
        self.outbox.post(Event::GoingBack(event));
    }

    fn copies_of(&self, base_id: &str) -> Result<Listed, String> {
        let session = &self.session;
        let all = session.copies().map_err(|error| {
            tracing::warn!(error = chain(&error), "The copies cannot be listed");
            sentence(&self.texts.copies_unread(&session.paths.backup_dir, &error))
        })?;
        // As everywhere: ids that differ in the case of letters alone are the same to Windows.
        let is_of_base = |id: &str| id.to_lowercase() == base_id.to_lowercase();
        let of_base = all.iter().filter(|copy| is_of_base(&copy.base_id));
        let copies = of_base.map(|copy| self.copy(copy)).collect();
        let next = self.next_copy(base_id);
        Ok(Listed { copies, next, dir: session.paths.backup_dir.clone() })
    }

    fn copy(&self, copy: &backup::Listed) -> Copy {
        let facts = copy.complete();
        Copy {
            id: copy.id.clone(),
            dir: copy.dir.clone(),
            time: copy.time,
            version: facts.and_then(|facts| facts.version),
            size_bytes: copy.size_bytes,
            user: facts.map(|facts| facts.user.clone()).unwrap_or_default(),
            why: self.texts.copy_state(copy),
            refused: self.texts.copy_refused(&copy.state),
            has_changes: facts
                .is_some_and(|facts| facts.has_changes && matches!(facts.why, backup::Why::Update { .. })),
        }
    }

    fn next_copy(&self, base_id: &str) -> Result<Next, String> {
        let session = &self.session;
        let base = machine::read_base(&*session.os, base_id);
        let words = |fault: Fault| sentence(&self.texts.back_fault(&fault));
        let base = base.ok_or_else(|| words(Fault::NotHere))?;
        let size_bytes =
            session.copy_bytes(&base).map_err(|error| sentence(&self.texts.tree_error(&error)))?;
        let too_many = session.older_copies(std::slice::from_ref(&base)).map_err(words)?;
        Ok(Next { size_bytes, too_many: too_many.into_iter().map(old_copy).collect() })
    }

    /// A look that was stopped has no answer: nobody waits for it.
    fn look_back(&self, number: u64, copy: &str, way: Way, cancel: &CancellationToken) {
        let mut told: Option<Instant> = None;
        let mut progress = |step: Step| {
            let Step::Reading { done_bytes, total_bytes } = step else { return };
            if told.is_none_or(|at| at.elapsed() >= TOLD_EVERY) {
                told = Some(Instant::now());
                let event = GoingBackEvent::Looking { number, done: done_bytes, total: total_bytes };
                self.outbox.offer(Event::GoingBack(event));
            }
        };
        let found = self.session.way_back_to(copy, way, &mut progress, cancel);
        if cancel.is_cancelled() {
            return;
        }
        let seen = match found {
            Ok(seen) => self.outlook(&seen).map(|outlook| {
                self.looks.keep(number, seen);
                Box::new(outlook)
            }),
            Err(fault) => {
                tracing::info!(error = chain(&fault), copy, "A base cannot go back like this");
                Err(self.texts.back_notice(&fault, None))
            }
        };
        self.tell_of_copies(GoingBackEvent::Looked { number, seen });
    }

    fn outlook(&self, seen: &WayBack) -> Result<Outlook, Notice> {
        let WayBack { backup, base, preview, .. } = seen;
        let present = self
            .session
            .room_for_present(seen)
            .map_err(|error| Notice::of(sentence(&self.texts.tree_error(&error))))?;
        let room = |(needed, free): (u64, Option<u64>)| Room {
            dir: self.session.shown_backup_dir().into(),
            needed,
            free,
        };
        let newest = preview.newest(EXAMPLES).into_iter();
        Ok(Outlook {
            from: base.version,
            to: backup.manifest.version,
            replaced: part(&preview.replaced),
            brought_back: part(&preview.brought_back),
            removed: part(&preview.removed),
            lost: preview.vanish.len(),
            lost_documents: preview.documents(),
            newest: newest.map(|one| (shown(&one.path), one.modified)).collect(),
            present: present.map(room),
            without: backup.manifest.without.names().iter().map(ToString::to_string).collect(),
        })
    }

    /// `None`: what was seen is not known any more, or the base is gone.
    fn begin_job(
        self: &Arc<Self>,
        base_id: String,
        job: Option<Job>,
        failed: impl Fn(Notice) -> CopyOutcome + Send + 'static,
    ) {
        let Some(job) = job else {
            let fault = Fault::OtherThanShown;
            return self.end_job(&base_id, failed(self.texts.back_notice(&fault, None)));
        };
        let cancel = CancellationToken::new();
        *lock(&self.applying) = Some(cancel.clone());
        self.in_thread(
            "copies-job",
            move |shared| shared.do_job(&job, &cancel),
            move |shared| {
                *lock(&shared.applying) = None;
                shared.end_job(&base_id, failed(Notice::of(shared.texts.internal_error())));
            },
        );
    }

    fn do_job(self: &Arc<Self>, job: &Job, cancel: &CancellationToken) {
        let (session, texts) = (&self.session, &self.texts);
        let mut tell = |news: News| self.outbox.post(news.into());
        if session.os.is_elevated() {
            copies::carry_out(session, texts, job, &mut tell, cancel);
        } else {
            copies::ask(session, texts, job, &mut tell, cancel);
        }
        *lock(&self.applying) = None;
        let _ = self.tell_machine();
        self.tell_stubs();
    }

    fn end_job(&self, base_id: &str, outcome: CopyOutcome) {
        let outcome = Outcome::Copies(outcome);
        let results = vec![BaseResult { item_id: base_id.to_owned(), outcome }];
        self.outbox.post(Event::ApplyFinished { results });
    }
}

/// As Windows writes it.
fn shown(path: &RelPath) -> String {
    path.as_str().replace('/', "\\")
}

fn part(paths: &[RelPath]) -> Part {
    let examples = paths.iter().take(EXAMPLES).map(shown).collect();
    Part { count: paths.len(), examples }
}

pub(super) fn old_copy(copy: backup::Listed) -> OldCopy {
    OldCopy {
        name: copy.complete().map_or_else(|| copy.base_id.clone(), |facts| facts.name.clone()),
        id: copy.id,
        time: copy.time,
        size_bytes: copy.size_bytes,
    }
}
