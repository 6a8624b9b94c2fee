//! Where everything lies, who owns it, and what is recorded about it.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::ClusterError;

/// Longest path of a socket that the system takes.
const SOCKET_PATH_MAX: usize = 107;

/// The user that the server runs as, when we are root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerUser {
    pub uid: u32,
    pub gid: u32,
}

/// Paths of one office.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub root: PathBuf,
    /// Holds data, socket and log: the root itself, or a place that the server's user can reach.
    pub base: PathBuf,
    pub data: PathBuf,
    pub socket: PathBuf,
    pub log: PathBuf,
    pub password: PathBuf,
    pub user: Option<ServerUser>,
}

/// What `cluster.json` records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub port: u16,
    pub data_dir: PathBuf,
    pub socket_dir: PathBuf,
    pub major: u32,
}

/// Holds the folder against other callers until it is dropped, also by a kill.
pub(crate) fn lock(root: &Path) -> Result<File, ClusterError> {
    let path = root.join("cluster.lock");
    let failed = |source| ClusterError::file(&path, source);
    let file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

impl Layout {
    /// `root` is canonical and exists.
    pub fn of(root: &Path) -> Result<Layout, ClusterError> {
        let user = if rustix::process::getuid().is_root() { Some(server_user()?) } else { None };
        let base = match (recorded_base(root), &user) {
            (Some(base), _) => base,
            (None, Some(user)) if !can_reach(root, user) => elsewhere(root),
            _ => root.to_owned(),
        };
        let socket = base.join("socket");
        // `.s.PGSQL.65535.lock` is the longest name in it.
        let fits = socket.as_os_str().len() + "/.s.PGSQL.65535.lock".len() <= SOCKET_PATH_MAX;
        let socket = if fits { socket } else { short_socket(root) };
        Ok(Layout {
            data: base.join("postgres"),
            log: base.join("log/postgres.log"),
            password: root.join("password"),
            root: root.to_owned(),
            base,
            socket,
            user,
        })
    }

    /// Written when `initdb` is complete.
    pub fn is_complete(&self) -> bool {
        self.complete_mark().exists()
    }

    pub fn complete_mark(&self) -> PathBuf {
        self.base.join("postgres.complete")
    }

    /// Written before `initdb` begins.
    pub fn begun_mark(&self) -> PathBuf {
        self.base.join("postgres.begun")
    }

    /// Makes the folders, owned by whom the server runs as.
    pub fn prepare(&self) -> Result<(), ClusterError> {
        if self.base != self.root {
            open_folder(self.base.parent().expect("below /var/lib/nenrin"))?;
            open_folder(&self.base)?;
        }
        let log_folder = self.log.parent().expect("the log lies in a folder");
        for folder in [self.socket.as_path(), log_folder] {
            std::fs::create_dir_all(folder).map_err(|source| ClusterError::file(folder, source))?;
            self.give(folder, 0o755)?;
        }
        Ok(())
    }

    /// Gives a file or folder to the server's user with this mode.
    pub fn give(&self, path: &Path, mode: u32) -> Result<(), ClusterError> {
        let failed = |source| ClusterError::file(path, source);
        // Not through a link that somebody else laid.
        let owner = std::fs::symlink_metadata(path).map_err(failed)?;
        let us = rustix::process::getuid().as_raw();
        let server = self.user.as_ref().map_or(us, |user| user.uid);
        if owner.is_symlink() || (owner.uid() != us && owner.uid() != server) {
            return Err(ClusterError::NotOurs { place: path.to_owned() });
        }
        std::fs::set_permissions(path, Permissions::from_mode(mode)).map_err(failed)?;
        match &self.user {
            Some(user) => chown(path, Some(user.uid), Some(user.gid)).map_err(failed),
            None => Ok(()),
        }
    }

    /// The password of the office's database.
    pub fn password(&self) -> Result<String, ClusterError> {
        let text = std::fs::read_to_string(&self.password);
        text.map(|text| text.trim().to_owned()).map_err(|source| ClusterError::file(&self.password, source))
    }

    /// A new password for a new database.
    pub fn make_password(&self) -> Result<String, ClusterError> {
        let failed = |source| ClusterError::file(&self.password, source);
        let mut random = [0_u8; 24];
        File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random)).map_err(failed)?;
        let text: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        write_durably(&self.password, &text, 0o600)?;
        Ok(text)
    }
}

impl State {
    /// What was recorded last; a record that cannot be read is as good as none, the data are what counts.
    pub fn read(root: &Path) -> Option<State> {
        let bytes = std::fs::read(root.join("cluster.json")).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    pub fn write(&self, root: &Path) -> Result<(), ClusterError> {
        let text = serde_json::to_string_pretty(self).expect("numbers and paths of ours");
        write_durably(&root.join("cluster.json"), &text, 0o644)
    }
}

/// Where the data were put when the cluster was created, so that they are found again whatever changes around them.
fn recorded_base(root: &Path) -> Option<PathBuf> {
    let data = State::read(root)?.data_dir;
    if data.exists() { data.parent().map(Path::to_owned) } else { None }
}

/// A folder that everybody may pass through, whatever our umask says.
fn open_folder(path: &Path) -> Result<(), ClusterError> {
    let failed = |source| ClusterError::file(path, source);
    std::fs::create_dir_all(path).map_err(failed)?;
    std::fs::set_permissions(path, Permissions::from_mode(0o755)).map_err(failed)
}

/// Beside, synced, renamed: a reader sees the old content or the new.
pub(crate) fn write_durably(path: &Path, text: &str, mode: u32) -> Result<(), ClusterError> {
    let failed = |source| ClusterError::file(path, source);
    let beside = path.with_extension("tmp");
    let mut file =
        OpenOptions::new().create(true).write(true).truncate(true).mode(mode).open(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    let folder = path.parent().expect("a file lies in a folder");
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

/// `NENRIN_PG_USER`, else `postgres`, else `nobody`.
fn server_user() -> Result<ServerUser, ClusterError> {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    if let Ok(name) = std::env::var("NENRIN_PG_USER") {
        return find_user(&passwd, &name).ok_or(ClusterError::NoUser { user: name });
    }
    let usual = ["postgres", "nobody"].iter().find_map(|name| find_user(&passwd, name));
    usual.ok_or(ClusterError::NoUser { user: "postgres".to_owned() })
}

fn find_user(passwd: &str, name: &str) -> Option<ServerUser> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let fields: Vec<&str> = line.split(':').collect();
    let uid = fields.get(2)?.parse().ok()?;
    (uid != 0).then_some(ServerUser { uid, gid: fields.get(3)?.parse().ok()? })
}

/// True when every folder from `/` to `path` lets the user through.
fn can_reach(path: &Path, user: &ServerUser) -> bool {
    path.ancestors().all(|folder| {
        std::fs::metadata(folder).is_ok_and(|meta| {
            let shift = if meta.uid() == user.uid {
                6
            } else if meta.gid() == user.gid {
                3
            } else {
                0
            };
            (meta.mode() >> shift) & 1 == 1
        })
    })
}

/// A place that everybody can reach, with a name of its own for each root.
fn elsewhere(root: &Path) -> PathBuf {
    PathBuf::from(format!("/var/lib/nenrin/{}", name_of(root)))
}

fn short_socket(root: &Path) -> PathBuf {
    PathBuf::from(format!("/tmp/nenrin-{}-{}", rustix::process::getuid().as_raw(), name_of(root)))
}

/// FNV-1a of the path, so that the same root always gives the same name.
fn name_of(root: &Path) -> String {
    let hash = root
        .as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str =
        "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/usr/sbin/nologin\npostgres:x:101:104::/:/bin/sh\n";

    #[test]
    fn users_by_name_and_never_root() {
        assert_eq!(find_user(PASSWD, "postgres"), Some(ServerUser { uid: 101, gid: 104 }));
        assert_eq!(find_user(PASSWD, "root"), None);
        assert_eq!(find_user(PASSWD, "post"), None);
    }

    #[test]
    fn one_name_per_root() {
        assert_eq!(name_of(Path::new("/a")), name_of(Path::new("/a")));
        assert_ne!(name_of(Path::new("/a")), name_of(Path::new("/b")));
        assert!(short_socket(Path::new("/a")).as_os_str().len() < 60);
    }

    #[test]
    fn closed_folders_are_noticed() {
        let folder = std::env::temp_dir().join(format!("nenrin-reach-{}", std::process::id()));
        let inner = folder.join("inner");
        std::fs::create_dir_all(&inner).expect("writable");
        let stranger = ServerUser { uid: 4_000_000_000, gid: 4_000_000_000 };
        std::fs::set_permissions(&folder, Permissions::from_mode(0o700)).expect("ours");
        assert!(!can_reach(&inner, &stranger));
        std::fs::set_permissions(&folder, Permissions::from_mode(0o711)).expect("ours");
        assert!(can_reach(&inner, &stranger));
        std::fs::remove_dir_all(&folder).expect("ours");
    }
}
