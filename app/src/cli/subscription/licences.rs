//! The licences below the list of subscriptions: what is open in their files.

use i18n_embed_fl::fl;
use jiff::civil::Date;
use smarts_core::machine::{Licence, Machine};

use crate::cli::{Failure, Streams, table};
use crate::i18n::Texts;

/// Prints them, if there are any.
pub(super) fn print(
    machine: &Machine,
    today: Date,
    warn_days: u16,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if machine.licences.is_empty() {
        return Ok(());
    }
    let loader = &texts.loader;
    writeln!(streams.out, "\n{}", fl!(loader, "cli-licences"))?;
    let headings = vec![
        fl!(loader, "list-product"),
        fl!(loader, "cli-licence-base"),
        fl!(loader, "cli-licence-company"),
        fl!(loader, "cli-licence-clients"),
        fl!(loader, "cli-licence-term"),
    ];
    let row = |licence: &Licence| {
        let base = match licence.base_id.as_deref() {
            None => fl!(loader, "cli-licence-all-bases"),
            Some(id) => machine.base(id).map_or_else(|| id.to_owned(), |base| base.name.clone()),
        };
        let dash = || "—".to_owned();
        let state = licence.state(today, warn_days);
        let cells = [
            licence.product.as_deref().unwrap_or(licence.file()).to_owned(),
            base,
            licence.company.clone().unwrap_or_else(dash),
            texts.licence_devices(licence).unwrap_or_else(dash),
            texts.licence_term(licence, state).unwrap_or_else(dash),
        ];
        cells.iter().map(|cell| super::shown(cell)).collect()
    };
    table::print(headings, machine.licences.iter().map(row), streams.out)?;
    Ok(())
}
