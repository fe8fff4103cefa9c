//! The file of a release: where it is, and the name it is kept under.

use percent_encoding::percent_decode_str;
use roxmltree::Node;
use url::Url;

use super::{Context, flag, number, parsed};
use crate::catalogue::{Fault, FileLocation, ReleaseFile, is_safe_path, shortened};
use crate::paths::is_safe_name;
use crate::{http, xml};

/// `None` where the description names no file.
pub(super) fn of(root: Node<'_, '_>, context: &Context<'_>) -> Result<Option<ReleaseFile>, Fault> {
    let from_downloads = parsed(root, "fromdownloads", flag)?.unwrap_or(false);
    let size = parsed(root, "size", size)?;
    let sha256 = parsed(root, "sha256", |text| text.parse().ok())?;
    let Some(text) = xml::value(root, "file") else {
        return Ok(None);
    };
    let (name, location) = match (from_downloads, text.contains("://")) {
        (true, _) => in_source("downloads", &text)?,
        (false, false) => in_source(context.dir, &text)?,
        (false, true) => elsewhere(&text, context.sites)?,
    };
    Ok(Some(ReleaseFile {
        name,
        location,
        size,
        sha256,
        sha512: None,
        publisher: xml::value(root, "publisher"),
    }))
}

fn size(text: &str) -> Option<u64> {
    number(text).filter(|size| *size > 0)
}

fn in_source(dir: &str, text: &str) -> Result<(String, FileLocation), Fault> {
    if !is_safe_path(text) {
        return Err(bad_path(text));
    }
    let name = text.rsplit('/').next().unwrap_or(text);
    Ok((name.to_owned(), FileLocation::InSource(format!("{dir}/{text}"))))
}

fn elsewhere(text: &str, sites: &[&Url]) -> Result<(String, FileLocation), Fault> {
    let url: Url =
        text.parse().map_err(|_| Fault::Value { element: "file".to_owned(), text: shortened(text) })?;
    let url = allowed(url, sites)?;
    let last = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let name = percent_decode_str(last).decode_utf8().unwrap_or_default().into_owned();
    if !is_safe_name(&name) {
        return Err(bad_path(&name));
    }
    Ok((name, FileLocation::Url(url)))
}

/// An https address as it is; an http one on a host of the source's own as https. Credentials would go into
/// reports and logs, so there are none.
fn allowed(mut url: Url, sites: &[&Url]) -> Result<Url, Fault> {
    let refused = |url: &Url| Fault::Address { address: shortened(&http::redacted(url)) };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused(&url));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if http::is_loopback(&url) && sites.iter().any(|site| http::is_loopback(site)) => Ok(url),
        "http" if sites.iter().any(|site| site.scheme() == "https" && site.host() == url.host()) => {
            match url.set_scheme("https") {
                Ok(()) => Ok(url),
                Err(()) => Err(refused(&url)),
            }
        }
        _ => Err(refused(&url)),
    }
}

fn bad_path(text: &str) -> Fault {
    Fault::Path { element: "file".to_owned(), text: shortened(text) }
}
