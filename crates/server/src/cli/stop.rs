//! Stopping gracefully (R-RUN-2): on Ctrl-C or a signal to end, what has begun is finished, nothing new begins.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::CliError;

/// Whoever is still being answered after so long is cut off (R-RUN-2).
const PATIENCE: Duration = Duration::from_secs(10);

/// Ends once the program is asked to stop.
///
/// # Errors
/// When the machine does not let the program listen for that.
#[cfg(unix)]
pub fn asked() -> Result<impl Future<Output = ()>, CliError> {
    use tokio::signal::unix::{SignalKind, signal};
    let deaf = |fault: std::io::Error| CliError::said(format!("Cannot hear when to stop: {fault}"));
    let mut end = signal(SignalKind::terminate()).map_err(deaf)?;
    let mut key = signal(SignalKind::interrupt()).map_err(deaf)?;
    Ok(async move {
        tokio::select! {
            _ = end.recv() => {}
            _ = key.recv() => {}
        }
    })
}

/// Ends once the program is asked to stop.
///
/// # Errors
/// Never here.
#[cfg(not(unix))]
pub fn asked() -> Result<impl Future<Output = ()>, CliError> {
    Ok(async {
        if let Err(fault) = tokio::signal::ctrl_c().await {
            tracing::error!(%fault, "cannot hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    })
}

/// Serves until asked to stop: then no new connection is taken, and what is under way has ten seconds to end.
///
/// # Errors
/// When the machine no longer hands over connections.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    asked: impl Future<Output = ()> + Send + 'static,
) -> Result<(), CliError> {
    let (tell, mut told) = watch::channel(false);
    let stop = async move {
        asked.await;
        tracing::info!("asked to stop");
        tell.send_replace(true);
    };
    let patience = async move {
        // An error says that the sender is gone, which it is only after it has told.
        if told.wait_for(|stopping| *stopping).await.is_ok() {
            tokio::time::sleep(PATIENCE).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(stop);
    tokio::select! {
        served = served => served.map_err(|fault| CliError::said(fault.to_string())),
        () = patience => {
            tracing::warn!("somebody was still being answered and was cut off");
            Ok(())
        }
    }
}
