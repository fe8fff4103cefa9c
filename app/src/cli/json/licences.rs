//! `licences` in `subscription list --json`: what is open in the licence files of this PC.
//!
//! `base` is the one in whose folder the file at `path` lies; `null`: it lies in the folder for all bases. `until` is
//! the last day of a temporary licence, and no subscription: it decides nothing. `state` is `unlimited` where no end is
//! told, `unread` where it cannot be read, else `active`, `ends_soon` or `ended`.

use jiff::civil::Date;
use serde::Serialize;
use smarts_core::machine::{Licence, Machine, Term, TermState};

use super::subscriptions::ListedBase;

#[derive(Debug, Serialize)]
pub(super) struct ListedLicence {
    base: Option<ListedBase>,
    path: String,
    product_id: Option<String>,
    product: Option<String>,
    company: Option<String>,
    max_clients: Option<u32>,
    device: Option<String>,
    until: Option<Date>,
    state: &'static str,
    uid: Option<String>,
    preset_id: Option<String>,
}

impl ListedLicence {
    pub(super) fn of(licence: &Licence, machine: &Machine, today: Date, warn_days: u16) -> Self {
        let base = licence.base_id.as_deref().and_then(|id| machine.base(id));
        let until = match licence.term {
            Term::Until(day) => Some(day),
            Term::Unlimited | Term::Unread => None,
        };
        let state = match licence.state(today, warn_days) {
            TermState::Active if until.is_none() => "unlimited",
            TermState::Active => "active",
            TermState::EndsSoon { .. } => "ends_soon",
            TermState::Ended { .. } => "ended",
            TermState::Unread => "unread",
        };
        Self {
            base: base.map(|base| ListedBase { id: base.id.clone(), name: base.name.clone() }),
            path: licence.path.clone(),
            product_id: licence.product_id.clone(),
            product: licence.product.clone(),
            company: licence.company.clone(),
            max_clients: licence.max_clients,
            device: licence.device.clone(),
            until,
            state,
            uid: licence.uid.clone(),
            preset_id: licence.preset_id.clone(),
        }
    }
}
