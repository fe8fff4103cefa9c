//! What is read of a PC.

use std::fs;
use std::path::{Component, Path};

use smarts_core::catalogue::Feed;
use smarts_core::machine::registry_file::{self, RegistryFile};
use smarts_core::machine::{
    FileFault, Licence, Term, app_description as description, apps_xml as list, base_settings as base,
    common_config as config, licence as licences, updater,
};
use smarts_core::os::{MachineRoot, Os};
use smarts_core::xml as document;

use super::{assert_trimmed, assert_version, file};

/// More than the names and texts of faults ever have; a whole file must not end up in one.
const LONGEST_WORDS: usize = 600;

/// `registry.reg`: a value that is set is read again, and no other one changes.
pub fn registry_file(bytes: &[u8]) {
    const NAME: &str = "Проба";
    const VALUE: &str = r#"C:\Program Files\"Склад" 100%"#;
    let Ok(before) = RegistryFile::parse(bytes) else { return };
    let (_dir, path) = file(registry_file::FILE, bytes);
    registry_file::set_value(&path, updater::KEY, NAME, VALUE).unwrap();
    let after = RegistryFile::read(&path).unwrap();
    assert_eq!(after.value(&updater::KEY.to_lowercase(), &NAME.to_uppercase()).as_deref(), Some(VALUE));
    for key in [
        updater::KEY,
        r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS",
        r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS",
        "HKEY_CURRENT_USER",
    ] {
        for name in ["Version", "InstallDir", "ProductId", "a"] {
            assert_eq!(after.value(key, name), before.value(key, name), r"{key}\{name}");
        }
        let others = |file: &RegistryFile| {
            let mut values = file.values(key);
            values.retain(|(name, _)| name.to_lowercase() != NAME.to_lowercase());
            values
        };
        assert_eq!(others(&after), others(&before), "{key}");
    }
}

/// XML in any encoding: what comes out of the parser is within the limits that stand before it, and nothing
/// has grown.
pub fn xml(bytes: &[u8]) {
    let Ok(text) = document::decode(bytes, "a.xml") else { return };
    // A mark is not part of the text; a null behind one would make it another encoding.
    if !text.starts_with(['\u{feff}', '\0']) {
        assert_eq!(document::decode(&document::utf16(&text), "a.xml").as_ref(), Ok(&text));
    }
    let tree = match document::parse(&text, "a.xml") {
        Ok(tree) => tree,
        Err(fault) => return assert_fault(&fault),
    };
    let mut length = 0;
    for node in tree.descendants() {
        assert!(node.ancestors().count() <= 256 + 2, "elements inside elements");
        assert!(node.attributes().count() <= 256, "attributes of an element");
        assert!(node.namespaces().count() <= 64 + 1, "namespaces around an element");
        length += node.text().filter(|_| node.is_text()).map_or(0, str::len);
        length += node.attributes().map(|attribute| attribute.value().len()).sum::<usize>();
    }
    assert!(length <= text.len(), "entities were expanded");
}

/// `apps.xml`: every entry has an id, and no base lies outside of the PC.
pub fn apps_xml(bytes: &[u8]) {
    let list = match list::parse(bytes) {
        Ok(list) => list,
        Err(fault) => return assert_fault(&fault),
    };
    let count = list.entries.len() + list.without_id.len();
    assert!(list.without_id.is_sorted());
    assert!(list.without_id.iter().all(|position| (1..=count).contains(position)));
    for entry in list.entries {
        assert_trimmed(&entry.id);
        assert_trimmed(&entry.name);
        assert!(entry.folder.trim() == entry.folder);
        entry.app_id.iter().chain(&entry.comment).for_each(|text| assert_trimmed(text));
        windows_path(entry.folder.as_bytes());
    }
}

/// A path as Windows writes it leads to a place below the folder that stands for the PC, or nowhere.
pub fn windows_path(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("C/Bases")).unwrap();
    let os = MachineRoot::open(dir.path()).unwrap();
    if let Ok(path) = os.locate(text) {
        assert_inside(&path, os.machine_root().unwrap());
    }
}

/// `AppDescription.xml`: links that a person may click on, and a folder of releases inside of the source.
pub fn app_description(bytes: &[u8]) {
    let description = match description::parse(bytes) {
        Ok(description) => description,
        Err(fault) => return assert_fault(&fault),
    };
    for text in [&description.app_id, &description.app_name, &description.updates_path].into_iter().flatten()
    {
        assert_trimmed(text);
    }
    for link in [&description.versions_link, &description.support_link].into_iter().flatten() {
        let link = link.to_lowercase();
        assert!(link.starts_with("http:") || link.starts_with("https:"), "{link:?}");
    }
    let minimums = [description.min_platform, description.min_platform_35, description.client_version];
    for version in minimums.into_iter().chain([description.version]).flatten().flatten() {
        assert_version(&version);
    }
    if let Some(feed) = description.updates_path.as_deref().and_then(Feed::named) {
        super::assert_safe_path(feed.as_str());
    }
}

/// `settings.xml`, `Connectivity.*.xml`, and `customsettings.xml`, of which nothing comes out that could be a
/// password.
pub fn base_settings(bytes: &[u8]) {
    if let Err(fault) = base::parse(bytes) {
        assert_fault(&fault);
    }
    if let Err(fault) = base::connectivity_mentions_internet_exchange(bytes, "Connectivity.a.xml") {
        assert_fault(&fault);
    }
    match base::tag(bytes) {
        Ok(tag) => {
            let tag = tag.unwrap_or_default();
            assert!(tag.chars().count() <= 64);
            assert!(tag.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c)), "{tag:?}");
        }
        Err(FileFault::NotXml { detail, .. }) => assert_words_of_ours(&detail),
        Err(fault) => assert_fault(&fault),
    }
}

/// `lic*.xml`: short texts on one line, sensible days, and faults that tell nothing of the file.
pub fn licence(bytes: &[u8]) {
    let read = match licences::parse(bytes, Some("a"), r"C:\a\Licenses\lic1.xml") {
        Ok(read) => read,
        Err(FileFault::NotXml { detail, .. }) => return assert_words_of_ours(&detail),
        Err(fault) => return assert_fault(&fault),
    };
    assert_eq!(read.bad_end.is_some(), read.licence.term == Term::Unread);
    assert!(read.bad_end.is_none_or(|text| text.chars().count() <= 40));
    let Licence { product_id, product, company, max_clients, device, term, uid, preset_id, .. } =
        read.licence;
    for text in [product_id, product, company, device, uid, preset_id].into_iter().flatten() {
        assert_trimmed(&text);
        assert!(text.chars().count() <= 200 && !text.contains(char::is_control), "{text:?}");
    }
    assert_ne!(max_clients, Some(0));
    if let Term::Until(day) = term {
        assert!((2..=9998).contains(&day.year()), "{day}");
    }
}

/// `common.config`: credentials are not shown.
pub fn common_config(bytes: &[u8]) {
    let config = match config::parse(bytes) {
        Ok(config) => config,
        Err(fault) => return assert_fault(&fault),
    };
    let Some(path) = &config.custom_update_path else { return };
    assert_trimmed(path);
    if let Some(secret) = path.split_once("://").and_then(|(_, rest)| rest.split_once("@mirror")) {
        assert!(secret.0.is_empty() || !format!("{config:?}").contains(&format!("{}@", secret.0)));
    }
}

fn assert_inside(path: &Path, root: &Path) {
    let below = path.strip_prefix(root).unwrap();
    assert!(below.components().all(|part| matches!(part, Component::Normal(_))), "{}", path.display());
}

/// Not the parser's, which may quote the file.
fn assert_words_of_ours(detail: &str) {
    assert_eq!(detail, "Not well-formed");
}

fn assert_fault(fault: &FileFault) {
    let words = format!("{fault:?}");
    assert!(words.chars().count() <= LONGEST_WORDS, "{words}");
    if let FileFault::NotXml { line, column, .. } = fault {
        assert!((*line, *column) >= (1, 1) && *column >= 1);
    }
}
