//! Words for what the stub shows: message, icon, menu.
//!
//! Deliberately not here: what is said and when ([`smarts_core::notice`]).

use i18n_embed_fl::fl;
use jiff::Zoned;
use smarts_core::check::Report;
use smarts_core::notice::{Ending, Matter, Occasion, Open, Saying};
use smarts_core::offer::{PLATFORM, Subject, UPDATER};

use super::{Texts, sentence};
use crate::model::summary::Updates;
use crate::session::CheckError;
use crate::tray::notice::{Act, Entry, Icon, Kind, Message};

/// A message that wants to be read has no more lines.
const MOST_LINES: usize = 4;
/// Windows shows no longer text at an icon: 127 characters and an end.
const LONGEST_TOOLTIP: usize = 127;

impl Texts {
    /// The message; there is something to say.
    pub fn notice_message(&self, matter: &Matter, now: &Zoned) -> Message {
        let mut others = self.other_parts(matter, now);
        if matter.releases.is_empty() {
            let rest = others.split_off(others.len().min(1));
            let (title, body) = others.pop().unwrap_or_default();
            let body = std::iter::once(body).chain(rest.into_iter().map(|(title, _)| title));
            let body = body.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
            return Message { title, body, kind: Kind::Attention, open: None };
        }
        let mut lines: Vec<String> = Vec::new();
        let title = match matter.releases.as_slice() {
            [only] => self.release_line(only),
            several => {
                lines.extend(several.iter().map(|saying| self.release_line(saying)));
                self.releases_title(several)
            }
        };
        if lines.len() > MOST_LINES {
            let more = lines.len() - (MOST_LINES - 1);
            lines.truncate(MOST_LINES - 1);
            lines.push(fl!(self.loader, "notice-more", count = more));
        }
        lines.extend(others.into_iter().map(|(title, _)| title));
        lines.push(fl!(self.loader, "notice-body"));
        Message { title, body: lines.join("\n"), kind: kind(matter), open: only_item(matter) }
    }

    /// The message to whoever has asked, where there is nothing to say.
    pub fn notice_nothing(&self, report: &Report, now: &Zoned) -> Message {
        let loader = &self.loader;
        let title = if !report.is_complete() {
            fl!(loader, "headline-incomplete")
        } else if report.items.is_empty() {
            fl!(loader, "headline-nothing-managed")
        } else {
            fl!(loader, "headline-up-to-date")
        };
        let kind = if report.is_complete() { Kind::Products } else { Kind::Attention };
        let body = fl!(loader, "notice-checked", when = self.moment(report.checked_at, now));
        Message { title, body, kind, open: None }
    }

    /// The message to whoever has asked, where nothing could be checked.
    pub fn notice_unchecked(&self, error: &CheckError, known: Option<&Report>, now: &Zoned) -> Message {
        let mut body = sentence(&self.check_error(error));
        if let Some(report) = known {
            let when = self.moment(report.checked_at, now);
            body = format!("{body}\n{}", fl!(self.loader, "notice-known", when = when));
        }
        let title = fl!(self.loader, "notice-check-failed");
        Message { title, body, kind: Kind::Attention, open: None }
    }

    /// The message to whoever has asked, where nothing is known at all.
    pub fn notice_never(&self) -> Message {
        let title = fl!(self.loader, "headline-never-checked");
        Message { title, body: String::new(), kind: Kind::Attention, open: None }
    }

    /// The icon, for as long as something is open.
    pub fn notice_icon(&self, standing: &Matter, now: &Zoned) -> Icon {
        let count: usize = standing.releases.iter().map(|saying| saying.release.ids.len()).sum();
        let is_new = standing.releases.iter().any(|saying| saying.occasion == Occasion::New);
        let mut tooltip = if standing.releases.is_empty() {
            let first = self.other_parts(standing, now).into_iter().next();
            first.map_or_else(|| fl!(self.loader, "app-name"), |(title, _)| title)
        } else if is_new {
            self.updates(updates(&standing.releases))
        } else {
            fl!(self.loader, "notice-tooltip-again", count = count)
        };
        if let Some((at, _)) = tooltip.char_indices().nth(LONGEST_TOOLTIP) {
            tooltip.truncate(at);
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Icon { kind: kind(standing), count, tooltip, open: only_item(standing) }
    }

    /// What can be done about it.
    pub fn notice_menu(&self, standing: &Matter) -> Vec<Entry> {
        let loader = &self.loader;
        let run = |more: Vec<String>| {
            Act::Run(["notice", "--json", "--waiting"].map(str::to_owned).into_iter().chain(more).collect())
        };
        let mut menu = vec![
            Entry { label: fl!(loader, "notice-menu-open"), act: Act::Open(only_item(standing)) },
            Entry { label: fl!(loader, "notice-menu-check"), act: run(vec!["--now".to_owned()]) },
        ];
        let count: usize = standing.releases.len();
        if count > 0 {
            let skipped = standing.releases.iter().filter_map(|saying| skip(&saying.release));
            let skipped = skipped.flat_map(|skip| ["--skip".to_owned(), skip]).collect();
            menu.push(Entry {
                label: fl!(loader, "notice-menu-later"),
                act: run(vec!["--later".to_owned()]),
            });
            menu.push(Entry { label: fl!(loader, "notice-menu-skip", count = count), act: run(skipped) });
        }
        menu.push(Entry { label: fl!(loader, "notice-menu-leave"), act: Act::Leave });
        menu
    }

    fn releases_title(&self, sayings: &[Saying]) -> String {
        let fresh: Vec<Saying> =
            sayings.iter().filter(|saying| saying.occasion != Occasion::Again).cloned().collect();
        if fresh.is_empty() { fl!(self.loader, "notice-again") } else { self.updates(updates(&fresh)) }
    }

    fn release_line(&self, saying: &Saying) -> String {
        let loader = &self.loader;
        let Saying { release, occasion } = saying;
        let name = match release.subject {
            Subject::Platform => fl!(loader, "platform-name"),
            Subject::Updater => fl!(loader, "updater-name"),
            Subject::Base => release.product.clone().unwrap_or_else(|| fl!(loader, "notice-product-unknown")),
        };
        let occasion = match (occasion, release.is_important, release.is_downloaded) {
            (Occasion::New, true, _) => "new-important",
            (Occasion::New, false, _) => "new",
            (Occasion::Important, _, _) => "important",
            (Occasion::Again, true, _) => "again-important",
            (Occasion::Again, false, true) => "downloaded",
            (Occasion::Again, false, false) => "again",
        };
        let version = release.version.to_string();
        let line = fl!(loader, "notice-release", name = name, version = version, occasion = occasion);
        let line = match release.subject {
            Subject::Base => {
                fl!(loader, "notice-release-for-bases", release = line, count = release.ids.len())
            }
            Subject::Platform | Subject::Updater => line,
        };
        if release.is_blocked { fl!(loader, "notice-release-blocked", release = line) } else { line }
    }

    /// Title and body of everything that is no release.
    fn other_parts(&self, matter: &Matter, now: &Zoned) -> Vec<(String, String)> {
        let loader = &self.loader;
        let days = |since: jiff::Timestamp| now.timestamp().duration_since(since).as_hours().max(0) / 24;
        let failing = matter.failing_since.map(|since| {
            (fl!(loader, "notice-failing", count = days(since)), fl!(loader, "notice-failing-body"))
        });
        let age = matter
            .age
            .map(|since| (fl!(loader, "notice-age", count = days(since)), fl!(loader, "notice-age-body")));
        failing.into_iter().chain(self.endings(&matter.endings)).chain(age).collect()
    }

    /// The soonest end is the title, and whose it is the body.
    fn endings(&self, endings: &[Ending]) -> Option<(String, String)> {
        let loader = &self.loader;
        let first = endings.first()?;
        let title = match first.days_left {
            ..0 => fl!(loader, "notice-ended"),
            0 => fl!(loader, "notice-ends-today"),
            days => fl!(loader, "notice-ends", count = days),
        };
        let line = |ending: &Ending| {
            let until = self.date(ending.subscription.until);
            fl!(loader, "notice-ending-line", who = ending.subscription.who.as_str(), until = until)
        };
        let whose = endings.iter().take(MOST_LINES - 1).map(line).collect::<Vec<_>>().join("\n");
        Some((title, format!("{whose}\n{}", fl!(loader, "notice-ends-body"))))
    }
}

fn kind(matter: &Matter) -> Kind {
    let is_platform = |saying: &Saying| saying.release.subject == Subject::Platform;
    let has_platform = matter.releases.iter().any(is_platform);
    match (has_platform, matter.releases.iter().all(is_platform)) {
        (true, false) => Kind::Both,
        (true, true) => Kind::Platform,
        (false, false) => Kind::Products,
        (false, true) => Kind::Attention,
    }
}

fn updates(sayings: &[Saying]) -> Updates {
    let mut updates = Updates::default();
    for saying in sayings {
        for _ in &saying.release.ids {
            updates.count(saying.release.subject);
        }
    }
    updates
}

/// The item to open the window at, if it is about one release.
fn only_item(matter: &Matter) -> Option<String> {
    match matter.releases.as_slice() {
        [only] => only.release.ids.first().cloned(),
        _ => None,
    }
}

/// One item stands for all that are offered the same.
fn skip(release: &Open) -> Option<String> {
    let id = release.ids.first()?;
    let is_word = id == PLATFORM || id == UPDATER || id.starts_with("base:");
    let prefix = if is_word && release.subject == Subject::Base { "base:" } else { "" };
    Some(format!("{prefix}{id}={}", release.version))
}

#[cfg(test)]
mod tests;
