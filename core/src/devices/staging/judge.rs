//! Whether an app goes where it is to go: a function of what is staged and of what the package says. Whether it is the
//! very same file the disk alone tells ([`same_file()`]): two packages may say the same of themselves.

use std::fs::File;

use super::{Misfit, Remark};
use crate::devices::apk::Apk;
use crate::devices::staged::{List, Staged, StagedApp};
use crate::devices::{Compatibility, compatibility};
use crate::digest::Digest;
use crate::os::{self, PATIENCE};
use crate::verify::Verified;
use crate::version::Version;

/// Judges an app that is to be staged as `version`; `server` is what the devices work with, or will. Nothing is said of
/// whether it is there already.
pub fn judge(
    staged: &Staged,
    apk: &Apk,
    version: Version,
    server: Option<&Version>,
) -> Result<Vec<Remark>, Misfit> {
    if let Some(found) = apk.version.filter(|found| *found != version) {
        return Err(Misfit::OtherVersion { expected: version, found });
    }
    // Also where the list is broken: what lies beside it is what devices were offered by it.
    if let Some(package) = staged.package().filter(|package| *package != apk.package) {
        let (staged, found) = (package.to_owned(), apk.package.clone());
        return Err(Misfit::OtherApp { staged, found });
    }
    let newest = staged.newest().and_then(|app| Some((app, app.content.as_ref().ok()?)));
    let mut remarks = Vec::new();
    if let Some((app, content)) = newest {
        if app.version > version {
            return Err(Misfit::Lower { staged: app.version, found: version });
        }
        // A device that has taken just this version is not offered it again.
        if app.version < version
            && let (Some(staged), Some(found)) = (content.apk.version_code, apk.version_code)
            && found <= staged
        {
            remarks.push(Remark::CodeNotAbove { staged, found });
        }
    }
    if matches!(staged.list, List::Broken(_)) {
        remarks.push(Remark::BrokenList);
    }
    let unusable = staged.apps.iter().filter_map(|app| Some((app.version, app.content.as_ref().err()?)));
    remarks.extend(unusable.map(|(version, why)| Remark::UnusableVersion { version, why: why.clone() }));
    if apk.version.is_none() {
        remarks.push(Remark::NoVersionName);
    }
    if let Some(server) = server {
        match compatibility(&version, server) {
            Compatibility::Matches => {}
            Compatibility::AppNewer => remarks.push(Remark::AboveServer { server: *server }),
            Compatibility::AppTooOld => remarks.push(Remark::TooOldForServer { server: *server }),
        }
    }
    Ok(remarks)
}

/// The same of a file, and whether it is there already. Reads what is staged, if that is of the same version and size.
pub fn judge_file(
    staged: &Staged,
    file: &Verified,
    apk: &Apk,
    version: Version,
    server: Option<&Version>,
) -> Result<Vec<Remark>, Misfit> {
    let mut remarks = judge(staged, apk, version, server)?;
    if same_file(staged, version, file.size(), file.sha256()).is_some() {
        remarks.insert(0, Remark::AlreadyThere);
    } else if staged.newest().is_some_and(|newest| newest.version == version) {
        remarks.insert(0, Remark::OtherFile { version });
    }
    Ok(remarks)
}

/// The newest that devices are offered, if it is of this version and the very same file.
pub(super) fn same_file(staged: &Staged, version: Version, size: u64, sha256: Digest) -> Option<&StagedApp> {
    let newest = staged.newest().filter(|newest| newest.version == version)?;
    let content = newest.content.as_ref().ok().filter(|content| content.size == size)?;
    let opened = os::patiently(PATIENCE, || File::open(&content.path));
    let read = opened.and_then(|mut file| Digest::of_reader(&mut file));
    read.is_ok_and(|(found, _)| found == sha256).then_some(newest)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use smarts_tests::apk::{ApkBuilder, PACKAGE};

    use super::*;
    use crate::catalogue::ReleaseFile;
    use crate::devices::apk;
    use crate::devices::staged::{self, Content, Unusable};
    use crate::download::Downloaded;
    use crate::fixtures::{self, Answering};
    use crate::source::Trust;
    use crate::verify;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    fn apk(text: &str, code: u64) -> Apk {
        Apk {
            package: "com.example.app".to_owned(),
            version_name: text.to_owned(),
            version: text.parse().ok(),
            version_code: Some(code),
        }
    }

    fn staged(apps: &[(&str, u64)]) -> Staged {
        let app = |(text, code): &(&str, u64)| StagedApp {
            version: version(text),
            folder: (*text).to_owned(),
            content: Ok(Content {
                path: PathBuf::new(),
                size: 1,
                text: String::new(),
                apk: apk(text, *code),
            }),
        };
        Staged {
            dir: PathBuf::new(),
            list: List::Read { refused: Vec::new() },
            apps: apps.iter().map(app).collect(),
            unlisted: Vec::new(),
        }
    }

    fn judged(staged: &Staged, apk: &Apk, server: &str) -> Result<Vec<Remark>, Misfit> {
        judge(staged, apk, version("3.4.0.46990"), Some(&version(server)))
    }

    #[test]
    fn an_app_that_is_above_what_is_staged_and_goes_with_the_server_needs_no_words() {
        let new = apk("3.4.0.46990", 46990);
        assert_eq!(judged(&staged(&[]), &new, "3.4.46.40367"), Ok(vec![]));
        assert_eq!(judged(&staged(&[("3.3.0.28766", 28766)]), &new, "3.4.46.40367"), Ok(vec![]));
    }

    #[test]
    fn another_app_a_lower_version_and_another_version_than_was_said_are_refused() {
        let present = staged(&[("3.3.0.28766", 28766)]);
        let other = Apk { package: "com.example.game".to_owned(), ..apk("3.4.0.46990", 1) };
        assert!(matches!(judged(&present, &other, "3.4.46.1"), Err(Misfit::OtherApp { .. })));
        let higher = staged(&[("4.0.0.1", 1)]);
        assert!(matches!(judged(&higher, &apk("3.4.0.46990", 46990), "3.4.46.1"), Err(Misfit::Lower { .. })));
        let misnamed = apk("3.3.0.28766", 28766);
        assert!(matches!(judged(&present, &misnamed, "3.4.46.1"), Err(Misfit::OtherVersion { .. })));
    }

    #[test]
    fn what_a_person_should_know_is_said() {
        let codes = judged(&staged(&[("3.3.0.28766", 50000)]), &apk("3.4.0.46990", 46990), "3.4.46.1");
        assert_eq!(codes, Ok(vec![Remark::CodeNotAbove { staged: 50000, found: 46990 }]));
        let server = |text| version(text);
        let new = apk("3.4.0.46990", 46990);
        let above = Remark::AboveServer { server: server("3.3.46.29552") };
        assert_eq!(judged(&staged(&[]), &new, "3.3.46.29552"), Ok(vec![above]));
        let too_old = Remark::TooOldForServer { server: server("3.5.46.1") };
        assert_eq!(judged(&staged(&[]), &new, "3.5.46.1"), Ok(vec![too_old]));
        let nameless = Apk { version: None, ..new.clone() };
        assert_eq!(judged(&staged(&[]), &nameless, "3.4.46.1"), Ok(vec![Remark::NoVersionName]));
        let why = Unusable::Missing { path: "3.3.0.28766/a.apk".to_owned() };
        let broken = Staged {
            apps: vec![StagedApp {
                version: version("3.3.0.28766"),
                folder: String::new(),
                content: Err(why.clone()),
            }],
            ..staged(&[])
        };
        let remark = Remark::UnusableVersion { version: version("3.3.0.28766"), why };
        assert_eq!(judged(&broken, &new, "3.4.46.1"), Ok(vec![remark]));
    }

    /// A base's folder with this package on its list, or with a list like this.
    fn folder(package: &ApkBuilder, list: &str) -> tempfile::TempDir {
        let base = tempfile::tempdir().unwrap();
        let dir = base.path().join("Update/Android");
        fs::create_dir_all(dir.join("3.4.0.46990")).unwrap();
        fs::write(dir.join("versions.xml"), list).unwrap();
        fs::write(dir.join("3.4.0.46990/update.xml"), "<update file='app.apk'/>").unwrap();
        fs::write(dir.join("3.4.0.46990/app.apk"), package.build().unwrap()).unwrap();
        base
    }

    const LIST: &str = "<versions><version name='3.4.0.46990'/></versions>";

    fn judged_file(base: &Path, package: &ApkBuilder) -> Result<Vec<Remark>, Misfit> {
        let path = base.join("new.apk");
        fs::write(&path, package.build().unwrap()).unwrap();
        let rules = verify::Rules {
            source_trust: Trust::Folder,
            accept_unproved: true,
            expected_publisher: None,
            resigned_by: None,
        };
        let downloaded = Downloaded::at_hand(&path).unwrap();
        let release = ReleaseFile { size: None, sha256: None, ..fixtures::file("new.apk") };
        let file = verify::verify(downloaded, &release, &rules, &Answering::on(base)).unwrap();
        let apk = apk::read(file.reader()).unwrap();
        judge_file(&staged::read(base), &file, &apk, version("3.4.0.46990"), None)
    }

    #[test]
    fn only_the_very_same_file_is_there_already_whatever_another_says_of_itself() {
        let package = |fill: usize| ApkBuilder::new("3.4.0.46990").filled(fill);
        let base = folder(&package(1000), LIST);
        assert_eq!(judged_file(base.path(), &package(1000)), Ok(vec![Remark::AlreadyThere]));
        let other = Ok(vec![Remark::OtherFile { version: version("3.4.0.46990") }]);
        assert_eq!(judged_file(base.path(), &package(2000)), other, "of another size");
        let staged = base.path().join("Update/Android/3.4.0.46990/app.apk");
        let mut bytes = fs::read(&staged).unwrap();
        let filling = bytes.len() / 2;
        bytes[filling] ^= 1;
        fs::write(&staged, bytes).unwrap();
        assert_eq!(judged_file(base.path(), &package(1000)), other, "of the same size");
    }

    #[test]
    fn another_app_is_refused_also_where_the_list_of_what_was_offered_is_broken() {
        let new = ApkBuilder::new("3.4.0.46990");
        for list in ["<versions><version", LIST] {
            let base = folder(&ApkBuilder::new("3.4.0.46990").package("com.example.game"), list);
            let (staged, found) = ("com.example.game".to_owned(), PACKAGE.to_owned());
            assert_eq!(judged_file(base.path(), &new), Err(Misfit::OtherApp { staged, found }), "{list}");
        }
        let base = folder(&new, "<versions><version");
        assert_eq!(judged_file(base.path(), &new), Ok(vec![Remark::BrokenList]), "devices do not see it");
    }
}
