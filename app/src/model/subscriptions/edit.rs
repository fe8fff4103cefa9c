//! A record by hand: what is typed, whether that is one, and what it would take the place of. And one date for
//! several devices at once.

mod outlook;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use smarts_core::machine::{Base, Machine};
use smarts_core::subscription::{Edit, Fault, Line, Place, Record, RecordKey, Stands, State, device_key};

pub use self::outlook::Outlook;
use super::{Question, SubscriptionCommand, SubscriptionDialog, Told};
use crate::model::schedule::{Access, Saving};
use crate::model::{Command, Dialog, Model, PLATFORM};

/// So many products are listed to choose from; the vendor has about forty.
const MOST_PRODUCTS: usize = 100;

/// The dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct EditPage {
    /// What it is about.
    pub subject: Subject,
    /// What is typed and chosen.
    pub form: EditForm,
    /// Devices of this PC, to choose from.
    pub devices: Vec<String>,
    /// Products of this PC and of the list, to choose from; not more than can be looked through.
    pub products: Vec<String>,
    /// What became of saving.
    pub saving: Saving,
    /// What follows from all that and from the list. Kept, as the list may be long and the window asks in every
    /// frame; worked out anew whenever something has changed.
    pub outlook: Box<Outlook>,
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
    /// Of the record, or of one to be made; `None`: all.
    pub product: Option<String>,
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
    /// Somebody else has changed the record meanwhile.
    Changed {
        /// As it is now.
        until: Date,
    },
    /// Somebody else has taken the record away meanwhile.
    Gone,
    /// It is all as it was.
    Same,
    /// Nothing is ticked.
    NothingChosen,
}

impl Choice {
    fn key(&self) -> RecordKey {
        RecordKey { device: self.device.clone(), product: self.product.clone() }
    }
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
                *record = key.find(records).cloned();
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
        let of_bases =
            bases.iter().filter(|base: &&Base| base.is_managed()).map(|base| base.product.as_str());
        let of_records = self.subscriptions.records.iter().filter_map(|record| record.product.as_deref());
        // The chosen one and those of bases first; more than can be looked through are left out.
        let mut products: BTreeSet<&str> = BTreeSet::new();
        for product in form.product.as_deref().into_iter().chain(of_bases).chain(of_records) {
            if products.len() < MOST_PRODUCTS {
                products.insert(product);
            }
        }
        let products = products.into_iter().map(str::to_owned).collect();
        EditPage {
            subject,
            form,
            devices: devices.into_iter().collect(),
            products,
            saving: Saving::Idle,
            outlook: Box::default(),
        }
    }

    pub(super) fn new_record(&self) -> EditPage {
        self.page(Subject::New, EditForm::default())
    }

    pub(super) fn change_record(&mut self, key: &RecordKey, renew: bool) -> Vec<Command> {
        let Some(record) = key.find(&self.subscriptions.records).cloned() else { return Vec::new() };
        let form = if renew { EditForm::without_date(&record) } else { EditForm::of(&record) };
        let page = self.page(Subject::Record(record), form);
        self.open_subscription(SubscriptionDialog::Edit(Box::new(page)))
    }

    /// One device with one record or none is asked about like any record. Of more, only what counts for these items
    /// is offered (all that counts here, without any), and nobody gets a date unasked: what has ended or will soon
    /// is ticked, and what is not known only where that is all there is; never what has not been seen for long.
    pub(super) fn enter_date(&mut self, devices: &[String], items: &[String]) -> Vec<Command> {
        let mut seen = BTreeSet::new();
        let keys = devices.iter().map(|device| (device, device_key(device)));
        let keys: Vec<(&String, String)> = keys.filter(|(_, key)| seen.insert(key.clone())).collect();
        let mut lines: HashMap<&str, Vec<&Line>> =
            keys.iter().map(|(_, key)| (key.as_str(), Vec::new())).collect();
        for line in &self.subscription_page.overview.lines {
            if let Some(of_device) = lines.get_mut(device_key(&line.device).as_str()) {
                of_device.push(line);
            }
        }
        let lines_of = |key: &str| lines.get(key).map_or(&[][..], Vec::as_slice);
        let choices = keys.iter().flat_map(|(device, key)| self.date_choices(device, lines_of(key), items));
        let mut choices: Vec<Choice> = choices.collect();
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
            [Choice { device, product, record: None, .. }] => {
                let (device, product) = (device.clone(), product.clone());
                self.page(Subject::New, EditForm { device, product, ..EditForm::default() })
            }
            _ => self.page(Subject::Several(choices), EditForm::default()),
        };
        self.open_subscription(SubscriptionDialog::Edit(Box::new(page)))
    }

    /// What may get a date of one device. Where it has records of products already, a date for all would take the
    /// word from those, so one that is missing is asked for by product.
    fn date_choices(&self, device: &str, lines: &[&Line], items: &[String]) -> Vec<Choice> {
        let counting: Vec<&Line> =
            lines.iter().filter(|line| self.counts_for(line, items)).copied().collect();
        let counting = if counting.is_empty() { lines } else { &counting };
        let has_records = lines.iter().any(|line| line.record.is_some());
        let choices = |line: &Line| -> Vec<Choice> {
            let needs = needs_date(line.stands) && line.place == Place::Here;
            let chosen = needs && line.unseen_days.is_none();
            let of = |device: &str, product: Option<&str>, record: Option<&Record>| Choice {
                device: device.to_owned(),
                product: product.map(str::to_owned),
                record: record.cloned(),
                chosen,
            };
            match self.record(line.record) {
                Some(record) => vec![of(&record.device, record.product.as_deref(), Some(record))],
                None if has_records => {
                    let products = self.products_without(line, items);
                    products.into_iter().map(|product| of(device, Some(product), None)).collect()
                }
                None => vec![of(device, None, None)],
            }
        };
        let choices: Vec<Choice> = counting.iter().flat_map(|line| choices(line)).collect();
        if choices.is_empty() {
            let device = device.to_owned();
            return vec![Choice { device, product: None, record: None, chosen: true }];
        }
        choices
    }

    /// Products of the bases of these items that a line is about.
    fn products_without(&self, line: &Line, items: &[String]) -> BTreeSet<&str> {
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        let of_line = line.bases.iter().filter_map(|place| bases.get(*place));
        let asked = of_line.filter(|base| is_everything(items) || items.contains(&base.id));
        asked.map(|base| base.product.as_str()).filter(|product| !product.is_empty()).collect()
    }

    /// Whether a line decides about one of these items; without any, about anything here.
    fn counts_for(&self, line: &Line, items: &[String]) -> bool {
        let bases = self.machine.as_ref().map_or(&[][..], |machine| &machine.bases);
        let is_about = |place: &usize| bases.get(*place).is_some_and(|base| items.contains(&base.id));
        let counts = line.place == Place::Here && matches!(line.stands, Stands::Counts(_));
        counts && (is_everything(items) || line.bases.iter().any(is_about))
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
        self.subscription_page.saving =
            Some(super::told::Outcome::OnPage(Told::Saved { records, former: None }));
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

/// Whether it was asked about all that is here.
fn is_everything(items: &[String]) -> bool {
    items.is_empty() || items.iter().any(|id| id == PLATFORM)
}

#[cfg(test)]
mod tests;
