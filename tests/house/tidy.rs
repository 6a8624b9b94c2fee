//! What keeps the house in order and can be seen by reading it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::source::{Source, files, read, root, shown};

/// Source files below these folders, without those that hold only tests.
fn sources(folders: &[&str]) -> Vec<(PathBuf, Source)> {
    let found = folders.iter().flat_map(|folder| files(&root().join(folder), ".rs"));
    let of_program = found.filter(|path| {
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        name != "tests.rs" && !name.ends_with("_tests.rs") && !path.components().any(|part| part.as_os_str() == "tests")
    });
    of_program.map(|path| (path.clone(), Source::read(&path).without_tests())).collect()
}

/// Where one of these pieces of code stands, as `file:line`.
fn places(folders: &[&str], find: impl Fn(&Source) -> Vec<usize>) -> BTreeSet<String> {
    let found = sources(folders).into_iter().flat_map(|(path, source)| {
        find(&source).into_iter().map(move |line| format!("{}:{line}", shown(&path))).collect::<Vec<_>>()
    });
    found.collect()
}

fn files_of(places: &BTreeSet<String>) -> BTreeSet<&str> {
    places.iter().filter_map(|place| Some(place.rsplit_once(':')?.0)).collect()
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\\');
    let mut words = text.split_whitespace();
    matches!(
        (words.next(), words.next(), words.next()),
        (Some("SELECT" | "WITH" | "COPY" | "CREATE" | "ALTER" | "DROP" | "TRUNCATE"), Some(_), _)
            | (Some("INSERT"), Some("INTO"), _)
            | (Some("DELETE"), Some("FROM"), _)
            | (Some("UPDATE"), Some(_), Some("SET"))
    )
}

/// SQL text is in `store`. Outside it: making the private database itself, and the peer of a bench.
#[test]
fn sql_lies_in_the_store() {
    let lines = |source: &Source| {
        let sql = source.strings.iter().filter(|(_, text)| is_sql(text));
        sql.map(|(place, _)| source.line(*place)).collect()
    };
    let found = places(&["schema/domain", "schema/law", "online", "batch", "print", "infra"], lines);
    let strangers: BTreeSet<&str> = files_of(&found)
        .into_iter()
        .filter(|file| !file.starts_with("infra/nenrin/src/bench/") && *file != "infra/cluster/src/server.rs")
        .collect();
    assert!(strangers.is_empty(), "SQL text outside schema/store: {found:?}");
}

#[test]
fn one_file_knows_printpdf() {
    let found = places(&["schema", "online", "batch", "print", "infra"], |source| source.lines_with_word("printpdf"));
    assert_eq!(files_of(&found), BTreeSet::from(["print/src/pdf.rs"]));
}

/// No rule and no job reads the wall clock: the business date (業務日付) is an argument.
#[test]
fn rules_and_jobs_have_no_clock() {
    let clocks = ["Timestamp::now", "Zoned::now", "SystemTime::now"];
    let read = |source: &Source| clocks.iter().flat_map(|clock| source.lines_with(clock)).collect();
    let found = places(&["schema/domain", "schema/law", "batch", "print"], read);
    assert!(found.is_empty(), "a wall clock is read: {found:?}");
}

#[test]
fn no_floating_point_between_a_statute_and_a_payment() {
    let floats =
        |source: &Source| ["f64", "f32"].iter().flat_map(|float| source.lines_with_word(float)).collect::<Vec<_>>();
    let found = places(&["schema/domain", "schema/law"], floats);
    assert!(found.is_empty(), "floating point: {found:?}");
}

#[test]
fn what_schema_unwraps_says_why_it_holds() {
    let found = places(&["schema"], |source| source.lines_with(".unwrap()"));
    assert!(found.is_empty(), "unwrap() says nothing: use expect(\"why this holds\"): {found:?}");
}

fn is_golden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("golden"))
}

/// Each table of numbers of the law names itself, its clause, and the last month that somebody checked.
#[test]
fn every_table_of_the_law_has_a_last_check() {
    let tables = files(&root().join("schema/law/src"), ".csv");
    let tables: Vec<PathBuf> = tables.into_iter().filter(|path| !is_golden(path)).collect();
    assert!(tables.len() >= 9, "{tables:?}");
    for path in tables {
        let text = read(&path);
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        for name in ["name", "law", "checked_until"] {
            let given =
                head.iter().any(|line| line.starts_with(&format!("# {name} = ")) && line.len() > name.len() + 5);
            assert!(given, "{}: the head does not say {name}", shown(&path));
        }
        let columns = text.lines().find(|line| !line.starts_with('#')).expect("a table has columns");
        let columns: Vec<&str> = columns.split(',').collect();
        for column in ["from", "until", "source"] {
            assert!(columns.contains(&column), "{}: no column {column}", shown(&path));
        }
    }
}

#[test]
fn every_golden_table_names_an_origin() {
    let tables: Vec<PathBuf> =
        files(&root().join("schema"), ".csv").into_iter().filter(|path| is_golden(path)).collect();
    assert!(tables.len() >= 10, "{tables:?}");
    for path in tables {
        let mut reader = csv::Reader::from_path(&path).expect("a golden table can be read");
        let headers = reader.headers().expect("a golden table has a head").clone();
        let origin = headers.iter().position(|name| name == "origin" || name == "source");
        let origin = origin.unwrap_or_else(|| panic!("{}: no column says the origin", shown(&path)));
        for row in reader.records() {
            let row = row.expect("a golden table can be read");
            assert!(!row[origin].trim().is_empty(), "{}: a row without origin: {row:?}", shown(&path));
        }
    }
}

/// Columns of a table of the migrations, as (table, column).
fn columns() -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for path in files(&root().join("schema/store/migrations"), ".sql") {
        let mut table = None;
        for line in read(&path).lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["CREATE", "TABLE", name, ..] | ["ALTER", "TABLE", name, ..] => table = Some(name.to_string()),
                [");", ..] | [")", ..] => table = None,
                [name, _, ..]
                    if line.starts_with("    ")
                        && name.chars().all(|char| char.is_ascii_lowercase() || char == '_') =>
                {
                    columns.extend(table.clone().map(|table| (table, name.to_string())));
                }
                _ => {}
            }
        }
    }
    columns
}

/// One person, one record over all schemes: name, birth and sex stand in one table only, addresses in one other.
#[test]
fn a_person_is_described_once() {
    let columns = columns();
    let tables = |wanted: &[&str]| -> BTreeSet<&str> {
        let found = columns.iter().filter(|(_, column)| wanted.contains(&column.as_str()));
        found.map(|(table, _)| table.as_str()).collect()
    };
    assert_eq!(tables(&["name_kana", "name_kanji", "birth_date", "sex"]), BTreeSet::from(["person_identities"]));
    // A relative named in a claim need not have a record: their day of birth stands with the claimant.
    assert_eq!(tables(&["birth_on"]), BTreeSet::from(["household_members", "person_identities", "survivor_members"]));
    assert_eq!(tables(&["address_kana", "address_kanji"]), BTreeSet::from(["addresses"]));
    assert_eq!(tables(&["basic_pension_number", "my_number"]), BTreeSet::new());
}

/// 思想・信条・宗教・差別の原因・犯罪歴 are not collected.
#[test]
fn what_must_not_be_collected_has_no_column() {
    let forbidden = [
        "thought", "creed", "belief", "relig", "faith", "race", "ethnic", "caste", "crim", "convict", "union",
        "politic",
    ];
    let columns = columns();
    assert!(columns.len() > 100, "{columns:?}");
    for (table, column) in columns {
        assert!(!forbidden.iter().any(|word| column.contains(word)), "{table}.{column}");
    }
}

/// Nothing that holds records calls out: clients of the network live in the program (spans, health, load) alone.
#[test]
fn no_tier_calls_out_of_the_house() {
    let callers = ["reqwest", "TcpStream", "UdpSocket", "hyper", "ureq", "lettre"];
    let call = |source: &Source| callers.iter().flat_map(|caller| source.lines_with_word(caller)).collect();
    let found = places(&["schema", "online", "batch", "print"], call);
    assert!(found.is_empty(), "a client of the network: {found:?}");
}

#[test]
fn every_dependency_comes_from_the_public_registry() {
    let lock: toml::Table = read(&root().join("Cargo.lock")).parse().expect("cargo reads it too");
    let packages = lock["package"].as_array().expect("packages are a list");
    assert!(packages.len() > 100);
    for package in packages {
        let source = package.get("source").and_then(|source| source.as_str());
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        assert!(source.is_none_or(|source| source == registry), "{package}");
        assert_eq!(source.is_some(), package.get("checksum").is_some(), "{package}");
    }
    let deny: toml::Table = read(&root().join("deny.toml")).parse().expect("cargo deny reads it too");
    let licences = deny["licenses"]["allow"].as_array().expect("licences are a list");
    assert!(
        licences
            .iter()
            .all(|name| !name.as_str().is_some_and(|name| name.starts_with("AGPL") || name.contains("LicenseRef")))
    );
    assert!(read(&root().join("infra/test")).contains("cargo_deny"), "infra/test checks the licences");
}

#[test]
fn the_papers_are_there() {
    for paper in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "LICENSE.fonts"] {
        assert!(read(&root().join(paper)).len() > 200, "{paper} says nothing");
    }
    assert!(read(&root().join("LICENSE")).contains("Apache License"));
    let architecture = read(&root().join("ARCHITECTURE.md"));
    for walk in ["a filing", "a night", "a notice", "a change of law"] {
        assert!(architecture.contains(&format!("## Walkthrough: {walk}")), "{walk}");
    }
}

/// A block between fences: its language and its lines.
fn fences(text: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(language) if !open => blocks.push((language.trim().to_owned(), Vec::new())),
            Some(_) => {}
            None if open => blocks.last_mut().expect("a block is open").1.push(line.to_owned()),
            None => continue,
        }
        open ^= line.starts_with("```");
    }
    assert!(!open, "a fence is not closed");
    blocks
}

/// What one types: the lines of a block without remarks behind two blanks or `#`.
fn commands(text: &str) -> Vec<String> {
    let typed = |line: &String| {
        let line = line.trim();
        let end = line.find("  ").into_iter().chain(line.find(" #")).min().unwrap_or(line.len());
        line[..end].trim().to_owned()
    };
    let of_block = |(language, lines): &(String, Vec<String>)| {
        let shell = language == "sh";
        lines.iter().map(typed).filter(move |line| shell || line.starts_with("nenrin ")).collect::<Vec<_>>()
    };
    fences(text).iter().flat_map(of_block).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

fn headings(text: &str) -> Vec<usize> {
    let mut fenced = false;
    let mut levels = Vec::new();
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        if !fenced && level > 0 && line[level..].starts_with(' ') {
            levels.push(level);
        }
    }
    levels
}

#[test]
fn every_command_of_the_readme_exists() {
    let program = Source::read(&root().join("infra/nenrin/src/main.rs")).code;
    let from = program.find("enum Command {").expect("the program has commands");
    let subcommands = &program[from..from + program[from..].find("\n}").expect("the list ends")];
    let commands = commands(&read(&root().join("README.md")));
    assert!(
        commands.iter().any(|line| line.starts_with("infra/demo"))
            && commands.iter().any(|line| line.starts_with("infra/test"))
    );
    for line in commands {
        let first = line.split_whitespace().next().expect("a command has a first word");
        if first.starts_with("infra/") {
            assert!(is_executable(&root().join(first)), "README.md: {line}: no such script");
        }
        let mut words = line.strip_prefix("nenrin ").unwrap_or("").split(['|', ' ']).filter(|word| !word.is_empty());
        if let Some(name) = words.next() {
            let variant = format!("    {}{}", name[..1].to_uppercase(), &name[1..]);
            let there = subcommands
                .lines()
                .any(|line| line.trim_end().trim_end_matches(',').split('(').next() == Some(&variant));
            assert!(there, "README.md: {line}: the program has no command {name}");
        }
    }
}

fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

/// Two languages, one content: the same headings in the same order of depth, the same things to type.
#[test]
fn both_readmes_say_the_same() {
    let japanese = root().join("README.ja.md");
    if !japanese.is_file() {
        return;
    }
    let (english, japanese) = (read(&root().join("README.md")), read(&japanese));
    assert_eq!(headings(&english), headings(&japanese), "headings");
    assert_eq!(commands(&english), commands(&japanese), "commands");
}

#[test]
fn commands_are_read_without_their_remarks() {
    let text = "# T\n```sh\ninfra/demo     # from nothing\nnenrin calc x '{\"a\":1,\n  \"b\":2}' --explain\n```\n```text\nnenrin up | down    opens\nprose\n```\n## U\n";
    assert_eq!(commands(text), ["infra/demo", "nenrin calc x '{\"a\":1,", "\"b\":2}' --explain", "nenrin up | down"]);
    assert_eq!(headings(text), [1, 2]);
    assert!(is_sql(" SELECT 1") && is_sql("UPDATE x SET y = 1") && !is_sql("UPDATE it") && !is_sql("Select one"));
}
