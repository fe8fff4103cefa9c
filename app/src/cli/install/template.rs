//! A template at hand, and one that a wizard has left.

use std::path::Path;

use i18n_embed_fl::fl;
use smarts_core::machine::{Base, Machine};

use super::{agree_and_install, tell, unusable};
use crate::cli::change::Change;
use crate::cli::{Failure, Status, Streams, args, target};
use crate::i18n::Texts;
use crate::session::TemplateAtHand;

/// Applies a template at hand, after the same sheet and the same question as any update.
pub(super) fn run(
    change: Change<'_>,
    options: &args::Install,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change;
    let machine = session.machine();
    let template =
        session.template_at_hand(&options.file, &machine).map_err(|error| unusable(&error, texts))?;
    let wanted = target::bases(&machine, &options.bases, texts)?;
    let bases = chosen(&template, &machine, &wanted, texts)?;
    apply(change, &machine, template, bases, streams)
}

/// Offers the template that a wizard has left to the bases it was run for.
pub(in crate::cli) fn after_wizard(
    change: Change<'_>,
    path: &Path,
    base_ids: &[String],
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Change { session, texts, .. } = change;
    let machine = session.machine();
    let template = session.template_at_hand(path, &machine).map_err(|error| unusable(&error, texts))?;
    let version = template.description.version.to_string();
    let line = fl!(texts.loader, "cli-wizard-found", product = template.product(), version = version);
    writeln!(streams.err, "{line}")?;
    let bases = chosen(&template, &machine, base_ids, texts)?;
    apply(change, &machine, template, bases, streams)
}

/// The bases named, or the only one that fits; several without a name are a question nobody answered.
fn chosen(
    template: &TemplateAtHand,
    machine: &Machine,
    wanted: &[String],
    texts: &Texts,
) -> Result<Vec<Base>, Failure> {
    let product = template.product();
    let version = template.description.version.to_string();
    if !wanted.is_empty() {
        // Whether each of them fits is said base by base on the sheet.
        return Ok(wanted.iter().filter_map(|id| machine.base(id)).cloned().collect());
    }
    match template.bases(machine).as_slice() {
        [] => {
            let line = fl!(texts.loader, "cli-no-base-for-template", product = product, version = version);
            Err(Failure::new(Status::Refused, line))
        }
        [only] => Ok(vec![(*only).clone()]),
        several => {
            let line = fl!(texts.loader, "cli-install-many", product = product, version = version);
            let names = several.iter().map(|base| format!("  {}  {}", base.id, base.name));
            Err(Failure { status: Status::Usage, lines: std::iter::once(line).chain(names).collect() })
        }
    }
}

fn apply(
    change: Change<'_>,
    machine: &Machine,
    template: TemplateAtHand,
    bases: Vec<Base>,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    tell(&change.texts.template_at_hand(&template, machine), change.texts, streams)?;
    agree_and_install(change, machine, template.into_plan(bases), &[], streams)
}
