//! `smarts list --reports DIR`: one table of the PCs whose checks have left a report in a folder.

use std::io::{self, Write};
use std::path::Path;

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::offer::Subject;
use smarts_core::reports::{self, Good, PcLine, Reports};

use super::{Failure, Status, Streams, json, table};
use crate::i18n::Texts;
use crate::session::Session;

/// Prints the table. Status 0 even if files are no reports: the table itself is whole.
pub(super) fn run(
    session: &Session,
    dir: &Path,
    is_json: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let read =
        reports::read(dir).map_err(|error| Failure::new(Status::Failed, texts.reports_error(&error)))?;
    if is_json {
        json::print(&json::Reports::of(&read, texts), streams.out)?;
    } else {
        print(&read, &session.clock.now(), texts, streams.out)?;
    }
    Ok(Status::Done)
}

fn print(reports: &Reports, now: &Zoned, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let loader = &texts.loader;
    if reports.lines.is_empty() {
        return writeln!(out, "{}", fl!(loader, "reports-none"));
    }
    let headings = vec![
        fl!(loader, "reports-pc"),
        fl!(loader, "reports-platform"),
        fl!(loader, "reports-bases"),
        fl!(loader, "reports-open"),
        fl!(loader, "reports-checked"),
        fl!(loader, "reports-trouble"),
    ];
    table::print(headings, reports.lines.iter().map(|line| row(line, now, texts)), out)?;
    if reports.left_out > 0 {
        writeln!(out, "\n{}", fl!(loader, "reports-left-out", count = reports.left_out))?;
    }
    Ok(())
}

fn row(line: &PcLine, now: &Zoned, texts: &Texts) -> Vec<String> {
    let dash = || "—".to_owned();
    let facts = line.content.as_ref().ok();
    let good = facts.and_then(|facts| facts.good.as_ref());
    let of_good = |text: &dyn Fn(&Good) -> String| good.map_or_else(dash, text);
    let cells = [
        line.name.clone(),
        of_good(&platform),
        of_good(&bases),
        of_good(&|good| texts.open_updates(&good.items)),
        of_good(&|good| texts.moment(good.at, now)),
        texts.pc_trouble(&line.content, now),
    ];
    // What stands in a folder for everybody is not to speak to the terminal.
    cells.iter().map(|cell| cell.replace(char::is_control, "\u{fffd}")).collect()
}

fn platform(good: &Good) -> String {
    let platform = good.items.iter().find(|item| item.subject == Subject::Platform);
    let version = platform.and_then(|item| item.installed);
    version.map_or_else(|| "—".to_owned(), |version| version.to_string())
}

fn bases(good: &Good) -> String {
    if good.bases_unknown {
        return "?".to_owned();
    }
    good.items.iter().filter(|item| item.subject == Subject::Base).count().to_string()
}
