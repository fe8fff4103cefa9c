//! Reading the reports of many PCs, and putting them in words for the table.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Zoned;
use smarts_core::offer::{Item, Offer, State, Subject};
use smarts_core::reports::{self, PcFacts};

use super::Shared;
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::model::Event;
use crate::model::reports::{PcLine, PcReports, PcTold};
use crate::model::summary::Updates;

/// So many releases of a PC are listed: each is a part of what is drawn, and said, in every picture.
const MOST_LISTED: usize = 20;

impl Shared {
    pub(super) fn read_reports(&self, folder: PathBuf) {
        let read = reports::read(&folder).map_err(|error| {
            tracing::warn!(error = chain(&error), "The reports are not read");
            self.texts.reports_error(&error)
        });
        let now = self.session.clock.now();
        let read = read.map(|reports| told(reports, &self.texts, &now));
        self.outbox.post(Event::ReportsRead { folder, read });
    }

    /// For a panic in the thread that reads.
    pub(super) fn reports_broke(&self, folder: &Path) {
        let read = Err(sentence(&self.texts.internal_error()));
        self.outbox.post(Event::ReportsRead { folder: folder.to_path_buf(), read });
    }
}

fn told(reports: reports::Reports, texts: &Texts, now: &Zoned) -> PcReports {
    let line = |line: reports::PcLine| {
        let trouble = reports::plain_text(&sentence(&texts.pc_trouble(&line.content, now)));
        let told = match &line.content {
            Ok(facts) => Ok(of_pc(facts, trouble, texts)),
            Err(_) => Err(trouble),
        };
        PcLine { pc: line.name, file_name: line.file_name, told }
    };
    PcReports { lines: reports.lines.into_iter().map(line).collect(), left_out: reports.left_out }
}

fn of_pc(facts: &PcFacts, trouble: String, texts: &Texts) -> PcTold {
    let items = facts.good.as_ref().map_or(&[][..], |good| &good.items[..]);
    let mut updates = Updates::default();
    for item in items.iter().filter(|item| matches!(item.state, State::Available { .. })) {
        updates.count(item.subject);
    }
    let blocked = items.iter().filter(|item| matches!(item.state, State::Blocked { .. })).count();
    let platform = items.iter().find(|item| item.subject == Subject::Platform);
    PcTold {
        platform: platform.and_then(|item| item.installed),
        bases: items.iter().filter(|item| item.subject == Subject::Base).count(),
        open: updates.total() + blocked,
        open_words: if items.is_empty() { String::new() } else { texts.open_counts(updates, blocked) },
        open_detail: detail(items, texts),
        checked_at: facts.good.as_ref().map(|good| good.at),
        fault: Some(trouble).filter(|trouble| !trouble.is_empty()),
    }
}

/// `Склад 15, Расширенный 1.6.3.7283 × 2; …; ещё 3`: each release once, with the number of bases it is for.
fn detail(items: &[Item], texts: &Texts) -> String {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for item in items {
        let Some(release) = item.offer().and_then(Offer::release) else { continue };
        let name = item.product.clone().unwrap_or_else(|| texts.item_name(item));
        *counts.entry((name, release.version.to_string())).or_default() += 1;
    }
    let line = |((name, version), count): ((String, String), usize)| match count {
        1 => format!("{name} {version}"),
        count => format!("{name} {version} × {count}"),
    };
    let rest = counts.len().saturating_sub(MOST_LISTED);
    let more = (rest > 0).then(|| texts.more_open(rest));
    counts.into_iter().take(MOST_LISTED).map(line).chain(more).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use smarts_core::check::Report;

    use super::*;
    use crate::i18n::Language;
    use crate::model::tests::fixtures;

    fn report(items: Vec<Item>) -> Report {
        let mut report = fixtures::of(fixtures::stores(1)).1;
        report.items = items;
        report
    }

    #[test]
    fn a_report_of_any_number_of_long_items_is_a_short_line() {
        let dir = tempfile::tempdir().unwrap();
        let Some(base) =
            fixtures::of(fixtures::stores(1)).1.items.into_iter().find(|item| item.subject == Subject::Base)
        else {
            panic!()
        };
        let one = |number: usize| Item {
            product: Some(format!("\u{202e}{number:04}{}", "я".repeat(500))),
            ..base.clone()
        };
        let report = report((0..1000).map(one).collect());
        std::fs::write(dir.path().join("one.json"), serde_json::to_vec(&report).unwrap()).unwrap();
        let texts = Texts::new(Language::Ru).unwrap();
        let now: Zoned = "2026-11-22T12:00:00+03:00[Europe/Moscow]".parse().unwrap();
        let told = told(reports::read(dir.path()).unwrap(), &texts, &now);
        let told = told.lines[0].told.as_ref().unwrap();
        assert_eq!((told.bases, told.open), (1000, 1000));
        assert!(told.open_detail.ends_with("; ещё 980"), "{}", told.open_detail);
        assert!(!told.open_detail.contains('\u{202e}'));
        assert!(told.open_detail.chars().count() < 20 * 160, "{}", told.open_detail.len());
    }
}
