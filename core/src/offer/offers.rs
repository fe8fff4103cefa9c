//! From the machine and the catalogues to the rows of a report.

use crate::catalogue::{self, Feed, Release};
use crate::devices;
use crate::machine::{self, Base, Kind, Machine, Platform, Updater};
use crate::offer::former::{Former, former};
use crate::offer::selection::{self, Suitor};
use crate::offer::{
    Block, Catalogues, Item, NotManaged, Notes, Offer, PLATFORM, State, Subject, UPDATER, Unknown, Warning,
};
use crate::version::Version;

/// What is new for the platform, for every base and for this program, in that order.
///
/// `machine_id` decides whether this PC takes part in a partial rollout; it is hashed and goes nowhere.
pub fn offers(machine: &Machine, catalogues: &Catalogues, machine_id: &str) -> Vec<Item> {
    let platform = match (&machine.platform, &machine.platform_unknown) {
        (Some(platform), _) => Some(platform_item(platform, machine, catalogues, machine_id)),
        (None, Some(fault)) => Some(unknown_platform_item(fault, machine)),
        (None, None) => None,
    };
    let offered_platform =
        platform.as_ref().and_then(Item::offer).and_then(Offer::release).map(|release| release.version);
    let bases =
        machine.bases.iter().map(|base| base_item(base, machine, catalogues, machine_id, offered_platform));
    let bases: Vec<Item> = bases.collect();
    let updater = machine.updater.as_ref().map(|updater| updater_item(updater, catalogues, machine_id));
    platform.into_iter().chain(bases).chain(updater).collect()
}

fn platform_item(platform: &Platform, machine: &Machine, catalogues: &Catalogues, machine_id: &str) -> Item {
    let suitor = Suitor { installed: &platform.version, is_platform: true, tag: None, machine_id };
    let feed = Feed::platform(platform.version.flavour());
    let (state, mut warnings) = if machine.config.check_platform {
        state(Some(&feed), catalogues, &suitor)
    } else {
        (State::NotManaged { reason: NotManaged::SwitchedOff }, Vec::new())
    };
    if let State::Available { offer } | State::Blocked { offer, .. } = &state
        && let Some(release) = offer.release()
    {
        warnings.extend(devices_stop(machine, platform, &release.version));
    }
    let former = former(Some(&feed), catalogues, &suitor);
    Item { installed: Some(platform.version), warnings, former, ..platform_row(state) }
}

fn unknown_platform_item(fault: &machine::Fault, machine: &Machine) -> Item {
    platform_row(if machine.config.check_platform {
        State::Unknown { reason: Unknown::Platform { fault: fault.clone() } }
    } else {
        State::NotManaged { reason: NotManaged::SwitchedOff }
    })
}

fn platform_row(state: State) -> Item {
    Item {
        id: PLATFORM.to_owned(),
        subject: Subject::Platform,
        name: "Mobile SMARTS".to_owned(),
        product: None,
        installed: None,
        state,
        covered: None,
        former: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Of this program; the switches of `common.config` are about the platform and the products.
fn updater_item(updater: &Updater, catalogues: &Catalogues, machine_id: &str) -> Item {
    let suitor = Suitor { installed: &updater.version, is_platform: false, tag: None, machine_id };
    let feed = Feed::updater();
    let (state, warnings) = if catalogues.get(&feed).is_some_and(catalogue::is_absent) {
        (State::NotManaged { reason: NotManaged::NoReleasesHere }, Vec::new())
    } else {
        state(Some(&feed), catalogues, &suitor)
    };
    Item {
        id: UPDATER.to_owned(),
        subject: Subject::Updater,
        name: "Mobile SMARTS Updater".to_owned(),
        product: None,
        installed: Some(updater.version),
        state,
        covered: None,
        former: Vec::new(),
        warnings,
    }
}

fn base_item(
    base: &Base,
    machine: &Machine,
    catalogues: &Catalogues,
    machine_id: &str,
    offered_platform: Option<Version>,
) -> Item {
    let not_managed = |reason| (State::NotManaged { reason }, Vec::new());
    let (state, mut warnings) = match (&base.kind, &base.version) {
        (Kind::Cloud, _) => not_managed(NotManaged::Cloud),
        (Kind::Remote, _) => not_managed(NotManaged::Remote),
        (Kind::Damaged(damage), _) => not_managed(NotManaged::Damaged { damage: damage.clone() }),
        (Kind::Local | Kind::InternetExchange, _) if !machine.config.check_products => {
            not_managed(NotManaged::SwitchedOff)
        }
        (Kind::Local | Kind::InternetExchange, None) => {
            not_managed(NotManaged::Damaged { damage: crate::machine::Damage::NoVersion })
        }
        (Kind::Local | Kind::InternetExchange, Some(installed)) => {
            let suitor = Suitor { installed, is_platform: false, tag: base.tag.as_deref(), machine_id };
            match (Feed::product(base), Feed::stated(base)) {
                (None, Some(path)) => {
                    let path = path.chars().take(80).collect();
                    (State::Unknown { reason: Unknown::UnsafeFeed { path } }, Vec::new())
                }
                (feed, _) => state(feed.as_ref(), catalogues, &suitor),
            }
        }
    };
    if let State::Available { offer } | State::Blocked { offer, .. } = &state {
        let installed = machine.platform.as_ref().map(|platform| platform.version);
        warnings.extend(needs_platform(offer, installed, offered_platform));
    }
    Item {
        id: base.id.clone(),
        subject: Subject::Base,
        name: base.name.clone(),
        product: Some(base.product.clone()),
        installed: base.version,
        state,
        covered: None,
        former: former_of_base(base, catalogues, machine_id),
        warnings,
    }
}

fn former_of_base(base: &Base, catalogues: &Catalogues, machine_id: &str) -> Vec<Former> {
    let Some(installed) = base.version.as_ref().filter(|_| base.is_managed()) else { return Vec::new() };
    let suitor = Suitor { installed, is_platform: false, tag: base.tag.as_deref(), machine_id };
    former(Feed::product(base).as_ref(), catalogues, &suitor)
}

fn state(feed: Option<&Feed>, catalogues: &Catalogues, suitor: &Suitor<'_>) -> (State, Vec<Warning>) {
    let unknown = |reason| (State::Unknown { reason }, Vec::new());
    let Some(read) = feed.and_then(|feed| catalogues.get(feed)) else { return unknown(Unknown::NoFeed) };
    let catalogue = match read {
        Ok(catalogue) => catalogue,
        Err(error) => return unknown(Unknown::Catalogue { error: error.clone() }),
    };
    let selection = selection::select(&catalogue.releases, suitor);
    let unreachable = selection.unreachable.map(|release| Warning::Unreachable { version: release.version });
    let warnings = unreachable.into_iter().collect();
    if selection.steps.is_empty() {
        let unread = catalogue.problems.iter().filter_map(|problem| problem.unread);
        let unread = unread.filter(|version| suitor.is_newer(version));
        return match unread.max_by_key(|version| suitor.order(version)) {
            Some(version) => unknown(Unknown::Unread { version }),
            None if catalogue.incomplete => unknown(Unknown::IncompleteList),
            None => (State::UpToDate, warnings),
        };
    }
    let blocks: Vec<Block> = selection
        .steps
        .iter()
        .filter(|release| release.file.is_none())
        .map(|release| Block::NoFile { version: release.version })
        .collect();
    let is_step = |release: &&Release| selection.steps.iter().any(|step| step.version == release.version);
    let others = selection.passed.iter().copied().filter(|release| !is_step(release));
    let offer = Offer {
        others: others.map(without_notes).collect(),
        notes: selection.passed.iter().copied().map(notes).collect(),
        steps: selection.steps.iter().copied().map(without_notes).collect(),
    };
    let state = if blocks.is_empty() { State::Available { offer } } else { State::Blocked { offer, blocks } };
    (state, warnings)
}

fn without_notes(release: &Release) -> Release {
    Release { notes: String::new(), ..release.clone() }
}

fn notes(release: &Release) -> Notes {
    Notes { version: release.version, date: release.date, text: release.notes.clone() }
}

/// Names, of the platforms asked for on the way, one that does for all the steps; of the installed flavour,
/// if there is a choice.
fn needs_platform(offer: &Offer, installed: Option<Version>, offered: Option<Version>) -> Option<Warning> {
    let asked: Vec<Version> = offer
        .steps
        .iter()
        .filter_map(|release| release.min_platform)
        .filter(|minimum| !installed.is_some_and(|installed| installed.platform_satisfies(minimum)))
        .collect();
    let does_for_all = |version: &Version| asked.iter().all(|minimum| version.platform_satisfies(minimum));
    let flavour = installed.and_then(|installed| installed.flavour());
    let minimum = asked.iter().copied().max_by_key(|minimum| {
        (does_for_all(minimum), minimum.flavour() == flavour, minimum.platform_key())
    })?;
    Some(Warning::NeedsPlatform { minimum, installed, available: offered.filter(does_for_all) })
}

/// What to know before installing this offer, besides what subscriptions say; `offered`: the platform's release.
pub(super) fn warnings_of(
    offer: &Offer,
    subject: Subject,
    machine: &Machine,
    offered: Option<Version>,
) -> Option<Warning> {
    let platform = machine.platform.as_ref();
    match subject {
        Subject::Platform => devices_stop(machine, platform?, &offer.release()?.version),
        Subject::Base => needs_platform(offer, platform.map(|platform| platform.version), offered),
        Subject::Updater => None,
    }
}

/// The devices of the bases on this PC whose app connects today and would not connect to `server`, as
/// [`devices::app::that_stop`] has it. `None`: there are none.
pub fn devices_stop(machine: &Machine, platform: &Platform, server: &Version) -> Option<Warning> {
    let stopping = devices::app::that_stop(machine, platform, server);
    let assumed = stopping.iter().any(|one| one.app.is_assumed());
    let mut devices: Vec<String> = stopping.into_iter().map(|one| one.device.id.clone()).collect();
    devices.sort();
    devices.dedup();
    (!devices.is_empty()).then_some(Warning::DevicesStop { devices, assumed })
}

#[cfg(test)]
mod tests;
