//! Where a file of a source is on a mirror: another root with the same tree below it.
//!
//! A mirror is asked for files and never for descriptions, so it cannot say what is new. What it sends is
//! compared with what the source has stated; only where that is signed, plain http will do. Deliberately not
//! here: whose word a mirror is; only administrators can write the settings.

use std::path::{Path, PathBuf};

use url::Url;

use crate::http::is_loopback;
use crate::paths::is_windows_name;
use crate::source::Place;

/// The place of `path` below the root that a text names: an https address, or a folder, which `folder` looks
/// at. `is_signed`: what the file has to be is signed. `None`: the text names nothing that may be asked.
pub fn place(
    root: &str,
    path: &str,
    is_signed: bool,
    folder: impl FnOnce(&Path) -> Option<PathBuf>,
) -> Option<Place> {
    let names: Vec<&str> = path.split('/').collect();
    if !names.iter().all(|name| is_windows_name(name)) {
        return None;
    }
    let root = root.trim();
    if !root.contains("://") {
        return folder(Path::new(root))
            .map(|dir| Place::Path(names.iter().fold(dir, |dir, name| dir.join(name))));
    }
    let mut address: Url = root.parse().ok()?;
    let may_be_asked = match address.scheme() {
        "https" => true,
        "http" => is_signed || is_loopback(&address),
        _ => false,
    };
    if !may_be_asked || address.query().is_some() {
        return None;
    }
    address.set_fragment(None);
    address.path_segments_mut().ok()?.pop_if_empty().extend(names);
    Some(Place::Url(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(root: &str, path: &str, is_signed: bool) -> Option<String> {
        match place(root, path, is_signed, |_| None)? {
            Place::Url(url) => Some(url.to_string()),
            Place::Path(path) => panic!("{path:?}"),
        }
    }

    #[test]
    fn a_file_lies_below_each_root_as_below_the_source() {
        let path = "downloads/Склад 15 #1.mstmpl";
        let below = "downloads/%D0%A1%D0%BA%D0%BB%D0%B0%D0%B4%2015%20%231.mstmpl";
        for root in ["https://mirror.lan/smarts", " https://mirror.lan/smarts/#x "] {
            assert_eq!(address(root, path, false), Some(format!("https://mirror.lan/smarts/{below}")));
        }
        let folder = place("//server/share", "downloads/x.msi", false, |dir| Some(dir.to_path_buf()));
        assert_eq!(folder, Some(Place::Path("//server/share/downloads/x.msi".into())));
        assert_eq!(place("share", "x.msi", true, |_| None), None);
    }

    #[test]
    fn plain_http_is_asked_only_where_a_hash_will_tell() {
        let plain = "http://mirror.lan/smarts";
        assert_eq!(address(plain, "x.msi", false), None);
        assert_eq!(address(plain, "x.msi", true).as_deref(), Some("http://mirror.lan/smarts/x.msi"));
        assert!(address("http://127.0.0.1:8000", "x.msi", false).is_some());
    }

    #[test]
    fn what_leaves_the_root_or_is_no_address_names_no_place() {
        for path in ["../x", "a//b", "", r"a\b", "a/nul"] {
            assert_eq!(address("https://mirror.lan", path, true), None, "{path}");
        }
        for root in ["ftp://mirror.lan", "https://", "https://mirror.lan/?x=1", "file:///etc", "://x"] {
            assert_eq!(address(root, "x.msi", true), None, "{root}");
        }
    }
}
