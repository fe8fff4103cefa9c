//! What an import will change, as data for a preview, and the list that comes out of it.
//!
//! The records of the devices that the new list names are replaced; all others stay. Where a line about such a device
//! could not be read, nobody knows what it says: then nothing of that device is taken away. Deliberately not here:
//! writing the list ([`super::save`]).

use std::collections::{BTreeMap, HashSet};

use super::Record;
use super::columns::key_of;
use super::names::key;

/// What an import will do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Of devices or products that had none.
    pub added: Vec<Record>,
    /// With another date, licence or note.
    pub changed: Vec<Change>,
    /// The same in both lists, or of a device of which the new list could not be read whole.
    pub unchanged: Vec<Record>,
    /// Of devices that the new list names, for products that it does not name with them.
    pub removed: Vec<Record>,
    /// How many records of other devices stay as they are.
    pub kept: usize,
    /// The whole list that comes out of it, by device.
    pub records: Vec<Record>,
}

/// A record that an import will change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// As it is. A later `until` than after it deserves a person's eye.
    pub before: Record,
    /// As it will be.
    pub after: Record,
}

/// What becomes of `current` if `new` is imported; of each device and product `new` has one record, as
/// [`super::Reading`] gives them. Of devices in `keeps`, as it gives those, no record goes without another.
pub fn import(current: &[Record], new: &[Record], keeps: &[String]) -> Changes {
    let named: HashSet<String> = new.iter().map(|record| key(&record.device)).collect();
    let mut records: BTreeMap<_, &Record> = current.iter().map(|record| (key_of(record), record)).collect();
    let mut before: BTreeMap<_, &Record> =
        records.extract_if(.., |(device, _), _| named.contains(device)).collect();
    let mut changes = Changes { kept: records.len(), ..Changes::default() };
    for record in new {
        let key = key_of(record);
        match before.get(&key) {
            None => changes.added.push(record.clone()),
            Some(former) if *former == record => changes.unchanged.push(record.clone()),
            Some(former) => {
                changes.changed.push(Change { before: (*former).clone(), after: record.clone() });
            }
        }
        records.insert(key, record);
    }
    let keeps: HashSet<String> = keeps.iter().map(|device| key(device)).collect();
    let held = before.extract_if(.., |key, _| keeps.contains(&key.0) && !records.contains_key(key));
    let held: Vec<_> = held.collect();
    changes.unchanged.extend(held.iter().map(|(_, record)| (*record).clone()));
    records.extend(held);
    changes.removed = before
        .into_iter()
        .filter(|(key, _)| !records.contains_key(key))
        .map(|(_, record)| record.clone())
        .collect();
    changes.records = records.into_values().cloned().collect();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(device: &str, product: &str, until: &str) -> Record {
        Record::of(device, product, until, "", "").unwrap()
    }

    #[test]
    fn an_import_replaces_the_records_of_the_devices_it_names_and_leaves_the_others() {
        let current = [
            record("ТСД 01", "", "01.11.2026"),
            record("ТСД 01", "Магазин 15", "01.12.2026"),
            record("ТСД 02", "", "01.11.2026"),
            record("ТСД 03", "", "01.11.2026"),
        ];
        let new = [
            record("тсд 01", "", "01.11.2027"),
            record("ТСД 03", "", "01.11.2026"),
            record("ТСД 09", "Склад 15", "01.11.2027"),
        ];
        let changes = import(&current, &new, &[]);
        assert_eq!(changes.added, [new[2].clone()]);
        assert_eq!(changes.changed, [Change { before: current[0].clone(), after: new[0].clone() }]);
        assert_eq!(changes.unchanged, [new[1].clone()]);
        assert_eq!(changes.removed, [current[1].clone()]);
        assert_eq!(changes.kept, 1);
        let expected = [&new[0], &current[2], &new[1], &new[2]].map(Clone::clone);
        assert_eq!(changes.records, expected);
    }

    #[test]
    fn an_import_of_nothing_changes_nothing_and_a_second_one_has_nothing_left_to_change() {
        let current = [record("a", "", "01.11.2026"), record("b", "Склад 15", "01.11.2026")];
        let nothing = import(&current, &[], &[]);
        assert_eq!((nothing.kept, nothing.records.as_slice()), (2, current.as_slice()));
        let new = [record("b", "", "01.11.2027"), record("c", "", "01.11.2027")];
        let once = import(&current, &new, &[]);
        let twice = import(&once.records, &new, &[]);
        assert_eq!(twice.records, once.records);
        assert_eq!((twice.unchanged.as_slice(), twice.kept), (new.as_slice(), 1));
        assert!(twice.added.is_empty() && twice.changed.is_empty() && twice.removed.is_empty());
    }

    #[test]
    fn of_a_device_with_a_line_that_could_not_be_read_nothing_is_taken_away() {
        let current = [
            record("ТСД 1", "Магазин 15", "01.11.2026"),
            record("ТСД 1", "Склад 15", "01.12.2026"),
            record("ТСД 2", "Склад 15", "01.12.2026"),
        ];
        let new = [record("тсд 1", "Склад 15", "01.12.2027"), record("ТСД 2", "", "01.12.2027")];
        let changes = import(&current, &new, &["ТСД  1".to_owned(), "тсд 3".to_owned()]);
        assert_eq!(changes.changed, [Change { before: current[1].clone(), after: new[0].clone() }]);
        assert_eq!(changes.unchanged, [current[0].clone()]);
        assert_eq!((changes.removed.as_slice(), changes.kept), (&current[2..], 0));
        assert_eq!(changes.records, [&current[0], &new[0], &new[1]].map(Clone::clone));
    }
}
