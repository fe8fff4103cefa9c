//! What subscriptions say about the items of a report: which releases are covered, which are not, and why.
//!
//! A function of the items, the machine and what is known of subscriptions, that may be applied to the same
//! items again and again: a date that a person has just entered counts at once, without another check. A release
//! that is not covered for a device is blocked, the newest covered one is named beside it and can be had in its
//! place; which it is may be known only once older releases were read ([`super::uncovered`]). Nothing known is a
//! warning or, where the settings want that, a block, and never taken for covered.
//! Deliberately not here: the rule itself ([`crate::subscription`]), and going back to a former version.

use std::collections::HashMap;

use jiff::civil::Date;

use super::caught_up::catch_up;
use super::former::Former;
use super::offers;
use super::selection::{Suitor, order, way};
use super::{Block, Item, Offer, State, Subject, Warning};
use crate::machine::{Base, Kind, Machine};
use crate::subscription::{Facts, Holder, Judgement, Standings, Unjudged};
use crate::version::Version;

/// Fits the items of a report to the machine and to the subscriptions as they are now.
pub fn refit(items: &mut Vec<Item>, machine: &Machine, facts: &Facts<'_>) {
    catch_up(items, machine);
    cover(items, machine, facts);
}

/// Says of each item what the subscriptions say. What was said of them before is taken back first.
pub fn cover(items: &mut [Item], machine: &Machine, facts: &Facts<'_>) {
    let bases: HashMap<&str, &Base> = machine.bases.iter().map(|base| (base.id.as_str(), base)).collect();
    for item in items {
        take_back(item);
        let base = bases.get(item.id.as_str()).copied();
        let Some(standings) = standings(item.subject, base, machine, facts) else { continue };
        judge(item, &standings, facts);
        if base.is_some_and(|base| item.subject == Subject::Base && base.kind == Kind::InternetExchange) {
            item.warnings.extend(exchange_ends(&standings, facts));
            item.warnings.extend(exchange_unknown(item, &standings, facts));
        }
    }
}

/// The last day that is covered for each of these items, if anything is known of the subscriptions it needs.
pub fn last_days(items: &[Item], machine: &Machine, facts: &Facts<'_>) -> Vec<Option<Date>> {
    let bases: HashMap<&str, &Base> = machine.bases.iter().map(|base| (base.id.as_str(), base)).collect();
    let last_day = |item: &Item| {
        let base = bases.get(item.id.as_str()).copied();
        standings(item.subject, base, machine, facts)?.last_day()
    };
    items.iter().map(last_day).collect()
}

/// `None`: what is not updated here, and this program, need no subscription.
pub(super) fn standings(
    subject: Subject,
    base: Option<&Base>,
    machine: &Machine,
    facts: &Facts<'_>,
) -> Option<Standings> {
    match subject {
        Subject::Platform => Some(Standings::of_platform(facts, machine)),
        Subject::Base => base.filter(|base| base.is_managed()).map(|base| Standings::of_base(facts, base)),
        Subject::Updater => None,
    }
}

fn take_back(item: &mut Item) {
    item.covered = None;
    item.warnings.retain(|warning| match warning {
        Warning::SubscriptionUnknown(_) | Warning::ExchangeEnds { .. } => false,
        Warning::NeedsPlatform { .. } | Warning::DevicesStop { .. } | Warning::Unreachable { .. } => true,
    });
    if let State::Blocked { offer, blocks } = &mut item.state {
        blocks.retain(|block| match block {
            Block::SubscriptionEnded(_) | Block::SubscriptionUnknown(_) => false,
            Block::NoFile { .. } => true,
        });
        if blocks.is_empty() {
            item.state = State::Available { offer: offer.clone() };
        }
    }
}

fn judge(item: &mut Item, standings: &Standings, facts: &Facts<'_>) {
    item.covered = standings.last_day().and_then(|last_day| newest_covered(item, last_day));
    let Some(offer) = item.offer() else { return };
    let released: Vec<Option<Date>> = offer.steps.iter().map(|step| step.date).collect();
    match standings.judge(&released, facts) {
        Judgement::Covered => {}
        Judgement::Ended(ended) => {
            block(item, Block::SubscriptionEnded(ended));
            // It holds for the covered release, too, that may be had in place of this one.
            let about = standings.unjudged(false, facts);
            if about != Unjudged::default() {
                unknown(item, about, standings.unknown_stops(facts));
            }
        }
        Judgement::Unknown { about, stops } => unknown(item, about, stops),
    }
}

fn unknown(item: &mut Item, about: Unjudged, stops: bool) {
    if stops {
        block(item, Block::SubscriptionUnknown(about));
    } else {
        item.warnings.push(Warning::SubscriptionUnknown(about));
    }
}

fn block(item: &mut Item, block: Block) {
    match &mut item.state {
        State::Available { offer } => {
            item.state = State::Blocked { offer: offer.clone(), blocks: vec![block] };
        }
        State::Blocked { blocks, .. } => blocks.push(block),
        State::UpToDate | State::NotManaged { .. } | State::Unknown { .. } => {}
    }
}

/// Of what is offered, passed over and installed.
pub(super) fn newest_covered(item: &Item, last_day: Date) -> Option<Version> {
    let offered = item.offer().into_iter().flat_map(|offer| offer.steps.iter().chain(&offer.others));
    let known = offered.filter_map(Former::of).chain(item.former.iter().cloned());
    let covered = known.filter(|one| one.date <= last_day).map(|one| one.version);
    covered.max_by_key(|version| order(item.subject == Subject::Platform, version))
}

fn exchange_ends(standings: &Standings, facts: &Facts<'_>) -> Option<Warning> {
    let devices = standings.ending_soon(facts);
    (!devices.is_empty()).then_some(Warning::ExchangeEnds { devices })
}

/// A subscription is compulsory whatever is offered, so devices without a record are named also where nothing is.
fn exchange_unknown(item: &Item, standings: &Standings, facts: &Facts<'_>) -> Option<Warning> {
    let is_warned = item.warnings.iter().any(|warning| matches!(warning, Warning::SubscriptionUnknown(_)));
    let about = standings.unjudged(false, facts);
    let is_to_be_said = !about.devices.is_empty() && !is_warned && !item.is_stopped_by_no_data();
    is_to_be_said.then_some(Warning::SubscriptionUnknown(about))
}

impl Item {
    /// The devices whose subscription ended too early for what is offered; none where that is not the matter.
    pub fn ended(&self) -> &[Holder] {
        let State::Blocked { blocks, .. } = &self.state else { return &[] };
        let ended = blocks.iter().find_map(|block| match block {
            Block::SubscriptionEnded(ended) => Some(ended.devices.as_slice()),
            Block::SubscriptionUnknown(_) | Block::NoFile { .. } => None,
        });
        ended.unwrap_or_default()
    }

    /// The way to the newest release that is covered and can be had, where what is offered is not covered. None
    /// either where there are devices without a record, and the settings want that to be a stop.
    pub fn covered_offer(&self) -> Option<Offer> {
        if self.is_stopped_by_no_data() {
            return None;
        }
        let last_day = self.ended().iter().map(|holder| holder.until).min()?;
        let (offer, installed) = (self.offer()?, self.installed?);
        let is_platform = self.subject == Subject::Platform;
        let suitor = Suitor { installed: &installed, is_platform, tag: None, machine_id: "" };
        let is_covered = |released: Option<Date>| released.is_some_and(|released| released <= last_day);
        let covered = offer.steps.iter().chain(&offer.others).filter(|release| is_covered(release.date));
        let covered: Vec<_> = covered.filter(|release| release.file.is_some()).collect();
        let steps: Vec<_> = way(&covered, &suitor).into_iter().cloned().collect();
        let last = suitor.order(&steps.last()?.version);
        let notes =
            offer.notes.iter().filter(|notes| suitor.order(&notes.version) <= last).cloned().collect();
        Some(Offer { steps, notes, others: Vec::new() })
    }

    fn is_stopped_by_no_data(&self) -> bool {
        let State::Blocked { blocks, .. } = &self.state else { return false };
        blocks.iter().any(|block| matches!(block, Block::SubscriptionUnknown(_)))
    }

    /// The same item with the covered release in place of the newest one.
    pub fn with_covered(&self, machine: &Machine) -> Option<Self> {
        let offer = self.covered_offer()?;
        let platform = self.warnings.iter().find_map(|warning| match warning {
            Warning::NeedsPlatform { available, .. } => *available,
            _ => None,
        });
        let mut item = Self { state: State::Available { offer: offer.clone() }, ..self.clone() };
        item.warnings.retain(|warning| match warning {
            Warning::NeedsPlatform { .. } | Warning::DevicesStop { .. } | Warning::Unreachable { .. } => {
                false
            }
            Warning::SubscriptionUnknown(_) | Warning::ExchangeEnds { .. } => true,
        });
        item.warnings.extend(offers::warnings_of(&offer, item.subject, machine, platform));
        Some(item)
    }
}

#[cfg(test)]
mod tests;
