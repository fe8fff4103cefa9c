//! `smarts subscription list`.

use std::collections::BTreeSet;

use i18n_embed_fl::fl;
use smarts_core::machine::{Machine, read_licences};
use smarts_core::subscription::{Line, Overview, Place, Stands, State, Subscriptions, overview};

use super::{licences, product, say, tell_faults, unread};
use crate::cli::args::Json;
use crate::cli::{Failure, Status, Streams, json, table};
use crate::i18n::{Texts, sentence};
use crate::session::Session;

/// Prints what is known. What cannot be read is told with it, and is a failure; a line that is no record is none.
pub(super) fn run(
    session: &Session,
    options: Json,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let (known, error) = session.subscriptions_as_read();
    let (machine, now) = (session.machine(), session.clock.now());
    let found = read_licences(&*session.os, &machine.bases);
    let unread_licences = json::machine_problems(&found.problems, texts);
    let machine = Machine { licences: found.licences, ..machine };
    let found = overview(&known, &machine, &now);
    let clock = session.clock_behind();
    let failure = error.map(|error| unread(&error, texts));
    if options.json {
        let path = session.paths.subscriptions_path().display().to_string();
        let problem = |line: &String| json::Problem { path: path.clone(), message: line.clone() };
        let lines = failure.iter().flat_map(|failure| &failure.lines);
        let problems = lines.map(problem).chain(unread_licences).collect();
        let today = now.date();
        let listed = json::ListedSubscriptions::of(&known, &found, &machine, clock, problems, today, texts);
        json::print(&listed, streams.out)?;
    } else {
        print(&known, &found, &machine, texts, streams)?;
        licences::print(&machine, now.date(), known.warn_days, texts, streams)?;
        table::print_problems(&unread_licences, texts, streams.out)?;
        tell_faults(&known.faults, texts, streams)?;
        if let Some(clock) = clock {
            say(&texts.clock_behind(&clock), streams)?;
        }
    }
    failure.map_or(Ok(Status::Done), Err)
}

fn print(
    known: &Subscriptions,
    found: &Overview,
    machine: &Machine,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let loader = &texts.loader;
    if found.lines.is_empty() && known.is_unread {
        return Ok(());
    }
    if found.lines.is_empty() {
        let none = match found.sum.gap {
            None => fl!(loader, "cli-subscription-none"),
            Some(gap) => fl!(loader, "cli-subscription-none-known", gap = texts.gap(gap)),
        };
        writeln!(streams.out, "{none}")?;
        return Ok(());
    }
    let headings = vec![
        fl!(loader, "cli-subscription-device"),
        fl!(loader, "cli-subscription-bases"),
        fl!(loader, "list-product"),
        fl!(loader, "cli-subscription-until"),
        fl!(loader, "cli-subscription-state"),
        fl!(loader, "cli-subscription-seen"),
        fl!(loader, "cli-subscription-licence"),
        fl!(loader, "cli-subscription-note"),
    ];
    let rows = found.lines.iter().map(|line| row(line, known, machine, texts));
    table::print(headings, rows, streams.out)?;
    let sum = sum(found, texts);
    if !sum.is_empty() {
        writeln!(streams.out)?;
    }
    for line in sum {
        writeln!(streams.out, "{line}")?;
    }
    Ok(())
}

fn row(line: &Line, known: &Subscriptions, machine: &Machine, texts: &Texts) -> Vec<String> {
    let dash = || "—".to_owned();
    let record = line.record.and_then(|place| known.records.get(place));
    let names = line.bases.iter().filter_map(|place| machine.bases.get(*place));
    let bases = match line.place {
        Place::Here => names.map(|base| base.name.as_str()).collect::<Vec<_>>().join(", "),
        Place::OtherProduct => fl!(texts.loader, "cli-subscription-other-product"),
        Place::NotHere => fl!(texts.loader, "cli-subscription-not-here"),
        Place::Unknown => fl!(texts.loader, "cli-subscription-place-unknown"),
    };
    let cells = [
        line.device.clone(),
        bases,
        record.map_or_else(dash, |record| product(record.product.as_deref(), texts)),
        record.map_or_else(dash, |record| texts.until_when(record.until)),
        stands(line, texts),
        seen(line, texts),
        record.map_or_else(String::new, |record| record.licence.clone()),
        record.map_or_else(String::new, |record| record.note.clone()),
    ];
    cells.iter().map(|cell| super::shown(cell)).collect()
}

fn stands(line: &Line, texts: &Texts) -> String {
    let loader = &texts.loader;
    match line.stands {
        Stands::Counts(State::Active) => fl!(loader, "cli-subscription-active"),
        Stands::Counts(State::EndsSoon { days_left: 0 }) => fl!(loader, "cli-subscription-last-day"),
        Stands::Counts(State::EndsSoon { days_left }) => {
            fl!(loader, "cli-subscription-ends-soon", days = fl!(loader, "duration-days", count = days_left))
        }
        Stands::Counts(State::Ended { days_ago }) => {
            fl!(loader, "cli-subscription-ended", days = fl!(loader, "duration-days", count = days_ago))
        }
        Stands::Counts(State::NoData) => fl!(loader, "cli-subscription-no-data"),
        Stands::Longer { until: longer } => {
            fl!(loader, "cli-subscription-longer", until = texts.until_when(longer))
        }
        Stands::WrittenOff { day } => fl!(loader, "cli-subscription-written-off", day = texts.date(day)),
    }
}

/// When the device was seen, and whether it may be gone.
fn seen(line: &Line, texts: &Texts) -> String {
    let Some(seen) = line.last_seen else { return "—".to_owned() };
    let day = texts.date(seen);
    if line.unseen_days.is_some() { fl!(texts.loader, "cli-subscription-unseen", day = day) } else { day }
}

/// What a person has to know, a line each.
fn sum(found: &Overview, texts: &Texts) -> Vec<String> {
    let (loader, sum) = (&texts.loader, found.sum);
    let mut lines = Vec::new();
    let first_end = sum.first_end.map(|day| texts.date(day)).unwrap_or_default();
    if sum.ended > 0 {
        lines.push(fl!(loader, "cli-subscription-sum-ended", count = sum.ended, since = first_end));
    } else if sum.ends_soon > 0 {
        lines.push(fl!(loader, "cli-subscription-sum-soon", count = sum.ends_soon, first = first_end));
    }
    if sum.ended > 0 && sum.ends_soon > 0 {
        lines.push(fl!(loader, "cli-subscription-sum-soon-too", count = sum.ends_soon));
    }
    if sum.no_data > 0 {
        lines.push(fl!(loader, "cli-subscription-sum-no-data", count = sum.no_data));
    }
    lines.extend(sum.gap.map(|gap| sentence(&texts.gap(gap))));
    if sum.not_here > 0 {
        lines.push(fl!(loader, "cli-subscription-sum-not-here", count = sum.not_here));
    }
    // Of a device that does not stand in the way nobody needs to know.
    let is_asked = |line: &&Line| {
        line.unseen_days.is_some()
            && matches!(line.stands, Stands::Counts(State::Ended { .. } | State::NoData))
    };
    let asked = found.lines.iter().filter(is_asked).map(|line| line.device.as_str());
    let names: BTreeSet<&str> = asked.collect();
    if !names.is_empty() {
        let count = names.len();
        let names = texts.names(names.into_iter());
        lines.push(fl!(loader, "cli-subscription-sum-unseen", count = count, names = names));
    }
    lines
}
