//! Which copies are kept, and which would go: a decision over a list, made before anything is deleted.
//!
//! Only complete copies of ours are counted and go, the oldest first: those of a base that has too many, then any while
//! all of them together fill too much of the disk. The newest complete copy of a base always stays, and so does one that
//! a change which was cut off still needs. Deliberately not here: asking, and deleting ([`remove`](super::remove())).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Listed, Without};

/// What is copied of a base, and how many copies are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// What is in no copy.
    pub without: Without,
    /// Of each base; at least one.
    pub per_base: usize,
    /// How much of their disk all of them may fill.
    pub percent_of_disk: u8,
}

/// A copy that is about to be made. It counts as the newest of its base.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Of which base.
    pub base_id: &'a str,
    /// Bytes.
    pub size_bytes: u64,
}

/// One of the copies that are counted.
struct Counted<'a> {
    /// `None`: it is about to be made.
    copy: Option<&'a Listed>,
    base_id: &'a str,
    time: Timestamp,
    size_bytes: u64,
}

impl Default for Copies {
    fn default() -> Self {
        Self { without: Without::default(), per_base: 3, percent_of_disk: 20 }
    }
}

/// The copies that would go once the expected ones are made, oldest first. `total_bytes`: of the disk, if it is known.
/// `needed`: ids of copies that stay in any case.
pub fn keep<'a>(
    copies: &'a [Listed],
    expected: &'a [Expected<'a>],
    total_bytes: Option<u64>,
    needed: &BTreeSet<String>,
    rules: &Copies,
) -> Vec<&'a Listed> {
    let mut counted: Vec<Counted<'a>> = copies.iter().filter_map(of_listed).collect();
    counted.extend(expected.iter().map(of_expected));
    counted.sort_by(|one, other| (other.time, other.id()).cmp(&(one.time, one.id())));
    let mut newer: BTreeMap<String, usize> = BTreeMap::new();
    // Newest first, with how many of the base are newer.
    let ranked: Vec<(Counted<'a>, usize)> = counted
        .into_iter()
        .map(|copy| {
            let count = newer.entry(copy.base_id.to_lowercase()).or_default();
            *count += 1;
            let newer = *count - 1;
            (copy, newer)
        })
        .collect();
    let mut left_bytes = ranked.iter().fold(0, |sum: u64, (copy, _)| sum.saturating_add(copy.size_bytes));
    let share = |total: u64| u128::from(total) * u128::from(rules.percent_of_disk) / 100;
    let mut gone = BTreeSet::new();
    for is_for_room in [false, true] {
        for (copy, newer) in ranked.iter().rev() {
            let Some(listed) = copy.copy.filter(|listed| !gone.contains(&listed.id)) else { continue };
            let is_too_much = if is_for_room {
                total_bytes.is_some_and(|total| u128::from(left_bytes) > share(total))
            } else {
                *newer >= rules.per_base
            };
            if is_too_much && *newer > 0 && !needed.contains(&listed.id) {
                left_bytes = left_bytes.saturating_sub(copy.size_bytes);
                gone.insert(&listed.id);
            }
        }
    }
    let oldest_first = ranked.iter().rev().filter_map(|(copy, _)| copy.copy);
    oldest_first.filter(|listed| gone.contains(&listed.id)).collect()
}

impl Counted<'_> {
    fn id(&self) -> Option<&str> {
        self.copy.map(|copy| copy.id.as_str())
    }
}

fn of_listed(copy: &Listed) -> Option<Counted<'_>> {
    let facts = copy.complete()?;
    let (base_id, time) = (facts.base_id.as_str(), facts.time);
    Some(Counted { copy: Some(copy), base_id, time, size_bytes: copy.size_bytes.unwrap_or(0) })
}

fn of_expected<'a>(expected: &'a Expected<'a>) -> Counted<'a> {
    let Expected { base_id, size_bytes } = *expected;
    Counted { copy: None, base_id, time: Timestamp::MAX, size_bytes }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::backup::{Facts, State, Why};

    const DAY: i64 = 86_400;

    fn copy(base: &str, day: i64, size_bytes: u64) -> Listed {
        let time = Timestamp::from_second(day * DAY).unwrap();
        let facts = Facts {
            base_id: base.to_owned(),
            name: base.to_owned(),
            product: String::new(),
            version: None,
            folder: String::new(),
            time,
            user: String::new(),
            computer: String::new(),
            why: Why::default(),
            without: Vec::new(),
            files: 1,
            has_changes: false,
        };
        Listed {
            id: format!("{day} {base}"),
            dir: PathBuf::new(),
            base_id: base.to_owned(),
            time: Some(time),
            size_bytes: Some(size_bytes),
            state: State::Complete(Box::new(facts)),
        }
    }

    fn gone(
        copies: &[Listed],
        expected: &[Expected<'_>],
        total: Option<u64>,
        needed: &[&str],
    ) -> Vec<String> {
        let needed = needed.iter().map(|id| (*id).to_owned()).collect();
        let gone = keep(copies, expected, total, &needed, &Copies::default());
        gone.into_iter().map(|copy| copy.id.clone()).collect()
    }

    fn of(base_id: &str, size_bytes: u64) -> Expected<'_> {
        Expected { base_id, size_bytes }
    }

    #[test]
    fn three_of_each_base_stay_and_the_oldest_go_first() {
        let copies = [copy("a", 5, 1), copy("a", 1, 1), copy("b", 2, 1), copy("A", 3, 1), copy("a", 2, 1)];
        assert_eq!(gone(&copies, &[], None, &[]), ["1 a"]);
        assert_eq!(gone(&copies, &[of("a", 1)], None, &[]), ["1 a", "2 a"]);
        assert_eq!(gone(&copies, &[of("b", 1)], None, &[]), ["1 a"]);
        assert_eq!(gone(&copies[..3], &[of("a", 1)], None, &[]), Vec::<String>::new());
    }

    #[test]
    fn all_of_them_fill_a_fifth_of_the_disk_at_most() {
        let copies = [copy("a", 1, 10), copy("a", 2, 10), copy("b", 3, 10), copy("b", 4, 10)];
        assert_eq!(gone(&copies, &[], Some(200), &[]), Vec::<String>::new());
        assert_eq!(gone(&copies, &[], Some(199), &[]), ["1 a"]);
        assert_eq!(gone(&copies, &[of("b", 10)], Some(150), &[]), ["1 a", "3 b"]);
        assert_eq!(gone(&copies, &[of("b", 1)], Some(u64::MAX), &[]), Vec::<String>::new());
    }

    #[test]
    fn the_newest_of_a_base_stays_however_large_it_is_and_so_does_what_is_needed() {
        let copies = [copy("a", 1, 500), copy("b", 2, 500)];
        assert_eq!(gone(&copies, &[], Some(1), &[]), Vec::<String>::new());
        assert_eq!(gone(&copies, &[of("a", 1)], Some(1), &[]), ["1 a"]);
        assert_eq!(gone(&copies, &[of("a", 1)], Some(1), &["1 a"]), Vec::<String>::new());
        let many: Vec<Listed> = (1..7).map(|day| copy("a", day, 1)).collect();
        assert_eq!(gone(&many, &[], None, &["1 a"]), ["2 a", "3 a"]);
    }

    #[test]
    fn what_is_not_a_complete_copy_of_ours_is_neither_counted_nor_deleted() {
        let states = [State::Theirs, State::Unfinished, State::Unreadable { detail: String::new() }];
        let mut copies: Vec<Listed> =
            states.into_iter().map(|state| Listed { state, ..copy("a", 1, u64::MAX) }).collect();
        copies.extend([copy("a", 2, 1), copy("a", 3, 1), copy("a", 4, 1)]);
        assert_eq!(gone(&copies, &[], Some(100), &[]), Vec::<String>::new());
    }
}
