//! Machine roots: folders that stand for a PC, with files as Mobile SMARTS leaves them.
//!
//! The envelope of `AppDescription.xml`, the byte order marks and the single line of `settings.xml` are as
//! in real files; `registry.reg` is as regedit exports it. Broken things are made from good ones with
//! [`BaseSpec::files`] and [`MachineRoot::write`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smarts_core::machine::{registry_file, updater};
use smarts_core::os::COMPUTER_NAME_KEY;
use tempfile::TempDir;

/// A password that must never come out of the program again.
pub const PASSWORD: &str = "n0t-for-anybodys-eyes";

/// What a PC with a platform is called.
pub const COMPUTER: &str = "KASSA-1";

/// A machine root in a temporary folder, deleted when dropped.
pub struct MachineRoot {
    dir: TempDir,
    entries: Vec<String>,
}

/// A base to be made.
#[derive(Clone, Debug)]
pub struct BaseSpec {
    /// Its id in the list.
    pub id: String,
    /// Its name in the list.
    pub name: String,
    /// As Windows writes it; by default a folder with the base's id among the platform's.
    pub folder: String,
    /// `appName`.
    pub product: Option<String>,
    /// `appId`, also in the list.
    pub product_id: Option<String>,
    /// `appVersion`.
    pub version: Option<String>,
    /// `minPlatformVersion`.
    pub min_platform: Option<String>,
    /// `clientVersion`.
    pub client_version: Option<String>,
    /// Further attributes of `AppDescription`.
    pub attributes: Vec<(String, String)>,
    /// `settings.xml`.
    pub settings: Settings,
    /// `OneCconfigId`.
    pub tag: Option<String>,
    /// Names of devices, and when each was last seen.
    pub devices: Vec<(String, SystemTime)>,
    /// Further files, by their path in the base's folder; they replace those made from the rest.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What `settings.xml` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settings {
    /// Server, on this PC.
    Server,
    /// Server, on another PC.
    Remote,
    /// Exchange with a device over a cable.
    Device,
    /// Exchange through a folder.
    Folder,
    /// There is no such file.
    Missing,
}

impl BaseSpec {
    /// A local base of «Склад 15, Расширенный» 1.6.2.6493.
    pub fn new(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            folder: format!(r"C:\ProgramData\Cleverence\Databases\{id}"),
            product: Some("Склад 15, Расширенный".to_owned()),
            product_id: Some("9B3E6ADA-9AD3-4928-8F96-10455B03EC94".to_owned()),
            version: Some("1.6.2.6493".to_owned()),
            min_platform: Some("3.3.46.29552".to_owned()),
            client_version: Some("3.3.0.28766".to_owned()),
            attributes: Vec::new(),
            settings: Settings::Server,
            tag: None,
            devices: Vec::new(),
            files: Vec::new(),
        }
    }
}

impl MachineRoot {
    /// A PC with a drive C and nothing on it.
    pub fn new() -> io::Result<Self> {
        let dir = tempfile::tempdir()?;
        fs::create_dir(dir.path().join("C"))?;
        Ok(Self { dir, entries: Vec::new() })
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Installs a platform on a PC called [`COMPUTER`].
    pub fn platform(self, version: &str) -> io::Result<Self> {
        let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS";
        let install_dir = r"C:\\Program Files (x86)\\Cleverence Soft\\Mobile SMARTS";
        let text = format!(
            "\u{FEFF}Windows Registry Editor Version 5.00\r\n\r\n[{key}]\r\n\
             \"InstallDir\"=\"{install_dir}\"\r\n\"Version\"=\"{version}\"\r\n\r\n\
             [{COMPUTER_NAME_KEY}]\r\n\"ComputerName\"=\"{COMPUTER}\"\r\n"
        );
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(self.path().join("registry.reg"), bytes)?;
        Ok(self)
    }

    /// Installs this program, after the platform.
    pub fn updater(self, version: &str) -> io::Result<Self> {
        let install_dir = r"C:\Program Files\Cleverence Soft\Mobile SMARTS\AppsManager";
        let path = self.path().join(registry_file::FILE);
        for (name, value) in [("Version", version), ("InstallDir", install_dir)] {
            registry_file::set_value(&path, updater::KEY, name, value).map_err(io::Error::other)?;
        }
        Ok(self)
    }

    /// Adds a base.
    pub fn base(self, spec: &BaseSpec) -> io::Result<Self> {
        self.bases(std::slice::from_ref(spec))
    }

    /// Adds bases, and writes the list once.
    pub fn bases(mut self, specs: &[BaseSpec]) -> io::Result<Self> {
        for spec in specs {
            self.entries.push(list_entry(spec));
            write_base(&self.locate(&spec.folder), spec)?;
        }
        let list = format!(
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<AppInstances>\r\n{}</AppInstances>",
            self.entries.concat()
        );
        self.write(r"C:\ProgramData\Cleverence\Common\apps.xml", list.as_bytes())?;
        Ok(self)
    }

    /// Writes a file at a path as Windows writes it.
    pub fn write(&self, windows_path: &str, bytes: &[u8]) -> io::Result<()> {
        write_file(&self.locate(windows_path), bytes)
    }

    /// Where such a path is; letter case as given.
    pub fn locate(&self, windows_path: &str) -> PathBuf {
        let below = windows_path.replacen(':', "", 1).replace('\\', "/");
        self.path().join(below.trim_start_matches('/'))
    }
}

/// `AppDescription.xml` in its signature envelope.
pub fn app_description(spec: &BaseSpec) -> String {
    let known = [
        ("appId", &spec.product_id),
        ("appName", &spec.product),
        ("appVersion", &spec.version),
        ("minPlatformVersion", &spec.min_platform),
        ("clientVersion", &spec.client_version),
    ];
    let known = known.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let further = spec.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let attributes: String = known.chain(further).flat_map(|(name, value)| attribute(name, value)).collect();
    format!(
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">\n  <SignedInfo>\n    \
         <Reference URI=\"#sign\" />\n  </SignedInfo>\n  <SignatureValue>bm90IGEgc2lnbmF0dXJl</SignatureValue>\n  \
         <Object Id=\"sign\">\n    <AppDescription xmlns:clr=\"http://schemas.cleverence.ru/clr\"{attributes} \
         xmlns=\"\" />\n  </Object>\n</Signature>"
    )
}

fn list_entry(spec: &BaseSpec) -> String {
    let mut attributes = vec![("id", spec.id.as_str()), ("name", &spec.name), ("folder", &spec.folder)];
    attributes.extend(spec.product_id.as_deref().map(|id| ("appId", id)));
    let attributes: String =
        attributes.into_iter().flat_map(|(name, value)| attribute(name, value)).collect();
    format!("  <AppInstance{attributes} />\r\n")
}

fn write_base(dir: &Path, spec: &BaseSpec) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    fs::write(dir.join("AppDescription.xml"), app_description(spec))?;
    if let Some(text) = settings(spec.settings) {
        fs::write(dir.join("settings.xml"), text)?;
    }
    if let Some(tag) = &spec.tag {
        fs::write(dir.join("customsettings.xml"), custom_settings(tag))?;
    }
    for (name, bytes) in &spec.files {
        write_file(&dir.join(name), bytes)?;
    }
    for (device, last_seen) in &spec.devices {
        let device_dir = dir.join("Connections").join(device);
        write_file(&device_dir.join("state.xml"), b"<State />")?;
        for path in [device_dir.join("state.xml"), device_dir] {
            filetime::set_file_mtime(path, (*last_seen).into())?;
        }
    }
    Ok(())
}

fn settings(settings: Settings) -> Option<String> {
    let (mode, is_enabled) = match settings {
        Settings::Server => ("Server", "True"),
        Settings::Remote => ("Server", "False"),
        Settings::Device => ("Device", "False"),
        Settings::Folder => ("Folder", "False"),
        Settings::Missing => return None,
    };
    Some(format!(
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><App.Settings \
         xmlns:clr=\"http://schemas.cleverence.ru/clr\" mSServerAddress=\"https://win10-x64:10502\">\
         <Mode>{mode}</Mode><ServerSettings><DataService enabled=\"{is_enabled}\" port=\"9000\" />\
         <PrintService enabled=\"False\" port=\"9001\" /></ServerSettings></App.Settings>"
    ))
}

fn custom_settings(tag: &str) -> String {
    let node = |name: &str, value: &str| {
        format!(
            "<SettingsValueNode name=\"{name}\"><List count=\"0\" /><Value>{}</Value></SettingsValueNode>",
            escaped(value)
        )
    };
    format!(
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><SettingsValueList count=\"2\">{}{}</SettingsValueList>",
        node("ПарольПользователяОсновнойБД", PASSWORD),
        node("OneCconfigId", tag)
    )
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir)?;
    }
    fs::write(path, bytes)
}

fn attribute(name: &str, value: &str) -> Vec<char> {
    format!(" {name}=\"{}\"", escaped(value)).chars().collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
