//! `smarts update`: download, prove, show, ask, install, read back.
//!
//! The platform goes first, then the bases, this program last; bases of one product with the same way to the
//! same release are one plan with one consent. The first failure stops the rest.

use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, Subject};
use smarts_core::plan::{Plan, PlanSubject};

use super::change::Change;
use super::progress::Bar;
use super::{Failure, Status, Streams, args, target};
use crate::i18n::Texts;
use crate::session::{Fetched, Origin};

/// One consent: items whose offers have the same steps.
struct Group {
    item: Item,
    base_ids: Vec<String>,
}

/// Updates what was named.
pub(super) fn run(
    change: Change<'_>,
    options: &args::Update,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change;
    let machine = session.machine();
    let targets = target::resolve(&machine, &options.ids, texts)?;
    let version = target::version(options.version.as_deref(), texts)?;
    let mut items = Vec::new();
    for item in target::items(session, &machine, &targets, version.as_ref(), texts, streams)? {
        if target::may_be_updated(session, &item, texts, streams)? {
            items.push(item);
        }
    }
    for group in groups(items) {
        let fetched = fetch(change, &machine, &group.item, streams)?;
        let status = install(change, &group, fetched, streams)?;
        if status != Status::Done {
            return Ok(status);
        }
    }
    Ok(Status::Done)
}

fn groups(items: Vec<Item>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in items {
        let base_ids = match item.subject {
            Subject::Platform | Subject::Updater => Vec::new(),
            Subject::Base => vec![item.id.clone()],
        };
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
    change: Change<'_>,
    machine: &Machine,
    item: &Item,
    streams: &Streams<'_>,
) -> Result<Vec<Fetched>, Failure> {
    let Change { session, texts, interrupt, .. } = change;
    let bar = Bar::new(streams.is_terminal, texts, &session.clock);
    let show = |progress| bar.show(progress);
    // Whether an unproved template is accepted is asked once it is known that nothing proves it.
    let fetch = session.fetch(machine, steps(item), None, true, &show, &interrupt.cancel);
    session
        .runtime()
        .block_on(fetch)
        .map_err(|error| target::not_fetched(&error, texts, &session.clock.now()))
}

fn install(
    change: Change<'_>,
    group: &Group,
    fetched: Vec<Fetched>,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let machine = change.session.machine();
    let origin = fetched.first().map_or(Origin::Folder, |one| one.origin);
    for plan in change.session.plans(&machine, &group.item, &group.base_ids, fetched, change.yes) {
        writeln!(streams.err, "{}", title(&group.item, &plan, change.texts))?;
        change.agree(&machine, &plan, origin, &group.item.warnings, streams)?;
        let status = change.carry_out(&machine, plan, streams)?;
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
