//! `smarts notice`: what the tray stub is to show, if anything. Nothing is printed when there is nothing to say.
//!
//! Whether this person is told at all is decided before anything is asked of the source. What was said is
//! remembered before it is printed, so that nothing is said every few hours on a PC that cannot remember.

use i18n_embed_fl::fl;
use jiff::civil::{Time, time};
use jiff::{Timestamp, Zoned};
use smarts_core::check::Report;
use smarts_core::check::last::Outcome;
use smarts_core::hidden::{self, Hidden};
use smarts_core::machine::Machine;
use smarts_core::notice::{self, Decision, Facts, Kept, Open, Subscription};
use smarts_core::offer::{self, Item, PLATFORM, Subject, UPDATER};
use smarts_core::schedule::{self, Rhythm, State};
use smarts_core::settings::Notify;
use smarts_core::subscription;

use super::args::{Notice as Options, Skip};
use super::{Failure, Status, Streams, json};
use crate::error::chain;
use crate::i18n::Texts;
use crate::instance::{self, Call, Place};
use crate::session::{Background, CheckError, CheckFailure, Session, Tell};
use crate::tray::notice::{ASKED_BY, Message, Notice, Over};
use crate::tray::tell::stubs;

/// When a day begins where no working hours are set.
const MORNING: Time = time(9, 0, 0, 0);
/// An answer with nothing in it needs no icon for longer.
const SHORT_SECS: u64 = 60;
/// Whether the window is there is asked in passing.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

/// One run.
struct Run<'a> {
    session: &'a Session,
    texts: &'a Texts,
    options: &'a Options,
    now: Zoned,
    machine: Machine,
}

/// What a run of the task is to do before it speaks.
enum Wanted {
    /// To ask nobody: it speaks from the last report.
    Nothing,
    /// To check, if the source does not want to be left alone.
    ByTask,
    /// To check: somebody has asked for this very run.
    ByPerson,
}

/// What is known of releases.
struct Looked {
    /// The newest report there is.
    report: Option<Report>,
    /// How this run's own check ended; `None`: it made none.
    checked: Option<Result<(), CheckError>>,
}

impl Looked {
    fn now(report: Report) -> Self {
        Self { report: Some(report), checked: Some(Ok(())) }
    }
}

/// Carries out what the options say; without any, what the scheduled task is for.
pub(super) fn run(
    session: &Session,
    options: &Options,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let now = now(session, options, texts)?;
    let run = |machine| Run { session, texts, options, now, machine };
    if options.later {
        run(session.machine()).put_off()
    } else if !options.skip.is_empty() {
        run(session.machine()).skip(streams)
    } else if options.seen {
        run(Machine::default()).seen()
    } else if options.now {
        run(session.machine()).answer(streams)
    } else if is_for_this_person(session) {
        run(session.machine()).watch(streams)
    } else {
        Ok(Status::Done)
    }
}

fn now(session: &Session, options: &Options, texts: &Texts) -> Result<Zoned, Failure> {
    let now = session.clock.now();
    let Some(at) = options.at else { return Ok(now) };
    let usage = || Failure::new(Status::Usage, fl!(texts.loader, "notice-at-needs-today"));
    session.clock.today.ok_or_else(usage)?;
    now.with().time(at).build().map_err(|_| usage())
}

/// Whether the settings want this person to hear of anything.
fn is_for_this_person(session: &Session) -> bool {
    match session.settings.notify {
        Notify::All => true,
        // Whoever else may update is not told for that. Where it cannot be told, somebody is to be.
        Notify::Admins => session.os.is_elevated() || session.os.is_administrator() != Some(false),
        Notify::None => false,
    }
}

fn place<'a>(session: &'a Session, name: &'a str) -> Place<'a> {
    Place { state_dir: &session.paths.state_dir, name, patience: PATIENCE, let_to_front: &|_| () }
}

fn is_window_open(session: &Session) -> bool {
    instance::is_there(&place(session, instance::WINDOW)).unwrap_or_else(|error| {
        tracing::warn!(%error, "Whether the window is open is not known");
        false
    })
}

impl Run<'_> {
    /// What the scheduled task is for, and what an icon that waits shows anew.
    fn watch(&self, streams: &mut Streams<'_>) -> Result<Status, Failure> {
        let looked = match self.wanted() {
            Wanted::Nothing => self.last(),
            Wanted::ByTask => self.check_in_background(),
            Wanted::ByPerson => self.check(),
        };
        let (open, endings) = (self.open(looked.report.as_ref()), self.endings());
        let mut kept = Kept::open(&self.session.paths);
        let mut memory = kept.memory.clone();
        self.remember_checks(&mut memory, &looked);
        let decision = notice::decide(&self.facts(&open, &endings, looked.report.as_ref()), &memory);
        let decision = remembered(&mut kept, decision);
        drop(kept);
        let message = decision.message.as_ref().map(|matter| self.texts.notice_message(matter, &self.now));
        // What was said within a day and not seen keeps its icon, also after a new sign-in. Where the window is
        // open, it shows all of it.
        let stays = !decision.left.is_zero() && !is_window_open(self.session);
        if message.is_some() || decision.is_recalled || stays {
            let wait_secs = decision.left.as_secs().unsigned_abs();
            self.print(self.shown(message, &decision, wait_secs), streams)?;
            return Ok(Status::Done);
        }
        let is_known = looked.report.is_some() && !matches!(looked.checked, Some(Err(_)));
        if self.options.json && is_known && open.is_empty() && decision.standing.is_empty() {
            json::print(&Over { nothing_open: true }, streams.out)?;
            return Ok(Status::Done);
        }
        match looked.checked {
            // An icon that waits is to go now, which a failure would not tell it; this one is in the log.
            Some(Err(error)) if !self.session.settings.offline && !self.options.waiting => {
                Err(Failure::of_check(&error, self.texts))
            }
            _ => Ok(Status::Done),
        }
    }

    /// Whoever has checked last, a window for one: what became of it counts.
    fn remember_checks(&self, memory: &mut notice::Memory, looked: &Looked) {
        if let Some(last) = self.session.last_check() {
            let has_failed = matches!(last.outcome, Outcome::Failed(_));
            memory.checked(&self.now, has_failed && !self.session.settings.offline);
        }
        if let Some(checked) = &looked.checked {
            memory.checked(&self.now, checked.is_err() && !self.session.settings.offline);
        }
    }

    /// «Выход», and a window that was opened.
    fn seen(&self) -> Result<Status, Failure> {
        let mut kept = Kept::open(&self.session.paths);
        let mut memory = kept.memory.clone();
        memory.seen(&self.now);
        kept.save(memory).map_err(|error| self.not_kept(&error))?;
        Ok(Status::Done)
    }

    /// «Проверить сейчас».
    fn answer(&self, streams: &mut Streams<'_>) -> Result<Status, Failure> {
        let looked = self.check();
        let (open, endings) = (self.open(looked.report.as_ref()), self.endings());
        let facts = self.facts(&open, &endings, looked.report.as_ref());
        let mut kept = Kept::open(&self.session.paths);
        let mut memory = kept.memory.clone();
        let (message, decision) = match (looked.checked, &looked.report) {
            (Some(Err(error)), known) => {
                memory.checked(&self.now, !self.session.settings.offline);
                let message = self.texts.notice_unchecked(&error, known.as_ref(), &self.now);
                (message, notice::remaining(&facts, &memory))
            }
            (_, report) => {
                memory.checked(&self.now, false);
                let decision = notice::answer(&facts, &memory);
                let said = decision.message.as_ref();
                let said = said.map(|matter| self.texts.notice_message(matter, &self.now));
                let nothing = || report.as_ref().map(|report| self.texts.notice_nothing(report, &self.now));
                (said.or_else(nothing).unwrap_or_else(|| self.texts.notice_never()), decision)
            }
        };
        // Whoever has asked is answered, remembered or not.
        keep(&mut kept, decision.memory.clone());
        let wait_secs = decision.left.as_secs().unsigned_abs().max(SHORT_SECS);
        self.print(self.shown(Some(message), &decision, wait_secs), streams)?;
        Ok(Status::Done)
    }

    /// «Напомнить завтра».
    fn put_off(&self) -> Result<Status, Failure> {
        let open = self.open(self.last().report.as_ref());
        let mut kept = Kept::open(&self.session.paths);
        let mut memory = kept.memory.clone();
        memory.put_off(&open, &self.now, self.tomorrow());
        kept.save(memory).map_err(|error| self.not_kept(&error))?;
        drop(kept);
        self.tell_others();
        Ok(Status::Done)
    }

    /// «Пропустить эту версию».
    fn skip(&self, streams: &mut Streams<'_>) -> Result<Status, Failure> {
        let (session, report) = (self.session, self.last().report);
        let items = report.as_ref().map_or(&[][..], |report| &report.items);
        let mut hidden = Hidden::load(&*session.os, &session.paths);
        for skip in &self.options.skip {
            let same = offered_the_same(items, skip);
            if same.is_empty() {
                // It may have been installed meanwhile, by another window for one.
                let (id, version) = (skip.id.as_str(), skip.version.to_string());
                let line = fl!(self.texts.loader, "notice-not-offered", id = id, version = version);
                writeln!(streams.err, "{line}")?;
            }
            match hidden.hide(&*session.os, &session.paths, &same) {
                Ok(()) => {}
                Err(error @ hidden::Error::Write { .. }) => return Err(self.not_kept(&error)),
                // It is skipped here; that the vendor's updater was not told is its own matter.
                Err(error @ hidden::Error::Registry(_)) => tracing::warn!(error = chain(&error), "Not told"),
            }
        }
        self.tell_others();
        let (open, endings) = (self.open(report.as_ref()), self.endings());
        let mut kept = Kept::open(&session.paths);
        let decision = notice::remaining(&self.facts(&open, &endings, report.as_ref()), &kept.memory.clone());
        keep(&mut kept, decision.memory.clone());
        if !decision.left.is_zero() {
            let wait_secs = decision.left.as_secs().unsigned_abs();
            self.print(self.shown(None, &decision, wait_secs), streams)?;
        }
        Ok(Status::Done)
    }

    /// Whether this run of the task is to ask the source. A PC without a way to one asks folders alone.
    fn wanted(&self) -> Wanted {
        let session = self.session;
        let (root, _) = session.source_in_force(&self.machine);
        if session.settings.offline && root.contains("://") {
            return Wanted::Nothing;
        }
        if schedule::was_asked(&session.paths, self.now.timestamp()) {
            return Wanted::ByPerson;
        }
        let civil = |time: Timestamp| time.to_zoned(self.now.time_zone().clone()).datetime();
        let last = session.last_check().map(|last| civil(last.at));
        let rhythm = self.rhythm();
        let phase = schedule::phase_in_force(&*session.os, &rhythm);
        if schedule::is_due(last, self.now.datetime(), &rhythm, phase) {
            Wanted::ByTask
        } else {
            Wanted::Nothing
        }
    }

    /// That of the task itself, which a person may have given another than the settings say.
    fn rhythm(&self) -> Rhythm {
        let of_task = match schedule::state(&*self.session.os) {
            State::Ours(facts) => facts.hours().map(|hours| (hours, facts.working_hours)),
            State::Foreign(_) | State::None | State::Unknown(_) => None,
        };
        of_task.map_or_else(
            || Rhythm::of(&self.session.settings),
            |(hours, working_hours)| Rhythm { hours, working_hours },
        )
    }

    /// What the task asks for, unless the source wants to be left alone.
    fn check_in_background(&self) -> Looked {
        match self.session.check_in_background(&self.machine, Tell::Window, &|_| ()) {
            Ok(Background::Checked(checked)) => Looked::now(checked.report),
            Ok(Background::Resting { .. }) => self.last(),
            Err(failure) => self.failed(failure),
        }
    }

    /// What a person asks for.
    fn check(&self) -> Looked {
        match self.session.check_everything(&self.machine, Tell::Window, &|_| ()) {
            Ok(checked) => Looked::now(checked.report),
            Err(failure) => self.failed(failure),
        }
    }

    fn failed(&self, failure: CheckFailure) -> Looked {
        tracing::warn!(error = chain(&failure.error), "The check in the background failed");
        match failure.error {
            // Everything was looked up; that it cannot be kept is told wherever a person looks.
            CheckError::Store(_) => Looked::now(*failure.report),
            error => Looked { checked: Some(Err(error)), ..self.last() },
        }
    }

    /// What an earlier check said, as far as it still holds.
    fn last(&self) -> Looked {
        let report = Report::load(&self.session.paths.report_path()).unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "The last report is not used");
            None
        });
        let report = report.map(|mut report| {
            let subscriptions = self.session.subscriptions();
            let facts = subscriptions.facts(&self.machine, &self.now);
            offer::refit(&mut report.items, &self.machine, &facts);
            report
        });
        Looked { report, checked: None }
    }

    fn open(&self, report: Option<&Report>) -> Vec<Open> {
        let session = self.session;
        let hidden = Hidden::load(&*session.os, &session.paths);
        let items = report.map_or(&[][..], |report| &report.items);
        notice::open(items, &hidden, &|release| {
            let file = release.file.as_ref().map(|file| session.download_dir(release).join(&file.name));
            file.is_some_and(|file| file.is_file())
        })
    }

    /// Whose subscription comes to its end, of the devices that are known here.
    fn endings(&self) -> Vec<Subscription> {
        let known = self.session.subscriptions();
        let overview = subscription::overview(&known, &self.machine, &self.now);
        let ends = overview.ends(&known.records, self.now.date());
        ends.into_iter().map(|end| Subscription { who: end.device, until: end.until }).collect()
    }

    fn facts<'a>(
        &'a self,
        open: &'a [Open],
        subscriptions: &'a [Subscription],
        report: Option<&Report>,
    ) -> Facts<'a> {
        Facts {
            now: &self.now,
            open,
            checked_at: report.map(|report| report.checked_at),
            is_offline: self.session.settings.offline,
            maintenance: self.session.settings.maintenance.as_ref(),
            subscriptions,
            warn_days: self.session.settings.subscription_warn_days.days(),
            is_window_open: is_window_open(self.session),
            is_full_screen: self.session.os.is_full_screen() == Some(true),
        }
    }

    /// The beginning of the next working day.
    fn tomorrow(&self) -> Timestamp {
        let end_of_day = self.now.date().to_datetime(Time::MAX);
        let working = self.session.settings.working_hours.as_ref();
        let begin = match working {
            Some(hours) => hours.next(end_of_day),
            None => self.now.date().tomorrow().ok().map(|day| day.to_datetime(MORNING)),
        };
        let begin = begin.and_then(|begin| begin.to_zoned(self.now.time_zone().clone()).ok());
        begin.map_or_else(|| self.now.timestamp(), |begin| begin.timestamp())
    }

    fn shown(&self, message: Option<Message>, decision: &Decision, wait_secs: u64) -> Notice {
        let mut icon = self.texts.notice_icon(&decision.standing, &self.now);
        if let Some(message) = message.as_ref().filter(|_| decision.standing.is_empty()) {
            (icon.kind, icon.tooltip) = (message.kind, message.title.clone());
        }
        let menu = self.texts.notice_menu(&decision.standing);
        Notice { message, icon, menu, wait_secs }
    }

    fn print(&self, notice: Notice, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if self.options.json {
            json::print(&notice, streams.out)?;
        } else if let Some(message) = notice.message {
            writeln!(streams.out, "{}\n{}", message.title, message.body)?;
        }
        Ok(())
    }

    fn not_kept(&self, error: &dyn std::error::Error) -> Failure {
        let reason = chain(error);
        Failure::new(Status::Failed, fl!(self.texts.loader, "notice-not-kept", reason = reason))
    }

    /// The window and all icons show what is known now. The stub that runs this shows it anyway.
    fn tell_others(&self) {
        self.session.tell_others(Tell::Window);
        let asked_by = std::env::var(ASKED_BY).ok();
        stubs(&self.session.paths.state_dir, &Call::Renew, asked_by.as_deref());
    }
}

/// All items that are offered what this names, if it names one.
fn offered_the_same<'a>(items: &'a [Item], skip: &Skip) -> Vec<&'a Item> {
    let by = |subject: Subject, id: &str| {
        items.iter().find(|item| item.subject == subject && item.id.to_lowercase() == id.to_lowercase())
    };
    let base = |id: &str| by(Subject::Base, id);
    let found = match skip.id.as_str() {
        PLATFORM => by(Subject::Platform, PLATFORM).or_else(|| base(PLATFORM)),
        UPDATER => by(Subject::Updater, UPDATER).or_else(|| base(UPDATER)),
        id => base(id.strip_prefix("base:").unwrap_or(id)),
    };
    let offered = |item: &'a Item| item.offer().and_then(|offer| offer.release());
    let Some(release) = found.and_then(offered).filter(|release| release.version == skip.version) else {
        return Vec::new();
    };
    let is_same = |other: &smarts_core::catalogue::Release| {
        other.feed == release.feed && other.version == release.version
    };
    items.iter().filter(|item| offered(item).is_some_and(is_same)).collect()
}

/// With what is said remembered; what cannot be remembered is shown by the icon alone, which repeats nothing.
fn remembered(kept: &mut Kept, mut decision: Decision) -> Decision {
    if !keep(kept, decision.memory.clone()) && decision.message.take().is_some() {
        decision.is_recalled = true;
    }
    decision
}

fn keep(kept: &mut Kept, memory: notice::Memory) -> bool {
    let saved = kept.save(memory);
    if let Err(error) = &saved {
        tracing::warn!(%error, "What was said is not remembered");
    }
    saved.is_ok()
}
