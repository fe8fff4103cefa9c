//! What release notes are made of: headings, list items and paragraphs, out of plain text as people type it or out of
//! simple HTML. Scripts, styles and pictures are left out; nothing else that can be read is.
//!
//! A pure function of the text, in time that grows with its length. Deliberately not here: looks, words, and the
//! whole of Markdown, which would take stars, dashes and backslashes away from people who write none.

mod html;
mod inline;
mod lines;

#[cfg(test)]
mod tests;

use url::Url;

/// A part of the notes, on rows of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Vec<Run>),
    /// An item of a list.
    Item {
        /// How many lists it lies in beside its own; at most [`DEEPEST`].
        depth: usize,
        /// As it is counted: «2.»; none in a list without order.
        number: Option<String>,
        /// What it says.
        runs: Vec<Run>,
    },
    /// Anything else.
    Paragraph(Vec<Run>),
}

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// As it is.
    Text(String),
    /// Marked by its author.
    Bold(String),
    /// Leads to a page.
    Link {
        /// What stands there; it may say anything.
        text: String,
        /// Where it really leads: http or https, and never with a login.
        url: Url,
    },
}

/// Lists beyond that stand where this one does.
pub const DEEPEST: usize = 5;

impl Run {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Bold(text) | Self::Link { text, .. } => text,
        }
    }
}

impl Block {
    /// Its pieces.
    pub fn runs(&self) -> &[Run] {
        match self {
            Self::Heading(runs) | Self::Item { runs, .. } | Self::Paragraph(runs) => runs,
        }
    }
}

/// Reads notes.
pub fn read(text: &str) -> Vec<Block> {
    if html::is_html(text) {
        lines::blocks(html::lines(text), inline::Marks::None)
    } else {
        lines::blocks(lines::of_text(text), inline::Marks::Typed)
    }
}

/// The same as plain text, for a message to a colleague: links are followed by where they lead.
pub fn plain(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        match block {
            Block::Heading(_) if !text.is_empty() => text.push('\n'),
            Block::Item { depth, number, .. } => {
                text.extend(std::iter::repeat_n("  ", *depth));
                text.push_str(number.as_deref().unwrap_or("•"));
                text.push(' ');
            }
            Block::Heading(_) | Block::Paragraph(_) => {}
        }
        for run in block.runs() {
            text.push_str(run.text());
            if let Run::Link { text: shown, url } = run
                && shown.trim() != url.as_str()
            {
                text.extend([" (", url.as_str(), ")"]);
            }
        }
    }
    text
}

/// An address that a browser may be sent to. One with a login is none: what stands before the `@` is taken for the
/// host by whoever reads it.
fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_web && url.username().is_empty() && url.password().is_none()).then_some(url)
}
