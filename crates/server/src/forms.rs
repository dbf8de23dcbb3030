//! What a form sent: read once, kept as typed, so that nothing typed is lost when a rule says no. Every field that takes words
//! is told in docs/rules/free-text.md, with who reads them (R-TXT-1).

use std::convert::Infallible;
use std::str::FromStr;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;

use crate::error::Problem;
use crate::routes::App;
use crate::visit::Visit;

/// A form holds at most this many bytes.
pub const MOST_BYTES: usize = 64 * 1024;

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields that were read elsewhere.
    pub const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first field of this name, or nothing.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// All fields of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, value)| key == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    /// The names of all fields, in the order in which they were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// The first field of this name, read.
    pub fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.one(name).parse().ok()
    }

    /// All fields of this name that can be read.
    pub fn read_all<T: FromStr>(&self, name: &str) -> Vec<T> {
        self.all(name).filter_map(|value| value.parse().ok()).collect()
    }

    /// Whether this box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.one(name).is_empty()
    }
}

/// What stands behind the question mark of an address; what makes no sense is left out.
#[derive(Debug)]
pub struct Question(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Question {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let asked = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        Ok(Self(asked.map_or_else(|_| Fields::default(), |Query(fields)| Fields(fields))))
    }
}

/// Reads a form before anybody is signed in.
///
/// # Errors
/// A body that is too large or no form.
pub async fn fields<S: Send + Sync>(request: Request, app: &S) -> Result<Fields, Problem> {
    match Form::<Vec<(String, String)>>::from_request(request, app).await {
        Ok(Form(fields)) => Ok(Fields(fields)),
        Err(FormRejection::BytesRejection(_)) => Err(Problem::Unreadable(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That was more than a form can hold. Nothing was done. Go back, make it shorter and send it again.",
        )),
        Err(_) => Err(Problem::Unreadable(
            StatusCode::BAD_REQUEST,
            "Your browser sent something that is not a form of ours. Nothing was done. Go back, load the page again and send it once more.",
        )),
    }
}

/// A form sent by somebody who is signed in, from one of our pages.
#[derive(Debug)]
pub struct Sent {
    /// Who.
    pub visit: Visit,
    /// What.
    pub fields: Fields,
}

/// Whether a form comes from a page of this visit.
pub fn is_ours(visit: &Visit, fields: &Fields) -> bool {
    // Both are secrets of 64 characters from our own page; comparing their hashes tells nothing by its time.
    actions::chance::digest(fields.one("csrf")) == actions::chance::digest(&visit.visitor.session.csrf)
}

impl FromRequest<App> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::of(&mut parts, app).await?;
        let fields = fields(Request::from_parts(parts, body), app).await?;
        if is_ours(&visit, &fields) { Ok(Self { visit, fields }) } else { Err(Problem::Foreign) }
    }
}
