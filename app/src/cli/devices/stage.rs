//! `smarts devices stage`: from the source or a file at hand to what the devices of each base are offered.

use i18n_embed_fl::fl;
use smarts_core::catalogue;
use smarts_core::devices::apk;
use smarts_core::devices::overview::Overview;
use smarts_core::devices::staged::{self, Staged};
use smarts_core::devices::staging::{self, Older, Remark, Step, judge_file};
use smarts_core::journal::Entry;
use smarts_core::machine::{Base, Machine};
use smarts_core::verify::Proof;
use smarts_core::version::Version;

use super::{Series, name, of, of_base, overview, tell_unrecorded};
use crate::cli::args::StageApp;
use crate::cli::backup::Bar as CopyBar;
use crate::cli::change::Change;
use crate::cli::expired::{self, Unread};
use crate::cli::progress::Bar;
use crate::cli::{Failure, Status, Streams, ask, json, proxy, target};
use crate::event_log::EventLog;
use crate::i18n::sentence;
use crate::session::{AppError, AppFile};

/// A base that the app goes to.
struct Goal {
    id: String,
    staged: Staged,
    remarks: Vec<Remark>,
    /// The very same package is what devices are offered, and nothing else is to be done.
    is_there: bool,
}

/// What is staged, and where.
struct Staging<'a> {
    change: Change<'a>,
    machine: Machine,
    overview: Overview,
    older: Older,
}

/// Finds the app, shows what would be done, asks, and does it base by base.
pub(super) fn run(
    change: Change<'_>,
    options: &StageApp,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change;
    let machine = session.machine();
    let ids = target::bases(&machine, &options.ids, texts)?;
    let version = target::version(options.version.as_deref(), texts)?;
    let elsewhere = ids.iter().find(|id| !machine.base(id).is_some_and(Base::is_managed));
    if let Some(id) = elsewhere {
        return Err(of(&machine, id, &staging::Error::NotHere, texts));
    }
    let overview = overview(session, &machine);
    let older = if options.remove_older { Older::Remove } else { Older::Keep };
    let staging = Staging { change, machine, overview, older };
    let found = if let Some(path) = &options.file {
        session.app_at_hand(path, true)
    } else {
        proxy::ask(session, texts, streams)?;
        staging.of_source(&ids, version, streams)?
    };
    let app = match found {
        Ok(app) => app,
        Err(error @ AppError::NothingNew) => {
            let notice = texts.app_notice(&error, &session.clock.now());
            writeln!(streams.err, "{}", sentence(&notice.what))?;
            if options.json {
                json::print(&json::Staging::nothing(), streams.out)?;
            }
            return Ok(Status::Done);
        }
        Err(error) => return Err(staging.no_app(&error)),
    };
    let goals = staging.goals(&app, &ids)?;
    staging.show(&app, &goals, streams)?;
    if !goals.iter().all(|goal| goal.is_there) {
        staging.agree(&app, goals.len(), streams)?;
    }
    staging.stage(&app, &goals, options.json, streams)
}

impl Staging<'_> {
    /// What the devices work with, or will.
    fn server(&self) -> Option<Version> {
        self.overview.next_server.or(self.overview.server)
    }

    /// From the source; of a folder whose signatures have expired the person is asked as by a check.
    fn of_source(
        &self,
        ids: &[String],
        version: Option<Version>,
        streams: &mut Streams<'_>,
    ) -> Result<Result<AppFile, AppError>, Failure> {
        let Change { session, texts, .. } = self.change;
        let found = self.fetch(ids, version, streams);
        let Err(error @ AppError::LookUp(unread)) = &found else { return Ok(found) };
        let catalogue::Fault::Source(fault) = &unread.fault else { return Ok(found) };
        match expired::ask_about(session, &self.machine, fault, texts, streams)? {
            Unread::Again => Ok(self.fetch(ids, version, streams)),
            Unread::Declined => {
                Err(Failure::new(Status::Cancelled, fl!(texts.loader, "cli-devices-declined")))
            }
            Unread::Expired => {
                let mut notice = texts.app_notice(error, &session.clock.now());
                notice.next = Some(fl!(texts.loader, "cli-expired"));
                Err(Failure::of_notice(Status::Refused, &notice))
            }
            Unread::Otherwise => Ok(found),
        }
    }

    /// Whether an app is accepted that nothing proves is asked once it is known that nothing does.
    fn fetch(
        &self,
        ids: &[String],
        version: Option<Version>,
        streams: &Streams<'_>,
    ) -> Result<AppFile, AppError> {
        let Change { session, texts, interrupt, .. } = self.change;
        let server = self.server();
        let runtime = session.runtime();
        let release = runtime.block_on(session.look_up_app(&self.machine, ids, version, server.as_ref()))?;
        let bar = Bar::new(streams.is_terminal, texts, &session.clock);
        let show = |progress| bar.show(progress);
        runtime.block_on(session.fetch_app(&self.machine, &release, true, &show, &interrupt.cancel))
    }

    fn no_app(&self, error: &AppError) -> Failure {
        let Change { session, texts, .. } = self.change;
        let now = session.clock.now();
        if let AppError::Fetch(error) = error {
            return target::not_fetched(error, texts, &now);
        }
        tracing::warn!(error = crate::error::chain(error), "There is no app to stage");
        Failure::of_notice(status_of(error), &texts.app_notice(error, &now))
    }

    /// Judges the app for each base; the first that it does not go to refuses all.
    fn goals(&self, app: &AppFile, ids: &[String]) -> Result<Vec<Goal>, Failure> {
        let texts = self.change.texts;
        let server = self.server();
        let goal = |id: &String| {
            let dir = self.machine.base(id).and_then(|base| base.dir.as_deref());
            let dir = dir.ok_or_else(|| of(&self.machine, id, &staging::Error::NotHere, texts))?;
            let staged = staged::read(dir);
            let judged = judge_file(&staged, &app.file, &app.apk, app.version(), server.as_ref());
            let remarks = judged.map_err(|misfit| {
                let notice = texts.app_misfit_notice(&misfit);
                of_base(Status::Refused, name(&self.machine, id), &notice)
            })?;
            let has_older = staged.apps.iter().any(|one| one.version < app.version());
            let is_there =
                remarks.contains(&Remark::AlreadyThere) && (self.older == Older::Keep || !has_older);
            Ok(Goal { id: id.clone(), staged, remarks, is_there })
        };
        ids.iter().map(goal).collect()
    }

    fn show(&self, app: &AppFile, goals: &[Goal], streams: &mut Streams<'_>) -> Result<(), Failure> {
        let texts = self.change.texts;
        let loader = &texts.loader;
        let code = app.apk.version_code.map_or_else(|| "—".to_owned(), |code| code.to_string());
        let lines = [
            fl!(
                loader,
                "cli-devices-package",
                package = app.apk.package.as_str(),
                version = app.version().to_string(),
                code = code,
                size = texts.size(app.file.size())
            ),
            fl!(loader, "cli-devices-proof", proof = texts.proof(&app.proved())),
        ];
        for line in lines {
            writeln!(streams.err, "{line}")?;
        }
        for goal in goals {
            let devices = self.machine.base(&goal.id).map_or(0, |base| base.devices.len());
            let name = name(&self.machine, &goal.id);
            let line = match goal.staged.newest() {
                Some(former) => {
                    let former = former.version.to_string();
                    fl!(loader, "cli-devices-goal-former", name = name, count = devices, former = former)
                }
                None => fl!(loader, "cli-devices-goal", name = name, count = devices),
            };
            writeln!(streams.err, "{line}")?;
            for remark in &goal.remarks {
                writeln!(streams.err, "  {}", sentence(&texts.app_remark(remark)))?;
            }
        }
        Ok(())
    }

    /// `--yes` accepts what was remarked, and is no consent to an app that nothing proves.
    fn agree(&self, app: &AppFile, count: usize, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let Change { session, texts, yes, .. } = self.change;
        let loader = &texts.loader;
        let declined = || Err(Failure::new(Status::Cancelled, fl!(loader, "cli-devices-declined")));
        if app.file.proof() == Proof::None && !session.accepts_unproved() {
            if yes {
                return Err(Failure::new(Status::Refused, fl!(loader, "cli-unproved")));
            }
            if !ask::confirm(&fl!(loader, "cli-devices-confirm-unproved"), texts, streams)? {
                return declined();
            }
        }
        if yes || ask::confirm(&fl!(loader, "cli-devices-confirm", count = count), texts, streams)? {
            return Ok(());
        }
        declined()
    }

    /// Base by base; the first failure stops the rest, and what is done is said.
    fn stage(
        &self,
        app: &AppFile,
        goals: &[Goal],
        as_json: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Status, Failure> {
        let texts = self.change.texts;
        let is_terminal = streams.is_terminal;
        let work = |goal: &Goal| self.stage_for(app, goal, is_terminal);
        let series = Series::of(goals, work, |goal, done| {
            tell_unrecorded(done.unrecorded.as_ref(), texts, streams)?;
            if as_json { Ok(()) } else { self.tell(&goal.id, done, streams) }
        })?;
        if as_json {
            let bases = goals.iter().zip(series.ended(texts)).map(|(goal, ended)| json::Staged {
                id: &goal.id,
                name: name(&self.machine, &goal.id),
                remarks: &goal.remarks,
                ended,
            });
            json::print(&json::Staging::of(app, &bases.collect::<Vec<_>>(), texts), streams.out)?;
        }
        let ids: Vec<&str> = goals.iter().map(|goal| goal.id.as_str()).collect();
        series.status(&self.machine, &ids, |done| done.unrecorded.is_none(), texts)
    }

    fn stage_for(
        &self,
        app: &AppFile,
        goal: &Goal,
        is_terminal: bool,
    ) -> Result<staging::Done, staging::Error> {
        let Change { session, texts, interrupt, .. } = self.change;
        let event_log = EventLog::new(&*session.os, texts);
        let witness = |entry: &Entry| event_log.write(entry);
        let bar = CopyBar::new(is_terminal, texts);
        let mut show = |step| {
            if let Step::Copying { done_bytes, total_bytes } = step {
                bar.show(name(&self.machine, &goal.id).to_owned(), done_bytes, total_bytes);
            }
        };
        interrupt.guard(|cancel| session.stage_app(&goal.id, app, self.older, &witness, &mut show, cancel))
    }

    /// What a device of the base is offered now, as it was read back from the folder.
    fn tell(&self, id: &str, done: &staging::Done, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let texts = self.change.texts;
        let loader = &texts.loader;
        let (name, version) = (name(&self.machine, id), done.offered.version);
        let what = if done.was_there {
            fl!(loader, "cli-devices-there", name = name, version = version.to_string())
        } else {
            fl!(loader, "cli-devices-done", name = name, version = version.to_string())
        };
        let text = done.offered.content.as_ref().map_or("", |content| content.text.as_str());
        let offered = texts.app_offered(version, text, self.lowest_app(id).filter(|from| *from < version));
        writeln!(streams.out, "{what} {offered}")?;
        if !done.removed.is_empty() {
            let versions: Vec<String> = done.removed.iter().map(ToString::to_string).collect();
            writeln!(streams.out, "{}", fl!(loader, "cli-devices-removed", versions = versions.join(", ")))?;
        }
        if let Some(path) = &done.broken_list_kept {
            let path = path.display().to_string();
            writeln!(streams.out, "{}", fl!(loader, "cli-devices-list-kept", path = path))?;
        }
        Ok(())
    }

    /// Of the devices of a base; stated or assumed.
    fn lowest_app(&self, id: &str) -> Option<Version> {
        let devices = &self.overview.base(id)?.devices;
        devices.iter().filter_map(|device| device.app).map(|app| app.version).min()
    }
}

fn status_of(error: &AppError) -> Status {
    match error {
        AppError::Fetch(error) if error.is_refusal() => Status::Refused,
        AppError::LookUp(catalogue::Error { fault: catalogue::Fault::Source(fault), .. })
            if fault.is_refusal() =>
        {
            Status::Refused
        }
        AppError::Fetch(_)
        | AppError::LookUp(_)
        | AppError::Read(_)
        | AppError::Hash(_)
        | AppError::Source(_)
        | AppError::Package(apk::Error::Read(_)) => Status::Failed,
        AppError::Verify(_)
        | AppError::Package(_)
        | AppError::NoVersion
        | AppError::NotListed { .. }
        | AppError::NothingNew
        | AppError::Places => Status::Refused,
    }
}
