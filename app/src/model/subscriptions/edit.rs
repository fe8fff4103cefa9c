//! A record by hand: what is typed, whether that is one, and what it would take the place of. And one date for
//! several devices at once.

mod outlook;

use std::collections::BTreeSet;

use jiff::civil::Date;
use smarts_core::machine::{Base, Machine};
use smarts_core::subscription::{Edit, Fault, Line, Place, Record, RecordKey, Stands, State, device_key};

pub use self::outlook::Outlook;
use super::{Question, SubscriptionCommand, SubscriptionDialog, Told};
use crate::model::schedule::{Access, Saving};
use crate::model::{Command, Dialog, Model, PLATFORM};

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
    /// The kept list cannot be read: a date would take the place of all it holds, which only an import asks about.
    ListUnread,
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

impl Model {
    /// Why what is typed cannot be saved now, or what it would do.
    pub fn edit<'p>(&self, page: &'p EditPage) -> Result<&'p Edit, EditObstacle> {
        if self.subscription_page.access == Access::Locked {
            return Err(EditObstacle::Locked);
        }
        if self.subscription_page.is_saving() {
            return Err(EditObstacle::Saving);
        }
        if self.subscription_page.unread.is_some() {
            return Err(EditObstacle::ListUnread);
        }
        page.outlook.edit.as_ref().map_err(Clone::clone)
    }

    /// What is open is looked at again once the list has changed; a record to be taken away may be gone, and why it
    /// was not taken away by this person is told all the same.
    pub(in crate::model) fn look_at_dialog_again(&mut self) {
        let records = &self.subscriptions.records;
        match &mut self.dialog {
            Some(Dialog::Subscription(SubscriptionDialog::Edit(page))) => page.look_again(records),
            Some(Dialog::Subscription(SubscriptionDialog::Question {
                question: Question::Remove(key),
                record,
                saving,
            })) => {
                *record = find(records, key).cloned();
                if record.is_none() {
                    if let Saving::Failed(why) = saving {
                        self.subscription_page.told = Some(Told::Failed(std::mem::take(why)));
                    }
                    self.dialog = None;
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
            outlook: Outlook::default(),
        }
    }

    pub(super) fn new_record(&self) -> EditPage {
        self.page(Subject::New, EditForm::default())
    }

    pub(super) fn change_record(&mut self, key: &RecordKey, renew: bool) -> Vec<Command> {
        let Some(record) = find(&self.subscriptions.records, key).cloned() else { return Vec::new() };
        let form = if renew { EditForm::without_date(&record) } else { EditForm::of(&record) };
        let page = self.page(Subject::Record(record), form);
        self.open_subscription(SubscriptionDialog::Edit(Box::new(page)))
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
        self.open_subscription(SubscriptionDialog::Edit(Box::new(page)))
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
        self.subscription_page.saving = Some(Told::Saved { records, former: None });
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

#[cfg(test)]
mod tests;
