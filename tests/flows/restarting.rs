//! A plan whose platform asks for a restart of the PC, gone on with in the window.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use smarts_core::catalogue::Release;
use smarts_core::digest::Digest;
use smarts_core::machine::registry_file;
use smarts_core::os::{Installer, InstallerExit, Os as _};
use smarts_core::paths::Paths;
use smarts_core::plan::kept::{Kept, KeptBase, KeptPackage, KeptSubject, KeptTarget};
use smarts_core::plan::waiting::{Part, Target, Waiting};
use smarts_core::source::Origin;
use smarts_core::verify::Proof;
use smarts_tests::installer;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::stand_in::StandIn;
use smarts_tests::tree::Tree;

use crate::desk;
use crate::made::{self, NEW, OLD, WAREHOUSE};

const PLATFORM_NEW: &str = "3.4.46.40367";
const PLANS: &str = r"C:\ProgramData\Cleverence\Updater\plans";

fn waiting(pc: &MachineRoot) -> usize {
    fs::read_dir(pc.locate(PLANS)).map_or(0, |entries| entries.filter_map(Result::ok).count())
}

/// A plan for the platform and a base that somebody has agreed to, as it lies on the disk.
fn keep_platform_and_base(os: &StandIn, dir: &Path) {
    let package = |name: &str, version: &str, bytes: Vec<u8>, proof| {
        let path = dir.join(name);
        fs::write(&path, &bytes).unwrap();
        let release = Release { version: version.parse().unwrap(), ..made::agreed_release() };
        KeptPackage { release, path, size: bytes.len() as u64, sha256: Digest::of(&bytes), proof }
    };
    let part = |id: &str, subject| Part {
        kept: Kept {
            subject,
            accept_unproved: false,
            accept_expired: false,
            agreed_to_go: Vec::new(),
            origin: Origin::Folder,
            goes_on: None,
        },
        targets: vec![Target::new(id, String::new())],
    };
    let platform = installer::platform(PLATFORM_NEW).unwrap();
    let platform = KeptSubject::Installer {
        package: Box::new(package("MobileSMARTS.msi", PLATFORM_NEW, platform, Proof::Publisher)),
        arguments: Vec::new(),
        target: KeptTarget::Platform,
        former: None,
    };
    let folder = BaseSpec::new("main", "").folder;
    let base = KeptBase { id: "main".to_owned(), folder, version: Some(OLD.parse().unwrap()) };
    let template = made::template(NEW).build().unwrap();
    let template = KeptSubject::Template {
        packages: vec![package("WH15.mstmpl", NEW, template, Proof::Hash)],
        bases: vec![base],
    };
    let paths = Paths::below(os, dir);
    let parts = vec![part("platform", platform), part("main", template)];
    Waiting::keep(os, &paths, "2026-11-20T10:00:00Z".parse().unwrap(), os.identity(), parts).unwrap();
}

#[test]
fn in_the_window_too_the_bases_of_a_plan_wait_for_the_restart_that_the_platforms_installer_asks_for() {
    let pc = made::pc(&[made::warehouse("main", "Основной склад")]);
    pc.write(r"C:\ProgramData\Cleverence\Updater\settings.toml", b"publisher = \"Cleverence Soft\"\n")
        .unwrap();
    let root = pc.path().to_path_buf();
    let install = move |_: &Installer<'_>| {
        let key = r"HKEY_LOCAL_MACHINE\SOFTWARE\Cleverence Soft\Mobile SMARTS";
        registry_file::set_value(&root.join("registry.reg"), key, "Version", PLATFORM_NEW).unwrap();
        Ok(InstallerExit { code: Some(3010) })
    };
    let os = StandIn {
        signer: Some("Cleverence Soft".to_owned()),
        install: Some(Box::new(install)),
        ..StandIn::on(pc.path()).unwrap()
    };
    let files = tempfile::tempdir().unwrap();
    keep_platform_and_base(&os, files.path());
    let runs_for = |text: &str| fs::write(pc.path().join("uptime"), text).unwrap();
    runs_for("7200.00 0.00");
    let source = made::folder(&Tree::new().entry("Platform4", "").entry(WAREHOUSE, ""));
    let mut desk = desk::on_pc(Arc::new(os), &source.path().display().to_string());
    desk.press("Продолжить: осталась 1 база…");
    desk.until_seen("3.3.46.29552 → 3.4.46.40367");
    desk.press("Открыть установку");
    desk.until_seen("Сначала перезагрузите компьютер");
    assert!(!desk.sees("Продолжить: осталась 1 база…"));
    assert_eq!(
        (made::version(pc.path(), &BaseSpec::new("main", "").folder).as_str(), waiting(&pc)),
        (OLD, 1)
    );

    runs_for("40.00 0.00");
    desk.check_again();
    desk.press("Продолжить: осталась 1 база…");
    desk.until_seen("1.6.2.6493 → 1.6.3.7283");
    desk.press("Скопировать и обновить");
    desk.until("nothing waits", |_| waiting(&pc) == 0);
    assert_eq!(made::version(pc.path(), &BaseSpec::new("main", "").folder), NEW);
}
