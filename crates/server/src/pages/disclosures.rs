//! Somebody is at risk: the page on which something is passed to the safeguarding leads, and what becomes of it. What is passed
//! on is sealed in the browser; everything else works without script. Rules R-SAF-1 to R-SAF-8.

use actions::disclosures::{self, Eye};
use actions::safeguarding::{self, DisclosureRefused, Keyed, NewDisclosure, SafeguardingRefused};
use actions::{Stop, support};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{DisclosureId, ThreadId};
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::disclosure_view;
use crate::pages::words::{parsed, public, told};
use crate::visit::{Visit, on_to};

/// A form in which something is passed on holds at most this many bytes: the sealed text and its key for each lead.
pub const MOST_BYTES: usize = 256 * 1024;

fn thread_id(text: &str) -> Result<ThreadId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn disclosure_id(text: &str) -> Result<DisclosureId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /support/{thread}/disclosure`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn new(visit: Visit, Path(thread): Path<String>) -> Result<Response, Problem> {
    let thread = thread_id(&thread)?;
    let offer = safeguarding::offer(&visit.desk, &visit.visitor.person, thread).await?;
    // Somebody who gave the role up finds the thread under "My support".
    let own = support::own(&visit.desk, &visit.visitor.person).await?;
    let asked = own.threads.iter().any(|line| line.thread == thread);
    Ok(disclosure_view::form(&visit, (thread, asked), &offer).into_response())
}

fn keys((_, _, keys): &Keyed) -> Option<Value> {
    keys.as_ref().map(|keys| public(&keys.kid, &keys.sealing, &keys.signing))
}

/// `GET /support/{thread}/disclosure.json`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn offer(visit: Visit, Path(thread): Path<String>) -> Result<Response, Problem> {
    let offer = safeguarding::offer(&visit.desk, &visit.visitor.person, thread_id(&thread)?).await?;
    let leads: Vec<Value> = offer
        .leads
        .iter()
        .map(|lead| json!({ "uid": lead.0.to_string(), "name": lead.1, "keys": keys(lead) }))
        .collect();
    Ok(Json(json!({
        "disclosure": offer.disclosure.to_string(),
        "uid": visit.visitor.person.id.to_string(),
        "csrf": visit.visitor.session.csrf,
        "leads": leads,
        "other": { "uid": offer.other.0.to_string(), "keys": keys(&offer.other) },
        "mine": offer.mine.map(|mine| json!({ "kid": mine.kid })),
    }))
    .into_response())
}

/// A rule that says no, for the browser to show.
fn refused(refused: DisclosureRefused) -> Response {
    told((refused.is_conflict(), refused.code()), &refused.to_string())
}

fn signed(sent: &Sent) -> Vec<String> {
    serde_json::from_str(sent.fields.one("grants")).unwrap_or_default()
}

/// `POST /support/{thread}/disclosure`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, thread) = (&sent.visit, &sent.fields, thread_id(&thread)?);
    let new = NewDisclosure {
        id: fields.read("disclosure").ok_or(Problem::NotFound)?,
        category: fields.one("category").to_owned(),
        is_unsafe: fields.ticked("unsafe"),
        reason: fields.one("reason").to_owned(),
        sealed: fields.one("jwe").to_owned(),
        grants: signed(&sent),
    };
    match safeguarding::disclose(&visit.desk, (visit.visitor.person.id, thread), &new).await {
        Ok(()) => {
            let to = format!("/support/{thread}");
            Ok((StatusCode::CREATED, Json(json!({ "to": to }))).into_response())
        }
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}

/// `GET /disclosures/{disclosure}`.
///
/// # Errors
/// Not found for everybody but the leads it was sealed for, whoever passed it on, and whom it is about once they may know.
pub async fn show(visit: Visit, Path(which): Path<String>) -> Result<Response, Problem> {
    shown(&visit, disclosure_id(&which)?, (StatusCode::OK, &[])).await
}

async fn shown(
    visit: &Visit,
    which: DisclosureId,
    (status, wrong): (StatusCode, &[(&str, String)]),
) -> Result<Response, Problem> {
    let seen = disclosures::see(&visit.desk, &visit.visitor.person, which).await?;
    Ok((status, disclosure_view::page(visit, &seen, wrong)).into_response())
}

/// `GET /disclosures/{disclosure}/words`.
///
/// # Errors
/// As [`show`].
pub async fn words(visit: Visit, Path(which): Path<String>) -> Result<Response, Problem> {
    let which = disclosure_id(&which)?;
    let words = disclosures::read(&visit.desk, &visit.visitor.person, which).await?;
    let grants: Vec<Value> = words
        .grants
        .iter()
        .map(|(jws, by, its)| {
            let keys = public(&its.kid, &its.sealing, &its.signing);
            json!({ "jws": jws, "by": { "uid": by.to_string(), "keys": keys } })
        })
        .collect();
    let tell = words.tell.map(|(uid, its)| {
        let keys = public(&its.kid, &its.sealing, &its.signing);
        json!({ "uid": uid.to_string(), "keys": keys })
    });
    let others: Vec<Value> = words
        .holders
        .iter()
        .map(|one| {
            let keys = one.keys.as_ref().map(|its| public(&its.kid, &its.sealing, &its.signing));
            json!({ "uid": one.person.to_string(), "name": one.name, "keys": keys, "holds": one.holds })
        })
        .collect();
    Ok(Json(json!({
        "uid": visit.visitor.person.id.to_string(),
        "csrf": visit.visitor.session.csrf,
        "disclosure": which.to_string(),
        "by": { "uid": words.by.0.to_string(), "name": words.by.1, "keys": keys(&words.by) },
        "grants": grants,
        "jwe": parsed(&words.sealed),
        "tell": tell,
        "others": others,
    }))
    .into_response())
}

/// `POST /disclosures/{disclosure}/telling`: from a browser that gives its key, or from a plain form while there is nobody to
/// give it to.
///
/// # Errors
/// Not found for everybody but a lead it was sealed for and whoever passed it on.
pub async fn create_telling(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, which) = (&sent.visit, disclosure_id(&which)?);
    let told = disclosures::tell(&visit.desk, (visit.visitor.person.id, which), &signed(&sent)).await;
    if sent.fields.ticked("plain") {
        return done((visit, which, "telling"), told, "told-subject").await;
    }
    match told {
        Ok(()) => Ok((StatusCode::CREATED, Json(json!({}))).into_response()),
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}

/// `POST /disclosures/{disclosure}/returns`.
///
/// # Errors
/// As [`create_telling`].
pub async fn create_return(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, which) = (&sent.visit, disclosure_id(&which)?);
    let to = sent.fields.one("to").parse().map_err(|_| Problem::NotFound)?;
    match disclosures::give_back(&visit.desk, (visit.visitor.person.id, which), (to, &signed(&sent))).await {
        Ok(()) => Ok((StatusCode::CREATED, Json(json!({}))).into_response()),
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}

/// Goes on after an act, or shows the page again with what is wrong.
async fn done(
    (visit, which, field): (&Visit, DisclosureId, &str),
    result: Result<(), Stop<DisclosureRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/disclosures/{which}"), said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let status = if refused.is_conflict() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let field = match refused {
                DisclosureRefused::Rule(SafeguardingRefused::Reason) => "reason",
                _ => field,
            };
            shown(visit, which, (status, &[(field, refused.to_string())])).await
        }
    }
}

/// `POST /disclosures/{disclosure}/review`.
///
/// # Errors
/// Not found for everybody but a lead it was sealed for and whoever passed it on.
pub async fn create_review(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, which) = (&sent.visit, disclosure_id(&which)?);
    let kept = disclosures::review(&visit.desk, (visit.visitor.person.id, which), sent.fields.one("reason")).await;
    done((visit, which, "telling"), kept, "kept-back").await
}

/// `POST /disclosures/{disclosure}/closing`.
///
/// # Errors
/// Not found for everybody but a lead it was sealed for.
pub async fn create_closing(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, which) = (&sent.visit, disclosure_id(&which)?);
    let sure = sent.fields.ticked("sure");
    match disclosures::close(&visit.desk, (visit.visitor.person.id, which), sure).await {
        Ok(()) => Ok(on_to("/safeguarding", "closed-disclosure")),
        refused => done((visit, which, "sure"), refused, "").await,
    }
}

/// Whether somebody decides on telling, rather than being told.
pub(super) const fn decides(eye: Eye) -> bool {
    matches!(eye, Eye::Lead | Eye::Discloser)
}
