//! All tests of the workspace, named as `cargo nextest list` names them, found by following each crate's modules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Table;

use crate::source::{Source, read, root};

/// Whether a test is evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is run by `infra/test`.
    Runs,
    /// It is set aside (`#[ignore]`), or built under some condition only.
    SetAside,
}

/// Every test: binary, module path and function, joined by `::`.
pub fn all() -> BTreeMap<String, Standing> {
    let workspace = manifest(&root());
    let members = workspace["workspace"]["members"].as_array().expect("members are a list");
    let mut tests = BTreeMap::new();
    for member in members {
        let folder = root().join(member.as_str().expect("members are folders"));
        for (binary, file) in targets(&folder) {
            let children = file.parent().expect("a file lies in a folder").to_owned();
            follow(&Module { file, children, path: binary, standing: Standing::Runs }, &mut tests);
        }
    }
    tests
}

pub fn manifest(folder: &Path) -> Table {
    read(&folder.join("Cargo.toml")).parse().expect("cargo reads it too")
}

/// The crate's binaries that hold tests, each with the file it begins in.
fn targets(folder: &Path) -> Vec<(String, PathBuf)> {
    let manifest = manifest(folder);
    let package = manifest["package"]["name"].as_str().expect("a package has a name");
    let mut targets = vec![
        (package.to_owned(), folder.join("src/lib.rs")),
        (format!("{package}::bin/{package}"), folder.join("src/main.rs")),
    ];
    for test in manifest.get("test").and_then(|tests| tests.as_array()).into_iter().flatten() {
        let text = |key: &str| test[key].as_str().expect("a test has a name and a path");
        targets.push((format!("{package}::{}", text("name")), folder.join(text("path"))));
    }
    let own = folder.join("tests");
    let found = if own.is_dir() { crate::source::files(&own, ".rs") } else { Vec::new() };
    for file in found.into_iter().filter(|file| file.parent() == Some(own.as_path())) {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        targets.push((format!("{package}::{name}"), file));
    }
    targets.retain(|(_, file)| file.is_file());
    targets
}

struct Module {
    file: PathBuf,
    /// Where files of its inner modules lie.
    children: PathBuf,
    path: String,
    standing: Standing,
}

fn follow(module: &Module, tests: &mut BTreeMap<String, Standing>) {
    let source = Source::read(&module.file);
    let mut walk = Walk { source: &source, at: 0, attributes: Vec::new(), open: Vec::new() };
    while let Some(item) = walk.next() {
        let inner: Vec<&str> = walk.open.iter().flatten().map(String::as_str).collect();
        let path = [&[module.path.as_str()], inner.as_slice()].concat().join("::");
        let attributes = std::mem::take(&mut walk.attributes);
        let standing = if conditional(&attributes) { Standing::SetAside } else { module.standing };
        match item {
            Item::Function(name) if attributes.iter().any(|text| is_test(text)) => {
                tests.insert(format!("{path}::{name}"), standing);
            }
            Item::Function(_) => {}
            Item::File(name) => {
                let folder = inner.iter().fold(module.children.clone(), |folder, name| folder.join(name));
                let file = file_of(&module.file, &folder, &name, &attributes);
                let (children, path) = (folder.join(&name), format!("{path}::{name}"));
                if file.is_file() {
                    follow(&Module { file, children, path, standing }, tests);
                }
            }
        }
    }
}

/// `mod name;` is `name.rs` or `name/mod.rs`, or what `#[path]` says, seen from the file that says it.
fn file_of(parent: &Path, folder: &Path, name: &str, attributes: &[String]) -> PathBuf {
    let given = attributes.iter().find_map(|text| text.strip_prefix("path="));
    let flat = folder.join(format!("{name}.rs"));
    match given {
        Some(file) => parent.parent().expect("a file lies in a folder").join(file),
        None if flat.is_file() => flat,
        None => folder.join(name).join("mod.rs"),
    }
}

fn is_test(attribute: &str) -> bool {
    attribute == "test" || attribute.starts_with("tokio::test")
}

fn conditional(attributes: &[String]) -> bool {
    let set_aside = |text: &String| text.starts_with("ignore") || (text.starts_with("cfg(") && text != "cfg(test)");
    attributes.iter().any(set_aside)
}

enum Item {
    Function(String),
    File(String),
}

/// Goes through a file's code, keeping the attributes before an item and the modules that are open.
struct Walk<'a> {
    source: &'a Source,
    at: usize,
    attributes: Vec<String>,
    /// Open braces, with the name where one is a module's.
    open: Vec<Option<String>>,
}

impl Walk<'_> {
    fn next(&mut self) -> Option<Item> {
        loop {
            let code = &self.source.code[self.at..];
            let first = code.chars().next()?;
            if first == '#' && (code.starts_with("#[") || code.starts_with("#![")) {
                self.attribute();
            } else if first.is_alphabetic() || first == '_' {
                if let Some(item) = self.word() {
                    return Some(item);
                }
            } else {
                self.sign(first);
            }
        }
    }

    /// Keeps `#[…]` without blanks; a path's string is put back, since the code has it blanked.
    fn attribute(&mut self) {
        let from = self.at + self.source.code[self.at..].find('[').expect("an attribute has a bracket") + 1;
        let mut depth = 1_usize;
        let length = self.source.code[from..].bytes().position(|byte| {
            depth = depth + usize::from(byte == b'[') - usize::from(byte == b']');
            depth == 0
        });
        let end = from + length.expect("an attribute ends");
        let mut text: String = self.source.code[from..end].split_whitespace().collect();
        if text.starts_with("path=") {
            let path = self.source.strings.iter().find(|(place, _)| (from..end).contains(place));
            text = format!("path={}", path.expect("a path is a string").1);
        }
        self.attributes.push(text);
        self.at = end + 1;
    }

    fn word(&mut self) -> Option<Item> {
        let word = self.take_word();
        match word.as_str() {
            "fn" => {
                let name = self.name_after_blanks()?;
                Some(Item::Function(name))
            }
            "mod" => {
                let name = self.name_after_blanks()?;
                let rest = self.source.code[self.at..].trim_start();
                self.at = self.source.code.len() - rest.len();
                if rest.starts_with('{') {
                    self.open.push(Some(name));
                    self.at += 1;
                    self.attributes.clear();
                    return None;
                }
                Some(Item::File(name))
            }
            _ => None,
        }
    }

    fn take_word(&mut self) -> String {
        let word: String =
            self.source.code[self.at..].chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect();
        self.at += word.len();
        word
    }

    fn name_after_blanks(&mut self) -> Option<String> {
        let rest = self.source.code[self.at..].trim_start();
        self.at = self.source.code.len() - rest.len();
        let name = self.take_word();
        (!name.is_empty()).then_some(name)
    }

    fn sign(&mut self, sign: char) {
        match sign {
            '{' => self.open.push(None),
            '}' => drop(self.open.pop()),
            _ => {}
        }
        if matches!(sign, '{' | '}' | ';') {
            self.attributes.clear();
        }
        self.at += sign.len_utf8();
    }
}

#[test]
fn this_very_test_is_found() {
    let tests = all();
    assert_eq!(tests.get("tests::house::tests_of::this_very_test_is_found"), Some(&Standing::Runs));
    assert!(tests.contains_key("law::table::tests::overlaps_gaps_and_nonsense_are_rejected"));
    assert!(tests.contains_key("domain::nenkin_samples::good_files_are_taken_whole"));
    assert!(!tests.keys().any(|name| name.ends_with("::this_is_set_aside")), "a string is no test");
    let _ = "#[test] fn this_is_set_aside() {}";
}
