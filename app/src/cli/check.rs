//! `smarts check`: what is new for the platform, the bases and this program.

use std::io::{self, Write};

use i18n_embed_fl::fl;
use jiff::Timestamp;
use smarts_core::check::Report;
use smarts_core::offer::{Block, Item, State, Subject, Warning};
use smarts_core::subscription::ClockBehind;

use super::args::Json;
use super::expired::{self, Unchecked};
use super::{Failure, Status, Streams, clock, json, table};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Checks, keeps the report, and prints it; a failed check prints the same shape with everything unknown.
pub(super) fn run(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    let clock_before = session.clock_behind();
    let (report, failure) = match expired::check(session, &machine, None, None, texts, streams) {
        Ok(report) => (report, None),
        Err(Unchecked { report, failure, .. }) => (*report, Some(failure)),
    };
    let clock = clock::behind(session, clock_before, &report);
    if options.json {
        json::print(&json::Checked::of(&report, clock, texts), streams.out)?;
    } else {
        print(&report, clock, session.clock.now().timestamp(), texts, streams.out)?;
    }
    failure.map_or_else(|| Ok(status(&report)), Err)
}

/// Something that could not be looked up outweighs something found: the person must see it.
fn status(report: &Report) -> Status {
    let is_available = |item: &Item| matches!(item.state, State::Available { .. });
    if !report.is_complete() {
        Status::Failed
    } else if report.items.iter().any(is_available) {
        Status::Available
    } else {
        Status::Done
    }
}

fn print(
    report: &Report,
    clock: Option<ClockBehind>,
    now: Timestamp,
    texts: &Texts,
    out: &mut dyn Write,
) -> io::Result<()> {
    let loader = &texts.loader;
    if report.bases_unknown {
        writeln!(out, "{}", fl!(loader, "bases-unread"))?;
    }
    if report.items.is_empty() && !report.bases_unknown {
        writeln!(out, "{}", fl!(loader, "check-nothing-installed"))?;
    } else if !report.items.is_empty() {
        let headings = vec![
            fl!(loader, "list-base"),
            fl!(loader, "list-product"),
            fl!(loader, "check-installed"),
            fl!(loader, "check-available"),
            fl!(loader, "check-released"),
            fl!(loader, "list-id"),
        ];
        table::print(headings, report.items.iter().map(|item| row(item, texts)), out)?;
    }
    let lines: Vec<String> = report.items.iter().flat_map(|item| said_of(item, texts)).collect();
    if !lines.is_empty() {
        writeln!(out, "\n{}", lines.join("\n"))?;
    }
    let is_unknown = |item: &&Item| item.warnings.iter().any(is_no_data);
    let unknown = report.items.iter().filter(is_unknown).count();
    if unknown > 0 {
        writeln!(out, "\n{}", fl!(loader, "check-no-subscription-data", count = unknown))?;
    }
    writeln!(out, "\n{}", texts.source_line(&report.source, now))?;
    expired::warn(report, texts, out)?;
    if let Some(clock) = clock {
        writeln!(out, "{}", sentence(&texts.clock_behind(&clock)))?;
    }
    let unread = report.problems.iter().filter(|problem| !problem.is_warning());
    table::print_problems(&json::problems(unread, texts), texts, out)
}

/// What is to be known of an item besides its row. That nothing is known of subscriptions is said once for all.
fn said_of<'a>(item: &'a Item, texts: &'a Texts) -> impl Iterator<Item = String> + 'a {
    let blocks = match &item.state {
        State::Blocked { blocks, .. } => &blocks[..],
        _ => &[],
    };
    let blocks = blocks.iter().filter(|block| short(block, texts).is_some()).map(|block| texts.block(block));
    let warnings = item.warnings.iter().filter(|warning| !is_no_data(warning));
    let said = blocks.chain(warnings.map(|warning| texts.warning(warning)));
    said.map(|said| format!("{}: {said}", texts.item_name(item)))
}

fn is_no_data(warning: &Warning) -> bool {
    matches!(warning, Warning::SubscriptionUnknown(_))
}

/// What has room in a row, of blocks that need more.
fn short(block: &Block, texts: &Texts) -> Option<String> {
    match block {
        Block::SubscriptionEnded(_) => Some(fl!(texts.loader, "check-not-covered")),
        Block::SubscriptionUnknown(_) => Some(fl!(texts.loader, "chip-no-subscription-data")),
        Block::NoFile { .. } => None,
    }
}

fn row(item: &Item, texts: &Texts) -> Vec<String> {
    let dash = || "—".to_owned();
    let version = item.installed.map_or_else(dash, |version| version.to_string());
    let released =
        item.offer().and_then(|offer| offer.release()?.date).map_or_else(dash, |date| texts.date(date));
    let product = match item.subject {
        Subject::Platform | Subject::Updater => String::new(),
        Subject::Base => item.product.clone().unwrap_or_default(),
    };
    vec![texts.item_name(item), product, version, available(item, texts), released, item.id.clone()]
}

fn available(item: &Item, texts: &Texts) -> String {
    let loader = &texts.loader;
    match &item.state {
        State::UpToDate => fl!(loader, "row-up-to-date"),
        State::Available { offer } => {
            offer.steps.iter().map(|step| step.version.to_string()).collect::<Vec<_>>().join(" → ")
        }
        State::Blocked { offer, blocks } => {
            let version = offer.release().map_or_else(String::new, |release| release.version.to_string());
            let in_row = |block| {
                let short = short(block, texts).map(|short| format!("{version}: {short}"));
                short.unwrap_or_else(|| texts.block(block))
            };
            blocks.iter().map(in_row).collect::<Vec<_>>().join("; ")
        }
        State::NotManaged { reason } => texts.not_managed(reason),
        State::Unknown { reason } => fl!(loader, "row-unknown", reason = texts.unknown(reason)),
    }
}
