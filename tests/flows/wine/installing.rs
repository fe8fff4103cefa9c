//! What the package puts on a PC, takes over, keeps and takes away again.

use super::prefix::{OWN_VERSION, PROGRAMS, Prefix, given, newer_version};

const TASK: &str = r"C:\windows\system32\tasks\SmartsUpdate";
/// The definition as it was registered: Wine keeps only its author.
const DEFINITION: &str = r"C:\ProgramData\Cleverence\Updater\SmartsUpdate.xml";
const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const OUR_AUTHOR: &str = "<Author>Mobile SMARTS Updater</Author>";
const OWN_KEY: &str = r"HKLM\SOFTWARE\Mobile SMARTS Updater";

/// A task's definition as text; `None`: there is no such file.
fn definition(prefix: &Prefix, path: &str) -> Option<String> {
    let bytes = std::fs::read(prefix.path(path)).ok()?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(if bytes.starts_with(&[0xff, 0xfe]) {
        String::from_utf16(&units).unwrap()
    } else {
        String::from_utf8(bytes).unwrap()
    })
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn the_package_installs_the_programs_a_shortcut_the_task_and_the_settings_it_was_given() {
    let prefix = Prefix::new();
    let properties =
        ["SOURCE_URL=https://mirror.example/", "CHECK_HOURS=6", "NOTIFY=all", "WHO_MAY_UPDATE=all"];
    assert_eq!(prefix.install(&given("SMARTS_MSI"), &properties), 0);
    for program in ["MobileSMARTSUpdater.exe", "smarts.exe", "SmartsTray.exe"] {
        assert!(prefix.path(&format!(r"{PROGRAMS}\{program}")).is_file(), "{program}");
    }
    // Wine has one menu for each person and none for all.
    let menu = prefix.path(r"C:\");
    let shortcuts: Vec<String> = walkdir::WalkDir::new(menu)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "lnk"))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(shortcuts.iter().any(|name| name.contains("Mobile SMARTS")), "{shortcuts:?}");
    assert_eq!(prefix.registry(OWN_KEY, "Version").as_deref(), Some(OWN_VERSION));
    let address = prefix.registry_default(r"HKLM\SOFTWARE\Classes\mobile-smarts-updater\shell\open\command");
    assert!(address.is_some_and(|command| command.contains("MobileSMARTSUpdater.exe\" --show \"%1\"")));
    let events = r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\Mobile SMARTS Updater";
    assert!(
        prefix.registry(events, "EventMessageFile").is_some_and(|file| file.ends_with("EventCreate.exe"))
    );
    let app_id = r"HKLM\SOFTWARE\Classes\AppUserModelId\MobileSmartsUpdater";
    assert!(prefix.registry(app_id, "DisplayName").is_some_and(|name| name.contains("Mobile SMARTS")));
    assert!(prefix.registry(app_id, "IconUri").is_some_and(|path| prefix.path(&path).is_file()));
    assert!(definition(&prefix, TASK).is_some_and(|task| task.contains(OUR_AUTHOR)));
    let registered = definition(&prefix, DEFINITION).unwrap_or_default();
    for part in [
        "SmartsTray.exe",
        "check_hours=6",
        "S-1-5-32-545",
        "Parallel",
        "LeastPrivilege",
        "PT0S",
        "RandomDelay",
    ] {
        assert!(registered.contains(part), "{part} in {registered}");
    }
    let settings = std::fs::read_to_string(prefix.path(SETTINGS)).unwrap();
    for line in ["https://mirror.example/", "check_hours = 6", "notify = \"all\"", "who_may_update = \"all\""]
    {
        assert!(settings.contains(line), "{line} in {settings}");
    }
    let shown = prefix.smarts(&["schedule", "show", "--json"]);
    assert_eq!(shown.status, 0, "{shown:?}");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn an_upgrade_keeps_the_task_and_a_removal_takes_it_away_but_not_the_settings() {
    let prefix = Prefix::new();
    assert_eq!(prefix.install(&given("SMARTS_MSI"), &["CHECK_HOURS=12"]), 0);
    assert_eq!(prefix.install(&given("SMARTS_NEWER_MSI"), &[]), 0);
    assert_eq!(prefix.registry(OWN_KEY, "Version"), Some(newer_version()));
    assert!(definition(&prefix, TASK).is_some_and(|task| task.contains(OUR_AUTHOR)));
    assert!(definition(&prefix, DEFINITION).is_some_and(|task| task.contains("check_hours=12")));
    assert!(std::fs::read_to_string(prefix.path(SETTINGS)).unwrap().contains("check_hours = 12"));
    assert_eq!(prefix.uninstall(&given("SMARTS_NEWER_MSI")), 0);
    assert_eq!(definition(&prefix, TASK), None);
    assert!(!prefix.path(&format!(r"{PROGRAMS}\smarts.exe")).exists());
    assert_eq!(prefix.registry(OWN_KEY, "Version"), None);
    assert!(prefix.path(SETTINGS).is_file(), "the settings stay");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_former_task_is_put_back_when_the_package_is_removed() {
    let prefix = Prefix::new();
    let former = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Task version=\"1.2\" \
                  xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><RegistrationInfo>\
                  <Author>Somebody Else</Author></RegistrationInfo><Actions><Exec>\
                  <Command>C:\\former.exe</Command></Exec></Actions></Task>";
    let bytes: Vec<u8> = former.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(prefix.path(r"C:\former.xml"), bytes).unwrap();
    let made = prefix.run("schtasks", &["/create", "/f", "/tn", "SmartsUpdate", "/xml", r"C:\former.xml"]);
    assert_eq!(made.status, 0, "{made:?}");
    assert_eq!(prefix.install(&given("SMARTS_MSI"), &[]), 0);
    assert!(definition(&prefix, TASK).is_some_and(|task| task.contains(OUR_AUTHOR)));
    assert_eq!(prefix.uninstall(&given("SMARTS_MSI")), 0);
    let former = definition(&prefix, TASK).unwrap_or_default();
    assert!(former.contains("<Author>Somebody Else</Author>"), "{former}");
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_property_that_makes_no_sense_stops_the_installation_before_anything_is_left() {
    let prefix = Prefix::new();
    assert_ne!(prefix.install(&given("SMARTS_MSI"), &["CHECK_HOURS=often"]), 0);
    assert!(!prefix.path(&format!(r"{PROGRAMS}\smarts.exe")).exists());
    assert_eq!(definition(&prefix, TASK), None);
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn a_windows_that_is_too_old_is_refused() {
    let prefix = Prefix::new();
    assert_eq!(prefix.run("winecfg", &["-v", "win7"]).status, 0);
    assert_ne!(prefix.install(&given("SMARTS_MSI"), &[]), 0);
    assert!(!prefix.path(&format!(r"{PROGRAMS}\smarts.exe")).exists());
}

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn without_the_task_nothing_is_scheduled() {
    let prefix = Prefix::new();
    assert_eq!(prefix.install(&given("SMARTS_MSI"), &["INSTALLTASK=0"]), 0);
    assert_eq!(definition(&prefix, TASK), None);
}
