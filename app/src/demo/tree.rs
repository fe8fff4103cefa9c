//! The demo's update tree: descriptions, templates and installers, in the layout every source has.
//!
//! Its bytes are the same on every PC and in every build, because they are signed beforehand: nothing in
//! them comes from a clock, a compressor or the system.

use std::io::{self, Write as _};

use bytes::Bytes;
use smarts_core::digest::Digest;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::content::{Content, Package, Product, Release};
use super::site::Tree;
use super::{files, installer};

/// The size of a template's largest file: enough for a download to be seen.
const FILLER_BYTES: usize = 6 * 1024 * 1024;

/// Why the tree could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template could not be packed.
    #[error("Failed to pack a template of the demo")]
    Pack(#[source] zip::result::ZipError),
    /// A template could not be written.
    #[error("Failed to write a template of the demo")]
    Write(#[source] io::Error),
}

/// The tree, and what its installers hash to.
pub(super) fn tree(content: &Content) -> Result<(Tree, Vec<Digest>), Error> {
    let mut tree = Tree::default();
    let mut installers = add_feed(&mut tree, "Platform4", None, &content.platform.releases)?;
    add_feed(&mut tree, "Android", None, &content.apps)?;
    for product in &content.products {
        installers.extend(add_feed(&mut tree, &product.feed, Some(product), &product.releases)?);
    }
    Ok((tree, installers))
}

/// Adds one list of releases; returns what the installers in it hash to.
fn add_feed(
    tree: &mut Tree,
    feed: &str,
    product: Option<&Product>,
    releases: &[Release],
) -> Result<Vec<Digest>, Error> {
    let mut installers = Vec::new();
    let versions: Vec<String> =
        releases.iter().map(|release| format!("    <version name=\"{}\"/>", release.version)).collect();
    let versions = versions.join("\n");
    let list = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<update>\n  <versions>\n{versions}\n  </versions>\n</update>\n"
    );
    tree.insert(&format!("updates/{feed}/versions.xml"), list);
    for release in releases {
        let package = match (release.package, product) {
            (None, _) | (Some(Package::Template), None) => None,
            (Some(Package::Template), Some(product)) => {
                let name = format!(
                    "{}-{}.mstmpl",
                    &product.feed[product.feed.len().saturating_sub(12)..],
                    release.version
                );
                Some((name, Bytes::from(template(product, release)?)))
            }
            (Some(Package::App), _) => {
                let bytes = files::app(&release.version).ok_or_else(|| no_app(&release.version))?;
                Some((files::app_name(&release.version), Bytes::from_static(bytes)))
            }
            (Some(Package::Installer), _) => {
                let name = release.file.clone().unwrap_or_else(|| format!("Setup-{}.exe", release.version));
                let name_of_product = product.map_or("Mobile SMARTS", |product| &product.name);
                Some((name, Bytes::from(installer::file(name_of_product, &release.version))))
            }
        };
        let described = description(release, package.as_ref().map(|(name, bytes)| (name.as_str(), bytes)));
        tree.insert(&format!("updates/{feed}/{}/update.xml", release.version), described);
        if let Some((name, bytes)) = package {
            let digest = tree.insert(&format!("downloads/{name}"), bytes);
            installers.extend((release.package == Some(Package::Installer)).then_some(digest));
        }
    }
    Ok(installers)
}

fn no_app(version: &str) -> Error {
    Error::Write(io::Error::other(format!("There is no app {version}")))
}

fn description(release: &Release, file: Option<(&str, &Bytes)>) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<update>\n");
    let mut add = |name: &str, value: &str| {
        xml.extend(["  <", name, ">", &files::escaped(value), "</", name, ">\n"]);
    };
    add("version", &release.version);
    add("date", &release.date);
    add("description", &release.notes);
    if let Some((name, bytes)) = file {
        add("fromdownloads", "true");
        add("file", name);
        add("size", &bytes.len().to_string());
        add("sha256", &Digest::of(bytes).to_string());
    }
    let optional = [
        ("minPlatform", &release.min_platform),
        ("fromVersions", &release.from_versions),
        ("clientVersion", &release.client_version),
    ];
    for (name, value) in optional {
        if let Some(value) = value {
            add(name, value);
        }
    }
    xml.push_str("</update>\n");
    xml
}

/// A template of a product's release: what a base is created and updated from.
pub(super) fn template(product: &Product, release: &Release) -> Result<Vec<u8>, Error> {
    // What the library would take from the system or choose itself.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), Error> {
        zip.start_file(name, options).map_err(Error::Pack)?;
        zip.write_all(bytes).map_err(Error::Write)
    };
    let min_platform = release.min_platform.as_deref();
    let described =
        files::app_description(&product.feed, &product.name, &release.version, min_platform, None);
    add("AppDescription.xml", described.as_bytes())?;
    add("OnUpdate.xml", files::ON_UPDATE.as_bytes())?;
    for (path, text) in files::replaced(&release.version) {
        add(&path, text.as_bytes())?;
    }
    add("Documentation/Руководство.pdf", &files::filler(FILLER_BYTES, &release.version))?;
    Ok(zip.finish().map_err(Error::Pack)?.into_inner())
}
