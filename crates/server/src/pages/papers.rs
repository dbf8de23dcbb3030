//! What may be taken elsewhere: reports as PDF, and the same figures as XLSX and CSV. Each says what a page says that the same
//! people read, through the same gate, and nothing more. Rules R-DOC-1 to R-DOC-8.

pub mod case;
mod governors;
mod lists;
pub mod look;
pub mod release;

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use documents::{Document, Rows};
use jiff::civil::Date;
use maud::{Markup, html};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::Problem;
use crate::error::store_fault::{Fault, Kind};
use crate::routes::App;

/// Every document and every list.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence/{release}/report.pdf", get(release::pdf))
        .route("/evidence/{release}/figures.xlsx", get(release::xlsx))
        .route("/evidence/{release}/figures.csv", get(release::csv))
        .route("/evidence/value/case.pdf", get(case::pdf))
        .route("/evidence/value/figures.xlsx", get(case::xlsx))
        .route("/evidence/value/figures.csv", get(case::csv))
        .route("/evidence/governors", get(governors::index))
        .route("/evidence/governors.pdf", get(governors::pdf))
        .route("/evidence/indicators/figures.xlsx", get(lists::indicators_xlsx))
        .route("/evidence/indicators/figures.csv", get(lists::indicators_csv))
        .route("/programme/survey/figures.xlsx", get(lists::survey_xlsx))
        .route("/programme/survey/figures.csv", get(lists::survey_csv))
}

/// One document is set at a time: setting takes memory, and nobody is in that much of a hurry (R-DOC-7).
static ONE: Semaphore = Semaphore::const_new(1);

fn broken(what: impl std::fmt::Display) -> Problem {
    Problem::Fault(Fault(what.to_string(), Kind::Broken))
}

/// What a file is called: letters and digits of its title, such as `autumn-term-2026.pdf`.
fn called(title: &str, kind: &str) -> String {
    let plain: String =
        title.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    format!("attachment; filename=\"{}.{kind}\"", words.join("-"))
}

fn file((title, kind, media): (&str, &str, &'static str), bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, called(title, kind))], bytes).into_response()
}

/// The document as PDF, to be kept.
async fn as_pdf(document: Document) -> Result<Response, Problem> {
    let _one = ONE.acquire().await.map_err(broken)?;
    let title = document.title.clone();
    let made = spawn_blocking(move || documents::pdf(&document)).await.map_err(broken)?.map_err(broken)?;
    Ok(file((&title, "pdf", "application/pdf"), made))
}

fn as_xlsx(title: &str, day: Date, all: &[Rows]) -> Result<Response, Problem> {
    let made = documents::xlsx(title, day, all).map_err(broken)?;
    Ok(file((title, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), made))
}

fn as_csv(title: &str, rows: &Rows) -> Result<Response, Problem> {
    let made = documents::csv(rows).map_err(broken)?;
    Ok(file((title, "csv", "text/csv; charset=utf-8"), made))
}

/// The ways in which a page can be taken elsewhere: words and addresses.
pub fn ways(all: &[(&str, String)]) -> Markup {
    html! {
        p.small data-noprint {
            "Take it elsewhere: "
            @for (at, (words, address)) in all.iter().enumerate() { @if at > 0 { " · " } a href=(address) download { (words) } }
        }
    }
}
