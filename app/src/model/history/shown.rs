//! Which lines of the history are shown: worked out when something changes, line by line as they come.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{HistoryLine, HistoryNote, HistoryPage, OfBase, Period, Reading};

/// More names than these nobody looks through; the search finds the rest.
const MOST_NAMES: usize = 300;

/// All periods, from the longest to the shortest.
pub const ALL_PERIODS: [Period; 4] = [Period::All, Period::Year, Period::Month, Period::Week];

impl HistoryLine {
    /// Where the copy lies that was made before; as Windows writes it.
    pub fn copy_dir(&self) -> Option<&str> {
        self.entry.journal.as_ref()?.backup_dir.as_deref().filter(|dir| !dir.is_empty())
    }

    /// Whether it is the same entry, read at another time.
    fn is_same(&self, other: &Self) -> bool {
        let key = |line: &Self| (line.entry.time, line.entry.event_id);
        key(self) == key(other)
            && self.entry.numbers == other.entry.numbers
            && self.entry.subject == other.entry.subject
    }
}

impl OfBase {
    /// Whether an entry is about it.
    fn is_of(&self, line: &HistoryLine) -> bool {
        let id = self.id.as_deref();
        let subject = line.entry.subject.as_deref();
        self.name == line.what
            || id.zip(subject).is_some_and(|(id, subject)| id.eq_ignore_ascii_case(subject))
    }
}

impl HistoryPage {
    /// A line that is shown, by its place from the top.
    pub fn line(&self, number: usize) -> Option<&Arc<HistoryLine>> {
        self.lines.get(*self.shown.get(number)?)
    }

    /// All that are shown.
    pub fn shown_lines(&self) -> impl Iterator<Item = &Arc<HistoryLine>> {
        self.shown.iter().filter_map(|place| self.lines.get(*place))
    }

    /// Whether it is the one that is looked at.
    pub fn is_chosen(&self, line: &Arc<HistoryLine>) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| Arc::ptr_eq(chosen, line))
    }

    /// The place of the entry that is looked at, among those that are shown.
    pub fn chosen_number(&self) -> Option<usize> {
        self.chosen.as_ref()?;
        self.shown_lines().position(|line| self.is_chosen(line))
    }

    /// Whether anything is hidden by a filter.
    pub fn is_filtered(&self) -> bool {
        self.base.is_some()
            || self.person.is_some()
            || self.period != Period::All
            || !self.search.trim().is_empty()
    }

    pub(super) fn choose(&mut self, number: usize) {
        if let Some(line) = self.line(number).cloned() {
            self.chosen = Some(line);
        }
    }

    pub(super) fn filter(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        self.arrange();
    }

    pub(super) fn clear(&mut self) {
        self.lines.clear();
        self.shown.clear();
        // What is chosen stays to be seen, also where there is nothing of it.
        self.bases = self.base.iter().map(|base| base.name.clone()).collect();
        self.people = self.person.iter().cloned().collect();
    }

    pub(super) fn append(&mut self, lines: Vec<Arc<HistoryLine>>) {
        let needle = self.needle();
        for line in lines {
            add_name(&mut self.bases, &line.what);
            add_name(&mut self.people, &line.who);
            if self.passes(&line, &needle) {
                self.shown.push(self.lines.len());
            }
            if self.chosen.as_ref().is_some_and(|chosen| chosen.is_same(&line)) {
                self.chosen = Some(Arc::clone(&line));
            }
            self.lines.push(line);
        }
    }

    pub(super) fn end(&mut self, result: Result<Vec<HistoryNote>, String>) {
        let incoming = self.incoming.take();
        match result {
            Ok(notes) => {
                if let Some(lines) = incoming {
                    self.clear();
                    self.append(lines);
                }
                self.notes = notes;
                self.reading = Reading::Done;
            }
            Err(why) => self.reading = Reading::Failed(why),
        }
        // Where the clock was set back, a line may come after one that is a little older.
        let time = |line: &Arc<HistoryLine>| Reverse(line.entry.time);
        if !self.lines.is_sorted_by_key(time) {
            self.lines.sort_by_key(time);
        }
        self.arrange();
    }

    fn arrange(&mut self) {
        let needle = self.needle();
        let lines = self.lines.iter().enumerate();
        self.shown = lines.filter(|(_, line)| self.passes(line, &needle)).map(|(place, _)| place).collect();
        if self.chosen_number().is_none() {
            self.chosen = None;
        }
    }

    fn needle(&self) -> String {
        self.search.trim().to_lowercase()
    }

    fn passes(&self, line: &HistoryLine, needle: &str) -> bool {
        self.base.as_ref().is_none_or(|base| base.is_of(line))
            && self.person.as_ref().is_none_or(|person| *person == line.who)
            && (needle.is_empty() || line.needle.contains(needle))
    }
}

fn add_name(names: &mut Vec<String>, name: &str) {
    if name.is_empty() || names.len() >= MOST_NAMES {
        return;
    }
    if let Err(place) = names.binary_search_by(|other| other.as_str().cmp(name)) {
        names.insert(place, name.to_owned());
    }
}
