//! A PC and its source, made of the harness's parts: the same for every flow that needs fixed content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use smarts_core::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use smarts_core::digest::Digest;
use smarts_core::machine::{self, Machine, app_description};
use smarts_core::os::MachineRoot as Root;
use smarts_core::tree::{self, Kind};
use smarts_core::version::Version;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::publisher::Publisher;
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::{Tree, TreeRelease};

/// `appId` of «Склад 15, Расширенный», and so the folder of its releases.
pub(crate) const WAREHOUSE: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
/// Its name.
pub(crate) const WAREHOUSE_NAME: &str = "Склад 15, Расширенный";
/// What its bases are on.
pub(crate) const OLD: &str = "1.6.2.6493";
/// What its source offers.
pub(crate) const NEW: &str = "1.6.3.7283";

/// A base of that product, with a document, a label and a licence.
pub(crate) fn warehouse(id: &str, name: &str) -> BaseSpec {
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let files = vec![
        file("Documents/Приёмка 000123.xml", "<Document/>"),
        file("LabelTemplates/58x40.xml", "<Label version=\"old\"/>"),
        file("LabelTemplates/old_58x40.xml", "<Label/>"),
        file("Licenses/lic1.xml", "<License/>"),
        file("appres.resources", ""),
    ];
    BaseSpec { files, ..BaseSpec::new(id, name) }
}

/// A PC with the platform and these bases.
pub(crate) fn pc(bases: &[BaseSpec]) -> MachineRoot {
    MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(bases).unwrap()
}

/// A template of that product which does what it should.
pub(crate) fn template(version: &str) -> TemplateBuilder {
    TemplateBuilder::of_product(WAREHOUSE, WAREHOUSE_NAME, version)
        .on_update(&[r"LabelTemplates\old_*.xml"], &["AppDescription.xml", "LabelTemplates"])
        .file("LabelTemplates/58x40.xml", format!("<Label version=\"{version}\"/>"))
}

/// A release of that product with its template, and with size and hash stated.
pub(crate) fn release(version: &str, template: &TemplateBuilder) -> TreeRelease {
    TreeRelease::new(version)
        .with("date", "29.10.2025")
        .with("description", "- Проверка кодов маркировки")
        .download(&format!("WH15-{version}.mstmpl"), template.build().unwrap())
        .stated()
}

/// A source with one release of that product.
pub(crate) fn source_of(template: &TemplateBuilder) -> Tree {
    Tree::new().release(WAREHOUSE, release(NEW, template))
}

/// The same release as a plan has it, without a file.
pub(crate) fn agreed_release() -> Release {
    Release {
        feed: Feed::named(WAREHOUSE).unwrap(),
        version: NEW.parse().unwrap(),
        date: None,
        notes: String::new(),
        file: None,
        tags: vec![],
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: vec![],
        client_version: None,
    }
}

/// A file below the root of a source that states nothing about it.
pub(crate) fn file_in_source(path: &str) -> ReleaseFile {
    ReleaseFile {
        name: path.rsplit('/').next().unwrap().to_owned(),
        location: FileLocation::InSource(path.to_owned()),
        size: None,
        sha256: None,
        sha512: None,
        publisher: None,
    }
}

/// A publisher whose signatures outlast the tests.
pub(crate) fn publisher() -> Publisher {
    let mut publisher = Publisher::new();
    let roles =
        [&mut publisher.root, &mut publisher.timestamp, &mut publisher.snapshot, &mut publisher.targets];
    for role in roles {
        "2999-01-01T00:00:00Z".clone_into(&mut role.expires);
    }
    publisher
}

/// A tree written into a folder of its own.
pub(crate) fn folder(tree: &Tree) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    tree.write_to(dir.path()).unwrap();
    dir
}

/// What is installed.
pub(crate) fn machine(root: &Path) -> Machine {
    machine::read(&Root::open(root).unwrap())
}

/// The version in a base's own description.
pub(crate) fn version(root: &Path, folder: &str) -> String {
    let below = folder.replacen(':', "", 1).replace('\\', "/");
    let bytes = fs::read(root.join(below).join(app_description::FILE)).unwrap();
    let stated: Version = app_description::parse(&bytes).unwrap().version.unwrap().unwrap();
    stated.to_string()
}

/// Every path below a folder with what is in its file, shortly; nothing for a folder.
pub(crate) fn content(dir: &Path) -> BTreeMap<String, String> {
    let shown = |path: PathBuf, kind: Kind| match kind {
        Kind::Folder => String::new(),
        Kind::File { .. } | Kind::Link | Kind::Special => Digest::of(&fs::read(path).unwrap()).to_string(),
    };
    let nodes = tree::list(dir).unwrap().into_iter();
    nodes.map(|node| (node.path.to_string(), shown(node.path.below(dir), node.kind))).collect()
}

/// Bytes that no compressor makes fewer.
pub(crate) fn noise(count: usize) -> Vec<u8> {
    let next = |state: &mut u32| {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        Some((*state >> 24) as u8)
    };
    std::iter::repeat_n((), count).scan(2_463_534_242, |state, ()| next(state)).collect()
}
