//! Installers at hand in the process with an administrator's rights: what the plan says of them is not believed.

use std::sync::Arc;

use smarts_core::catalogue::{Feed, FileLocation, Release};
use smarts_core::digest::Digest;
use smarts_core::plan::PlanSubject;
use smarts_core::version::Version;
use smarts_tests::installer::{self as made, Program};
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_tests::publisher::Publisher;
use smarts_tests::stand_in::StandIn;
use tempfile::TempDir;

use super::*;
use crate::i18n::Language;
use crate::session::{Options, Origin};

const VENDOR: &str = "Cleverence Soft";

struct Desk {
    pc: MachineRoot,
    dir: TempDir,
}

fn desk() -> Desk {
    let pc = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap();
    let pc = pc.base(&BaseSpec::new("main", "Основной склад")).unwrap();
    Desk { pc, dir: tempfile::tempdir().unwrap() }
}

impl Desk {
    fn administrators(&self, name: &str, bytes: &[u8]) {
        self.pc.write(&format!(r"C:\ProgramData\Cleverence\Updater\{name}"), bytes).unwrap();
    }

    /// A process of an administrator, on a PC where everything is signed by this company.
    fn session(&self, signer: &str) -> Session {
        let mut session = Session::open(Options {
            machine_root: Some(self.pc.path().to_path_buf()),
            source: Some(self.dir.path().display().to_string()),
            language: Some(Language::Ru),
            ..Options::default()
        })
        .unwrap();
        let stand_in = StandIn { signer: Some(signer.to_owned()), ..StandIn::on(self.pc.path()).unwrap() };
        session.os = Arc::new(stand_in);
        session
    }

    /// What becomes of a plan that says this of the file.
    fn prepared(
        &self,
        signer: &str,
        name: &str,
        bytes: &[u8],
        version: &str,
        target: KeptTarget,
    ) -> Result<Job, Refusal> {
        let path = self.dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        let package = KeptPackage { release: release(version), path, ..kept(bytes) };
        self.carried_out(signer, package, target, None)
    }

    fn carried_out(
        &self,
        signer: &str,
        package: KeptPackage,
        target: KeptTarget,
        former: Option<Box<KeptPackage>>,
    ) -> Result<Job, Refusal> {
        let (package, arguments) = (Box::new(package), Vec::new());
        let subject = KeptSubject::Installer { package, arguments, target, former };
        let kept = Kept {
            subject,
            accept_unproved: true,
            accept_expired: false,
            agreed_to_go: Vec::new(),
            origin: Origin::Folder,
            goes_on: None,
        };
        let plan = self.dir.path().join("plan.json");
        let sha256 = kept.write(&plan).unwrap();
        let session = self.session(signer);
        let request = Request {
            plan,
            sha256,
            exchange: self.dir.path().to_path_buf(),
            run: String::new(),
            devices_that_stop: 0,
        };
        prepare(&session, &session.machine(), &request)
    }

    /// What becomes of the installer of the installed platform that a plan for a newer one brings along.
    fn former(&self, former: KeptPackage) -> Former {
        self.administrators("settings.toml", format!("publisher = \"{VENDOR}\"").as_bytes());
        let path = self.dir.path().join("MobileSMARTS.msi");
        let bytes = made::platform("3.4.46.40367").unwrap();
        fs::write(&path, &bytes).unwrap();
        let package = KeptPackage { release: release("3.4.46.40367"), path, ..kept(&bytes) };
        let job = self.carried_out(VENDOR, package, KeptTarget::Platform, Some(Box::new(former))).unwrap();
        let PlanSubject::Installer(plan) = job.plan.subject else { unreachable!() };
        plan.former
    }

    fn platform(&self, signer: &str, version: &str) -> Result<Job, Refusal> {
        let bytes = made::platform("3.4.46.40367").unwrap();
        self.prepared(signer, "MobileSMARTS.msi", &bytes, version, KeptTarget::Platform)
    }
}

fn kept(bytes: &[u8]) -> KeptPackage {
    KeptPackage {
        release: release("1.0"),
        path: PathBuf::new(),
        size: bytes.len() as u64,
        sha256: Digest::of(bytes),
        proof: Proof::Publisher,
    }
}

fn release(version: &str) -> Release {
    Release {
        feed: Feed::named("Platform4").unwrap(),
        version: version.parse::<Version>().unwrap(),
        date: None,
        notes: String::new(),
        file: None,
        tags: vec![],
        forced: false,
        distribution: 100,
        show_for_all: true,
        min_platform: None,
        from_versions: vec![],
        client_version: None,
    }
}

#[test]
fn an_installer_at_hand_needs_the_signature_that_the_settings_name() {
    let desk = desk();
    let refused = desk.platform(VENDOR, "3.4.46.40367");
    assert!(matches!(refused, Err(Refusal::File(verify::Error::OtherSigner { .. }))), "{refused:?}");
    desk.administrators("settings.toml", format!("publisher = \"{VENDOR}\"").as_bytes());
    assert!(desk.platform(VENDOR, "3.4.46.40367").is_ok());
    let refused = desk.platform("Somebody", "3.4.46.40367");
    assert!(matches!(refused, Err(Refusal::File(verify::Error::OtherSigner { .. }))), "{refused:?}");
}

#[test]
fn also_where_a_root_is_trusted_that_signature_is_enough_and_needed() {
    let desk = desk();
    desk.administrators("root.json", &Publisher::new().root_json());
    let refused = desk.platform(VENDOR, "3.4.46.40367");
    assert!(matches!(refused, Err(Refusal::File(_))), "{refused:?}");
    desk.administrators("settings.toml", format!("publisher = \"{VENDOR}\"").as_bytes());
    let agreed = desk.platform(VENDOR, "3.4.46.40367");
    assert!(agreed.is_ok(), "{agreed:?}");
}

#[test]
fn an_installer_is_used_for_what_it_says_itself_and_never_to_go_back() {
    let desk = desk();
    desk.administrators("settings.toml", format!("publisher = \"{VENDOR}\"").as_bytes());
    let other = |result: Result<Job, Refusal>| {
        assert!(matches!(result, Err(Refusal::OtherInstaller)), "{result:?}");
    };
    other(desk.platform(VENDOR, "3.5.46.50000"));
    let old = made::platform("3.2.46.19682").unwrap();
    other(desk.prepared(VENDOR, "old.msi", &old, "3.2.46.19682", KeptTarget::Platform));
    let bytes = made::platform("3.4.46.40367").unwrap();
    other(desk.prepared(VENDOR, "a.msi", &bytes, "3.4.46.40367", KeptTarget::Updater));
    let foreign = Program::new().string("ProductName", "Notepad").fixed([9, 0, 0, 0]).build();
    other(desk.prepared(VENDOR, "a.exe", &foreign, "9.0.0.0", KeptTarget::Platform));
    let page = desk.prepared(VENDOR, "a.msi", b"<html>", "3.4.46.40367", KeptTarget::Platform);
    assert!(matches!(page, Err(Refusal::Installer(_))), "{page:?}");
}

#[test]
fn an_installer_for_going_back_is_examined_again_and_the_update_goes_on_without_one_that_is_not_used() {
    let desk = desk();
    let bytes = b"the installed platform's".as_slice();
    let path = desk.dir.path().join("former.msi");
    let file = ReleaseFile {
        name: "former.msi".to_owned(),
        location: FileLocation::InSource("downloads/former.msi".to_owned()),
        size: None,
        sha256: None,
        sha512: None,
        publisher: None,
    };
    let of = |version: &str, file: Option<&ReleaseFile>| {
        let release = Release { file: file.cloned(), ..release(version) };
        KeptPackage { release, path: path.clone(), ..kept(bytes) }
    };
    fs::write(&path, bytes).unwrap();
    let former = desk.former(of("3.3.46.29552", Some(&file)));
    assert!(
        matches!(&former, Former::Fetched(one) if one.verified.proof() == Proof::Publisher),
        "{former:?}"
    );
    let older = desk.former(of("3.3.46.26738", Some(&file)));
    assert!(matches!(older, Former::NotSought), "it is not what is installed: {older:?}");
    let at_hand = desk.former(of("3.3.46.29552", None));
    assert!(matches!(at_hand, Former::NotSought), "it is of no source: {at_hand:?}");
    fs::write(&path, b"something else altogether").unwrap();
    let changed = desk.former(of("3.3.46.29552", Some(&file)));
    assert!(matches!(changed, Former::NotHad(NotHad::NotProved)), "{changed:?}");
}
