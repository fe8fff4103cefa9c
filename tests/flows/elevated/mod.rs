//! A plan that is carried out by a process with an administrator's rights: that process by itself. The window
//! that has it started is next door.

mod asking;
mod going_back;
mod scheduling;
mod signed;
mod staging;
mod subscribing;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use smarts_core::digest::Digest;
use smarts_core::plan::kept::{Kept, KeptBase, KeptPackage, KeptSubject};
use smarts_core::source::Origin;
use smarts_core::verify::Proof;
use smarts_tests::machine_root::{BaseSpec, MachineRoot};
use smarts_updater::elevated::lines::Follower;
use smarts_updater::elevated::{Line, News};
use smarts_updater::model::{BaseResult, Outcome};

use crate::made::{self, NEW, OLD};
use crate::program::{Home, Ran};

const FOLDER: &str = r"C:\ProgramData\Cleverence\Databases\main";
const RUN: &str = "a8Kd02mZq1";

/// A PC with two bases, a template for them, and an agreed plan.
struct Agreed {
    pc: MachineRoot,
    home: Home,
    kept: Kept,
}

fn bases() -> [BaseSpec; 2] {
    [made::warehouse("main", "Основной склад"), made::warehouse("forest", "Филиал на Лесной")]
}

fn agreed() -> Agreed {
    let (pc, home) = (made::pc(&bases()), Home::new());
    let bytes = made::template(NEW).build().unwrap();
    let path = home.path().join("WH15.mstmpl");
    fs::write(&path, &bytes).unwrap();
    let release = made::agreed_release();
    let (size, sha256) = (bytes.len() as u64, Digest::of(&bytes));
    let package = KeptPackage { release, path, size, sha256, proof: Proof::Hash };
    let base =
        |spec: BaseSpec| KeptBase { id: spec.id, folder: spec.folder, version: Some(OLD.parse().unwrap()) };
    let subject =
        KeptSubject::Template { packages: vec![package], bases: bases().into_iter().map(base).collect() };
    fs::create_dir(home.path().join("exchange")).unwrap();
    Agreed {
        pc,
        home,
        kept: Kept {
            subject,
            accept_unproved: false,
            accept_expired: false,
            agreed_to_go: Vec::new(),
            origin: Origin::Folder,
            goes_on: None,
        },
    }
}

impl Agreed {
    fn package(&mut self) -> &mut KeptPackage {
        match &mut self.kept.subject {
            KeptSubject::Template { packages, .. } => &mut packages[0],
            KeptSubject::Installer { package, .. } => package,
        }
    }

    fn run_as(&self, run: &str) -> Ran {
        let exchange = self.home.path().join("exchange");
        self.kept.write(&exchange.join("plan.json")).unwrap();
        self.run_unwritten(run)
    }

    fn run_unwritten(&self, run: &str) -> Ran {
        let exchange = self.home.path().join("exchange");
        let plan = exchange.join("plan.json");
        let sha256 = Digest::of(&fs::read(&plan).unwrap_or_default()).to_string();
        let mut words: Vec<OsString> = vec!["apply-agreed".into(), plan.into()];
        words.extend(["--sha256".into(), sha256.into()]);
        words.extend(["--exchange".into(), exchange.into()]);
        words.extend(["--run".into(), run.into()]);
        words.extend(["--machine-root".into(), self.pc.path().into()]);
        words.extend(["--lang".into(), "ru".into()]);
        self.home.smarts(&words)
    }

    fn run(&self) -> (Ran, Vec<Line>) {
        let ran = self.run_as(RUN);
        let path = self.runs_dir().join(RUN).join("progress.jsonl");
        (ran, Follower::new(path).lines())
    }

    fn runs_dir(&self) -> PathBuf {
        self.pc.locate(r"C:\ProgramData\Cleverence\Updater\runs")
    }

    fn version(&self) -> String {
        made::version(self.pc.path(), FOLDER)
    }

    /// Refused with these words, and every base byte for byte what it was.
    fn assert_refused(&self, words: &str) {
        let bases = self.pc.locate(r"C:\ProgramData\Cleverence\Databases");
        let before = made::content(&bases);
        let (ran, lines) = self.run();
        assert_eq!(ran.status, 3, "{ran:?}");
        let [Line::Refused(notice)] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(notice.what.contains(words), "{notice:?}");
        assert!(notice.next.is_some() && notice.kept.is_some(), "{notice:?}");
        assert_eq!(made::content(&bases), before);
        assert!(!self.pc.locate(r"C:\ProgramData\Cleverence\Updater\journal.jsonl").exists());
    }
}

fn results(lines: &[Line]) -> &[BaseResult] {
    match lines.last() {
        Some(Line::News(News::Finished { results })) => results,
        _ => panic!("{lines:?}"),
    }
}

#[test]
fn an_agreed_plan_is_carried_out_and_told_line_by_line() {
    let agreed = agreed();
    let left = agreed.runs_dir().join("leftFromBefore");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("progress.jsonl"), "").unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{ran:?}");
    let stages = |id: &str| -> Vec<String> {
        let mut stages: Vec<String> = lines
            .iter()
            .filter_map(|line| match line {
                Line::News(News::Progress { item_id, stage }) if item_id == id => {
                    Some(format!("{stage:?}").split(' ').next().unwrap_or_default().to_owned())
                }
                _ => None,
            })
            .collect();
        stages.dedup();
        stages
    };
    for id in ["main", "forest"] {
        assert_eq!(stages(id), ["Preparing", "Copying", "Replacing", "Reading"]);
    }
    let done: Vec<(&str, String)> = results(&lines)
        .iter()
        .map(|result| match &result.outcome {
            Outcome::Done(done) => (result.item_id.as_str(), done.version.to_string()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(done, [("main", NEW.to_owned()), ("forest", NEW.to_owned())]);
    assert_eq!(agreed.version(), NEW);
    assert!(!left.exists(), "what an earlier run has left is taken away");
}

#[test]
fn a_file_that_is_not_the_one_agreed_to_is_refused() {
    let mut agreed = agreed();
    agreed.package().sha256 = Digest::of(b"another");
    agreed.assert_refused("изменился после проверки");
    let path = agreed.package().path.clone();
    let bytes = fs::read(&path).unwrap();
    agreed.package().sha256 = Digest::of(&bytes);
    agreed.package().size += 1;
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    agreed.assert_refused("не тот файл");
}

#[test]
fn a_file_put_in_the_place_of_the_agreed_one_is_refused() {
    let mut agreed = agreed();
    let other = made::template("1.6.3.9999").build().unwrap();
    fs::write(&agreed.package().path, other).unwrap();
    agreed.assert_refused("изменился после проверки");
    fs::remove_file(&agreed.package().path).unwrap();
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    agreed.assert_refused("не читается");
}

#[test]
fn a_template_that_nothing_proves_needs_the_consent_that_the_plan_has() {
    let mut agreed = agreed();
    agreed.package().proof = Proof::None;
    agreed.assert_refused("ничто не доказывает подлинность");
    agreed.kept.accept_unproved = true;
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    assert_eq!(agreed.run().0.status, 0);
    assert_eq!(agreed.version(), NEW);
}

#[test]
fn bases_that_are_not_what_the_person_saw_are_not_touched() {
    let mut agreed = agreed();
    let KeptSubject::Template { bases, .. } = &mut agreed.kept.subject else { panic!() };
    bases[1].folder = r"D:\Elsewhere".into();
    agreed.assert_refused("базы больше нет в списке");
    let KeptSubject::Template { bases, .. } = &mut agreed.kept.subject else { panic!() };
    bases.truncate(1);
    bases[0].version = "1.0.2.85".parse().ok();
    fs::remove_dir_all(agreed.runs_dir()).unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!(ran.status, 1, "{ran:?}");
    let [BaseResult { outcome: Outcome::Failed(notice), .. }] = results(&lines) else { panic!("{lines:?}") };
    assert!(notice.what.contains("обновил кто-то другой"), "{notice:?}");
    assert_eq!(agreed.version(), OLD);
}

#[test]
fn what_is_no_plan_is_refused_and_nothing_of_it_is_told() {
    let agreed = agreed();
    let plan = agreed.home.path().join("exchange/plan.json");
    fs::write(plan, "{\"secret\": 1}").unwrap();
    let ran = agreed.run_unwritten(RUN);
    assert_eq!(ran.status, 3, "{ran:?}");
    let told = fs::read_to_string(agreed.runs_dir().join(RUN).join("progress.jsonl")).unwrap();
    assert!(told.contains("план обновления не принят") && !told.contains("secret"), "{told}");
}

#[test]
fn a_file_called_stop_stops_a_run_before_it_changes_anything() {
    let agreed = agreed();
    fs::write(agreed.home.path().join("exchange/stop"), "").unwrap();
    let (ran, lines) = agreed.run();
    assert_eq!(ran.status, 4, "{ran:?}");
    let outcomes: Vec<&Outcome> = results(&lines).iter().map(|result| &result.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Stopped, &Outcome::NotStarted]);
    assert_eq!(agreed.version(), OLD);
}

#[test]
fn a_run_tells_in_no_folder_but_a_fresh_one_of_its_own() {
    let agreed = agreed();
    for run in ["../../../evil", "/tmp/evil-evil", "short", "NUL.txt.txt", "папка-папка"] {
        let ran = agreed.run_as(run);
        assert_eq!(ran.status, 3, "{ran:?}");
        assert!(!agreed.runs_dir().exists(), "{run}");
    }
    // A link in the place of the folder of all runs would have the rest made wherever it leads to.
    let elsewhere = agreed.home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::create_dir_all(agreed.runs_dir().parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, agreed.runs_dir()).unwrap();
    assert_eq!(agreed.run_as(RUN).status, 3);
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert_eq!(agreed.version(), OLD);
}
