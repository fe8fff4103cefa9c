//! The Internet settings of the person: the proxy that Windows and its browsers use.
//!
//! Where a policy sets them for the whole PC (`ProxySettingsPerUser` = 0), they lie with the PC (Microsoft,
//! "Make proxy settings per-machine rather than per-user"). Deliberately not here: the settings of services
//! (`netsh winhttp`), which the task, run as the person, does not use.

use super::registry;
use crate::http::proxy::SystemProxy;

const POLICY: &str =
    r"HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings";
const OF_THE_PC: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings";
const OF_THE_PERSON: &str = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings";

/// `None` where neither a server nor a script is set, so that the environment has its say.
pub(super) fn of_this_person() -> Option<SystemProxy> {
    let number = |key, name| registry::number(key, name).ok().flatten();
    let key = if number(POLICY, "ProxySettingsPerUser") == Some(0) { OF_THE_PC } else { OF_THE_PERSON };
    let text = |name| registry::value(key, name).ok().flatten().filter(|text| !text.trim().is_empty());
    let is_on = number(key, "ProxyEnable").is_some_and(|on| on != 0);
    let server = text("ProxyServer").filter(|_| is_on);
    let script = text("AutoConfigURL");
    let exceptions = text("ProxyOverride").unwrap_or_default();
    (server.is_some() || script.is_some()).then_some(SystemProxy { server, exceptions, script })
}
