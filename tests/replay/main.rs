//! What has to hold for any bytes from outside, held against the bytes that fuzzing has found worth keeping.

#![allow(clippy::unwrap_used, reason = "the helpers of tests are tests too")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use smarts_tests::fuzz::TARGETS;

/// A fuzzer needs little to begin with; what it has found out is found out again.
const MOST_BYTES: usize = 400 * 1024;

fn fuzz_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The files of a folder, which need not be there.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn names(dir: &Path) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    files(dir).into_iter().map(stem).collect()
}

#[test]
fn nothing_that_fuzzing_has_found_does_harm() {
    let mut failed = Vec::new();
    for (name, check) in TARGETS {
        let corpus = files(&fuzz_dir().join("corpus").join(name));
        assert!(!corpus.is_empty(), "{name} has nothing to be tested with");
        for path in corpus.into_iter().chain(files(&fuzz_dir().join("crashes-fixed").join(name))) {
            let bytes = fs::read(&path).unwrap();
            if catch_unwind(AssertUnwindSafe(|| check(&bytes))).is_err() {
                failed.push(path);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn each_parser_has_a_target_and_a_corpus_and_nothing_lies_elsewhere() {
    let parsers: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(parsers.len(), TARGETS.len());
    assert_eq!(names(&fuzz_dir().join("fuzz_targets")), parsers);
    assert_eq!(names(&fuzz_dir().join("corpus")), parsers);
    assert!(names(&fuzz_dir().join("crashes-fixed")).is_subset(&parsers));
    for name in &parsers {
        let target = fs::read_to_string(fuzz_dir().join("fuzz_targets").join(format!("{name}.rs"))).unwrap();
        assert!(target.contains(&format!("fuzz::{name}(")), "{name} runs something else");
    }
}

#[test]
fn the_corpus_stays_small() {
    let corpora = TARGETS.iter().flat_map(|(name, _)| files(&fuzz_dir().join("corpus").join(name)));
    let total_bytes: usize = corpora.map(|path| fs::read(path).unwrap().len()).sum();
    assert!(total_bytes <= MOST_BYTES, "{total_bytes} bytes");
}
