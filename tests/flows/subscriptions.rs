//! Subscriptions from the outside: a list comes in whole or line by line, nothing of it is lost, and what it says
//! decides what may be installed.

mod lists;
mod stops;

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use crate::made::{self, NEW, WAREHOUSE, WAREHOUSE_NAME};
use crate::program::{Prompt, Ran, SMARTS};

/// Came out on 21.07.2025, between the one that is installed and the newest.
const MID: &str = "1.6.2.7001";
const UPDATER: &str = r"C:\ProgramData\Cleverence\Updater";

struct Desk {
    pc: MachineRoot,
    prompt: Prompt,
    lists: TempDir,
    _source: TempDir,
}

impl Desk {
    /// A PC with one base that these devices were connected to on these days.
    fn new(devices: &[(&str, &str)]) -> Self {
        Self::with(&[base("main", "Основной склад", devices)])
    }

    fn with(bases: &[BaseSpec]) -> Self {
        Self::of(bases, &source())
    }

    fn of(bases: &[BaseSpec], source: &Tree) -> Self {
        let pc = made::pc(bases);
        let source = made::folder(source);
        let prompt = Prompt::on(pc.path(), source.path());
        Self { pc, prompt, lists: tempfile::tempdir().unwrap(), _source: source }
    }

    fn run(&self, line: &[&str]) -> Ran {
        self.prompt.run(line)
    }

    /// On another day than today.
    fn on(&self, day: &str, line: &[&str]) -> Ran {
        let (root, source) = (self.pc.path().display().to_string(), &self.prompt.source);
        let common = ["--machine-root", &root, "--source", source, "--today", day, "--lang", "ru"];
        self.prompt.home.run(SMARTS, &[line, &common].concat(), "")
    }

    fn done(&self, line: &[&str]) -> String {
        let ran = self.run(line);
        assert_eq!(ran.status, 0, "{line:?}: {ran:?}");
        ran.out
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.lists.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn import(&self, bytes: impl AsRef<[u8]>) -> Ran {
        self.run(&["subscription", "import", &self.file("list.csv", bytes)])
    }

    fn set(&self, device: &str, until: &str) {
        self.done(&["subscription", "set", device, "--until", until]);
    }

    fn listed(&self) -> Value {
        serde_json::from_str(&self.done(&["subscription", "list", "--json"])).unwrap()
    }

    /// Device, product and last day of what is kept.
    fn kept(&self) -> Vec<(String, String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let listed = self.listed();
        let devices = listed["devices"].as_array().unwrap().iter().filter(|one| !one["until"].is_null());
        let mut kept: Vec<_> =
            devices.map(|one| (text(&one["id"]), text(&one["product"]), text(&one["until"]))).collect();
        kept.sort();
        kept
    }

    fn entry(&self, device: &str) -> Value {
        let listed = self.listed();
        let mut devices = listed["devices"].as_array().unwrap().iter();
        devices.find(|one| one["id"] == device).unwrap().clone()
    }

    fn own(&self, name: &str) -> PathBuf {
        self.pc.locate(&format!(r"{UPDATER}\{name}"))
    }

    fn settings(&self, text: &str) {
        self.pc.write(&format!(r"{UPDATER}\settings.toml"), text.as_bytes()).unwrap();
    }

    /// State, covered version, and the devices of the first block.
    fn checked(&self, id: &str) -> (String, Option<String>, Vec<String>) {
        Self::item(id, &self.run(&["check", "--json"]))
    }

    /// The same on another day than today.
    fn checked_on(&self, day: &str, id: &str) -> (String, Option<String>, Vec<String>) {
        Self::item(id, &self.on(day, &["check", "--json"]))
    }

    fn item(id: &str, ran: &Ran) -> (String, Option<String>, Vec<String>) {
        let checked: Value = serde_json::from_str(&ran.out).unwrap();
        let item = checked["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone();
        let devices = item["blocks"][0]["devices"].as_array().into_iter().flatten();
        let devices = devices.map(|device| device.as_str().unwrap().to_owned()).collect();
        (item["state"].as_str().unwrap().to_owned(), item["covered"].as_str().map(str::to_owned), devices)
    }
}

fn base(id: &str, name: &str, devices: &[(&str, &str)]) -> BaseSpec {
    let seen = |day: &str| -> SystemTime {
        let day: Date = day.parse().unwrap();
        day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp().into()
    };
    let devices = devices.iter().map(|(device, day)| ((*device).to_owned(), seen(day))).collect();
    BaseSpec { devices, ..made::warehouse(id, name) }
}

/// Two releases of the product, and one of the platform.
fn source() -> Tree {
    let mid = TreeRelease::new(MID)
        .with("date", "21.07.2025")
        .download("WH15-mid.mstmpl", made::template(MID).build().unwrap())
        .stated();
    let platform = TreeRelease::new("3.4.46.40367")
        .with("date", "11.02.2025")
        .download("MobileSMARTS.msi", "not started in a machine root")
        .stated();
    made::source_of(&made::template(NEW)).release(WAREHOUSE, mid).release("Platform4", platform)
}

fn row(device: &str, product: &str, until: &str) -> (String, String, String) {
    (device.to_owned(), product.to_owned(), until.to_owned())
}

/// As a Russian Excel writes it.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - 0x0410 + 0xC0).unwrap(),
        '№' => 0xB9,
        _ => u8::try_from(c).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
