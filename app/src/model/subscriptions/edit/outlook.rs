//! What follows from a form and from the list, for the dialog to show: what would be saved, and what to know before.
//!
//! Worked out when something has changed, never in between. Deliberately not here: whether this person may save.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use smarts_core::subscription::{Edit, Record, RecordKey, date, device_key};

use super::{Choice, EditObstacle, EditPage, Subject, find};

/// So many devices are listed to choose from; typing leaves fewer.
const MOST_LISTED: usize = 100;

/// What saving would do, and what to know of it before.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// What would be saved, or why nothing can be.
    pub edit: Result<Edit, EditObstacle>,
    /// The last day that an earlier date would take away; a slip of the hand, mostly.
    pub earlier: Option<Date>,
    /// The last day of the record that a new one takes the place of.
    pub replaced: Option<Date>,
    /// Devices to choose from, by what is typed of a name; not more than can be looked through.
    pub listed: Vec<String>,
    /// The device that is typed is none of this PC.
    pub is_stranger: bool,
}

/// Before anything is worked out: there is nothing to save.
impl Default for Outlook {
    fn default() -> Self {
        Self {
            edit: Err(EditObstacle::Same),
            earlier: None,
            replaced: None,
            listed: Vec::new(),
            is_stranger: false,
        }
    }
}

impl EditPage {
    /// The date that is typed, if it is one.
    pub fn until(&self) -> Option<Date> {
        date(&self.form.until).ok()
    }

    /// To be called after anything has changed.
    pub(in crate::model) fn look_again(&mut self, records: &[Record]) {
        self.outlook = Outlook {
            edit: self.edit(records),
            earlier: self.earlier_than(records),
            replaced: self.replaced(records).map(|record| record.until),
            listed: self.listed(),
            is_stranger: self.is_stranger(records),
        };
    }

    fn listed(&self) -> Vec<String> {
        let needle = self.form.device.trim().to_lowercase();
        // A name that is complete hides no other.
        let is_one = self.devices.contains(&self.form.device);
        let fits = |device: &&String| is_one || device.to_lowercase().contains(&needle);
        self.devices.iter().filter(fits).take(MOST_LISTED).cloned().collect()
    }

    /// One that a record is about was taken for known before.
    fn is_stranger(&self, records: &[Record]) -> bool {
        let typed = device_key(&self.form.device);
        let is_it = |device: &str| device_key(device) == typed;
        let is_known = || {
            self.devices.iter().any(|device| is_it(device)) || records.iter().any(|one| is_it(&one.device))
        };
        !typed.is_empty() && !is_known()
    }

    fn edit(&self, records: &[Record]) -> Result<Edit, EditObstacle> {
        match &self.subject {
            Subject::Several(choices) => self.dates(choices, records),
            Subject::New => {
                let mut record = self.form.record().map_err(EditObstacle::Wrong)?;
                // A field that is left blank takes nothing away.
                if let Some(before) = find(records, &RecordKey::of(&record)) {
                    let keep = |new: &mut String, old: &String| {
                        if new.is_empty() {
                            new.clone_from(old);
                        }
                    };
                    keep(&mut record.licence, &before.licence);
                    keep(&mut record.note, &before.note);
                }
                if records.contains(&record) {
                    return Err(EditObstacle::Same);
                }
                Ok(Edit::Set { record, former: None })
            }
            Subject::Record(before) => {
                let record = self.form.record().map_err(EditObstacle::Wrong)?;
                if record == *before {
                    return Err(EditObstacle::Same);
                }
                let former = RecordKey::of(before);
                if !former.is(&record)
                    && let Some(other) = find(records, &RecordKey::of(&record))
                {
                    return Err(EditObstacle::Exists { until: other.until });
                }
                Ok(Edit::Set { record, former: Some(former) })
            }
        }
    }

    fn earlier_than(&self, records: &[Record]) -> Option<Date> {
        let until = self.until()?;
        let before = match &self.subject {
            Subject::Record(before) => Some(before.until),
            Subject::New => self.replaced(records).map(|record| record.until),
            Subject::Several(choices) => {
                let chosen = choices.iter().filter(|choice| choice.chosen);
                chosen.filter_map(|choice| Some(choice.record.as_ref()?.until)).max()
            }
        };
        before.filter(|before| until < *before)
    }

    fn replaced<'r>(&self, records: &'r [Record]) -> Option<&'r Record> {
        let key = RecordKey { device: self.form.device.clone(), product: self.form.product.clone() };
        if self.subject == Subject::New { find(records, &key) } else { None }
    }

    /// As a list of the ticked devices, for one question by the system. Records of theirs that are not ticked stay.
    fn dates(&self, choices: &[Choice], records: &[Record]) -> Result<Edit, EditObstacle> {
        let present = by_device(records);
        let mut edited: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        for choice in choices.iter().filter(|choice| choice.chosen) {
            let typed = Record::of(&choice.device, "", &self.form.until, "", "");
            let typed = typed.map_err(EditObstacle::Wrong)?;
            let key = device_key(&choice.device);
            let kept = present.get(&key).into_iter().flatten().copied().cloned().collect();
            let own: &mut Vec<Record> = edited.entry(key).or_insert(kept);
            let of_choice = choice.record.as_ref().map(RecordKey::of);
            match of_choice.and_then(|key| own.iter_mut().find(|record| key.is(record))) {
                Some(record) => record.until = typed.until,
                None => own.push(typed),
            }
        }
        if edited.is_empty() {
            return Err(EditObstacle::NothingChosen);
        }
        let is_as_before = |(key, own): (&String, &Vec<Record>)| {
            let before = present.get(key).map_or(&[][..], Vec::as_slice);
            own.iter().all(|record| before.contains(&record))
        };
        if edited.iter().all(is_as_before) {
            return Err(EditObstacle::Same);
        }
        let edited = edited.into_values().flatten().collect();
        Ok(Edit::Import { records: edited, keeps: Vec::new() })
    }
}

/// By the key of the device.
fn by_device(records: &[Record]) -> HashMap<String, Vec<&Record>> {
    let mut found: HashMap<String, Vec<&Record>> = HashMap::new();
    for record in records {
        found.entry(device_key(&record.device)).or_default().push(record);
    }
    found
}
