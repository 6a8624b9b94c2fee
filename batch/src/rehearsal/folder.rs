//! 置き場所 — a folder of one's own while the results are written; it takes their name once they are whole.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use super::REHEARSALS;
use crate::run::NightError;

/// As often two that are done at once may step aside for each other.
const TRIES_MAX: u32 = 100;

/// The folder of a rehearsal at work. Dropped before it is published, it is gone; what a killed one leaves behind ends
/// with `.tmp` and may be deleted.
pub struct WorkFolder {
    lake: PathBuf,
    results: PathBuf,
}

impl WorkFolder {
    /// A new one in the folder of all rehearsals.
    ///
    /// # Errors
    /// `File`.
    pub fn beside(rehearsals: &Path, name: &str) -> Result<WorkFolder, NightError> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let lake = rehearsals.join(format!("{name}.{}-{number}.tmp", process::id()));
        // One that was killed may have had the same number of process.
        remove(&lake)?;
        fs::create_dir_all(&lake).map_err(NightError::write(&lake))?;
        Ok(WorkFolder { lake, results: rehearsals.to_owned() })
    }

    /// What the results are written under, as under the lake.
    pub fn lake(&self) -> &Path {
        &self.lake
    }

    /// Gives the results their name; an earlier answer to the same question gives way.
    ///
    /// # Errors
    /// `File`.
    pub fn publish(self, name: &str) -> Result<PathBuf, NightError> {
        let (whole, place) = (self.lake.join(REHEARSALS).join(name), self.results.join(name));
        let earlier = self.lake.join("earlier");
        for _ in 0..TRIES_MAX {
            match fs::rename(&whole, &place) {
                Ok(()) => return Ok(place),
                Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => {
                    remove(&earlier)?;
                    match fs::rename(&place, &earlier) {
                        Err(error) if error.kind() != ErrorKind::NotFound => {
                            return Err(NightError::write(&place)(error));
                        }
                        _ => {}
                    }
                }
                Err(error) => return Err(NightError::write(&place)(error)),
            }
        }
        Err(NightError::Broken("同じ試算が何度も同時に終わりました。やり直してください".to_owned()))
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // Nobody waits for it: what cannot be removed is left, under a name that says so.
        let _ = fs::remove_dir_all(&self.lake);
    }
}

fn remove(folder: &Path) -> Result<(), NightError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(NightError::write(folder)(error)),
        _ => Ok(()),
    }
}
