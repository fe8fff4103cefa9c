//! `smarts list` on a PC whose platform was really installed.

use super::packages::Workshop;
use super::pc;
use super::prefix::Prefix;
use crate::program::Prompt;

#[test]
#[ignore = "needs Wine and the Windows programs: .ci/windows"]
fn the_windows_program_reads_a_pc_as_the_folder_that_stands_for_it_is_read() {
    let prefix = Prefix::with_programs();
    let root = pc::root(&pc::bases(), "3.3.46.29552");
    pc::lay_onto(&prefix, &root);
    assert_eq!(prefix.install(&Workshop::new().platform("3.3.46.29552", false), &[]), 0);
    let on_windows = prefix.smarts(&["list", "--json", "--lang", "ru"]);
    assert_eq!(on_windows.status, 0, "{on_windows:?}");
    let source = tempfile::tempdir().unwrap();
    let in_root = Prompt::on(root.path(), source.path()).run(&["list", "--json"]);
    let parse = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let (windows, expected) = (parse(&on_windows.out), parse(&in_root.out));
    assert_eq!(windows["bases"], expected["bases"]);
    assert_eq!(windows["platform"]["version"], expected["platform"]["version"]);
    let install_dir = windows["platform"]["install_dir"].as_str().unwrap();
    assert_eq!(install_dir, r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\");
    assert!(prefix.path(install_dir).join("readme.txt").is_file());
    // What the PC entered into «Programs and Features» is its own, not a copy of the test's.
    let product = prefix.registry(r"HKLM\SOFTWARE\Wow6432Node\Cleverence Soft\Mobile SMARTS", "ProductId");
    let entry =
        format!(r"HKLM\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall\{}", product.unwrap());
    assert_eq!(prefix.registry(&entry, "DisplayVersion").as_deref(), Some("3.3.46.29552"));
    let table = prefix.smarts(&["list", "--lang", "ru"]);
    assert!(table.out.contains("Основной склад") && table.out.contains("3.3.46.29552"), "{table:?}");
}
