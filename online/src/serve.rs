//! 起動と停止 — the listener, and a stop that lets open requests finish.

use std::future::Future;
use std::net::SocketAddr;

use deadpool_postgres::Pool;
use store::StoreError;
use tokio::net::TcpListener;

use crate::app::{App, StartError};
use crate::clerk::{Area, Role};
use crate::config::Config;
use crate::routes::router;
use crate::transactions::sign_in::{PasswordError, hash_password};

/// Why the online tier does not run (any more).
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings cannot be used.
    #[error("オンラインを起動できません")]
    Start(#[from] StartError),
    /// Somebody else listens there, or it is not ours to listen on.
    #[error("{bind} で待ち受けられません。他の処理が使っていないか確かめ、別の番号を指定してください")]
    Bind {
        /// Where it was tried.
        bind: SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The listener failed.
    #[error("待ち受けが止まりました")]
    Listen(#[source] std::io::Error),
}

/// Serves until `shutdown` comes, then lets open requests finish.
///
/// # Errors
/// `Bind` — the operator frees the port or chooses another.
pub async fn serve(config: Config, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
    let (bind, grace) = (config.bind, config.shutdown_grace);
    let listener = TcpListener::bind(bind).await.map_err(|source| ServeError::Bind { bind, source })?;
    let app = App::new(config)?;
    tracing::info!(%bind, "online tier listens");
    let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(async move {
        shutdown.await;
        let _ = stopping.send(());
    });
    tokio::select! {
        ended = server.into_future() => ended.map_err(ServeError::Listen),
        () = async {
            // A terminal that keeps its connection open does not hold up the stop for ever.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(grace).await;
        } => Ok(()),
    }
}

/// 職員 to be created.
#[derive(Clone, Copy)]
pub struct NewClerk<'a> {
    /// 利用者名.
    pub login: &'a str,
    /// 合言葉, in clear: it is hashed here and goes nowhere else.
    pub password: &'a str,
    /// 氏名.
    pub name: &'a str,
    /// 事務所コード.
    pub office_code: &'a str,
    /// 役割.
    pub roles: &'a [Role],
    /// 管轄の範囲.
    pub area: Area,
}

/// A clerk could not be created.
#[derive(Debug, thiserror::Error)]
pub enum ClerkError {
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Creates a clerk; returns the number. One that is there keeps its number and gets the password.
///
/// # Errors
/// `Store` — no such office, or the database does not answer.
pub async fn create_clerk(pool: &Pool, clerk: NewClerk<'_>) -> Result<i64, ClerkError> {
    let password_hash = hash_password(clerk.password).await?;
    let client = pool.get().await.map_err(StoreError::from)?;
    let roles: Vec<&str> = clerk.roles.iter().map(|role| role.code()).collect();
    let new = store::clerks::NewClerk {
        login: clerk.login,
        name: clerk.name,
        password_hash: &password_hash,
        office_code: clerk.office_code,
        roles: &roles,
        area: clerk.area.code(),
    };
    if let Some(known) = store::clerks::find_by_login(&client, clerk.login).await? {
        store::clerks::set_password_hash(&client, known.clerk_id, &password_hash).await?;
        return Ok(known.clerk_id);
    }
    Ok(store::clerks::create(&client, &new).await?)
}
