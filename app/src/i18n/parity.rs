//! Both languages say the same: the same keys, with the same arguments.

use std::collections::{BTreeMap, BTreeSet};

/// Key → arguments, read from the text itself, so that a message the parser would drop is missed here too.
fn messages(catalogue: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =")
            && !line.starts_with(' ')
        {
            assert!(messages.insert(name.to_owned(), BTreeSet::new()).is_none(), "{name} stands twice");
            key = name.to_owned();
        }
        for argument in line.split('$').skip(1) {
            let end =
                argument.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(argument.len());
            messages.entry(key.clone()).or_default().insert(argument[..end].to_owned());
        }
    }
    messages
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    let ru = messages(include_str!("../../../assets/i18n/ru/smarts-updater.ftl"));
    let en = messages(include_str!("../../../assets/i18n/en/smarts-updater.ftl"));
    assert!(ru.len() > 100);
    assert_eq!(ru, en);
}
