//! What a registry holds once its file was read from the beginning to the end, and where in the text it stands.
//!
//! Keys and names are found without regard to case. Deliberately not here: the format of the file.

use std::collections::BTreeMap;
use std::ops::Range;

/// Keys by their path as [`folded`] makes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys(BTreeMap<String, Key>);

/// A key; all sections of that name are one.
#[derive(Clone, Debug, Default)]
pub(super) struct Key {
    /// By their names in lower case; `None`: the default value.
    values: BTreeMap<Option<String>, Value>,
    /// Where the last line of its last section ends, in bytes: a new value goes there.
    pub(super) end: usize,
}

/// A value, with its last definition.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// As it is written; `None`: the default value.
    pub(super) name: Option<String>,
    /// `None`: something else than text.
    pub(super) text: Option<String>,
    /// Where its data stand, in bytes.
    pub(super) data: Range<usize>,
}

impl Keys {
    pub(super) fn get(&self, path: &str) -> Option<&Key> {
        self.0.get(&folded(path))
    }

    /// Takes a key out, to be put back with more values in it; an empty one if there is none.
    pub(super) fn take(&mut self, folded_path: &str) -> Key {
        self.0.remove(folded_path).unwrap_or_default()
    }

    pub(super) fn put(&mut self, folded_path: String, key: Key) {
        self.0.insert(folded_path, key);
    }

    /// Removes a key and the keys below it.
    pub(super) fn remove_tree(&mut self, folded_path: &str) {
        self.0.remove(folded_path);
        let below = format!(r"{folded_path}\");
        let paths = self.0.range(below.clone()..).map(|(path, _)| path);
        // Each is removed once, so this takes no longer than putting them in.
        let paths: Vec<String> = paths.take_while(|path| path.starts_with(&below)).cloned().collect();
        for path in paths {
            self.0.remove(&path);
        }
    }
}

impl Key {
    /// The value of that name.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(&Some(name.to_lowercase()))
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Value> {
        self.values.values()
    }

    pub(super) fn set(&mut self, value: Value) {
        self.values.insert(lower_case(value.name.as_deref()), value);
    }

    pub(super) fn remove(&mut self, name: Option<&str>) {
        self.values.remove(&lower_case(name));
    }
}

/// The path of a key as it is looked up: in lower case, with one backslash between two names and none at the ends.
pub(super) fn folded(path: &str) -> String {
    let names: Vec<&str> = path.split('\\').filter(|name| !name.is_empty()).collect();
    names.join("\\").to_lowercase()
}

fn lower_case(name: Option<&str>) -> Option<String> {
    name.map(str::to_lowercase)
}
