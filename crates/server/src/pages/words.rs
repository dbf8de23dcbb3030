//! What is said in a thread, for the browser to open: sealed texts in and out as JSON. A page shows none of it; without a
//! script nothing is read or written. Rules R-WRD-1 to R-WRD-5.

use actions::words::{self, NewItem, Said, WordsRefused};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::ThreadId;
use domain::support::Party;
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::Sent;
use crate::visit::Visit;

fn thread_id(text: &str) -> Result<ThreadId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// A text that the store keeps as JSON, for a browser to read.
pub(super) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// Public keys, for a browser to read.
pub(super) fn public(kid: &str, sealing: &str, signing: &str) -> Value {
    json!({ "kid": kid, "enc": parsed(sealing), "sig": parsed(signing) })
}

/// `GET /support/{thread}/words`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn index(visit: Visit, Path(thread): Path<String>) -> Result<Response, Problem> {
    let id = thread_id(&thread)?;
    let Said { party, may_write, other, grants, items, .. } =
        words::see(&visit.desk, &visit.visitor.person, id).await?;
    let (person, name, keys) = other;
    let whose = |by: Party| if by == party { visit.visitor.person.id } else { person };
    let grants: Vec<Value> = grants
        .iter()
        .map(|(grant, jws)| {
            json!({ "epoch": grant.epoch, "to": grant.kid, "by": whose(grant.by).to_string(), "jws": jws })
        })
        .collect();
    let items: Vec<Value> = items
        .iter()
        .map(|(item, by)| {
            json!({
                "note": item.id.to_string(), "rev": item.rev, "epoch": item.epoch, "author": by.to_string(),
                "kind": item.kind, "jwe": parsed(&item.sealed), "at": item.at.as_second(),
            })
        })
        .collect();
    let keys = keys.map(|keys| public(&keys.kid, &keys.sealing, &keys.signing));
    Ok(Json(json!({
        "thread": id.to_string(),
        "uid": visit.visitor.person.id.to_string(),
        "csrf": visit.visitor.session.csrf,
        "party": if party == Party::Teacher { "teacher" } else { "practitioner" },
        "may_write": may_write,
        "other": { "uid": person.to_string(), "name": name, "keys": keys },
        "grants": grants,
        "items": items,
    }))
    .into_response())
}

/// A rule that says no, for the browser to show.
fn refused(refused: &WordsRefused) -> Response {
    told((refused.is_conflict(), refused.code()), &refused.to_string())
}

/// The same of any rule: after a conflict it helps to read again.
pub(super) fn told((conflict, code): (bool, &str), sentence: &str) -> Response {
    let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, Json(json!({ "code": code, "sentence": sentence }))).into_response()
}

/// `POST /support/{thread}/grants`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn create_grants(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let signed: Vec<String> = serde_json::from_str(fields.one("grants")).unwrap_or_default();
    let from = (visit.visitor.person.id, thread_id(&thread)?);
    match words::grant(&visit.desk, from, (fields.read("epoch").unwrap_or(-1), &signed)).await {
        Ok(()) => Ok((StatusCode::CREATED, Json(json!({}))).into_response()),
        Err(stop) => Ok(refused(&Problem::refusal(stop)?)),
    }
}

/// `POST /support/{thread}/words`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let new = NewItem {
        id: fields.read("note").ok_or(Problem::NotFound)?,
        rev: fields.read("rev").unwrap_or(0),
        epoch: fields.read("epoch").unwrap_or(-1),
        kind: fields.one("kind").to_owned(),
        sealed: fields.one("jwe").to_owned(),
    };
    match words::say(&visit.desk, (visit.visitor.person.id, thread_id(&thread)?), &new).await {
        Ok((at, fresh)) => {
            let status = if fresh { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, Json(json!({ "at": at.as_second() }))).into_response())
        }
        Err(stop) => Ok(refused(&Problem::refusal(stop)?)),
    }
}
