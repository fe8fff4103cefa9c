//! How files that were changed by hand differ from what comes in their place, printed.

use std::io;

use i18n_embed_fl::fl;
use smarts_core::by_hand::{self, Changed, Mark};
use smarts_core::machine::Base;
use smarts_core::plan::{Plan, PlanSubject};
use smarts_core::preflight::Points;

use super::Streams;
use crate::i18n::Texts;
use crate::model::sheet::ToldDifference;

/// Of every base of the plan.
pub(super) fn print(
    plan: &Plan,
    points: &Points,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let PlanSubject::Template(plan) = &plan.subject else { return Ok(()) };
    let changed = |base: &Base| -> &[Changed] {
        let of = points.by_hand.iter().find(|of| of.base_id == base.id);
        of.and_then(|of| of.by_hand.as_ref()).map_or(&[], |by_hand| &by_hand.changed)
    };
    if plan.bases.iter().any(|base| !changed(base).is_empty()) {
        writeln!(streams.err, "{}", fl!(texts.loader, "difference-legend"))?;
    }
    for base in &plan.bases {
        let (changed, Some(dir)) = (changed(base), base.dir.as_deref()) else { continue };
        if plan.bases.len() > 1 && !changed.is_empty() {
            writeln!(streams.err, "{}:", base.name)?;
        }
        for Changed { path, .. } in changed {
            print_one(texts.difference(path, by_hand::difference(plan, dir, path)), streams)?;
        }
    }
    Ok(())
}

fn print_one(told: ToldDifference, streams: &mut Streams<'_>) -> io::Result<()> {
    writeln!(streams.err, "{}", told.title)?;
    for line in told.lines {
        let mark = match line.mark {
            Mark::Same => ' ',
            Mark::Goes => '-',
            Mark::Comes => '+',
            Mark::Gap => {
                writeln!(streams.err, "    …")?;
                continue;
            }
        };
        writeln!(streams.err, "  {mark} {}", line.text)?;
    }
    Ok(())
}
