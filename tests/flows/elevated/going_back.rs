//! The window that has a base put back with an administrator's rights: one question, what the person has seen and
//! nothing else, and what is known of a run that broke off.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use egui::Role;
use smarts_core::digest::Digest;
use smarts_core::journal::{self, Entry, What};
use smarts_core::os::{ElevationFault, InstallerExit};
use smarts_tests::machine_root::MachineRoot;
use smarts_tests::stand_in::{Lend, StandIn};
use smarts_updater::model::activity::{Activity, CopyOutcome};
use smarts_updater::model::{Notice, Works};

use super::{FOLDER, bases};
use crate::desk::{self, Desk};
use crate::going_back::WHOLE;
use crate::made::{self, NEW, OLD};
use crate::program::{Home, SMARTS};

type Lent = Result<InstallerExit, ElevationFault>;

/// A window of a person without rights, with a base that has just been updated.
struct Updated {
    desk: Desk,
    pc: MachineRoot,
    _source: tempfile::TempDir,
}

/// As the system does for whoever agrees.
#[expect(clippy::unnecessary_wraps, reason = "where the system is not asked, this is its answer")]
fn run(home: &Home, arguments: &[OsString]) -> Lent {
    let mut command = home.command(SMARTS, arguments);
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    Ok(InstallerExit { code: status.code() })
}

/// `lend` is asked about what is to be done with copies; updates go through.
fn updated(lend: impl Fn(&Home, &[OsString], &mut dyn FnMut()) -> Lent + Send + Sync + 'static) -> Updated {
    let pc = made::pc(&bases());
    let source = made::folder(&made::source_of(&made::template(NEW)).entry("Platform4", ""));
    let home = Home::new();
    let lends: Lend = Box::new(move |arguments: &[OsString], meanwhile: &mut dyn FnMut()| {
        if arguments.first().is_some_and(|name| name == "copies-agreed") {
            lend(&home, arguments, meanwhile)
        } else {
            run(&home, arguments)
        }
    });
    let os = Arc::new(StandIn::asking(pc.path(), lends).unwrap());
    let mut desk = desk::on_pc(os, &source.path().display().to_string());
    desk.press("Обновить базу Основной склад");
    desk.press("Скопировать и обновить");
    desk.until_seen("Обновлена до 1.6.3.7283");
    desk.until_checked();
    Updated { desk, pc, _source: source }
}

impl Updated {
    fn open(&mut self) {
        self.desk.press("Ещё: Основной склад");
        self.desk.pick("Вернуть прежнюю версию…");
        self.desk.until_seen(&format!("{NEW} → {OLD}"));
    }

    fn content(&self) -> std::collections::BTreeMap<String, String> {
        made::content(&self.pc.locate(FOLDER))
    }

    fn outcome(&self) -> CopyOutcome {
        match self.desk.activity("main") {
            Some(Activity::Copies(outcome)) => outcome,
            other => panic!("{other:?}"),
        }
    }

    fn nothing_waits(&self) -> bool {
        fs::read_dir(self.desk.paths.agreed_dir()).is_ok_and(|mut entries| entries.next().is_none())
    }

    fn journal(&self) -> Vec<What> {
        self.desk.journal().into_iter().map(|entry| entry.what).collect()
    }

    /// The person agrees, and nothing becomes of it.
    fn refused(&mut self, words: &str) -> Notice {
        self.open();
        let before = self.content();
        self.desk.press("Вернуть…");
        self.desk.until_seen(words);
        assert_eq!(self.content(), before);
        assert!(self.nothing_waits());
        match self.outcome() {
            CopyOutcome::NotGoneBack(notice) => notice,
            other => panic!("{other:?}"),
        }
    }
}

fn agreed_file(arguments: &[OsString]) -> PathBuf {
    arguments.get(1).unwrap().into()
}

/// Changes what was agreed to; with `sha256` as its author could.
fn tamper(arguments: &[OsString], sha256: bool, change: impl Fn(String) -> String) -> Vec<OsString> {
    let path = agreed_file(arguments);
    let changed = change(fs::read_to_string(&path).unwrap());
    fs::write(&path, &changed).unwrap();
    let mut arguments = arguments.to_vec();
    let place = arguments.iter().position(|word| word == "--sha256").unwrap() + 1;
    if sha256 {
        arguments[place] = Digest::of(changed.as_bytes()).to_string().into();
    }
    arguments
}

#[test]
fn one_question_puts_a_base_back_and_leaves_nothing_behind() {
    let mut updated = updated(|home, arguments, meanwhile| {
        meanwhile();
        run(home, arguments)
    });
    updated.open();
    updated.desk.press("Вернуть…");
    updated.desk.until_seen("Возвращена версия 1.6.2.6493");
    assert_eq!(made::version(updated.pc.path(), FOLDER), OLD);
    assert_eq!(updated.journal(), [What::Updated, What::WentBack]);
    assert!(updated.nothing_waits());
}

#[test]
fn the_whole_base_goes_back_with_rights_too_and_its_present_state_lies_in_a_copy() {
    let mut updated = updated(|home, arguments, _| run(home, arguments));
    fs::write(updated.pc.locate(FOLDER).join("Documents/new.xml"), "<Document/>").unwrap();
    let then = updated.content();
    updated.open();
    updated.desk.click(Role::RadioButton, WHOLE);
    updated.desk.until_seen("Пропадёт 1 файл");
    updated.desk.press("Вернуть…");
    updated.desk.until_seen("Возвращена версия 1.6.2.6493");
    let CopyOutcome::WentBack(went) = updated.outcome() else { panic!() };
    assert_eq!(made::content(&went.present_dir.unwrap()), then);
}

#[test]
fn a_no_to_windows_changes_nothing_and_can_be_thought_better_of() {
    let answers = Mutex::new(vec![false, true]);
    let mut updated = updated(move |home, arguments, _| {
        if answers.lock().unwrap().remove(0) { run(home, arguments) } else { Err(ElevationFault::Refused) }
    });
    updated.open();
    updated.desk.press("Вернуть…");
    updated.desk.until_seen("Windows не получила разрешения, ничего не изменено");
    assert_eq!(updated.outcome(), CopyOutcome::NotPermitted);
    assert_eq!(made::version(updated.pc.path(), FOLDER), NEW);
    updated.desk.press("Вернуть прежнюю версию: Основной склад");
    updated.desk.until_seen(&format!("{NEW} → {OLD}"));
    updated.desk.press("Вернуть…");
    updated.desk.until_seen("Возвращена версия 1.6.2.6493");
}

#[test]
fn what_was_agreed_to_and_changed_on_its_way_is_refused() {
    let change = |text: String| text.replace("replaced", "whole");
    let mut updated = updated(move |home, arguments, _| run(home, &tamper(arguments, false, change)));
    let notice = updated.refused("до программы с правами администратора не дошло");
    assert_eq!(notice.kept.as_deref(), Some("База не изменена"));
}

#[test]
fn a_copy_that_lies_elsewhere_is_refused_whatever_its_name_leads_to() {
    for name in ["../../evil", "/tmp", "C:evil", "nowhere"] {
        let change = move |text: String| {
            let mut agreed: serde_json::Value = serde_json::from_str(&text).unwrap();
            agreed["copy"] = name.into();
            agreed.to_string()
        };
        let mut updated = updated(move |home, arguments, _| run(home, &tamper(arguments, true, change)));
        let _ = updated.refused("копия лежит не в папке для копий");
    }
}

#[test]
fn another_way_or_other_files_than_the_person_saw_are_refused() {
    let other_way = |text: String| text.replace("\"way\":\"replaced\"", "\"way\":\"whole\"");
    let less = |text: String| {
        let mut agreed: serde_json::Value = serde_json::from_str(&text).unwrap();
        agreed["preview"]["replaced"] = serde_json::json!([]);
        agreed.to_string()
    };
    let changes: [fn(String) -> String; 2] = [other_way, less];
    for (number, change) in changes.into_iter().enumerate() {
        let mut updated = updated(move |home, arguments, _| run(home, &tamper(arguments, true, change)));
        if number == 0 {
            // So that the two ways are not the same.
            fs::write(updated.pc.locate(FOLDER).join("Documents/new.xml"), "<Document/>").unwrap();
        }
        let _ = updated.refused("база изменилась, пока вы читали");
        assert_eq!(updated.journal(), [What::Updated]);
    }
}

#[test]
fn the_persons_wish_to_stop_reaches_the_run_before_anything_is_changed() {
    let mut updated = updated(|home, arguments, meanwhile| {
        let exchange = agreed_file(arguments).parent().map(Path::to_path_buf).unwrap();
        // What the window does when the person stops it.
        fs::write(exchange.join("stop"), "").unwrap();
        meanwhile();
        run(home, arguments)
    });
    updated.open();
    updated.desk.press("Вернуть…");
    updated.desk.until("the row as before", |desk| matches!(desk.activity("main"), Some(Activity::Done(_))));
    assert_eq!(made::version(updated.pc.path(), FOLDER), NEW);
    assert_eq!(updated.journal(), [What::Updated]);
}

/// The process with rights writes that of the base into the journal, and is gone.
fn breaks_off_after(whats: &'static [What]) -> Updated {
    let paths = Arc::new(Mutex::new(PathBuf::new()));
    let journal_path = Arc::clone(&paths);
    let updated = updated(move |_, _, _| {
        let path = journal_path.lock().unwrap().clone();
        let last = journal::read(&path).unwrap().entries.pop().unwrap();
        for what in whats {
            journal::append(&path, &Entry { what: *what, ..last.clone() }).unwrap();
        }
        Ok(InstallerExit { code: None })
    });
    *paths.lock().unwrap() = updated.desk.paths.journal_path();
    updated
}

#[test]
fn a_run_that_breaks_off_with_the_base_as_it_was_is_not_told_as_half_way() {
    let mut updated = breaks_off_after(&[What::GoingBack, What::NotGoneBack]);
    let notice = updated.refused("возврат не удался");
    assert_eq!(notice.works, Works::NotLooked);
    assert!(notice.kept.is_some_and(|kept| kept.starts_with("База такая, какой была до возврата")));
    // Of an earlier run, which was settled first.
    for what in [&[What::Undone], &[What::Updated], &[What::WentBackWhole]] {
        let mut updated = breaks_off_after(what);
        let notice = updated.refused("возврат не начался: сначала было улажено прежнее изменение базы");
        assert_eq!((notice.works, notice.kept), (Works::NotLooked, None));
    }
    let mut updated = breaks_off_after(&[What::CopyDeleted]);
    let _ = updated.refused("работа оборвалась, не начавшись");
}

#[test]
fn a_run_that_breaks_off_after_the_base_went_back_has_gone_back() {
    let mut updated = breaks_off_after(&[What::GoingBack, What::WentBack, What::CopyDeleted]);
    updated.open();
    updated.desk.press("Вернуть…");
    updated.desk.until_seen("Возвращена версия 1.6.2.6493");
}

#[test]
fn a_run_that_breaks_off_is_told_with_what_the_journal_knows() {
    let mut updated = updated(|_, _, _| Ok(InstallerExit { code: Some(9) }));
    let notice = updated.refused("работа оборвалась, не начавшись");
    assert!(notice.next.is_some() && notice.works == Works::NotLooked, "{notice:?}");

    let mut updated = breaks_off_after(&[What::GoingBack]);
    let notice = updated.refused("возврат оборвался на полпути");
    assert_eq!(notice.works, Works::No);
    assert!(notice.kept.is_some_and(|kept| kept.contains("Копия базы цела")));
    // The way out is among the details.
    updated.desk.click(Role::Link, "Подробнее: Основной склад");
    updated.desk.press("Вернуть прежнюю версию…");
    updated.desk.until_seen(&format!("{NEW} → {OLD}"));
}

#[test]
fn a_copy_is_made_with_rights_and_older_ones_go_only_if_that_was_agreed() {
    let mut updated = updated(|home, arguments, _| run(home, arguments));
    for number in 1..=2 {
        updated.desk.press("Ещё: Основной склад");
        updated.desk.pick("Вернуть прежнюю версию…");
        updated.desk.press("Сделать копию сейчас…");
        updated.desk.until("a copy", |desk| desk.journal().len() == 1 + number);
        updated.desk.until("the end", |desk| !desk.model().is_applying());
    }
    updated.desk.press("Ещё: Основной склад");
    updated.desk.pick("Вернуть прежнюю версию…");
    updated.desk.press("Сделать копию сейчас…");
    updated.desk.until_seen("После неё лишней станет 1 прежняя копия");
    updated.desk.click(Role::CheckBox, "Удалить лишнее, когда новая копия будет готова и проверена");
    updated.desk.press("Сделать копию…");
    updated.desk.until_seen("удалена 1 прежняя копия");
    let CopyOutcome::Made(made) = updated.outcome() else { panic!() };
    assert_eq!(made::content(&made.dir), updated.content());
}
