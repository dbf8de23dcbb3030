//! One's own keys: the page on which they are made and kept, and what the browser reads and sends for it as JSON.
//! Rules R-WRD-6, R-WRD-7 and R-WRD-13.

use actions::keys::{self, KeysRefused, NewKeys, SealingRefused};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::layout::{Place, page};
use crate::pages::words::{parsed, public, told};
use crate::visit::Visit;

/// The page is nothing without its script; this stands there until it has run.
pub fn needs_script() -> Markup {
    html! {
        noscript { div.note { p { "What is said here is sealed in your browser, so this part needs JavaScript. Everything else works without it." } } }
    }
}

/// The script that seals, on the pages that need it.
pub fn script() -> Markup {
    html! { @if let Some(script) = assets::by_name("sealed.js") { script type="module" src=(script.path) integrity=(script.integrity) {} } }
}

/// `GET /account/keys`.
///
/// # Errors
/// Not found when nobody is signed in.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    Ok(page(
        &visit,
        ("Your keys", Place::Account),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Your keys" }
                    p.lede { "What you and a colleague say to each other in Alongside is sealed in your browser, with keys that only the two of you have. Nobody at the college can open it, and nobody can give your keys back to you: keep a recovery code." }
                    p { a href="/account" { "Your account" } }
                }
                (needs_script())
                section.stack #keys aria-label="Your keys" { div #keys-body {} }
            }
            (script())
        },
    ))
}

/// `GET /keys/own`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn own(visit: Visit) -> Result<Response, Problem> {
    let who = visit.visitor.person.id;
    let own = keys::see(&visit.desk, who).await?;
    // Whether the wait is over goes by this clock, not by the visitor's.
    let renewal = own.as_ref().and_then(|own| own.renewal);
    let renewal = renewal.map(|due| json!({ "due": due.as_second(), "ripe": due <= visit.desk.now }));
    let keys = own.map(|own| {
        let slots: Vec<Value> =
            own.slots.iter().map(|(slot, jwe)| json!({ "slot": slot, "jwe": parsed(jwe) })).collect();
        let Value::Object(mut all) = public(&own.set.public.kid, &own.set.public.sealing, &own.set.public.signing)
        else {
            return Value::Null;
        };
        all.insert("vault".to_owned(), parsed(&own.set.vault));
        all.insert("version".to_owned(), own.set.version.into());
        all.insert("slots".to_owned(), slots.into());
        Value::Object(all)
    });
    let csrf = &visit.visitor.session.csrf;
    Ok(Json(json!({ "uid": who.to_string(), "csrf": csrf, "keys": keys, "renewal": renewal })).into_response())
}

/// What a browser sends when it has made keys.
#[derive(Deserialize)]
struct Made {
    kid: String,
    enc: Value,
    sig: Value,
    vault: Value,
    slots: Vec<MadeSlot>,
}

#[derive(Deserialize)]
struct MadeSlot {
    slot: String,
    jwe: Value,
}

fn answered<T>(
    result: Result<T, actions::Stop<KeysRefused>>,
    done: impl FnOnce(T) -> (StatusCode, Value),
) -> Result<Response, Problem> {
    match result {
        Ok(it) => {
            let (status, body) = done(it);
            Ok((status, Json(body)).into_response())
        }
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}

/// A rule that says no, for the browser to show.
pub(super) fn refused(refused: KeysRefused) -> Response {
    let conflict = matches!(refused, KeysRefused::There | KeysRefused::Stale);
    told((conflict, refused.code()), &refused.to_string())
}

/// `POST /keys/own`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let made: Result<Made, _> = serde_json::from_str(sent.fields.one("keys"));
    let Ok(made) = made else {
        return Ok(refused(KeysRefused::Sealed(SealingRefused::Malformed)));
    };
    let slots = made.slots.into_iter().map(|one| (one.slot, one.jwe.to_string())).collect();
    let new = NewKeys {
        kid: made.kid,
        sealing: made.enc.to_string(),
        signing: made.sig.to_string(),
        vault: made.vault.to_string(),
        slots,
    };
    answered(keys::make(&sent.visit.desk, sent.visit.visitor.person.id, &new).await, |()| created())
}

fn created() -> (StatusCode, Value) {
    (StatusCode::CREATED, json!({}))
}

/// `POST /keys/slots`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn create_slot(sent: Sent) -> Result<Response, Problem> {
    let (who, fields) = (sent.visit.visitor.person.id, &sent.fields);
    answered(keys::put_slot(&sent.visit.desk, who, (fields.one("slot"), fields.one("jwe"))).await, |()| created())
}

/// `POST /keys/slots/removal`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn destroy_slot(sent: Sent) -> Result<Response, Problem> {
    let who = sent.visit.visitor.person.id;
    let removed = keys::remove_slot(&sent.visit.desk, who, sent.fields.one("slot")).await;
    answered(removed, |()| (StatusCode::OK, json!({})))
}

/// `POST /keys/vault`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn update_vault(sent: Sent) -> Result<Response, Problem> {
    let (who, fields) = (sent.visit.visitor.person.id, &sent.fields);
    let changed = keys::set_vault(&sent.visit.desk, who, (fields.read("version").unwrap_or(-1), fields.one("vault")));
    answered(changed.await, |version| (StatusCode::OK, json!({ "version": version })))
}

/// `POST /keys/renewal`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn create_renewal(sent: Sent) -> Result<Response, Problem> {
    let asked = keys::ask_anew(&sent.visit.desk, sent.visit.visitor.person.id).await;
    answered(asked, |due| (StatusCode::CREATED, json!({ "due": due.as_second() })))
}

/// `POST /keys/renewal/cancellation`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn destroy_renewal(sent: Sent) -> Result<Response, Problem> {
    let kept = keys::keep(&sent.visit.desk, sent.visit.visitor.person.id).await;
    answered(kept, |()| (StatusCode::OK, json!({})))
}
