//! Bringing in files: choosing one (R-IMP-8, R-IMP-12), following how it is read, and the list of those of the last weeks.
//! All of it is the administrators' (R-IMP-11).

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actions::desk::Desk;
use actions::imports::{self, File, State};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Path, Request, State as Shared};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use domain::period::time_words;
use domain::staff_file::Kind;
use maud::{Markup, html};
use uuid::Uuid;

use crate::error::Problem;
use crate::forms::{Question, is_ours};
use crate::pages::layout::{Place, page};
use crate::pages::{import_done, import_look, kit};
use crate::routes::App;
use crate::upload::upload;
use crate::visit::Visit;

/// Where the files are.
pub const HOME: &str = "/people/imports";

/// `GET /people/imports`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn index(visit: Visit, Question(asked): Question) -> Result<Markup, Problem> {
    let files = imports::list(&visit.desk, &visit.visitor.person).await?;
    let kind = asked.read("kind").unwrap_or_default();
    Ok(index_view(&visit, (&files, kind), &[]))
}

fn index_view(visit: &Visit, (files, kind): (&[File], Kind), wrong: &[(&str, String)]) -> Markup {
    let body = html! {
        (kit::errors(wrong))
        div.narrow.stack-l {
            div.stack-s {
                p.small { a href="/people" { "Staff" } }
                h1 { "Bring in a file" }
                p.lede { "First you see what the file would change. Nothing is written until you say so, and it can be undone." }
            }
            form.card.stack method="post" action=(HOME) enctype="multipart/form-data" {
                (kit::csrf(visit))
                fieldset {
                    legend.f { "What is in it?" }
                    div.stack-s {
                        @for one in Kind::ALL {
                            label.check {
                                input type="radio" name="kind" value=(one.code()) checked[one == kind];
                                span { strong { (one.words()) } br; span.small.soft { (one.about()) } }
                            }
                        }
                    }
                }
                div.field.bad[kit::is_wrong(wrong, "file")] {
                    label.f for="file" { "The file" }
                    p.hint #file-hint { "A spreadsheet (.xlsx), CSV, or a OneRoster package, up to 20 MB. Pay, birth, health and the like are never read, and lessons are never graded here." }
                    (kit::error_at(wrong, "file"))
                    input #file type="file" name="file" required accept=".csv,.xlsx,.zip,.txt" aria-describedby="file-hint" aria-invalid=[kit::is_wrong(wrong, "file").then_some("true")];
                }
                button.btn type="submit" { "Read the file" }
            }
            section.stack aria-labelledby="earlier" {
                h2 #earlier { "Files of the last weeks" }
                @if files.is_empty() { div.empty { p { "Nothing yet. A file you choose stands here, with what it changed and a way to undo it, for 30 days." } } }
                @else { (list(visit, files)) }
            }
        }
    };
    page(visit, ("Bring in a file", Place::People), &body)
}

fn list(visit: &Visit, files: &[File]) -> Markup {
    html! {
        table.cards {
            thead { tr { th scope="col" { "File" } th scope="col" { "When" } th scope="col" { "What happened" } } }
            tbody {
                @for file in files {
                    tr {
                        td.name data-label="File" { a href={(HOME) "/" (file.id)} { (called(file)) } br; span.small.soft { (file.kind.words()) } }
                        td data-label="When" { (time_words(visit.desk.frame.calendar.local(file.at))) @if !file.by.is_empty() { br; span.small.soft { (file.by) } } @else { br; span.small.soft { "by command" } } }
                        td data-label="What happened" { (happened(file)) }
                    }
                }
            }
        }
    }
}

/// What a file is called, or what stands for it.
pub fn called(file: &File) -> &str {
    if file.name.is_empty() { "a file without a name" } else { &file.name }
}

fn happened(file: &File) -> String {
    match file.state {
        State::Reading => "being read".to_owned(),
        State::Unreadable => "could not be read".to_owned(),
        State::Read => "waits for you".to_owned(),
        State::Done => counts(file),
        State::Undone => format!("undone ({})", counts(file)),
    }
}

/// "3 new, 12 changed, 346 as they were".
pub fn counts(file: &File) -> String {
    let counts = file.counts;
    let mut parts = vec![format!("{} new", counts.added), format!("{} changed", counts.changed)];
    parts.push(format!("{} as they were", counts.same));
    if counts.ended > 0 {
        parts.push(format!("{} switched off", counts.ended));
    }
    parts.join(", ")
}

/// A file is taken this far before its sender is told that it is too large: hanging up earlier would show them a broken page.
const MOST_DRAINED: usize = 1024 * 1024 * 1024;
/// The form beside the file may take this much.
const FORM: usize = 64 * 1024;
/// So long a short file is waited for before a page shows how far it is.
const PATIENCE: Duration = Duration::from_millis(1200);

/// The body, or nothing where it is larger than a file may be.
///
/// # Errors
/// One that does not arrive whole.
pub async fn body(mut body: Body) -> Result<Option<Bytes>, Problem> {
    const BROKEN: Problem = Problem::Unreadable(
        StatusCode::BAD_REQUEST,
        "The file did not arrive whole. Nothing was done. Go back and send it once more.",
    );
    let (mut bytes, mut all) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(data) = frame.map_err(|_| BROKEN)?.into_data() else { continue };
        all = all.saturating_add(data.len());
        if all > MOST_DRAINED {
            break;
        }
        if all <= actions::reading::MOST_BYTES + FORM {
            bytes.extend_from_slice(&data);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((all <= actions::reading::MOST_BYTES + FORM).then(|| Bytes::from(bytes)))
}

/// `POST /people/imports`: takes a file and reads it in the background.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create(Shared(app): Shared<App>, request: Request) -> Result<Response, Problem> {
    let (mut parts, content) = request.into_parts();
    let visit = Visit::of(&mut parts, &app).await?;
    // Before anything is read: whoever may not do this sends nothing.
    let files = imports::list(&visit.desk, &visit.visitor.person).await?;
    let again = |kind: Kind, sentence: String| {
        let wrong = [("file", sentence)];
        (StatusCode::UNPROCESSABLE_ENTITY, index_view(&visit, (&files, kind), &wrong)).into_response()
    };
    let Some(bytes) = body(content).await? else {
        let why = actions::reading::unreadable("The file", actions::reading::Why::TooLarge);
        return Ok(again(Kind::default(), why.to_string()));
    };
    let (fields, file) = upload(Request::from_parts(parts, Body::from(bytes)), &()).await?;
    if !is_ours(&visit, &fields) {
        return Err(Problem::Foreign);
    }
    let kind: Kind = fields.read("kind").unwrap_or_default();
    let Some(file) = file else {
        return Ok(again(kind, "Choose the file to bring in.".to_owned()));
    };
    let who = visit.visitor.person.id;
    let which = imports::begin(&visit.desk, who, (kind, &file.name)).await?;
    let reading = tokio::spawn(read(visit.desk.clone(), (who, which), (file.name, file.bytes)));
    // What is slow goes on by itself; its page says how far it is.
    drop(tokio::time::timeout(PATIENCE, reading).await);
    Ok(Redirect::to(&format!("{HOME}/{which}")).into_response())
}

async fn read(desk: Desk, (who, which): (PersonId, Uuid), (name, bytes): (String, Bytes)) {
    let progress = desk.house.readings.begin(which);
    let follow = Arc::clone(&progress);
    let table = tokio::task::spawn_blocking(move || imports::read_with(&name, &bytes, &follow)).await;
    let kept = match table {
        Ok(table) => imports::keep(&desk, who, (which, table)).await.map_err(|stop| format!("{stop:?}")),
        Err(fault) => Err(fault.to_string()),
    };
    if let Err(fault) = kept {
        tracing::error!(fault, "a file could not be kept after it was read");
    }
    desk.house.readings.end(which);
}

/// `GET /people/imports/{file}`: wherever the file is on its way.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn show(visit: Visit, Path(which): Path<String>) -> Result<Response, Problem> {
    let which = id(&which)?;
    let file = imports::file(&visit.desk, &visit.visitor.person, which).await?;
    match file.state {
        State::Reading => Ok(reading(&visit, &file)),
        State::Unreadable => Ok(stopped(&visit, &file, &file.told)),
        State::Read => Ok(import_look::show(&visit, which).await?.into_response()),
        State::Done | State::Undone => Ok(import_done::show(&visit, which).await?.into_response()),
    }
}

/// The identifier in an address.
///
/// # Errors
/// Not found for what is none.
pub fn id(text: &str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

fn reading(visit: &Visit, file: &File) -> Response {
    let Some(lines) = visit.desk.house.readings.lines(file.id) else {
        let told = "The program was started again while it read this file. Choose it once more.";
        return stopped(visit, file, told);
    };
    let body = html! {
        div.narrow.stack {
            h1 { "Reading " (called(file)) }
            p.lede role="status" { (lines) " lines so far." }
            progress aria-label="Reading the file" {}
            p.soft { "This page looks again by itself every second. You may leave it; the file waits for you." }
            p { a.btn.ghost href={(HOME) "/" (file.id)} { "Look now" } }
        }
    };
    // Without script: the browser comes again after a second.
    ([("refresh", "1")], page(visit, ("Reading the file", Place::People), &body)).into_response()
}

fn stopped(visit: &Visit, file: &File, why: &str) -> Response {
    let body = html! {
        div.narrow.stack {
            h1 { "This file cannot be read" }
            div.note.act { p { (why) } }
            p.row {
                a.btn href={(HOME) "?kind=" (file.kind.code())} { "Choose another file" }
            }
            (leave(visit, file))
        }
    };
    page(visit, ("This file cannot be read", Place::People), &body).into_response()
}

/// The button that forgets a file.
pub fn leave(visit: &Visit, file: &File) -> Markup {
    html! {
        form method="post" action={(HOME) "/" (file.id) "/removal"} {
            (kit::csrf(visit))
            button.btn.quiet type="submit" { "Forget this file" }
        }
    }
}
