//! Changing what is known of subscriptions: a record by hand, devices written off, and what a window hands over.

use i18n_embed_fl::fl;
use smarts_core::machine::Machine;
use smarts_core::subscription::{
    Change, Edit, EditError, Error, Fault, Record, RecordKey, Subscriptions, device_key, former_path,
    not_here,
};

use super::import::{changed, words};
use super::{known, known_whole, product, say, shown};
use crate::cli::args::{ApplyEdit, RemoveRecord, SetRecord};
use crate::cli::{Failure, Status, Streams, elevated};
use crate::error::chain;
use crate::i18n::{Texts, sentence};
use crate::session::{Session, Tell};

/// Enters a record, or another date into the one there is.
pub(super) fn set(
    session: &Session,
    wanted: &SetRecord,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let usage = |fault: &Fault| Failure::new(Status::Usage, sentence(&texts.record_fault(fault)));
    let (licence, note) = (wanted.licence.as_deref(), wanted.note.as_deref());
    let typed = |licence, note| Record::of(&wanted.device, &wanted.product, &wanted.until, licence, note);
    let record =
        typed(licence.unwrap_or_default(), note.unwrap_or_default()).map_err(|fault| usage(&fault))?;
    let known = known(session, texts, streams)?;
    let machine = session.machine();
    let key = RecordKey::of(&record);
    let before = known.records.iter().find(|record| key.is(record)).cloned();
    // What was not named stays as it is.
    let record = Record {
        device: spelling(&record.device, &known, &machine).unwrap_or(record.device),
        licence: kept(record.licence, licence, before.as_ref().map(|before| &before.licence)),
        note: kept(record.note, note, before.as_ref().map(|before| &before.note)),
        ..record
    };
    if before.as_ref().is_some_and(|before| record.until < before.until) {
        let (count, names) = (1, record.device.as_str());
        say(&fl!(texts.loader, "cli-subscription-earlier", count = count, names = names), streams)?;
    }
    if !not_here(std::slice::from_ref(&record), &machine, Some(&known.computer)).is_empty() {
        let (count, names) = (1, record.device.as_str());
        say(&fl!(texts.loader, "cli-subscription-strangers", count = count, names = names), streams)?;
    }
    edit_list(session, &known, &Edit::Set { record: record.clone(), former: None }, texts, streams)?;
    let line = match before {
        Some(before) => changed(&Change { before, after: record }, texts),
        None => fl!(texts.loader, "cli-subscription-added", record = words(&record, texts)),
    };
    writeln!(streams.out, "{line}")?;
    Ok(Status::Done)
}

fn kept(typed: String, is_typed: Option<&str>, before: Option<&String>) -> String {
    if is_typed.is_some() { typed } else { before.cloned().unwrap_or_default() }
}

/// Takes a record away: the only one of a device, or that of a product.
pub(super) fn remove(
    session: &Session,
    wanted: &RemoveRecord,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let known = known(session, texts, streams)?;
    let device = device_key(&wanted.device);
    let of_device: Vec<&Record> =
        known.records.iter().filter(|record| device_key(&record.device) == device).collect();
    let found = match (wanted.product.as_deref(), of_device.as_slice()) {
        (None, [only]) => Some(*only),
        (None, [_, _, ..]) => return Err(which(&of_device, texts)),
        (None, []) => None,
        (Some(product), _) => {
            // The date is of no account; a product is understood as in a list.
            let asked = Record::of(&wanted.device, product, "31.12.9999", "", "")
                .map_err(|fault| Failure::new(Status::Usage, sentence(&texts.record_fault(&fault))))?;
            let key = RecordKey::of(&asked);
            of_device.into_iter().find(|record| key.is(record))
        }
    };
    let Some(record) = found else {
        return Err(of(&EditError::NotThere { device: shown(&wanted.device) }, texts));
    };
    edit_list(session, &known, &Edit::Remove { key: RecordKey::of(record) }, texts, streams)?;
    let record = words(record, texts);
    writeln!(streams.out, "{}", fl!(texts.loader, "cli-subscription-removed", record = record))?;
    Ok(Status::Done)
}

fn which(records: &[&Record], texts: &Texts) -> Failure {
    let mut lines = vec![fl!(texts.loader, "cli-subscription-which", count = records.len())];
    let option = |record: &&Record| format!("  {}", shown(&product(record.product.as_deref(), texts)));
    lines.extend(records.iter().map(option));
    Failure { status: Status::Usage, lines }
}

/// Says that devices are not in use any more. One that nobody knows is mistyped, and stops all of it.
pub(super) fn write_off(
    session: &Session,
    devices: &[String],
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let (known, machine) = (known_whole(session, texts)?, session.machine());
    let devices = spelled(devices, &known, &machine, texts)?;
    let gone = known.written_off_now(&machine, &session.clock.now());
    let loader = &texts.loader;
    let since = |device: &str| {
        gone.iter().find(|one| device_key(&one.device) == device_key(device)).map(|one| one.day)
    };
    let new: Vec<String> = devices.iter().filter(|device| since(device).is_none()).cloned().collect();
    if !new.is_empty() {
        change(session, &Edit::WriteOff { devices: new }, texts)?;
    }
    for device in &devices {
        let name = shown(device);
        let line = match since(device) {
            Some(day) => {
                fl!(loader, "cli-subscription-already-written-off", device = name, day = texts.date(day))
            }
            None => fl!(loader, "cli-subscription-is-written-off", device = name),
        };
        writeln!(streams.out, "{line}")?;
    }
    Ok(Status::Done)
}

/// Says that devices that were written off count again.
pub(super) fn count(
    session: &Session,
    devices: &[String],
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let (known, machine) = (known_whole(session, texts)?, session.machine());
    let devices = spelled(devices, &known, &machine, texts)?;
    let gone = known.written_off_now(&machine, &session.clock.now());
    let is_gone = |device: &String| gone.iter().any(|one| device_key(&one.device) == device_key(device));
    let back: Vec<String> = devices.iter().filter(|device| is_gone(device)).cloned().collect();
    if !back.is_empty() {
        change(session, &Edit::CountAgain { devices: back }, texts)?;
    }
    for device in &devices {
        let name = shown(device);
        let line = if is_gone(device) {
            fl!(texts.loader, "cli-subscription-counts-again", device = name)
        } else {
            fl!(texts.loader, "cli-subscription-counts-anyway", device = name)
        };
        writeln!(streams.out, "{line}")?;
    }
    Ok(Status::Done)
}

/// Devices as they are written where they are known, each once.
fn spelled(
    typed: &[String],
    known: &Subscriptions,
    machine: &Machine,
    texts: &Texts,
) -> Result<Vec<String>, Failure> {
    let mut devices: Vec<String> = Vec::new();
    for device in typed {
        let Some(name) = spelling(device, known, machine) else {
            let line = fl!(texts.loader, "cli-subscription-unknown-device", device = shown(device));
            return Err(Failure::new(Status::Usage, line));
        };
        if !devices.contains(&name) {
            devices.push(name);
        }
    }
    Ok(devices)
}

/// As the base's folder is called, else as a list or the journal has it.
fn spelling(device: &str, known: &Subscriptions, machine: &Machine) -> Option<String> {
    let key = device_key(device);
    let connected = machine.bases.iter().flat_map(|base| &base.devices).map(|device| device.id.as_str());
    let recorded = known.records.iter().map(|record| record.device.as_str());
    let written_off = known.written_off.iter().map(|one| one.device.as_str());
    let mut names = connected.chain([known.computer.as_str()]).chain(recorded).chain(written_off);
    names.find(|name| device_key(name) == key).map(str::to_owned)
}

/// Carries out an edit that a window has written down, which hears of it by this process's end.
pub(super) fn apply(session: &Session, request: &ApplyEdit, texts: &Texts) -> Result<Status, Failure> {
    elevated::require(&*session.os, texts)?;
    let edit = Edit::read(&request.file, request.sha256).map_err(|error| of(&error, texts))?;
    carry_out(session, &edit, texts)?;
    Ok(Status::Done)
}

/// Changes the kept list; of lines that could not be read it is said where they are now.
pub(super) fn edit_list(
    session: &Session,
    known: &Subscriptions,
    edit: &Edit,
    texts: &Texts,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    // Told by what stands there now; afterwards it is another list.
    let former_path = former_path(&session.paths.subscriptions_path());
    change(session, edit, texts)?;
    let count = known.faults.len();
    if count > 0
        && let Ok(path) = former_path
    {
        let path = path.display().to_string();
        say(&fl!(texts.loader, "cli-subscription-former", count = count, path = path), streams)?;
    }
    Ok(())
}

/// The person's window and icons show at once what counts now.
fn change(session: &Session, edit: &Edit, texts: &Texts) -> Result<(), Failure> {
    carry_out(session, edit, texts)?;
    session.tell_others(Tell::Everybody);
    Ok(())
}

fn carry_out(session: &Session, edit: &Edit, texts: &Texts) -> Result<(), Failure> {
    session.edit_subscriptions(edit).map_err(|error| of(&error, texts))
}

fn of(error: &EditError, texts: &Texts) -> Failure {
    tracing::warn!(error = chain(error), "Subscriptions are not changed");
    let status = match error {
        EditError::List(Error::OthersMayWrite { .. })
        | EditError::OtherEdit { .. }
        | EditError::NotAnEdit { .. }
        | EditError::Record { .. } => Status::Refused,
        EditError::NotThere { .. } | EditError::Exists { .. } | EditError::Nothing => Status::Usage,
        EditError::Busy
        | EditError::Lock { .. }
        | EditError::List(_)
        | EditError::Journal(_)
        | EditError::File { .. } => Status::Failed,
    };
    Failure::new(status, sentence(&texts.edit_error(error)))
}
