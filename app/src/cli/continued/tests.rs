//! Plans whose installer asks for a restart, on a PC that stands for one.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use smarts_core::machine::{Device, registry_file};
use smarts_core::offer::Warning;
use smarts_core::os::InstallerExit;
use smarts_core::paths::Paths;
use smarts_tests::installer;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::publisher::Publisher;
use smarts_tests::stand_in::StandIn;
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::super::interrupt::Interrupt;
use super::super::{args, update};
use super::*;
use crate::i18n::Language;
use crate::session::{Options, Origin, Session};

const VENDOR: &str = "Cleverence Soft";
const PLATFORM: &str = "3.4.46.40367";
const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const OLD: &str = "1.6.2.6493";
const NEW: &str = "1.6.3.7283";

struct Desk {
    pc: MachineRoot,
    source: TempDir,
    session: Session,
    tree: Tree,
}

fn release(version: &str) -> TreeRelease {
    TreeRelease::new(version).with("date", "11.02.2025")
}

/// A PC with the platform and a base, newer ones of both in its source, and what the platform's package does.
fn desk(install: fn(&Path) -> InstallerExit) -> Desk {
    let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    let pc = pc.base(&BaseSpec::new("main", "Основной склад")).unwrap();
    let source = tempfile::tempdir().unwrap();
    let package = installer::platform(PLATFORM).unwrap();
    let template = TemplateBuilder::of_product(PRODUCT, "Склад 15, Расширенный", NEW);
    let platform = release(PLATFORM).with("publisher", VENDOR).download("MobileSMARTS.msi", package);
    let product = release(NEW).download("WH15.mstmpl", template.build().unwrap());
    let tree = Tree::new().release("Platform4", platform.stated()).release(PRODUCT, product.stated());
    tree.write_to(source.path()).unwrap();
    let mut session = Session::open(Options {
        machine_root: Some(pc.path().to_path_buf()),
        source: Some(source.path().display().to_string()),
        language: Some(Language::Ru),
        ..Options::default()
    })
    .unwrap();
    let root = pc.path().to_path_buf();
    session.os = Arc::new(StandIn {
        signer: Some(VENDOR.to_owned()),
        install: Some(Box::new(move |_| Ok(install(&root)))),
        ..StandIn::on(pc.path()).unwrap()
    });
    session.paths = Paths::below(&*session.os, source.path());
    Desk { pc, source, session, tree }
}

impl Desk {
    /// `smarts update` with these; what it said.
    fn update(&self, ids: &[&str], go_on: bool) -> (Result<Status, Failure>, String) {
        let (session, texts) = (&self.session, &Texts::new(Language::Ru).unwrap());
        let interrupt = &Interrupt::listen(session);
        let change = Change { session, texts, interrupt, yes: true, diff: false };
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        let options =
            args::Update { ids, version: None, go_on, abandon: false, plan: None, diff: false, yes: true };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut streams = Streams {
            out: &mut out,
            err: &mut err,
            input: &mut io::empty(),
            is_terminal: false,
            secret: None,
        };
        let ended = update::run(change, &options, &mut streams);
        (ended, String::from_utf8([out, err].concat()).unwrap())
    }

    fn base(&self) -> String {
        self.session.machine().base("main").unwrap().version.unwrap().to_string()
    }

    fn runs_for(&self, seconds: u32) {
        fs::write(self.pc.path().join("uptime"), format!("{seconds}.00 0.00\n")).unwrap();
    }
}

fn write_version(root: &Path) {
    let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS";
    registry_file::set_value(&root.join("registry.reg"), key, "Version", PLATFORM).unwrap();
}

#[test]
fn bases_wait_for_the_restart_that_the_platforms_package_asks_for_though_its_version_is_there() {
    let desk = desk(|root| {
        write_version(root);
        InstallerExit { code: Some(3010) }
    });
    desk.runs_for(7200);
    let (ended, told) = desk.update(&["platform", "main"], false);
    assert_eq!(ended.unwrap(), Status::Done, "{told}");
    assert!(told.contains("Остальное ждёт перезагрузки"), "{told}");
    assert_eq!(desk.session.machine().platform.unwrap().version.to_string(), PLATFORM);
    assert_eq!(desk.base(), OLD);
    desk.runs_for(7300);
    let refused = desk.update(&[], true).0.unwrap_err();
    assert_eq!(refused.status, Status::Refused);
    assert!(refused.lines[0].contains("Сначала перезагрузите"), "{refused:?}");
    assert_eq!(desk.base(), OLD);

    desk.runs_for(40);
    let (ended, told) = desk.update(&[], true);
    assert_eq!(ended.unwrap(), Status::Done, "{told}");
    assert_eq!(desk.base(), NEW);
    assert!(desk.session.waiting().unwrap().is_none());
}

#[test]
fn bases_do_not_wait_where_the_package_asks_for_no_restart() {
    let desk = desk(|root| {
        write_version(root);
        InstallerExit { code: Some(0) }
    });
    desk.runs_for(7200);
    let (ended, told) = desk.update(&["platform", "main"], false);
    assert_eq!(ended.unwrap(), Status::Done, "{told}");
    assert_eq!(desk.base(), NEW);
}

/// A plan for the base alone waits for a restart that has happened.
fn waiting_desk() -> Desk {
    let desk = desk(|root| {
        write_version(root);
        InstallerExit { code: Some(3010) }
    });
    desk.runs_for(7200);
    desk.update(&["platform", "main"], false).0.unwrap();
    desk.runs_for(40);
    desk
}

#[test]
fn where_a_root_is_trusted_since_nothing_unsigned_of_asource_is_gone_on_with() {
    let desk = waiting_desk();
    let mut publisher = Publisher::new();
    let roles =
        [&mut publisher.root, &mut publisher.timestamp, &mut publisher.snapshot, &mut publisher.targets];
    for role in roles {
        "2999-01-01T00:00:00Z".clone_into(&mut role.expires);
    }
    desk.pc.write(r"C:\ProgramData\Cleverence\Updater\root.json", &publisher.root_json()).unwrap();
    let refused = desk.update(&[], true).0.unwrap_err();
    assert!(matches!(refused.status, Status::Refused | Status::Failed), "{refused:?}");
    assert_eq!(desk.base(), OLD);

    // Signed since, the very same file is.
    let metadata = publisher.metadata(&desk.tree);
    for (name, bytes) in metadata {
        let path = desk.source.path().join("metadata").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let (ended, told) = desk.update(&[], true);
    assert_eq!(ended.unwrap(), Status::Done, "{told}");
    assert_eq!(desk.base(), NEW);
}

#[test]
fn what_waits_remembers_where_its_files_came_from_and_what_its_offer_told() {
    let desk = waiting_desk();
    let mut waiting = desk.session.waiting().unwrap().unwrap();
    assert_eq!(waiting.parts[0].kept.origin, Origin::Folder);
    for part in &mut waiting.parts {
        part.kept.origin = Origin::Site;
    }
    let mut machine = desk.session.machine();
    machine.platform.as_mut().unwrap().version = "3.3.46.29552".parse().unwrap();
    let device = Device { id: "ТСД 1".into(), last_seen: None, ..Device::default() };
    machine.bases[0].devices = vec![device];
    let rest = waiting.rest(&machine).unwrap();
    let cancel = CancellationToken::new();
    let resumed = desk.session.examine_again(&machine, rest, &cancel).unwrap();
    let [platform, base] = &resumed[..] else { panic!("{resumed:?}") };
    assert_eq!((platform.origin, base.origin), (Origin::Site, Origin::Site));
    assert_eq!((platform.part, base.part), (0, 1));
    assert!(
        matches!(&platform.warnings[..], [Warning::DevicesStop { devices, .. }] if devices == &["ТСД 1"]),
        "{:?}",
        platform.warnings
    );
}
