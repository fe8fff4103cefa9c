//! Space, programs at work, the hour, rights, and what can be told before the download.

use std::net::{Ipv4Addr, TcpListener};

use super::*;
use crate::os::Holder;
use crate::plan::InstallerPlan;
use crate::platform::former::Former;

fn many(count: u8) -> Pc {
    let spec = |n: u8| BaseSpec {
        files: vec![("appres.resources".into(), vec![b'r'; 1000])],
        ..BaseSpec::new(&format!("b{n}"), &format!("База {n}"))
    };
    let mut pc = pc("3.3.46.29552", &spec(0));
    for n in 1..count {
        pc.root = pc.root.base(&spec(n)).unwrap();
    }
    pc.os = os::MachineRoot::open(pc.root.path()).unwrap();
    pc
}

#[test]
fn copies_of_all_bases_and_what_is_unpacked_for_one_have_to_fit_together() {
    let pc = many(3);
    let package = || vec![pc.package(NEW, &template(NEW).file("Docs/big.bin", vec![b'x'; 5000]), true)];
    let points = pc.points_of(package());
    let copies = points.copy_bytes;
    assert!(copies > 3000, "{copies}");
    let needed = |points: &Points| match &points.stops[..] {
        [Stop::NoSpace(space)] => space.needed_bytes,
        other => panic!("{other:?}"),
    };
    let points = pc.points_on(&pc.with_free(0), package());
    let all = needed(&points);
    // The last base is unpacked while the first two have grown already, by a little less than the large file: the
    // template's description is shorter than the base's.
    assert!(all > copies + 3 * 4800, "{all} and {copies}");
    assert!(all < copies + 3 * 7000, "{all} and {copies}");
    assert!(!pc.points_on(&pc.with_free(all - 1), package()).may_go_on());
    let points = pc.points_on(&pc.with_free(all), package());
    assert!(points.may_go_on(), "{points:?}");
    assert!(matches!(&points.warnings[..], [Warning::LittleSpace(_)]), "{points:?}");
}

#[test]
fn what_goes_to_another_disk_is_counted_there() {
    let pc = many(2);
    let volume = |id: &str, free_bytes| Volume { id: id.to_owned(), free_bytes, total_bytes: 100 << 30 };
    let on = |copies: u64, bases: u64| Answering {
        volumes: vec![("Backup".into(), volume("d", copies)), (String::new(), volume("c", bases))],
        ..Answering::on(pc.root.path())
    };
    fs::create_dir_all(Paths::below(&pc.os, pc.own.path()).backup_dir).unwrap();
    let points = |os: &Answering| pc.points_on(os, vec![pc.package(NEW, &template(NEW), true)]);
    let short = |points: &Points| match &points.stops[..] {
        [Stop::NoSpace(space)] => space.dir.ends_with("Backup"),
        other => panic!("{other:?}"),
    };
    assert!(short(&points(&on(10, 90 << 30))));
    assert!(!short(&points(&on(90 << 30, 10))));
    assert!(points(&on(90 << 30, 90 << 30)).passes.iter().any(|pass| matches!(pass, Pass::Space { .. })));
}

#[test]
fn little_room_left_is_two_gibibytes_or_a_tenth_of_a_small_disk() {
    let pc = pc("3.3.46.29552", &spec());
    let on = |free_bytes, total_bytes| {
        let volume = Volume { id: "one".to_owned(), free_bytes, total_bytes };
        let os = Answering { volumes: vec![(String::new(), volume)], ..Answering::on(pc.root.path()) };
        let points = pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)]);
        assert!(points.may_go_on(), "{points:?}");
        points.warnings.iter().any(|one| matches!(one, Warning::LittleSpace(_)))
    };
    assert!(on(1 << 30, 100 << 30));
    assert!(!on(3 << 30, 100 << 30));
    assert!(on(1 << 29, 10 << 30));
    assert!(!on(3 << 29, 10 << 30));
}

#[test]
fn a_data_server_that_answers_is_a_warning_and_one_that_does_not_is_none() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let pc = pc("3.3.46.29552", &spec());
    let settings = format!(
        "<App.Settings><Mode>Server</Mode><ServerSettings><DataService enabled='True' port='{port}'/>\
         </ServerSettings></App.Settings>"
    );
    fs::write(pc.base_dir().join("settings.xml"), settings).unwrap();
    let look = |asks_ports| {
        let os = Answering { asks_ports, ..pc.with_free(90 << 30) };
        pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)])
    };
    let points = look(true);
    assert_eq!(points.warnings, [Warning::ServerAnswers { base_id: "a".into(), port }]);
    assert!(!points.passes.contains(&Pass::NotInUse { base_id: "a".into() }), "{points:?}");
    assert_eq!(look(false).warnings, [], "a machine root asks no port of the host");
    drop(listener);
    assert_eq!(look(true).warnings, []);
}

#[test]
fn whoever_holds_a_file_that_is_to_be_replaced_is_named_with_the_session() {
    let pc = pc("3.3.46.29552", &spec());
    let holder = Holder { program: "notepad.exe".into(), user: Some(r"SHOP\ivan".into()), session: Some(2) };
    let os = Answering { holders: vec![holder.clone()], ..pc.with_free(90 << 30) };
    let points = pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)]);
    let [Stop::FilesHeld { base_id, holders }] = &points.stops[..] else { panic!("{points:?}") };
    assert_eq!((base_id.as_str(), &holders[..]), ("a", &[holder][..]));
}

/// A base in which so many files are to be replaced, and the template that does it.
fn with_files(count: usize) -> (Pc, TemplateBuilder) {
    let names: Vec<String> = (0..count).map(|number| format!("Docs/{number:05}.txt")).collect();
    let mut spec = spec();
    spec.files.extend(names.iter().map(|name| (name.clone(), b"a".to_vec())));
    let all = names.iter().fold(template(NEW), |template, name| template.file(name, "b"));
    (pc("3.3.46.29552", &spec), all)
}

#[test]
fn whoever_holds_one_of_many_files_is_found() {
    let (pc, template) = with_files(450);
    let held = "00449".to_owned();
    let os = Answering { holders: vec!["notepad.exe".into()], held, ..pc.with_free(90 << 30) };
    let points = pc.points_on(&os, vec![pc.package(NEW, &template, true)]);
    let [Stop::FilesHeld { holders, .. }] = &points.stops[..] else { panic!("{points:?}") };
    assert_eq!(holders, &["notepad.exe"]);
}

#[test]
fn a_base_is_not_called_free_with_more_files_than_are_asked_about() {
    let (pc, template) = with_files(2001);
    let points = pc.points(&template);
    assert_eq!(points.warnings, [Warning::UseNotTellable { base_id: "a".into() }]);
    assert!(!points.passes.iter().any(|pass| matches!(pass, Pass::NotInUse { .. })), "{points:?}");
}

#[test]
fn an_installer_at_work_stops_installers_and_is_said_of_templates() {
    let pc = pc("3.3.46.29552", &spec());
    let os = Answering { installer_running: Some(true), ..pc.with_free(90 << 30) };
    let points = pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)]);
    assert_eq!(points.warnings, [Warning::InstallerRunning]);
    let mut points = Points::default();
    pc.around(&os, |around| super::super::pc::look(around, true, &mut points));
    assert!(matches!(points.stops[..], [Stop::InstallerRunning]), "{points:?}");
}

#[test]
fn outside_the_hours_for_updates_it_is_said_when_they_begin() {
    let mut pc = pc("3.3.46.29552", &spec());
    pc.maintenance = Some("sun 12:00-13:00".parse().unwrap());
    let points = pc.points(&template(NEW));
    assert!(points.passes.contains(&Pass::MaintenanceTime), "{points:?}");
    pc.maintenance = Some("mon-fri 21:00-23:00".parse().unwrap());
    let points = pc.points(&template(NEW));
    let begins = Some("2026-11-23T21:00".parse().unwrap());
    assert_eq!(points.warnings, [Warning::WorkingTime { begins }]);
}

#[test]
fn rights_are_here_or_asked_for_or_somebody_elses() {
    let pc = pc("3.3.46.29552", &spec());
    let look = |unelevated| {
        let os = Answering { unelevated, ..pc.with_free(90 << 30) };
        pc.points_on(&os, vec![pc.package(NEW, &template(NEW), true)])
    };
    assert!(look(Some(true)).passes.contains(&Pass::Rights { asked: true }));
    let points = look(Some(false));
    assert_eq!(points.warnings, [Warning::AdministratorAsked]);
    assert!(!points.passes.iter().any(|pass| matches!(pass, Pass::Rights { .. })), "{points:?}");
}

#[test]
fn the_steps_of_a_chain_are_named_in_their_order() {
    let pc = pc("3.3.46.29552", &spec());
    let package = |version: &str| pc.package(version, &template(version), true);
    let points = pc.points_of(vec![package("1.6.3.6708"), package(NEW)]);
    let versions = vec![version("1.6.3.6708"), version(NEW)];
    assert!(points.passes.contains(&Pass::Steps { versions }), "{points:?}");
}

#[test]
fn how_long_a_base_stands_still_follows_from_its_size_and_the_pace_of_the_pc() {
    let mut pc = pc("3.3.46.29552", &spec());
    let standstill = |pc: &Pc| pc.points(&template(NEW)).standstill_secs.unwrap();
    assert_eq!(standstill(&pc), 5, "a small one takes a moment");
    fs::write(pc.base_dir().join("big.bin"), vec![0; 8 << 20]).unwrap();
    assert_eq!(standstill(&pc), 5 + 16);
    pc.root = pc.root.base(&BaseSpec::new("b", "Малая")).unwrap();
    pc.os = os::MachineRoot::open(pc.root.path()).unwrap();
    assert_eq!(standstill(&pc), 5 + 16, "each stands still in its own turn only");
}

#[test]
fn what_is_known_before_the_download_is_told_then() {
    let pc = pc("3.0.46.46642", &spec());
    let release = |size| {
        let file = ReleaseFile { size: Some(size), ..fixtures::file("x.mstmpl") };
        let min_platform = Some("3.3.46.29552".parse().unwrap());
        let date = "2025-10-29".parse().ok();
        Release { file: Some(file), date, min_platform, ..fixtures::release(PRODUCT, NEW) }
    };
    let early = |size| {
        let os = pc.with_free(50 << 30);
        let (subject, earlier) = (crate::offer::Subject::Base, Earlier::default());
        pc.around(&os, |around| early(around, subject, &[release(size)], &["a".into()], &earlier))
    };
    let points = early(1000);
    assert!(points.may_go_on(), "{points:?}");
    assert!(matches!(&points.warnings[..], [Warning::NeedsPlatform { .. }]), "{points:?}");
    let covered = Pass::Covered { base_id: Some("a".into()) };
    assert_eq!(points.passes, [covered, Pass::Rights { asked: false }, Pass::Space { needed_bytes: 1000 }]);
    let points = early(60 << 30);
    assert!(
        matches!(&points.stops[..], [Stop::NoSpace(Space { needed_bytes, .. })] if *needed_bytes == 60 << 30)
    );
}

#[test]
fn a_platform_that_stops_mobile_apps_says_which() {
    let mut devices = spec();
    devices.devices = vec![("ТСД 1".into(), std::time::SystemTime::UNIX_EPOCH)];
    let pc = pc("3.3.46.29552", &devices);
    let look = |to: &str, target| stopping(&pc, to, target);
    let device = Stopping { name: "ТСД 1".into(), is_assumed: true, gets: Gets::Nothing };
    assert_eq!(look("3.4.46.40367", InstallerTarget::Platform), [device]);
    assert_eq!(look("3.3.46.30866", InstallerTarget::Platform), []);
    assert_eq!(look("3.4.46.40367", InstallerTarget::Updater), []);
}

/// What is said of devices by the sheet of an installer.
fn stopping(pc: &Pc, to: &str, target: InstallerTarget) -> Vec<Stopping> {
    let package = pc.package(to, &template(to), true);
    let plan = InstallerPlan { package, arguments: Vec::new(), target, former: Former::NotSought };
    let plan = Plan { subject: PlanSubject::Installer(Box::new(plan)) };
    let points = pc.around(&pc.os, |around| points(around, &plan, &mut Earlier::default()));
    said_of_devices(&points)
}

fn said_of_devices(points: &Points) -> Vec<Stopping> {
    let of_devices = points.warnings.iter().find_map(|warning| match warning {
        Warning::DevicesStop { devices } => Some(devices.clone()),
        _ => None,
    });
    of_devices.unwrap_or_default()
}

#[test]
fn whether_an_app_is_waiting_for_a_device_that_stops_is_told_of_each() {
    let devices = |names: &[&str]| {
        names.iter().map(|name| ((*name).into(), std::time::SystemTime::UNIX_EPOCH)).collect::<Vec<_>>()
    };
    let says = |device: &str, text: &str| (format!("Connections/{device}/app.xml"), text.as_bytes().to_vec());
    let staged = |version: &str| {
        let package = smarts_tests::apk::ApkBuilder::new(version).build().unwrap();
        [
            (
                "versions.xml".to_owned(),
                format!("<versions><version name='{version}'/></versions>").into_bytes(),
            ),
            (format!("{version}/update.xml"), b"<update file='app.apk'/>".to_vec()),
            (format!("{version}/app.apk"), package),
        ]
        .map(|(path, bytes)| (format!("Update/Android/{path}"), bytes))
    };
    let mut with_app =
        BaseSpec { devices: devices(&["Android", "CE", "Новый", "Общий"]), ..spec() };
    with_app.files.extend(staged("3.4.0.46990"));
    with_app.files.push(says("Android", "<a clientVersion='3.3.0.1' os='Android'/>"));
    with_app.files.push(says("CE", "<a os='Windows CE'/>"));
    with_app.files.push(says("Новый", "<a clientVersion='3.4.0.1'/>"));
    // What is staged here does not work with the new platform either.
    let mut without = BaseSpec {
        devices: devices(&["Другой", "Общий"]), ..BaseSpec::new("b", "Магазин")
    };
    without.files.extend(staged("3.3.0.50000"));
    let mut pc = pc("3.3.46.29552", &with_app);
    pc.root = pc.root.base(&without).unwrap();
    pc.os = os::MachineRoot::open(pc.root.path()).unwrap();

    let device = |name: &str, is_assumed, gets| Stopping { name: name.into(), is_assumed, gets };
    let of_ce = |pc: &Pc| {
        let stopping = stopping(pc, "3.4.46.40367", InstallerTarget::Platform);
        stopping.into_iter().find(|device| device.name == "CE").unwrap().gets
    };
    assert_eq!(of_ce(&pc), Gets::ByHand, "the platform has no such folder");
    let carried = r"C:\Program Files (x86)\Cleverence Soft\Mobile SMARTS\Client Installer";
    fs::create_dir_all(pc.root.locate(carried)).unwrap();
    assert_eq!(of_ce(&pc), Gets::ByHand, "there is nothing in it");
    pc.root.write(&format!(r"{carried}\MobileSMARTS.WM.cab"), b"cab").unwrap();
    let expected = [
        device("Android", false, Gets::Staged),
        device("CE", true, Gets::FromPlatform),
        device("Другой", true, Gets::Nothing),
        device("Общий", true, Gets::Nothing),
    ];
    assert_eq!(stopping(&pc, "3.4.46.40367", InstallerTarget::Platform), expected);
    // Before the download, too.
    let (subject, earlier) = (crate::offer::Subject::Platform, Earlier::default());
    let releases = [fixtures::release("Platform4", "3.4.46.40367")];
    let points = pc.around(&pc.os, |around| early(around, subject, &releases, &[], &earlier));
    assert_eq!(said_of_devices(&points), expected);
    // The app is too old for what comes after that.
    let gets = stopping(&pc, "3.5.46.1", InstallerTarget::Platform).into_iter().map(|device| device.gets);
    let [nothing, platform] = [Gets::Nothing, Gets::FromPlatform];
    assert_eq!(gets.collect::<Vec<_>>(), [nothing, platform, nothing, nothing, nothing]);
}

#[test]
fn a_folder_in_which_nothing_can_be_created_is_a_stop() {
    let pc = pc("3.3.46.29552", &spec());
    let mut found = Points::default();
    let dir = pc.base_dir().join("gone");
    pc.around(&pc.os, |around| found.writable(around, "a", &dir));
    let [Stop::NotWritable { base_id, error }] = &found.stops[..] else { panic!("{found:?}") };
    assert_eq!((base_id.as_str(), error.kind()), ("a", std::io::ErrorKind::NotFound));
    assert_eq!(found.passes, []);
}

#[cfg(unix)]
#[test]
fn a_base_that_cannot_be_listed_is_a_stop() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let pc = pc("3.3.46.29552", &spec());
    fs::write(pc.base_dir().join(OsStr::from_bytes(b"\xff.txt")), "no Unicode").unwrap();
    let points = pc.points(&template(NEW));
    assert!(
        matches!(&points.stops[..], [Stop::Unreadable { base_id, error: tree::Error::Name { .. } }] if base_id == "a"),
        "{points:?}"
    );
    assert_eq!((points.copy_bytes, points.replaced), (0, None));
}
