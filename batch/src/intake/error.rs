//! What keeps a file from being dealt with, in words for the operator.

use std::path::PathBuf;

use store::StoreError;
use store::my_number::KeyError;

/// Why intake, or one file of it, came to nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The file cannot be read.
    #[error("ファイル {} を読めません。置き場所と権限を確かめてください", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The folder cannot be listed.
    #[error("フォルダー {} を読めません。置き場所と権限を確かめてください", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The return file cannot be written; the file itself has been received.
    #[error("返戻ファイルを {} に書けません。受付は済んでいます。空きと権限を確かめて、同じファイルをもう一度指定してください", path.display())]
    Return {
        /// Where.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The list of what was not booked cannot be written; the file itself has been booked.
    #[error("収納としなかった行の一覧を {} に書けません。収納の受付は済んでいます。空きと権限を確かめて、同じファイルをもう一度指定してください", path.display())]
    ReceiptList {
        /// Where.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A file with a 個人番号, and no key to seal it with.
    #[error("個人番号のある届がありますが、個人番号の鍵がありません。鍵を設定してからやり直してください")]
    NoKey,
    /// A number could not be sealed.
    #[error("個人番号を暗号化できません")]
    Seal(#[source] KeyError),
    /// The database says no; nothing of the file was received.
    #[error("データベースに記録できません。このファイルは受け付けていません")]
    Store(#[source] StoreError),
}

impl IntakeError {
    pub(super) fn store(source: StoreError) -> IntakeError {
        IntakeError::Store(source)
    }

    /// The error with what led to it, on one line.
    pub(super) fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            text.push_str(&format!(": {inner}"));
            cause = inner.source();
        }
        text
    }
}

impl From<StoreError> for IntakeError {
    fn from(source: StoreError) -> IntakeError {
        IntakeError::Store(source)
    }
}
