//! `smarts update --continue` and `--abandon`: what was agreed to and not finished.
//!
//! Everything is looked at again, as if it were new: the machine, the files, what stands in the way. Then there is one
//! question, as the person at the keyboard may be another, on another day.

use i18n_embed_fl::fl;
use smarts_core::plan::waiting::{self, Waiting};
use smarts_core::plan::{Plan, PlanSubject};
use smarts_core::preflight::Earlier;

use super::change::{Asked, Change};
use super::{Failure, Status, Streams};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::session::ResumeError;

/// Goes on with the oldest plan that waits.
pub(super) fn run(change: Change<'_>, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    let Change { session, texts, interrupt, .. } = change;
    let loader = &texts.loader;
    let Some(waiting) = found(change)? else {
        writeln!(streams.err, "{}", fl!(loader, "plan-none"))?;
        return Ok(Status::Done);
    };
    let machine = session.machine();
    if session.waits_for_restart(&waiting, &machine) {
        return Err(Failure::new(Status::Refused, fl!(loader, "plan-restart")));
    }
    let rest = waiting.rest(&machine).map_err(|unfit| {
        let lines = vec![sentence(&texts.plan_unfit(&unfit)), fl!(loader, "plan-unfit-hint")];
        Failure { status: Status::Refused, lines }
    })?;
    if rest.is_empty() {
        if let Err(error) = waiting::give_up(&*session.os, &session.paths, &waiting.file_name()) {
            tracing::warn!(error = chain(&error), "A plan that is over stays on the disk");
        }
        writeln!(streams.err, "{}", fl!(loader, "plan-none"))?;
        return Ok(Status::Done);
    }
    let parts = rest.iter().map(|rest| rest.part).collect();
    let now = session.clock.now();
    let (user, moment) = (waiting.user.as_str(), texts.moment(waiting.agreed_at, &now));
    writeln!(streams.err, "{}", fl!(loader, "plan-agreed", user = user, moment = moment))?;
    let resumed = session
        .examine_again(&machine, rest, &interrupt.cancel)
        .map_err(|error| unusable(&error, texts, change))?;
    let mut earlier = Earlier::default();
    for part in &resumed {
        writeln!(streams.err, "{}", title(&part.plan, texts))?;
        let (plan, accepts_unproved) = (&part.plan, part.accept_unproved);
        change.show(
            &machine,
            &Asked { plan, origin: part.origin, warnings: &part.warnings, accepts_unproved },
            &mut earlier,
            streams,
        )?;
    }
    let plans: Vec<Plan> = resumed.into_iter().map(|part| part.plan).collect();
    let agreed_to_go = change.ask(&plans.iter().collect::<Vec<_>>(), streams)?;
    let keeper = session.keep_on(waiting, parts, &machine);
    change.carry_out_all(&machine, plans, &agreed_to_go, keeper, streams)
}

/// Gives up what is left of the oldest plan that waits, or of the one whose file has this name.
pub(super) fn abandon(
    change: Change<'_>,
    plan: Option<&str>,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let loader = &change.texts.loader;
    let (os, paths) = (&*change.session.os, &change.session.paths);
    let ended = match (plan, change.session.waiting()) {
        (Some(plan), _) => waiting::give_up(os, paths, plan),
        (None, Ok(None)) => {
            writeln!(streams.err, "{}", fl!(loader, "plan-none"))?;
            return Ok(Status::Done);
        }
        (None, Ok(Some(waiting))) => waiting::give_up(os, paths, &waiting.file_name()),
        // What it says is not believed, and it stands in the way of others.
        (None, Err(waiting::Error::NotAPlan { path, .. } | waiting::Error::Open { path })) => {
            waiting::remove(os, paths, path)
        }
        (None, Err(error)) => Err(error),
    };
    ended.map_err(|error| Failure::new(Status::Failed, sentence(&change.texts.plan_error(&error))))?;
    writeln!(streams.out, "{}", fl!(loader, "plan-abandoned"))?;
    Ok(Status::Done)
}

fn found(change: Change<'_>) -> Result<Option<Waiting>, Failure> {
    change.session.waiting().map_err(|error| {
        let lines =
            vec![sentence(&change.texts.plan_error(&error)), fl!(change.texts.loader, "plan-unfit-hint")];
        Failure { status: Status::Failed, lines }
    })
}

fn unusable(error: &ResumeError, texts: &Texts, change: Change<'_>) -> Failure {
    let lines = |what: String| vec![sentence(&what), fl!(texts.loader, "plan-unfit-hint")];
    match error {
        ResumeError::File(error) => {
            Failure { status: Status::Refused, lines: lines(texts.verify_error(error)) }
        }
        ResumeError::Fetch(error) => super::target::not_fetched(error, texts, &change.session.clock.now()),
        ResumeError::Plan(error) => {
            Failure { status: Status::Refused, lines: lines(crate::error::chain(error)) }
        }
    }
}

fn title(plan: &Plan, texts: &Texts) -> String {
    match &plan.subject {
        PlanSubject::Template(plan) => {
            let names = plan.bases.iter().map(|base| base.name.as_str()).collect::<Vec<_>>().join(", ");
            fl!(texts.loader, "cli-bases", names = names)
        }
        PlanSubject::Installer(plan) => plan.package.verified.file_name(),
    }
}

#[cfg(test)]
mod tests;
