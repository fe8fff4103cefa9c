//! The demo's update tree: descriptions, templates and the installer, in the layout every source has.

use std::io::{self, Write as _};

use bytes::Bytes;
use smarts_core::digest::Digest;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::content::{Content, Package, Product, Release};
use super::files;
use super::site::Tree;

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

/// Makes the tree; `installer` are the bytes of the program that acts as the demo's own installer.
pub(super) fn tree(content: &Content, installer: &Bytes) -> Result<Tree, Error> {
    let mut tree = Tree::default();
    add_feed(&mut tree, "Platform4", None, &content.platform.releases, installer)?;
    for product in &content.products {
        add_feed(&mut tree, &product.feed, Some(product), &product.releases, installer)?;
    }
    Ok(tree)
}

fn add_feed(
    tree: &mut Tree,
    feed: &str,
    product: Option<&Product>,
    releases: &[Release],
    installer: &Bytes,
) -> Result<(), Error> {
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
            (Some(Package::Installer), _) => {
                let name = release.file.clone().unwrap_or_else(|| format!("Setup-{}.exe", release.version));
                Some((name, installer.clone()))
            }
        };
        let described = description(release, package.as_ref().map(|(name, bytes)| (name.as_str(), bytes)));
        tree.insert(&format!("updates/{feed}/{}/update.xml", release.version), described);
        if let Some((name, bytes)) = package {
            tree.insert(&format!("downloads/{name}"), bytes);
        }
    }
    Ok(())
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
    let mut zip = ZipWriter::new(io::Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8], method| -> Result<(), Error> {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).map_err(Error::Pack)?;
        zip.write_all(bytes).map_err(Error::Write)
    };
    let packed = zip::CompressionMethod::Deflated;
    let min_platform = release.min_platform.as_deref();
    let described =
        files::app_description(&product.feed, &product.name, &release.version, min_platform, None);
    add("AppDescription.xml", described.as_bytes(), packed)?;
    add("OnUpdate.xml", files::ON_UPDATE.as_bytes(), packed)?;
    for (path, text) in files::replaced(&release.version) {
        add(&path, text.as_bytes(), packed)?;
    }
    add(
        "Documentation/Руководство.pdf",
        &files::filler(FILLER_BYTES, &release.version),
        zip::CompressionMethod::Stored,
    )?;
    Ok(zip.finish().map_err(Error::Pack)?.into_inner())
}
