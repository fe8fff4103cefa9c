//! How files that were changed by hand differ from what comes in their place, printed.

use std::io;

use smarts_core::by_hand::{self, Mark};
use smarts_core::plan::{Plan, PlanSubject};
use smarts_core::preflight::Points;

use super::Streams;
use crate::i18n::Texts;

/// Of the pilot, as the sheet.
pub(super) fn print(
    plan: &Plan,
    points: &Points,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let PlanSubject::Template(plan) = &plan.subject else { return Ok(()) };
    let Some(dir) = plan.bases.first().and_then(|base| base.dir.as_deref()) else { return Ok(()) };
    for changed in points.by_hand.iter().flat_map(|by_hand| &by_hand.changed) {
        let difference = by_hand::difference(plan, dir, &changed.path);
        let told = texts.difference(&changed.path, difference);
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
    }
    Ok(())
}
