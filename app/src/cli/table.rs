//! Tables for people: plain columns, readable when piped into a file.

use comfy_table::{ContentArrangement, Table, presets};

/// A table with these headings.
pub(super) fn new(headings: Vec<String>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headings);
    table
}

/// The table as lines without white space at their ends.
pub(super) fn lines(table: &Table) -> String {
    table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}
