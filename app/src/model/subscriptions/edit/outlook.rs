//! What follows from a form and from the list, for the dialog to show: what would be saved, and what to know before.
//!
//! Worked out when something has changed, never in between. Deliberately not here: whether this person may save.

use jiff::civil::Date;
use smarts_core::subscription::{ByDevice, Edit, Record, RecordKey, date, device_key};

use super::{Choice, EditObstacle, EditPage, Subject};

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
    /// Records of single products that the date for all of them takes the word from.
    pub outvoted: Vec<Record>,
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
            outvoted: Vec::new(),
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
        let present = self.present(records);
        if let Subject::Several(choices) = &mut self.subject {
            for choice in choices {
                choice.record = find(&present, &choice.key()).cloned();
            }
        }
        *self.outlook = Outlook {
            edit: self.edit(&present),
            earlier: self.earlier_than(&present),
            replaced: self.replaced(&present).map(|record| record.until),
            outvoted: self.outvoted(&present),
            listed: self.listed(),
            is_stranger: self.is_stranger(records),
        };
    }

    /// What there is of the devices that this is about.
    fn present<'r>(&self, records: &'r [Record]) -> ByDevice<'r> {
        let former = match &self.subject {
            Subject::Several(_) => return ByDevice::of(records, &[]),
            Subject::Record(before) => Some(device_key(&before.device)),
            Subject::New => None,
        };
        let typed = device_key(&self.form.device);
        let is_about = |record: &&Record| {
            let key = device_key(&record.device);
            key == typed || former.as_ref() == Some(&key)
        };
        ByDevice::of(records.iter().filter(is_about), &[])
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

    fn edit(&self, present: &ByDevice<'_>) -> Result<Edit, EditObstacle> {
        match &self.subject {
            Subject::Several(choices) => self.dates(choices, present),
            Subject::New => {
                let mut record = self.form.record().map_err(EditObstacle::Wrong)?;
                // A field that is left blank takes nothing away.
                if let Some(before) = find(present, &RecordKey::of(&record)) {
                    let keep = |new: &mut String, old: &String| {
                        if new.is_empty() {
                            new.clone_from(old);
                        }
                    };
                    keep(&mut record.licence, &before.licence);
                    keep(&mut record.note, &before.note);
                }
                if present.records(&record.device).contains(&&record) {
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
                match find(present, &former) {
                    Some(now) if now == before => {}
                    Some(now) => return Err(EditObstacle::Changed { until: now.until }),
                    None => return Err(EditObstacle::Gone),
                }
                if !former.is(&record)
                    && let Some(other) = find(present, &RecordKey::of(&record))
                {
                    return Err(EditObstacle::Exists { until: other.until });
                }
                Ok(Edit::Set { record, former: Some(former) })
            }
        }
    }

    fn earlier_than(&self, present: &ByDevice<'_>) -> Option<Date> {
        let until = self.until()?;
        let before = match &self.subject {
            Subject::Record(before) => Some(before.until),
            Subject::New => self.replaced(present).map(|record| record.until),
            Subject::Several(choices) => {
                let chosen = choices.iter().filter(|choice| choice.chosen);
                chosen.filter_map(|choice| Some(choice.record.as_ref()?.until)).max()
            }
        };
        before.filter(|before| until < *before)
    }

    fn replaced<'r>(&self, present: &ByDevice<'r>) -> Option<&'r Record> {
        let key = RecordKey { device: self.form.device.clone(), product: self.form.product.clone() };
        if self.subject == Subject::New { find(present, &key) } else { None }
    }

    fn outvoted(&self, present: &ByDevice<'_>) -> Vec<Record> {
        let typed = |device: &str| Record::of(device, "", &self.form.until, "", "").ok();
        let (of_all, former): (Vec<Record>, _) = match &self.subject {
            Subject::Several(choices) => {
                let of_all = choices.iter().filter(|choice| choice.chosen && choice.product.is_none());
                (of_all.filter_map(|choice| typed(&choice.device)).collect(), None)
            }
            Subject::New | Subject::Record(_) if self.form.product.is_some() => return Vec::new(),
            Subject::Record(before) => (typed(&self.form.device).into_iter().collect(), Some(before)),
            Subject::New => (typed(&self.form.device).into_iter().collect(), None),
        };
        // The one that becomes this one has no word of its own any more.
        let stays = |record: &&Record| former != Some(*record);
        of_all.iter().flat_map(|record| present.outvoted(record)).filter(stays).cloned().collect()
    }

    /// The date alone, for one question by the system: what else there is may have changed since it was read here.
    fn dates(&self, choices: &[Choice], present: &ByDevice<'_>) -> Result<Edit, EditObstacle> {
        let keys = choices.iter().filter(|choice| choice.chosen).map(Choice::key);
        let typed = |key: RecordKey| {
            let product = key.product.as_deref().unwrap_or_default();
            Record::of(&key.device, product, &self.form.until, "", "").map_err(EditObstacle::Wrong)
        };
        let typed: Vec<Record> = keys.map(typed).collect::<Result<_, _>>()?;
        let Some(Record { until, .. }) = typed.first() else { return Err(EditObstacle::NothingChosen) };
        let keys: Vec<RecordKey> = typed.iter().map(RecordKey::of).collect();
        if keys.iter().all(|key| find(present, key).is_some_and(|record| record.until == *until)) {
            return Err(EditObstacle::Same);
        }
        Ok(Edit::Renew { keys, until: *until })
    }
}

fn find<'r>(present: &ByDevice<'r>, key: &RecordKey) -> Option<&'r Record> {
    key.find(present.records(&key.device).iter().copied())
}
