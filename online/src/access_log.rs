//! アクセス記録の書き手 — one task writes the hash-chained access log, many entries to a transaction.
//!
//! Every request waits for its own entries before its answer leaves. The writer has a connection of its own:
//! requests that wait here may hold all of the pool's.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Pool;
use store::access_log::Entry;
use tokio::sync::{mpsc, oneshot};

use crate::error::TerminalError;
use crate::metrics::Metrics;

/// Entries of one transaction at most. At 300 requests a second a batch holds a handful.
const BATCH_MAX: usize = 256;
/// Requests that may wait for the writer.
const QUEUE_MAX: usize = 4096;
/// After this the log counts as unavailable.
const ACK_WAIT: Duration = Duration::from_secs(5);

struct Waiting {
    entries: Vec<Entry>,
    written: oneshot::Sender<bool>,
}

/// The handle that requests hold.
#[derive(Clone)]
pub(crate) struct AccessLog {
    queue: mpsc::Sender<Waiting>,
}

impl AccessLog {
    /// Starts the writer on the current runtime; it ends when the last handle is gone.
    pub(crate) fn start(pool: Pool, metrics: Arc<Metrics>) -> AccessLog {
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        tokio::spawn(write_all(pool, metrics, waiting));
        AccessLog { queue }
    }

    /// Returns when the entries are on disk.
    ///
    /// # Errors
    /// `LogUnavailable` — the operator looks at the database; nothing may be shown.
    pub(crate) async fn append(&self, entries: Vec<Entry>) -> Result<(), TerminalError> {
        let (written, ack) = oneshot::channel();
        self.queue.try_send(Waiting { entries, written }).map_err(|_| TerminalError::LogUnavailable)?;
        match tokio::time::timeout(ACK_WAIT, ack).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false) | Err(_)) | Err(_) => Err(TerminalError::LogUnavailable),
        }
    }
}

async fn write_all(pool: Pool, metrics: Arc<Metrics>, mut waiting: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH_MAX);
    while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
        // Nobody waits any more for what timed out in the queue, but it was asked and is written all the same.
        let entries: Vec<Entry> = batch.iter_mut().flat_map(|one| std::mem::take(&mut one.entries)).collect();
        let written = match write(&pool, &entries).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(%error, entries = entries.len(), "access log cannot be written");
                false
            }
        };
        metrics.log_batch(entries.len(), written);
        for one in batch.drain(..) {
            let _ = one.written.send(written);
        }
    }
}

async fn write(pool: &Pool, entries: &[Entry]) -> Result<(), store::StoreError> {
    let mut client = pool.get().await?;
    store::access_log::append(&mut client, entries).await
}
