//! Findings about the way to the source: its host's name, its ports, its certificate, its answer, what a firewall has
//! to let through, and what its clock says of ours.
//!
//! Asked is nobody but the source itself; where a proxy stands in between, the proxy, and by it the source: names are
//! resolved and ports opened there. Each look has an end of its own, whatever the others do.

mod certificate;
mod clock;
mod firewall;
mod reach;

pub(super) use self::clock::without_server;
pub(super) use self::reach::folder;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use i18n_embed_fl::fl;
use smarts_core::http::{host_and_port, is_loopback};
use smarts_core::probe::{self, NameFault};

use super::{Desk, Line, State};
use crate::i18n::Texts;
use crate::session::{SiteWay, Way, Ways};

/// For a name, and for a port.
const SHORT: Duration = Duration::from_secs(4);
/// For a certificate, and for an answer.
const LONG: Duration = Duration::from_secs(6);

/// What the looks have in common.
pub(super) struct Looks {
    pub(super) way: SiteWay,
    /// To the other half of the source, where it has two.
    pub(super) second: Option<SiteWay>,
    pub(super) desk: Arc<dyn Desk>,
    pub(super) now: jiff::Timestamp,
    /// No moment before this one is believed, by what was signed.
    pub(super) at_least: Option<jiff::Timestamp>,
}

/// Findings that come once something was asked.
pub(super) type Look = BoxFuture<'static, Vec<Line>>;

/// The findings there are on the ways, in no order.
pub(super) fn ids(ways: &Ways) -> Vec<&'static str> {
    let mut ids = of_first(&ways.first);
    if ways.second.is_some() {
        ids.push("second_host");
        if !ids.contains(&"firewall") {
            ids.push("firewall");
        }
    }
    ids
}

fn of_first(way: &Way) -> Vec<&'static str> {
    match way {
        Way::Nowhere(_) => Vec::new(),
        Way::Folder { .. } => vec!["source_folder"],
        Way::Site(site) => {
            let mut ids = vec!["answer", "firewall"];
            if site.url.scheme() == "https" {
                ids.push("tls");
            }
            if site.proxy.is_some() {
                ids.push("proxy_port");
            } else {
                ids.push("name");
                ids.extend(ports(site).into_iter().map(|(id, _)| id));
                if is_vendors(site) {
                    ids.push("vendor_address");
                }
            }
            ids
        }
    }
}

/// Ports with the ids of their findings.
fn ports(site: &SiteWay) -> Vec<(&'static str, u16)> {
    match site.url.port() {
        Some(port) => vec![("port", port)],
        None => vec![("port_443", 443), ("port_80", 80)],
    }
}

fn is_vendors(site: &SiteWay) -> bool {
    let vendor = smarts_core::settings::DEFAULT_SOURCE;
    vendor.split_once("://").map(|(_, host)| host) == site.url.host_str()
}

/// All looks at a site.
pub(super) fn looks(common: &Arc<Looks>) -> Vec<Look> {
    let site = &common.way;
    let mut looks: Vec<Look> = vec![answer(Arc::clone(common))];
    if let Some(second) = &common.second {
        looks.push(other_half(second.clone(), Arc::clone(&common.desk)));
    }
    if let Some(proxy) = &site.proxy {
        looks.push(proxy_port(Arc::clone(common), proxy.address.host_and_port()));
    } else {
        looks.push(name(Arc::clone(common)));
        let ports = ports(site).into_iter();
        looks.extend(ports.map(|(id, number)| port(Arc::clone(common), id, number)));
    }
    looks
}

/// The name, and what depends on its addresses.
fn name(common: Arc<Looks>) -> Look {
    Box::pin(async move {
        let host = common.host();
        let (found, rule) = tokio::join!(
            probe::addresses(&host, SHORT),
            firewall::of_second(common.second.as_ref(), common.texts())
        );
        let mut lines = vec![name_line(&host, &found, common.texts())];
        let mut addresses = found.unwrap_or_default();
        addresses.retain(|address| !is_written(&host, *address));
        lines.push(firewall::with_second(firewall::line(&common, &addresses), rule, common.texts()));
        if is_vendors(&common.way) {
            lines.push(firewall::vendors(&addresses, common.texts()));
        }
        lines
    })
}

/// A source may be named by its address; IPv6 stands in brackets then.
fn is_written(host: &str, address: IpAddr) -> bool {
    host.trim_matches(['[', ']']) == address.to_string()
}

fn name_line(host: &str, found: &Result<Vec<IpAddr>, NameFault>, texts: &Texts) -> Line {
    let loader = &texts.loader;
    match found {
        Ok(addresses) if addresses.iter().any(|address| is_written(host, *address)) => {
            Line::new("name", State::Neutral, fl!(loader, "diagnose-name-written", host = host), "")
        }
        Ok(addresses) => {
            let all: Vec<String> = addresses.iter().map(IpAddr::to_string).collect();
            Line::new("name", State::Ok, fl!(loader, "diagnose-name", host = host), all.join(", "))
        }
        Err(fault) => {
            let (text, detail) = match fault {
                NameFault::NotFound { detail } => {
                    (fl!(loader, "diagnose-no-name", host = host), detail.clone())
                }
                NameFault::Timeout => (fl!(loader, "diagnose-name-late", host = host), String::new()),
            };
            Line::new("name", State::Attention, text, detail).advise(fl!(loader, "advice-name"))
        }
    }
}

fn port(common: Arc<Looks>, id: &'static str, number: u16) -> Look {
    Box::pin(async move {
        let found = probe::port(&common.host(), number, SHORT).await;
        let is_needed = common.way.url.port_or_known_default() == Some(number);
        vec![reach::port(id, number, is_needed, &found, common.texts())]
    })
}

fn proxy_port(common: Arc<Looks>, address: String) -> Look {
    Box::pin(async move {
        let found = match address.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => probe::port(host, port, SHORT).await,
            Some((_, Err(_))) | None => Err(probe::PortFault::Other { detail: address.clone() }),
        };
        let rule = firewall::of_second(common.second.as_ref(), common.texts()).await;
        let line = firewall::with_second(firewall::for_proxy(&common, &address), rule, common.texts());
        vec![reach::proxy(&address, &found, common.texts()), line]
    })
}

/// What the source answers, by one request; and beside it whose certificate it shows.
fn answer(common: Arc<Looks>) -> Look {
    Box::pin(async move {
        let (http, url) = (&common.way.http, &common.way.url);
        let is_secure = url.scheme() == "https";
        let shown = async { if is_secure { Some(probe::certificate(http, url, LONG).await) } else { None } };
        let (shown, answered) = tokio::join!(shown, probe::answer(http, url, LONG));
        let clock = clock::line(common.now, &answered, common.at_least, common.texts());
        let tls = shown.map(|shown| certificate::line(&common, &shown, &answered));
        [reach::answer(&common, &answered), clock].into_iter().chain(tls).collect()
    })
}

/// Whether the other half of a source answers, whatever it says.
fn other_half(second: SiteWay, desk: Arc<dyn Desk>) -> Look {
    Box::pin(async move {
        let answered = probe::answer(&second.http, &second.url, LONG).await;
        vec![reach::second(&second, &answered, desk.texts())]
    })
}

/// The same where the first half is a folder: the rule for the firewall is about this one alone.
pub(super) fn second_alone(second: SiteWay, desk: &Arc<dyn Desk>) -> Vec<Look> {
    let (of_rule, texts_of) = (second.clone(), Arc::clone(desk));
    let rule: Look = Box::pin(async move {
        let rule = firewall::of_second(Some(&of_rule), texts_of.texts()).await;
        vec![firewall::alone(rule, texts_of.texts())]
    });
    vec![other_half(second, Arc::clone(desk)), rule]
}

impl Looks {
    fn texts(&self) -> &Texts {
        self.desk.texts()
    }

    fn host(&self) -> String {
        self.way.url.host_str().unwrap_or_default().to_owned()
    }

    fn host_and_port(&self) -> String {
        host_and_port(&self.way.url)
    }

    fn is_of_this_pc(&self) -> bool {
        is_loopback(&self.way.url)
    }
}

#[cfg(test)]
mod tests;
