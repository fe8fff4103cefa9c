use jiff::tz::TimeZone;
use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::{Tree, TreeRelease};

use super::*;
use crate::http::{Http, HttpOptions};
use crate::os::MachineRoot;
use crate::source::Anchor;
use crate::subscription::Subscriptions;

mod apps;
mod former;

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

/// A PC with a platform and a base for each of these products.
fn machine(platform: &str, products: &[&str]) -> Machine {
    let base = |product: &&str| BaseSpec {
        product_id: Some((*product).to_owned()),
        version: Some("1.0.0.1".to_owned()),
        ..BaseSpec::new(&product.to_lowercase(), product)
    };
    let specs: Vec<BaseSpec> = products.iter().map(base).collect();
    let pc = pc::MachineRoot::new().unwrap().platform(platform).unwrap().bases(&specs).unwrap();
    machine::read(&MachineRoot::open(pc.path()).unwrap())
}

struct Setup {
    machine: Machine,
    site: Site,
    cache: tempfile::TempDir,
    only: Option<Vec<String>>,
    up_to: Option<Version>,
    subscriptions: Subscriptions,
    /// The root that is trusted, if one is.
    root_json: Option<Vec<u8>>,
}

impl Setup {
    fn new(machine: Machine, tree: &Tree) -> Self {
        let site = Site::serve(tree).unwrap();
        let subscriptions = Subscriptions::nothing("KASSA-1");
        let cache = tempfile::tempdir().unwrap();
        Self { machine, site, cache, only: None, up_to: None, subscriptions, root_json: None }
    }

    fn only(mut self, id: &str) -> Self {
        self.only = Some(vec![id.to_owned()]);
        self
    }

    async fn check(&self) -> Result<Report, Failure> {
        self.check_with(&HttpOptions::default(), PATIENCE).await
    }

    async fn check_with(&self, options: &HttpOptions, patience: Duration) -> Result<Report, Failure> {
        let http = Http::new(options).unwrap();
        let mut source = Source::open(&self.site.root(), &http, self.cache.path()).unwrap();
        if let Some(root) = &self.root_json {
            let (now, store_dir) = (Timestamp::UNIX_EPOCH, self.cache.path().join("tuf"));
            source =
                source.signed(Anchor { root: root.clone().into(), store_dir, now, accept_expired: false });
        }
        let facts = self.subscriptions.facts(&self.machine, &Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC));
        let request = Request {
            machine: &self.machine,
            source: &source,
            language: "ru",
            machine_id: "pc",
            only: self.only.as_deref(),
            up_to: self.up_to.as_ref(),
            subscriptions: &facts,
            now: Timestamp::UNIX_EPOCH,
        };
        check_within(&request, patience, &|_| ()).await
    }
}

fn with_updater(machine: Machine, version_text: &str) -> Machine {
    let updater = machine::Updater { version: version(version_text), install_dir: None };
    Machine { updater: Some(updater), ..machine }
}

fn offered(item: &Item) -> Vec<String> {
    item.offer().map_or_else(Vec::new, |offer| offer.steps.iter().map(|r| r.version.to_string()).collect())
}

#[tokio::test]
async fn up_to_a_platform_version_takes_those_without_a_flavour_by_their_build() {
    let releases = ["3.4.0.31745", "3.4.0.50000", "3.4.46.40367"].map(TreeRelease::new);
    let tree = releases
        .into_iter()
        .fold(Tree::new(), |tree, release| tree.release("Platform4", release.beside("Mobile.msi", "msi")));
    let mut setup = Setup::new(machine("3.3.46.29552", &[]), &tree).only(offer::PLATFORM);
    for (up_to, expected) in [("3.4.46.31745", "3.4.0.31745"), ("3.4.46.45000", "3.4.46.40367")] {
        setup.up_to = Some(version(up_to));
        let report = setup.check().await.unwrap();
        assert_eq!(offered(&report.items[0]), [expected], "{up_to}");
    }
}

#[tokio::test]
async fn what_could_not_be_read_on_the_pc_makes_a_report_incomplete() {
    let tree = Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552"));
    let whole = Setup::new(machine("3.3.46.29552", &[]), &tree).check().await.unwrap();
    assert!(whole.is_complete());

    let pc = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(&[]).unwrap();
    pc.write(machine::apps_xml::PATH, b"<AppInstances><AppInst").unwrap();
    let read = machine::read(&MachineRoot::open(pc.path()).unwrap());
    let report = Setup::new(read, &tree).check().await.unwrap();
    assert_eq!(report.items[0].state, State::UpToDate);
    assert!(!report.is_complete());

    let report = Setup::new(machine("newest", &[]), &tree).check().await.unwrap();
    assert!(matches!(report.items[..], [Item { state: State::Unknown { .. }, .. }]), "{:?}", report.items);
    assert!(!report.is_complete());
}

#[tokio::test]
async fn a_report_that_could_not_be_read_again_is_not_kept_and_the_last_one_stays() {
    let tree = Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552"));
    let report = Setup::new(machine("3.3.46.29552", &[]), &tree).check().await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("report.json");
    report.save(&path).unwrap();
    let size = std::fs::metadata(&path).unwrap().len();
    let larger = Report { bases_unknown: true, ..report.clone() };
    assert!(matches!(larger.save_within(&path, 10), Err(StoreError::TooLarge { limit_bytes: 10, .. })));
    assert_eq!(Report::load(&path).unwrap(), Some(report.clone()));
    report.save_within(&path, size).unwrap();
}

const LONG: Duration = Duration::from_mins(1);

fn hasty() -> HttpOptions {
    HttpOptions { description_timeout: Duration::from_millis(300), ..HttpOptions::default() }
}

/// A list for the platform and for each of these products, all with one newer release.
fn tree_of(products: &[String]) -> Tree {
    products
        .iter()
        .fold(Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552")), |tree, product| {
            tree.release(product, TreeRelease::new("1.6.3.7283").language("ru"))
        })
}

fn product_names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("P{number:02}")).collect()
}

fn machine_of(products: &[String]) -> Machine {
    machine("3.3.46.29552", &products.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn one_deadline_holds_for_all_lists_and_those_that_came_in_time_count() {
    let products = product_names(2);
    let setup = Setup::new(machine_of(&products), &tree_of(&products));
    setup.site.misbehave("updates/P00/versions.xml", Behaviour::HoldAfter(0));
    let options = HttpOptions { description_timeout: LONG, ..HttpOptions::default() };
    let report = setup.check_with(&options, Duration::from_millis(500)).await.unwrap();
    assert!(matches!(report.items[1].state, State::Unknown { .. }), "{:?}", report.items[1]);
    assert_eq!(report.items[0].state, State::UpToDate);
    assert_eq!(offered(&report.items[2]), ["1.6.3.7283"]);
}

#[tokio::test]
async fn a_description_that_hangs_costs_neither_the_list_nor_the_releases_read_before() {
    let releases = ["1.6.2.6493", "1.6.3.7283"].map(|text| TreeRelease::new(text).language("ru"));
    let tree = releases
        .into_iter()
        .fold(Tree::new(), |tree, release| tree.release("P00", release.beside("x.mstmpl", "x")));
    let setup = Setup::new(machine_of(&product_names(1)), &tree).only("p00");
    let hanging = "updates/P00/1.6.3.7283/update.ru.xml";
    setup.site.misbehave(hanging, Behaviour::HoldAfter(0));
    let by_deadline = (HttpOptions { description_timeout: LONG, ..hasty() }, Duration::from_millis(500));
    for (options, patience) in [by_deadline, (hasty(), LONG)] {
        let report = setup.check_with(&options, patience).await.unwrap();
        assert_eq!(offered(&report.items[0]), ["1.6.2.6493"]);
        let [Problem::Source(problem)] = &report.problems[..] else { panic!("{:?}", report.problems) };
        assert_eq!(problem.path, hanging);
        assert_eq!(problem.unread, Some(version("1.6.3.7283")));
        let timeout = source::Fault::Timeout { host: setup.site.host(), proxy: None };
        assert_eq!(problem.fault, Fault::Source(timeout));
    }
}

#[tokio::test]
async fn a_host_that_nobody_reaches_is_waited_for_once() {
    let products = product_names(40);
    let setup = Setup::new(machine_of(&products), &tree_of(&products));
    for feed in products.iter().map(String::as_str).chain(["Platform4"]) {
        setup.site.misbehave(&format!("updates/{feed}/versions.xml"), Behaviour::HoldAfter(0));
    }
    let failure = setup.check_with(&hasty(), LONG).await.unwrap_err();
    assert_eq!(failure.report.items.len(), 41);
    assert!(!failure.report.is_complete());
    assert!(setup.site.seen().len() <= AT_ONCE, "{}", setup.site.seen().len());
}

#[tokio::test]
async fn a_host_that_answers_is_asked_on_after_one_answer_was_cut() {
    let products = product_names(40);
    let setup = Setup::new(machine_of(&products), &tree_of(&products));
    setup.site.misbehave("updates/P20/versions.xml", Behaviour::CutAfter(0));
    let report = setup.check().await.unwrap();
    let unknown = report.items.iter().filter(|item| matches!(item.state, State::Unknown { .. }));
    assert_eq!(unknown.map(|item| item.id.as_str()).collect::<Vec<_>>(), ["p20"]);
}

#[tokio::test]
async fn a_base_that_needs_a_newer_platform_has_it_named_though_nobody_asked_for_the_platform() {
    let needing = TreeRelease::new("1.6.3.7283").with("minPlatform", "3.4.46.31745");
    let tree = Tree::new()
        .release("P00", needing)
        .release("P01", TreeRelease::new("1.6.3.7283"))
        .release("Platform4", TreeRelease::new("3.4.46.40367"));
    let mut setup = Setup::new(machine_of(&product_names(2)), &tree).only("p00");
    setup.up_to = Some(version("1.6.3.7283"));
    let report = setup.check().await.unwrap();
    assert_eq!(report.items.len(), 1);
    let expected = Warning::NeedsPlatform {
        minimum: version("3.4.46.31745"),
        installed: Some(version("3.3.46.29552")),
        available: Some(version("3.4.46.40367")),
    };
    assert_eq!(report.items[0].warnings[0], expected);

    setup.site.forget();
    let setup = setup.only("p01");
    assert_eq!(offered(&setup.check().await.unwrap().items[0]), ["1.6.3.7283"]);
    assert!(!setup.site.seen().iter().any(|seen| seen.path.contains("Platform4")));
}

#[tokio::test]
async fn this_program_is_looked_up_only_where_its_installer_has_installed_it() {
    let newer = TreeRelease::new("1.2.0.0").beside("Updater.msi", "msi");
    let tree = Tree::new()
        .release("Platform4", TreeRelease::new("3.3.46.29552"))
        .release("MobileSMARTSUpdater", newer);
    let setup = Setup::new(machine("3.3.46.29552", &[]), &tree);
    assert_eq!(setup.check().await.unwrap().items.len(), 1);
    assert!(!setup.site.seen().iter().any(|seen| seen.path.contains("MobileSMARTSUpdater")));

    let setup = Setup::new(with_updater(setup.machine, "1.1.0.0"), &tree);
    let report = setup.check().await.unwrap();
    let item = report.items.last().unwrap();
    assert_eq!((item.id.as_str(), item.subject), (offer::UPDATER, offer::Subject::Updater));
    assert_eq!(offered(item), ["1.2.0.0"]);
    let setup = setup.only(offer::UPDATER);
    assert_eq!(setup.check().await.unwrap().items, std::slice::from_ref(item));
}

#[tokio::test]
async fn a_source_without_releases_of_this_program_is_as_good_as_any_other() {
    let reason = offer::NotManaged::NoReleasesHere;
    let without = Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552"));
    let setup = Setup::new(with_updater(machine("3.3.46.29552", &[]), "1.1.0.0"), &without);
    let report = setup.check().await.unwrap();
    assert_eq!(report.items[0].state, State::UpToDate);
    assert_eq!(report.items[1].state, State::NotManaged { reason: reason.clone() });
    assert_eq!(report.problems, []);
    assert!(report.is_complete());

    // Nothing else is here to be looked up.
    let alone = Setup::new(with_updater(Machine::default(), "1.1.0.0"), &Tree::new());
    let report = alone.check().await.unwrap();
    assert!(
        matches!(&report.items[..], [Item { state: State::NotManaged { .. }, .. }]),
        "{:?}",
        report.items
    );

    // A source that has nothing at all has no list of the platform either, and that is a failure.
    let setup = Setup::new(with_updater(machine("3.3.46.29552", &[]), "1.1.0.0"), &Tree::new());
    let failure = setup.check().await.unwrap_err();
    assert_eq!(failure.error.path, "updates/Platform4/versions.xml");
    assert_eq!(failure.report.items[1].state, State::NotManaged { reason });
}

#[tokio::test]
async fn a_list_of_this_program_that_is_there_and_cannot_be_read_is_unknown() {
    let platform = || Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552"));
    let broken = platform().file("updates/MobileSMARTSUpdater/versions.xml", "<update><versi");
    let down = platform().release("MobileSMARTSUpdater", TreeRelease::new("1.2.0.0"));
    for (tree, behaviour) in [(broken, None), (down, Some(Behaviour::Status(503)))] {
        let setup = Setup::new(with_updater(machine("3.3.46.29552", &[]), "1.1.0.0"), &tree);
        if let Some(behaviour) = behaviour {
            setup.site.misbehave("updates/MobileSMARTSUpdater/versions.xml", behaviour);
        }
        let report = setup.check().await.unwrap();
        assert!(matches!(report.items[1].state, State::Unknown { .. }), "{:?}", report.items[1]);
        assert_eq!(report.problems.len(), 1);
        assert!(!report.is_complete());
    }
}

#[tokio::test]
async fn a_version_of_this_program_that_is_none_makes_a_report_incomplete() {
    let tree = Tree::new().release("Platform4", TreeRelease::new("3.3.46.29552"));
    let pc = pc::MachineRoot::new().unwrap().platform("3.3.46.29552").unwrap().bases(&[]).unwrap();
    let pc = pc.updater("newest").unwrap();
    let read = machine::read(&MachineRoot::open(pc.path()).unwrap());
    let report = Setup::new(read, &tree).check().await.unwrap();
    assert_eq!(report.items.len(), 1);
    let [Problem::Machine(problem)] = &report.problems[..] else { panic!("{:?}", report.problems) };
    assert_eq!(problem.path, format!(r"{}\Version", machine::updater::KEY));
    assert!(!report.is_complete());
}
