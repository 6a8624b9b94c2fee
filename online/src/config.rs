//! Settings of the online tier, read once at start.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use jiff::civil::Date;
use store::Settings;
use store::my_number::Keys;

use crate::purpose::Purpose;

/// 設定 — everything the online tier has to be told. [`Config::new`] gives the values for an office.
#[derive(Clone)]
pub struct Config {
    /// Address to listen on.
    pub bind: SocketAddr,
    /// The database, with the limits of a terminal.
    pub database: Settings,
    /// Connections for transactions; the access log has one more of its own.
    pub pool_size: usize,
    /// 個人番号 — keys for sealing. Without them a filing that carries one is refused.
    pub my_number_keys: Option<Keys>,
    /// 利用目的 — the purposes that may be stated here.
    pub purposes: Vec<Purpose>,
    /// 業務日付; `None` takes today in Japan.
    pub business_on: Option<Date>,
    /// Marks the session cookie `Secure`: on wherever terminals come over TLS.
    pub secure_cookies: bool,
    /// How long a sign-in lasts.
    pub session_length: Duration,
    /// Longest time from request to answer.
    pub request_timeout: Duration,
    /// Largest body taken, in bytes.
    pub body_bytes_max: usize,
    /// How long open requests may finish after a stop was asked for.
    pub shutdown_grace: Duration,
}

impl Config {
    /// The usual values, for this address and database.
    pub fn new(bind: SocketAddr, database_url: impl Into<String>) -> Config {
        let mut database = Settings::for_terminals(database_url);
        database.connect_timeout = Duration::from_secs(3);
        Config {
            bind,
            database,
            pool_size: 16,
            my_number_keys: None,
            purposes: Purpose::ALL.to_vec(),
            business_on: None,
            secure_cookies: false,
            session_length: Duration::from_secs(8 * 60 * 60),
            request_timeout: Duration::from_secs(15),
            body_bytes_max: 64 * 1024,
            shutdown_grace: Duration::from_secs(10),
        }
    }

    /// 業務日付 — the day filings are received on.
    pub fn business_day(&self) -> Date {
        self.business_on.unwrap_or_else(today_in_japan)
    }
}

/// Keys and the database address stay out of logs.
impl fmt::Debug for Config {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Config")
            .field("bind", &self.bind)
            .field("pool_size", &self.pool_size)
            .field("business_on", &self.business_on)
            .finish_non_exhaustive()
    }
}

/// Japan has one time zone and no summer time, so no time zone data is needed.
fn today_in_japan() -> Date {
    jiff::tz::Offset::constant(9).to_datetime(crate::clock::now()).date()
}
