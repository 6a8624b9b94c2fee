//! Running statements: one trait over clients, pooled clients and transactions, with prepared statements kept
//! per connection where there is a cache.

use std::future::Future;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, GenericClient, Row, Statement};

use crate::error::StoreError;

/// Parameters of a statement.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Whatever statements can be run on: `tokio_postgres` and `deadpool_postgres` clients and transactions.
///
/// Take the transaction when there is one; a client means one transaction per statement.
pub trait Db: Sync {
    /// The client underneath; inside a transaction, its statements are part of it.
    fn postgres(&self) -> &Client;

    /// The prepared statement, from the cache of the connection where it has one.
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send;

    /// All rows.
    fn rows(&self, sql: &str, params: Params<'_>) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send {
        async move {
            let statement = self.prepared(sql).await?;
            Ok(self.postgres().query(&statement, params).await?)
        }
    }

    /// Exactly one row.
    fn row(&self, sql: &str, params: Params<'_>) -> impl Future<Output = Result<Row, StoreError>> + Send {
        async move {
            let statement = self.prepared(sql).await?;
            Ok(self.postgres().query_one(&statement, params).await?)
        }
    }

    /// One row or none.
    fn row_opt(&self, sql: &str, params: Params<'_>) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send {
        async move {
            let statement = self.prepared(sql).await?;
            Ok(self.postgres().query_opt(&statement, params).await?)
        }
    }

    /// Runs it; returns the number of rows touched.
    fn run(&self, sql: &str, params: Params<'_>) -> impl Future<Output = Result<u64, StoreError>> + Send {
        async move {
            let statement = self.prepared(sql).await?;
            Ok(self.postgres().execute(&statement, params).await?)
        }
    }
}

impl Db for Client {
    fn postgres(&self) -> &Client {
        self
    }
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send {
        self.prepare(sql)
    }
}

impl Db for tokio_postgres::Transaction<'_> {
    fn postgres(&self) -> &Client {
        GenericClient::client(self)
    }
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send {
        self.prepare(sql)
    }
}

impl Db for deadpool_postgres::ClientWrapper {
    fn postgres(&self) -> &Client {
        self
    }
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send {
        self.prepare_cached(sql)
    }
}

impl Db for deadpool_postgres::Client {
    fn postgres(&self) -> &Client {
        self
    }
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send {
        self.prepare_cached(sql)
    }
}

impl Db for deadpool_postgres::Transaction<'_> {
    fn postgres(&self) -> &Client {
        GenericClient::client(&**self)
    }
    fn prepared(&self, sql: &str) -> impl Future<Output = Result<Statement, tokio_postgres::Error>> + Send {
        self.prepare_cached(sql)
    }
}
