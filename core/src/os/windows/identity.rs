//! Names: of the person, of the PC, of an account that a record names by number.
#![expect(unsafe_code, reason = "names are written to an address")]

use std::io;

use windows_sys::Win32::Security::Authentication::Identity::{GetUserNameExW, NameSamCompatible};
use windows_sys::Win32::Security::LookupAccountSidW;
use windows_sys::Win32::System::SystemInformation::{ComputerNamePhysicalDnsHostname, GetComputerNameExW};

use super::{memory, wide};
use crate::os::{Identity, linux};

/// Longer than any name of an account, a domain or a PC (Microsoft: 256, 255 and 63 characters).
const ROOM: u32 = 1024;

/// The account as `DOMAIN\name`, and the PC; from the environment what the system does not say.
pub(super) fn identity() -> Identity {
    let from_environment = linux::host_identity();
    Identity {
        user: user().unwrap_or(from_environment.user),
        computer: computer().unwrap_or(from_environment.computer),
    }
}

/// `DOMAIN\name` of the account with this number.
pub(super) fn account(sid: &str) -> io::Result<String> {
    let sid = memory::sid(sid)?;
    let (mut name, mut domain) = (vec![0; ROOM as usize], vec![0; ROOM as usize]);
    let (mut name_room, mut domain_room, mut kind) = (ROOM, ROOM, 0);
    // SAFETY: the SID is valid, and the two texts have the room that is said.
    let done = unsafe {
        LookupAccountSidW(
            std::ptr::null(),
            sid.address(),
            name.as_mut_ptr(),
            &raw mut name_room,
            domain.as_mut_ptr(),
            &raw mut domain_room,
            &raw mut kind,
        )
    };
    if done == 0 {
        return Err(io::Error::last_os_error());
    }
    let (name, domain) = (wide::string(&name), wide::string(&domain));
    Ok(if domain.is_empty() { name } else { format!(r"{domain}\{name}") })
}

fn user() -> Option<String> {
    let (mut name, mut room) = (vec![0; ROOM as usize], ROOM);
    // SAFETY: the text has the room that is said.
    let done = unsafe { GetUserNameExW(NameSamCompatible, name.as_mut_ptr(), &raw mut room) };
    Some(wide::string(&name)).filter(|name| done && !name.is_empty())
}

fn computer() -> Option<String> {
    let (mut name, mut room) = (vec![0; ROOM as usize], ROOM);
    // SAFETY: the text has the room that is said.
    let done =
        unsafe { GetComputerNameExW(ComputerNamePhysicalDnsHostname, name.as_mut_ptr(), &raw mut room) };
    Some(wide::string(&name)).filter(|name| done != 0 && !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_and_the_pc_have_names_and_an_odd_number_has_none() {
        let identity = identity();
        assert!(!identity.user.is_empty() && !identity.computer.is_empty());
        assert!(account("S-1-5-18").unwrap().contains('\\'));
        assert!(account("not a number").is_err());
    }
}
