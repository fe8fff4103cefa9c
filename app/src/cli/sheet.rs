//! The sheet before a change, printed: the same facts as in the window.

use std::io;

use i18n_embed_fl::fl;

use super::Streams;
use crate::i18n::{Texts, sentence};
use crate::model::sheet::{Change, Extent, Point, SheetData, Weight};

/// Prints what was looked at and what will happen.
pub(super) fn print(sheet: &SheetData, texts: &Texts, streams: &mut Streams<'_>) -> io::Result<()> {
    let loader = &texts.loader;
    for (weight, heading) in [
        (Weight::Stop, fl!(loader, "sheet-stops")),
        (Weight::Attention, fl!(loader, "sheet-attention")),
        (Weight::Fine, fl!(loader, "sheet-fine")),
    ] {
        print_points(&heading, sheet.points.iter().filter(|point| point.weight == weight), streams)?;
    }
    match &sheet.change {
        Change::Installer => {
            let text = fl!(loader, "sheet-installer-text", file = sheet.file_name.as_str());
            writeln!(streams.err, "{text}")
        }
        Change::ThisProgram => {
            let text = fl!(loader, "sheet-updater-text", file = sheet.file_name.as_str());
            writeln!(streams.err, "{text}")
        }
        Change::Template { entries, extent, keeps_own, not_compared, standstill, copy_bytes, copy_dir } => {
            let heading = match extent {
                Extent::Unknown => fl!(loader, "sheet-replaced-unknown"),
                Extent::Whole => fl!(loader, "sheet-replaced", count = sheet.files()),
                Extent::FirstStep => fl!(loader, "sheet-replaced-first", count = sheet.files()),
            };
            writeln!(streams.err, "{heading}")?;
            for entry in entries {
                let line = if entry.path.ends_with('\\') {
                    fl!(loader, "sheet-folder-files", path = entry.path.as_str(), count = entry.files)
                } else {
                    entry.path.clone()
                };
                let removed = if entry.removed {
                    format!(" ({})", fl!(loader, "sheet-removed"))
                } else {
                    String::new()
                };
                writeln!(streams.err, "  {line}{removed}")?;
            }
            if *keeps_own {
                writeln!(streams.err, "{}", fl!(loader, "sheet-stays"))?;
            }
            for line in [not_compared, standstill].into_iter().flatten() {
                writeln!(streams.err, "{line}")?;
            }
            let copy =
                fl!(loader, "sheet-copy-text", size = texts.size(*copy_bytes), folder = copy_dir.as_str());
            writeln!(streams.err, "{}: {copy}", fl!(loader, "sheet-copy"))
        }
    }
}

/// Prints what stands in the way and what to know of something that is to be downloaded, and nothing of what is in order.
pub(super) fn print_early(
    name: &str,
    points: &[Point],
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let points = points.iter().filter(|point| point.weight != Weight::Fine);
    let points: Vec<Point> =
        points.map(|point| Point { text: sentence(&point.text), ..point.clone() }).collect();
    if !points.is_empty() {
        writeln!(streams.err, "{}", fl!(texts.loader, "cli-early", name = name))?;
    }
    for (weight, heading) in [
        (Weight::Stop, fl!(texts.loader, "sheet-stops")),
        (Weight::Attention, fl!(texts.loader, "sheet-attention")),
    ] {
        print_points(&heading, points.iter().filter(|point| point.weight == weight), streams)?;
    }
    Ok(())
}

fn print_points<'a>(
    heading: &str,
    points: impl Iterator<Item = &'a Point>,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let mut points = points.peekable();
    if points.peek().is_some() {
        writeln!(streams.err, "{heading}")?;
    }
    for point in points {
        writeln!(streams.err, "  {}", point.text)?;
        if let Some(hint) = &point.hint {
            writeln!(streams.err, "    {hint}")?;
        }
    }
    Ok(())
}
