//! Reading one base of a machine: the list, and that base's own folder, however many others there are.
//!
//! Deliberately not here: problems. Whoever wants to know what is wrong with a machine reads it as a whole.

use super::read::list;
use super::{Base, base, platform};
use crate::os::Os;

/// The base with this id, read just as [`read`](super::read()) reads it; of two with one id the first, which
/// is damaged. `None` if the list does not name it or cannot be read.
pub fn read_base(os: &dyn Os, id: &str) -> Option<Base> {
    let list = list(os).ok()?;
    let entry = list.entries.iter().find(|entry| entry.id == id)?;
    let key = id.to_lowercase();
    let is_duplicate = list.entries.iter().filter(|entry| entry.id.to_lowercase() == key).count() > 1;
    let flavour = platform::find(os).platform.and_then(|platform| platform.version.flavour());
    let located = os.locate(&entry.folder);
    Some(base::read(os, entry, located, flavour, is_duplicate, &mut Vec::new()))
}

/// Whether the list names a base with this id; `None` if it cannot be read.
pub fn is_listed(os: &dyn Os, id: &str) -> Option<bool> {
    Some(list(os).ok()?.entries.iter().any(|entry| entry.id == id))
}

#[cfg(test)]
mod tests {
    use smarts_tests::machine_root::{self as pc, BaseSpec};

    use super::*;
    use crate::machine;
    use crate::os::MachineRoot;

    #[test]
    fn a_base_read_alone_is_what_it_is_among_the_others() {
        let specs = [
            BaseSpec::new("a", "Основной склад"),
            BaseSpec { settings: pc::Settings::Remote, ..BaseSpec::new("b", "Чужая") },
            BaseSpec { version: None, ..BaseSpec::new("c", "Сломанная") },
            BaseSpec { folder: r"Q:\\nowhere".into(), ..BaseSpec::new("d", "Без диска") },
            BaseSpec::new("twin", "Первая"),
            BaseSpec { folder: r"C:\\Twin".into(), ..BaseSpec::new("TWIN", "Вторая") },
        ];
        let root = pc::MachineRoot::new().unwrap().platform("3.3.35.29552").unwrap().bases(&specs).unwrap();
        std::fs::remove_dir_all(root.path().join("Q")).unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        let machine = machine::read(&os);
        assert_eq!(machine.bases.len(), specs.len());
        for base in &machine.bases {
            assert_eq!(read_base(&os, &base.id).as_ref(), Some(base));
            assert_eq!(is_listed(&os, &base.id), Some(true));
        }
        assert_eq!(is_listed(&os, "nowhere"), Some(false));
        assert_eq!(read_base(&os, "nowhere"), None);
    }

    #[test]
    fn without_a_list_there_is_no_base() {
        let root = pc::MachineRoot::new().unwrap();
        let os = MachineRoot::open(root.path()).unwrap();
        assert_eq!((read_base(&os, "a"), is_listed(&os, "a")), (None, None));
    }
}
