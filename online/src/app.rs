//! What every request shares: the pool, the access log's writer, sessions, figures.

use std::sync::Arc;

use deadpool_postgres::{Client, Pool};
use tokio::sync::Semaphore;

use crate::access_log::AccessLog;
use crate::config::Config;
use crate::error::TerminalError;
use crate::metrics::Metrics;
use crate::session::Sessions;
use crate::throttle::Throttle;

/// オンライン — the shared state of one online tier. Cheap to clone.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub config: Config,
    pub pool: Pool,
    pub log: AccessLog,
    pub metrics: Arc<Metrics>,
    pub sessions: Sessions,
    pub throttle: Throttle,
    /// Password hashing takes 19 MiB and a core each time: so many at once, the others wait.
    pub hashing: Semaphore,
}

/// Password hashes computed at the same time.
const HASHING_MAX: usize = 2;

/// The online tier cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address of the database cannot be read.
    #[error("データベースの設定を使えません")]
    Database(#[from] store::StoreError),
    /// The figures cannot be registered; a bug.
    #[error("計測の準備ができません")]
    Metrics(#[from] prometheus::Error),
}

impl App {
    /// Opens the pools and starts the access log's writer. Needs a tokio runtime.
    ///
    /// # Errors
    /// `Database` — the operator corrects the address.
    pub fn new(config: Config) -> Result<App, StartError> {
        let metrics = Arc::new(Metrics::new()?);
        let pool = store::connect::pool(&config.database, config.pool_size)?;
        let log_settings = config.database.clone().named("nenrin-access-log");
        let log = AccessLog::start(store::connect::pool(&log_settings, 1)?, metrics.clone());
        Ok(App(Arc::new(Shared {
            pool,
            log,
            metrics,
            sessions: Sessions::default(),
            throttle: Throttle::default(),
            hashing: Semaphore::new(HASHING_MAX),
            config,
        })))
    }

    /// A connection for one transaction.
    pub(crate) async fn client(&self) -> Result<Client, TerminalError> {
        Ok(self.0.pool.get().await?)
    }
}
