//! `smarts update`: download, prove, show, ask, install, read back.
//!
//! The platform goes first, then the bases; bases of one product with the same way to the same release are
//! one plan with one consent. The first failure stops the rest.

use i18n_embed_fl::fl;
use smarts_core::apply::{BaseState, Outcome};
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, PLATFORM, Warning};
use smarts_core::plan::{Plan, PlanSubject};
use tokio_util::sync::CancellationToken;

use super::interrupt::Interrupt;
use super::progress::Bar;
use super::{Failure, Status, Streams, args, ask, install, sheet, target};
use crate::i18n::Texts;
use crate::session::{self, Fetched, Session};

/// One consent: items whose offers have the same steps.
struct Group {
    item: Item,
    base_ids: Vec<String>,
}

/// Updates what was named.
pub(super) fn run(
    session: &Session,
    options: &args::Update,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    let ids = target::resolve(&machine, &options.ids, texts)?;
    let version = target::version(options.version.as_deref(), texts)?;
    let mut items = Vec::new();
    for item in target::items(session, &machine, &ids, version.as_ref(), texts)? {
        if target::may_be_updated(&item, texts, streams)? {
            items.push(item);
        }
    }
    for group in groups(items) {
        let fetched = fetch(session, &machine, &group.item, texts, streams)?;
        let status = install(session, &group, fetched, options.yes, texts, streams)?;
        if status != Status::Done {
            return Ok(status);
        }
    }
    Ok(Status::Done)
}

fn groups(items: Vec<Item>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let base_ids = if item.id == PLATFORM { Vec::new() } else { vec![item.id.clone()] };
        let same = groups.iter_mut().find(|group| {
            !group.base_ids.is_empty()
                && steps(&group.item) == steps(&item)
                && group.item.product == item.product
        });
        match same {
            Some(group) => group.base_ids.extend(base_ids),
            None => groups.push(Group { item, base_ids }),
        }
    }
    groups
}

fn steps(item: &Item) -> &[smarts_core::catalogue::Release] {
    item.offer().map_or(&[], |offer| &offer.steps)
}

fn fetch(
    session: &Session,
    machine: &Machine,
    item: &Item,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Vec<Fetched>, Failure> {
    let bar = Bar::new(streams.is_terminal);
    let show = |progress| bar.show(progress);
    let cancel = CancellationToken::new();
    // Whether an unproved template is accepted is asked once it is known that nothing proves it.
    let fetch = session.fetch(machine, steps(item), None, true, &show, &cancel);
    session.runtime().block_on(fetch).map_err(|error| target::not_fetched(&error, texts))
}

fn install(
    session: &Session,
    group: &Group,
    fetched: Vec<Fetched>,
    yes: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = session.machine();
    for plan in session.plans(&machine, &group.item, &group.base_ids, fetched, yes) {
        writeln!(streams.err, "{}", title(&group.item, &plan, texts))?;
        agree(session, &machine, &plan, &group.item.warnings, yes, texts, streams)?;
        let status = carry_out(session, &machine, plan, yes, texts, streams)?;
        if status != Status::Done {
            return Ok(status);
        }
    }
    Ok(Status::Done)
}

fn title(item: &Item, plan: &Plan, texts: &Texts) -> String {
    let versions = match &plan.subject {
        PlanSubject::Template(plan) => {
            plan.packages.iter().map(|package| package.release.version.to_string()).collect::<Vec<_>>()
        }
        PlanSubject::Installer(plan) => vec![plan.package.release.version.to_string()],
    };
    let installed = item.installed.map_or_else(String::new, |version| version.to_string());
    let way = [vec![installed], versions].concat().join(" → ");
    match &plan.subject {
        PlanSubject::Template(plan) if plan.bases.len() > 1 => {
            let names = plan.bases.iter().map(|base| base.name.as_str()).collect::<Vec<_>>().join(", ");
            format!("{}\n{way}", fl!(texts.loader, "cli-bases", names = names))
        }
        PlanSubject::Template(_) | PlanSubject::Installer(_) => format!("{}: {way}", texts.item_name(item)),
    }
}

/// Shows the sheet and asks; a stop or an unproved file is refused whatever `yes` says.
pub(super) fn agree(
    session: &Session,
    machine: &Machine,
    plan: &Plan,
    warnings: &[Warning],
    yes: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let look = session.look(machine, plan);
    sheet::print(&texts.sheet(plan, &look, machine, warnings), texts, streams)?;
    if !look.points.may_go_on() {
        return Err(Failure::new(Status::Refused, fl!(texts.loader, "cli-stopped")));
    }
    let cancelled = || Failure::new(Status::Cancelled, fl!(texts.loader, "cli-cancelled"));
    if session::is_unproved(plan) && !session.accepts_unproved() {
        if yes {
            return Err(Failure::new(Status::Refused, fl!(texts.loader, "cli-unproved")));
        }
        if !ask::confirm(&fl!(texts.loader, "cli-confirm-unproved"), texts, streams)? {
            return Err(cancelled());
        }
    }
    let question = match &plan.subject {
        PlanSubject::Template(plan) => fl!(texts.loader, "cli-confirm-bases", count = plan.bases.len()),
        PlanSubject::Installer(_) => fl!(texts.loader, "cli-confirm-installer"),
    };
    if yes || ask::confirm(&question, texts, streams)? { Ok(()) } else { Err(cancelled()) }
}

/// Does it, and says how it ended.
pub(super) fn carry_out(
    session: &Session,
    machine: &Machine,
    plan: Plan,
    yes: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    if let PlanSubject::Template(_) = &plan.subject {
        writeln!(streams.err, "{}", fl!(texts.loader, "cli-working"))?;
    }
    let wizard_bases = match &plan.subject {
        PlanSubject::Installer(plan) => install::wizard_bases(plan),
        PlanSubject::Template(_) => Vec::new(),
    };
    let platform = fl!(texts.loader, "platform-name");
    let outcome = Interrupt::listen(session).guard(|cancel| session.apply(plan, &mut |_| (), cancel));
    match outcome {
        Outcome::Bases(outcome) => bases(session, machine, outcome, texts, streams),
        Outcome::PlatformDone { to, reboot_needed, unrecorded, .. } => {
            unwritten(unrecorded.as_ref(), texts, streams)?;
            done(&platform, &to.to_string(), reboot_needed, texts, streams)
        }
        Outcome::RebootNeeded { to, unrecorded } => {
            unwritten(unrecorded.as_ref(), texts, streams)?;
            done(&platform, &to.to_string(), true, texts, streams)
        }
        Outcome::WizardDone { template, unrecorded, .. } => {
            unwritten(unrecorded.as_ref(), texts, streams)?;
            match template {
                Some(path) => install::after_wizard(session, &path, &wizard_bases, yes, texts, streams),
                None => Err(Failure::new(Status::Failed, fl!(texts.loader, "cli-wizard-nothing"))),
            }
        }
        Outcome::Cancelled => Err(Failure::new(Status::Cancelled, fl!(texts.loader, "cli-cancelled"))),
        Outcome::Failed { error, unrecorded } => {
            unwritten(unrecorded.as_ref(), texts, streams)?;
            let status = status_of(&error);
            Err(Failure::of_notice(status, &texts.installer_notice(&error)))
        }
    }
}

fn bases(
    session: &Session,
    machine: &Machine,
    outcome: smarts_core::apply::BasesOutcome,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let name = |id: &str| machine.base(id).map_or_else(|| id.to_owned(), |base| base.name.clone());
    unwritten(outcome.unrecorded.as_ref(), texts, streams)?;
    for one in &outcome.done {
        let line = fl!(texts.loader, "cli-done", name = name(&one.base_id), version = one.to.to_string());
        writeln!(streams.out, "{line}")?;
    }
    let Some(failure) = outcome.failed else { return Ok(Status::Done) };
    tracing::error!(
        base = failure.base_id,
        error = crate::error::chain(&failure.error),
        "Failed to update a base"
    );
    let notice = texts.apply_notice(&failure.error, &failure.state);
    let mut told = Failure::of_notice(status_of(&failure.error), &notice);
    if let Some(first) = told.lines.first_mut() {
        *first = format!("{}: {first}", name(&failure.base_id));
    }
    let works = match failure.state {
        BaseState::NothingChanged | BaseState::PutBack { .. } => fl!(texts.loader, "failed-works"),
        BaseState::NotPutBack { .. } => fl!(texts.loader, "failed-broken"),
    };
    told.lines.insert(0, works);
    told.lines
        .extend(outcome.not_started.iter().map(|id| fl!(texts.loader, "cli-not-started", name = name(id))));
    drop(session.machine());
    Err(told)
}

fn done(
    name: &str,
    version: &str,
    reboot: bool,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let line = if reboot {
        fl!(texts.loader, "cli-done-reboot", name = name, version = version)
    } else {
        fl!(texts.loader, "cli-done", name = name, version = version)
    };
    writeln!(streams.out, "{line}")?;
    Ok(Status::Done)
}

/// What was done and is not in the journal is said aloud: the journal is what others rely on.
fn unwritten(
    error: Option<&smarts_core::journal::Error>,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let Some(error) = error {
        writeln!(streams.err, "{}", texts.journal_error(error))?;
    }
    Ok(())
}

fn status_of(error: &smarts_core::apply::Error) -> Status {
    use smarts_core::apply::Error;
    use smarts_core::os::InstallerFault;
    match error {
        Error::Cancelled => Status::Cancelled,
        Error::Installer(InstallerFault::Foreign)
        | Error::Package(_)
        | Error::Misfit(_)
        | Error::InUse { .. }
        | Error::NotHere
        | Error::BaseChanged { .. } => Status::Refused,
        _ => Status::Failed,
    }
}
