//! Figures from a file: chosen, looked through line by line, and then entered together, all of them or none. The lines go out
//! with the page and come back with its form: nothing of a file is kept (R-FIG-10, R-FIG-11).

use actions::indicator_files::{self, Looked, NotEntered};
use actions::indicators;
use actions::reading::{self, Why};
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State as Shared};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::indicators::file::{Does, Judged};
use domain::indicators::{Place as At, Shown};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent, is_ours};
use crate::pages::imports::body;
use crate::pages::indicators::{HOME, shown};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::upload::upload;
use crate::visit::{Visit, on_to};

/// The lines of the longest file, as a form sends them.
const MOST_LINES_BYTES: usize = 512 * 1024;
/// So many lines that are wrong stand on a page.
const WRONG_SHOWN: usize = 200;

/// Bringing figures in from a file.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programme/indicators/template.csv", get(template))
        .route("/programme/indicators/file", get(again).post(create).layer(DefaultBodyLimit::disable()))
        .route("/programme/indicators/file/entry", post(enter).layer(DefaultBodyLimit::max(MOST_LINES_BYTES)))
}

/// The form that takes a file.
pub fn form(visit: &Visit, wrong: &[(&str, String)]) -> Markup {
    html! {
        form.card.stack method="post" action="/programme/indicators/file" enctype="multipart/form-data" {
            (kit::csrf(visit))
            div.stack-s {
                h2 { "Bring in a file" }
                p { "A spreadsheet with a line for each figure. First you see, line by line, what it would enter." }
                p.small { a href="/programme/indicators/template.csv" download { "Download a template to fill in" } }
            }
            (field(wrong, "The file"))
            button.btn type="submit" { "Read the file" }
        }
    }
}

fn field(wrong: &[(&str, String)], label: &str) -> Markup {
    let bad = kit::is_wrong(wrong, "file");
    html! {
        div.field.bad[bad] {
            label.f for="file" { (label) }
            p.hint #file-hint { "A spreadsheet (.xlsx) or CSV with the columns Indicator, Term, Area, Group, Counted and Of; up to 2,000 lines. It is not kept." }
            (kit::error_at(wrong, "file"))
            input #file type="file" name="file" required accept=".csv,.xlsx,.txt" aria-describedby="file-hint" aria-invalid=[bad.then_some("true")];
        }
    }
}

/// `GET /programme/indicators/template.csv`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn template(visit: Visit) -> Result<Response, Problem> {
    let text = indicator_files::template(&visit.desk, &visit.visitor.person)?;
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"figures.csv\"")];
    Ok((headers, text).into_response())
}

/// `GET /programme/indicators/file`: nothing of a file is kept, so it is chosen again.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn again(visit: Visit) -> Result<Response, Problem> {
    indicators::see(&visit.desk, &visit.visitor.person).await?;
    Ok(Redirect::to(HOME).into_response())
}

async fn refused(visit: &Visit, sentence: String) -> Result<Response, Problem> {
    let wrong = [("file", sentence)];
    let typed = Typed { wrong: &wrong, form: "file", fields: &Fields::default() };
    shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

/// `POST /programme/indicators/file`: reads a file and shows what it would enter.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(Shared(app): Shared<App>, request: Request) -> Result<Response, Problem> {
    let (mut parts, content) = request.into_parts();
    let visit = Visit::of(&mut parts, &app).await?;
    // Before anything is read: whoever may not do this sends nothing.
    indicators::see(&visit.desk, &visit.visitor.person).await?;
    let Some(bytes) = body(content).await? else {
        return refused(&visit, reading::unreadable("The file", Why::TooLarge).to_string()).await;
    };
    let (fields, file) = upload(Request::from_parts(parts, Body::from(bytes)), &()).await?;
    if !is_ours(&visit, &fields) {
        return Err(Problem::Foreign);
    }
    let Some(file) = file else { return refused(&visit, "Choose the file to bring in.".to_owned()).await };
    let (name, called) = (file.name.clone(), reading::called(&file.name));
    let table = tokio::task::spawn_blocking(move || reading::table(&name, &file.bytes)).await;
    let table = match table {
        Ok(Ok(table)) => table,
        Ok(Err(unreadable)) => return refused(&visit, unreadable.to_string()).await,
        Err(_) => return refused(&visit, reading::unreadable(&called, Why::Damaged).to_string()).await,
    };
    match indicator_files::look(&visit.desk, &visit.visitor.person, &table).await {
        Ok(looked) => {
            let right = looked.lines.all.iter().all(|line| line.found.is_ok());
            let status = if right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, view(&visit, &looked, (&called, false))).into_response())
        }
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            refused(&visit, format!("“{called}” cannot be entered. {why}")).await
        }
    }
}

/// `POST /programme/indicators/file/entry`: enters what was looked at.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn enter(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let seen = (fields.one("lines"), fields.one("seen"));
    match indicator_files::bring_in(&visit.desk, visit.visitor.person.id, seen).await {
        Ok(_) => Ok(on_to(HOME, "figures-entered")),
        Err(stop) => match Problem::refusal(stop)? {
            NotEntered::Unreadable => {
                refused(visit, "The lines did not arrive whole. Choose the file again.".to_owned()).await
            }
            NotEntered::Stale(looked) => {
                let called = reading::called(fields.one("called"));
                Ok((StatusCode::CONFLICT, view(visit, &looked, (&called, true))).into_response())
            }
        },
    }
}

/// How many lines do what.
struct Counts {
    new: usize,
    replaced: usize,
    same: usize,
    wrong: usize,
}

impl Counts {
    fn of(lines: &[Judged]) -> Self {
        let many = |what: fn(&Judged) -> bool| lines.iter().filter(|line| what(line)).count();
        Self {
            new: many(|line| matches!(line.found, Ok((_, Does::New)))),
            replaced: many(|line| matches!(line.found, Ok((_, Does::Replaces(_))))),
            same: many(|line| matches!(line.found, Ok((_, Does::Nothing)))),
            wrong: many(|line| line.found.is_err()),
        }
    }
}

fn view(visit: &Visit, looked: &Looked, (called, stale): (&str, bool)) -> Markup {
    let counts = Counts::of(&looked.lines.all);
    let lines = |many: usize| if many == 1 { "1 line".to_owned() } else { format!("{many} lines") };
    let body = html! {
        div.stack-l {
            div.stack-s {
                p.small { a href=(HOME) { "Indicators" } }
                @if counts.wrong > 0 {
                    h1 { (lines(counts.wrong)) " to put right" }
                    p.lede { "Nothing of “" (called) "” is entered while a line is wrong. Mend it in your spreadsheet, save it, and choose it again." }
                } @else if counts.new + counts.replaced == 0 {
                    h1 { "Nothing to enter" }
                    p.lede { "Every figure of “" (called) "” stands already." }
                } @else {
                    h1 { "What this file would enter" }
                    p.lede { "Nothing of “" (called) "” is entered yet." }
                }
            }
            @if stale { div.note.act role="alert" { p { "Something has changed since you looked at this, so nothing was entered. Look at it again." } } }
            (summary(&counts, looked))
            @if counts.wrong > 0 { (to_put_right(looked)) (another(visit, "The mended file", "Read the mended file")) }
            @else if counts.new + counts.replaced > 0 { (confirm(visit, looked, called)) }
            (would(looked))
            @if counts.wrong == 0 { (another(visit, "Another file", "Read the other file")) }
        }
    };
    page(visit, ("Figures from a file", Place::Programme), &body)
}

fn summary(counts: &Counts, looked: &Looked) -> Markup {
    html! {
        div.stack-s {
            p.row #summary {
                @if counts.wrong > 0 { span.badge.warn { (counts.wrong) " to put right" } }
                @if counts.new > 0 { span.badge.good { (counts.new) " new" } }
                @if counts.replaced > 0 { span.badge { (counts.replaced) " in the place of another" } }
                @if counts.same > 0 { span.badge { (counts.same) " as they are" } }
            }
            @if let Some(note) = &looked.note { p.small.soft { (note) } }
            @if looked.lines.blank > 0 { p.small.soft { "Lines without numbers were left out: " (looked.lines.blank) "." } }
            @if !looked.lines.ignored.is_empty() { p.small.soft { "Columns that were not read: " (looked.lines.ignored.join(", ")) "." } }
        }
    }
}

fn confirm(visit: &Visit, looked: &Looked, called: &str) -> Markup {
    html! {
        form.row method="post" action="/programme/indicators/file/entry" {
            (kit::csrf(visit))
            input type="hidden" name="lines" value=(looked.written);
            input type="hidden" name="seen" value=(looked.token);
            input type="hidden" name="called" value=(called);
            button.btn type="submit" { "Enter them" }
            a.btn.quiet href=(HOME) { "Leave it" }
        }
        p.small.soft { "What is about staff can be corrected today; from tomorrow on it stands." }
    }
}

fn another(visit: &Visit, label: &str, button: &str) -> Markup {
    html! {
        form.card.stack.narrow method="post" action="/programme/indicators/file" enctype="multipart/form-data" {
            (kit::csrf(visit))
            (field(&[], label))
            button.btn.ghost type="submit" { (button) }
        }
    }
}

fn to_put_right(looked: &Looked) -> Markup {
    let wrong: Vec<&Judged> = looked.lines.all.iter().filter(|line| line.found.is_err()).collect();
    html! {
        table.cards {
            caption { "To put right" }
            thead { tr { th scope="col" { "Line" } th scope="col" { "It says" } th scope="col" { "What to do" } } }
            tbody {
                @for line in wrong.iter().take(WRONG_SHOWN) {
                    tr {
                        td.name data-label="Line" { (line.line) }
                        td data-label="It says" { span.small.soft { (line.written) } }
                        td data-label="What to do" { @for sentence in line.found.as_ref().err().into_iter().flatten() { p { (sentence) } } }
                    }
                }
            }
        }
        @if wrong.len() > WRONG_SHOWN { p.small.soft { "And " (wrong.len() - WRONG_SHOWN) " more." } }
    }
}

/// Every line that can be read, with what it would do.
fn would(looked: &Looked) -> Markup {
    let right: Vec<&Judged> = looked.lines.all.iter().filter(|line| line.found.is_ok()).collect();
    html! {
        @if !right.is_empty() {
            table.cards {
                caption { "What the lines say" }
                thead { tr { th scope="col" { "Line" } th scope="col" { "Figure of" } th scope="col" { "Figure" } th scope="col" { "What happens" } } }
                tbody { @for line in right { (line_view(looked, line)) } }
            }
        }
    }
}

fn line_view(looked: &Looked, line: &Judged) -> Markup {
    let (Ok((figure, does)), Some((now, before))) = (&line.found, line.shown()) else { return html! {} };
    html! {
        tr {
            td.name data-label="Line" { (line.line) }
            td data-label="Figure of" { (figure.place.indicator.words()) br; span.small.soft { (place(looked, &figure.place)) } }
            td data-label="Figure" { (now.words()) }
            td data-label="What happens" { (happens(does, before.as_ref())) }
        }
    }
}

fn happens(does: &Does, before: Option<&Shown>) -> Markup {
    html! {
        @match does {
            Does::New => span.badge.good { "new" },
            Does::Replaces(_) => { "takes the place of " @if let Some(before) = before { (before.words()) } @else { "another" } },
            Does::Nothing => span.soft { "stands already" },
        }
    }
}

/// "Summer term 2026 · Health & Care · Women".
fn place(looked: &Looked, place: &At) -> String {
    let term = looked.terms.iter().find(|(term, _)| *term == place.term).map(|(_, words)| words.clone());
    let area = match place.area {
        Some(area) => looked.areas.iter().find(|(id, _)| *id == area).map(|(_, name)| name.clone()),
        None => Some("Whole college".to_owned()),
    };
    let group = place.group.map(|group| group.words().to_owned());
    [term, area, group].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
