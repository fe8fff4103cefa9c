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
        let trouble = sentence(&texts.pc_trouble(&line.content, now));
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

/// `Склад 15, Расширенный 1.6.3.7283 × 2; …`: each release once, with the number of bases it is for.
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
    counts.into_iter().map(line).collect::<Vec<_>>().join("; ")
}
