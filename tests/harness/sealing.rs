//! A machine root that keeps secrets, as a PC does: turned round, which hides nothing.

use std::path::{Path, PathBuf};

use smarts_core::os::{
    Identity, Installer, InstallerExit, InstallerFault, LocateFault, MachineRoot, Os, RegistryFault,
    SealFault, Signature,
};

/// See the module's words.
pub struct Sealing {
    /// Everything else is asked here.
    pub root: MachineRoot,
}

impl Os for Sealing {
    fn registry_value(&self, key: &str, name: &str) -> Result<Option<String>, RegistryFault> {
        self.root.registry_value(key, name)
    }
    fn locate(&self, path: &str) -> Result<PathBuf, LocateFault> {
        self.root.locate(path)
    }
    fn machine_root(&self) -> Option<&Path> {
        self.root.machine_root()
    }
    fn only_administrators_may_write(&self, path: &Path) -> Option<bool> {
        self.root.only_administrators_may_write(path)
    }
    fn signature(&self, path: &Path) -> Signature {
        self.root.signature(path)
    }
    fn identity(&self) -> Identity {
        self.root.identity()
    }
    fn run_installer(&self, installer: &Installer<'_>) -> Result<InstallerExit, InstallerFault> {
        self.root.run_installer(installer)
    }
    fn seal(&self, secret: &[u8]) -> Result<Vec<u8>, SealFault> {
        Ok(secret.iter().rev().copied().collect())
    }
    fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        self.seal(sealed)
    }
}
