//! What a document may not do, looked for before it is parsed.
//!
//! The parser does not recurse, but it compares every attribute of an element with every other, and copies
//! the namespaces in scope to each element that declares one. A file of a few megabytes can therefore be
//! built to cost hours or gigabytes. The limits are far above what any real file needs.
//!
//! This is no parser: what it cannot follow it leaves to the real one, which refuses it.

/// Elements inside elements.
const DEEPEST: usize = 256;
/// Attributes of one element.
const MOST_ATTRIBUTES: usize = 256;
/// Namespace declarations of an element and all elements around it.
const MOST_NAMESPACES: usize = 64;

/// The first thing in a document that is beyond a limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excess {
    /// In bytes from the start.
    pub(super) offset: usize,
    /// What it is.
    pub(super) detail: &'static str,
}

/// What begins with `<`.
enum Markup {
    /// A comment, a CDATA section or an instruction, of so many bytes.
    Skipped(usize),
    EndTag,
    StartTag(StartTag),
}

/// A start tag, as far as the limits go.
#[derive(Default)]
struct StartTag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    is_empty_element: bool,
}

/// Looks through a document once, from start to end.
pub(super) fn first_excess(text: &str) -> Option<Excess> {
    // One entry for each element that is open: the namespace declarations in scope.
    let mut open: Vec<usize> = Vec::new();
    let mut offset = 0;
    loop {
        offset += text.get(offset..)?.find('<')?;
        match markup(text.get(offset..)?)? {
            Markup::Skipped(length) => offset += length,
            Markup::EndTag => {
                open.pop();
                offset += 2;
            }
            Markup::StartTag(tag) => {
                let namespaces = open.last().copied().unwrap_or(0) + tag.namespaces;
                let excess = |detail| Some(Excess { offset, detail });
                if tag.attributes > MOST_ATTRIBUTES {
                    return excess("Element has more than 256 attributes");
                }
                if namespaces > MOST_NAMESPACES {
                    return excess("More than 64 namespaces are declared around an element");
                }
                if open.len() >= DEEPEST {
                    return excess("Elements are nested more than 256 deep");
                }
                if !tag.is_empty_element {
                    open.push(namespaces);
                }
                offset += tag.length;
            }
        }
    }
}

/// `None`: it never ends.
fn markup(rest: &str) -> Option<Markup> {
    let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
    if let Some((start, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
        let body = rest.get(start.len()..)?.find(end)?;
        return Some(Markup::Skipped(start.len() + body + end.len()));
    }
    if rest.starts_with("</") {
        return Some(Markup::EndTag);
    }
    start_tag(rest).map(Markup::StartTag)
}

fn start_tag(rest: &str) -> Option<StartTag> {
    let mut tag = StartTag::default();
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => {
                tag.attributes += 1;
                tag.namespaces += usize::from(last_name(rest.get(..at)).starts_with("xmlns"));
            }
            (None, b'>') => {
                tag.length = at + 1;
                tag.is_empty_element = rest.get(..at).is_some_and(|body| body.ends_with('/'));
                return Some(tag);
            }
            _ => {}
        }
    }
    None
}

/// The attribute's name in front of an equals sign.
fn last_name(before: Option<&str>) -> &str {
    let before = before.unwrap_or_default().trim_end();
    before.rsplit(|c: char| c.is_whitespace() || "\"'=".contains(c)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `piece` for each number, with the number in place of `#`.
    fn numbered(count: usize, piece: &str) -> String {
        (0..count)
            .flat_map(|number| piece.replace('#', &number.to_string()).into_bytes())
            .map(char::from)
            .collect()
    }

    #[test]
    fn what_real_files_hold_is_within_the_limits() {
        let attributes = numbered(200, " a#='<>=xmlns'");
        let text = format!("<?xml version='1.0'?><!-- <a><a> --><a{attributes}><![CDATA[<b><b>]]><b/></a>");
        assert_eq!(first_excess(&text), None);
        let flat = format!("<a>{}</a>", "<b xmlns:x='y'><c/></b>".repeat(10_000));
        assert_eq!(first_excess(&flat), None);
    }

    #[test]
    fn too_much_of_anything_is_found_where_it_begins() {
        let deep = "<a>".repeat(300);
        let expected = Excess { offset: 256 * 3, detail: "Elements are nested more than 256 deep" };
        assert_eq!(first_excess(&deep), Some(expected));

        let wide = format!("<r><a{}/></r>", numbered(300, " a# = \"\""));
        let expected = Excess { offset: 3, detail: "Element has more than 256 attributes" };
        assert_eq!(first_excess(&wide), Some(expected));

        let excess = first_excess(&numbered(70, "<a xmlns:n#='u#'>")).unwrap();
        assert_eq!(excess.detail, "More than 64 namespaces are declared around an element");
    }

    #[test]
    fn a_document_that_breaks_off_is_left_to_the_parser() {
        for text in ["", "<", "<a", "<a b='", "<!--", "<![CDATA[", "<?", "</", "text", "<a><"] {
            assert_eq!(first_excess(text), None, "{text}");
        }
    }
}
