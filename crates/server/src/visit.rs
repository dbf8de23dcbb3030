//! Who comes, with a desk to work at: the one extra argument a handler takes.

use std::convert::Infallible;

use actions::accounts::{self, Visitor};
use actions::desk::Desk;
use actions::required;
use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::people::Role;
use domain::programme::Model;

use crate::error::Problem;
use crate::pages::unlock;
use crate::routes::App;

/// The session cookie.
pub const SESSION: &str = "alongside";
/// What to say on the next page, by code.
pub const SAID: &str = "said";

/// Somebody signed in, at a desk.
#[derive(Clone)]
pub struct Visit {
    /// The desk.
    pub desk: Desk,
    /// Who.
    pub visitor: Visitor,
    /// What the last act left to say, by code.
    pub said: Option<String>,
    /// Where in the program, for the navigation.
    pub path: String,
    /// Whether something is reported to the visitor although the college requires no support any more.
    pub reported: bool,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit").finish_non_exhaustive()
    }
}

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

impl Visit {
    /// Who comes with this request.
    ///
    /// # Errors
    /// Nobody is signed in, the keys have to be unlocked first, or a fault.
    pub async fn of(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut desk = app.desk();
        let token = cookie(&parts.headers, SESSION).ok_or(Problem::SignInFirst)?;
        let found = accounts::visitor(&desk, &token).await;
        let visitor = found.map_err(|fault| Problem::Fault(fault.into()))?;
        let visitor = visitor.ok_or(Problem::SignInFirst)?;
        desk.chart = Some(std::sync::Arc::clone(&visitor.session.chart));
        let said = cookie(&parts.headers, SAID).filter(|said| !said.is_empty());
        let mut visit = Self { desk, visitor, said, path: parts.uri.path().to_owned(), reported: false };
        if visit.desk.frame.programme.facts.model == Model::Developmental {
            visit.reported = required::is_reported(&visit.desk, &visit.visitor.person).await?;
        }
        match visit.visitor.owes(visit.desk.now) {
            Some(owes) if !unlock::is_open(owes, &visit.path) => Err(Problem::UnlockFirst(Box::new(visit), owes)),
            _ => Ok(visit),
        }
    }

    /// Whether the visitor has a role.
    pub fn is(&self, role: Role) -> bool {
        self.visitor.person.roles.has(role)
    }

    /// Whether the visitor is teaching staff and may ask.
    pub fn teaches(&self) -> bool {
        self.is(Role::Teacher) || self.is(Role::Practitioner)
    }

    /// Whether somebody who teaches reports to the visitor directly and the college requires support, or some of it is on (R-REQ-2).
    pub fn requires(&self) -> bool {
        let manages = self.desk.chart.as_ref().is_some_and(|chart| chart.manages_teaching(self.visitor.person.id));
        manages && (self.reported || self.desk.frame.programme.facts.model != Model::Developmental)
    }

    /// A fresh token for a form that must not count twice.
    pub fn once(&self) -> String {
        actions::chance::secret(self.desk.house.chance.as_ref())
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of(parts, app).await
    }
}

/// Whether the request came over https, as a proxy in front says.
pub struct OverHttps(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for OverHttps {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https")))
    }
}

/// The cookie that begins a session.
pub fn session_cookie(token: &str, OverHttps(secure): &OverHttps) -> HeaderValue {
    let secure = if *secure { "; Secure" } else { "" };
    let seconds = accounts::ABSOLUTE_HOURS * 3600;
    let text = format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// The cookie that ends a session in the browser.
pub fn no_session() -> HeaderValue {
    HeaderValue::from_static("alongside=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// Goes on to another page, where something is said by its code.
pub fn on_to(place: &str, said: &str) -> Response {
    let text = format!("{SAID}={said}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    let cookie = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""));
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(place)).into_response()
}
