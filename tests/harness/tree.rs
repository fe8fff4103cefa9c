//! Builds the tree of an update site: `updates/<feed>/versions.xml`, the descriptions, the files.
//!
//! Only texts are built here; whether they make sense is up to the test.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use smarts_core::digest::Digest;

/// A tree under construction: paths below the root, components joined by `/`.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, Vec<u8>>,
    /// The entries of each feed's `versions.xml`, as XML.
    entries: BTreeMap<String, String>,
}

/// A release under construction.
#[derive(Clone, Debug)]
pub struct TreeRelease {
    version: String,
    path: Option<String>,
    language: Option<String>,
    elements: Vec<(String, String)>,
    /// Path below the root, and bytes.
    file: Option<(String, Vec<u8>)>,
}

impl Tree {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file, whatever it is.
    #[must_use]
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Adds an entry to a feed's list as it stands.
    #[must_use]
    pub fn entry(mut self, feed: &str, xml: &str) -> Self {
        self.entries.entry(feed.to_owned()).or_default().push_str(xml);
        self
    }

    /// Adds a release: its entry in the list, its description and its file.
    #[must_use]
    pub fn release(self, feed: &str, release: TreeRelease) -> Self {
        let folder = release.path.clone().unwrap_or_else(|| release.version.clone());
        let path = release.path.as_ref().map(|path| format!(" path=\"{path}\"")).unwrap_or_default();
        let entry = format!("<version name=\"{}\"{path}/>", release.version);
        let language = release.language.as_ref().map(|language| format!(".{language}")).unwrap_or_default();
        let description = format!("updates/{feed}/{folder}/update{language}.xml");
        let tree = self.entry(feed, &entry).file(&description, release.description());
        match release.file {
            Some((path, bytes)) => {
                let path = path.replace("{folder}", &format!("updates/{feed}/{folder}"));
                tree.file(&path, bytes)
            }
            None => tree,
        }
    }

    /// All files, the lists included.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.files.clone();
        for (feed, entries) in &self.entries {
            let text = format!("<?xml version=\"1.0\"?><update><versions>{entries}</versions></update>");
            files.insert(format!("updates/{feed}/versions.xml"), text.into_bytes());
        }
        files
    }

    /// Writes the tree below a folder.
    pub fn write_to(&self, dir: &Path) -> io::Result<()> {
        for (path, bytes) in self.files() {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().unwrap_or(dir))?;
            fs::write(path, bytes)?;
        }
        Ok(())
    }
}

impl TreeRelease {
    /// A release that says nothing but its version.
    pub fn new(version: &str) -> Self {
        let elements = vec![("version".to_owned(), version.to_owned())];
        Self { version: version.to_owned(), path: None, language: None, elements, file: None }
    }

    /// In a folder of another name.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Described in `update.<language>.xml`.
    #[must_use]
    pub fn language(mut self, language: &str) -> Self {
        self.language = Some(language.to_owned());
        self
    }

    /// Any element of the description; its text is escaped.
    #[must_use]
    pub fn with(mut self, element: &str, text: &str) -> Self {
        self.elements.push((element.to_owned(), text.to_owned()));
        self
    }

    /// A file in `downloads/`, without size and hash, as the vendor's site has it.
    #[must_use]
    pub fn download(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.file = Some((format!("downloads/{name}"), bytes.into()));
        self.with("fromdownloads", "true").with("file", name)
    }

    /// A file beside the description.
    #[must_use]
    pub fn beside(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.file = Some((format!("{{folder}}/{name}"), bytes.into()));
        self.with("fromdownloads", "false").with("file", name)
    }

    /// Size and hash of the file given before.
    #[must_use]
    pub fn stated(self) -> Self {
        let Some((_, bytes)) = self.file.clone() else {
            return self;
        };
        self.with("size", &bytes.len().to_string()).with("sha256", &Digest::of(&bytes).to_string())
    }

    fn description(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<update>\n".to_owned();
        for (name, value) in &self.elements {
            let value = value.replace('&', "&amp;").replace('<', "&lt;");
            // Writing to a string does not fail.
            let _ = writeln!(text, "  <{name}>{value}</{name}>");
        }
        text + "</update>\n"
    }
}
