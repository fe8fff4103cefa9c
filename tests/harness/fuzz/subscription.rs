//! Lists of subscriptions, which people make with whatever they have, and edits of the list, which another process
//! hands over.

use smarts_core::digest::Digest;
use smarts_core::journal;
use smarts_core::os::MachineRoot;
use smarts_core::paths::Paths;
use smarts_core::subscription::{
    Columns, Edit, EditError, Reading, Record, Table, edit, import, load, save, to_csv,
};

use super::{assert_trimmed, file};

/// A list: every line is a row or a fault, records are such as could have been typed, and what is exported or
/// imported again is the same.
pub fn subscriptions(bytes: &[u8]) {
    let Ok(table) = Table::read(bytes) else { return };
    let columns = Columns::guess(&table.headings);
    assert!(table.rows.iter().all(|row| row.cells.len() <= table.headings.len()));
    let Ok(Reading { records, faults, .. }) = table.records(&columns) else {
        return assert!(columns.device.is_none() || columns.until.is_none());
    };
    assert_eq!(records.len() + faults.len(), table.rows.len() + table.faults.len(), "a line is lost");
    assert!(faults.is_sorted_by_key(|fault| fault.line));
    records.iter().for_each(assert_record);

    let exported = Table::read(&to_csv(&records).unwrap()).unwrap();
    let read = exported.records(&Columns::guess(&exported.headings)).unwrap();
    assert_eq!((&read.records, &read.faults[..]), (&records, &[][..]));

    let imported = import(&[], &records, &[]);
    assert_eq!((imported.added.len(), imported.records.len()), (records.len(), records.len()));
    let again = import(&imported.records, &records, &[]);
    assert_eq!((again.unchanged.len(), &again.records), (records.len(), &imported.records));
}

/// What could have been typed.
fn assert_record(record: &Record) {
    assert_trimmed(&record.device);
    let product = record.product.as_deref();
    assert!(product.is_none_or(|product| !product.is_empty() && product.trim() == product), "{product:?}");
    let (until, licence, note) = (record.until.to_string(), &record.licence, &record.note);
    let typed = Record::of(&record.device, product.unwrap_or_default(), &until, licence, note);
    assert_eq!(typed.as_ref(), Ok(record));
}

/// An edit as JSON: it is read again as it was, and leaves a list that is read without a fault, or the one that was
/// there. Nothing else than the list and the journal is written.
pub fn subscription_edit(bytes: &[u8]) {
    let (dir, path) = file("edit.json", bytes);
    let Ok(read) = Edit::read(&path, Digest::of(bytes)) else { return };
    let written = read.write(&path).unwrap();
    assert_eq!(Edit::read(&path, written).unwrap(), read);
    assert!(matches!(Edit::read(&path, Digest::of(b"another")), Err(EditError::OtherEdit { .. })));

    let root = dir.path().join("pc");
    std::fs::create_dir_all(root.join("C")).unwrap();
    let os = MachineRoot::open(&root).unwrap();
    let paths = Paths::below(&os, &dir.path().join("person"));
    let list_path = paths.subscriptions_path();
    journal::prepare(&paths.journal_path()).unwrap();
    let before = [
        Record::of("a", "", "2026-11-01", "", "").unwrap(),
        Record::of("b", "Склад 15", "2026-11-01", "", "").unwrap(),
    ];
    save(&list_path, &before).unwrap();
    let now = "2026-11-22T12:40:00Z".parse().unwrap();
    let outcome = edit(&os, &paths, &read, now, &|_| ());
    let after = load(&os, &list_path).unwrap();
    let entries = journal::read(&paths.journal_path()).unwrap();
    assert_eq!((after.faults.len(), entries.skipped), (0, 0));
    after.records.iter().for_each(assert_record);
    match (outcome, &read) {
        (Ok(()), Edit::Import { .. } | Edit::Set { .. } | Edit::Renew { .. } | Edit::Remove { .. }) => {
            assert!(entries.entries.is_empty());
        }
        (Ok(()), Edit::WriteOff { devices } | Edit::CountAgain { devices }) => {
            assert_eq!((entries.entries.len(), after.records), (devices.len(), before.to_vec()));
            entries.entries.iter().for_each(|entry| assert_trimmed(&entry.subject));
        }
        (Err(_), _) => assert_eq!((entries.entries.len(), after.records), (0, before.to_vec())),
    }
}
