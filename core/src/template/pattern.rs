//! Paths as templates write them: relative Windows paths, with masks where a set of files is meant.
//!
//! Both separators count. `*` and `?` may stand in any component; `*.*` means every name, with or without
//! a dot, as it does everywhere on Windows. Letter case does not count. A pattern names a file or a folder,
//! and with a folder everything in it. How the vendor reads masks is not documented; this is inferred from
//! how .NET's own file functions read them.

use std::fmt;

use wildmatch::WildMatch;

use crate::paths::is_windows_name;
use crate::tree::RelPath;

/// Folders in folders; real templates have fewer than ten. Every folder around an entry is looked at, so the work
/// for a path grows with the square of its depth.
const DEEPEST: usize = 64;

/// A relative path, perhaps with masks.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// In lower case.
    Name(String),
    /// In lower case.
    Mask(WildMatch),
}

/// Why a path of a template is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// Nothing in it.
    #[error("Path is empty")]
    Empty,
    /// From a root, a drive or a network share.
    #[error("Path is not relative: {0}")]
    Absolute(String),
    /// With `..` in it.
    #[error("Path leads out of its folder: {0}")]
    Parent(String),
    /// A component that no file on Windows can be called, such as a device or an alternate data stream.
    #[error("Path has a name that no file can have: {0}")]
    Name(String),
    /// Deeper in folders than any template goes.
    #[error("Path is more than {DEEPEST} folders deep: {0}")]
    Deep(String),
}

impl Pattern {
    /// Reads a path that may hold masks.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        let names = components(text.trim(), |name| {
            is_windows_name(name) || is_windows_name(&name.replace(['*', '?'], "x"))
        })?;
        let part = |name: &&str| match name.to_lowercase() {
            name if name == "*.*" => Part::Mask(WildMatch::new("*")),
            name if name.contains(['*', '?']) => Part::Mask(WildMatch::new(&name)),
            name => Part::Name(name),
        };
        Ok(Self { text: names.join("/"), parts: names.iter().map(part).collect() })
    }

    /// Whether `path` is what this names, or lies in it.
    pub fn covers(&self, path: &RelPath) -> bool {
        let mut names = path.components();
        self.parts.iter().all(|part| {
            names.next().is_some_and(|name| {
                let name = name.to_lowercase();
                match part {
                    Part::Name(expected) => *expected == name,
                    Part::Mask(mask) => mask.matches(&name),
                }
            })
        })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Reads a path without masks: the name of an archive's entry.
pub(super) fn path(text: &str) -> Result<RelPath, PathFault> {
    let names = components(text, is_windows_name)?;
    RelPath::of(names.into_iter()).map_err(|error| PathFault::Name(error.0))
}

fn components(text: &str, allowed: impl Fn(&str) -> bool) -> Result<Vec<&str>, PathFault> {
    let shown = || text.chars().take(200).collect::<String>();
    let drive = text.get(1..2) == Some(":") && text.starts_with(|first: char| first.is_ascii_alphabetic());
    if drive || text.starts_with(['/', '\\']) {
        return Err(PathFault::Absolute(shown()));
    }
    let names = text.strip_suffix(['/', '\\']).unwrap_or(text).split(['/', '\\']);
    let names: Vec<&str> = names.filter(|name| *name != ".").collect();
    if names.is_empty() || names == [""] {
        return Err(PathFault::Empty);
    }
    // Windows drops dots and spaces at the end of a name, so `.. ` is the parent too.
    if names.iter().any(|name| name.starts_with("..") && name.trim_end_matches(['.', ' ']).is_empty()) {
        return Err(PathFault::Parent(shown()));
    }
    if names.len() > DEEPEST {
        return Err(PathFault::Deep(shown()));
    }
    if names.iter().all(|name| allowed(name)) { Ok(names) } else { Err(PathFault::Name(shown())) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn covers(pattern: &str, path_text: &str) -> bool {
        Pattern::parse(pattern).unwrap().covers(&path(path_text).unwrap())
    }

    #[test]
    fn a_path_covers_itself_and_what_lies_in_it_in_any_letter_case() {
        assert!(covers("Documentation", "documentation/a/b.pdf"));
        assert!(covers(r"ДОКУМЕНТЫ\Приход.xml", "документы/приход.XML"));
        assert!(covers("./Docs/", r"Docs\x"));
        assert!(!covers("Documentation", "Documentation2/a"));
        assert!(!covers(r"Docs\a.xml", "Docs"));
        assert!(!covers("a.xml", "Docs/a.xml"));
    }

    #[test]
    fn masks_stand_for_names_of_one_component() {
        assert!(covers(r"Docs\*.xml", "Docs/Приход.XML"));
        assert!(!covers(r"Docs\*.xml", "Docs/deep/a.xml"));
        assert!(covers(r"*\cache", "anything/cache/file"));
        assert!(covers("ве?сия.t*", "ВЕРСИЯ.txt"));
        assert!(!covers("a?", "a"));
        assert!(covers("*.*", "no dot at all"));
        assert!(covers(r"Docs\*", "Docs/deep/a.xml"));
    }

    #[test]
    fn what_could_leave_the_folder_is_refused_with_the_reason() {
        let cases = [
            ("", PathFault::Empty),
            (".", PathFault::Empty),
            (r"\Windows", PathFault::Absolute(r"\Windows".into())),
            ("/etc", PathFault::Absolute("/etc".into())),
            (r"C:\Windows", PathFault::Absolute(r"C:\Windows".into())),
            ("c:x", PathFault::Absolute("c:x".into())),
            (r"\\server\share", PathFault::Absolute(r"\\server\share".into())),
            (r"\\?\C:\x", PathFault::Absolute(r"\\?\C:\x".into())),
            (r"a\..\..\b", PathFault::Parent(r"a\..\..\b".into())),
            ("..", PathFault::Parent("..".into())),
            (r".. \x", PathFault::Parent(r".. \x".into())),
            (".../x", PathFault::Parent(".../x".into())),
            ("a//b", PathFault::Name("a//b".into())),
            ("a.xml:stream", PathFault::Name("a.xml:stream".into())),
            (r"x\NUL", PathFault::Name(r"x\NUL".into())),
            ("com1.txt", PathFault::Name("com1.txt".into())),
            ("a. /b", PathFault::Name("a. /b".into())),
            ("a\0b", PathFault::Name("a\0b".into())),
            ("a|b", PathFault::Name("a|b".into())),
        ];
        for (text, expected) in cases {
            assert_eq!(Pattern::parse(text), Err(expected.clone()), "{text:?}");
            assert_eq!(path(text), Err(expected), "{text:?}");
        }
        let deep = |count: usize| path(&"a/".repeat(count)).map(|path| path.components().count());
        assert_eq!(deep(DEEPEST), Ok(DEEPEST));
        assert_eq!(deep(10_000), Err(PathFault::Deep("a/".repeat(100))));
        assert!(matches!(path("*.xml"), Err(PathFault::Name(_))));
        assert!(matches!(path("a.xml "), Err(PathFault::Name(_))));
        assert_eq!(Pattern::parse(" "), Err(PathFault::Empty));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_none_leaves_its_folder(text in r"[a.*?:/\\ я]{0,12}") {
            if let Ok(path) = path(&text) {
                let below = path.below(std::path::Path::new("base"));
                prop_assert!(below.starts_with("base"));
                prop_assert!(below.components().all(|part| matches!(part, std::path::Component::Normal(_))));
            }
            if let Ok(pattern) = Pattern::parse(&text) {
                pattern.covers(&path("a/b").unwrap());
            }
        }
    }
}
