//! Tables and lists for people: plain columns, readable when piped into a file.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use i18n_embed_fl::fl;

use super::json::Problem;
use crate::i18n::Texts;

/// Prints rows below headings, without white space at the ends of lines.
pub(super) fn print(
    headings: Vec<String>,
    rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(headings);
    table.add_rows(rows);
    table.to_string().lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

/// What could not be read, a line each.
pub(super) fn print_problems(problems: &[Problem], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    if !problems.is_empty() {
        writeln!(out, "\n{}", fl!(texts.loader, "list-problems"))?;
    }
    problems.iter().try_for_each(|problem| writeln!(out, "  {}: {}", problem.path, problem.message))
}
