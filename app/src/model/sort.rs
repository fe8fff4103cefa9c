//! In which order the bases stand.
//!
//! The order is stable: bases that are alike keep the machine's. Nothing that a download does moves a row.

use std::cmp::Reverse;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smarts_core::machine::Base;
use smarts_core::offer::{NotManaged, State};
use smarts_core::version::Version;

use super::Model;
use super::list::Entry;

/// By what the bases are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// As the vendor's programs list them.
    #[default]
    Machine,
    /// What can be updated comes first, what is not updated here last.
    State,
    /// By the base's name.
    Name,
    /// By its product, then its name.
    Product,
    /// The oldest version first.
    Installed,
    /// Where a device was seen last comes first.
    LastSeen,
}

/// All of them, as they are offered.
pub const SORTS: [Sort; 6] =
    [Sort::Machine, Sort::State, Sort::Name, Sort::Product, Sort::Installed, Sort::LastSeen];

/// A piece of a name: numbers count as numbers, so that «№ 2» comes before «№ 10».
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Number(u128),
    Text(String),
}

/// Puts places of entries in order.
pub(super) fn sort(model: &Model, places: &mut [usize]) {
    let entry = |place: &usize| model.list.entries.get(*place);
    match model.list.sort {
        Sort::Machine => {}
        Sort::State => places.sort_by_cached_key(|place| entry(place).map(|entry| rank(model, entry))),
        Sort::Name => places.sort_by_cached_key(|place| entry(place).map(|entry| name(model, entry))),
        Sort::Product => places.sort_by_cached_key(|place| {
            entry(place).map(|entry| (pieces(product(model, entry)), name(model, entry)))
        }),
        Sort::Installed => places.sort_by_cached_key(|place| {
            let version = entry(place).and_then(|entry| installed(model, entry));
            (version.is_none(), version)
        }),
        Sort::LastSeen => places.sort_by_cached_key(|place| {
            let base = entry(place).and_then(|entry| model.base(entry));
            Reverse(base.and_then(last_seen))
        }),
    }
}

/// When a device of a base was seen last.
pub fn last_seen(base: &Base) -> Option<Timestamp> {
    base.devices.iter().filter_map(|device| device.last_seen).max()
}

fn rank(model: &Model, entry: &Entry) -> u8 {
    let Some(item) = model.item(entry) else { return 4 };
    match &item.state {
        State::Available { .. } if model.is_marked(item) => 6,
        State::Available { .. } => 0,
        State::Blocked { .. } => 1,
        State::Unknown { .. } => 2,
        State::NotManaged { reason: NotManaged::Damaged { .. } } => 3,
        State::UpToDate => 5,
        State::NotManaged { .. } => 7,
    }
}

fn name(model: &Model, entry: &Entry) -> Vec<Piece> {
    let of_base = model.base(entry).map(|base| base.name.as_str());
    pieces(of_base.or(model.item(entry).map(|item| item.name.as_str())).unwrap_or_default())
}

fn product<'a>(model: &'a Model, entry: &Entry) -> &'a str {
    let of_base = model.base(entry).map(|base| base.product.as_str());
    of_base.or_else(|| model.item(entry)?.product.as_deref()).unwrap_or_default()
}

fn installed(model: &Model, entry: &Entry) -> Option<Version> {
    let of_base = model.base(entry).and_then(|base| base.version);
    of_base.or_else(|| model.item(entry)?.installed)
}

/// Without regard to case, and «ё» where people look for it.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for c in text.to_lowercase().replace('ё', "е").chars() {
        match (c.to_digit(10), pieces.last_mut()) {
            (Some(digit), Some(Piece::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(u128::from(digit));
            }
            (Some(digit), _) => pieces.push(Piece::Number(u128::from(digit))),
            (None, Some(Piece::Text(text))) => text.push(c),
            (None, _) => pieces.push(Piece::Text(c.to_string())),
        }
    }
    pieces
}
