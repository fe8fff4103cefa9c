//! Services, as the service control manager has them: listed, stopped and started, with patience and an end to it.
//!
//! A service says that it has stopped a moment before its process has ended and let go of its files, so that is waited
//! for, too, where it has a process of its own. Services that need one which is to stop are not stopped along with it:
//! nobody has been asked about those. The names and numbers are those of Microsoft's "Service functions".
#![expect(unsafe_code, reason = "the service control manager fills lists that are given by address")]

use std::io;
use std::mem;
use std::thread;
use std::time::Duration;

use windows_sys::Win32::Foundation::{
    CloseHandle, ERROR_ACCESS_DENIED, ERROR_DEPENDENT_SERVICES_RUNNING, ERROR_INSUFFICIENT_BUFFER,
    ERROR_MORE_DATA, ERROR_SERVICE_ALREADY_RUNNING, ERROR_SERVICE_CANNOT_ACCEPT_CTRL,
    ERROR_SERVICE_DOES_NOT_EXIST, ERROR_SERVICE_NOT_ACTIVE, GetLastError, HANDLE,
};
use windows_sys::Win32::System::Services::{
    CloseServiceHandle, ControlService, ENUM_SERVICE_STATUS_PROCESSW, ENUM_SERVICE_STATUSW,
    EnumDependentServicesW, EnumServicesStatusExW, OpenSCManagerW, OpenServiceW, QUERY_SERVICE_CONFIGW,
    QueryServiceConfigW, QueryServiceStatusEx, SC_ENUM_PROCESS_INFO, SC_HANDLE, SC_MANAGER_CONNECT,
    SC_MANAGER_ENUMERATE_SERVICE, SC_STATUS_PROCESS_INFO, SERVICE_ACTIVE, SERVICE_CONTROL_STOP,
    SERVICE_ENUMERATE_DEPENDENTS, SERVICE_QUERY_CONFIG, SERVICE_QUERY_STATUS, SERVICE_RUNNING, SERVICE_START,
    SERVICE_STATE_ALL, SERVICE_STATUS, SERVICE_STATUS_PROCESS, SERVICE_STOP, SERVICE_STOPPED, SERVICE_WIN32,
    SERVICE_WIN32_OWN_PROCESS, StartServiceW,
};
use windows_sys::Win32::System::Threading::{OpenProcess, PROCESS_SYNCHRONIZE, WaitForSingleObject};

use super::wide;
use crate::os::{Service, ServiceFault, ServiceState};

const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
/// A process that has said it stopped ends at once, or it hangs.
const PROCESS_LIMIT: Duration = Duration::from_secs(10);
/// A list may grow while it is asked for.
const ATTEMPTS: usize = 5;

/// Closed when dropped.
struct Handle(SC_HANDLE);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle was opened in this module and is closed once.
        unsafe { CloseServiceHandle(self.0) };
    }
}

/// A process that can be waited for; closed when dropped.
struct Process(HANDLE);

impl Drop for Process {
    fn drop(&mut self) {
        // SAFETY: the handle was opened in this module and is closed once.
        unsafe { CloseHandle(self.0) };
    }
}

/// All of them, whether they run or not.
pub(super) fn list() -> Result<Vec<Service>, ServiceFault> {
    let manager = manager(SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE)?;
    let (buffer, count) = filled(|room, size, needed, count| {
        let mut resume = 0;
        // SAFETY: the manager is open, the room is as large as is said, and the rest is there to be written.
        unsafe {
            EnumServicesStatusExW(
                manager.0,
                SC_ENUM_PROCESS_INFO,
                SERVICE_WIN32,
                SERVICE_STATE_ALL,
                room.cast(),
                size,
                needed,
                count,
                &raw mut resume,
                std::ptr::null(),
            )
        }
    })?;
    let entries = buffer.as_ptr().cast::<ENUM_SERVICE_STATUS_PROCESSW>();
    let service = |number| {
        // SAFETY: the system has put so many entries at the beginning, aligned as the buffer is, and their texts, with
        // zeros at their ends, behind them.
        let (entry, name, display_name) = unsafe {
            let entry = &*entries.add(number);
            (entry, wide::at(entry.lpServiceName), wide::at(entry.lpDisplayName))
        };
        let name = name.to_string_lossy().into_owned();
        Service {
            command_line: command_line(&manager, &name).unwrap_or_default(),
            name,
            display_name: display_name.to_string_lossy().into_owned(),
            state: state(entry.ServiceStatusProcess.dwCurrentState),
        }
    };
    Ok((0..count).map(service).collect())
}

/// Stops a service, and waits for it.
pub(super) fn stop(name: &str, longest: Duration) -> Result<(), ServiceFault> {
    let manager = manager(SC_MANAGER_CONNECT)?;
    let service = open(&manager, name, SERVICE_STOP | SERVICE_QUERY_STATUS | SERVICE_ENUMERATE_DEPENDENTS)?;
    let process = process(&status(&service)?);
    let mut waited = Duration::ZERO;
    let mut is_asked = false;
    loop {
        if status(&service)?.dwCurrentState == SERVICE_STOPPED {
            wait_for(process.as_ref());
            return Ok(());
        }
        if !is_asked {
            let mut answer = SERVICE_STATUS::default();
            // SAFETY: the service is open for this, and the answer is there to be written.
            let done = unsafe { ControlService(service.0, SERVICE_CONTROL_STOP, &raw mut answer) };
            match last_error(done) {
                None | Some(ERROR_SERVICE_NOT_ACTIVE) => is_asked = true,
                // It is just starting or stopping.
                Some(ERROR_SERVICE_CANNOT_ACCEPT_CTRL) => {}
                Some(ERROR_DEPENDENT_SERVICES_RUNNING) => {
                    return Err(ServiceFault::Needed { names: dependents(&service)? });
                }
                Some(code) => return Err(fault(code)),
            }
        }
        if waited >= longest {
            return Err(ServiceFault::TimedOut { waited_secs: waited.as_secs() });
        }
        thread::sleep(BETWEEN_LOOKS);
        waited += BETWEEN_LOOKS;
    }
}

/// Starts a service, and waits until it runs.
pub(super) fn start(name: &str, longest: Duration) -> Result<(), ServiceFault> {
    let manager = manager(SC_MANAGER_CONNECT)?;
    let service = open(&manager, name, SERVICE_START | SERVICE_QUERY_STATUS)?;
    let mut waited = Duration::ZERO;
    let mut is_asked = false;
    loop {
        match status(&service)?.dwCurrentState {
            SERVICE_RUNNING => return Ok(()),
            SERVICE_STOPPED if is_asked => return Err(ServiceFault::Ended),
            SERVICE_STOPPED => {
                // SAFETY: the service is open for this, and takes no arguments.
                let done = unsafe { StartServiceW(service.0, 0, std::ptr::null()) };
                match last_error(done) {
                    None | Some(ERROR_SERVICE_ALREADY_RUNNING) => is_asked = true,
                    Some(code) => return Err(fault(code)),
                }
            }
            _ => {}
        }
        if waited >= longest {
            return Err(ServiceFault::TimedOut { waited_secs: waited.as_secs() });
        }
        thread::sleep(BETWEEN_LOOKS);
        waited += BETWEEN_LOOKS;
    }
}

fn manager(access: u32) -> Result<Handle, ServiceFault> {
    // SAFETY: no names are given: this PC, and its only list of services.
    let handle = unsafe { OpenSCManagerW(std::ptr::null(), std::ptr::null(), access) };
    opened(handle)
}

fn open(manager: &Handle, name: &str, access: u32) -> Result<Handle, ServiceFault> {
    let name = wide::text(name).map_err(ServiceFault::Refused)?;
    // SAFETY: the manager is open, and the name ends with a zero.
    let handle = unsafe { OpenServiceW(manager.0, name.as_ptr(), access) };
    opened(handle)
}

fn opened(handle: SC_HANDLE) -> Result<Handle, ServiceFault> {
    if handle.is_null() {
        // SAFETY: asked right after the call that failed.
        return Err(fault(unsafe { GetLastError() }));
    }
    Ok(Handle(handle))
}

fn status(service: &Handle) -> Result<SERVICE_STATUS_PROCESS, ServiceFault> {
    let mut status = SERVICE_STATUS_PROCESS::default();
    let (size, mut needed) = (mem::size_of::<SERVICE_STATUS_PROCESS>() as u32, 0);
    // SAFETY: the service is open for this, and the status is as large as is said.
    let done = unsafe {
        QueryServiceStatusEx(
            service.0,
            SC_STATUS_PROCESS_INFO,
            (&raw mut status).cast(),
            size,
            &raw mut needed,
        )
    };
    last_error(done).map_or(Ok(status), |code| Err(fault(code)))
}

fn command_line(manager: &Handle, name: &str) -> Result<String, ServiceFault> {
    let service = open(manager, name, SERVICE_QUERY_CONFIG)?;
    let (buffer, _) = filled(|room, size, needed, _| {
        // SAFETY: the service is open for this, the room is as large as is said, and the rest is there to be written.
        unsafe { QueryServiceConfigW(service.0, room.cast(), size, needed) }
    })?;
    if buffer.len() * mem::size_of::<u64>() < mem::size_of::<QUERY_SERVICE_CONFIGW>() {
        return Ok(String::new());
    }
    // SAFETY: the system has put it at the beginning, aligned as the buffer is.
    let path = unsafe { (*buffer.as_ptr().cast::<QUERY_SERVICE_CONFIGW>()).lpBinaryPathName };
    if path.is_null() {
        return Ok(String::new());
    }
    // SAFETY: a text in the same buffer, with a zero at its end.
    Ok(unsafe { wide::at(path) }.to_string_lossy().into_owned())
}

/// What people call the services that run and need this one.
fn dependents(service: &Handle) -> Result<Vec<String>, ServiceFault> {
    let (buffer, count) = filled(|room, size, needed, count| {
        // SAFETY: the service is open for this, the room is as large as is said, and the rest is there to be written.
        unsafe { EnumDependentServicesW(service.0, SERVICE_ACTIVE, room.cast(), size, needed, count) }
    })?;
    let entries = buffer.as_ptr().cast::<ENUM_SERVICE_STATUSW>();
    let name = |number| {
        // SAFETY: the system has put so many entries at the beginning, and their texts behind them.
        unsafe { wide::at((*entries.add(number)).lpDisplayName) }.to_string_lossy().into_owned()
    };
    Ok((0..count).map(name).collect())
}

/// What a function fills that says how much room it needs; the room is aligned for pointers. With it how many entries it
/// has told of.
fn filled(
    mut ask: impl FnMut(*mut u64, u32, *mut u32, *mut u32) -> windows_sys::core::BOOL,
) -> Result<(Vec<u64>, usize), ServiceFault> {
    let mut room: Vec<u64> = Vec::new();
    for _ in 0..ATTEMPTS {
        let (mut needed, mut count) = (0, 0);
        let size = u32::try_from(room.len() * mem::size_of::<u64>()).unwrap_or(u32::MAX);
        match last_error(ask(room.as_mut_ptr(), size, &raw mut needed, &raw mut count)) {
            None => return Ok((room, count as usize)),
            Some(ERROR_MORE_DATA | ERROR_INSUFFICIENT_BUFFER) => {
                // What is needed is beyond what was given, for a list; or all of it, for a single answer.
                let bytes = size as usize + needed as usize;
                room = vec![0; bytes.div_ceil(mem::size_of::<u64>())];
            }
            Some(code) => return Err(fault(code)),
        }
    }
    Err(fault(ERROR_MORE_DATA))
}

/// The process of a service that has one of its own, to be waited for later.
fn process(status: &SERVICE_STATUS_PROCESS) -> Option<Process> {
    if status.dwServiceType & SERVICE_WIN32_OWN_PROCESS == 0 || status.dwProcessId == 0 {
        return None;
    }
    // SAFETY: takes numbers only.
    let handle = unsafe { OpenProcess(PROCESS_SYNCHRONIZE, 0, status.dwProcessId) };
    (!handle.is_null()).then_some(Process(handle))
}

/// What it holds is told by whoever needs it, if it does not end.
fn wait_for(process: Option<&Process>) {
    let Some(process) = process else { return };
    // SAFETY: the process was opened for just this.
    unsafe { WaitForSingleObject(process.0, PROCESS_LIMIT.as_millis() as u32) };
}

fn state(state: u32) -> ServiceState {
    match state {
        SERVICE_STOPPED => ServiceState::Stopped,
        SERVICE_RUNNING => ServiceState::Running,
        _ => ServiceState::Between,
    }
}

/// The error of a call that has just failed; `None`: it has not.
fn last_error(done: windows_sys::core::BOOL) -> Option<u32> {
    // SAFETY: asked right after the call.
    (done == 0).then(|| unsafe { GetLastError() })
}

fn fault(code: u32) -> ServiceFault {
    match code {
        ERROR_ACCESS_DENIED => ServiceFault::Rights,
        ERROR_SERVICE_DOES_NOT_EXIST => ServiceFault::Missing,
        code => ServiceFault::Refused(io::Error::from_raw_os_error(code.cast_signed())),
    }
}
