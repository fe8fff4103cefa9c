//! Words for what was looked at before a change: what stands in the way, what to know, what is in order, and what can
//! be done about each. What subscriptions say is in `subscription`.

use i18n_embed_fl::fl;
use jiff::Timestamp;
use jiff::civil::DateTime;
use smarts_core::by_hand::{ByHand, Changed, Since, SinceCopy};
use smarts_core::machine::Machine;
use smarts_core::os::Holder;
use smarts_core::platform::former::NotHad;
use smarts_core::preflight::{BaseByHand, Gets, Pass, Points, Space, Stop, Warning};
use smarts_core::version::Version;

use super::{Texts, sentence};
use crate::model::Notice;
use crate::model::sheet::{Ask, Point, Weight};
use crate::session::Proved;

/// Files that are named below a point; the others are counted.
const NAMED: usize = 5;

impl Texts {
    /// Everything that was looked at, stops first; `proofs` are those of the plan's files, by their versions.
    pub fn points(&self, points: &Points, proofs: &[(Version, Proved)], machine: &Machine) -> Vec<Point> {
        let name = |id: &str| machine.base(id).map_or_else(|| id.to_owned(), |base| base.name.clone());
        let coverage = self.coverage_points(points, &name);
        let stops = points.stops.iter().filter_map(|stop| self.stop(stop, &name));
        let warnings = points.warnings.iter().filter_map(|warning| self.attention(warning, &name));
        let are_several = points.by_hand.len() > 1;
        let by_hand = points.by_hand.iter().enumerate().filter_map(|(number, of)| {
            let name = are_several.then(|| name(&of.base_id));
            self.by_hand(of.by_hand.as_ref()?, name.as_deref(), number == 0)
        });
        let passes = points.passes.iter().filter_map(|pass| self.pass(pass, proofs, &name));
        let told = stops.chain(coverage).chain(warnings).map(said);
        // Their hints begin with the names of files, which stay as they are.
        told.chain(by_hand).chain(passes).collect()
    }

    /// Why something is not even downloaded; `None`: nothing stands in the way.
    pub fn stops_notice(&self, points: &Points, machine: &Machine) -> Option<Notice> {
        let told = self.points(points, &[], machine);
        let stops: Vec<&Point> = told.iter().filter(|point| point.weight == Weight::Stop).collect();
        let what = stops.iter().map(|point| point.text.as_str()).collect::<Vec<_>>().join("; ");
        let next = stops.iter().find_map(|point| point.hint.clone());
        (!stops.is_empty()).then(|| Notice { next, ..Notice::of(sentence(&what)) })
    }

    /// `None`: said elsewhere.
    fn stop(&self, stop: &Stop, name: &dyn Fn(&str) -> String) -> Option<Point> {
        let loader = &self.loader;
        let (text, hint) = match stop {
            Stop::Package(error) => (self.verify_error(error), Some(fl!(loader, "hint-download-again"))),
            Stop::Template { error, .. } => (self.template_error(error), Some(fl!(loader, "hint-template"))),
            Stop::Misfit { base_id, misfit } => {
                let what = self.misfit(misfit);
                let text = fl!(loader, "stop-of-base", name = name(base_id), what = what);
                (text, Some(fl!(loader, "hint-template")))
            }
            Stop::NotHere { base_id } => {
                (fl!(loader, "stop-not-here", name = name(base_id)), Some(fl!(loader, "hint-not-here")))
            }
            Stop::NotWritable { base_id, error } => (
                fl!(loader, "stop-not-writable", name = name(base_id), reason = error.to_string()),
                Some(fl!(loader, "hint-rights")),
            ),
            Stop::InUse { base_id, holders, .. } => {
                (self.in_use(&name(base_id), holders), Some(fl!(loader, "hint-close")))
            }
            Stop::FilesHeld { base_id, holders } => (
                fl!(loader, "stop-files-held", name = name(base_id), programs = self.holding(holders)),
                Some(fl!(loader, "hint-close")),
            ),
            Stop::NotCopyable { base_id, path } => (
                fl!(loader, "stop-not-copyable", name = name(base_id), path = path.to_string()),
                Some(fl!(loader, "hint-not-copyable")),
            ),
            Stop::Unreadable { base_id, error } => {
                let text = fl!(loader, "stop-of-base", name = name(base_id), what = self.tree_error(error));
                (text, Some(fl!(loader, "hint-unreadable")))
            }
            Stop::Replacement { base_id, error } => {
                let what = self.template_error(error);
                let text = fl!(loader, "stop-of-base", name = name(base_id), what = what);
                (text, Some(fl!(loader, "hint-replacement")))
            }
            Stop::NoSpace(space) => (self.no_space(space), Some(fl!(loader, "hint-space"))),
            Stop::InstallerRunning => {
                (fl!(loader, "exit-another-installation"), Some(fl!(loader, "hint-installer")))
            }
            Stop::NotCovered { .. } | Stop::CoverageUnknown { .. } => return None,
            Stop::Nothing => (fl!(loader, "stop-nothing"), None),
        };
        Some(Point { weight: Weight::Stop, text, hint, ask: None })
    }

    /// `None`: said elsewhere.
    fn attention(&self, warning: &Warning, name: &dyn Fn(&str) -> String) -> Option<Point> {
        let loader = &self.loader;
        let (text, hint) = match warning {
            Warning::NeedsPlatform { minimum, installed, .. } => {
                (self.needs_platform(*minimum, *installed), Some(fl!(loader, "hint-platform-first")))
            }
            Warning::DevicesStop { devices } => {
                let (text, hint) = self.stopping(devices);
                (text, Some(hint))
            }
            Warning::Unproved { .. } => {
                (fl!(loader, "attention-unproved"), Some(fl!(loader, "hint-unproved")))
            }
            Warning::RevocationNotChecked { signer, .. } => (
                fl!(loader, "attention-revocation", signer = signer.as_str()),
                Some(fl!(loader, "hint-revocation")),
            ),
            Warning::UseNotTellable { base_id } => {
                (fl!(loader, "attention-use", name = name(base_id)), Some(fl!(loader, "hint-close-all")))
            }
            Warning::ServerAnswers { base_id, port } => (
                fl!(loader, "attention-server", name = name(base_id), port = port.to_string()),
                Some(fl!(loader, "hint-server")),
            ),
            Warning::ServerStops { base_id, service, is_shared } => {
                let hint = if *is_shared {
                    fl!(loader, "hint-server-shared")
                } else {
                    fl!(loader, "hint-server-stops")
                };
                let (name, service) = (name(base_id), service.as_str());
                (fl!(loader, "attention-server-stops", name = name, service = service), Some(hint))
            }
            Warning::NoWayBack { installed, why } => {
                (self.no_way_back(*installed, why.as_ref()), Some(fl!(loader, "hint-no-way-back")))
            }
            Warning::LittleSpace(space) => {
                let left = self.size(space.free_bytes.saturating_sub(space.needed_bytes));
                let folder = space.dir.display().to_string();
                let text = fl!(loader, "attention-space", left = left, folder = folder);
                (text, Some(fl!(loader, "hint-little-space")))
            }
            Warning::SpaceNotTellable { dir } => (
                fl!(loader, "attention-space-unknown", folder = dir.display().to_string()),
                Some(fl!(loader, "hint-space-unknown")),
            ),
            Warning::CoverageUnknown { .. } => return None,
            Warning::RebootPending => {
                (fl!(loader, "attention-reboot"), Some(fl!(loader, "attention-reboot-hint")))
            }
            Warning::InstallerRunning => {
                (fl!(loader, "exit-another-installation"), Some(fl!(loader, "hint-installer-other")))
            }
            Warning::WorkingTime { begins } => (
                fl!(loader, "attention-working-time"),
                begins.map(|begins| fl!(loader, "hint-working-time", begins = self.begins(begins))),
            ),
            Warning::AdministratorAsked => {
                (fl!(loader, "attention-administrator"), Some(fl!(loader, "hint-administrator")))
            }
        };
        let ask = match warning {
            Warning::NeedsPlatform { .. } => Some(Ask::PlatformFirst),
            // Where nothing is missing there is nothing to prepare.
            Warning::DevicesStop { devices } => {
                devices.iter().any(|device| device.gets == Gets::Nothing).then_some(Ask::App)
            }
            _ => None,
        };
        Some(Point { weight: Weight::Attention, text, hint, ask })
    }

    fn no_way_back(&self, installed: Version, why: Option<&NotHad>) -> String {
        let loader = &self.loader;
        let version = installed.to_string();
        let reason = match why {
            None => return fl!(loader, "attention-no-way-back", version = version),
            Some(NotHad::NotOffered) => fl!(loader, "way-back-not-offered"),
            Some(NotHad::Source(fault)) => fl!(loader, "way-back-source", reason = self.source_fault(fault)),
            Some(NotHad::Unusable) => fl!(loader, "way-back-unusable"),
            Some(NotHad::NoRoom { needed_bytes, free_bytes, .. }) => {
                let (needed, free) = (self.size(*needed_bytes), self.size(*free_bytes));
                fl!(loader, "way-back-no-room", needed = needed, free = free)
            }
            Some(NotHad::NotProved) => fl!(loader, "way-back-not-proved"),
            Some(NotHad::NotDownloaded) => fl!(loader, "way-back-not-downloaded"),
        };
        fl!(loader, "attention-no-way-back-why", version = version, reason = reason)
    }

    fn needs_platform(&self, minimum: Version, installed: Option<Version>) -> String {
        let loader = &self.loader;
        let minimum = minimum.to_string();
        match installed {
            Some(installed) => {
                fl!(loader, "attention-platform", minimum = minimum, installed = installed.to_string())
            }
            None => fl!(loader, "warning-needs-platform", minimum = minimum),
        }
    }

    /// `None`: said elsewhere, or of no interest to a person.
    fn pass(
        &self,
        pass: &Pass,
        proofs: &[(Version, Proved)],
        name: &dyn Fn(&str) -> String,
    ) -> Option<Point> {
        let loader = &self.loader;
        let text = match pass {
            Pass::Package { version, proof } => {
                let proved = proofs.iter().find(|(of, _)| of == version).map(|(_, proved)| proved);
                let proof = proved.map_or_else(|| self.proof_kind(*proof), |proved| self.proof(proved));
                fl!(loader, "pass-proved", proof = proof)
            }
            Pass::Fits { base_id } => fl!(loader, "pass-fits", name = name(base_id)),
            Pass::Steps { versions } => {
                let way = versions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" → ");
                fl!(loader, "pass-steps", count = versions.len(), way = way)
            }
            Pass::NotInUse { base_id } => fl!(loader, "pass-not-in-use", name = name(base_id)),
            Pass::Platform { .. } => fl!(loader, "pass-platform"),
            Pass::WayBack { installed, .. } => {
                fl!(loader, "pass-way-back", version = installed.to_string())
            }
            Pass::WayBackFetched { installed, bytes } => {
                let (version, size) = (installed.to_string(), self.size(*bytes));
                fl!(loader, "pass-way-back-fetched", version = version, size = size)
            }
            Pass::Space { needed_bytes } => fl!(loader, "pass-space", needed = self.size(*needed_bytes)),
            Pass::Rights { asked: true } => fl!(loader, "pass-rights-asked"),
            Pass::MaintenanceTime => fl!(loader, "pass-maintenance"),
            Pass::Covered { .. } => fl!(loader, "pass-covered"),
            Pass::Writable { .. } | Pass::Rights { asked: false } => return None,
        };
        Some(Point { weight: Weight::Fine, text, hint: None, ask: None })
    }

    /// What of the files that are replaced was changed by hand; `None`: that is not known of all of them. `name`: the
    /// base's, where there are several. Differences are shown of the pilot only.
    fn by_hand(&self, by_hand: &ByHand, name: Option<&str>, is_pilot: bool) -> Option<Point> {
        let loader = &self.loader;
        let of_base = |what: String| match name {
            Some(name) => fl!(loader, "stop-of-base", name = name, what = what),
            None => what,
        };
        if by_hand.changed.is_empty() {
            let text = of_base(fl!(loader, "pass-by-hand"));
            return by_hand.is_untouched().then_some(Point {
                weight: Weight::Fine,
                text,
                hint: None,
                ask: None,
            });
        }
        let named = by_hand.changed.iter().take(NAMED).map(|changed| self.changed(changed));
        let mut named: Vec<String> = named.collect();
        let others = by_hand.changed.len().saturating_sub(NAMED);
        if others > 0 {
            named.push(fl!(loader, "by-hand-others", count = others));
        }
        let paths = by_hand.changed.iter().map(|changed| changed.path.clone()).collect();
        Some(Point {
            weight: Weight::Attention,
            text: of_base(fl!(loader, "attention-by-hand", count = by_hand.changed.len())),
            hint: Some(named.join("; ")),
            ask: is_pilot.then_some(Ask::Differences(paths)),
        })
    }

    fn changed(&self, Changed { path, since }: &Changed) -> String {
        let loader = &self.loader;
        let path = path.as_str().replace('/', "\\");
        match since {
            Since::Update(_) => fl!(loader, "by-hand-since-update", path = path),
            Since::Template(_) => fl!(loader, "by-hand-since-template", path = path),
            Since::Copy(at) => {
                fl!(loader, "by-hand-since-copy", path = path, date = self.copied_on(at))
            }
        }
    }

    /// What of the files that are replaced cannot be compared with what the product put there, base by base; `None`:
    /// nothing.
    pub(super) fn not_compared(&self, points: &Points, machine: &Machine) -> Option<String> {
        let are_several = points.by_hand.len() > 1;
        let told = points.by_hand.iter().filter_map(|BaseByHand { base_id, by_hand }| {
            let what = self.not_compared_of(by_hand.as_ref()?)?;
            let name = machine.base(base_id).map_or(base_id.as_str(), |base| &base.name);
            let of_base = || fl!(self.loader, "by-hand-of-base", name = name, what = what.as_str());
            Some(if are_several { of_base() } else { what })
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join("\n"))
    }

    fn not_compared_of(&self, by_hand: &ByHand) -> Option<String> {
        let loader = &self.loader;
        let is_nothing_known =
            by_hand.changed.is_empty() && by_hand.unchanged == 0 && by_hand.since_copy.is_none();
        let untold = match by_hand.untold {
            0 => None,
            _ if is_nothing_known => Some(fl!(loader, "by-hand-unknown")),
            count => Some(fl!(loader, "by-hand-untold", count = count)),
        };
        let since = by_hand.since_copy.map(|SinceCopy { at, files }| {
            let date = self.copied_on(&at);
            if by_hand.changed.is_empty() && by_hand.unchanged == 0 && by_hand.untold == 0 {
                fl!(loader, "by-hand-same-since-copy", date = date)
            } else {
                fl!(loader, "by-hand-some-same-since-copy", date = date, count = files)
            }
        });
        let told: Vec<String> = [since, untold].into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    fn copied_on(&self, at: &Timestamp) -> String {
        self.date(at.to_zoned(jiff::tz::TimeZone::system()).date())
    }

    /// How long a base is expected to stand still: in hours only where half an hour more or less says little.
    pub fn standstill(&self, seconds: u64) -> String {
        let loader = &self.loader;
        match seconds {
            0..60 => fl!(loader, "standstill-moment"),
            60..3600 | 4200..5400 => fl!(loader, "standstill-minutes", count = seconds.div_ceil(60)),
            _ => {
                let hours = seconds.saturating_add(1800) / 3600;
                fl!(loader, "standstill-hours", count = hours)
            }
        }
    }

    /// A disk without room.
    pub(super) fn no_space(&self, space: &Space) -> String {
        fl!(
            self.loader,
            "stop-space",
            folder = space.dir.display().to_string(),
            needed = self.size(space.needed_bytes),
            free = self.size(space.free_bytes)
        )
    }

    /// A base that somebody works in, with the programs that hold it where they are known.
    pub(super) fn in_use(&self, name: &str, holders: &[Holder]) -> String {
        if holders.is_empty() {
            fl!(self.loader, "stop-in-use", name = name)
        } else {
            fl!(self.loader, "stop-in-use-by", name = name, programs = self.holding(holders))
        }
    }

    /// Programs, and in whose sessions they run.
    pub(super) fn holding(&self, holders: &[Holder]) -> String {
        let loader = &self.loader;
        let named = holders.iter().map(|Holder { program, user, session }| {
            let program = program.as_str();
            match (user, session.map(|session| session.to_string())) {
                (Some(user), Some(session)) => {
                    fl!(loader, "holder-session", program = program, user = user.as_str(), session = session)
                }
                (Some(user), None) => fl!(loader, "holder-user", program = program, user = user.as_str()),
                (None, _) => program.to_owned(),
            }
        });
        named.collect::<Vec<_>>().join(", ")
    }

    fn begins(&self, begins: DateTime) -> String {
        let time = begins.strftime("%H:%M").to_string();
        fl!(self.loader, "moment-date", date = self.date(begins.date()), time = time)
    }
}

/// A hint stands on a line of its own.
fn said(point: Point) -> Point {
    Point { hint: point.hint.as_deref().map(sentence), ..point }
}

#[cfg(test)]
mod tests {
    use smarts_core::preflight::Stopping;
    use smarts_core::template::{self, Misfit};
    use smarts_core::tree::{self, RelPath};

    use super::*;
    use crate::i18n::Language;

    fn changed(count: usize) -> ByHand {
        let changed = |number| Changed {
            path: RelPath::try_from(format!("Docs/{number}.txt")).unwrap(),
            since: Since::Template("1.6.2.6493".parse().unwrap()),
        };
        ByHand { changed: (0..count).map(changed).collect(), unchanged: 1, ..ByHand::default() }
    }

    #[test]
    fn files_changed_by_hand_are_counted_and_the_first_are_named() {
        let texts = Texts::new(Language::Ru).unwrap();
        let point = |count| texts.by_hand(&changed(count), None, true).unwrap();
        let three = point(3);
        assert_eq!(three.text, "3 файла изменены вручную и будут заменены; прежние останутся в копии");
        assert_eq!(three.weight, Weight::Attention);
        assert!(three.hint.as_deref().unwrap().starts_with(r"Docs\0.txt"), "{three:?}");
        assert!(point(1).text.starts_with("1 файл изменён вручную и будет заменён;"));
        let many = point(7).hint.unwrap();
        assert!(
            many.contains(r"Docs\4.txt") && !many.contains(r"Docs\5.txt") && many.ends_with("ещё 2"),
            "{many}"
        );
        let none = texts.by_hand(&changed(0), None, true).unwrap();
        assert_eq!(none.weight, Weight::Fine);
        let untold = ByHand { untold: 2, ..changed(0) };
        assert_eq!(texts.by_hand(&untold, None, true), None, "nobody says that nothing was changed");
        assert!(texts.not_compared_of(&untold).unwrap().contains('2'));
        assert_eq!(texts.not_compared_of(&changed(0)), None);
        let at = "2026-11-22T12:40Z".parse().unwrap();
        let copied = ByHand { since_copy: Some(SinceCopy { at, files: 3 }), ..ByHand::default() };
        assert_eq!(texts.by_hand(&copied, None, true), None, "a copy may be of files that had been changed");
        let told = texts.not_compared_of(&copied).unwrap();
        assert!(
            told.contains("22.11.2026") && told.ends_with("было ли что-то изменено раньше, неизвестно."),
            "{told}"
        );
        let some = texts.not_compared_of(&ByHand { unchanged: 1, ..copied }).unwrap();
        assert!(some.contains("3 файла"), "{some}");
    }

    #[test]
    fn of_several_bases_each_is_named_and_nothing_is_said_of_one_that_was_not_compared() {
        let texts = Texts::new(Language::Ru).unwrap();
        let of = |id: &str, by_hand| BaseByHand { base_id: id.into(), by_hand };
        let untold = ByHand { untold: 2, ..ByHand::default() };
        let by_hand = vec![
            of("a", Some(changed(0))),
            of("b", Some(changed(1))),
            of("c", Some(untold.clone())),
            of("d", None),
        ];
        let points = Points { by_hand, ..Points::default() };
        let told = texts.points(&points, &[], &Machine::default());
        let [attention, pass] = &told[..] else { panic!("{told:?}") };
        let (pass, attention) =
            if pass.weight == Weight::Fine { (pass, attention) } else { (attention, pass) };
        assert_eq!(pass.text, "«a»: заменяемые файлы вручную не менялись");
        assert!(attention.text.starts_with("«b»: 1 файл изменён вручную"), "{attention:?}");
        assert_eq!(attention.ask, None, "differences are those of the pilot");
        let not_compared = texts.not_compared(&points, &Machine::default()).unwrap();
        assert!(not_compared.starts_with("База «c». Менялось ли"), "{not_compared}");
        assert_eq!(not_compared.lines().count(), 1);
    }

    #[test]
    fn whatever_stands_in_the_way_or_is_to_be_known_says_what_to_do() {
        let texts = Texts::new(Language::Ru).unwrap();
        let base_id = || "a".to_owned();
        let denied = || std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let path = || RelPath::try_from("Docs".to_owned()).unwrap();
        let space = Space { dir: "D".into(), needed_bytes: 2, free_bytes: 1 };
        let version: Version = "1.6.3.7283".parse().unwrap();
        let points = Points {
            stops: vec![
                Stop::Misfit {
                    base_id: base_id(),
                    misfit: Misfit::NotNewer { installed: version, offered: version },
                },
                Stop::NotHere { base_id: base_id() },
                Stop::NotWritable { base_id: base_id(), error: denied() },
                Stop::NotCopyable { base_id: base_id(), path: path() },
                Stop::Unreadable { base_id: base_id(), error: tree::Error::Name { path: "D".into() } },
                Stop::Replacement { base_id: base_id(), error: template::Error::InTheWay { path: path() } },
                Stop::NoSpace(space.clone()),
                Stop::InstallerRunning,
            ],
            warnings: vec![
                Warning::Unproved { version },
                Warning::DevicesStop {
                    devices: vec![Stopping {
                        name: "ТСД 1".into(),
                        is_assumed: true,
                        gets: Gets::FromPlatform,
                    }],
                },
                Warning::LittleSpace(space),
                Warning::SpaceNotTellable { dir: "D".into() },
                Warning::UseNotTellable { base_id: base_id() },
            ],
            ..Points::default()
        };
        let told = texts.points(&points, &[], &Machine::default());
        assert_eq!(told.len(), points.stops.len() + points.warnings.len());
        for point in told {
            assert!(point.hint.is_some(), "{point:?}");
        }
    }

    #[test]
    fn a_standstill_is_about_so_long_in_the_right_case() {
        let texts = Texts::new(Language::Ru).unwrap();
        let told =
            [1, 60, 61, 21 * 60, 3600, 3601, 4500, 5400, 8999].map(|seconds| texts.standstill(seconds));
        for (told, expected) in told.iter().zip([
            "меньше минуты",
            "около 1 минуты",
            "около 2 минут",
            "около 21 минуты",
            "около 1 часа",
            "около 1 часа",
            "около 75 минут",
            "около 2 часов",
            "около 2 часов",
        ]) {
            assert!(told.contains(expected), "{told}");
        }
    }

    #[test]
    fn whoever_holds_a_base_is_named_with_user_and_session() {
        let texts = Texts::new(Language::Ru).unwrap();
        let holders = [
            Holder { program: "1cv8.exe".into(), user: Some(r"SHOP\ivan".into()), session: Some(2) },
            Holder::from("MobileSMARTS"),
        ];
        assert_eq!(texts.holding(&holders), r"1cv8.exe (SHOP\ivan, сеанс 2), MobileSMARTS");
    }
}
