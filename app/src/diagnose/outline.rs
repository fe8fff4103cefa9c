//! Which findings there are, in which order, and what they belong to.

use serde::Serialize;

use super::titles;
use crate::i18n::Texts;

/// What a finding belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// The source and the way to it.
    Source,
    /// This program.
    Program,
    /// Its files.
    Files,
    /// What happens without a window.
    Background,
    /// The PC and Mobile SMARTS on it.
    Pc,
}

/// A place for a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Of the finding.
    pub id: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What it is about, in a word or two.
    pub title: String,
}

/// How one sees whether a source is reached; which of them depends on where it lies.
const WAY: [&str; 11] = [
    "name",
    "port_443",
    "port_80",
    "port",
    "proxy_port",
    "tls",
    "answer",
    "source_folder",
    "second_host",
    "firewall",
    "vendor_address",
];

/// All others, as they are told; those of [`WAY`] stand after the proxy.
const ALL: [(Group, &[&str]); 5] = [
    (Group::Source, &["source", "trust", "proxy", "ca_file", "clock"]),
    (Group::Program, &["program", "signature", "settings", "policy", "renderer"]),
    (Group::Files, &["folder", "state_folder", "downloads", "backups", "log", "journal", "changes"]),
    (Group::Background, &["task", "last_check", "event_log", "event_source"]),
    (Group::Pc, &["windows", "platform", "bases", "rights", "reboot"]),
];
const AFTER: &str = "ca_file";

/// What a finding belongs to.
pub(super) fn group_of(id: &str) -> Group {
    let found = ALL.into_iter().find(|(_, ids)| ids.contains(&id));
    found.map_or(Group::Source, |(group, _)| group)
}

/// The places for all findings, in their order; `asked`: those on the way.
pub(super) fn slots(asked: &[&str], texts: &Texts) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (group, ids) in ALL {
        for id in ids {
            slots.push(slot(id, group, texts));
            if *id == AFTER {
                let of_way = WAY.into_iter().filter(|id| asked.contains(id));
                slots.extend(of_way.map(|id| slot(id, group, texts)));
            }
        }
    }
    slots
}

fn slot(id: &'static str, group: Group, texts: &Texts) -> Slot {
    Slot { id, group, title: titles::title(id, texts) }
}

impl Texts {
    /// Above the findings of a group.
    pub(crate) fn diagnosis_group(&self, group: Group) -> String {
        titles::group(group, self)
    }
}
