use super::*;
use crate::fixtures;
use crate::offer::{Offer, PLATFORM, State, UPDATER};
use crate::os::{Linux, MachineRoot};

struct Pc {
    _dir: tempfile::TempDir,
    os: MachineRoot,
    paths: Paths,
}

fn pc(registry: &str) -> Pc {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("Windows Registry Editor Version 5.00\r\n\r\n[{KEY}]\r\n{registry}\r\n");
    std::fs::write(dir.path().join("registry.reg"), text).unwrap();
    let os = MachineRoot::open(dir.path()).unwrap();
    let paths = Paths::below(&os, &dir.path().join("person"));
    Pc { _dir: dir, os, paths }
}

impl Pc {
    fn hidden(&self) -> Hidden {
        Hidden::load(&self.os, &self.paths)
    }

    fn value(&self, name: &str) -> Option<String> {
        self.os.registry_value(KEY, name).unwrap()
    }
}

fn item(id: &str, subject: Subject, feed: &str, version: &str) -> Item {
    Item {
        id: id.to_owned(),
        subject,
        name: String::new(),
        product: None,
        installed: None,
        state: State::Available {
            offer: Offer { steps: vec![fixtures::release(feed, version)], notes: vec![], others: vec![] },
        },
        covered: None,
        former: Vec::new(),
        warnings: Vec::new(),
    }
}

fn platform(version: &str) -> Item {
    item(PLATFORM, Subject::Platform, "Platform4", version)
}

fn base(id: &str, version: &str) -> Item {
    item(id, Subject::Base, "WH15", version)
}

#[test]
fn what_the_vendors_updater_skips_is_skipped_and_only_that_version() {
    let pc = pc("\"hideupdateforversion\"=\"3.4.46.40367\"\r\n\"HideUpdateDB_MAIN\"=\" 1.6.3.7283 \"\r\n\
                 \"HideUpdateDB_second\"=\"\"\r\n\"HideUpdateDB_third\"=\"all\"");
    let hidden = pc.hidden();
    assert!(hidden.is_hidden(&platform("3.4.46.40367")) && !hidden.is_hidden(&platform("3.4.46.40368")));
    assert!(hidden.is_hidden(&base("main", "1.6.3.7283")) && !hidden.is_hidden(&base("main", "1.7")));
    for id in ["second", "third", "fourth"] {
        assert!(!hidden.is_hidden(&base(id, "1.6.3.7283")), "{id}");
    }
    let up_to_date = Item { state: State::UpToDate, ..base("main", "1.6.3.7283") };
    assert!(!hidden.is_hidden(&up_to_date));
}

#[test]
fn what_is_skipped_here_is_skipped_for_all_bases_of_the_product_and_told_the_vendors_updater() {
    let pc = pc("\"Other\"=\"stays\"");
    let (main, second) = (base("main", "1.6.3.7283"), base("Second", "1.6.3.7283"));
    let mut hidden = pc.hidden();
    hidden.hide(&pc.os, &pc.paths, &[&main, &second, &platform("3.4.46.40367")]).unwrap();
    for hidden in [&hidden, &pc.hidden()] {
        assert!(hidden.is_hidden(&main) && hidden.is_hidden(&platform("3.4.46.40367")));
        assert!(hidden.is_hidden(&base("added later", "1.6.3.7283")));
        assert!(!hidden.is_hidden(&base("main", "1.6.4")) && !hidden.is_hidden(&platform("3.5.46.1")));
    }
    let of = |name: &str| pc.value(name);
    assert_eq!(of("HideUpdateForVersion").as_deref(), Some("3.4.46.40367"));
    assert_eq!(of("HideUpdateDB_main").as_deref(), Some("1.6.3.7283"));
    assert_eq!(of("HideUpdateDB_Second").as_deref(), Some("1.6.3.7283"));
    assert_eq!(of("Other").as_deref(), Some("stays"));
}

#[test]
fn what_is_shown_again_is_gone_from_both_places_and_other_versions_stay_skipped() {
    let pc = pc("\"HideUpdateDB_second\"=\"1.5\"");
    let (main, second) = (base("main", "1.6"), base("second", "1.6"));
    let mut hidden = pc.hidden();
    hidden.hide(&pc.os, &pc.paths, &[&main, &platform("3.4.46.1")]).unwrap();
    hidden.show_again(&pc.os, &pc.paths, &[&main, &second]).unwrap();
    for hidden in [&hidden, &pc.hidden()] {
        assert!(!hidden.is_hidden(&main) && !hidden.is_hidden(&second));
        assert!(hidden.is_hidden(&platform("3.4.46.1")) && hidden.is_hidden(&base("second", "1.5")));
    }
    assert_eq!(pc.value("HideUpdateDB_main").as_deref(), Some(""));
    assert_eq!(pc.value("HideUpdateDB_second").as_deref(), Some("1.5"));
}

#[test]
fn without_a_registry_and_for_this_program_our_own_file_is_enough() {
    let dir = tempfile::tempdir().unwrap();
    let paths = Paths::below(&Linux, dir.path());
    let (updater, main) =
        (item(UPDATER, Subject::Updater, "MobileSMARTSUpdater", "1.2"), base("main", "1.6"));
    Hidden::load(&Linux, &paths).hide(&Linux, &paths, &[&updater, &main]).unwrap();
    let hidden = Hidden::load(&Linux, &paths);
    assert!(hidden.is_hidden(&updater) && hidden.is_hidden(&main));
}

#[test]
fn what_two_processes_skip_is_skipped_by_both() {
    let pc = pc("");
    let (mut one, mut other) = (pc.hidden(), pc.hidden());
    one.hide(&pc.os, &pc.paths, &[&base("main", "1.6")]).unwrap();
    other.hide(&pc.os, &pc.paths, &[&platform("3.4.46.1")]).unwrap();
    let both = pc.hidden();
    assert!(both.is_hidden(&base("main", "1.6")) && both.is_hidden(&platform("3.4.46.1")));
}

#[test]
fn a_damaged_file_and_an_unreadable_registry_skip_nothing_and_the_wish_is_kept_all_the_same() {
    let pc = pc("");
    std::fs::write(pc.os.registry_path().unwrap(), "no registry at all").unwrap();
    let main = base("main", "1.6");
    std::fs::create_dir_all(&pc.paths.state_dir).unwrap();
    std::fs::write(pc.paths.hidden_path(), "{\"skipped\": [{").unwrap();
    let mut hidden = pc.hidden();
    assert_eq!(hidden, Hidden::default());
    hidden.hide(&pc.os, &pc.paths, &[&main, &base("second", "1.7")]).unwrap();
    for hidden in [&hidden, &pc.hidden()] {
        assert!(hidden.is_hidden(&main) && hidden.is_hidden(&base("second", "1.7")));
    }
    hidden.show_again(&pc.os, &pc.paths, &[&main]).unwrap();
    assert!(!pc.hidden().is_hidden(&main) && pc.hidden().is_hidden(&base("second", "1.7")));
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_is_not_begun_anew() {
    let pc = pc("");
    let path = pc.paths.hidden_path();
    std::fs::create_dir_all(path.join("in the way")).unwrap();
    let (main, mut hidden) = (base("main", "1.6"), pc.hidden());
    assert!(matches!(hidden.hide(&pc.os, &pc.paths, &[&main]), Err(Error::Write { .. })));
    assert!(!hidden.is_hidden(&main) && pc.value("HideUpdateDB_main").is_none());
}

#[cfg(unix)]
#[test]
fn what_was_skipped_is_not_replaced_where_it_cannot_be_read_just_now() {
    let pc = pc("");
    let path = pc.paths.hidden_path();
    std::fs::create_dir_all(&pc.paths.state_dir).unwrap();
    // Can be replaced, and not be read.
    std::os::unix::fs::symlink(&path, &path).unwrap();
    assert!(matches!(pc.hidden().hide(&pc.os, &pc.paths, &[&base("main", "1.6")]), Err(Error::Write { .. })));
    assert!(path.is_symlink());
}

#[test]
fn what_the_vendors_updater_still_skips_is_told_by_the_error() {
    let pc = pc("\"HideUpdateDB_main\"=\"1.6\"");
    let (main, mut hidden) = (base("main", "1.6"), pc.hidden());
    std::fs::write(pc.os.registry_path().unwrap(), "no registry at all").unwrap();
    assert!(matches!(hidden.show_again(&pc.os, &pc.paths, &[&main]), Err(Error::Registry(_))));
    assert!(hidden.is_hidden(&main));
}
