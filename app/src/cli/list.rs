//! `smarts list`: the platform, this program and the bases on this machine, or the reports of many ([`reports`]).

use std::io::{self, Write};

use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::check::SourceFacts;
use smarts_core::machine::{Base, Kind, Machine};

use super::args::List;
use super::{Failure, Status, Streams, json, reports, table};
use crate::i18n::Texts;
use crate::session::Session;

/// Prints the machine. Status 0 even if bases are damaged: the list itself is whole.
pub(super) fn run(
    session: &Session,
    options: &List,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    if let Some(dir) = &options.reports {
        return reports::run(session, dir, options.json, texts, streams);
    }
    let machine = session.machine();
    if options.json {
        json::print(&json::List::of(&machine, texts), streams.out)?;
    } else {
        let source = session.source_facts(&machine);
        print(&machine, &source, session.clock.timestamp(), texts, streams.out)?;
    }
    Ok(Status::Done)
}

fn print(
    machine: &Machine,
    source: &SourceFacts,
    now: Timestamp,
    texts: &Texts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let loader = &texts.loader;
    let platform = match &machine.platform {
        Some(platform) => fl!(loader, "list-platform", version = platform.version.to_string()),
        None if machine.platform_unknown.is_some() => fl!(loader, "list-platform-unread"),
        None => fl!(loader, "list-no-platform"),
    };
    writeln!(out, "{platform}")?;
    if let Some(updater) = &machine.updater {
        writeln!(out, "{}", fl!(loader, "list-updater", version = updater.version.to_string()))?;
    }
    writeln!(out)?;
    if machine.bases_unknown.is_some() {
        writeln!(out, "{}", fl!(loader, "bases-unread"))?;
    } else if machine.bases.is_empty() {
        writeln!(out, "{}", fl!(loader, "list-no-bases"))?;
    } else {
        let headings = vec![
            fl!(loader, "list-base"),
            fl!(loader, "list-product"),
            fl!(loader, "list-version"),
            fl!(loader, "list-kind"),
            fl!(loader, "list-id"),
        ];
        table::print(headings, machine.bases.iter().map(|base| row(base, texts)), out)?;
    }
    writeln!(out, "\n{}", texts.source_line(source, now))?;
    table::print_problems(&json::machine_problems(&machine.problems, texts), texts, out)
}

fn row(base: &Base, texts: &Texts) -> Vec<String> {
    let version = base.version.map_or_else(|| "—".to_owned(), |version| version.to_string());
    vec![base.name.clone(), base.product.clone(), version, kind(&base.kind, texts), base.id.clone()]
}

fn kind(kind: &Kind, texts: &Texts) -> String {
    let loader = &texts.loader;
    match kind {
        Kind::Local => fl!(loader, "kind-local"),
        Kind::InternetExchange => fl!(loader, "kind-internet-exchange"),
        Kind::Remote => fl!(loader, "kind-remote"),
        Kind::Cloud => fl!(loader, "kind-cloud"),
        Kind::Damaged(_) => fl!(loader, "kind-damaged"),
    }
}
