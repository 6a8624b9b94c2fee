//! 専用のデータベース — the private PostgreSQL of an office: found, created, tuned, started and stopped.
//!
//! Everything lies under one folder (`.nenrin`): `postgres/` the data, `socket/`, `log/`, `password` (0600) and
//! `cluster.json`, which records where things are. Started as root, the server runs as an unprivileged user
//! (`NENRIN_PG_USER`, else `postgres`, else `nobody`); when that user cannot reach the folder, because some parent
//! is closed to others, the server's part lies under `/var/lib/nenrin/` instead and `cluster.json` says so.
//!
//! Connections, socket and loopback alike, need the random password (SCRAM): on a machine that several people use,
//! a socket that trusts its peer would need a database role for each of them.
//!
//! A cluster that a killed process left behind is taken up again, never removed. The one thing that is ever removed
//! is a data folder whose `initdb` was never completed, which a marker beside it tells.

mod binaries;
mod error;
mod layout;
mod server;
mod tuning;

pub use binaries::{Binaries, find_binaries, find_binaries_of};
pub use error::ClusterError;

use std::path::{Path, PathBuf};

use layout::{Layout, State};

/// What to bring up, and where.
#[derive(Clone, Debug)]
pub struct ClusterConfig {
    /// The folder of the office, `.nenrin`.
    pub root: PathBuf,
    /// TCP port on the loopback; `None` keeps the last one, or takes a free one.
    pub port: Option<u16>,
}

/// A server that answers.
#[derive(Clone)]
pub struct Running {
    /// Address over the socket, with user, password and database.
    pub url: String,
    /// The same over the loopback, for programs that cannot use sockets.
    pub tcp_url: String,
    /// TCP port on the loopback.
    pub port: u16,
    /// Where the data lies.
    pub data_dir: PathBuf,
    /// Where the socket lies.
    pub socket_dir: PathBuf,
    /// Where the server writes its log.
    pub log_file: PathBuf,
    /// Process of the postmaster.
    pub pid: u32,
    /// True when this call started it, false when it ran already.
    pub started: bool,
}

/// The addresses carry a password.
impl std::fmt::Debug for Running {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Running").field("port", &self.port).field("data_dir", &self.data_dir).finish_non_exhaustive()
    }
}

/// How a cluster is.
#[derive(Clone, Debug)]
pub enum Status {
    /// There is none.
    Absent,
    /// There is one, and it does not run.
    Stopped,
    /// It runs.
    Running(Running),
}

/// Creates the cluster when there is none, starts it when it does not run, and waits until it answers.
///
/// Runs blocking, on a thread without an async runtime. Two callers at once wait for one another.
///
/// # Errors
/// Each says in Japanese what the operator does next.
pub fn up(config: &ClusterConfig) -> Result<Running, ClusterError> {
    std::fs::create_dir_all(&config.root).map_err(|source| ClusterError::file(&config.root, source))?;
    let root = config.root.canonicalize().map_err(|source| ClusterError::file(&config.root, source))?;
    let _lock = layout::lock(&root)?;
    let layout = Layout::of(&root)?;
    layout.prepare()?;
    let binaries = match server::data_major(&layout)? {
        Some(major) => find_binaries_of(major)?,
        None => find_binaries()?,
    };
    server::check_room(&layout)?;
    if !layout.is_complete() {
        server::initialise(&layout, &binaries)?;
    }
    let log_from = server::log_length(&layout);
    if let Some(found) = server::running(&layout)? {
        return server::ready(&layout, found, server::WAS_RUNNING, log_from);
    }
    let port = server::choose_port(config.port, State::read(&root).map(|state| state.port))?;
    State { port, data_dir: layout.data.clone(), socket_dir: layout.socket.clone(), major: binaries.major }
        .write(&root)?;
    tuning::write(&layout, port, &binaries)?;
    let pid = server::start(&layout, &binaries, port)?;
    server::ready(&layout, server::Found { pid, port }, server::STARTED, log_from)
}

/// Stops the server cleanly (fast shutdown); false when it did not run.
///
/// # Errors
/// `StopFailed` — it did not end in time; the operator looks at its log.
pub fn down(root: &Path) -> Result<bool, ClusterError> {
    let Ok(root) = root.canonicalize() else { return Ok(false) };
    let _lock = layout::lock(&root)?;
    let layout = Layout::of(&root)?;
    match server::running(&layout)? {
        Some(found) => server::stop(&layout, &found).map(|()| true),
        None => Ok(false),
    }
}

/// How the cluster of this folder is. Does not wait, starts and changes nothing.
///
/// # Errors
/// `File` — the folder cannot be read.
pub fn status(root: &Path) -> Result<Status, ClusterError> {
    let Ok(root) = root.canonicalize() else { return Ok(Status::Absent) };
    let layout = Layout::of(&root)?;
    if !layout.is_complete() {
        return Ok(Status::Absent);
    }
    match server::running(&layout)? {
        Some(found) => Ok(Status::Running(server::describe(&layout, &found, server::WAS_RUNNING)?)),
        None => Ok(Status::Stopped),
    }
}
