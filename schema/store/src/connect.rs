//! 接続 — connections and the pool, with the settings every session of ours has.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::config::Host;
use tokio_postgres::{Config, NoTls};

use crate::error::{Cause, StoreError};

/// One connection with a cache of prepared statements. Derefs to `tokio_postgres::Client`.
pub type Connection = deadpool_postgres::ClientWrapper;

/// A transaction of a [`Connection`] or of a pooled one. Derefs to `tokio_postgres::Transaction`.
pub type Transaction<'a> = deadpool_postgres::Transaction<'a>;

/// 接続の設定 — where the database is and how long it may take.
#[derive(Clone)]
pub struct Settings {
    /// `postgresql://…` or `host=… dbname=…`.
    pub url: String,
    /// Shown in `pg_stat_activity` and in the server's log.
    pub application_name: String,
    /// Longest statement; `None` for the night and other bulk work.
    pub statement_timeout: Option<Duration>,
    /// Longest wait for a lock.
    pub lock_timeout: Option<Duration>,
    /// Longest wait for the connection itself and, in a pool, for a free one.
    pub connect_timeout: Duration,
    /// Plans each statement once per connection instead of at every call.
    pub plan_once: bool,
}

impl Settings {
    /// Bulk work: no limit on statements.
    pub fn new(url: impl Into<String>) -> Settings {
        Settings {
            url: url.into(),
            application_name: "nenrin".to_owned(),
            statement_timeout: None,
            lock_timeout: None,
            connect_timeout: Duration::from_secs(10),
            plan_once: false,
        }
    }

    /// Terminals: nobody waits longer than ten seconds. Their statements ask for single records by index: planning one
    /// over the partitions of cover takes ten times as long as running it, so each is planned once. (Left to itself,
    /// PostgreSQL plans anew for ever where a parameter is an array, because it reckons with ten elements.)
    pub fn for_terminals(url: impl Into<String>) -> Settings {
        Settings {
            application_name: "nenrin-online".to_owned(),
            statement_timeout: Some(Duration::from_secs(10)),
            lock_timeout: Some(Duration::from_secs(5)),
            plan_once: true,
            ..Settings::new(url)
        }
    }

    /// The same under another name.
    pub fn named(mut self, application_name: impl Into<String>) -> Settings {
        self.application_name = application_name.into();
        self
    }

    /// What the server is told for each session, as `options` of a connection.
    pub fn session_options(&self) -> String {
        let mut options = "-c synchronous_commit=on -c timezone=UTC".to_owned();
        if self.plan_once {
            options.push_str(" -c plan_cache_mode=force_generic_plan");
        }
        for (name, limit) in [("statement_timeout", self.statement_timeout), ("lock_timeout", self.lock_timeout)] {
            if let Some(limit) = limit {
                options.push_str(&format!(" -c {name}={}", limit.as_millis()));
            }
        }
        options
    }

    fn config(&self) -> Result<Config, StoreError> {
        let mut config = Config::from_str(&self.url).map_err(|error| StoreError::BadUrl(Cause::from(&error)))?;
        let given = config.get_options().map(|given| format!("{given} ")).unwrap_or_default();
        let options = given + &self.session_options();
        config.options(options).application_name(&self.application_name);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(self.connect_timeout);
        }
        Ok(config)
    }
}

/// The address carries a password: only the name is shown.
impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Settings({})", self.application_name)
    }
}

/// Host, port and database, without user and password.
fn endpoint(config: &Config) -> String {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        Some(Host::Unix(path)) => path.display().to_string(),
        None => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432);
    format!("{host}:{port}/{}", config.get_dbname().unwrap_or_default())
}

/// Opens one connection and lets its driver run on the current runtime.
///
/// # Errors
/// `BadUrl` — the operator corrects the address; `Connect` — the operator starts the database.
pub async fn connect_one(settings: &Settings) -> Result<Connection, StoreError> {
    let config = settings.config()?;
    let (client, connection) = config.connect(NoTls).await.map_err(|error| unreachable_at(&config, &error))?;
    let driver = tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "database connection ended");
        }
    });
    Ok(Connection::new(client, driver))
}

fn unreachable_at(config: &Config, error: &tokio_postgres::Error) -> StoreError {
    StoreError::Connect { endpoint: endpoint(config), source: Cause::from(error) }
}

/// A pool of at most `size` connections; opens them when they are asked for.
///
/// # Errors
/// `BadUrl` — the operator corrects the address.
pub fn pool(settings: &Settings, size: usize) -> Result<Pool, StoreError> {
    let config = settings.config()?;
    let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    Pool::builder(manager)
        .max_size(size)
        .wait_timeout(Some(settings.connect_timeout))
        .create_timeout(Some(settings.connect_timeout))
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .build()
        .map_err(|error| StoreError::BadUrl(Cause::text(error.to_string())))
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> StoreError {
        match error {
            deadpool_postgres::PoolError::Backend(inner) => {
                StoreError::Connect { endpoint: "プール".to_owned(), source: Cause::from(&inner) }
            }
            other => StoreError::PoolBusy(Cause::text(other.to_string())),
        }
    }
}
