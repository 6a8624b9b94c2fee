//! 個人番号 — sealed with AES-256-GCM, found again by an HMAC. The key never enters the database.

use std::fmt;
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use domain::MyNumber;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::db::Db;
use crate::error::StoreError;

/// The environment variable that may hold the key, 64 hexadecimal digits.
pub const KEY_VARIABLE: &str = "NENRIN_MY_NUMBER_KEY";

const NONCE_BYTES: usize = 12;
/// Bound into every seal, so that a sealed number cannot pass for anything else.
const SEAL: &[u8] = b"nenrin my_number seal v1";
const INDEX: &[u8] = b"nenrin my_number index v1";

/// Why there is no key, or a number cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("個人番号の鍵ファイル {} を読み書きできません", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Others can read it.
    #[error("個人番号の鍵ファイル {} を他の利用者が読めます。`chmod 600` してください", path.display())]
    OthersCanRead {
        /// Which.
        path: PathBuf,
    },
    /// Not 64 hexadecimal digits.
    #[error("個人番号の鍵は16進数64桁です ({place})")]
    NotAKey {
        /// Where it was read.
        place: String,
    },
    /// No randomness.
    #[error("乱数を得られません")]
    NoRandomness,
    /// Sealed with another key, or altered.
    #[error("個人番号を復号できません。鍵が違うか、内容が変わっています")]
    CannotOpen,
}

/// 個人番号の鍵 — one key for sealing and one for finding, derived from the 32 bytes that are kept.
#[derive(Clone)]
pub struct Keys {
    cipher: Aes256Gcm,
    index: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys(***)")
    }
}

impl Keys {
    /// From 32 bytes.
    pub fn new(master: &[u8; 32]) -> Keys {
        let seal = mac(master, SEAL);
        let cipher = Aes256Gcm::new_from_slice(&seal).expect("32 bytes are a key of AES-256");
        Keys { cipher, index: mac(master, INDEX) }
    }

    /// From 64 hexadecimal digits.
    ///
    /// # Errors
    /// `NotAKey` — the operator corrects the variable or the file.
    pub fn parse(text: &str, place: &str) -> Result<Keys, KeyError> {
        let bytes = hex::decode(text.trim()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(|master| Keys::new(&master)).ok_or_else(|| KeyError::NotAKey { place: place.to_owned() })
    }

    /// From the environment, or else from the file.
    ///
    /// # Errors
    /// `File`, `OthersCanRead`, `NotAKey` — the operator corrects the file.
    pub fn load(path: &Path) -> Result<Keys, KeyError> {
        if let Ok(text) = std::env::var(KEY_VARIABLE) {
            return Keys::parse(&text, KEY_VARIABLE);
        }
        let failed = |source| KeyError::File { path: path.to_owned(), source };
        let mut file = std::fs::File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
            return Err(KeyError::OthersCanRead { path: path.to_owned() });
        }
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(failed)?;
        Keys::parse(&text, &path.display().to_string())
    }

    /// As [`Keys::load`]; a file that is not there is created with a new key, for its owner only.
    ///
    /// # Errors
    /// As [`Keys::load`], and `NoRandomness`.
    pub fn load_or_create(path: &Path) -> Result<Keys, KeyError> {
        if std::env::var_os(KEY_VARIABLE).is_none() {
            create_file(path)?;
        }
        Keys::load(path)
    }

    /// 暗号化 — nonce, ciphertext and tag.
    ///
    /// # Errors
    /// `NoRandomness` — a nonce must never repeat.
    pub fn seal(&self, number: &MyNumber) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| KeyError::NoRandomness)?;
        let payload = Payload { msg: number.digits().as_bytes(), aad: SEAL };
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), payload).expect("twelve digits can be sealed");
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// 復号.
    ///
    /// # Errors
    /// `CannotOpen` — another key, or the bytes were altered.
    pub fn open(&self, sealed: &[u8]) -> Result<MyNumber, KeyError> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(KeyError::CannotOpen)?;
        let payload = Payload { msg: body, aad: SEAL };
        let digits = self.cipher.decrypt(&Nonce::from(*nonce), payload).map_err(|_| KeyError::CannotOpen)?;
        let digits = String::from_utf8(digits).map_err(|_| KeyError::CannotOpen)?;
        digits.parse().map_err(|_| KeyError::CannotOpen)
    }

    /// 照合用の索引: the same number gives the same bytes; without the key they say nothing.
    pub fn index(&self, number: &MyNumber) -> [u8; 32] {
        mac(&self.index, number.digits().as_bytes())
    }
}

fn mac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// Writes beside and links, so that of two processes one key stays and no half file is ever read.
fn create_file(path: &Path) -> Result<(), KeyError> {
    if path.exists() {
        return Ok(());
    }
    let failed = |source| KeyError::File { path: path.to_owned(), source };
    let mut master = [0_u8; 32];
    getrandom::fill(&mut master).map_err(|_| KeyError::NoRandomness)?;
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .map_err(failed)?;
    file.write_all(hex::encode(master).as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    let linked = std::fs::hard_link(&beside, path);
    std::fs::remove_file(&beside).map_err(failed)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(failed(error)),
        _ => Ok(()),
    }
}

/// Keeps a person's number.
///
/// - `sealed`: [`Keys::seal`] of the number
/// - `index`: [`Keys::index`] of the number
///
/// # Errors
/// `MyNumberTaken` — somebody else has it.
pub async fn record(
    db: &impl Db,
    person_id: i64,
    sealed: &[u8],
    index: &[u8],
    reason: &str,
    cause_filing_id: Option<i64>,
) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO my_number.numbers (person_id, number_index, number_sealed, reason, cause_filing_id)
        VALUES ($1, $2, $3, $4, $5)";
    db.run(SQL, &[&person_id, &index, &sealed, &reason, &cause_filing_id]).await?;
    Ok(())
}

/// 届にあった個人番号 — one number of a filing.
pub struct FiledNumber {
    /// 届.
    pub filing_id: i64,
    /// 0 for the insured; else the column of a dependant.
    pub column_no: i16,
    /// [`Keys::index`] of the number.
    pub index: [u8; 32],
    /// [`Keys::seal`] of the number.
    pub sealed: Vec<u8>,
}

/// Keeps the numbers of received filings beside them, in one statement.
///
/// # Errors
/// `UnknownReference` — there is no such filing.
pub async fn record_filed(db: &impl Db, numbers: &[FiledNumber]) -> Result<(), StoreError> {
    const SQL: &str = "
        INSERT INTO my_number.filed (filing_id, column_no, number_index, number_sealed)
        SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::bytea[], $4::bytea[])";
    let ids: Vec<i64> = numbers.iter().map(|number| number.filing_id).collect();
    let columns: Vec<i16> = numbers.iter().map(|number| number.column_no).collect();
    let indexes: Vec<&[u8]> = numbers.iter().map(|number| number.index.as_slice()).collect();
    let sealed: Vec<&[u8]> = numbers.iter().map(|number| number.sealed.as_slice()).collect();
    db.run(SQL, &[&ids, &columns, &indexes, &sealed]).await?;
    Ok(())
}

/// Whose number this is.
pub async fn find_person(db: &impl Db, keys: &Keys, number: &MyNumber) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT person_id FROM my_number.numbers WHERE number_index = $1 AND superseded_at IS NULL";
    Ok(db.row_opt(SQL, &[&keys.index(number).as_slice()]).await?.map(|row| row.get(0)))
}

/// A person's number, still sealed.
pub async fn sealed_of_person(db: &impl Db, person_id: i64) -> Result<Option<Vec<u8>>, StoreError> {
    const SQL: &str = "SELECT number_sealed FROM my_number.numbers WHERE person_id = $1 AND superseded_at IS NULL";
    Ok(db.row_opt(SQL, &[&person_id]).await?.map(|row| row.get(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> MyNumber {
        "123456789018".parse().expect("a number with its check digit")
    }

    #[test]
    fn sealed_and_opened_again() {
        let keys = Keys::new(&[7; 32]);
        let (one, two) = (keys.seal(&number()).expect("sealed"), keys.seal(&number()).expect("sealed"));
        assert_ne!(one, two, "a nonce is used once");
        assert_eq!(one.len(), 12 + 12 + 16);
        assert_eq!(keys.open(&one).expect("opens"), number());
        assert_eq!(keys.index(&number()), keys.clone().index(&number()));
    }

    #[test]
    fn altered_bytes_and_other_keys_are_refused() {
        let keys = Keys::new(&[7; 32]);
        let sealed = keys.seal(&number()).expect("sealed");
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(matches!(keys.open(&altered), Err(KeyError::CannotOpen)), "byte {place}");
        }
        assert!(matches!(keys.open(&sealed[..11]), Err(KeyError::CannotOpen)));
        let other = Keys::new(&[8; 32]);
        assert!(matches!(other.open(&sealed), Err(KeyError::CannotOpen)));
        assert_ne!(other.index(&number()), keys.index(&number()));
    }

    #[test]
    fn a_key_file_is_for_its_owner_only() {
        let folder = std::env::temp_dir().join(format!("nenrin-keys-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("writable");
        let path = folder.join("my_number.key");
        let first = Keys::load_or_create(&path).expect("created");
        let again = Keys::load_or_create(&path).expect("loaded");
        assert_eq!(first.index(&number()), again.index(&number()));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("ours");
        assert!(matches!(Keys::load(&path), Err(KeyError::OthersCanRead { .. })));
        std::fs::remove_dir_all(&folder).expect("ours");
        assert!(matches!(Keys::load(&path), Err(KeyError::File { .. })));
        assert!(matches!(Keys::parse("00", "ここ"), Err(KeyError::NotAKey { .. })));
    }
}
