//! `OnUpdate.xml`: what an update takes out of a template, and what it removes from the base before.
//!
//! As seen in real templates and in a published build of platform 3.3: root `extract`, in it `item` (a file
//! or folder to be replaced) and, from platform 4 on, `delete` (a path or mask to be removed first). No
//! complete description is public, so the path is taken from the element's text or else from its first
//! attribute, names count in any letter case, and elements of other names are passed over. Paths that could
//! leave the base are refused, and the whole file with them.

use roxmltree::Node;

use super::Error;
use super::pattern::Pattern;
use crate::machine::FileFault;
use crate::xml;

/// What an update does to a base.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnUpdate {
    /// Removed first.
    pub deletes: Vec<Pattern>,
    /// Then replaced from the template.
    pub items: Vec<Pattern>,
}

/// The file's name, at the root of a template.
pub(super) const FILE: &str = "OnUpdate.xml";

/// Deletes and items together; real files have a few dozen. Each is held against every file of the template and
/// of the base.
const MOST_PATHS: usize = 1000;

/// Reads the bytes of an `OnUpdate.xml`.
pub(super) fn parse(bytes: &[u8]) -> Result<OnUpdate, Error> {
    let text = xml::decode(bytes, FILE).map_err(Error::File)?;
    let document = xml::parse(&text, FILE).map_err(Error::File)?;
    let root = document.root_element();
    if !xml::is_named(root, "extract") {
        return Err(Error::File(xml::wrong_root(root, "extract", FILE)));
    }
    let is_path = |node: &Node<'_, '_>| xml::is_named(*node, "delete") || xml::is_named(*node, "item");
    if let Some(node) = root.descendants().filter(is_path).nth(MOST_PATHS) {
        let place = document.text_pos_at(node.range().start);
        let detail = format!("More than {MOST_PATHS} paths");
        let file = FILE.to_owned();
        return Err(Error::File(FileFault::NotXml { file, line: place.row, column: place.col, detail }));
    }
    Ok(OnUpdate { deletes: patterns(root, "delete")?, items: patterns(root, "item")? })
}

fn patterns(root: Node<'_, '_>, name: &str) -> Result<Vec<Pattern>, Error> {
    root.descendants()
        .filter(|node| xml::is_named(*node, name))
        .map(|node| {
            let attribute = || node.attributes().next().map(|attribute| attribute.value().to_owned());
            let text = xml::text(node).or_else(attribute).unwrap_or_default();
            Pattern::parse(&text).map_err(|fault| Error::Path { place: FILE, fault })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::pattern::PathFault;

    fn texts(patterns: &[Pattern]) -> Vec<String> {
        patterns.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn items_and_deletes_are_read_from_text_and_attributes() {
        let xml = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>
            <extract>
              <!-- comment --> <item>Documentation</item>
              <ITEM path=\"Documents\\Cleverence.Warehouse.Environment.xml\" />
              <delete> Documents\\*.old </delete> <group><Delete name='Кэш'/></group>
              <unknown>C:\\Windows</unknown>
            </extract>";
        let on_update = parse(xml.as_bytes()).unwrap();
        assert_eq!(
            texts(&on_update.items),
            ["Documentation", "Documents/Cleverence.Warehouse.Environment.xml"]
        );
        assert_eq!(texts(&on_update.deletes), ["Documents/*.old", "Кэш"]);
    }

    #[test]
    fn an_encoding_by_declaration_is_honoured() {
        let xml = "<?xml version=\"1.0\" encoding=\"windows-1251\"?><extract><item>Печать</item></extract>";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(xml);
        assert_eq!(texts(&parse(&bytes).unwrap().items), ["Печать"]);
    }

    #[test]
    fn one_path_that_leaves_the_base_refuses_the_whole_file() {
        for path in [r"..\other", r"C:\Windows\*", r"\\server\x", "a:b", "", "CON"] {
            for element in ["item", "delete"] {
                let xml = format!("<extract><item>Docs</item><{element}>{path}</{element}></extract>");
                let error = parse(xml.as_bytes()).unwrap_err();
                assert!(matches!(error, Error::Path { place: FILE, .. }), "{path}: {error:?}");
            }
        }
        let error = parse(b"<extract><item>../x</item></extract>").unwrap_err();
        assert!(matches!(error, Error::Path { fault: PathFault::Parent(path), .. } if path == "../x"));
    }

    #[test]
    fn more_paths_than_any_template_has_are_refused() {
        let parse_many = |count: usize| {
            parse(
                format!("<extract>\n{}</extract>", "<item>a</item><delete>b</delete>".repeat(count))
                    .as_bytes(),
            )
        };
        assert_eq!(parse_many(MOST_PATHS / 2).unwrap().items.len(), MOST_PATHS / 2);
        let error = parse_many(MOST_PATHS / 2 + 1).unwrap_err();
        assert!(matches!(error, Error::File(FileFault::NotXml { line: 2, .. })), "{error:?}");
    }

    #[test]
    fn what_is_not_an_on_update_is_a_fault_of_that_file() {
        let fault = |bytes: &[u8]| match parse(bytes) {
            Err(Error::File(fault)) => fault,
            other => panic!("{other:?}"),
        };
        assert!(matches!(fault(b"<update/>"), FileFault::WrongRoot { file, .. } if file == FILE));
        assert!(matches!(fault(b"nonsense"), FileFault::NotXml { .. }));
        assert!(matches!(fault(b""), FileFault::NotXml { .. }));
        let bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><extract><item>&a;</item></extract>";
        assert!(matches!(fault(bomb), FileFault::NotXml { .. }));
    }
}
