//! 処理用の接続 — a blocking session for threads: one connection and one current-thread runtime.

use std::future::Future;

use tokio::runtime::{Builder, Runtime};

use crate::connect::{Connection, Settings, Transaction, connect_one};
use crate::error::StoreError;

/// One connection that a batch thread owns. Rules compute outside it; only reading and committing goes through.
pub struct Session {
    // The connection goes before the runtime that drives it.
    connection: Connection,
    runtime: Runtime,
}

impl Session {
    /// Opens a connection for this thread.
    ///
    /// # Errors
    /// `BadUrl`, `Connect` — as [`connect_one`].
    pub fn open(settings: &Settings) -> Result<Session, StoreError> {
        let runtime =
            Builder::new_current_thread().enable_all().build().expect("a current-thread runtime needs only a pipe");
        let connection = runtime.block_on(connect_one(settings))?;
        Ok(Session { connection, runtime })
    }

    /// Runs a piece of work on the connection and waits for it.
    pub fn run<T>(&mut self, work: impl AsyncFnOnce(&mut Connection) -> T) -> T {
        self.runtime.block_on(work(&mut self.connection))
    }

    /// Runs a piece of work in one transaction: commits when it is `Ok`, rolls back when it is not.
    ///
    /// # Errors
    /// Whatever the work says, or the failure of the commit.
    pub fn transaction<T, E: From<StoreError>>(
        &mut self,
        work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.runtime.block_on(async {
            let transaction = self.connection.transaction().await.map_err(StoreError::from)?;
            let answer = work(&transaction).await?;
            transaction.commit().await.map_err(StoreError::from)?;
            Ok(answer)
        })
    }

    /// Waits for any other future on this session's runtime.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// The connection, for futures that are run by [`Session::block_on`].
    pub fn connection(&self) -> &Connection {
        &self.connection
    }
}
