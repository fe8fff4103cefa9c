//! Setting a value in the text of an export: everything else in it stays, comments and deletions too.

use super::keys::Keys;

/// The text with a value set to a text. `keys` are those of this very text.
///
/// Its last definition is changed, since that one counts; one that is new goes behind the last line of its key, and a
/// key that is new behind everything.
pub(super) fn with_value(text: &str, keys: &Keys, path: &str, name: &str, value: &str) -> String {
    let line_end = if text.contains("\r\n") || !text.contains('\n') { "\r\n" } else { "\n" };
    let data = quoted(value);
    let line = format!("{}={data}{line_end}", quoted(name));
    let mut changed = text.to_owned();
    let Some(key) = keys.get(path) else {
        finish_line(&mut changed, line_end);
        if !changed.ends_with(&line_end.repeat(2)) {
            changed.push_str(line_end);
        }
        return format!("{changed}[{path}]{line_end}{line}");
    };
    if let Some(found) = key.value(name) {
        changed.replace_range(found.data.clone(), &data);
    } else {
        let behind = changed.split_off(key.end);
        finish_line(&mut changed, line_end);
        changed.push_str(&line);
        changed.push_str(&behind);
    }
    changed
}

/// Only the last line of a file may have no end.
fn finish_line(text: &mut String, line_end: &str) {
    if !text.ends_with(['\r', '\n']) {
        text.push_str(line_end);
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}
