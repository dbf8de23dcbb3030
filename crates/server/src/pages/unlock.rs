//! Unlock first: what a session sees that began after a password was chosen with a link, until it has unlocked the keys.
//! A link alone shows nobody whom somebody works with (R-ACC-12).

use actions::accounts::Owes;
use actions::keys;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::period::time_words;
use maud::{Markup, html};
use serde_json::json;

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::keys::{needs_script, refused, script};
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// Addresses that show nothing of support and nobody else's doings.
const OPEN: [&str; 12] = [
    // Leads on to a page that stands or waits by itself.
    "/",
    "/people",
    "/account",
    "/account/password",
    "/account/mail",
    "/account/note-key",
    "/account/sessions",
    "/promise",
    "/accessibility",
    "/statement",
    "/sample",
    "/sample/clock",
];
/// What lies below these: staff, settings, sessions. The lead's own page, `/programme`, does show weeks of practitioners.
const BELOW: [&str; 3] = ["/people/", "/programme/", "/account/sessions/"];
/// Addresses at which keys are unlocked. While there are none, none are made here either: they would be whoever's the link is.
const OF_KEYS: [&str; 7] = [
    "/account/keys",
    "/keys/own",
    "/keys/slots",
    "/keys/vault",
    "/keys/renewal",
    "/keys/renewal/cancellation",
    "/session/proof",
];

/// Whether a session that owes something may go to this address.
pub fn is_open(owes: Owes, path: &str) -> bool {
    OPEN.contains(&path)
        || BELOW.iter().any(|above| path.starts_with(above))
        || owes == Owes::Keys && OF_KEYS.contains(&path)
}

/// The page instead of the one that was asked for.
pub fn instead(visit: &Visit, owes: Owes) -> Response {
    (StatusCode::FORBIDDEN, view(visit, owes)).into_response()
}

fn view(visit: &Visit, owes: Owes) -> Markup {
    let why = "Your password was chosen with a link. So that such a link alone never shows anybody whom you work with,";
    let body = match owes {
        Owes::Keys => html! {
            p.lede { (why) " unlock your keys here once; after that everything is as before." }
            (needs_script())
            section.stack #prove aria-label="Unlock" data-nonce=(visit.visitor.nonce()) { div #prove-body {} }
            (script())
        },
        Owes::Time(until) => html! {
            p.lede { (why) " what is yours opens again on " strong { (time_words(visit.desk.frame.calendar.local(until))) } "." }
            p { "You have no keys that could be unlocked, so time stands in for them: three days in which the mail about your password can reach you." }
        },
    };
    page(
        visit,
        ("Unlock first", Place::None),
        &html! {
            div.narrow.stack-l {
                div.stack-s { h1 { "Unlock first" } (body) }
                p { "If you did not choose a new password, " a href="/account" { "look at your account" } " and tell whoever looks after Alongside at your college." }
            }
        },
    )
}

/// `POST /session/proof`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn create_proof(sent: Sent) -> Result<Response, Problem> {
    match keys::prove(&sent.visit.desk, &sent.visit.visitor, sent.fields.one("jws")).await {
        Ok(()) => Ok((StatusCode::CREATED, Json(json!({}))).into_response()),
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}
