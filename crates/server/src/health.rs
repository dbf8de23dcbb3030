//! Whether the program is well (R-RUN-4), and the measuring around every answer (R-RUN-5, R-RUN-6).

use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use crate::logs;
use crate::metrics::Group;
use crate::pages::survey_answer::ANSWERS;
use crate::routes::App;

/// A database that has not answered after so long is away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the database answers.
async fn answers(app: &App) -> bool {
    let asked = actions::health::answers(&app.0.house.store);
    matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(())))
}

fn plain(status: StatusCode, text: String) -> Response {
    let kind = (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    (status, [kind, (CACHE_CONTROL, HeaderValue::from_static("no-store"))], text).into_response()
}

/// `GET /health`: well, or not; nothing else is told.
pub async fn show(State(app): State<App>) -> Response {
    if answers(&app).await {
        plain(StatusCode::OK, "ok".to_owned())
    } else {
        let sentence = "The database does not answer. Run `alongside doctor` on the machine.\n";
        plain(StatusCode::SERVICE_UNAVAILABLE, sentence.to_owned())
    }
}

/// Around everything: how long it took and how it went, by rough group.
pub async fn measure(State(app): State<App>, request: Request, next: Next) -> Response {
    let group = Group::of(request.uri().path());
    // Answers to a survey come without a name, and no line tells when (R-SUR-12).
    if request.uri().path() == ANSWERS {
        return next.run(request).await;
    }
    let began = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status(), began.elapsed());
    app.0.meter.answered(group, status, took);
    logs::answered(group, (status, took));
    response
}

/// The figures, for an address of their own that visitors do not reach.
pub fn figures(app: App) -> Router {
    let show = async |Extension(app): Extension<App>| {
        let text = app.0.meter.text(answers(&app).await);
        plain(StatusCode::OK, text)
    };
    Router::new().route("/metrics", get(show)).layer(Extension(app))
}
