//! Which rows of the overview are shown: by device or by base, filtered and searched.

use smarts_core::machine::Machine;
use smarts_core::subscription::{Group, Line, Member, Overview, Place, Stands, State, Sum, overview};

use super::SubscriptionPage;
use crate::model::{Command, Model, PLATFORM};

/// What the rows are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Devices.
    #[default]
    Device,
    /// The platform and the bases, with their devices folded in.
    Base,
}

/// Which rows are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Where a subscription has ended.
    Ended,
    /// Where one ends soon.
    EndsSoon,
    /// Where nothing is known.
    NoData,
}

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line, by its place in the overview.
    Line(usize),
    /// The platform or a base.
    Group(usize),
    /// A device of the unfolded group above it.
    Member {
        /// The group's place.
        group: usize,
        /// Its own among the group's.
        member: usize,
    },
    /// A licence of the group above it.
    Licence {
        /// The group's place.
        group: usize,
        /// Its own on the machine.
        licence: usize,
    },
}

impl Filter {
    /// All, from left to right.
    pub const ALL: [Self; 4] = [Self::All, Self::Ended, Self::EndsSoon, Self::NoData];

    fn passes(self, stands: Stands) -> bool {
        let Stands::Counts(state) = stands else { return self == Self::All };
        match self {
            Self::All => true,
            Self::Ended => matches!(state, State::Ended { .. }),
            Self::EndsSoon => matches!(state, State::EndsSoon { .. }),
            Self::NoData => state == State::NoData,
        }
    }

    fn passes_sum(self, sum: &Sum) -> bool {
        match self {
            Self::All => true,
            Self::Ended => sum.ended > 0,
            Self::EndsSoon => sum.ends_soon > 0,
            Self::NoData => sum.no_data > 0 || sum.gap.is_some(),
        }
    }
}

impl SubscriptionPage {
    /// The lines of a list for an invoice: those that are shown; by base, all of them. Devices that are written off are
    /// left out: nobody pays for them.
    pub fn billed_lines(&self) -> impl Iterator<Item = &Line> {
        let all = &self.overview.lines;
        let shown = self.rows.iter().filter_map(|row| match row {
            Row::Line(place) => all.get(*place),
            Row::Group(_) | Row::Member { .. } | Row::Licence { .. } => None,
        });
        let everything = all.iter().take(if self.by == By::Base { usize::MAX } else { 0 });
        shown.chain(everything).filter(|line| !matches!(line.stands, Stands::WrittenOff { .. }))
    }
}

impl Model {
    /// What is installed here, as it is now.
    pub(in crate::model) fn take_machine(&mut self, machine: Machine) {
        if self.machine.as_ref() != Some(&machine) {
            self.machine = Some(machine);
            self.subscription_page.outdate();
        }
    }

    /// Only where something has changed since: a check alone changes nothing here.
    pub(in crate::model) fn look_through_subscriptions(&mut self) {
        let page = &mut self.subscription_page;
        let today = self.now.date();
        if page.day == Some(today) {
            return;
        }
        page.day = Some(today);
        page.overview = match &self.machine {
            Some(machine) => overview(&self.subscriptions, machine, &self.now),
            None => Overview::default(),
        };
        self.arrange_subscriptions();
    }

    /// What ended with yesterday is said today, also in a window that stays open.
    pub(in crate::model) fn turn_the_day(&mut self) {
        let today = self.now.date();
        if self.subscription_page.day.is_some_and(|day| day != today) {
            self.catch_up();
            self.refresh();
        }
    }

    pub(super) fn show_rows(&mut self, change: impl FnOnce(&mut SubscriptionPage)) -> Vec<Command> {
        change(&mut self.subscription_page);
        self.arrange_subscriptions();
        Vec::new()
    }

    fn arrange_subscriptions(&mut self) {
        let page = &self.subscription_page;
        let needle = page.search.trim().to_lowercase();
        let rows = match page.by {
            By::Device => {
                let lines = page.overview.lines.iter().enumerate();
                let found = lines.filter(|(_, line)| {
                    page.filter.passes(line.stands) && is_for(page.filter, line) && self.finds(line, &needle)
                });
                found.map(|(place, _)| Row::Line(place)).collect()
            }
            By::Base => self.group_rows(&needle),
        };
        self.subscription_page.rows = rows;
        self.subscription_page.billed = self.subscription_page.billed_lines().count();
        self.subscription_page.licensed = self.licensed_bases();
    }

    fn group_rows(&self, needle: &str) -> Vec<Row> {
        let page = &self.subscription_page;
        let mut rows = Vec::new();
        let licences = self.licence_places();
        for (place, group) in page.overview.groups.iter().enumerate() {
            let is_named = self.finds_group(group, needle);
            let passes = |member: &&Member| {
                let is_found = is_named || member.device.to_lowercase().contains(needle);
                is_found && page.filter.passes(member.stands)
            };
            let of_group = licences.get(&self.licensed(group)).map_or(&[][..], Vec::as_slice);
            let of_group = of_group.iter().copied().filter(|licence| {
                page.filter == Filter::All && (is_named || self.finds_licence(*licence, needle))
            });
            let is_found = is_named
                || group.members.iter().any(|member| passes(&member))
                || of_group.clone().next().is_some();
            if !page.filter.passes_sum(&group.sum) || !is_found {
                continue;
            }
            rows.push(Row::Group(place));
            let unfolded = page.unfolded.contains(self.group_id(group));
            if unfolded {
                let members = group.members.iter().enumerate().filter(|(_, member)| passes(member));
                rows.extend(members.map(|(member, _)| Row::Member { group: place, member }));
            }
            let told = of_group.filter(|licence| unfolded || self.is_ending(*licence));
            rows.extend(told.map(|licence| Row::Licence { group: place, licence }));
        }
        rows
    }

    /// The base's id, or `platform`.
    pub fn group_id(&self, group: &Group) -> &str {
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        group.base.and_then(|place| bases.get(place)).map_or(PLATFORM, |base| &base.id)
    }

    fn finds(&self, line: &Line, needle: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(needle);
        let record = self.record(line.record);
        let in_record = record.is_some_and(|record| {
            record.product.as_deref().is_some_and(has) || has(&record.licence) || has(&record.note)
        });
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        let in_bases = || {
            let bases = line.bases.iter().filter_map(|place| bases.get(*place));
            bases.into_iter().any(|base| has(&base.name) || has(&base.product))
        };
        needle.is_empty() || has(&line.device) || in_record || in_bases()
    }

    fn finds_group(&self, group: &Group, needle: &str) -> bool {
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        let base = group.base.and_then(|place| bases.get(place));
        let has = |text: &str| text.to_lowercase().contains(needle);
        needle.is_empty() || base.is_some_and(|base| has(&base.name) || has(&base.product))
    }
}

/// What ended for a device of another PC is nobody's trouble here.
fn is_for(filter: Filter, line: &Line) -> bool {
    filter == Filter::All || matches!(line.place, Place::Here | Place::Unknown)
}
