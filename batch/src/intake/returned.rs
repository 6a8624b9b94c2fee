//! 返戻ファイルの書出し — a folder per returned file: what to correct, and why.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use domain::nenkin::{MediaReading, Problem, return_files};

use super::IntakeError;

/// 返戻届書: corrected and sent again under the same name.
pub(super) const CSV_NAME: &str = "SHFD0006.CSV";
/// 返戻理由一覧.
pub(super) const LIST_NAME: &str = "返戻理由一覧.csv";

/// Writes what goes back into `<sender>-<serial>`, or, when an earlier file of that serial lies there, beside it
/// under a name with the fingerprint. `None` when nothing goes back. Written again, it is the same.
pub(super) fn write(
    return_dir: &Path,
    reading: &MediaReading,
    later: &[Problem],
    sha256: &[u8],
) -> Result<Option<PathBuf>, IntakeError> {
    let Some(files) = return_files(reading, later) else { return Ok(None) };
    let fingerprint = hex::encode(&sha256[..4]);
    let name = match &reading.header {
        Some(header) => format!("{}-{:03}", header.sender, header.serial),
        None => format!("提出元不明-{fingerprint}"),
    };
    let plain = return_dir.join(&name);
    for folder in [plain.clone(), return_dir.join(format!("{name}-{fingerprint}"))] {
        if put(&folder, &files.csv, &files.list)
            .map_err(|source| IntakeError::Return { path: folder.clone(), source })?
        {
            return Ok(Some(folder));
        }
    }
    // Both names hold something else: somebody changed our folder. It is not overwritten.
    let source = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(IntakeError::Return { path: plain, source })
}

/// Puts the pair into the folder as a whole. False when another pair lies there.
fn put(folder: &Path, csv: &[u8], list: &[u8]) -> io::Result<bool> {
    if folder.exists() {
        return holds(folder, csv, list);
    }
    let parent = folder.parent().expect("a return folder lies in the folder of returns");
    fs::create_dir_all(parent)?;
    let mut beside = folder.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(beside);
    fs::create_dir_all(&beside)?;
    for (name, bytes) in [(CSV_NAME, csv), (LIST_NAME, list)] {
        let mut file = File::create(beside.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    match fs::rename(&beside, folder) {
        Ok(()) => {
            File::open(parent)?.sync_all()?;
            Ok(true)
        }
        Err(error) => {
            fs::remove_dir_all(&beside)?;
            // Somebody was quicker with the same name.
            if folder.exists() { holds(folder, csv, list) } else { Err(error) }
        }
    }
}

fn holds(folder: &Path, csv: &[u8], list: &[u8]) -> io::Result<bool> {
    let same = |name: &str, bytes: &[u8]| fs::read(folder.join(name)).map(|found| found == bytes);
    Ok(same(CSV_NAME, csv)? && same(LIST_NAME, list)?)
}
