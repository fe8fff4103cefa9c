//! Downloads in their order: a few at once, the rest wait for their turn; and everything that can be downloaded, begun
//! by one click.
//!
//! Files that several bases need are one download: whoever needs files that are on their way waits for these and takes
//! no turn. Deliberately not here: fetching, which is the worker's, and installing, to which a person agrees each time.

use std::collections::HashSet;
use std::mem;

use smarts_core::offer::{Item, State};
use smarts_core::version::Version;

use super::activity::Activity;
use super::list::Row;
use super::{Command, Model, Permission, Request};

/// So many downloads are under way at once: more would only share the same line.
pub const AT_ONCE: usize = 3;

/// What can be downloaded now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Downloads {
    /// The items whose files are fetched, each file once; in the order of the downloads.
    pub ids: Vec<String>,
    /// Bytes of all of them; `None` where one is not known.
    pub size: Option<u64>,
}

/// Which files an offer consists of: feed and version of each step.
type Files = Vec<(String, Option<Version>)>;

impl Model {
    /// What can be downloaded now and is not.
    pub fn downloads(&self) -> &Downloads {
        &self.downloads
    }

    /// The place of an item among those that wait for their turn, from 1; `None` for one that does not wait.
    pub fn place_in_queue(&self, id: &str) -> Option<usize> {
        self.queue.iter().position(|waiting| waiting == id).map(|place| place + 1)
    }

    /// Puts a download at the end of the queue.
    pub(super) fn enqueue(&mut self, id: &str) {
        self.activities.insert(id.to_owned(), Activity::Queued);
        self.cancelled.remove(id);
        self.queue.retain(|waiting| waiting != id);
        self.queue.push(id.to_owned());
    }

    /// Begins what waits as far as there are free turns. To be called after anything may have ended.
    pub(super) fn begin_waiting(&mut self) -> Vec<Command> {
        if self.queue.is_empty() {
            return Vec::new();
        }
        let mut waiting = mem::take(&mut self.queue);
        waiting.retain(|id| matches!(self.activity(id), Some(Activity::Queued)));
        let (mut on_their_way, mut at_work) = self.under_way(&waiting);
        let mut commands = Vec::new();
        for id in waiting {
            let files = self.files_of(&id);
            if !on_their_way.contains(&files) {
                if at_work.len() >= AT_ONCE {
                    self.queue.push(id);
                    continue;
                }
                at_work.insert(files.clone());
                on_their_way.insert(files);
            }
            let covered = self.is_covered_chosen(&id);
            commands.push(Command::Download { item_id: id, covered });
        }
        commands
    }

    /// Files that are asked for beside those of `waiting`, and those of them that take a turn: one that a server has
    /// put off takes none.
    fn under_way(&self, waiting: &[String]) -> (HashSet<Files>, HashSet<Files>) {
        let (mut all, mut at_work) = (HashSet::new(), HashSet::new());
        for (id, activity) in &self.activities {
            if !activity.is_transfer() || waiting.contains(id) {
                continue;
            }
            let files = self.files_of(id);
            if !matches!(activity, Activity::WaitingForTry { .. }) {
                at_work.insert(files.clone());
            }
            all.insert(files);
        }
        (all, at_work)
    }

    fn files_of(&self, id: &str) -> Files {
        match self.item_by_id(id) {
            Some(item) if item.offer().is_some() => files(item),
            _ => vec![(id.to_owned(), None)],
        }
    }

    /// Whether somebody else waits for the same files, or fetches them.
    pub(super) fn shares_download(&self, id: &str) -> bool {
        let own = self.files_of(id);
        let others =
            self.activities.iter().filter(|(other, activity)| *other != id && activity.is_transfer());
        others.into_iter().any(|(other, _)| self.files_of(other) == own)
    }

    /// For the person: before all others that wait.
    pub(super) fn sooner(&mut self, id: &str) -> Vec<Command> {
        if let Some(place) = self.queue.iter().position(|waiting| waiting == id)
            && let Some(before) = self.queue.get_mut(..=place)
        {
            before.rotate_right(1);
        }
        Vec::new()
    }

    /// For the person: everything there is, and no sheet opens for it.
    pub(super) fn download_all(&mut self) -> Vec<Command> {
        let grouped = self.grouped_ids();
        for id in self.downloads.ids.clone() {
            let request = Request { asked_at: None, whole_group: grouped.contains(&id) };
            self.requests.insert(id.clone(), request);
            self.enqueue(&id);
        }
        self.refresh_rows();
        Vec::new()
    }

    /// Bases that are told of in one row.
    fn grouped_ids(&self) -> HashSet<String> {
        let members = self.list.rows.iter().flat_map(|row| match row {
            Row::Group { entries, .. } => entries.as_slice(),
            Row::Base { .. } => &[],
        });
        members.filter_map(|place| Some(self.list.entries.get(*place)?.id.clone())).collect()
    }

    /// Counted when something changes, not in every frame.
    pub(super) fn count_downloads(&mut self) {
        self.downloads = self.find_downloads();
    }

    fn find_downloads(&self) -> Downloads {
        if self.permission != Permission::Granted {
            return Downloads::default();
        }
        let items = || self.report.iter().flat_map(|report| &report.items);
        // What is not to be updated with its group leads no download of the group.
        let grouped = if self.list.unticked.is_empty() { HashSet::new() } else { self.grouped_ids() };
        let is_left_out = |item: &Item| self.list.unticked.contains(&item.id) && grouped.contains(&item.id);
        // What is there already, or on its way.
        let is_had = |activity: &Activity| activity.is_transfer() || matches!(activity, Activity::Ready(_));
        let had = items().filter(|item| self.activity(&item.id).is_some_and(is_had));
        let mut seen: HashSet<Files> = had.map(files).collect();
        let mut found = Downloads { ids: Vec::new(), size: Some(0) };
        for item in items().filter(|item| self.may_be_downloaded(item) && !is_left_out(item)) {
            if seen.insert(files(item)) {
                found.ids.push(item.id.clone());
                found.size = found.size.zip(size(item)).map(|(sum, more)| sum.saturating_add(more));
            }
        }
        found
    }

    fn may_be_downloaded(&self, item: &Item) -> bool {
        let is_idle = matches!(self.activity(&item.id), None | Some(Activity::Paused { .. }));
        is_idle && matches!(item.state, State::Available { .. }) && !self.is_skipped(item)
    }
}

fn files(item: &Item) -> Files {
    let steps = item.offer().into_iter().flat_map(|offer| &offer.steps);
    steps.map(|step| (step.feed.as_str().to_owned(), Some(step.version))).collect()
}

fn size(item: &Item) -> Option<u64> {
    item.offer()?.steps.iter().map(|step| step.file.as_ref()?.size).sum()
}
