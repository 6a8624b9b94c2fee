//! Which crate may use which (ARCHITECTURE.md, "Arrows"). A new arrow is a change of this table.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, files, root, shown};
use crate::tests_of::manifest;

/// Each crate of the house, its folder, and the crates it may name.
const MAY_USE: [(&str, &str, &[&str]); 9] = [
    ("domain", "schema/domain", &[]),
    ("law", "schema/law", &["domain"]),
    ("store", "schema/store", &["domain"]),
    ("print", "print", &["domain"]),
    ("online", "online", &["domain", "law", "store", "print"]),
    ("batch", "batch", &["domain", "law", "store", "print"]),
    ("cluster", "infra/cluster", &["store"]),
    ("nenrin", "infra/nenrin", &["domain", "law", "store", "print", "online", "batch", "cluster"]),
    ("tests", "tests", &["domain", "law", "store", "print", "online", "batch", "cluster"]),
];

/// Whatever a crate names in its manifest, for building, testing or running.
fn named_by(folder: &str) -> BTreeSet<String> {
    let manifest = manifest(&root().join(folder));
    let mut tables = vec![&manifest];
    if let Some(targets) = manifest.get("target").and_then(|targets| targets.as_table()) {
        tables.extend(targets.values().filter_map(|target| target.as_table()));
    }
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let named = tables.iter().flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()));
    named.flat_map(|table| table.keys().cloned()).collect()
}

#[test]
fn every_crate_of_the_workspace_has_its_place() {
    let workspace = manifest(&root());
    let members = workspace["workspace"]["members"].as_array().expect("members are a list");
    let members: BTreeSet<&str> = members.iter().filter_map(|member| member.as_str()).collect();
    assert_eq!(members, MAY_USE.iter().map(|(_, folder, _)| *folder).collect());
}

#[test]
fn arrows_are_as_drawn() {
    let ours: BTreeSet<&str> = MAY_USE.iter().map(|(name, ..)| *name).collect();
    for (name, folder, may_use) in MAY_USE {
        for used in named_by(folder).iter().filter(|used| ours.contains(used.as_str())) {
            assert!(may_use.contains(&used.as_str()), "{folder}/Cargo.toml: {name} must not use {used}");
        }
    }
}

/// The drawing itself: law and print never see the store, online and batch never each other, nobody the tests.
#[test]
fn the_drawing_keeps_its_promises() {
    let drawn: BTreeMap<&str, &[&str]> = MAY_USE.iter().map(|(name, _, may_use)| (*name, *may_use)).collect();
    for (from, to) in [("law", "store"), ("print", "store"), ("online", "batch"), ("batch", "online")] {
        assert!(!drawn[from].contains(&to), "{from} → {to}");
    }
    assert!(drawn["domain"].is_empty());
    assert!(drawn.values().all(|may_use| !may_use.contains(&"tests")));
}

/// domain and law have nothing to do I/O with: neither a library for it nor the standard library's.
#[test]
fn rules_have_nothing_to_do_io_with() {
    let pure = ["domain", "jiff", "serde", "serde_json", "thiserror", "csv", "encoding_rs", "toml", "sha2", "proptest"];
    for folder in ["schema/domain", "schema/law"] {
        let named = named_by(folder);
        assert!(named.iter().all(|name| pure.contains(&name.as_str())), "{folder}/Cargo.toml: {named:?}");
        for path in files(&root().join(folder).join("src"), ".rs") {
            let code = Source::read(&path).without_tests();
            if path.ends_with("tests.rs") || path.to_string_lossy().ends_with("_tests.rs") {
                continue;
            }
            for piece in
                ["std::fs", "std::net", "std::process", "std::env", "std::io::stdin", "println!", "std::thread"]
            {
                assert_eq!(code.lines_with(piece), [0_usize; 0], "{}: {piece}", shown(&path));
            }
        }
    }
}

#[test]
fn heavy_libraries_stay_in_their_room() {
    let rooms: [(&str, &[&str]); 6] = [
        ("printpdf", &["print"]),
        ("axum", &["online"]),
        ("rayon", &["batch", "nenrin"]),
        ("parquet", &["batch", "nenrin"]),
        ("deadpool-postgres", &["store", "online", "nenrin"]),
        ("rand_chacha", &["batch", "nenrin"]),
    ];
    for (library, may_use) in rooms {
        for (name, folder, _) in MAY_USE.iter().filter(|(name, ..)| *name != "tests") {
            let used = named_by(folder).contains(library);
            assert!(!used || may_use.contains(name), "{folder}/Cargo.toml: {library} belongs to {may_use:?}");
        }
    }
}
