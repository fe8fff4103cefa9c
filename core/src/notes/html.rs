//! Lines out of HTML. The tokens are `html5gum`'s; what tags mean is decided here, and of most of them it is nothing.
//!
//! What only looks like a tag (`<Имя базы>`, `<value>`) stays as it stands: people write such things in plain text.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::lines::{Kind, Line, of_line};
use super::{Run, address};

/// They begin and end lines.
const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];
/// They stand within lines.
const WITHIN: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "input", "ins", "kbd", "label", "mark", "meta", "nobr", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];
/// What stands in them is not for reading.
const UNSEEN: [&str; 4] = ["head", "script", "style", "title"];

/// What follows their start tags is read as text alone, up to their end tag.
const RAW: [&str; 10] =
    ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframe", "noscript", "plaintext"];
/// What the names of tags that office programs leave behind begin with (`o:p`).
const OFFICE: [&str; 4] = ["o", "w", "v", "st1"];

type Start = StartTag<usize>;

/// Whether a text is HTML: some tag of its own, or a sign that only HTML writes that way.
pub(super) fn is_html(text: &str) -> bool {
    let has_tag = tokens(text).any(|token| match token {
        Token::StartTag(tag) => name_of(&tag.name).is_some_and(|name| is_known(&name)),
        Token::EndTag(tag) => name_of(&tag.name).is_some_and(|name| is_known(&name)),
        Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => false,
    });
    let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&laquo;", "&raquo;", "&mdash;", "&ndash;"];
    has_tag || entities.iter().any(|entity| text.contains(entity))
}

/// The lines of an HTML text. Where nothing in it begins a line, its own line ends do.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let has_blocks = tokens(text).any(|token| match token {
        Token::StartTag(tag) => name_of(&tag.name).is_some_and(|name| is_in(&BLOCKS, &name)),
        Token::EndTag(_) | Token::String(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {
            false
        }
    });
    let mut page = Page { keeps_line_ends: !has_blocks, ends: Ends::of(text), ..Page::default() };
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) => {
                let name = name_of(&tag.name).unwrap_or_default();
                let source = text.get(tag.span.start..tag.span.end).unwrap_or_default();
                page.open(&name, &tag, source);
            }
            Token::EndTag(tag) => {
                let name = name_of(&tag.name).unwrap_or_default();
                let source = text.get(tag.span.start..tag.span.end).unwrap_or_default();
                page.close(&name, source);
            }
            Token::String(words) => page.words(&String::from_utf8_lossy(&words.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.end_line();
    page.lines
}

fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::new_with_span();
    // Scripts and styles hold signs that are no tags. One without an end is a word of a sentence, and what follows it
    // is none of its own.
    let lower = text.to_ascii_lowercase();
    let is_open = |name: &&str| lower.rfind(&format!("<{name}")) > lower.rfind(&format!("</{name}"));
    emitter.naively_switch_states(!RAW.iter().any(is_open));
    Tokenizer::new_with_emitter(text, emitter).flatten()
}

fn name_of(name: &[u8]) -> Option<String> {
    std::str::from_utf8(name).ok().map(str::to_ascii_lowercase)
}

fn is_in(names: &[&str], name: &str) -> bool {
    names.contains(&name)
}

/// Addresses and paths have colons, too (`<https://…>`, `<C:\…>`).
fn is_known(name: &str) -> bool {
    let is_office = |(prefix, own): (&str, &str)| {
        is_in(&OFFICE, prefix) && !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let is_html = is_in(&BLOCKS, name) || is_in(&WITHIN, name) || is_in(&UNSEEN, name);
    is_html || name.split_once(':').is_some_and(is_office)
}

/// Where the last end tag of each of [`UNSEEN`] begins; looked for once.
#[derive(Default)]
struct Ends([Option<usize>; 4]);

impl Ends {
    fn of(text: &str) -> Self {
        let lower = text.to_ascii_lowercase();
        Self(UNSEEN.map(|name| lower.rfind(&format!("</{name}"))))
    }

    /// Whether one that begins here has an end.
    fn has(&self, name: &str, start: usize) -> bool {
        let ends = UNSEEN.iter().zip(self.0);
        ends.into_iter().any(|(unseen, end)| *unseen == name && end.is_some_and(|end| end > start))
    }
}

/// The page as far as it has been read.
#[derive(Default)]
struct Page {
    lines: Vec<Line>,
    keeps_line_ends: bool,
    /// What the line under way is.
    kind: Option<Kind>,
    runs: Vec<Run>,
    /// The lists that are open: the number of the next item in those that count.
    lists: Vec<Option<u32>>,
    bold: usize,
    preformatted: usize,
    link: Option<String>,
    unseen: Option<String>,
    ends: Ends,
}

impl Page {
    fn open(&mut self, name: &str, tag: &Start, source: &str) {
        // A head ends where the body begins, whether it says so or not.
        let is_of_body = name != "meta" && (is_in(&BLOCKS, name) || is_in(&WITHIN, name));
        if self.unseen.as_deref() == Some("head") && is_of_body {
            self.unseen = None;
        }
        if self.unseen.is_some() {
            return;
        }
        if is_in(&UNSEEN, name) && !tag.self_closing {
            return self.open_unseen(name, tag, source);
        }
        if !is_known(name) {
            return self.words(source);
        }
        match name {
            "td" | "th" => return self.words(" "),
            "li" => self.open_item(),
            // A paragraph right within an item is that item.
            _ if is_in(&BLOCKS, name) && !(name == "p" && self.is_at_item()) => self.end_line(),
            _ => {}
        }
        match name {
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(start_of(tag))),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.kind = Some(Kind::Heading),
            "pre" => self.preformatted += 1,
            "b" | "strong" => self.bold += 1,
            "a" => self.link = attribute(tag, b"href"),
            _ => {}
        }
    }

    /// Without an end only a head is a tag: what belongs into it hides itself.
    fn open_unseen(&mut self, name: &str, tag: &Start, source: &str) {
        if self.ends.has(name, tag.span.start) {
            self.unseen = Some(name.to_owned());
        } else if name != "head" || self.keeps_line_ends {
            self.words(source);
        }
    }

    fn close(&mut self, name: &str, source: &str) {
        if let Some(unseen) = &self.unseen {
            if unseen == name {
                self.unseen = None;
            }
            return;
        }
        if !is_known(name) {
            return self.words(source);
        }
        if is_in(&BLOCKS, name) && !matches!(name, "td" | "th") {
            self.end_line();
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "a" => self.link = None,
            // One that said nothing leaves nothing to what follows.
            "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.kind = None,
            _ => {}
        }
    }

    fn open_item(&mut self) {
        self.end_line();
        let number = self.lists.last_mut().and_then(|next| {
            let number = (*next)?;
            *next = Some(number.saturating_add(1));
            Some(format!("{number}."))
        });
        let depth = self.lists.len().saturating_sub(1);
        self.kind = Some(Kind::Item { depth, number });
    }

    fn is_at_item(&self) -> bool {
        self.runs.is_empty() && matches!(self.kind, Some(Kind::Item { .. }))
    }

    fn words(&mut self, words: &str) {
        if self.unseen.is_some() {
            return;
        }
        if !self.keeps_line_ends && self.preformatted == 0 {
            return self.add(&collapsed(words));
        }
        for (place, line) in words.split('\n').enumerate() {
            if place > 0 {
                self.end_line();
                // A blank line parts what is around it.
                if line.trim().is_empty() {
                    self.lines.push(Line::default());
                }
            }
            self.add(line);
        }
    }

    fn add(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let url = self.link.as_deref().and_then(address);
        let run = match url {
            Some(url) if !words.trim().is_empty() => Run::Link { text: words.to_owned(), url },
            _ if self.bold > 0 => Run::Bold(words.to_owned()),
            _ => Run::Text(words.to_owned()),
        };
        match (self.runs.last_mut(), run) {
            (Some(Run::Text(before)), Run::Text(more)) | (Some(Run::Bold(before)), Run::Bold(more)) => {
                before.push_str(&more);
            }
            (_, run) => self.runs.push(run),
        }
    }

    fn end_line(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let mut line = trimmed(runs, self.keeps_line_ends);
        if !line.runs.is_empty() {
            line.kind = self.kind.take();
            self.lines.push(line);
        }
    }
}

/// White space is one space in HTML, wherever it stands.
fn collapsed(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        if !letter.is_ascii_whitespace() {
            text.push(letter);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    text
}

/// Without white space around the line; how far it stands from the left counts where the text is typed line by line.
fn trimmed(mut runs: Vec<Run>, counts_indent: bool) -> Line {
    let mut indent = 0;
    let blank = runs.iter().take_while(|run| run.text().trim().is_empty()).count();
    runs.drain(..blank);
    if let Some(first) = runs.first_mut() {
        let words = words_of(first);
        if counts_indent {
            indent = of_line(words).indent;
        }
        *words = words.trim_start().to_owned();
    }
    while let Some(last) = runs.last_mut() {
        let words = words_of(last);
        words.truncate(words.trim_end().len());
        if !words.is_empty() {
            break;
        }
        runs.pop();
    }
    Line { kind: None, indent, runs }
}

fn words_of(run: &mut Run) -> &mut String {
    match run {
        Run::Text(text) | Run::Bold(text) | Run::Link { text, .. } => text,
    }
}

fn start_of(tag: &Start) -> u32 {
    attribute(tag, b"start").and_then(|start| start.trim().parse().ok()).unwrap_or(1)
}

fn attribute(tag: &Start, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}
