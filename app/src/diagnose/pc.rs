//! Findings about the program and the PC it runs on.

use i18n_embed_fl::fl;
use smarts_core::machine::{Base, Kind};
use smarts_core::os::Signature;

use super::{Line, State, Subject};

const WINDOWS_KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
/// Windows 10 version 1607 and Windows Server 2016: what programs by Rust need.
const OLDEST_BUILD: u32 = 14393;
/// The registry of Windows 11 still calls it Windows 10.
const FIRST_BUILD_OF_11: u32 = 22000;

pub(super) fn program(subject: &Subject<'_>) -> Line {
    let path = std::env::current_exe().map_or_else(|_| String::new(), |path| path.display().to_string());
    let text = fl!(subject.texts.loader, "diagnose-program", version = env!("CARGO_PKG_VERSION"));
    Line::new("program", State::Ok, text, path)
}

/// Whether the program itself is signed: the installer a company gives out should be.
pub(super) fn signature(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let path = std::env::current_exe().unwrap_or_default();
    let (state, text, detail) = match subject.session.os.signature(&path) {
        Signature::Valid { signer, .. } => (State::Ok, fl!(loader, "diagnose-signed"), signer),
        Signature::Invalid { detail } => (State::Attention, fl!(loader, "diagnose-signature-bad"), detail),
        Signature::Unsigned => (State::Attention, fl!(loader, "diagnose-unsigned"), String::new()),
        Signature::NotCheckable => (State::Unknown, fl!(loader, "diagnose-signature-unknown"), String::new()),
    };
    Line::new("signature", state, text, detail)
}

pub(super) fn windows(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let value = |name| subject.session.os.registry_value(WINDOWS_KEY, name).ok().flatten();
    let build = value("CurrentBuildNumber").or_else(|| value("CurrentBuild"));
    let Some(build) = build.and_then(|build| build.trim().parse::<u32>().ok()) else {
        return Line::new("windows", State::Unknown, fl!(loader, "diagnose-no-windows"), "");
    };
    let name = value("ProductName").unwrap_or_else(|| "Windows".to_owned());
    let name = if build >= FIRST_BUILD_OF_11 { name.replace("Windows 10", "Windows 11") } else { name };
    let text = fl!(loader, "diagnose-windows", name = name, build = build.to_string());
    let detail = value("DisplayVersion").or_else(|| value("ReleaseId")).unwrap_or_default();
    if build < OLDEST_BUILD {
        return Line::new("windows", State::Attention, fl!(loader, "diagnose-windows-old"), text);
    }
    Line::new("windows", State::Ok, text, detail)
}

pub(super) fn rights(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let os = &subject.session.os;
    let (state, text) = match (os.is_elevated(), os.is_administrator()) {
        (true, _) => (State::Ok, fl!(loader, "diagnose-elevated")),
        (false, Some(true)) => (State::Ok, fl!(loader, "diagnose-administrator")),
        (false, Some(false)) => (State::Ok, fl!(loader, "diagnose-standard")),
        (false, None) => (State::Unknown, fl!(loader, "diagnose-rights-unknown")),
    };
    let identity = os.identity();
    Line::new("rights", state, text, format!("{} @ {}", identity.user, identity.computer))
}

pub(super) fn platform(subject: &Subject<'_>) -> Line {
    let (loader, machine) = (&subject.texts.loader, subject.machine);
    match (&machine.platform, &machine.platform_unknown) {
        (Some(platform), _) => {
            let text = fl!(loader, "list-platform", version = platform.version.to_string());
            Line::new("platform", State::Ok, text, platform.install_dir.clone().unwrap_or_default())
        }
        (None, Some(fault)) => {
            let detail = subject.texts.machine_fault(fault);
            Line::new("platform", State::Unknown, fl!(loader, "list-platform-unread"), detail)
        }
        (None, None) => Line::new("platform", State::Attention, fl!(loader, "list-no-platform"), ""),
    }
}

pub(super) fn bases(subject: &Subject<'_>) -> Line {
    let (loader, machine) = (&subject.texts.loader, subject.machine);
    if let Some(fault) = &machine.bases_unknown {
        let detail = subject.texts.file_fault(fault);
        return Line::new("bases", State::Unknown, fl!(loader, "bases-unread"), detail);
    }
    let count = |is: fn(&Base) -> bool| machine.bases.iter().filter(|base| is(base)).count();
    let damaged = count(|base| matches!(base.kind, Kind::Damaged(_)));
    let text = fl!(
        loader,
        "diagnose-bases",
        here = count(Base::is_managed),
        remote = count(|base| matches!(base.kind, Kind::Remote)),
        cloud = count(|base| matches!(base.kind, Kind::Cloud)),
        damaged = damaged
    );
    let problems: Vec<String> = machine
        .problems
        .iter()
        .map(|problem| format!("{}: {}", problem.path, subject.texts.machine_fault(&problem.fault)))
        .collect();
    let state = if damaged > 0 { State::Attention } else { State::Ok };
    Line::new("bases", state, text, problems.join("; "))
}

pub(super) fn reboot(subject: &Subject<'_>) -> Line {
    let loader = &subject.texts.loader;
    let (state, text) = match subject.session.os.reboot_pending() {
        Some(false) => (State::Ok, fl!(loader, "diagnose-no-reboot")),
        Some(true) => (State::Attention, fl!(loader, "diagnose-reboot")),
        None => (State::Unknown, fl!(loader, "diagnose-reboot-unknown")),
    };
    Line::new("reboot", state, text, "")
}
