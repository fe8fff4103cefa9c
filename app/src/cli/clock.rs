//! A clock that is behind, said where subscriptions are known or decide: by its day one that has ended seems to hold.

use smarts_core::check::Report;
use smarts_core::offer::{Block, Item, State, Warning};
use smarts_core::subscription::{ClockBehind, clock_behind};

use crate::session::Session;

/// Whether that is to be said beside a report; `before`: what the report before it had said.
pub(super) fn behind(session: &Session, before: Option<ClockBehind>, report: &Report) -> Option<ClockBehind> {
    let has_records = || !session.subscriptions().records.is_empty();
    if !report.items.iter().any(is_about_subscriptions) && !has_records() {
        return None;
    }
    let now = &session.clock.now();
    clock_behind(report, now).into_iter().chain(before).max_by_key(|behind| behind.at_least)
}

fn is_about_subscriptions(item: &Item) -> bool {
    let is_warned = item.warnings.iter().any(|warning| match warning {
        Warning::SubscriptionUnknown(_) | Warning::ExchangeEnds { .. } => true,
        Warning::NeedsPlatform { .. } | Warning::DevicesStop { .. } | Warning::Unreachable { .. } => false,
    });
    let State::Blocked { blocks, .. } = &item.state else { return is_warned };
    is_warned || blocks.iter().any(|block| !matches!(block, Block::NoFile { .. }))
}
