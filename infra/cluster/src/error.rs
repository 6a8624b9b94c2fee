//! Why there is no database, and what the operator does about it.

use std::io;
use std::path::{Path, PathBuf};

/// What stands between the operator and a running database.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server programs on this machine.
    #[error(
        "PostgreSQL のサーバー (initdb, postgres) が見つかりません。`apt-get install postgresql` で入れるか、その場所を NENRIN_PG_BIN に設定してください"
    )]
    BinariesMissing,
    /// The data are of another major version, whose programs are not here.
    #[error(
        "データは PostgreSQL {data} のものですが、このコンピューターに PostgreSQL {data} のサーバーがありません。`apt-get install postgresql-{data}` で入れるか、その場所を NENRIN_PG_BIN に設定してください。データは変えていません"
    )]
    OtherMajor {
        /// Major version of the data.
        data: u32,
    },
    /// Somebody else listens on the port that was asked for.
    #[error("ポート {port} は他のプログラムが使っています。別のポートを --port で指定してください")]
    PortTaken {
        /// The port.
        port: u16,
    },
    /// Too little room.
    #[error("ディスクの空きが足りません ({} に {free_mib} MiB)。{needed_mib} MiB 以上空けてから、やり直してください", place.display())]
    DiskFull {
        /// Where.
        place: PathBuf,
        /// What is free.
        free_mib: u64,
        /// What is needed.
        needed_mib: u64,
    },
    /// A folder of data that is not ours to touch.
    #[error("{} に、nenrin が作ったものではないファイルがあります。中を確かめて別の場所へ移してから、やり直してください", place.display())]
    NotOurs {
        /// Where.
        place: PathBuf,
    },
    /// Started as root, and there is no user to run the server as.
    #[error(
        "root では PostgreSQL を動かせず、代わりの利用者 {user} もいません。NENRIN_PG_USER に一般利用者の名前を設定してください"
    )]
    NoUser {
        /// Who was looked for.
        user: String,
    },
    /// `initdb` failed.
    #[error("データベースを作れません (initdb)。{hint}")]
    InitFailed {
        /// Its last line.
        hint: String,
    },
    /// The server did not start.
    #[error("データベースを起動できません。記録 {} を確かめてください。最後の行: {hint}", log.display())]
    StartFailed {
        /// Where its log is.
        log: PathBuf,
        /// The line that says why.
        hint: String,
    },
    /// The server runs and does not answer.
    #[error("データベースは動いていますが応答しません。記録 {} を確かめてください", log.display())]
    NoAnswer {
        /// Where its log is.
        log: PathBuf,
        /// What the connection said.
        #[source]
        source: store::StoreError,
    },
    /// The password that is kept is not the one the database was created with.
    #[error("データベースの合言葉 ({}) が、作ったときのものと違います。元のファイルを戻してください", password.display())]
    WrongPassword {
        /// Where it is kept.
        password: PathBuf,
        /// What the connection said.
        #[source]
        source: store::StoreError,
    },
    /// The server does not end.
    #[error("データベースを停止できません。記録 {} を確かめてください", log.display())]
    StopFailed {
        /// Where its log is.
        log: PathBuf,
    },
    /// A file of the office.
    #[error("{} を読み書きできません。持ち主と権限、空き容量を確かめてください", place.display())]
    File {
        /// Which.
        place: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl ClusterError {
    pub(crate) fn file(place: &Path, source: io::Error) -> ClusterError {
        if source.kind() == io::ErrorKind::StorageFull {
            return ClusterError::DiskFull {
                place: place.to_owned(),
                free_mib: 0,
                needed_mib: crate::server::ROOM_MIB,
            };
        }
        ClusterError::File { place: place.to_owned(), source }
    }
}
