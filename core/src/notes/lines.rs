//! Which line is a heading, an item or a paragraph: by its tag where it had one, else by how people type such lines.

use super::inline::{self, Marks};
use super::{Block, DEEPEST, Run};

/// Longer than this, in characters, nothing is taken for a heading that is not marked as one.
const LONGEST_HEADING: usize = 80;
/// A tab moves to the next multiple of it.
const TAB: usize = 4;

/// What a tag says of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading.
    Heading,
    /// An item.
    Item {
        /// Lists around its own.
        depth: usize,
        /// As it is counted.
        number: Option<String>,
    },
}

/// A line, before it is known what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// What its tag says; none: its text tells.
    pub kind: Option<Kind>,
    /// Columns it stands in from the left.
    pub indent: usize,
    /// What it says, with no white space around it.
    pub runs: Vec<Run>,
}

/// The lines of a plain text.
pub(super) fn of_text(text: &str) -> Vec<Line> {
    text.lines().map(of_line).collect()
}

/// One of them.
pub(super) fn of_line(line: &str) -> Line {
    let words = line.trim_start();
    let before = line.strip_suffix(words).unwrap_or_default();
    let indent =
        before.chars().fold(0, |indent, c| if c == '\t' { (indent / TAB + 1) * TAB } else { indent + 1 });
    let words = words.trim_end();
    let runs = if words.is_empty() { Vec::new() } else { vec![Run::Text(words.to_owned())] };
    Line { kind: None, indent, runs }
}

/// What the lines are together.
pub(super) fn blocks(lines: Vec<Line>, marks: Marks) -> Vec<Block> {
    let mut reader = Reader { marks, blocks: Vec::new(), indents: Vec::new(), follows: false };
    for line in lines {
        let is_blank = line.runs.is_empty();
        if !is_blank {
            reader.take(line);
        }
        reader.follows = !is_blank;
    }
    let mut blocks = reader.blocks;
    raise_headings(&mut blocks);
    blocks
}

struct Reader {
    marks: Marks,
    blocks: Vec<Block>,
    /// Where the items of the lists that are open begin.
    indents: Vec<usize>,
    /// The line before was not blank.
    follows: bool,
}

impl Reader {
    fn take(&mut self, line: Line) {
        let Line { kind, indent, runs } = line;
        match kind {
            Some(Kind::Heading) => self.heading(runs),
            Some(Kind::Item { depth, number }) => {
                let runs = self.inline(runs);
                self.blocks.push(Block::Item { depth: depth.min(DEEPEST), number, runs });
            }
            None => self.take_typed(indent, runs),
        }
    }

    fn take_typed(&mut self, indent: usize, mut runs: Vec<Run>) {
        let goes_further = runs.len() > 1;
        let Some(Run::Text(first)) = runs.first_mut() else { return self.paragraph(runs) };
        if let Some(mark) = underline(first) {
            return self.underlined(mark);
        }
        if let Some(title) = title(first) {
            *first = title.to_owned();
            return self.heading(runs);
        }
        if let Some((number, words)) = item(first, goes_further) {
            *first = words.to_owned();
            runs.retain(|run| !run.text().is_empty());
            return self.item(indent, number, runs);
        }
        let goes_on = self.follows && indent > self.indents.last().copied().unwrap_or(usize::MAX);
        let added = self.inline(runs);
        match self.blocks.last_mut() {
            Some(Block::Item { runs, .. }) if goes_on => {
                runs.push(Run::Text(" ".to_owned()));
                runs.extend(added);
            }
            _ => {
                self.indents.clear();
                self.blocks.push(Block::Paragraph(added));
            }
        }
    }

    fn paragraph(&mut self, runs: Vec<Run>) {
        self.indents.clear();
        let runs = self.inline(runs);
        self.blocks.push(Block::Paragraph(runs));
    }

    fn heading(&mut self, runs: Vec<Run>) {
        self.indents.clear();
        let runs = self.inline(runs);
        self.blocks.push(Block::Heading(runs));
    }

    fn item(&mut self, indent: usize, number: Option<String>, runs: Vec<Run>) {
        self.indents.retain(|outer| *outer < indent);
        let depth = self.indents.len().min(DEEPEST);
        self.indents.push(indent);
        let runs = self.inline(runs);
        self.blocks.push(Block::Item { depth, number, runs });
    }

    /// A row of signs below a short line makes a heading of it; anywhere else it only parts what is around it.
    fn underlined(&mut self, mark: char) {
        let is_heading = self.follows && matches!(mark, '=' | '-');
        if let Some(last @ Block::Paragraph(_)) = self.blocks.last_mut()
            && is_heading
            && is_short(last.runs())
        {
            *last = Block::Heading(last.runs().to_vec());
        }
    }

    fn inline(&self, runs: Vec<Run>) -> Vec<Run> {
        let parts = |run| match run {
            Run::Text(text) => inline::runs(&text, self.marks),
            run @ (Run::Bold(_) | Run::Link { .. }) => vec![run],
        };
        runs.into_iter().flat_map(parts).collect()
    }
}

/// The sign of a line of nothing else.
fn underline(text: &str) -> Option<char> {
    let first = text.chars().next().filter(|sign| "=-_*~—–".contains(*sign))?;
    (text.chars().count() >= 3 && text.chars().all(|sign| sign == first)).then_some(first)
}

/// What follows `# `, or stands between `==` and `==`.
fn title(text: &str) -> Option<&str> {
    let hashes = text.strip_prefix('#').map(|rest| rest.trim_start_matches('#'));
    let words = if let Some(rest) = hashes {
        let count = text.len() - rest.len();
        (count <= 6 && rest.starts_with(char::is_whitespace)).then_some(rest)?.trim_end_matches('#')
    } else {
        let inner = text.strip_prefix("==").and_then(|rest| rest.strip_suffix("=="))?;
        inner.trim_matches('=')
    };
    Some(words.trim()).filter(|words| !words.is_empty())
}

/// What follows `-`, `•` or `2.` and a space; with the number where it is one. Nothing need follow in the same style.
fn item(text: &str, goes_further: bool) -> Option<(Option<String>, &str)> {
    let (mark, words) = text.split_once(char::is_whitespace)?;
    let words = words.trim_start();
    let is_sign = matches!(mark, "-" | "*" | "+" | "•" | "–" | "—" | "·" | "▪" | "◦" | "●" | "○" | "■");
    if words.is_empty() && !goes_further {
        None
    } else if is_sign {
        Some((None, words))
    } else {
        is_number(mark).then(|| (Some(mark.to_owned()), words))
    }
}

/// `2.`, `2)` or `2.1.`
fn is_number(mark: &str) -> bool {
    let Some(parts) = mark.strip_suffix(['.', ')']) else { return false };
    let is_part =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.split('.').all(is_part)
}

/// A short line that is no whole sentence is the heading of the list after it; one that is bold as a whole is a heading
/// anywhere.
fn raise_headings(blocks: &mut [Block]) {
    let mut is_before_item = false;
    for block in blocks.iter_mut().rev() {
        let raised = match block {
            Block::Paragraph(runs) => {
                let is_sentence =
                    runs.last().is_some_and(|run| run.text().ends_with(['.', '!', '?', ';', ',']));
                let is_bold = matches!(&runs[..], [Run::Bold(_)]);
                is_short(runs) && (is_bold || (is_before_item && !is_sentence))
            }
            Block::Heading(_) | Block::Item { .. } => false,
        };
        is_before_item = matches!(block, Block::Item { depth: 0, .. });
        if raised {
            let Block::Paragraph(runs) = block else { continue };
            *block = Block::Heading(std::mem::take(runs));
        }
    }
}

fn is_short(runs: &[Run]) -> bool {
    runs.iter().map(|run| run.text().chars().count()).sum::<usize>() <= LONGEST_HEADING
}
