//! `smarts update`: download, prove, show, ask, install, read back.
//!
//! The platform goes first, then the bases, this program last; bases of one product with the same way to the
//! same release are one plan. All plans are shown before anything begins, and one consent is to all of them; they wait
//! on the disk until they are done ([`continued`]). The first failure stops the rest.

use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::offer::{Item, Subject};
use smarts_core::plan::{Plan, PlanSubject};
use smarts_core::preflight::Earlier;

use super::change::{Asked, Change};
use super::progress::Bar;
use super::{Failure, Status, Streams, args, continued, sheet, target};
use crate::i18n::Texts;
use crate::session::{self, Origin, Update};

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
    if options.go_on {
        return continued::run(change, streams);
    }
    if options.abandon {
        return continued::abandon(change, options.plan.as_deref(), streams);
    }
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
    let mut agreed = Vec::new();
    let mut earlier = Earlier::default();
    for group in groups(items) {
        early(change, &machine, &group, &earlier, streams)?;
        let fetched = fetch(change, &machine, &group.item, streams)?;
        agreed.extend(show(change, &group, fetched, &mut earlier, streams)?);
    }
    if agreed.is_empty() {
        return Ok(Status::Done);
    }
    let plans: Vec<&Plan> = agreed.iter().map(|(plan, _)| plan).collect();
    let agreed_to_go = change.ask(&plans, streams)?;
    // Who has come as far as to here has agreed to what nothing proves.
    let accept_unproved = plans.iter().any(|plan| session::is_unproved(plan));
    let machine = session.machine();
    let from: Vec<(&Plan, Origin)> = agreed.iter().map(|(plan, origin)| (plan, *origin)).collect();
    let keeper = session.keep_plans(&from, &machine, accept_unproved);
    let plans = agreed.into_iter().map(|(plan, _)| plan).collect();
    change.carry_out_all(&machine, plans, &agreed_to_go, keeper, streams)
}

/// Nobody is to wait for a download only to hear then what could have been told before.
fn early(
    change: Change<'_>,
    machine: &Machine,
    group: &Group,
    earlier: &Earlier,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let Change { session, texts, .. } = change;
    let item = &group.item;
    let points = session.look_early(machine, item.subject, steps(item), &group.base_ids, earlier);
    let names = group.base_ids.iter().filter_map(|id| Some(machine.base(id)?.name.as_str()));
    let names = names.collect::<Vec<_>>().join(", ");
    let name = if names.is_empty() { texts.item_name(item) } else { names };
    sheet::print_early(&name, &texts.points(&points, &[], machine), texts, streams)?;
    if points.may_go_on() {
        return Ok(());
    }
    Err(Failure::new(Status::Refused, fl!(texts.loader, "cli-stopped")))
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
) -> Result<Update, Failure> {
    let Change { session, texts, interrupt, .. } = change;
    let bar = Bar::new(streams.is_terminal, texts, &session.clock);
    let show = |progress| bar.show(progress);
    // Whether an unproved template is accepted is asked once it is known that nothing proves it.
    let fetch = session.fetch_update(machine, item, &show, &interrupt.cancel);
    session
        .runtime()
        .block_on(fetch)
        .map_err(|error| target::not_fetched(&error, texts, &session.clock.now()))
}

/// Shows what would be done for a group, plan by plan, and where the files come from.
fn show(
    change: Change<'_>,
    group: &Group,
    fetched: Update,
    earlier: &mut Earlier,
    streams: &mut Streams<'_>,
) -> Result<Vec<(Plan, Origin)>, Failure> {
    let machine = change.session.machine();
    let origin = fetched.steps.first().map_or(Origin::Folder, |one| one.origin);
    let plans = change.session.plans(&machine, &group.item, &group.base_ids, fetched, change.yes);
    for plan in &plans {
        writeln!(streams.err, "{}", title(&group.item, plan, change.texts))?;
        let warnings = &group.item.warnings;
        change.show(
            &machine,
            &Asked { plan, origin, warnings, accepts_unproved: false },
            earlier,
            streams,
        )?;
    }
    Ok(plans.into_iter().map(|plan| (plan, origin)).collect())
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
