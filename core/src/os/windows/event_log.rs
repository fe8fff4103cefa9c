//! The Application log: our own records in it, and those of one source out of it.
#![expect(unsafe_code, reason = "the log is used by handle, and records are rendered to an address")]

use std::collections::HashMap;
use std::io;
use std::os::windows::io::AsRawHandle as _;

use windows_sys::Win32::Foundation::{
    ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE, ERROR_NO_MORE_ITEMS, HANDLE,
};
use windows_sys::Win32::Security::{GetTokenInformation, PSID, TOKEN_USER, TokenUser};
use windows_sys::Win32::System::EventLog::{
    DeregisterEventSource, EVENTLOG_ERROR_TYPE, EVENTLOG_INFORMATION_TYPE, EVENTLOG_WARNING_TYPE, EVT_HANDLE,
    EvtClose, EvtNext, EvtQuery, EvtQueryChannelPath, EvtQueryReverseDirection, EvtRender, EvtRenderEventXml,
    RegisterEventSourceW, ReportEventW,
};

use super::{elevation, identity, wide};
use crate::os::event_xml;
use crate::os::{Event, EventLevel, EventLogFault, EventRecord};

/// Our own source; the installation registers it.
const SOURCE: &str = "Mobile SMARTS Updater";
const LOG: &str = "Application";
/// One string of a record may have 31,839 characters (Microsoft, "`ReportEventW`"); the rest is left out.
const LONGEST_TEXT: usize = 31_000;
/// How many records are fetched at once.
const BATCH: usize = 32;
const TIMEOUT_MILLISECONDS: u32 = 10_000;

/// Writes a record under our own source.
pub(super) fn write(event: &Event) -> Result<(), EventLogFault> {
    report(event).map_err(EventLogFault::Unavailable)
}

/// The newest records of a source, newest first. A record that cannot be read is left out.
pub(super) fn read(source: &str, at_most: usize) -> Result<Vec<EventRecord>, EventLogFault> {
    let rendered = rendered(source, at_most).map_err(EventLogFault::Unavailable)?;
    let mut names: HashMap<String, String> = HashMap::new();
    let mut records = Vec::new();
    for xml in rendered {
        let Some(record) = event_xml::parse(&xml) else {
            tracing::debug!(source, "A record of the event log is not understood");
            continue;
        };
        let user = record.sid.map(|sid| {
            let name = names.entry(sid).or_insert_with_key(|sid| {
                // An account that is gone, or a domain that is out of reach.
                identity::account(sid).unwrap_or_else(|_| sid.clone())
            });
            name.clone()
        });
        records.push(EventRecord { time: record.time, id: record.id, user, strings: record.strings });
    }
    Ok(records)
}

fn report(event: &Event) -> io::Result<()> {
    let source = wide::text(SOURCE)?;
    // SAFETY: the text ends with a zero, and no server means this PC.
    let log = Source(unsafe { RegisterEventSourceW(std::ptr::null(), source.as_ptr()) });
    if log.0.is_null() {
        return Err(io::Error::last_os_error());
    }
    let kind = match event.level {
        EventLevel::Information => EVENTLOG_INFORMATION_TYPE,
        EventLevel::Warning => EVENTLOG_WARNING_TYPE,
        EventLevel::Error => EVENTLOG_ERROR_TYPE,
    };
    let text: String = event.text.chars().filter(|c| *c != '\0').take(LONGEST_TEXT).collect();
    let text = wide::text(text)?;
    let strings = [text.as_ptr()];
    let user = User::of_this_process();
    let sid = user.as_ref().map_or(std::ptr::null_mut(), User::sid);
    let id = u32::from(event.id);
    // SAFETY: the log is open, the one string ends with a zero, and the SID is null or lives in `user`.
    let done = unsafe { ReportEventW(log.0, kind, 0, id, sid, 1, 0, strings.as_ptr(), std::ptr::null()) };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// A log that is open for writing.
struct Source(HANDLE);

impl Drop for Source {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: it was opened by the function that this one ends.
            unsafe { DeregisterEventSource(self.0) };
        }
    }
}

/// The account of this process: a structure with a SID behind it.
struct User(Vec<u64>);

impl User {
    fn of_this_process() -> Option<Self> {
        let token = elevation::own_token().ok()?;
        let (token, mut length) = (token.as_raw_handle(), 0);
        // The structure and the longest SID have less than 100 bytes.
        let mut room = vec![0_u64; 32];
        let bytes = u32::try_from(size_of_val(room.as_slice())).ok()?;
        // SAFETY: the handle is open, and the room is as large as is said.
        let done = unsafe {
            GetTokenInformation(token, TokenUser, room.as_mut_ptr().cast(), bytes, &raw mut length)
        };
        (done != 0).then_some(Self(room))
    }

    fn sid(&self) -> PSID {
        // SAFETY: the system has written such a structure to the beginning, which is aligned for it.
        unsafe { (*self.0.as_ptr().cast::<TOKEN_USER>()).User.Sid }
    }
}

/// The newest records of a source as XML, newest first.
fn rendered(source: &str, at_most: usize) -> io::Result<Vec<String>> {
    let (log, query) = (wide::text(LOG)?, wide::text(query(source)?)?);
    let flags = EvtQueryChannelPath | EvtQueryReverseDirection;
    // SAFETY: both texts end with a zero, and no session means this PC.
    let records = Evt::of(unsafe { EvtQuery(0, log.as_ptr(), query.as_ptr(), flags) })?;
    let mut all = Vec::new();
    while all.len() < at_most {
        let mut batch = [0; BATCH];
        let wanted = BATCH.min(at_most - all.len()) as u32;
        let mut count = 0;
        // SAFETY: the query is open, and the batch has room for what is wanted.
        let done = unsafe {
            EvtNext(records.0, wanted, batch.as_mut_ptr(), TIMEOUT_MILLISECONDS, 0, &raw mut count)
        };
        if done == 0 {
            let error = io::Error::last_os_error();
            let is_end = error.raw_os_error() == Some(ERROR_NO_MORE_ITEMS.cast_signed());
            return if is_end { Ok(all) } else { Err(error) };
        }
        let batch: Vec<Evt> = batch.into_iter().take(count as usize).map(Evt).collect();
        if batch.is_empty() {
            break;
        }
        all.extend(batch.iter().filter_map(|record| record.xml().ok()));
    }
    Ok(all)
}

/// Asks for the records of one source. The language has no way to write both kinds of quotes in one text.
fn query(source: &str) -> io::Result<String> {
    let quote = match (source.contains('\''), source.contains('"')) {
        (false, _) => '\'',
        (true, false) => '"',
        (true, true) => return Err(io::ErrorKind::InvalidInput.into()),
    };
    Ok(format!("*[System[Provider[@Name={quote}{source}{quote}]]]"))
}

/// A handle of the event log.
struct Evt(EVT_HANDLE);

impl Evt {
    /// Of what a function has just returned.
    fn of(handle: EVT_HANDLE) -> io::Result<Self> {
        if handle != 0 {
            return Ok(Self(handle));
        }
        let error = io::Error::last_os_error();
        // Some systems give no handle and no reason.
        let has_reason = error.raw_os_error() != Some(0);
        Err(if has_reason { error } else { io::Error::from_raw_os_error(ERROR_INVALID_HANDLE.cast_signed()) })
    }

    fn xml(&self) -> io::Result<String> {
        let mut text: Vec<u16> = vec![0; 4096];
        loop {
            let (mut used, mut properties) = (0, 0);
            let bytes = u32::try_from(size_of_val(text.as_slice())).map_err(io::Error::other)?;
            let (room, flags) = (text.as_mut_ptr().cast(), EvtRenderEventXml);
            // SAFETY: the record is open, and the room is as large as is said, in bytes.
            let done =
                unsafe { EvtRender(0, self.0, flags, bytes, room, &raw mut used, &raw mut properties) };
            if done != 0 {
                return Ok(wide::string(&text));
            }
            let error = io::Error::last_os_error();
            let is_larger = error.raw_os_error() == Some(ERROR_INSUFFICIENT_BUFFER.cast_signed());
            if !is_larger || used <= bytes {
                return Err(error);
            }
            text.resize((used as usize).div_ceil(2), 0);
        }
    }
}

impl Drop for Evt {
    fn drop(&mut self) {
        // SAFETY: the handle is open and closed once.
        unsafe { EvtClose(self.0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_with_both_kinds_of_quotes_cannot_be_asked_for() {
        assert_eq!(query("MsiInstaller").unwrap(), "*[System[Provider[@Name='MsiInstaller']]]");
        assert_eq!(query("a'b").unwrap(), "*[System[Provider[@Name=\"a'b\"]]]");
        assert!(query("a'b\"c").is_err());
    }
}
