//! The Application log: our own records in it, and those of some sources out of it.
#![expect(unsafe_code, reason = "the log is used by handle, and records are rendered to an address")]

use std::io;
use std::ops::ControlFlow;
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

use super::{elevation, wide};
use crate::history::event::{self, OWN, Record};
use crate::os::{Event, EventLevel, EventLogFault, LogQuery};

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

/// The records that are asked for, newest first, until whoever takes them has enough. What is not understood is left
/// out and counted.
pub(super) fn read(
    query: &LogQuery<'_>,
    each: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> Result<u64, EventLogFault> {
    let mut skipped = 0;
    rendered(query, &mut |xml| {
        if let Some(record) = xml.and_then(|xml| event::parse(&xml)) {
            return each(record);
        }
        skipped += 1;
        ControlFlow::Continue(())
    })
    .map_err(EventLogFault::Unavailable)?;
    Ok(skipped)
}

fn report(event: &Event) -> io::Result<()> {
    let source = wide::text(OWN)?;
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

/// The records as XML, newest first; `None`: one that the system does not render.
fn rendered(query: &LogQuery<'_>, each: &mut dyn FnMut(Option<String>) -> ControlFlow<()>) -> io::Result<()> {
    let (log, query) = (wide::text(LOG)?, wide::text(expression(query)?)?);
    let flags = EvtQueryChannelPath | EvtQueryReverseDirection;
    // SAFETY: both texts end with a zero, and no session means this PC.
    let records = Evt::of(unsafe { EvtQuery(0, log.as_ptr(), query.as_ptr(), flags) })?;
    let mut room: Vec<u16> = vec![0; 4096];
    loop {
        let mut batch = [0; BATCH];
        let mut count = 0;
        // SAFETY: the query is open, and the batch has room for what is wanted.
        let done = unsafe {
            EvtNext(records.0, BATCH as u32, batch.as_mut_ptr(), TIMEOUT_MILLISECONDS, 0, &raw mut count)
        };
        if done == 0 {
            let error = io::Error::last_os_error();
            let is_end = error.raw_os_error() == Some(ERROR_NO_MORE_ITEMS.cast_signed());
            return if is_end { Ok(()) } else { Err(error) };
        }
        let batch: Vec<Evt> = batch.into_iter().take(count as usize).map(Evt).collect();
        if batch.is_empty() {
            return Ok(());
        }
        for record in &batch {
            if each(record.xml(&mut room).ok()).is_break() {
                return Ok(());
            }
        }
    }
}

/// Asks for the records of these sources in this time. The language has no way to write both kinds of quotes in one
/// text.
fn expression(query: &LogQuery<'_>) -> io::Result<String> {
    let mut providers = Vec::new();
    for name in query.providers {
        let quote = match (name.contains('\''), name.contains('"')) {
            (false, _) => '\'',
            (true, false) => '"',
            (true, true) => return Err(io::ErrorKind::InvalidInput.into()),
        };
        providers.push(format!("Provider[@Name={quote}{name}{quote}]"));
    }
    let mut conditions = vec![format!("({})", providers.join(" or "))];
    let since = query.since.map(|since| format!("@SystemTime>='{since:.3}'"));
    let until = query.until.map(|until| format!("@SystemTime<'{until:.3}'"));
    let times: Vec<String> = since.into_iter().chain(until).collect();
    if !times.is_empty() {
        conditions.push(format!("TimeCreated[{}]", times.join(" and ")));
    }
    Ok(format!("*[System[{}]]", conditions.join(" and ")))
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

    /// The room is used again for the next one.
    fn xml(&self, text: &mut Vec<u16>) -> io::Result<String> {
        loop {
            let (mut used, mut properties) = (0, 0);
            let bytes = u32::try_from(size_of_val(text.as_slice())).map_err(io::Error::other)?;
            let (room, flags) = (text.as_mut_ptr().cast(), EvtRenderEventXml);
            // SAFETY: the record is open, and the room is as large as is said, in bytes.
            let done =
                unsafe { EvtRender(0, self.0, flags, bytes, room, &raw mut used, &raw mut properties) };
            if done != 0 {
                return Ok(wide::string(text));
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
    fn sources_and_times_are_asked_for_together() {
        let query = |providers, since: &str, until: &str| {
            let (since, until) = (since.parse().ok(), until.parse().ok());
            expression(&LogQuery { providers, since, until })
        };
        assert_eq!(query(&["A"], "", "").unwrap(), "*[System[(Provider[@Name='A'])]]");
        assert_eq!(
            query(&["A", "b'c"], "2026-11-22T09:00:00Z", "2026-11-23T09:00:00.12Z").unwrap(),
            "*[System[(Provider[@Name='A'] or Provider[@Name=\"b'c\"]) and \
             TimeCreated[@SystemTime>='2026-11-22T09:00:00.000Z' and @SystemTime<'2026-11-23T09:00:00.120Z']]]"
        );
        assert!(query(&["a'b\"c"], "", "").is_err());
    }
}
