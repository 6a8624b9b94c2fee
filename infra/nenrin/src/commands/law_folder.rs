//! 法令データのフォルダー — tables of the law as files: written out to start from, read in to rehearse a change.

use std::fs;
use std::path::{Path, PathBuf};

use law::LawBook;
use serde_json::json;

use super::{Outcome, Said};
use crate::output::Report;

/// The law with the tables of this folder in place of its own: every CSV below it, by its path.
pub fn read_book(folder: &Path) -> Result<&'static LawBook, Box<dyn std::error::Error>> {
    let mut paths = Vec::new();
    find_tables(folder, &mut paths)
        .map_err(|error| Said(format!("法令データのフォルダー {} を読めません: {error}", folder.display())))?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)
            .map_err(|error| Said(format!("法令データ {} を読めません: {error}", path.display())))?;
        let name = path.strip_prefix(folder).expect("found below the folder");
        files.push((name.to_string_lossy().into_owned(), text));
    }
    Ok(LawBook::with(&files)?)
}

fn find_tables(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find_tables(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            found.push(path);
        }
    }
    Ok(())
}

/// Writes today's tables below a folder; a file that is already there is never overwritten.
pub fn write_tables(folder: &Path) -> Outcome {
    let mut written = Vec::new();
    for (path, text) in LawBook::files() {
        let place = folder.join(path);
        let said = |error: std::io::Error| {
            Said(format!("{} に書けません: {error}。空のフォルダーを指定してください", place.display()))
        };
        fs::create_dir_all(place.parent().expect("tables lie in folders")).map_err(said)?;
        fs::File::create_new(&place)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .map_err(said)?;
        written.push(path);
    }
    let report = Report::new(json!({ "folder": folder, "law_version": law::law_version(), "tables": written }));
    let report = report.row("書き出した表", format!("{}件", written.len())).row("法令データ", law::law_version());
    Ok(report.then("変える表だけを残して直し、--law でそのフォルダーを指定してください"))
}
