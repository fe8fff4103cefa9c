//! What the core's own tests begin with: a base, a release, its file; each test changes what it is about.

use crate::catalogue::{Feed, FileLocation, Release, ReleaseFile};
use crate::machine::{Base, Kind};

/// A local base of a product.
pub(crate) fn base(id: &str, product_id: &str, version: &str) -> Base {
    Base {
        id: id.to_owned(),
        name: format!("База {id}"),
        comment: None,
        folder: format!(r"C:\Bases\{id}"),
        dir: None,
        kind: Kind::Local,
        product_id: Some(product_id.to_owned()),
        product: "Склад 15, Расширенный".to_owned(),
        version: Some(version.parse().unwrap()),
        min_platform: None,
        client_version: None,
        updates_path: None,
        notes_link: None,
        support_link: None,
        tag: None,
        devices: Vec::new(),
    }
}

/// A release with a template, for everybody and over everything.
pub(crate) fn release(feed: &str, version: &str) -> Release {
    Release {
        feed: Feed::named(feed).unwrap(),
        version: version.parse().unwrap(),
        date: None,
        notes: format!("notes of {version}"),
        file: Some(file(&format!("{version}.mstmpl"))),
        tags: Vec::new(),
        forced: false,
        distribution: 100,
        show_for_all: false,
        min_platform: None,
        from_versions: Vec::new(),
        client_version: None,
    }
}

/// A file of which nothing is stated.
pub(crate) fn file(name: &str) -> ReleaseFile {
    ReleaseFile {
        name: name.to_owned(),
        location: FileLocation::InSource(format!("downloads/{name}")),
        size: None,
        sha256: None,
        publisher: None,
    }
}
