//! Whether an app goes where it is to go: a function of what is staged and of what the package says.

use super::{Misfit, Remark};
use crate::devices::apk::Apk;
use crate::devices::staged::{List, Staged};
use crate::devices::{Compatibility, compatibility};
use crate::version::Version;

/// Judges an app that is to be staged as `version`; `server` is what the devices work with, or will.
pub fn judge(
    staged: &Staged,
    apk: &Apk,
    version: Version,
    server: Option<&Version>,
) -> Result<Vec<Remark>, Misfit> {
    if let Some(found) = apk.version.filter(|found| *found != version) {
        return Err(Misfit::OtherVersion { expected: version, found });
    }
    let newest = staged.newest().and_then(|app| Some((app, app.content.as_ref().ok()?)));
    let mut remarks = Vec::new();
    if let Some((app, content)) = newest {
        if content.apk.package != apk.package {
            let (staged, found) = (content.apk.package.clone(), apk.package.clone());
            return Err(Misfit::OtherApp { staged, found });
        }
        if app.version > version {
            return Err(Misfit::Lower { staged: app.version, found: version });
        }
        if app.version == version && content.apk == *apk {
            remarks.push(Remark::AlreadyThere);
        } else if let (Some(staged), Some(found)) = (content.apk.version_code, apk.version_code)
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::devices::staged::{Content, StagedApp, Unusable};

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
        let same = staged(&[("3.4.0.46990", 46990)]);
        assert_eq!(judged(&same, &apk("3.4.0.46990", 46990), "3.4.46.1"), Ok(vec![Remark::AlreadyThere]));
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
}
