//! Rust sources as these tests need them: code without its comments and strings, and the strings by themselves.

use std::fs;
use std::path::{Path, PathBuf};

/// The top of the repository.
pub fn root() -> PathBuf {
    let tests = std::env::var("CARGO_MANIFEST_DIR").expect("tests run under cargo");
    Path::new(&tests).parent().expect("the tests crate lies in the repository").to_owned()
}

/// The text of a file that must be there.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder whose name ends so, in order of their path.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if path.is_dir() && !hidden && !path.ends_with("target") {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path as the tests name it: from the top of the repository.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().into_owned()
}

/// One source file.
pub struct Source {
    /// The text with comments and the insides of strings and characters blanked; byte for byte as long.
    pub code: String,
    /// The insides of its string literals, each with the place where it begins.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    pub fn read(path: &Path) -> Source {
        Source::of(&read(path))
    }

    pub fn of(text: &str) -> Source {
        let mut scanner =
            Scanner { text: text.as_bytes(), at: 0, code: Vec::with_capacity(text.len()), strings: Vec::new() };
        while scanner.at < text.len() {
            scanner.step();
        }
        let strings = scanner.strings.iter().map(|&(from, to)| (from, text[from..to].to_owned())).collect();
        Source { code: String::from_utf8(scanner.code).expect("only whole characters are blanked"), strings }
    }

    /// As above without the modules that are built for tests only.
    pub fn without_tests(&self) -> Source {
        let mut code = self.code.clone();
        let mut tests = Vec::new();
        let mut from = 0;
        while let Some(found) = code[from..].find("#[cfg(test)]") {
            let start = from + found;
            let end = item_end(&code, start + "#[cfg(test)]".len());
            tests.push(start..end);
            let blanks: String = code[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
            code.replace_range(start..end, &blanks);
            from = end;
        }
        let outside = |place: &usize| !tests.iter().any(|range| range.contains(place));
        let strings = self.strings.iter().filter(|(place, _)| outside(place)).cloned().collect();
        Source { code, strings }
    }

    /// The line of a place, from 1.
    pub fn line(&self, place: usize) -> usize {
        self.code.as_bytes()[..place].iter().filter(|&&byte| byte == b'\n').count() + 1
    }

    /// Lines that contain this piece of code, from 1.
    pub fn lines_with(&self, piece: &str) -> Vec<usize> {
        self.code.match_indices(piece).map(|(place, _)| self.line(place)).collect()
    }

    /// Lines that contain this word by itself, from 1.
    pub fn lines_with_word(&self, word: &str) -> Vec<usize> {
        let part_of_name = |byte: Option<&u8>| byte.is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let bytes = self.code.as_bytes();
        let alone = |place: &usize| {
            let before = place.checked_sub(1).and_then(|before| bytes.get(before));
            !part_of_name(before) && !part_of_name(bytes.get(place + word.len()))
        };
        self.code.match_indices(word).map(|(place, _)| place).filter(alone).map(|place| self.line(place)).collect()
    }
}

/// Where the item that begins here ends: after its block, or its semicolon where it has none.
fn item_end(code: &str, from: usize) -> usize {
    let mut depth = 0_usize;
    for (place, byte) in code.bytes().enumerate().skip(from) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return place + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return place + 1,
            _ => {}
        }
    }
    code.len()
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    code: Vec<u8>,
    strings: Vec<(usize, usize)>,
}

impl Scanner<'_> {
    fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    fn keep(&mut self, bytes: usize) {
        self.code.extend_from_slice(&self.text[self.at..self.at + bytes]);
        self.at += bytes;
    }

    /// Blanks up to this place; line ends stay, so that lines keep their numbers.
    fn blank_to(&mut self, end: usize) {
        let blanks = self.text[self.at..end].iter().map(|&byte| if byte == b'\n' { b'\n' } else { b' ' });
        self.code.extend(blanks);
        self.at = end;
    }

    fn step(&mut self) {
        let after_name = self.code.last().is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
        match self.rest() {
            [b'/', b'/', ..] => self.blank_to(self.end_of_line()),
            [b'/', b'*', ..] => self.blank_to(self.end_of_comment()),
            [b'"', ..] => self.string(1, 0),
            [b'b', b'"', ..] if !after_name => self.string(2, 0),
            [b'\'', ..] => self.character_or_lifetime(),
            [b'r', ..] | [b'b', b'r', ..] if !after_name => self.raw_string_or_name(),
            _ => self.keep(1),
        }
    }

    fn end_of_line(&self) -> usize {
        let length = self.rest().iter().position(|&byte| byte == b'\n');
        length.map_or(self.text.len(), |length| self.at + length)
    }

    fn end_of_comment(&self) -> usize {
        let (mut place, mut depth) = (self.at, 0_usize);
        while place < self.text.len() {
            match &self.text[place..] {
                [b'/', b'*', ..] => (place, depth) = (place + 2, depth + 1),
                [b'*', b'/', ..] if depth == 1 => return place + 2,
                [b'*', b'/', ..] => (place, depth) = (place + 2, depth - 1),
                _ => place += 1,
            }
        }
        place
    }

    /// A string that opens with so many bytes; with hashes it is raw and ends only at as many.
    fn string(&mut self, opening: usize, hashes: usize) {
        let raw = hashes > 0 || self.text[self.at..self.at + opening].contains(&b'r');
        self.keep(opening);
        let closing = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
        let from = self.at;
        let mut end = from;
        while end < self.text.len() && !self.text[end..].starts_with(&closing) {
            end += if !raw && self.text[end] == b'\\' { 2 } else { 1 };
        }
        let end = end.min(self.text.len());
        self.strings.push((from, end));
        self.blank_to(end);
        self.keep(closing.len().min(self.text.len() - end));
    }

    fn raw_string_or_name(&mut self) {
        let prefix = 1 + usize::from(self.rest()[0] == b'b');
        let hashes = self.rest()[prefix..].iter().take_while(|&&byte| byte == b'#').count();
        match self.rest().get(prefix + hashes) {
            Some(b'"') => self.string(prefix + hashes + 1, hashes),
            _ => self.keep(1),
        }
    }

    /// `'a'`, `'\n'`, `'年'`, or the lifetime `'a`.
    fn character_or_lifetime(&mut self) {
        let inside = &self.rest()[1..];
        let length = match inside {
            [b'\\', ..] => inside.iter().skip(2).position(|&byte| byte == b'\'').map(|place| place + 2),
            _ => inside.iter().take(5).position(|&byte| byte == b'\'').filter(|&place| place > 0),
        };
        let one = length.filter(|&length| inside[0] == b'\\' || is_one_character(&inside[..length]));
        self.keep(1);
        if let Some(length) = one {
            self.blank_to(self.at + length);
            self.keep(1);
        }
    }
}

fn is_one_character(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().count() == 1)
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    let text = r##"let a = "fn x() {"; // fn y() {
/* fn z() { /* nested */ */ let c = '{'; let d = '\''; let e: &'static str = r#"say "{""#; let f = '年'; fn real<'a>() {}"##;
    let source = Source::of(text);
    assert_eq!(source.code.len(), text.len());
    assert_eq!(source.code.matches('{').count(), 1);
    assert_eq!(source.lines_with_word("fn"), [2]);
    assert!(source.code.contains("fn real<'a>() {}"));
    let strings: Vec<&str> = source.strings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(strings, ["fn x() {", "say \"{\""]);
}

#[test]
fn modules_for_tests_are_left_out() {
    let source = Source::of(
        "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { \"in\"; }\n}\n#[cfg(test)]\nmod more;\nfn c() { \"out\"; }\n",
    );
    let code = source.without_tests();
    assert_eq!(code.lines_with_word("fn"), [1, 8]);
    assert_eq!(code.strings.len(), 1);
}
