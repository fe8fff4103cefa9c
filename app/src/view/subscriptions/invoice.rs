//! The rows that are shown, as lines with tabs for a letter to the dealer. Devices that are written off are left
//! out: nobody pays for them.

use i18n_embed_fl::fl;
use smarts_core::subscription::{Line, Stands, neutral};

use crate::model::Model;
use crate::model::subscriptions::{By, Row};
use crate::view::Scene;

/// The lines that are shown; by base, all of them.
fn lines(model: &Model) -> impl Iterator<Item = &Line> {
    let page = &model.subscription_page;
    let all = &page.overview.lines;
    let shown = page.rows.iter().filter_map(|row| match row {
        Row::Line(place) => all.get(*place),
        Row::Group(_) | Row::Member { .. } | Row::Licence(_) => None,
    });
    let everything = all.iter().take(if page.by == By::Base { usize::MAX } else { 0 });
    shown.chain(everything).filter(|line| !matches!(line.stands, Stands::WrittenOff { .. }))
}

/// So many would be copied.
pub(super) fn count(model: &Model) -> usize {
    lines(model).count()
}

/// The text for the clipboard. Cells that a spreadsheet would take for formulas are plain text in it.
pub(super) fn text(scene: &Scene<'_>) -> String {
    let loader = scene.loader();
    let texts = scene.texts;
    let known = &scene.model.subscriptions;
    let heads = [
        fl!(loader, "subs-invoice-device"),
        fl!(loader, "subs-invoice-licence"),
        fl!(loader, "subs-invoice-product"),
        fl!(loader, "subs-invoice-until"),
        fl!(loader, "subs-invoice-state"),
    ];
    let row = |line: &Line| {
        let record = scene.model.record(line.record);
        let cells = [
            line.device.clone(),
            record.map(|record| record.licence.clone()).unwrap_or_default(),
            record.map(|record| texts.product_of(record)).unwrap_or_default(),
            record.map(|record| texts.until(record.until)).unwrap_or_default(),
            texts.standing(line.stands, record.map(|record| record.until)),
        ];
        cells.map(|cell| neutral(&cell)).join("\t")
    };
    let mut rows = vec![fl!(loader, "subs-invoice-title")];
    if !known.computer.is_empty() {
        rows.push(fl!(loader, "subs-invoice-pc", pc = known.computer.as_str()));
    }
    rows.push(fl!(loader, "subs-invoice-day", date = texts.date(scene.model.now.date())));
    rows.push(String::new());
    rows.push(heads.join("\t"));
    rows.extend(lines(scene.model).map(row));
    rows.join("\r\n") + "\r\n"
}
