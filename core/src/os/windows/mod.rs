//! A real Windows PC.
//!
//! The only place of the project with `unsafe` in it: one file per part of the system, and nothing but calls
//! of the system in them. What can be decided without Windows is decided beside this folder, where it is
//! tested on any system.

mod busy;
pub(super) mod desktop;
mod elevation;
mod event_log;
mod folders;
mod identity;
mod installer;
mod memory;
mod protect;
mod proxy;
mod reboot;
mod registry;
mod restart_manager;
mod rights;
mod seal;
mod services;
mod signature;
mod tasks;
pub(super) mod volume;
mod wide;

use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::folders::Folders;
use super::{
    ElevationFault, Event, EventLogFault, Holder, Identity, Installer, InstallerExit, InstallerFault,
    LocateFault, LogQuery, Os, Protected, RegistryFault, SealFault, Service, ServiceFault, SetValueFault,
    Signature, TaskFault,
};
use crate::history::event::Record;
use crate::http::proxy::SystemProxy;

/// The PC this program runs on.
#[derive(Clone, Debug)]
pub struct Windows {
    folders: Folders,
}

impl Windows {
    /// Asks where the PC keeps its folders.
    pub(super) fn of_this_pc() -> Self {
        Self { folders: Folders::of_this_pc() }
    }
}

impl Os for Windows {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        registry::value(key, name)
    }

    fn registry_values(&self, key: &str) -> Result<Vec<(String, String)>, RegistryFault> {
        registry::values(key)
    }

    fn set_user_value(&self, key: &str, name: &str, text: &str) -> Result<(), SetValueFault> {
        registry::set_user_value(key, name, text)
    }

    fn is_full_screen(&self) -> Option<bool> {
        desktop::is_full_screen()
    }

    fn locate(&self, windows_path: &str) -> Result<PathBuf, LocateFault> {
        self.folders.locate(windows_path)
    }

    fn machine_root(&self) -> Option<&Path> {
        None
    }

    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        rights::only_administrators_may_write(path)
    }

    fn signature(&self, path: &Path) -> Signature {
        signature::signature(path)
    }

    fn identity(&self) -> Identity {
        identity::identity()
    }

    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        installer::run(installer)
    }

    fn is_elevated(&self) -> bool {
        elevation::is_elevated()
    }

    fn is_administrator(&self) -> Option<bool> {
        elevation::is_administrator()
    }

    fn run_elevated(
        &self,
        program: &Path,
        arguments: &[OsString],
        meanwhile: &mut dyn FnMut(),
    ) -> Result<InstallerExit, ElevationFault> {
        elevation::run_elevated(program, arguments, meanwhile)
    }

    fn protect(&self, file: &Path) -> io::Result<Protected> {
        protect::protect(&self.folders, file)
    }

    fn make_administrators_dir(&self, dir: &Path) -> io::Result<()> {
        protect::make_administrators_dir(&self.folders, dir)
    }

    fn only_administrators_may_change(&self, path: &Path) -> Option<bool> {
        rights::only_administrators_may_change(path)
    }

    fn let_administrators_write(&self, file: &Path) -> io::Result<()> {
        rights::give_file(file, rights::READABLE_FILE)
    }

    fn let_everybody_write(&self, file: &Path) -> io::Result<()> {
        rights::give_file(file, rights::WRITABLE)
    }

    fn holders(&self, files: &[PathBuf]) -> Option<Vec<Holder>> {
        restart_manager::holders(files)
    }

    fn reboot_pending(&self) -> Option<bool> {
        reboot::is_pending()
    }

    fn uptime(&self) -> Option<Duration> {
        Some(reboot::uptime())
    }

    fn installer_running(&self) -> Option<bool> {
        busy::is_installer_running()
    }

    fn port_answers(&self, port: u16) -> Option<bool> {
        Some(super::answers_on_loopback(port))
    }

    fn services(&self) -> Result<Vec<Service>, ServiceFault> {
        services::list()
    }

    fn services_holding(&self, file: &Path) -> Option<Vec<String>> {
        restart_manager::services(file)
    }

    fn stop_service(&self, name: &str, longest: Duration) -> Result<(), ServiceFault> {
        services::stop(name, longest)
    }

    fn start_service(&self, name: &str, longest: Duration) -> Result<(), ServiceFault> {
        services::start(name, longest)
    }

    fn write_event(&self, event: &Event) -> Result<(), EventLogFault> {
        event_log::write(event)
    }

    fn application_log(
        &self,
        query: &LogQuery<'_>,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<u64, EventLogFault> {
        event_log::read(query, each)
    }

    fn account_name(&self, sid: &str) -> Option<String> {
        identity::account(sid).ok()
    }

    fn system_proxy(&self) -> Option<SystemProxy> {
        proxy::of_this_person()
    }

    fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, SealFault> {
        seal::seal(secret)
    }

    fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        seal::unseal(sealed)
    }

    fn task(&self, name: &str) -> Result<Option<String>, TaskFault> {
        tasks::definition(&self.folders, name)
    }

    fn register_task(&self, name: &str, xml: &str) -> Result<(), TaskFault> {
        tasks::register(&self.folders, name, xml)
    }

    fn remove_task(&self, name: &str) -> Result<(), TaskFault> {
        tasks::remove(&self.folders, name)
    }

    fn run_task(&self, name: &str) -> Result<(), TaskFault> {
        tasks::run(name)
    }
}
