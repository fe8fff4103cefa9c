//! Every way a base can be bad: it is listed with the reason and its path, and the base behind it stays good.

use super::*;

/// The damage of a base, which must stand with it and among the problems, with a path.
fn damage(spec: &BaseSpec) -> (Damage, String) {
    let (base, problems) = base_beside_a_good_one(spec);
    let Kind::Damaged(damage) = base.kind else { panic!("{:?}", base.kind) };
    let faults: Vec<_> = problems.iter().filter(|p| p.fault == Fault::Damaged(damage.clone())).collect();
    assert_eq!(faults.len(), 1, "{problems:?}");
    (damage, faults[0].path.clone())
}

#[test]
fn a_missing_folder_is_damage() {
    let pc = with_bases(&[BaseSpec::new("bad", "Плохая")]);
    let dir = pc.locate(&format!(r"{DATABASES}\bad"));
    std::fs::remove_dir_all(&dir).unwrap();
    for make_file in [false, true] {
        if make_file {
            std::fs::write(&dir, "a file in its place").unwrap();
        }
        let machine = machine(&pc);
        assert_eq!(machine.bases[0].kind, Kind::Damaged(Damage::FolderMissing));
        let fault = Fault::Damaged(Damage::FolderMissing);
        assert_eq!(machine.problems, [Problem { path: format!(r"{DATABASES}\bad"), fault }]);
    }
}

#[test]
fn a_folder_that_cannot_be_looked_into_is_not_one_that_is_missing() {
    // Longer than any name may be: the system refuses it to root, too, which permissions do not.
    let folder = format!(r"C:\ProgramData\Cleverence\Common\{}", "x".repeat(300));
    let pc = with_bases(&[]);
    let list =
        format!("<AppInstances><AppInstance id='bad' name='Плохая' folder='{folder}'/></AppInstances>");
    pc.write(apps_xml::PATH, list.as_bytes()).unwrap();
    let machine = machine(&pc);
    let kind = &machine.bases[0].kind;
    assert!(matches!(kind, Kind::Damaged(Damage::FolderUnreadable { .. })), "{kind:?}");
    assert_eq!(machine.problems[0].path, folder);
}

#[test]
fn a_folder_on_a_drive_that_is_not_there_is_damage() {
    let pc = with_bases(&[]);
    let list = r"<AppInstances><AppInstance id='bad' name='Плохая' folder='X:\Базы\wh'/></AppInstances>";
    pc.write(apps_xml::PATH, list.as_bytes()).unwrap();
    let machine = machine(&pc);
    assert_eq!(machine.bases[0].kind, Kind::Damaged(Damage::DriveMissing { drive: 'X' }));
    assert_eq!(machine.bases[0].dir, None);
    assert_eq!(machine.problems[0].path, r"X:\Базы\wh");
}

#[test]
fn a_folder_that_is_no_absolute_path_is_damage() {
    let pc = with_bases(&[]);
    for folder in ["", "wh", r"C:\a\..\..\b", r"\\server\bases\wh"] {
        let list = format!("<AppInstances><AppInstance id='bad' folder='{folder}'/></AppInstances>");
        pc.write(apps_xml::PATH, list.as_bytes()).unwrap();
        let machine = machine(&pc);
        let damage = Damage::BadFolder { folder: folder.to_owned() };
        assert_eq!(machine.bases[0].kind, Kind::Damaged(damage));
        assert_eq!(machine.problems[0].path, apps_xml::PATH);
    }
}

#[test]
fn a_description_that_is_not_there_is_damage() {
    let pc = with_bases(&[BaseSpec::new("bad", "Плохая")]);
    std::fs::remove_file(pc.locate(&path("AppDescription.xml"))).unwrap();
    let fault = FileFault::Missing { file: "AppDescription.xml".to_owned() };
    assert_eq!(machine(&pc).bases[0].kind, Kind::Damaged(Damage::Description(fault)));
}

#[test]
fn an_unreadable_description_is_damage() {
    let pc = with_bases(&[BaseSpec::new("bad", "Плохая")]);
    let file = pc.locate(&path("AppDescription.xml"));
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let kind = machine(&pc).bases[0].kind.clone();
    let is_unreadable = matches!(kind, Kind::Damaged(Damage::Description(FileFault::Unreadable { ref file, .. })) if file == "AppDescription.xml");
    assert!(is_unreadable, "{kind:?}");
}

#[test]
fn a_description_that_is_not_xml_is_damage() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let entities = "<!DOCTYPE a [<!ENTITY b 'c'>]><AppDescription appVersion='1.0'/>";
    for text in ["", "nonsense", "<AppDescription appVersion='1.0'>", entities, &deep] {
        let (damage, path_of) = damage(&with_file("AppDescription.xml", text));
        assert!(matches!(damage, Damage::Description(FileFault::NotXml { .. })), "{damage:?}");
        assert_eq!(path_of, path("AppDescription.xml"));
    }
}

#[test]
fn a_description_in_no_known_encoding_is_damage() {
    let (damage, _) = damage(&with_file("AppDescription.xml", b"<AppDescription appName='\xFF'/>"));
    assert!(matches!(damage, Damage::Description(FileFault::Encoding { .. })), "{damage:?}");
}

#[test]
fn a_description_with_the_wrong_root_is_damage() {
    let (damage, _) = damage(&with_file("AppDescription.xml", "<html/>"));
    let fault = FileFault::WrongRoot {
        file: "AppDescription.xml".to_owned(),
        expected: "AppDescription".to_owned(),
        found: "html".to_owned(),
    };
    assert_eq!(damage, Damage::Description(fault));
}

#[test]
fn five_megabytes_of_nonsense_are_refused_unread() {
    for name in ["AppDescription.xml", "settings.xml"] {
        let (damage, path_of) = damage(&with_file(name, vec![b'x'; 5_000_000]));
        let too_large = FileFault::TooLarge { file: name.to_owned(), limit_bytes: 4 * 1024 * 1024 };
        let (Damage::Description(fault) | Damage::Settings(fault)) = damage else { panic!("{damage:?}") };
        assert_eq!(fault, too_large);
        assert_eq!(path_of, path(name));
    }
}

#[test]
fn a_base_without_a_version_is_damage() {
    let (damage, path_of) = damage(&BaseSpec { version: None, ..BaseSpec::new("bad", "Плохая") });
    assert_eq!((damage, path_of), (Damage::NoVersion, path("AppDescription.xml")));
}

#[test]
fn a_version_that_is_none_is_damage() {
    for text in ["1", "1.2.3.4.5", "-1.0", "1.6.2.beta", "1.99999999999", &"1.".repeat(1000)] {
        let spec = BaseSpec { version: Some(text.to_owned()), ..BaseSpec::new("bad", "Плохая") };
        let (damage, _) = damage(&spec);
        assert_eq!(damage, Damage::BadVersion(text.parse::<Version>().unwrap_err()), "{text}");
    }
}

#[test]
fn settings_that_cannot_be_read_are_damage() {
    for text in ["<App.Settings>", "<Other/>"] {
        let (damage, path_of) = damage(&with_file("settings.xml", text));
        assert!(matches!(damage, Damage::Settings(_)), "{damage:?}");
        assert_eq!(path_of, path("settings.xml"));
    }
}

#[test]
fn two_bases_with_one_id_are_both_damaged() {
    let first = BaseSpec::new("same", "Первая");
    let second = BaseSpec { folder: format!(r"{DATABASES}\second"), ..BaseSpec::new("SAME", "Вторая") };
    let machine = machine(&with_bases(&[first, second, BaseSpec::new("good", "Хорошая")]));
    for (base, id) in machine.bases.iter().zip(["same", "SAME"]) {
        assert_eq!(base.kind, Kind::Damaged(Damage::DuplicateId { id: id.to_owned() }));
    }
    assert_eq!(machine.bases[2].kind, Kind::Local);
    let paths: Vec<&str> = machine.problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, [format!(r"{DATABASES}\same"), format!(r"{DATABASES}\second")]);
}
