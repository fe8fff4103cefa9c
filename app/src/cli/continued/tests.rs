//! Plans whose installer asks for a restart, on a PC that stands for one.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use smarts_core::machine::registry_file;
use smarts_core::os::InstallerExit;
use smarts_core::paths::Paths;
use smarts_tests::installer;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::stand_in::StandIn;
use smarts_tests::template::TemplateBuilder;
use smarts_tests::tree::{Tree, TreeRelease};
use tempfile::TempDir;

use super::super::interrupt::Interrupt;
use super::super::{args, update};
use super::*;
use crate::i18n::Language;
use crate::session::{Options, Session};

const VENDOR: &str = "Cleverence Soft";
const PLATFORM: &str = "3.4.46.40367";
const PRODUCT: &str = "9B3E6ADA-9AD3-4928-8F96-10455B03EC94";
const OLD: &str = "1.6.2.6493";
const NEW: &str = "1.6.3.7283";

struct Desk {
    pc: MachineRoot,
    _source: TempDir,
    session: Session,
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
        today: None,
        accept_unproved: false,
        trusted_root: None,
        accept_expired: false,
        demo: None,
    })
    .unwrap();
    let root = pc.path().to_path_buf();
    session.os = Arc::new(StandIn {
        signer: Some(VENDOR.to_owned()),
        install: Some(Box::new(move |_| Ok(install(&root)))),
        ..StandIn::on(pc.path()).unwrap()
    });
    session.paths = Paths::below(&*session.os, source.path());
    Desk { pc, _source: source, session }
}

impl Desk {
    /// `smarts update` with these; what it said.
    fn update(&self, ids: &[&str], go_on: bool) -> (Result<Status, Failure>, String) {
        let (session, texts) = (&self.session, &Texts::new(Language::Ru).unwrap());
        let interrupt = &Interrupt::listen(session);
        let change = Change { session, texts, interrupt, yes: true, diff: false };
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        let options = args::Update { ids, version: None, go_on, abandon: false, diff: false, yes: true };
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
