//! Tables and lists for people: plain columns, readable when piped into a file.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use i18n_embed_fl::fl;

use super::json::Problem;
use crate::i18n::Texts;

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

/// What could not be read, a line each.
pub(super) fn print_problems(problems: &[Problem], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    if !problems.is_empty() {
        writeln!(out, "\n{}", fl!(texts.loader, "list-problems"))?;
    }
    problems.iter().try_for_each(|problem| writeln!(out, "  {}: {}", problem.path, problem.message))
}
