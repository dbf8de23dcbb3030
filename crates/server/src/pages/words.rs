//! What is said in a thread, for the browser to open: sealed texts in and out as JSON. A page shows none of it; without a
//! script nothing is read or written. Rules R-WRD-1 to R-WRD-5 and R-WRD-9 to R-WRD-12.

use actions::words::{NewItem, Said, WordsRefused};
use actions::{Stop, files, grants, words};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::ids::ThreadId;
use domain::support::Party;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::Sent;
use crate::upload::Uploaded;
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
    let said = words::see(&visit.desk, &visit.visitor.person, id).await?;
    let Said { party, other: (person, name, keys), grants, items, .. } = said;
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
                "place": item.place,
            })
        })
        .collect();
    let keys = keys.map(|keys| public(&keys.kid, &keys.sealing, &keys.signing));
    Ok(Json(json!({
        "thread": id.to_string(),
        "uid": visit.visitor.person.id.to_string(),
        "csrf": visit.visitor.session.csrf,
        "party": if party == Party::Teacher { "teacher" } else { "practitioner" },
        "may_write": said.may_write,
        "may_plan": said.may_plan,
        "read": said.read,
        "missing": said.missing,
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
    created(grants::grant(&visit.desk, from, (fields.read("epoch").unwrap_or(-1), &signed)).await)
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

/// A key that a browser gives back.
#[derive(Deserialize)]
struct Back {
    epoch: i64,
    jws: String,
}

/// `POST /support/{thread}/returns`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create_returns(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let given: Vec<Back> = serde_json::from_str(fields.one("grants")).unwrap_or_default();
    let given: Vec<(i64, String)> = given.into_iter().map(|one| (one.epoch, one.jws)).collect();
    created(grants::give_back(&visit.desk, (visit.visitor.person.id, thread_id(&thread)?), &given).await)
}

/// Something new is there, or a rule says no.
fn created(done: Result<(), Stop<WordsRefused>>) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok((StatusCode::CREATED, Json(json!({}))).into_response()),
        Err(stop) => Ok(refused(&Problem::refusal(stop)?)),
    }
}

/// `POST /support/{thread}/reading`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn update_reading(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, place) = (&sent.visit, sent.fields.read("place").unwrap_or(0));
    words::note_reading(&visit.desk, &visit.visitor.person, (thread_id(&thread)?, place)).await?;
    Ok(Json(json!({})).into_response())
}

/// `POST /support/{thread}/files`.
///
/// # Errors
/// Not found for everybody but the two; a body that is too large.
pub async fn create_file(
    Path(thread): Path<String>,
    Uploaded { visit, fields, file }: Uploaded,
) -> Result<Response, Problem> {
    let id = fields.read("file").ok_or(Problem::NotFound)?;
    let sealed = file.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
    let whose = (visit.visitor.person.id, thread_id(&thread)?);
    created(files::send(&visit.desk, whose, (id, fields.read("epoch").unwrap_or(-1), &sealed)).await)
}

/// `GET /support/{thread}/files/{file}`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn show_file(visit: Visit, Path((thread, file)): Path<(String, String)>) -> Result<Response, Problem> {
    let id = file.parse().map_err(|_| Problem::NotFound)?;
    let (kept, by) = files::see(&visit.desk, &visit.visitor.person, (thread_id(&thread)?, id)).await?;
    // The sealed text goes out as it lies: it may be many megabytes.
    let head = json!({ "file": file, "epoch": kept.epoch, "author": by.to_string() }).to_string();
    let body = format!("{},\"jwe\":{}}}", head.trim_end_matches('}'), kept.sealed);
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}
