//! The demo: a made machine in a temporary folder and a site on loopback inside this process, so that the
//! whole of the program can be tried without Mobile SMARTS and without the Internet.
//!
//! Nothing in it is faked: its files are downloaded, proved and applied by the same code as real ones, and
//! its platform installer is a program that asks and then writes. Its source is signed. Dropped, the
//! demo leaves nothing behind.

mod content;
mod files;
pub mod installer;
pub(crate) mod installer_window;
mod machine;
mod signed;
pub mod site;
mod tree;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use smarts_core::os::OwnInstaller;
use tempfile::TempDir;

use content::Content;
use site::Site;

/// A running demo.
pub struct Demo {
    dir: TempDir,
    site: Site,
    installer: OwnInstaller,
}

/// How the demo is to run.
pub struct Options {
    /// The program that does the work of the demo's own installers: this one.
    pub installer: PathBuf,
    /// Limits the site's speed, so that a download can be watched.
    pub bytes_per_second: Option<u64>,
    /// What the devices' last visits and the ends of subscriptions are counted from.
    pub now: SystemTime,
}

/// Why the demo could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The embedded description of the demo is broken.
    #[error("Failed to read the demo's description")]
    Content(#[source] toml::de::Error),
    /// The temporary folder could not be made or written.
    #[error("Failed to write the demo's machine")]
    Machine(#[source] io::Error),
    /// The update tree could not be made.
    #[error("Failed to make the demo's source")]
    Tree(#[source] tree::Error),
    /// The update tree could not be written into a folder.
    #[error("Failed to write the demo's source")]
    WriteTree(#[source] io::Error),
    /// The site could not be started.
    #[error("Failed to start the demo's site")]
    Site(#[source] io::Error),
}

impl Demo {
    /// Makes the machine and starts the site.
    pub fn start(options: Options) -> Result<Self, Error> {
        let content = Content::embedded().map_err(Error::Content)?;
        let dir = tempfile::Builder::new().prefix("mobile-smarts-demo-").tempdir().map_err(Error::Machine)?;
        machine::write(&dir.path().join("pc"), &content, options.now).map_err(Error::Machine)?;
        let (tree, digests) = tree::tree(&content).map_err(Error::Tree)?;
        let site = Site::start(signed::signed(tree), options.bytes_per_second).map_err(Error::Site)?;
        let installer = OwnInstaller { digests, program: options.installer };
        Ok(Self { dir, site, installer })
    }

    /// The folder that stands for the PC.
    pub fn machine_root(&self) -> PathBuf {
        self.dir.path().join("pc")
    }

    /// Where this person's files lie: reports, caches and downloads of the demo go with it.
    pub fn user_dir(&self) -> PathBuf {
        self.dir.path().join("user")
    }

    /// The address of the source.
    pub fn source(&self) -> String {
        self.site.root()
    }

    /// Its own installers, and the program that does their work.
    pub fn installer(&self) -> &OwnInstaller {
        &self.installer
    }
}

/// Writes the demo's update tree into a folder, as a publisher has it before it is signed.
pub fn write_tree(dir: &Path) -> Result<(), Error> {
    let content = Content::embedded().map_err(Error::Content)?;
    let (tree, _) = tree::tree(&content).map_err(Error::Tree)?;
    write_files(dir, &tree)
}

/// Writes the demo's machine into `pc` of a folder and the signed source that it believes into `source`: for
/// programs that are to see the same one after another. `now` as in [`Options::now`].
pub fn write(dir: &Path, now: SystemTime) -> Result<(), Error> {
    let content = Content::embedded().map_err(Error::Content)?;
    machine::write(&dir.join("pc"), &content, now).map_err(Error::Machine)?;
    let (tree, _) = tree::tree(&content).map_err(Error::Tree)?;
    write_files(&dir.join("source"), &signed::signed(tree))
}

fn write_files(dir: &Path, tree: &site::Tree) -> Result<(), Error> {
    for (path, bytes, _) in tree.files() {
        let path = dir.join(path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(Error::WriteTree)?;
        std::fs::write(path, bytes).map_err(Error::WriteTree)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use smarts_core::check::Report;
    use smarts_core::offer::{Item, Offer, State, Warning};
    use smarts_core::source::Trust;
    use smarts_core::subscription;

    use crate::i18n::Language;
    use crate::session::{self, DemoOptions, Session};

    fn session() -> (tempfile::NamedTempFile, Session) {
        let installer = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(installer.path(), b"not run here").unwrap();
        let demo = DemoOptions { bytes_per_second: None, installer: Some(installer.path().to_path_buf()) };
        let session = Session::open(session::Options {
            language: Some(Language::Ru),
            demo: Some(demo),
            ..session::Options::default()
        });
        (installer, session.unwrap())
    }

    fn item<'r>(report: &'r Report, name: &str) -> &'r Item {
        report.items.iter().find(|item| item.name == name).unwrap()
    }

    fn steps(offer: Option<&Offer>) -> Vec<String> {
        offer.into_iter().flat_map(|offer| &offer.steps).map(|step| step.version.to_string()).collect()
    }

    #[test]
    fn a_check_of_the_demo_finds_every_state_it_is_to_show() {
        let (_installer, session) = session();
        let report = session.check(&session.machine(), None, None, &|_| ()).unwrap();
        assert_eq!(report.source.trust, Trust::Signed);
        for (name, expected) in [
            ("Mobile SMARTS", &["3.4.46.40367"][..]),
            ("Основной склад", &["1.6.3.7283"]),
            ("Архив", &["1.3.4.1116", "1.6.3.7283"]),
            ("Касса 1", &["1.5.0.58"]),
        ] {
            let item = item(&report, name);
            assert!(matches!(item.state, State::Available { .. }), "{item:?}");
            assert_eq!(steps(item.offer()), expected);
        }
        assert_eq!(item(&report, "Доставка").state, State::UpToDate);
        for name in ["Склад на Южной", "Магазин в ТЦ", "Учёт имущества"] {
            assert!(matches!(item(&report, name).state, State::NotManaged { .. }), "{name}");
        }
    }

    #[test]
    fn its_bases_have_licences_and_one_of_them_ends_soon() {
        let (_installer, session) = session();
        let machine = session.with_licences(session.machine());
        let today = session.clock.now().date();
        let ending = machine.licences.iter().filter(|licence| {
            matches!(licence.state(today, 30), smarts_core::machine::TermState::EndsSoon { .. })
        });
        let products: Vec<_> = ending.map(|licence| licence.product.as_deref()).collect();
        assert_eq!(products, [Some("Склад 15, Минимум")]);
        assert!(machine.licences.len() > 5);
    }

    #[test]
    fn its_subscriptions_are_in_every_state() {
        let (_installer, session) = session();
        let machine = session.machine();
        assert_eq!(machine.problems.len(), 1, "that of the damaged base: {:?}", machine.problems);
        let report = session.check(&machine, None, None, &|_| ()).unwrap();
        let covered = |name: &str| item(&report, name).covered.map(|version| version.to_string());
        let ended = |name: &str| -> Vec<(&str, bool)> {
            item(&report, name).ended().iter().map(|one| (one.device.as_str(), one.long_unseen)).collect()
        };
        assert_eq!(covered("Основной склад").as_deref(), Some("1.6.3.7283"));
        assert_eq!(item(&report, "Основной склад").warnings, []);
        // Up to date, with what is installed.
        assert_eq!(covered("Доставка").as_deref(), Some("1.2.0.44"));

        assert_eq!(
            (covered("Склад на Заводской"), ended("Склад на Заводской")),
            (Some("1.6.3.6708".to_owned()), vec![("Завод 1", false)])
        );
        let instead = item(&report, "Склад на Заводской").covered_offer();
        assert_eq!(steps(instead.as_ref()), ["1.6.3.6708"]);
        assert_eq!(
            (covered("Магазин на Садовой"), ended("Магазин на Садовой")),
            (None, vec![("Садовая 2", true)])
        );

        let unknown = |name: &str| {
            item(&report, name).warnings.iter().find_map(|warning| match warning {
                Warning::SubscriptionUnknown(about) => Some(about.devices.clone()),
                _ => None,
            })
        };
        for name in ["Касса 1", "Mobile SMARTS"] {
            assert_eq!(unknown(name), Some(vec!["ТСД Касса 1".to_owned()]), "{name}");
        }
        let without =
            report.items.iter().filter(|item| item.offer().is_some() && unknown(&item.name).is_none());
        assert_eq!(without.count(), 7);
        let ends = item(&report, "Касса 2").warnings.iter().find_map(|warning| match warning {
            Warning::ExchangeEnds { devices } => Some(devices[0].device.as_str()),
            _ => None,
        });
        assert_eq!(ends, Some("ТСД Касса 2"));

        let known = session.subscriptions();
        assert_eq!((known.faults.len(), known.written_off.len()), (0, 0));
        let now = session.clock.now();
        let ends = subscription::overview(&known, &machine, &now).ends(&known.records, now.date());
        let ends: Vec<&str> = ends.iter().map(|end| end.device.as_str()).collect();
        assert_eq!(ends, ["Садовая 2", "Завод 1", "ТСД Касса 2", "ТСД 4"]);
        let strangers = subscription::not_here(&known.records, &machine, Some(&known.computer));
        assert_eq!(strangers.iter().map(|one| one.device.as_str()).collect::<Vec<_>>(), ["ТСД 15"]);
    }
}
