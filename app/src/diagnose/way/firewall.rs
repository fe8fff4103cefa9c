//! What a firewall has to let through, to be copied; and the address that the vendor's instruction names.

use std::net::IpAddr;

use i18n_embed_fl::fl;

use smarts_core::http::is_loopback;
use smarts_core::probe;
use url::Url;

use super::{Looks, SHORT, is_written};
use crate::diagnose::{Line, State};
use crate::i18n::Texts;
use crate::session::SiteWay;

/// In the vendor's instruction for administrators of networks, as an example (domain knowledge, not looked up).
const VENDORS: &str = "138.201.29.215";

/// For a site that is reached directly.
pub(super) fn line(common: &Looks, addresses: &[IpAddr]) -> Line {
    let loader = &common.texts().loader;
    if common.is_of_this_pc() {
        return Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall-none"), "");
    }
    let rule = direct(&common.way.url, addresses, common.texts());
    Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall"), rule)
}

fn direct(url: &Url, addresses: &[IpAddr], texts: &Texts) -> String {
    let loader = &texts.loader;
    let host = url.host_str().unwrap_or_default();
    let ports = ports(url, texts);
    let addresses = joined(addresses);
    if addresses.is_empty() {
        fl!(loader, "diagnose-firewall-rule-unresolved", host = host, ports = ports)
    } else {
        fl!(loader, "diagnose-firewall-rule", host = host, addresses = addresses, ports = ports)
    }
}

/// What has to be let through for the other half of a source, where there is one and it is no part of this PC.
pub(super) async fn of_second(second: Option<&SiteWay>, texts: &Texts) -> Option<String> {
    let second = second.filter(|second| !is_loopback(&second.url))?;
    let host = second.url.host_str().unwrap_or_default();
    if second.proxy.is_some() {
        return Some(of_proxy(&second.url, texts));
    }
    let mut addresses = probe::addresses(host, SHORT).await.unwrap_or_default();
    addresses.retain(|address| !is_written(host, *address));
    Some(direct(&second.url, &addresses, texts))
}

/// The rule with that for the other half below it.
pub(super) fn with_second(line: Line, second: Option<String>, texts: &Texts) -> Line {
    match second {
        None => line,
        Some(rule) if line.detail.is_empty() => alone(Some(rule), texts),
        Some(rule) => Line { detail: format!("{}\n{rule}", line.detail), ..line },
    }
}

/// Where the first half needs no rule.
pub(super) fn alone(rule: Option<String>, texts: &Texts) -> Line {
    let loader = &texts.loader;
    match rule {
        Some(rule) => Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall"), rule),
        None => Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall-none"), ""),
    }
}

/// For a site that is reached by a proxy: of this PC the proxy alone.
pub(super) fn for_proxy(common: &Looks, proxy: &str) -> Line {
    let loader = &common.texts().loader;
    let this_pc = fl!(loader, "diagnose-firewall-rule-proxy", proxy = proxy);
    let of_proxy = of_proxy(&common.way.url, common.texts());
    Line::new("firewall", State::Neutral, fl!(loader, "diagnose-firewall"), format!("{this_pc}\n{of_proxy}"))
}

fn of_proxy(url: &Url, texts: &Texts) -> String {
    let host = url.host_str().unwrap_or_default();
    fl!(texts.loader, "diagnose-firewall-rule-of-proxy", host = host, ports = ports(url, texts))
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

fn ports(url: &Url, texts: &Texts) -> String {
    match url.port() {
        Some(port) => port.to_string(),
        None => fl!(texts.loader, "diagnose-firewall-ports"),
    }
}

fn joined(addresses: &[IpAddr]) -> String {
    addresses.iter().map(IpAddr::to_string).collect::<Vec<_>>().join(", ")
}
