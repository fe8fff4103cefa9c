use std::io::Read as _;
use std::sync::Arc;

use smarts_core::http::login::Password;
use smarts_core::http::proxy::ProxyAddress;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use zip::ZipArchive;

use super::gather::newest;
use super::*;
use crate::diagnose::tests::{Here, here};
use crate::diagnose::{Group, State};

const SETTINGS: &str = r"C:\ProgramData\Cleverence\Updater\settings.toml";
const JOURNAL: &str = r"C:\ProgramData\Cleverence\Updater\journal.jsonl";

fn desk(root: &MachineRoot) -> Here {
    here(root, "https://named_user:n4med-pass@named.example/")
}

fn finding(text: &str) -> Line {
    Line {
        id: "source",
        group: Group::Source,
        state: State::Attention,
        text: text.to_owned(),
        detail: String::new(),
        advice: String::new(),
    }
}

/// Names and texts of all entries.
fn entries(path: &Path) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[test]
fn of_all_passwords_planted_on_a_pc_no_byte_gets_into_the_report() {
    let base = BaseSpec::new("13bee4fb", "Склад");
    let root = MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().base(&base).unwrap();
    let folder = root.path().join("person").join("logs");
    root.write(
        SETTINGS,
        br"source = 'https://set_user:s3t-pass@set.example/'
mirrors = ['https://mir_user:m1r-pass@mirror.example/']
proxy = 'http://proxy.shop:3128'
proxy_user = 'SHOP\prx_user'
",
    )
    .unwrap();
    let planted = "asked https://log_user:l0g-pass@log.example/ as prx_user with k3pt-pass, s3t-pass";
    root.write(JOURNAL, format!("{{\"detail\": \"{planted}\"}}\n").as_bytes()).unwrap();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("window.2026-11-23.log"), planted).unwrap();
    std::fs::write(folder.join("other.txt"), "no log").unwrap();
    let desk = desk(&root);
    std::fs::write(desk.session.paths.report_path(), format!("{{\"problems\": \"{planted}\"}}")).unwrap();
    let machine = desk.session.machine();
    let in_base = &machine.bases[0].folder;
    root.write(
        &format!(r"{in_base}\customsettings.xml"),
        b"<Settings><Password>b4se-pass</Password></Settings>",
    )
    .unwrap();
    let proxy = ProxyAddress::parse("http://proxy.shop:3128").unwrap();
    desk.session.use_password(proxy, Password("k3pt-pass".to_owned()).0);

    let path = root.path().join("report.zip");
    save(&desk, &[finding("the source https://named_user:n4med-pass@named.example/")], &path).unwrap();

    let entries = entries(&path);
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "diagnosis.txt",
        "diagnosis.json",
        "machine.json",
        "settings.txt",
        "report.json",
        "journal.jsonl",
        "logs/window.2026-11-23.log",
        "unread.txt",
    ];
    assert_eq!(names, expected);
    let secrets = [
        "named_user",
        "n4med-pass",
        "set_user",
        "s3t-pass",
        "mir_user",
        "m1r-pass",
        "prx_user",
        "log_user",
        "l0g-pass",
        "k3pt-pass",
        "b4se-pass",
    ];
    for (name, text) in &entries {
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} in {name}: {text}");
        }
    }
    let bytes = std::fs::read(&path).unwrap();
    let has = |secret: &str| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    assert!(!secrets.into_iter().any(has));
    let text_of = |wanted: &str| &entries.iter().find(|(name, _)| name == wanted).unwrap().1;
    assert!(text_of("unread.txt").starts_with("last-check.json: "), "what is missing is named");
    assert!(text_of("logs/window.2026-11-23.log").contains("log.example"), "the rest of a row stays");
    assert!(text_of("machine.json").contains("3.3.46.29552"));
}

#[test]
fn of_a_long_log_the_end_is_taken_from_a_whole_row_on() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.log");
    let rows: Vec<String> = (0..60_000).map(|number| format!("row {number:08} https://u:p@h\n")).collect();
    std::fs::write(&path, rows.concat()).unwrap();
    let taken = newest(&path).unwrap();
    assert!(taken.is_cut);
    let text = taken.text;
    assert!(text.len() <= 1 << 20 && text.starts_with("row "), "{}", &text[..40]);
    assert!(text.ends_with("row 00059999 https://u:p@h\n"));
}

#[test]
fn a_document_is_taken_whole_and_what_is_left_out_of_a_log_is_named() {
    let root = MachineRoot::new().unwrap();
    let desk = desk(&root);
    let paths = &desk.session.paths;
    std::fs::create_dir_all(&paths.log_dir).unwrap();
    let long = "x".repeat(3 << 20);
    std::fs::write(paths.report_path(), format!("{{\"long\": \"{long}\"}}")).unwrap();
    std::fs::write(paths.last_check_path(), vec![b' '; 17 << 20]).unwrap();
    std::fs::write(paths.log_dir.join("smarts.log"), format!("{long}\nend\n")).unwrap();
    let path = root.path().join("report.zip");
    save(&desk, &[], &path).unwrap();
    let entries = entries(&path);
    let text_of =
        |wanted: &str| entries.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.as_str());
    assert!(text_of("report.json").unwrap().ends_with("x\"}"), "to its end, and from its beginning");
    assert_eq!(text_of("report.json").unwrap().len(), (3 << 20) + 12);
    assert_eq!((text_of("last-check.json"), text_of("logs/smarts.log")), (None, Some("end\n")));
    let unread = text_of("unread.txt").unwrap();
    assert!(unread.contains("last-check.json: file too large"), "{unread}");
    assert!(unread.contains("logs/smarts.log: only the newest rows"), "{unread}");
}

#[test]
fn what_ran_with_an_administrators_rights_has_its_logs_in_the_report_and_installers_have_not() {
    let root = MachineRoot::new().unwrap();
    let desk = desk(&root);
    let elevated = desk.session.paths.machine_dir.join("logs");
    std::fs::create_dir_all(&elevated).unwrap();
    for number in 0..20 {
        std::fs::write(elevated.join(format!("smarts.2026-11-{number}.log")), "with rights\n").unwrap();
    }
    std::fs::write(elevated.join("platform.msi.log"), "PASSWORD=s3cret").unwrap();
    let path = root.path().join("report.zip");
    save(&desk, &[], &path).unwrap();
    let entries = entries(&path);
    let of_rights: Vec<_> = entries.iter().filter(|(name, _)| name.starts_with("logs-elevated/")).collect();
    assert_eq!(of_rights.len(), 8);
    assert!(of_rights.iter().all(|(_, text)| text == "with rights\n"));
    assert!(entries.iter().all(|(_, text)| !text.contains("s3cret")));
}

#[test]
fn a_report_that_cannot_be_written_says_so() {
    let root = MachineRoot::new().unwrap();
    let desk: Arc<dyn Desk> = Arc::new(desk(&root));
    let path = root.path().join("registry.reg").join("report.zip");
    std::fs::write(root.path().join("registry.reg"), "in the way").unwrap();
    assert!(matches!(save(&*desk, &[], &path), Err(Error::Write(_))));
}
