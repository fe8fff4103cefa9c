//! What is typed and chosen, each thing judged as it is typed.

use std::collections::BTreeMap;

use smarts_core::settings::{Key, Value, Wrong};

use super::facts::{ChosenRoot, RootState, SettingsChange, SettingsFacts, default_of};
use crate::model::schedule::{HoursFault, HoursForm, Task};

/// What is typed for one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A text.
    Text(String),
    /// Hours of the week.
    Hours(HoursForm),
    /// The default is to count.
    Default,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedFault {
    /// It is no value of the setting.
    Wrong(Wrong),
    /// The same of hours of the week.
    Hours(HoursFault),
}

/// Everything that is typed and not saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    typed: BTreeMap<Key, Typed>,
    /// Whether the scheduled task is to be ours; `None`: as it is.
    pub automatic: Option<bool>,
    /// The root to install.
    pub root: Option<ChosenRoot>,
}

impl Form {
    /// What is typed for a setting, if that would change it.
    pub fn typed(&self, key: Key) -> Option<&Typed> {
        self.typed.get(&key)
    }

    /// Takes what is typed; what is in force already is no change.
    pub(super) fn put(&mut self, facts: &SettingsFacts, key: Key, typed: Typed) {
        let stored = facts.value(key);
        let is_same = match &typed {
            Typed::Default => !stored.is_set,
            Typed::Text(text) => {
                let text = Some(text.trim()).filter(|text| !text.is_empty() || key == Key::BackupWithout);
                text == stored.text.as_deref()
            }
            Typed::Hours(form) => {
                form.hours().is_ok_and(|hours| hours.map(|hours| hours.to_string()) == stored.text)
            }
        };
        if is_same {
            self.typed.remove(&key);
        } else {
            self.typed.insert(key, typed);
        }
    }

    /// What stands in the field of a setting.
    pub fn text(&self, facts: &SettingsFacts, key: Key) -> String {
        match self.typed(key) {
            Some(Typed::Text(text)) => text.clone(),
            Some(Typed::Default) => default_of(key).unwrap_or_default(),
            Some(Typed::Hours(_)) | None => facts.value(key).text.unwrap_or_default(),
        }
    }

    /// What stands in the fields of hours of the week.
    pub fn hours(&self, facts: &SettingsFacts, key: Key) -> HoursForm {
        let usual = || if key == Key::Maintenance { HoursForm::evenings() } else { HoursForm::default() };
        match self.typed(key) {
            Some(Typed::Hours(form)) => form.clone(),
            Some(Typed::Default) => usual(),
            Some(Typed::Text(_)) | None => {
                let hours = facts.value(key).text.and_then(|text| text.parse().ok());
                hours.as_ref().map_or_else(usual, HoursForm::of)
            }
        }
    }

    /// Whether checks are made by the task.
    pub fn automatic(&self, facts: &SettingsFacts) -> bool {
        self.automatic.unwrap_or(facts.task.task == Task::Ours)
    }

    /// Whether the default of a setting counts, or is going to.
    pub fn is_default(&self, facts: &SettingsFacts, key: Key) -> bool {
        match self.typed(key) {
            Some(Typed::Default) => true,
            Some(Typed::Text(_) | Typed::Hours(_)) => false,
            None => !facts.value(key).is_set,
        }
    }

    /// What is wrong with what is typed for a setting.
    pub fn fault(&self, facts: &SettingsFacts, key: Key) -> Option<TypedFault> {
        let has_root = self.root.is_some() || facts.root != RootState::None;
        match self.typed(key)? {
            Typed::Default => None,
            Typed::Text(text) => key.value(text, has_root).err().map(TypedFault::Wrong),
            Typed::Hours(form) => form.hours().err().map(TypedFault::Hours),
        }
    }

    /// Whether anything is wrong among these settings.
    pub fn has_fault(&self, facts: &SettingsFacts, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.fault(facts, *key).is_some())
    }

    /// Whether anything is wrong at all.
    pub fn is_wrong(&self, facts: &SettingsFacts) -> bool {
        self.typed.keys().any(|key| self.fault(facts, *key).is_some())
    }

    /// What saving would change.
    pub fn change(&self, facts: &SettingsFacts) -> SettingsChange {
        let mut change = SettingsChange { root: self.root.clone(), ..SettingsChange::default() };
        for (key, typed) in &self.typed {
            match as_text(*key, typed) {
                Some(text) => change.set.push((*key, text)),
                None => change.reset.push(*key),
            }
        }
        let is_ours = facts.task.task == Task::Ours;
        change.task = self.automatic.filter(|automatic| *automatic != is_ours);
        change
    }

    /// What was read anew may be what is typed already.
    pub(super) fn settle(&mut self, facts: &SettingsFacts) {
        for (key, typed) in std::mem::take(&mut self.typed) {
            self.put(facts, key, typed);
        }
        let is_ours = facts.task.task == Task::Ours;
        self.automatic = self.automatic.filter(|automatic| *automatic != is_ours);
        self.root.take_if(|root| facts.root_digest == Some(root.digest));
    }
}

/// `None`: the default is to count.
fn as_text(key: Key, typed: &Typed) -> Option<String> {
    match typed {
        Typed::Default => None,
        Typed::Text(text) => match key.value(text, true) {
            Ok(Value::Unset) => None,
            Ok(Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::List(_)) | Err(_) => {
                Some(text.trim().to_owned())
            }
        },
        Typed::Hours(form) => form.hours().ok().flatten().map(|hours| hours.to_string()),
    }
}
