//! 結果のファイル — written beside as `*.tmp`, fsynced, and given their names after the commit.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use store::night::runs::RunFile;

use super::{JobContext, NightError};

/// Files of print packages are recorded under this prefix, all others are under the lake.
const PRINT_PREFIX: &str = "print/";

/// Where a recorded path lies on this machine.
pub fn locate(job: &JobContext, path: &str) -> PathBuf {
    match path.strip_prefix(PRINT_PREFIX) {
        Some(rest) => job.print_dir.join(rest),
        None => job.lake_dir.join(path),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    PathBuf::from(name)
}

/// A file being written beside its place, with its digest taken on the way.
pub struct PendingFile {
    path: String,
    place: PathBuf,
    inner: BufWriter<File>,
    hasher: Sha256,
    byte_count: i64,
}

/// A file that is on disk under its temporary name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Path to record: under the lake, or `print/…`.
    pub path: String,
    /// Rows or pieces in it.
    pub row_count: i64,
    /// Size.
    pub byte_count: i64,
    /// Fingerprint.
    pub sha256: Vec<u8>,
}

impl PendingFile {
    /// Opens `path` (under the lake, or `print/…`) beside its place; makes the folder.
    ///
    /// # Errors
    /// `File`.
    pub fn create(job: &JobContext, path: &str) -> Result<PendingFile, NightError> {
        let place = locate(job, path);
        let folder = place.parent().expect("a result lies in a folder");
        fs::create_dir_all(folder).map_err(NightError::write(folder))?;
        let temporary = beside(&place);
        let file = File::create(&temporary).map_err(NightError::write(&temporary))?;
        let inner = BufWriter::with_capacity(1 << 18, file);
        Ok(PendingFile { path: path.to_owned(), place, inner, hasher: Sha256::new(), byte_count: 0 })
    }

    /// Where it will lie.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Everything is on disk.
    ///
    /// # Errors
    /// `File` — also a full disk that shows only now.
    pub fn finish(self, row_count: i64) -> Result<WrittenFile, NightError> {
        let temporary = beside(&self.place);
        let flushed = self.inner.into_inner().map_err(io::IntoInnerError::into_error);
        let synced = flushed.and_then(|file| file.sync_all());
        synced.map_err(NightError::write(&temporary))?;
        Ok(WrittenFile {
            path: self.path,
            row_count,
            byte_count: self.byte_count,
            sha256: self.hasher.finalize().to_vec(),
        })
    }

    /// A whole file at once.
    ///
    /// # Errors
    /// `File`.
    pub fn write_whole(job: &JobContext, path: &str, bytes: &[u8], row_count: i64) -> Result<WrittenFile, NightError> {
        let mut file = PendingFile::create(job, path)?;
        file.write_all(bytes).map_err(NightError::write(&locate(job, path)))?;
        file.finish(row_count)
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.byte_count += i64::try_from(written).expect("a write is smaller than 8 EiB");
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl WrittenFile {
    /// As recorded with the mark.
    pub fn record(&self, partition_no: i32) -> RunFile {
        RunFile {
            partition_no,
            path: self.path.clone(),
            row_count: self.row_count,
            byte_count: self.byte_count,
            sha256: self.sha256.clone(),
        }
    }
}

/// Gives a committed file its name, unless it has it already; on resume the digest decides.
///
/// # Errors
/// `File`; `Digest` — neither the file nor the one beside it is what was committed.
pub fn publish(job: &JobContext, path: &str) -> Result<(), NightError> {
    let place = locate(job, path);
    let temporary = beside(&place);
    fs::rename(&temporary, &place).map_err(NightError::write(&place))?;
    sync_folder(&place)
}

/// Sees to it that a file committed by an earlier owner has its name and its content.
///
/// # Errors
/// `File`; `Digest`.
pub fn restore(job: &JobContext, file: &RunFile) -> Result<(), NightError> {
    let place = locate(job, &file.path);
    let temporary = beside(&place);
    if place.exists() && digest(&place)? == file.sha256 {
        return Ok(());
    }
    if temporary.exists() && digest(&temporary)? == file.sha256 {
        return publish(job, &file.path);
    }
    Err(NightError::Digest(place))
}

/// Reads a published file again: size and digest must be the recorded ones.
///
/// # Errors
/// `File`; `Digest`.
pub fn check(job: &JobContext, file: &RunFile) -> Result<(), NightError> {
    let place = locate(job, &file.path);
    if digest(&place)? == file.sha256 { Ok(()) } else { Err(NightError::Digest(place)) }
}

/// Writes a small file that is no partition's (such as `_run.json`): beside, fsync, rename.
///
/// # Errors
/// `File`.
pub fn write_summary(job: &JobContext, path: &str, bytes: &[u8]) -> Result<(), NightError> {
    PendingFile::write_whole(job, path, bytes, 0)?;
    publish(job, path)
}

fn digest(path: &Path) -> Result<Vec<u8>, NightError> {
    let mut file = File::open(path).map_err(NightError::read(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(NightError::read(path))?;
        if read == 0 {
            return Ok(hasher.finalize().to_vec());
        }
        hasher.update(&buffer[..read]);
    }
}

fn sync_folder(place: &Path) -> Result<(), NightError> {
    let folder = place.parent().expect("a result lies in a folder");
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(NightError::write(folder))
}
