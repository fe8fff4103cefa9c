//! A record by hand: what is typed, whether that is one, and what it would take the place of. And one date for
//! several devices at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use smarts_core::machine::{Base, Machine};
use smarts_core::subscription::{
    Edit, Fault, Line, Place, Record, RecordKey, Stands, State, date, device_key,
};

use super::{Question, SubscriptionCommand, SubscriptionDialog, Told};
use crate::model::schedule::{Access, Saving};
use crate::model::{Command, Dialog, Model, PLATFORM};

/// So many devices are listed to choose from; typing leaves fewer.
const MOST_LISTED: usize = 100;

/// The dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct EditPage {
    /// What it is about.
    pub subject: Subject,
    /// What is typed and chosen.
    pub form: EditForm,
    /// Devices of this PC, to choose from.
    pub devices: Vec<String>,
    /// Products of this PC and of the list, to choose from.
    pub products: Vec<String>,
    /// What became of saving.
    pub saving: Saving,
    /// What follows from all that and from the list. Kept, as the list may be long and the window asks in every
    /// frame; worked out anew whenever something has changed.
    pub outlook: Outlook,
}

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
}

/// What the dialog is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A new record.
    New,
    /// One that there is.
    Record(Record),
    /// The dates of several, one for all that are ticked.
    Several(Vec<Choice>),
}

/// A record that may get the date, or a device that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// By name.
    pub device: String,
    /// What there is.
    pub record: Option<Record>,
    /// Whether it gets the date.
    pub chosen: bool,
}

/// What is typed and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditForm {
    /// As typed.
    pub device: String,
    /// `None`: all.
    pub product: Option<String>,
    /// As typed.
    pub until: String,
    /// As typed.
    pub licence: String,
    /// As typed.
    pub note: String,
}

/// Why nothing can be saved now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditObstacle {
    /// Only administrators may.
    Locked,
    /// A change is being saved.
    Saving,
    /// Something is missing or typed wrong.
    Wrong(Fault),
    /// It would take the place of another record than the one that is changed.
    Exists {
        /// Of that one.
        until: Date,
    },
    /// It is all as it was.
    Same,
    /// Nothing is ticked.
    NothingChosen,
}

impl EditForm {
    fn of(record: &Record) -> Self {
        Self {
            device: record.device.clone(),
            product: record.product.clone(),
            until: record.until.strftime("%d.%m.%Y").to_string(),
            licence: record.licence.clone(),
            note: record.note.clone(),
        }
    }

    /// What the date was is what it is asked to be no more.
    fn without_date(record: &Record) -> Self {
        Self { until: String::new(), ..Self::of(record) }
    }

    fn record(&self) -> Result<Record, Fault> {
        let product = self.product.as_deref().unwrap_or_default();
        Record::of(&self.device, product, &self.until, &self.licence, &self.note)
    }
}

impl EditPage {
    /// The date that is typed, if it is one.
    pub fn until(&self) -> Option<Date> {
        date(&self.form.until).ok()
    }

    /// To be called after anything has changed.
    pub(super) fn look_again(&mut self, records: &[Record]) {
        self.outlook = Outlook {
            edit: self.edit(records),
            earlier: self.earlier_than(records),
            replaced: self.replaced(records).map(|record| record.until),
            listed: self.listed(),
        };
    }

    fn listed(&self) -> Vec<String> {
        let needle = self.form.device.trim().to_lowercase();
        // A name that is complete hides no other.
        let is_one = self.devices.contains(&self.form.device);
        let fits = |device: &&String| is_one || device.to_lowercase().contains(&needle);
        self.devices.iter().filter(fits).take(MOST_LISTED).cloned().collect()
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

impl Model {
    /// Why what is typed cannot be saved now, or what it would do.
    pub fn edit<'p>(&self, page: &'p EditPage) -> Result<&'p Edit, EditObstacle> {
        if self.subscription_page.access == Access::Locked {
            return Err(EditObstacle::Locked);
        }
        if self.subscription_page.is_saving() {
            return Err(EditObstacle::Saving);
        }
        page.outlook.edit.as_ref().map_err(Clone::clone)
    }

    /// What is open is looked at again once the list has changed; a record to be taken away may be gone.
    pub(in crate::model) fn look_at_dialog_again(&mut self) {
        let records = &self.subscriptions.records;
        match &mut self.dialog {
            Some(Dialog::Subscription(SubscriptionDialog::Edit(page))) => page.look_again(records),
            Some(Dialog::Subscription(SubscriptionDialog::Question { question, record, .. })) => {
                if let Question::Remove(key) = question {
                    *record = find(records, key).cloned();
                    if record.is_none() {
                        self.dialog = None;
                    }
                }
            }
            _ => {}
        }
    }

    fn page(&self, subject: Subject, form: EditForm) -> EditPage {
        let bases = self.machine.as_ref().map_or(&[][..], |machine: &Machine| &machine.bases);
        let computer = Some(self.subscriptions.computer.clone()).filter(|name| !name.is_empty());
        let devices = bases.iter().flat_map(|base| &base.devices).map(|device| device.id.clone());
        let devices: BTreeSet<String> = devices.chain(computer).collect();
        let of_bases = bases.iter().filter(|base: &&Base| base.is_managed()).map(|base| base.product.clone());
        let of_records = self.subscriptions.records.iter().filter_map(|record| record.product.clone());
        let products: BTreeSet<String> = of_bases.chain(of_records).chain(form.product.clone()).collect();
        EditPage {
            subject,
            form,
            devices: devices.into_iter().collect(),
            products: products.into_iter().collect(),
            saving: Saving::Idle,
            outlook: Outlook {
                edit: Err(EditObstacle::Same),
                earlier: None,
                replaced: None,
                listed: Vec::new(),
            },
        }
    }

    pub(super) fn new_record(&self) -> EditPage {
        self.page(Subject::New, EditForm::default())
    }

    pub(super) fn change_record(&mut self, key: &RecordKey, renew: bool) -> Vec<Command> {
        let Some(record) = find(&self.subscriptions.records, key).cloned() else { return Vec::new() };
        let form = if renew { EditForm::without_date(&record) } else { EditForm::of(&record) };
        let page = self.page(Subject::Record(record), form);
        self.open_subscription(SubscriptionDialog::Edit(page))
    }

    /// One device with one record or none is asked about like any record. Of more, only what counts for these items
    /// is offered (all that counts here, without any), and nobody gets a date unasked: what has ended or will soon
    /// is ticked, and what is not known only where that is all there is; never what has not been seen for long.
    pub(super) fn enter_date(&mut self, devices: &[String], items: &[String]) -> Vec<Command> {
        let mut seen = BTreeSet::new();
        let devices = devices.iter().filter(|device| seen.insert(device_key(device)));
        let mut choices: Vec<Choice> = devices.flat_map(|device| self.date_choices(device, items)).collect();
        if choices.iter().any(|choice| choice.record.is_some()) {
            for choice in choices.iter_mut().filter(|choice| choice.record.is_none()) {
                choice.chosen = false;
            }
        }
        let page = match choices.as_slice() {
            [] => return Vec::new(),
            [Choice { record: Some(record), .. }] => {
                self.page(Subject::Record(record.clone()), EditForm::without_date(record))
            }
            [Choice { device, record: None, .. }] => {
                self.page(Subject::New, EditForm { device: device.clone(), ..EditForm::default() })
            }
            _ => self.page(Subject::Several(choices), EditForm::default()),
        };
        self.open_subscription(SubscriptionDialog::Edit(page))
    }

    /// What may get a date of one device.
    fn date_choices(&self, device: &str, items: &[String]) -> Vec<Choice> {
        let key = device_key(device);
        let lines = self.subscription_page.overview.lines.iter();
        let lines: Vec<&Line> = lines.filter(|line| device_key(&line.device) == key).collect();
        let counting: Vec<&Line> =
            lines.iter().filter(|line| self.counts_for(line, items)).copied().collect();
        let counting = if counting.is_empty() { lines } else { counting };
        let choice = |line: &Line| {
            let record = self.record(line.record).cloned();
            let device = record.as_ref().map_or(device, |record| &record.device).to_owned();
            let needs = needs_date(line.stands) && line.place == Place::Here;
            Choice { device, record, chosen: needs && line.unseen_days.is_none() }
        };
        if counting.is_empty() {
            return vec![Choice { device: device.to_owned(), record: None, chosen: true }];
        }
        counting.into_iter().map(choice).collect()
    }

    /// Whether a line decides about one of these items; without any, about anything here.
    fn counts_for(&self, line: &Line, items: &[String]) -> bool {
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        let is_about = |place: &usize| bases.get(*place).is_some_and(|base| items.contains(&base.id));
        let everything = items.is_empty() || items.iter().any(|id| id == PLATFORM);
        let counts = line.place == Place::Here && matches!(line.stands, Stands::Counts(_));
        counts && (everything || line.bases.iter().any(is_about))
    }

    /// Of all devices of the platform or of a base that need a date.
    pub(super) fn enter_date_of(&mut self, id: &str) -> Vec<Command> {
        let groups = &self.subscription_page.overview.groups;
        let group = groups.iter().find(|group| self.group_id(group) == id);
        let members = group.into_iter().flat_map(|group| &group.members);
        let devices = members.filter(|member| needs_date(member.stands)).map(|member| member.device.clone());
        let devices: Vec<String> = devices.collect();
        self.enter_date(&devices, &[id.to_owned()])
    }

    pub(super) fn type_record(&mut self, form: EditForm) -> Vec<Command> {
        if let Some(page) = self.edit_page().filter(|page| page.saving != Saving::Running) {
            page.form = form;
            page.saving = Saving::Idle;
            self.look_at_dialog_again();
        }
        Vec::new()
    }

    pub(super) fn choose_record(&mut self, place: usize, chosen: bool) -> Vec<Command> {
        if let Some(EditPage { subject: Subject::Several(choices), saving, .. }) = self.edit_page()
            && *saving != Saving::Running
            && let Some(choice) = choices.get_mut(place)
        {
            choice.chosen = chosen;
            self.look_at_dialog_again();
        }
        Vec::new()
    }

    pub(super) fn save_record(&mut self) -> Vec<Command> {
        let Some(SubscriptionDialog::Edit(page)) = self.subscription_dialog() else { return Vec::new() };
        let Ok(edit) = self.edit(page).cloned() else { return Vec::new() };
        let records = match &page.subject {
            Subject::New | Subject::Record(_) => 1,
            Subject::Several(choices) => choices.iter().filter(|choice| choice.chosen).count(),
        };
        if let Some(page) = self.edit_page() {
            page.saving = Saving::Running;
        }
        self.subscription_page.saving = Some(Told::Saved { records });
        vec![Command::Subscriptions(SubscriptionCommand::Edit(edit))]
    }

    fn edit_page(&mut self) -> Option<&mut EditPage> {
        match &mut self.dialog {
            Some(Dialog::Subscription(SubscriptionDialog::Edit(page))) => Some(page),
            _ => None,
        }
    }
}

/// Whether a new date is what is missing.
fn needs_date(stands: Stands) -> bool {
    matches!(stands, Stands::Counts(State::Ended { .. } | State::EndsSoon { .. } | State::NoData))
}

fn find<'r>(records: &'r [Record], key: &RecordKey) -> Option<&'r Record> {
    records.iter().find(|record| key.is(record))
}

/// By the key of the device.
fn by_device(records: &[Record]) -> HashMap<String, Vec<&Record>> {
    let mut found: HashMap<String, Vec<&Record>> = HashMap::new();
    for record in records {
        found.entry(device_key(&record.device)).or_default().push(record);
    }
    found
}

#[cfg(test)]
mod tests;
