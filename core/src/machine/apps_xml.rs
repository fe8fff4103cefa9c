//! `apps.xml`: the list of bases of a PC. A function of bytes.
//!
//! That this file is the list, and where it lies, the vendor documents; what it looks like inside is
//! inferred: a root `AppInstances` with an `AppInstance` for each base, which states `id`, `name`,
//! `folder`, `appId` and `comment`. So items are taken at any depth, what they state as attributes or as
//! child elements, and no letter case matters. An id need not be a GUID.
//!
//! Deliberately not here: looking for bases that the list does not name, and their folders.

use crate::machine::FileFault;
use crate::xml;

/// Where the list is.
pub const PATH: &str = r"C:\ProgramData\Cleverence\Common\apps.xml";
/// The file's name, for faults.
const FILE: &str = "apps.xml";

/// What the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppsList {
    /// Entries with an id, in the file's order.
    pub entries: Vec<Entry>,
    /// The positions, from 1, of entries without one.
    pub without_id: Vec<usize>,
}

/// A base, as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the base manager knows it by.
    pub id: String,
    /// What the person called it; its id where the list states no name.
    pub name: String,
    /// Its folder as Windows writes it; empty where the list states none.
    pub folder: String,
    /// Its product.
    pub app_id: Option<String>,
    /// The person's comment.
    pub comment: Option<String>,
}

/// Reads the list.
pub fn parse(bytes: &[u8]) -> Result<AppsList, FileFault> {
    let text = xml::decode(bytes, FILE)?;
    let document = xml::parse(&text, FILE)?;
    let root = document.root_element();
    let mut list = AppsList::default();
    let items = root.descendants().filter(|node| xml::is_named(*node, "AppInstance"));
    for (index, item) in items.enumerate() {
        let Some(id) = xml::value(item, "id") else {
            list.without_id.push(index + 1);
            continue;
        };
        list.entries.push(Entry {
            name: xml::value(item, "name").unwrap_or_else(|| id.clone()),
            folder: xml::value(item, "folder").unwrap_or_default(),
            app_id: xml::value(item, "appId"),
            comment: xml::value(item, "comment"),
            id,
        });
    }
    let is_empty = list.entries.is_empty() && list.without_id.is_empty();
    if is_empty && !xml::is_named(root, "AppInstances") {
        return Err(xml::wrong_root(root, "AppInstances", FILE));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            id: "wh".to_owned(),
            name: "Основной склад".to_owned(),
            folder: r"D:\Базы\wh".to_owned(),
            app_id: Some("9B3E".to_owned()),
            comment: Some("не трогать".to_owned()),
        }
    }

    #[test]
    fn attributes_and_child_elements_say_the_same_in_any_case_and_at_any_depth() {
        let texts = [
            r#"<AppInstances><AppInstance id="wh" name="Основной склад" folder="D:\Базы\wh" appId="9B3E" comment="не трогать"/></AppInstances>"#,
            r#"<APPINSTANCES><group><appinstance ID="wh" Name="Основной склад" FOLDER="D:\Базы\wh" AppID="9B3E" Comment="не трогать"/></group></APPINSTANCES>"#,
            r"<List xmlns='urn:x'><AppInstance><Id>wh</Id><Name>Основной склад</Name><Folder> D:\Базы\wh </Folder><appid>9B3E</appid><comment><![CDATA[не трогать]]></comment></AppInstance></List>",
        ];
        for text in texts {
            let with_mark = format!("\u{FEFF}{text}");
            for bytes in [text.as_bytes(), with_mark.as_bytes()] {
                assert_eq!(parse(bytes).unwrap().entries, [entry()], "{text}");
            }
        }
    }

    #[test]
    fn an_entry_without_an_id_is_counted_and_hides_nothing() {
        let list = parse(
            b"<AppInstances><AppInstance name='a'/><AppInstance id='b'/><AppInstance id=' '/></AppInstances>",
        );
        let list = list.unwrap();
        assert_eq!(list.without_id, [1, 3]);
        assert_eq!(list.entries.len(), 1);
        assert_eq!(list.entries[0].name, "b");
        assert_eq!(list.entries[0].folder, "");
    }

    #[test]
    fn an_empty_list_is_no_fault_and_something_else_is() {
        assert_eq!(parse(b"<AppInstances/>").unwrap(), AppsList::default());
        let fault = parse(b"<html/>").unwrap_err();
        assert_eq!(fault.to_string(), "apps.xml has the root <html> in place of <AppInstances>");
    }
}
