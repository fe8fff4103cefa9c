//! What a firewall has to let through, to be copied; and the address that the vendor's instruction names.

use std::net::IpAddr;

use i18n_embed_fl::fl;

use super::Looks;
use crate::diagnose::{Line, State};
use crate::i18n::Texts;

/// In the vendor's instruction for administrators of networks, as an example (domain knowledge, not looked up).
const VENDORS: &str = "138.201.29.215";

/// For a site that is reached directly.
pub(super) fn line(common: &Looks, addresses: &[IpAddr]) -> Line {
    let loader = &common.texts().loader;
    if common.is_of_this_pc() {
        return Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall-none"), "");
    }
    let host = common.host();
    let ports = ports(common, common.texts());
    let addresses = joined(addresses);
    let rule = if addresses.is_empty() {
        fl!(loader, "diagnose-firewall-rule-unresolved", host = host, ports = ports)
    } else {
        fl!(loader, "diagnose-firewall-rule", host = host, addresses = addresses, ports = ports)
    };
    Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall"), rule)
}

/// For a site that is reached by a proxy: of this PC the proxy alone.
pub(super) fn for_proxy(common: &Looks, proxy: &str) -> Line {
    let loader = &common.texts().loader;
    let ports = ports(common, common.texts());
    let (this_pc, of_proxy) = (
        fl!(loader, "diagnose-firewall-rule-proxy", proxy = proxy),
        fl!(loader, "diagnose-firewall-rule-of-proxy", host = common.host(), ports = ports),
    );
    Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall"), format!("{this_pc}\n{of_proxy}"))
}

/// A fact beside a fact, never a fault: addresses change, and instructions do not.
pub(super) fn vendors(addresses: &[IpAddr], texts: &Texts) -> Line {
    let loader = &texts.loader;
    let is_one = addresses.iter().any(|address| address.to_string() == VENDORS);
    let text = if addresses.is_empty() {
        fl!(loader, "diagnose-vendor-address", address = VENDORS)
    } else if is_one {
        fl!(loader, "diagnose-vendor-address-same", address = VENDORS)
    } else {
        fl!(loader, "diagnose-vendor-address-other", address = VENDORS, now = joined(addresses))
    };
    Line::new("vendor_address", State::Neutral, text, "")
}

fn ports(common: &Looks, texts: &Texts) -> String {
    match common.way.url.port() {
        Some(port) => port.to_string(),
        None => fl!(texts.loader, "diagnose-firewall-ports"),
    }
}

fn joined(addresses: &[IpAddr]) -> String {
    addresses.iter().map(IpAddr::to_string).collect::<Vec<_>>().join(", ")
}
