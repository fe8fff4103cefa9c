//! Words for reports of many PCs: what is open on each, and what is wrong.

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::offer::{Item, State};
use smarts_core::reports::{Error, PcFacts, Unread};

use super::Texts;
use crate::error::chain;

/// So many updates of a PC are named in a table.
const MOST_NAMED: usize = 3;

impl Texts {
    /// Why a file of the folder tells nothing.
    pub fn unread_report(&self, unread: &Unread) -> String {
        let loader = &self.loader;
        match unread {
            Unread::Torn => fl!(loader, "report-torn"),
            Unread::Newer { .. } => fl!(loader, "report-newer"),
            Unread::TooLarge { limit_bytes } => {
                fl!(loader, "report-too-large", limit = self.size(*limit_bytes))
            }
            Unread::Foreign => fl!(loader, "report-foreign"),
            Unread::Unreadable { detail } => fl!(loader, "report-unreadable", reason = detail.as_str()),
        }
    }

    /// Why the folder cannot be read, or a report not be left in it.
    pub fn reports_error(&self, error: &Error) -> String {
        let (path, reason) = match error {
            Error::Folder { dir: path, source } | Error::Write { path, source } => (path, source),
        };
        fl!(self.loader, "reports-unread", path = path.display().to_string(), reason = chain(reason))
    }

    /// What can be installed on a PC, in a line.
    pub fn open_updates(&self, items: &[Item]) -> String {
        let loader = &self.loader;
        let one = |item: &Item| {
            let version = item.offer()?.release()?.version.to_string();
            match &item.state {
                State::Available { .. } => Some(format!("{} {version}", self.item_name(item))),
                State::Blocked { blocks, .. } => {
                    let reasons = blocks.iter().take(MOST_NAMED).map(|block| self.block(block));
                    let reason = reasons.collect::<Vec<_>>().join("; ");
                    Some(format!("{} ({reason})", self.item_name(item)))
                }
                State::UpToDate | State::NotManaged { .. } | State::Unknown { .. } => None,
            }
        };
        let open: Vec<String> = items.iter().filter_map(one).collect();
        if open.is_empty() {
            return fl!(loader, "reports-nothing-open");
        }
        let rest = open.len().saturating_sub(MOST_NAMED);
        let named = open.iter().take(MOST_NAMED).cloned();
        let more = (rest > 0).then(|| self.more_open(rest));
        named.chain(more).collect::<Vec<_>>().join(", ")
    }

    /// That there are so many more than are named.
    pub fn more_open(&self, count: usize) -> String {
        fl!(self.loader, "reports-more-open", count = count)
    }

    /// What is wrong with a PC or with its file; nothing, if nothing is.
    pub fn pc_trouble(&self, content: &Result<PcFacts, Unread>, now: &Zoned) -> String {
        let loader = &self.loader;
        let facts = match content {
            Ok(facts) => facts,
            Err(unread) => return self.unread_report(unread),
        };
        if let Some(failure) = &facts.failure {
            let reason = self.catalogue_fault(&failure.error.fault);
            let since = self.moment(failure.since, now);
            return fl!(loader, "reports-failing", reason = reason, since = since);
        }
        match &facts.good {
            None => fl!(loader, "reports-never"),
            Some(good) if good.bases_unknown => fl!(loader, "bases-unread"),
            Some(good) if !good.is_complete => fl!(loader, "reports-incomplete"),
            Some(_) => String::new(),
        }
    }
}
