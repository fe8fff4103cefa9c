//! Which licences stand below which group. Folded, only those that a person has to see; a licence decides nothing,
//! and no filter of subscriptions is about it.

use std::collections::{HashMap, HashSet};

use smarts_core::machine::{Licence, TermState};
use smarts_core::subscription::Group;

use crate::model::Model;

/// Places of the machine's licences, by the base they are of; `None`: of all bases.
pub(super) type Places<'a> = HashMap<Option<&'a str>, Vec<usize>>;

impl Model {
    /// What is open in this licence file.
    pub fn licence(&self, place: usize) -> Option<&Licence> {
        self.licences().get(place)
    }

    /// How a temporary licence stands today.
    pub fn licence_state(&self, licence: &Licence) -> TermState {
        licence.state(self.now.date(), self.subscriptions.warn_days)
    }

    /// Whether licences stand below it when it is unfolded.
    pub fn has_licences(&self, group: &Group) -> bool {
        self.subscription_page.licensed.contains(&group.base)
    }

    /// Worked out when something changes, not in every frame.
    pub(super) fn licensed_bases(&self) -> HashSet<Option<usize>> {
        let places = self.licence_places();
        let groups = self.subscription_page.overview.groups.iter();
        groups.filter(|group| places.contains_key(&self.licensed(group))).map(|group| group.base).collect()
    }

    pub(super) fn licence_places(&self) -> Places<'_> {
        let mut places = Places::new();
        for (place, licence) in self.licences().iter().enumerate() {
            places.entry(licence.base_id.as_deref()).or_default().push(place);
        }
        places
    }

    /// Whether a licence is told of even where its base is folded.
    pub(super) fn is_ending(&self, place: usize) -> bool {
        let state = self.licence(place).map(|licence| self.licence_state(licence));
        matches!(state, Some(TermState::EndsSoon { .. } | TermState::Ended { .. }))
    }

    pub(super) fn finds_licence(&self, place: usize, needle: &str) -> bool {
        let has =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.to_lowercase().contains(needle));
        self.licence(place)
            .is_some_and(|licence| has(&licence.product) || has(&licence.company) || has(&licence.device))
    }

    /// What the licences of a group say that they are of.
    pub(super) fn licensed(&self, group: &Group) -> Option<&str> {
        group.base.map(|_| self.group_id(group))
    }

    fn licences(&self) -> &[Licence] {
        self.machine.as_ref().map_or(&[], |machine| &machine.licences)
    }
}
