//! Roles that others hand paths to: nested, in bins by hash, terminating, and outside their paths.

use smarts_core::digest::Digest;
use smarts_core::source::Fault;
use smarts_tests::publisher::{Delegated, Publisher, SigningKey};
use smarts_tests::site::{Behaviour, Site};
use smarts_tests::tree::Tree;

use super::{FILE, LIST, Pc, asked, assert_untrusted, folder, list_of, signed_site, tree};
use crate::load_all;

const SKLAD: &[&str] = &["updates/Sklad15/*", "updates/Sklad15/*/*", "downloads/*"];

fn one(name: &str, seed: u8, paths: &[&str], tree: Tree) -> Delegated {
    Delegated::new(name, SigningKey::ed25519(seed), paths, tree)
}

fn by(delegated: Vec<Delegated>) -> Publisher {
    Publisher { delegated, ..Publisher::new() }
}

fn nothing_of_its_own(publisher: &Publisher) -> (Site, Pc) {
    (signed_site(publisher, &Tree::new()), Pc::trusting(publisher))
}

#[tokio::test]
async fn files_of_a_delegated_role_are_found_on_a_site_and_in_a_folder() {
    for is_consistent in [true, false] {
        let publisher = by(vec![one("sklad15", 11, SKLAD, tree("Новая"))]);
        let publisher = Publisher { is_consistent, ..publisher };
        let (site, pc) = nothing_of_its_own(&publisher);
        let catalogue = load_all(&pc.at(&site), "Sklad15").await.unwrap();
        assert_eq!(catalogue.problems, []);
        let path = pc.at(&site).locate(catalogue.releases[0].file.as_ref().unwrap()).await.unwrap().path;
        assert_eq!(path, Some(publisher.paths(FILE, &tree("Новая").files()[FILE]).remove(0)));
        let (dir, other) = (folder(&publisher, &Tree::new()), Pc::trusting(&publisher));
        assert_eq!(load_all(&other.in_folder(dir.path()), "Sklad15").await.unwrap(), catalogue);
    }
}

#[tokio::test]
async fn an_unchanged_source_with_delegated_roles_costs_two_requests_too() {
    for is_consistent in [true, false] {
        let publisher = by(vec![one("sklad15", 11, SKLAD, tree("Новая"))]);
        let publisher = Publisher { is_consistent, ..publisher };
        let (site, pc) = nothing_of_its_own(&publisher);
        let first = load_all(&pc.at(&site), "Sklad15").await.unwrap();
        asked(&site);
        assert_eq!(load_all(&pc.at(&site), "Sklad15").await.unwrap(), first);
        assert_eq!(asked(&site).0, ["metadata/2.root.json", "metadata/timestamp.json"]);
    }
}

#[tokio::test]
async fn a_kept_role_that_was_changed_is_fetched_again() {
    for (is_consistent, pins_hashes) in [(true, true), (true, false), (false, true), (false, false)] {
        let publisher = by(vec![one("sklad15", 11, SKLAD, tree("Новая"))]);
        let publisher = Publisher { is_consistent, pins_hashes, ..publisher };
        let (site, pc) = nothing_of_its_own(&publisher);
        pc.list(&site).await.unwrap();
        let kept = pc.store_dir().join("sklad15.json");
        let honest = std::fs::read_to_string(&kept).unwrap();
        for bad in [honest.replace("WH15", "XX15"), honest.replace("\"sig\":\"", "\"sig\":\"00"), "{".into()]
        {
            std::fs::write(&kept, &bad).unwrap();
            assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{is_consistent} {pins_hashes}");
            assert_eq!(std::fs::read_to_string(&kept).unwrap(), honest);
        }
    }
}

#[tokio::test]
async fn a_kept_role_is_fetched_again_when_the_snapshot_has_a_newer_one() {
    let mut publisher = by(vec![one("sklad15", 11, SKLAD, tree("Старая"))]);
    let (site, pc) = nothing_of_its_own(&publisher);
    pc.list(&site).await.unwrap();
    publisher.bump();
    publisher.delegated[0].tree = tree("Новая");
    publisher.put_on(&site, &Tree::new());
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    asked(&site);
    pc.list(&site).await.unwrap();
    assert_eq!(asked(&site).0.len(), 2);
}

#[tokio::test]
async fn a_role_that_cannot_be_fetched_is_that_fault_also_where_another_role_was_kept() {
    let publisher =
        by(vec![one("first", 11, &["updates/*/*"], Tree::new()), one("second", 12, SKLAD, tree("Новая"))]);
    let (site, pc) = nothing_of_its_own(&publisher);
    pc.list(&site).await.unwrap();
    std::fs::remove_file(pc.store_dir().join("second.json")).unwrap();
    site.misbehave("metadata/1.second.json", Behaviour::Status(403));
    let expected = Fault::Status { host: site.host(), status: 403 };
    assert_eq!(pc.list(&site).await, Err(expected));
    site.misbehave("metadata/1.second.json", Behaviour::Status(404));
    assert_untrusted(pc.list(&site).await, "1.second.json not found");
    site.behave("metadata/1.second.json");
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn roles_hand_on_what_was_handed_to_them() {
    let mut inner = one("inner", 12, SKLAD, tree("Новая"));
    inner.parent = "outer".into();
    let publisher = by(vec![one("outer", 11, &["updates/*/*", "downloads/*"], Tree::new()), inner.clone()]);
    let (site, pc) = nothing_of_its_own(&publisher);
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));

    // What was not handed to the outer one, the inner one cannot have from it.
    let publisher = by(vec![one("outer", 11, &["updates/Magazin15/*"], Tree::new()), inner]);
    let (site, pc) = nothing_of_its_own(&publisher);
    assert_eq!(pc.list(&site).await, Err(Fault::NotFound));
}

#[tokio::test]
async fn roles_that_hand_to_each_other_in_a_circle_come_to_an_end() {
    let mut second = one("second", 12, &["updates/*/*"], Tree::new());
    second.parent = "first".into();
    let mut first_again = one("first", 11, &["updates/*/*"], Tree::new());
    first_again.parent = "second".into();
    let publisher = by(vec![one("first", 11, &["updates/*/*"], Tree::new()), second, first_again]);
    let (site, pc) = nothing_of_its_own(&publisher);
    assert_eq!(pc.list(&site).await, Err(Fault::NotFound));
}

#[tokio::test]
async fn a_role_is_not_believed_outside_its_paths() {
    for paths in
        [vec!["updates/Magazin15/*"], vec!["updates/*"], vec!["*"], vec!["Updates/Sklad15/*"], vec![]]
    {
        let publisher = by(vec![one("magazin15", 11, &paths, tree("Ложь"))]);
        let (site, pc) = nothing_of_its_own(&publisher);
        assert_eq!(pc.list(&site).await, Err(Fault::NotFound), "{paths:?}");
        assert!(asked(&site).0.iter().all(|path| !path.contains("updates/")));
    }
}

#[tokio::test]
async fn roles_are_asked_in_their_order_and_a_terminating_one_is_the_last() {
    let mut first = one("first", 11, &["updates/Magazin15/*"], Tree::new());
    let (second, third) = (one("second", 12, SKLAD, tree("Вторая")), one("third", 13, SKLAD, tree("Третья")));
    let publisher = by(vec![first.clone(), second.clone(), third.clone()]);
    let (site, pc) = nothing_of_its_own(&publisher);
    assert_eq!(pc.list(&site).await, list_of(&tree("Вторая")));
    // Those who are in charge of everything come first of all.
    let (site, pc) = (signed_site(&publisher, &tree("Сама")), Pc::trusting(&publisher));
    assert_eq!(pc.list(&site).await, list_of(&tree("Сама")));

    first.paths = vec!["updates/*/*".into()];
    first.is_terminating = true;
    let publisher = by(vec![first, second, third]);
    let (site, pc) = nothing_of_its_own(&publisher);
    assert_eq!(pc.list(&site).await, Err(Fault::NotFound));
}

#[tokio::test]
async fn bins_by_hash_sign_what_falls_into_them_and_nothing_else() {
    let hash = Digest::of(LIST.as_bytes()).to_string();
    let (mine, other) = hash.split_at(1);
    let wrong = if mine == "0" { "1" } else { "0" };
    for (prefixes, is_found) in [
        (vec![mine.to_owned()], true),
        (vec![wrong.to_owned(), format!("{mine}{}", &other[..3])], true),
        (vec![wrong.to_owned()], false),
    ] {
        let mut bin = one("bin", 11, &[], tree("Новая"));
        bin.hash_prefixes.clone_from(&prefixes);
        let publisher = by(vec![bin]);
        let (site, pc) = nothing_of_its_own(&publisher);
        let expected = if is_found { list_of(&tree("Новая")) } else { Err(Fault::NotFound) };
        assert_eq!(pc.list(&site).await, expected, "{prefixes:?}");
    }
}

#[tokio::test]
async fn a_delegated_role_with_a_wrong_key_too_few_signatures_or_an_old_date_is_refused() {
    type Lie = fn(&mut Delegated);
    let lies: [(Lie, &str); 2] = [
        (|lie| lie.role.signers = vec![SigningKey::ed25519(99)], "threshold not met for role sklad15: 0/1"),
        (|lie| lie.role.threshold = 2, "threshold not met for role sklad15: 1/2"),
    ];
    for (lie, words) in lies {
        let mut publisher = by(vec![one("sklad15", 11, SKLAD, tree("Ложь"))]);
        lie(&mut publisher.delegated[0]);
        let (site, pc) = nothing_of_its_own(&publisher);
        for _ in 0..2 {
            assert_untrusted(pc.list(&site).await, words);
        }
        publisher.delegated = vec![one("sklad15", 11, SKLAD, tree("Новая"))];
        publisher.bump();
        publisher.put_on(&site, &Tree::new());
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    }
    let mut publisher = by(vec![one("sklad15", 11, SKLAD, tree("Ложь"))]);
    publisher.delegated[0].role.expires = "2026-11-01T00:00:00Z".into();
    let (site, pc) = nothing_of_its_own(&publisher);
    let fault = pc.list(&site).await.unwrap_err();
    assert!(matches!(&fault, Fault::Expired { role, .. } if role == "sklad15"), "{fault:?}");
}

#[tokio::test]
async fn a_delegated_role_that_goes_back_or_is_left_out_is_refused() {
    let mut publisher = by(vec![one("sklad15", 11, SKLAD, tree("Новая"))]);
    publisher.bump();
    let (site, pc) = nothing_of_its_own(&publisher);
    pc.list(&site).await.unwrap();
    let mut lie = publisher.clone();
    lie.bump();
    lie.delegated[0].role.version = 1;
    lie.delegated[0].tree = tree("Ложь");
    lie.put_on(&site, &Tree::new());
    for _ in 0..2 {
        assert_untrusted(pc.list(&site).await, "sklad15.json");
    }
    let mut lie = publisher.clone();
    lie.bump();
    lie.bump();
    lie.delegated.clear();
    lie.put_on(&site, &tree("Ложь"));
    for _ in 0..2 {
        assert_untrusted(pc.list(&site).await, "sklad15.json");
    }
    (0..4).for_each(|_| publisher.bump());
    publisher.put_on(&site, &Tree::new());
    assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
}

#[tokio::test]
async fn whatever_a_role_is_called_nothing_is_written_outside_the_store_and_its_files_are_found() {
    let long = "x".repeat(200);
    let names = [
        "../x",
        "..",
        ".",
        "",
        "nul",
        "NUL.txt",
        "a/b",
        r"a\b",
        "ü",
        "a?b#c",
        "2.root",
        "5.role",
        "lock",
        "pending",
        "TIMESTAMP",
        "Snapshot",
        "root_history/2.root",
        "not-before",
        "a b",
        "%2e%2e",
        "C:x",
        &long,
    ];
    for is_consistent in [true, false] {
        // Without versions in front, this one's file is that of a root.
        for name in names.into_iter().filter(|name| is_consistent || *name != "2.root") {
            let publisher = by(vec![one(name, 11, SKLAD, tree("Новая"))]);
            let publisher = Publisher { is_consistent, ..publisher };
            let (site, pc) = nothing_of_its_own(&publisher);
            for _ in 0..2 {
                assert_eq!(pc.list(&site).await, list_of(&tree("Новая")), "{name:?} {is_consistent}");
            }
            let outside: Vec<_> =
                std::fs::read_dir(pc.dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            assert!(
                outside.iter().all(|name| ["store", "cache"].contains(&name.to_str().unwrap())),
                "{outside:?}"
            );
            for entry in std::fs::read_dir(pc.store_dir()).unwrap() {
                let kept = entry.unwrap().file_name().into_string().unwrap();
                let top_level = ["root.json", "timestamp.json", "snapshot.json", "targets.json"];
                // On Windows these would be one file with the floor of a role.
                let is_like = |top: &&str| top.eq_ignore_ascii_case(&kept) && **top != kept;
                assert!(!top_level.iter().any(is_like), "{kept}");
            }
        }
    }
}

#[tokio::test]
async fn a_delegation_that_takes_the_name_of_a_top_level_role_is_left_aside() {
    for name in ["root", "timestamp", "snapshot"] {
        let publisher = by(vec![one(name, 11, SKLAD, tree("Ложь"))]);
        let (site, pc) = nothing_of_its_own(&publisher);
        assert_eq!(pc.list(&site).await, Err(Fault::NotFound), "{name}");
    }
}

#[tokio::test]
async fn a_role_whose_name_begins_with_a_number_is_not_taken_for_a_version_of_another() {
    // Both have one key, so nothing but the name tells them apart.
    let named = |name: &str, tree| one(name, 11, SKLAD, tree);
    let mut publisher = by(vec![named("role", Tree::new()), named("1.role", tree("Новая"))]);
    publisher.is_consistent = false;
    publisher.pins_hashes = false;
    let (site, pc) = nothing_of_its_own(&publisher);
    for _ in 0..2 {
        assert_eq!(pc.list(&site).await, list_of(&tree("Новая")));
    }
}
