//! `versions.xml`: which versions a feed holds, and the folder of each.
//!
//! Believed of the format: `update/versions/version`, each with a `name` (the version) and, where the folder
//! is called otherwise, a `path`. The vendor documents this for the mobile app's own feed; that the feeds of
//! platform and products look the same was read from a build of the platform. So names match without regard
//! to case, attributes may be child elements, and the outermost element may be missing. Deliberately not
//! here: which of the versions are asked for ([`super::load()`]).

use std::collections::HashSet;

use roxmltree::Node;

use super::{Fault, is_safe_path, shortened};
use crate::version::Version;
use crate::xml;

/// The file's name.
pub const FILE: &str = "versions.xml";

/// One entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its `name`.
    pub version: Version,
    /// Its folder below the feed's, components joined by `/`.
    pub path: String,
}

/// What a list holds, in its own order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// No version twice.
    pub listed: Vec<Listed>,
    /// Entries that do not count.
    pub refused: Vec<Refused>,
}

/// An entry that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub fault: Fault,
    /// The version it is of, if that could be read.
    pub version: Option<Version>,
}

/// Reads the list. A list whose entries are all unusable is a fault as a whole: nothing is known then, which
/// is not the same as an empty list.
pub fn parse(bytes: &[u8]) -> Result<Versions, Fault> {
    let text = xml::decode(bytes, FILE).map_err(Fault::File)?;
    let document = xml::parse(&text, FILE).map_err(Fault::File)?;
    let root = document.root_element();
    let Some(list) = list(root) else {
        return Err(Fault::File(xml::wrong_root(root, "update/versions", FILE)));
    };
    let mut versions = Versions::default();
    let mut seen = HashSet::new();
    for entry in xml::children(list, "version") {
        match listed(entry) {
            Ok(Listed { version, .. }) if !seen.insert(version) => {
                let fault = Fault::Duplicate { version };
                versions.refused.push(Refused { fault, version: Some(version) });
            }
            Ok(listed) => versions.listed.push(listed),
            Err(refused) => versions.refused.push(refused),
        }
    }
    match versions.refused.first() {
        Some(refused) if versions.listed.is_empty() => Err(refused.fault.clone()),
        _ => Ok(versions),
    }
}

fn list<'a, 'input>(root: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    if xml::is_named(root, "versions") {
        return Some(root);
    }
    xml::is_named(root, "update").then(|| xml::children(root, "versions").next()).flatten()
}

fn listed(entry: Node<'_, '_>) -> Result<Listed, Refused> {
    let name = xml::value(entry, "name").unwrap_or_default();
    let version: Version = name.parse().map_err(|error| {
        let fault = Fault::Version { element: "name".to_owned(), error };
        Refused { fault, version: None }
    })?;
    let path = xml::value(entry, "path").unwrap_or(name);
    let path = path.strip_suffix('/').unwrap_or(&path);
    if !is_safe_path(path) {
        let fault = Fault::Path { element: "path".to_owned(), text: shortened(path) };
        return Err(Refused { fault, version: Some(version) });
    }
    Ok(Listed { version, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::FileFault;
    use crate::version;

    fn parsed(entries: &str) -> Versions {
        parse(format!("<update><versions>{entries}</versions></update>").as_bytes()).unwrap()
    }

    fn listed(version: &str, path: &str) -> Listed {
        Listed { version: version.parse().unwrap(), path: path.into() }
    }

    #[test]
    fn names_and_folders_are_read_from_attributes_and_elements_in_any_case() {
        let entries = r#"<version name="3.3.46.29552"/>
            <VERSION><Name> 3.4.46.40367 </Name><PATH>stable/3.4/</PATH></VERSION><other name="x"/>"#;
        let expected = [listed("3.3.46.29552", "3.3.46.29552"), listed("3.4.46.40367", "stable/3.4")];
        assert_eq!(parsed(entries), Versions { listed: expected.into(), refused: vec![] });
    }

    #[test]
    fn a_list_without_versions_is_an_empty_list() {
        assert_eq!(parsed(""), Versions::default());
        assert_eq!(parse(b"<versions/>"), Ok(Versions::default()));
    }

    #[test]
    fn a_broken_entry_does_not_count_and_the_others_do() {
        let good = r#"<version name="1.2.0.358"/>"#;
        let path = |text: &str| Fault::Path { element: "path".into(), text: text.into() };
        let name = |error| Fault::Version { element: "name".into(), error };
        let cases = [
            ("<version/>", name(version::Error::Empty)),
            (r#"<version name="1.-2.3.4"/>"#, name(version::Error::NotANumber("1.-2.3.4".into()))),
            (r#"<version name="newest"/>"#, name(version::Error::NotANumber("newest".into()))),
            (r#"<version name="1.2.3.4.5"/>"#, name(version::Error::Parts("1.2.3.4.5".into()))),
            (r#"<version name="1.3" path=".."/>"#, path("..")),
            (r#"<version name="1.3" path="a/../../b"/>"#, path("a/../../b")),
            (r#"<version name="1.3" path="/etc"/>"#, path("/etc")),
            (r#"<version name="1.3" path="a\b"/>"#, path(r"a\b")),
            (r#"<version name="1.3" path="C:/Windows"/>"#, path("C:/Windows")),
            (r#"<version name="1.3" path="https://other.example"/>"#, path("https://other.example")),
            (r#"<version name="1.3" path="a/NUL"/>"#, path("a/NUL")),
            (good, Fault::Duplicate { version: "1.2.0.358".parse().unwrap() }),
        ];
        for (entry, fault) in cases {
            let version = match &fault {
                Fault::Path { .. } => Some("1.3".parse().unwrap()),
                Fault::Duplicate { version } => Some(*version),
                _ => None,
            };
            let refused = vec![Refused { fault, version }];
            let listed = vec![listed("1.2.0.358", "1.2.0.358")];
            assert_eq!(parsed(&format!("{good}{entry}")), Versions { listed, refused });
        }
        let endless = format!(r#"{good}<version name="{}"/>"#, "1.".repeat(100_000));
        assert_eq!(parsed(&endless).refused[0].fault, name(version::Error::TooLong));
        let long = format!(r#"{good}<version name="1.3" path="{}"/>"#, "a/".repeat(300));
        assert_eq!(parsed(&long).refused[0].fault, path(&"a/".repeat(40)));
    }

    #[test]
    fn a_list_of_nothing_but_broken_entries_is_a_fault() {
        let fault = parse(b"<update><versions><version name='x'/></versions></update>").unwrap_err();
        assert!(matches!(fault, Fault::Version { .. }), "{fault:?}");
    }

    #[test]
    fn what_is_no_list_is_never_an_empty_one() {
        let portal = b"<!DOCTYPE html><html><body>Log in<br></body></html>";
        assert!(matches!(parse(portal), Err(Fault::File(FileFault::NotXml { .. }))));
        let page = parse(b"<html xmlns='http://www.w3.org/1999/xhtml'><versions/></html>");
        assert!(matches!(page, Err(Fault::File(FileFault::WrongRoot { .. }))), "{page:?}");
        let other = parse(b"<update><version>1.2</version></update>");
        assert!(matches!(other, Err(Fault::File(FileFault::WrongRoot { .. }))), "{other:?}");
        for bytes in [b"".as_slice(), b"\0\0\0\0", b"<update><versions>"] {
            assert!(matches!(parse(bytes), Err(Fault::File(_))), "{bytes:?}");
        }
    }
}
