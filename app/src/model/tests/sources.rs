//! Reading a folder just this once, and agreeing to what has expired.

use smarts_core::catalogue;
use smarts_core::source;

use super::*;
use crate::model::{Detour, Dialog, Expiry, FailureKind, SourceAction};

const FOLDER: &str = r"D:\updates";
const LAST_STICK: &str = "2026-11-02T00:00:00Z";

fn say(model: &mut Model, action: SourceAction) -> Vec<Command> {
    update(model, Action::Source(action))
}

fn expiry(since: &str) -> Expiry {
    Expiry { role: "timestamp".into(), since: since.parse().unwrap() }
}

fn detour(folder: Option<&str>, is_agreed: bool) -> Command {
    Command::UseSource(Detour {
        folder: folder.map(str::to_owned),
        agreed: is_agreed.then(|| expiry(LAST_STICK)),
    })
}

fn expired_since(since: &str) -> CheckFailure {
    let kind = FailureKind::Expired { expiry: expiry(since), now: "2026-11-22T09:40:00Z".parse().unwrap() };
    CheckFailure { kind, ..failure("подпись истекла") }
}

fn expired() -> CheckFailure {
    expired_since(LAST_STICK)
}

/// The window on a folder, whose check has not ended.
fn on_folder() -> Model {
    let mut model = loaded(fixtures::everything());
    let commands = say(&mut model, SourceAction::UseFolder(FOLDER.into()));
    assert_eq!(commands, vec![detour(Some(FOLDER), false), Command::Check]);
    assert_eq!(receive(&mut model, Event::SourceInUse), vec![]);
    model
}

fn of_folder() -> Report {
    fixtures::of(vec![fixtures::cash_desk()]).1
}

#[test]
fn while_a_folder_is_read_nothing_of_the_usual_source_is_shown_and_all_of_it_comes_back() {
    let mut model = loaded(fixtures::everything());
    let usual = model.report.clone();
    let _ = act(&mut model, "main", ItemAction::Update);
    let _ = receive(
        &mut model,
        Event::DownloadFailed { item_id: "main".into(), notice: Notice::of("нет связи") },
    );
    let _ = say(&mut model, SourceAction::UseFolder(FOLDER.into()));
    assert_eq!((&model.report, model.headline()), (&None, Headline::NeverChecked));
    assert_eq!(model.activity("main"), None, "what waited was about the usual source");
    let _ = receive(&mut model, Event::SourceInUse);
    let _ = receive(&mut model, Event::Checked(Ok(of_folder())));
    let machine = fixtures::everything().0;
    assert_eq!(model.report, Some(fixtures::judged(&machine, of_folder())));
    assert_eq!(
        act(&mut model, "cash", ItemAction::Update),
        vec![Command::Download { item_id: "cash".into(), covered: false }]
    );
    assert_eq!(say(&mut model, SourceAction::UseUsual), vec![], "files are on their way from the folder");
    let _ = act(&mut model, "cash", ItemAction::Cancel);

    assert_eq!(say(&mut model, SourceAction::UseUsual), vec![detour(None, false), Command::Load]);
    assert_eq!((&model.report, &model.sources.folder), (&usual, &None));
}

#[test]
fn answers_about_the_former_source_change_nothing() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::CheckNow);
    let _ = say(&mut model, SourceAction::UseFolder(FOLDER.into()));
    let _ = receive(&mut model, Event::Checked(Err(failure("нет связи"))));
    let (_, usual) = fixtures::everything();
    let _ = receive(&mut model, Event::Checked(Ok(usual)));
    assert_eq!((&model.report, &model.check_failure, model.check.is_some()), (&None, &None, true));
    let _ = receive(&mut model, Event::SourceInUse);
    let _ = receive(&mut model, Event::Checked(Ok(of_folder())));
    let machine = fixtures::everything().0;
    assert_eq!(model.report, Some(fixtures::judged(&machine, of_folder())));
}

#[test]
fn the_source_is_not_changed_under_a_download() {
    let mut model = loaded(fixtures::everything());
    assert_eq!(say(&mut model, SourceAction::ChooseFolder), vec![Command::ChooseFolder]);
    let _ = act(&mut model, "main", ItemAction::Update);
    assert_eq!(say(&mut model, SourceAction::UseFolder(FOLDER.into())), vec![]);
    assert_eq!((&model.dialog, &model.sources.folder), (&Some(Dialog::SourceBusy), &None));
    assert!(model.report.is_some());
    model.dialog = None;
    assert_eq!(say(&mut model, SourceAction::ChooseFolder), vec![]);
    assert_eq!(model.dialog, Some(Dialog::SourceBusy));
}

#[test]
fn an_expired_folder_is_asked_about_once_and_used_only_after_a_yes() {
    let mut model = on_folder();
    let _ = receive(&mut model, Event::Checked(Err(expired())));
    assert!(matches!(model.dialog, Some(Dialog::Expired { .. })));
    let _ = update(&mut model, Action::CloseDialog);
    assert_eq!(say(&mut model, SourceAction::AcceptExpired), vec![], "nobody was asked");
    let _ = say(&mut model, SourceAction::AskAboutExpired);
    let commands = say(&mut model, SourceAction::AcceptExpired);
    assert_eq!(commands, vec![detour(Some(FOLDER), true), Command::Check]);
    let _ = receive(&mut model, Event::SourceInUse);
    let _ = receive(&mut model, Event::Checked(Ok(of_folder())));
    assert_eq!((&model.dialog, &model.check_failure), (&None, &None));

    let _ = say(&mut model, SourceAction::UseUsual);
    let _ = receive(&mut model, Event::SourceInUse);
    let again = say(&mut model, SourceAction::UseFolder(FOLDER.into()));
    assert_eq!(again, vec![detour(Some(FOLDER), true), Command::Check], "one consent for one stick");
    let _ = receive(&mut model, Event::SourceInUse);
    let other = say(&mut model, SourceAction::UseFolder(r"E:\".into()));
    assert_eq!(other, vec![detour(Some(r"E:\"), false), Command::Check], "and none for another");
}

#[test]
fn another_stick_on_the_same_drive_is_another_question() {
    let mut model = on_folder();
    let _ = receive(&mut model, Event::Checked(Err(expired())));
    let _ = say(&mut model, SourceAction::AcceptExpired);
    let _ = receive(&mut model, Event::SourceInUse);
    let _ = receive(&mut model, Event::Checked(Ok(of_folder())));

    let _ = update(&mut model, Action::CheckNow);
    let since = "2026-10-15T00:00:00Z";
    let _ = receive(&mut model, Event::Checked(Err(expired_since(since))));
    let shown =
        matches!(&model.dialog, Some(Dialog::Expired { expiry: shown, .. }) if *shown == expiry(since));
    assert!(shown, "{:?}", model.dialog);
    let agreed = Some(expiry(since));
    let folder = Some(FOLDER.to_owned());
    let commands = say(&mut model, SourceAction::AcceptExpired);
    assert_eq!(commands, vec![Command::UseSource(Detour { folder, agreed }), Command::Check]);
}

#[test]
fn the_usual_folder_is_asked_about_only_when_the_person_wishes() {
    let mut model = loaded(fixtures::everything());
    let _ = update(&mut model, Action::CheckNow);
    let _ = receive(&mut model, Event::Checked(Err(expired())));
    assert_eq!(model.dialog, None, "nobody is disturbed by a check they may not have asked for");
    let _ = say(&mut model, SourceAction::AskAboutExpired);
    let commands = say(&mut model, SourceAction::AcceptExpired);
    assert_eq!(commands, vec![detour(None, true), Command::Check]);
}

#[test]
fn a_refused_file_can_be_asked_for_again_or_taken_off_its_row() {
    let mut model = loaded(fixtures::everything());
    let _ = act(&mut model, "main", ItemAction::Update);
    let notice = Notice::of("не тот файл");
    let _ = receive(&mut model, Event::FileRefused { item_id: "main".into(), notice: notice.clone() });
    assert_eq!(model.activity("main"), Some(&Activity::Refused(notice)));
    assert_eq!(act(&mut model, "main", ItemAction::Install), vec![]);
    let download = Command::Download { item_id: "main".into(), covered: false };
    assert_eq!(act(&mut model, "main", ItemAction::Update), vec![download]);
    let _ = receive(&mut model, Event::FileRefused { item_id: "main".into(), notice: Notice::of("снова") });
    let cancel = Command::CancelDownload { item_id: "main".into(), covered: false };
    assert_eq!(act(&mut model, "main", ItemAction::Cancel), vec![cancel]);
    assert_eq!(model.activity("main"), None);
}

#[test]
fn a_wrong_clock_is_a_warning_and_nothing_that_was_not_read() {
    let (machine, mut report) = fixtures::everything();
    let (now, at_least) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2026-11-22T00:00:00Z".parse().unwrap());
    let fault = source::Fault::ClockBehind { now, at_least };
    let fault_of = catalogue::Fault::Source(fault.clone());
    let problem = catalogue::Problem { path: "metadata".into(), fault: fault_of, unread: None };
    report.problems = vec![smarts_core::check::Problem::Source(problem)];
    let model = loaded((machine, report));
    assert_eq!(model.problems(), vec![]);
    assert_eq!(model.source_warnings().collect::<Vec<_>>(), vec![&fault]);
}
