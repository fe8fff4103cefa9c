//! What stands within a line: words marked as bold, links with a text of their own, and addresses in full.
//!
//! How far a mark may be from its end, and how long an address may be, is bounded, so that a line of nothing but marks takes no longer than others.

use url::Url;

use super::{Run, address};

/// How far the end of a mark is looked for, in bytes.
const FARTHEST: usize = 1000;

/// Which marks mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Addresses alone: the rest is marked with tags.
    None,
    /// `**bold**` and `[text](address)` too.
    Typed,
}

/// A text as runs.
pub(super) fn runs(text: &str, marks: Marks) -> Vec<Run> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let starts_word = !plain.chars().next_back().is_some_and(char::is_alphanumeric);
        let piece = match first {
            'h' | 'H' if starts_word => whole_address(rest),
            '<' => in_brackets(rest),
            '*' if marks == Marks::Typed => bold(rest),
            '[' if marks == Marks::Typed => link(rest),
            _ => None,
        };
        let length = if let Some((run, length)) = piece {
            push_text(&mut found, &mut plain);
            found.push(run);
            length
        } else {
            plain.push(first);
            first.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    push_text(&mut found, &mut plain);
    found
}

fn push_text(found: &mut Vec<Run>, plain: &mut String) {
    if !plain.is_empty() {
        found.push(Run::Text(std::mem::take(plain)));
    }
}

/// `**bold**` at the start of a text, and its length there.
fn bold(text: &str) -> Option<(Run, usize)> {
    let inner = text.strip_prefix("**")?;
    let end = near(inner).find("**")?;
    let words = inner.get(..end)?;
    let is_marked = !words.is_empty() && words.trim() == words && !words.contains('*');
    is_marked.then(|| (Run::Bold(words.to_owned()), end + 4))
}

/// `[text](address)` at the start of a text.
fn link(text: &str) -> Option<(Run, usize)> {
    let inner = text.strip_prefix('[')?;
    let middle = near(inner).find("](")?;
    let words = inner.get(..middle)?;
    let target = inner.get(middle + 2..)?;
    let end = near(target).find(')')?;
    let url = address(target.get(..end)?)?;
    let run = Run::Link { text: words.to_owned(), url };
    (!words.trim().is_empty()).then_some((run, middle + end + 4))
}

/// An address that stands in full at the start of a text. What ends the sentence around it is not part of it.
fn whole_address(text: &str) -> Option<(Run, usize)> {
    let (scheme, _) = near(text).split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let is_end = |letter: char| letter.is_whitespace() || "<>\"«»“”`".contains(letter);
    let near = near(text);
    // One that goes on beyond that is none.
    let length = near.find(is_end).or((near.len() == text.len()).then_some(text.len()))?;
    let shown = without_end(text.get(..length)?);
    let url: Url = address(shown)?;
    Some((Run::Link { text: shown.to_owned(), url }, shown.len()))
}

/// `<https://…>`, as letters and colleagues write it.
fn in_brackets(text: &str) -> Option<(Run, usize)> {
    let inner = text.strip_prefix('<')?;
    let (run, length) = whole_address(inner)?;
    inner.get(length..)?.starts_with('>').then_some((run, length + 2))
}

/// A bracket stays where it was opened within the address.
fn without_end(mut shown: &str) -> &str {
    let count = |sign: char| shown.matches(sign).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    while let Some(last) = shown.chars().next_back() {
        let surplus = match last {
            ')' => &mut round,
            ']' => &mut square,
            _ if ".,;:!?'…*".contains(last) => &mut 1,
            _ => break,
        };
        let Some(left) = surplus.checked_sub(1) else { break };
        *surplus = left;
        shown = shown.strip_suffix(last).unwrap_or_default();
    }
    shown
}

fn near(text: &str) -> &str {
    text.get(..text.floor_char_boundary(FARTHEST)).unwrap_or(text)
}
