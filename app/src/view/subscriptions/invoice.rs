//! The rows that are shown, as lines with tabs for a letter to the dealer.

use i18n_embed_fl::fl;
use smarts_core::subscription::{Line, neutral};

use crate::view::Scene;

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
    rows.extend(scene.model.subscription_page.billed_lines().map(row));
    rows.join("\r\n") + "\r\n"
}
