//! Which entries are wanted: of a base, by a person, in a period; of foreign software too, or not.

use jiff::Timestamp;

use super::Entry;

/// What is wanted; the default is everything of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// A base's id, or a part of its name or of its product's, without regard to case.
    pub base: Option<String>,
    /// A part of the name or number of whoever pressed, or of the account it ran under, without regard to case.
    pub person: Option<String>,
    /// Not before this.
    pub since: Option<Timestamp>,
    /// Before this.
    pub until: Option<Timestamp>,
    /// Foreign software too.
    pub with_foreign: bool,
}

impl Filter {
    /// Whether an entry is wanted.
    pub fn admits(&self, entry: &Entry) -> bool {
        (self.with_foreign || entry.is_ours)
            && self.since.is_none_or(|since| entry.time >= since)
            && self.until.is_none_or(|until| entry.time < until)
            && self.base.as_deref().is_none_or(|base| is_of(entry, base))
            && self.person.as_deref().is_none_or(|person| is_by(entry, person))
    }
}

fn is_of(entry: &Entry, base: &str) -> bool {
    let base = base.trim().to_lowercase();
    let names = [&entry.name, &entry.product];
    entry.subject.as_ref().is_some_and(|subject| subject.to_lowercase() == base)
        || names.into_iter().flatten().any(|name| name.to_lowercase().contains(&base))
}

fn is_by(entry: &Entry, person: &str) -> bool {
    let person = person.trim().to_lowercase();
    let account = entry.account.as_ref();
    let names = [
        entry.user.as_deref(),
        account.map(|account| account.sid.as_str()),
        account.and_then(|account| account.name.as_deref()),
    ];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(&person))
}

#[cfg(test)]
mod tests {
    use super::super::Account;
    use super::super::tests::entry;
    use super::*;

    fn count(filter: &Filter) -> usize {
        let mut platform = entry("2026-11-20T10:00:00Z");
        platform.product = Some("Mobile SMARTS".to_owned());
        platform.account = Some(Account {
            sid: "S-1-5-21-1-500".to_owned(),
            name: Some(r"SHOP\Администратор".to_owned()),
        });
        let mut base = entry("2026-11-22T10:00:00Z");
        base.subject = Some("Main-1".to_owned());
        base.name = Some("Основной склад".to_owned());
        base.user = Some(r"SHOP\Иванова".to_owned());
        let mut foreign = entry("2026-11-23T10:00:00Z");
        foreign.is_ours = false;
        [platform, base, foreign].iter().filter(|entry| filter.admits(entry)).count()
    }

    #[test]
    fn foreign_software_is_left_out_unless_asked_for() {
        assert_eq!(count(&Filter::default()), 2);
        assert_eq!(count(&Filter { with_foreign: true, ..Filter::default() }), 3);
    }

    #[test]
    fn bases_and_people_are_found_by_id_and_by_a_part_of_the_name() {
        let base = |base: &str| count(&Filter { base: Some(base.to_owned()), ..Filter::default() });
        assert_eq!((base("main-1"), base("main"), base("СКЛАД"), base("mobile"), base("x")), (1, 0, 1, 1, 0));
        let person = |person: &str| count(&Filter { person: Some(person.to_owned()), ..Filter::default() });
        assert_eq!((person("иванова"), person("shop"), person("-500"), person("петров")), (1, 2, 1, 0));
    }

    #[test]
    fn a_period_begins_with_its_first_moment_and_ends_before_its_last() {
        let at = |text: &str| Some(text.parse().unwrap());
        let period = |since, until| count(&Filter { since, until, ..Filter::default() });
        assert_eq!(period(at("2026-11-20T10:00:00Z"), at("2026-11-22T10:00:00Z")), 1);
        assert_eq!(period(at("2026-11-20T10:00:01Z"), None), 1);
        assert_eq!(period(None, at("2026-11-20T10:00:00Z")), 0);
    }
}
