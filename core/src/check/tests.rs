use smarts_tests::machine_root::{self as pc, BaseSpec};
use smarts_tests::site::Site;
use smarts_tests::tree::{Tree, TreeRelease};

use super::*;
use crate::http::{Http, HttpOptions};
use crate::os::MachineRoot;

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
}

impl Setup {
    fn new(machine: Machine, tree: &Tree) -> Self {
        let site = Site::serve(tree).unwrap();
        Self { machine, site, cache: tempfile::tempdir().unwrap(), only: None, up_to: None }
    }

    fn only(mut self, id: &str) -> Self {
        self.only = Some(vec![id.to_owned()]);
        self
    }

    async fn check(&self) -> Result<Report, Failure> {
        let http = Http::new(&HttpOptions::default()).unwrap();
        let source = Source::open(&self.site.root(), &http, self.cache.path()).unwrap();
        let request = Request {
            machine: &self.machine,
            source: &source,
            language: "ru",
            machine_id: "pc",
            only: self.only.as_deref(),
            up_to: self.up_to.as_ref(),
            now: Timestamp::UNIX_EPOCH,
        };
        check(&request, &|_| ()).await
    }
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
