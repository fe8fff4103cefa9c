//! A change a person is asked about: the sheet, the question, carrying it out, and how it ended.

use i18n_embed_fl::fl;
use smarts_core::apply::{self, BasesOutcome, Outcome, Progress};
use smarts_core::journal::{self, Entry};
use smarts_core::machine::Machine;
use smarts_core::offer::Warning;
use smarts_core::os::InstallerFault;
use smarts_core::plan::{InstallerTarget, Plan, PlanSubject};
use smarts_core::preflight::Earlier;
use smarts_core::version::Version;

use super::backup::older;
use super::interrupt::Interrupt;
use super::{Failure, Status, Streams, ask, difference, install, sheet};
use crate::error::chain;
use crate::event_log::EventLog;
use crate::i18n::{Texts, sentence};
use crate::model::Works;
use crate::session::{self, Keeper, Origin, Session, Sum};

/// What every step of a change needs.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) session: &'a Session,
    pub(super) texts: &'a Texts,
    pub(super) interrupt: &'a Interrupt,
    /// The person has answered all questions beforehand.
    pub(super) yes: bool,
    /// The person wants to see how files that were changed by hand differ.
    pub(super) diff: bool,
}

/// A plan that the person is asked about.
pub(super) struct Asked<'a> {
    pub(super) plan: &'a Plan,
    /// Where its files come from.
    pub(super) origin: Origin,
    /// Those of the offer.
    pub(super) warnings: &'a [Warning],
    /// The person has agreed before to templates that nothing proves.
    pub(super) accepts_unproved: bool,
}

impl Change<'_> {
    /// Shows the sheet and asks; a stop or an unproved file is refused whatever `yes` says.
    pub(super) fn agree(
        self,
        machine: &Machine,
        plan: &Plan,
        origin: Origin,
        warnings: &[Warning],
        streams: &mut Streams<'_>,
    ) -> Result<Vec<String>, Failure> {
        let asked = Asked { plan, origin, warnings, accepts_unproved: false };
        self.show(machine, &asked, &mut Earlier::default(), streams)?;
        self.ask(&[plan], streams)
    }

    /// Shows the sheet of a plan that comes after others; refuses where something stands in the way, and asks about a
    /// file that nothing proves.
    pub(super) fn show(
        self,
        machine: &Machine,
        asked: &Asked<'_>,
        earlier: &mut Earlier,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        let Self { session, texts, yes, diff, .. } = self;
        let loader = &texts.loader;
        let Asked { plan, origin, warnings, accepts_unproved } = *asked;
        let look = session.look(machine, &session.subscriptions(), plan, earlier);
        sheet::print(&texts.sheet(plan, origin, &look, machine, warnings), texts, streams)?;
        if diff {
            difference::print(plan, &look.points, texts, streams)?;
        }
        if !look.points.may_go_on() {
            return Err(Failure::new(Status::Refused, fl!(loader, "cli-stopped")));
        }
        if session::is_unproved(plan) && !session.accepts_unproved() && !accepts_unproved {
            if yes {
                return Err(Failure::new(Status::Refused, fl!(loader, "cli-unproved")));
            }
            if !ask::confirm(&fl!(loader, "cli-confirm-unproved"), texts, streams)? {
                return Err(Failure::new(Status::Cancelled, fl!(loader, "cli-declined")));
            }
        }
        Ok(())
    }

    /// One question about all of it, and one about older copies of the bases that are too many then; the answer is
    /// the ids of those that may go.
    pub(super) fn ask(self, plans: &[&Plan], streams: &mut Streams<'_>) -> Result<Vec<String>, Failure> {
        let loader = &self.texts.loader;
        let question = match plans {
            [plan] => match &plan.subject {
                PlanSubject::Template(plan) => fl!(loader, "cli-confirm-bases", count = plan.bases.len()),
                PlanSubject::Installer(plan) => match plan.target {
                    InstallerTarget::Updater => fl!(loader, "cli-confirm-updater"),
                    InstallerTarget::Platform | InstallerTarget::Wizard { .. } => {
                        fl!(loader, "cli-confirm-installer")
                    }
                },
            },
            _ => fl!(loader, "cli-confirm-all"),
        };
        if self.yes || ask::confirm(&question, self.texts, streams)? {
            older::ask_with_plans(self.session, plans, self.yes, self.texts, streams)
        } else {
            Err(Failure::new(Status::Cancelled, fl!(loader, "cli-declined")))
        }
    }

    /// Does all of it in its order and keeps it on the disk until it is done; the first that fails stops the rest. Once
    /// all of it is done older copies go.
    pub(super) fn carry_out_all(
        self,
        machine: &Machine,
        plans: Vec<Plan>,
        agreed_to_go: &[String],
        mut keeper: Keeper,
        streams: &mut Streams<'_>,
    ) -> Result<Status, Failure> {
        let last = plans.len().saturating_sub(1);
        for (place, plan) in plans.into_iter().enumerate() {
            keeper.begin(place);
            let ended = self.carry_out(machine, plan, &mut keeper, streams);
            let waits = keeper.waits_for_restart();
            match ended {
                Ok(Status::Done) if !waits || place == last => {}
                Ok(status) => {
                    self.tell_rest(keeper, streams)?;
                    return Ok(status);
                }
                Err(mut failure) => {
                    self.tell_sum(&keeper, &mut failure);
                    if keeper.is_untouched() || !keeper.has_rest() {
                        keeper.give_up();
                    } else {
                        failure.lines.push(fl!(self.texts.loader, "cli-plan-left"));
                    }
                    return Err(failure);
                }
            }
        }
        keeper.give_up();
        older::let_go(self.session, agreed_to_go, self.texts, streams)?;
        Ok(Status::Done)
    }

    /// Of more than one: how many are done, how many failed and how many were not begun.
    fn tell_sum(self, keeper: &Keeper, failure: &mut Failure) {
        let Sum { done, failed, left } = keeper.sum();
        if done + failed + left > 1 {
            let line = fl!(self.texts.loader, "cli-plan-sum", done = done, failed = failed, left = left);
            failure.lines.push(line);
        }
    }

    /// What is left waits for something: a restart of the PC.
    fn tell_rest(self, keeper: Keeper, streams: &mut Streams<'_>) -> Result<(), Failure> {
        if keeper.has_rest() {
            writeln!(streams.err, "{}", fl!(self.texts.loader, "cli-plan-after-restart"))?;
        } else {
            keeper.give_up();
        }
        Ok(())
    }

    /// Does it, and says how it ended.
    pub(super) fn carry_out(
        self,
        machine: &Machine,
        plan: Plan,
        keeper: &mut Keeper,
        streams: &mut Streams<'_>,
    ) -> Result<Status, Failure> {
        let loader = &self.texts.loader;
        let targets = plan.target_ids();
        let name = match &plan.subject {
            PlanSubject::Installer(plan) if matches!(plan.target, InstallerTarget::Updater) => {
                fl!(loader, "updater-name")
            }
            PlanSubject::Template(_) | PlanSubject::Installer(_) => fl!(loader, "platform-name"),
        };
        let wizard_bases = match &plan.subject {
            PlanSubject::Template(_) => {
                writeln!(streams.err, "{}", fl!(loader, "cli-working"))?;
                Vec::new()
            }
            PlanSubject::Installer(plan) => match &plan.target {
                InstallerTarget::Platform | InstallerTarget::Updater => Vec::new(),
                InstallerTarget::Wizard { bases } => bases.iter().map(|base| base.id.clone()).collect(),
            },
        };
        let event_log = EventLog::new(&*self.session.os, self.texts);
        let witness = |entry: &Entry| event_log.write(entry);
        let one_of_several = targets.len() > 1;
        let mut note = |progress| {
            keeper.progress(&progress);
            if let Progress::Checking { base_id } = &progress
                && one_of_several
            {
                let name = machine.base(base_id).map_or(base_id.as_str(), |base| &base.name);
                // Nobody may be there to read it, and the update goes on all the same.
                let _ = writeln!(streams.err, "{}", fl!(loader, "cli-base-begun", name = name));
            }
        };
        let outcome = self.interrupt.guard(|cancel| self.session.apply(plan, &witness, &mut note, cancel));
        keeper.ended(&targets, &outcome);
        match outcome {
            Outcome::Bases(outcome) => self.end_bases(machine, outcome, streams),
            Outcome::PlatformDone { to, reboot_needed, unrecorded, .. } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                self.end_installer(fl!(loader, "platform-name"), to, reboot_needed, streams)
            }
            Outcome::UpdaterDone { to, reboot_needed, unrecorded, .. } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                if !reboot_needed {
                    writeln!(streams.err, "{}", fl!(loader, "left-restart-program-text"))?;
                }
                self.end_installer(fl!(loader, "updater-name"), to, reboot_needed, streams)
            }
            Outcome::RebootNeeded { to, unrecorded } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                self.end_installer(name, to, true, streams)
            }
            Outcome::WizardDone { template, reboot_needed, unrecorded } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                if reboot_needed {
                    writeln!(streams.err, "{}", fl!(loader, "left-restart-text"))?;
                }
                match template {
                    Some(path) => install::after_wizard(self, &path, &wizard_bases, streams),
                    None => Err(Failure::new(Status::Failed, fl!(loader, "cli-wizard-nothing"))),
                }
            }
            Outcome::Cancelled { unrecorded } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                Err(Failure::new(Status::Cancelled, fl!(loader, "cli-cancelled")))
            }
            Outcome::Failed { error, unrecorded } => {
                self.tell_unrecorded(unrecorded.as_ref(), streams)?;
                Err(Failure::of_notice(status_of(&error), &self.texts.installer_notice(&error)))
            }
        }
    }

    fn end_bases(
        self,
        machine: &Machine,
        outcome: BasesOutcome,
        streams: &mut Streams<'_>,
    ) -> Result<Status, Failure> {
        let texts = self.texts;
        let loader = &texts.loader;
        let name = |id: &str| machine.base(id).map_or_else(|| id.to_owned(), |base| base.name.clone());
        self.tell_unrecorded(outcome.unrecorded.as_ref(), streams)?;
        for one in &outcome.done {
            let (name, version) = (name(&one.base_id), one.to.to_string());
            let line = match texts.works(&one.works) {
                Some(works) => fl!(loader, "cli-done-works", name = name, version = version, works = works),
                None => fl!(loader, "cli-done", name = name, version = version),
            };
            writeln!(streams.out, "{line}")?;
        }
        let not_started = outcome.not_started.iter();
        let not_started = not_started.map(|id| fl!(loader, "cli-not-started", name = name(id)));
        let Some(failure) = outcome.failed else {
            let bad = outcome.done.iter().find(|one| one.works.is_bad(one.to));
            let Some(bad) = bad else { return Ok(Status::Done) };
            let mut told = Failure::new(Status::Failed, fl!(loader, "failed-broken"));
            told.lines.push(sentence(&texts.works_next(&bad.works)));
            told.lines.extend(not_started);
            return Err(told);
        };
        tracing::error!(base = failure.base_id, error = chain(&failure.error), "A base was not updated");
        let notice = texts.apply_notice(&failure.error, &failure.state, &failure.server);
        let mut told = Failure::of_notice(status_of(&failure.error), &notice);
        if let Some(first) = told.lines.first_mut() {
            *first = format!("{}: {}", name(&failure.base_id), notice.what);
        }
        // The first line answers the first question, if it was looked at.
        match notice.works {
            Works::Yes => told.lines.insert(0, fl!(loader, "failed-works")),
            Works::No => told.lines.insert(0, fl!(loader, "failed-broken")),
            Works::NotLooked => {}
        }
        told.lines.extend(not_started);
        Err(told)
    }

    fn end_installer(
        self,
        name: String,
        version: Version,
        reboot: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Status, Failure> {
        let loader = &self.texts.loader;
        let version = version.to_string();
        let line = if reboot {
            fl!(loader, "cli-done-reboot", name = name, version = version)
        } else {
            fl!(loader, "cli-done", name = name, version = version)
        };
        writeln!(streams.out, "{line}")?;
        Ok(Status::Done)
    }

    /// What was done and is not in the journal is said aloud: the journal is what others rely on.
    fn tell_unrecorded(
        self,
        error: Option<&journal::Error>,
        streams: &mut Streams<'_>,
    ) -> Result<(), Failure> {
        if let Some(error) = error {
            writeln!(streams.err, "{}", sentence(&self.texts.journal_error(error)))?;
        }
        Ok(())
    }
}

fn status_of(error: &apply::Error) -> Status {
    match error {
        apply::Error::Cancelled => Status::Cancelled,
        apply::Error::Installer(InstallerFault::Foreign)
        | apply::Error::Package(_)
        | apply::Error::Misfit(_)
        | apply::Error::NotCovered(_)
        | apply::Error::CoverageUnknown(_)
        | apply::Error::InUse { .. }
        | apply::Error::FilesHeld { .. }
        | apply::Error::InstallerRunning
        | apply::Error::NotHere
        | apply::Error::BaseChanged { .. } => Status::Refused,
        _ => Status::Failed,
    }
}
