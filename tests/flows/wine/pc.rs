//! What is on the PC: bases of every kind, laid onto a prefix's drive.

use std::process::Command;
use std::time::{Duration, SystemTime};

use smarts_tests::machine_root::{BaseSpec, MachineRoot, Settings};

use super::prefix::Prefix;
use crate::made;

/// Bases of every kind, one of them in a folder with a long Cyrillic name, and one broken.
pub(crate) fn bases() -> Vec<BaseSpec> {
    let seen = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    let main = BaseSpec {
        folder: r"C:\Базы Mobile SMARTS\Основной склад, Ижевск".to_owned(),
        devices: vec![("CT40-0017".to_owned(), seen)],
        tag: Some("UT103".to_owned()),
        ..made::warehouse("13bee4fb", "Основной склад")
    };
    let damaged = BaseSpec {
        files: vec![("AppDescription.xml".to_owned(), b"<Signature><Object".to_vec())],
        ..BaseSpec::new("damaged", "Магазин №2")
    };
    vec![
        main,
        made::warehouse("second", "Второй склад"),
        BaseSpec { settings: Settings::Remote, ..BaseSpec::new("remote", "База на сервере") },
        BaseSpec {
            settings: Settings::Folder, ..BaseSpec::new("folder", "Обмен через папку")
        },
        BaseSpec {
            product: Some("ОБЛАКО Склад 15".to_owned()), ..BaseSpec::new("cloud", "Облачная")
        },
        damaged,
    ]
}

/// The folder that stands for the same PC.
pub(crate) fn root(bases: &[BaseSpec], platform: &str) -> MachineRoot {
    MachineRoot::new().unwrap().platform(platform).unwrap().bases(bases).unwrap()
}

/// Puts what such a folder has on its drive C onto the prefix's.
pub(crate) fn lay_onto(prefix: &Prefix, root: &MachineRoot) {
    let copied =
        Command::new("cp").arg("-a").args([root.path().join("C/."), prefix.path(r"C:\")]).status().unwrap();
    assert!(copied.success());
}
