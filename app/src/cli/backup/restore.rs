//! `smarts backup restore`: look, show, ask, put back, read back.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use smarts_core::backup::{Listed, Step, Way, WentBack};
use smarts_core::journal::Entry;
use smarts_core::tree::RelPath;
use smarts_core::version::Version;

use super::{Bar, copies, of, say};
use crate::cli::args::RestoreBackup;
use crate::cli::interrupt::Interrupt;
use crate::cli::{Failure, Status, Streams, ask};
use crate::event_log::EventLog;
use crate::i18n::{Texts, sentence};
use crate::session::{Session, WayBack};

/// So many examples of each.
const EXAMPLES: usize = 5;

/// Puts a base back from a copy.
pub(super) fn run(
    session: &Session,
    interrupt: &Interrupt,
    options: &RestoreBackup,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let loader = &texts.loader;
    let all = copies(session, texts)?;
    let copy = chosen(&all, &options.id, texts)?;
    let way = if options.whole { Way::Whole } else { Way::Replaced };
    let event_log = EventLog::new(&*session.os, texts);
    let witness = |entry: &Entry| event_log.write(entry);
    session.settle(&witness).map_err(|fault| of(&fault, texts))?;
    let bar = Bar::new(streams.is_terminal, texts);
    let shown = interrupt
        .guard(|cancel| session.way_back(copy, way, &mut |step| show(&bar, step, texts), cancel))
        .map_err(|fault| of(&fault, texts))?;
    drop(bar);
    print(session, &shown, texts, streams)?;
    if shown.preview.is_empty() {
        writeln!(streams.out, "{}", fl!(loader, "cli-back-nothing", name = shown.base.name.as_str()))?;
        return Ok(Status::Done);
    }
    if !options.yes && !ask::confirm(&fl!(loader, "cli-back-confirm"), texts, streams)? {
        return Err(Failure::new(Status::Cancelled, fl!(loader, "cli-back-declined")));
    }
    let bar = Bar::new(streams.is_terminal, texts);
    let went = interrupt
        .guard(|cancel| session.go_back(&shown, &witness, &mut |step| show(&bar, step, texts), cancel));
    drop(bar);
    let went = went.map_err(|fault| of(&fault, texts))?;
    let (name, version) = (shown.base.name.as_str(), version(went.to, texts));
    let line = match texts.server(&went.server) {
        Some(works) => fl!(loader, "cli-back-done-works", name = name, version = version, works = works),
        None => fl!(loader, "cli-back-done", name = name, version = version),
    };
    writeln!(streams.out, "{line}")?;
    if let Some(dir) = &went.present_dir {
        let folder = dir.display().to_string();
        writeln!(streams.out, "{}", fl!(loader, "cli-back-present", folder = folder))?;
    }
    end(&went, texts)
}

/// It went back; whether one can work, and whether others will know of it, is another matter.
fn end(went: &WentBack, texts: &Texts) -> Result<Status, Failure> {
    let mut lines = Vec::new();
    if went.server.is_bad() {
        lines.push(fl!(texts.loader, "failed-broken"));
        lines.push(sentence(&texts.server_next(&went.server)));
    }
    if !went.is_recorded {
        lines.push(sentence(&fl!(texts.loader, "cli-back-unrecorded")));
    }
    if lines.is_empty() { Ok(Status::Done) } else { Err(Failure { status: Status::Failed, lines }) }
}

/// One of this program's; of the vendor's it is said why it is not put back.
fn chosen<'a>(copies: &'a [Listed], id: &str, texts: &Texts) -> Result<&'a Listed, Failure> {
    let Some(copy) = copies.iter().find(|copy| copy.id == id) else {
        return Err(Failure::new(Status::Usage, fl!(texts.loader, "cli-backup-unknown", id = id)));
    };
    if copy.complete().is_none() {
        let state = texts.copy_state(copy);
        let line =
            fl!(texts.loader, "cli-back-not-ours", state = state, folder = copy.dir.display().to_string());
        return Err(Failure::new(Status::Refused, line));
    }
    Ok(copy)
}

fn show(bar: &Bar<'_>, step: Step, texts: &Texts) {
    match step {
        Step::Reading { done_bytes, total_bytes } => {
            bar.show(fl!(texts.loader, "cli-back-reading"), done_bytes, total_bytes);
        }
        Step::Copying(progress) => bar.copying(progress),
        Step::LayingReady { done_bytes, total_bytes } => {
            bar.show(fl!(texts.loader, "cli-back-laying"), done_bytes, total_bytes);
        }
        Step::PuttingBack { .. } => bar.drawn.set_message(fl!(texts.loader, "cli-back-putting")),
        Step::Undoing => bar.drawn.set_message(fl!(texts.loader, "cli-back-undoing")),
    }
}

/// What will happen, before the question.
fn print(
    session: &Session,
    shown: &WayBack,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let loader = &texts.loader;
    let WayBack { backup, way, base, preview } = shown;
    let manifest = &backup.manifest;
    let (from, to) = (version(base.version, texts), version(manifest.version, texts));
    writeln!(streams.err, "{}: {from} → {to}", base.name)?;
    let (time, who) = (moment(manifest.time), manifest.user.as_str());
    say(&fl!(loader, "cli-back-copy", time = time.as_str(), who = who), streams)?;
    match way {
        Way::Replaced => say(&fl!(loader, "cli-back-part"), streams)?,
        Way::Whole => say(&fl!(loader, "cli-back-whole"), streams)?,
    }
    let examples = |paths: &[RelPath], streams: &mut Streams<'_>| -> Result<(), Failure> {
        for path in paths.iter().take(EXAMPLES) {
            writeln!(streams.err, "  {path}")?;
        }
        if paths.len() > EXAMPLES {
            writeln!(streams.err, "  …")?;
        }
        Ok(())
    };
    if !preview.replaced.is_empty() {
        say(&fl!(loader, "cli-back-replaced", count = preview.replaced.len()), streams)?;
        examples(&preview.replaced, streams)?;
    }
    if !preview.brought_back.is_empty() {
        say(&fl!(loader, "cli-back-brought", count = preview.brought_back.len()), streams)?;
        examples(&preview.brought_back, streams)?;
    }
    if !preview.removed.is_empty() {
        say(&fl!(loader, "cli-back-removed", count = preview.removed.len()), streams)?;
        examples(&preview.removed, streams)?;
    }
    if *way == Way::Whole || !preview.vanish.is_empty() {
        let count = preview.vanish.len();
        let lost = match way {
            Way::Replaced => fl!(loader, "going-back-lost-part", count = count),
            Way::Whole => fl!(loader, "cli-back-vanish", count = count, time = time),
        };
        say(&lost, streams)?;
        if preview.documents() > 0 {
            say(&fl!(loader, "cli-back-documents", count = preview.documents()), streams)?;
        }
        for one in preview.newest(EXAMPLES) {
            writeln!(streams.err, "  {} {}", one.modified.map_or_else(String::new, moment), one.path)?;
        }
        let folder = session.paths.backup_dir.display().to_string();
        say(&fl!(loader, "cli-back-copied-first", folder = folder), streams)?;
    }
    if !manifest.without.names().is_empty() {
        let names = manifest.without.names().join(", ");
        say(&fl!(loader, "cli-back-without", names = names), streams)?;
    }
    Ok(())
}

fn moment(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%d.%m.%Y %H:%M").to_string()
}

fn version(version: Option<Version>, texts: &Texts) -> String {
    version.map_or_else(|| fl!(texts.loader, "sheet-version-none"), |version| version.to_string())
}

#[cfg(test)]
mod tests {
    use smarts_core::server::Server;

    use super::*;
    use crate::i18n::Language;

    fn went(server: Server, is_recorded: bool) -> Result<Status, Failure> {
        let went = WentBack { from: None, to: None, present_dir: None, is_recorded, server };
        end(&went, &Texts::new(Language::Ru).unwrap())
    }

    #[test]
    fn a_base_that_went_back_is_done_only_if_its_server_is_as_before_and_the_journal_has_it() {
        assert!(matches!(went(Server::Answered { port: 9000 }, true), Ok(Status::Done)));
        assert!(matches!(went(Server::NotLookedAt, true), Ok(Status::Done)));
        let unrecorded = went(Server::NotLookedAt, false).unwrap_err();
        assert_eq!(unrecorded.status, Status::Failed);
        assert_eq!(unrecorded.lines, ["В журнал это не записано"]);
        let both = went(Server::NotAnswering { port: 9000 }, false).unwrap_err();
        assert_eq!((both.status, both.lines.len()), (Status::Failed, 3));
        assert_eq!(both.lines[0], "Работать пока нельзя.");
    }
}
