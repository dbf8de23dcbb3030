//! Setting a college up: two ways in, and seven steps until it is live (R-SET-1 to R-SET-7).

mod parts;
pub mod people;
pub mod review;
pub mod staff;
pub mod steps;
pub mod year;

use std::net::SocketAddr;

use actions::set_up::{self, Answer};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::set_up::{Draft, Step, Wrong};
use maud::{Markup, html};

use crate::error::Problem;
use crate::first_run::{FirstRun, Sent, Visit, door};
use crate::forms::fields;
use crate::pages::kit;
use crate::pages::layout::bare;
use crate::visit::OverHttps;

/// What is wrong with a form, as the pieces of a page take it.
type At<'a> = &'a [(&'a str, String)];

/// The steps so far.
async fn draft(visit: &Visit) -> Result<Draft, Problem> {
    Ok(set_up::see(&visit.first.0.yard).await?)
}

fn csrf(first: &FirstRun) -> Markup {
    html! { input type="hidden" name="csrf" value=(first.0.csrf); }
}

/// A step's page: where one is among the steps, what is wrong, and its form.
fn step_page(draft: &Draft, step: Step, wrong: At<'_>, body: &Markup) -> Markup {
    bare(
        step.words(),
        &html! {
            (kit::errors(wrong))
            (parts::steps(draft, Some(step)))
            h1 { (step.words()) }
            (body)
        },
    )
}

/// The end of every step's form.
fn save(step: Step) -> Markup {
    let on = step.next().map_or("Save and look it over", |_| "Save and go on");
    html! {
        div.row {
            button.btn type="submit" { (on) }
            @if step.next().is_some() { a.btn.quiet href="/begin/review" { "Look everything over" } }
        }
    }
}

/// Saves a step and goes on to the next one.
async fn saved(visit: &Visit, answer: Answer) -> Result<Response, Problem> {
    set_up::save(&visit.first.0.yard, &answer, visit.first.now()).await?;
    let next = answer.step().next().map_or("review", Step::code);
    Ok(Redirect::to(&format!("/begin/{next}")).into_response())
}

/// A form that a rule refused.
fn refused(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// What is wrong, as the pieces of a page take it.
fn at(wrong: &Wrong) -> Vec<(&str, String)> {
    wrong.iter().map(|(field, sentence)| (field.as_str(), sentence.clone())).collect()
}

/// `GET /begin`: the two ways in; for whoever is not at the machine, the question for the code.
///
/// # Errors
/// A fault.
pub async fn show(State(first): State<FirstRun>, headers: HeaderMap, request: Request) -> Result<Response, Problem> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
    if !first.0.door.is_open_to(&headers, peer) {
        return Ok(door_page("", &[]).into_response());
    }
    let draft = set_up::see(&first.0.yard).await?;
    Ok(welcome(&first, &draft).into_response())
}

fn welcome(first: &FirstRun, draft: &Draft) -> Markup {
    let begun = Step::ALL.into_iter().any(|step| draft.has(step));
    let next = Step::ALL.into_iter().find(|step| !draft.has(*step));
    let on = next.map_or_else(|| "/begin/review".to_owned(), |step| format!("/begin/{}", step.code()));
    bare(
        "Begin",
        &html! {
            h1 { "Welcome to Alongside" }
            p.lede { "Experienced teachers with some hours set aside help colleagues teach better. Nobody’s manager learns even that they asked. There are two ways to begin." }
            section.card.stack aria-labelledby="own" {
                h2 #own { "Set up your college" }
                p { "Seven short steps: name, role, year, staff file, sites and areas, practitioners, and who runs it. Each is saved as you go; you can stop, come back, and take them in any order. Nothing is live until you have looked everything over." }
                @if begun { (parts::steps(draft, None)) }
                p { a.btn href=(if begun { on } else { "/begin/college".to_owned() }) { @if begun { "Go on setting up" } @else { "Set up your college" } } }
            }
            section.card.stack aria-labelledby="sample" {
                h2 #sample { "Look around in a sample college" }
                p { "A made-up college of 360 people with some months behind it, where you can be anybody: a teacher, a practitioner, the lead, a manager. It lies in a folder of its own (" code { (first.sample_folder()) } ") and does not touch your college. To begin it again, stop the program and delete that folder." }
                @if first.shows_sample() {
                    p { a.btn.ghost href="/sign-in" { "Back to the sample college" } }
                } @else {
                    form method="post" action="/begin/sample" {
                        (csrf(first))
                        button.btn.ghost type="submit" { @if first.has_sample() { "Go on in the sample college" } @else { "Look around" } }
                    }
                    @if !first.has_sample() { p.small.soft { "Filling it takes a few seconds." } }
                }
            }
        },
    )
}

fn door_page(typed: &str, wrong: At<'_>) -> Markup {
    let bad = kit::is_wrong(wrong, "code");
    bare(
        "Begin",
        &html! {
            (kit::errors(wrong))
            h1 { "This Alongside is not set up yet" }
            p.lede { "Only whoever runs it can set it up. On that machine itself, open this page by the address that the program printed. From anywhere else, type the code that it printed beside it." }
            form.card.stack method="post" action="/begin/code" {
                div.field.bad[bad] {
                    label.f for="code" { "Code" }
                    p.hint #code-hint { "Ten letters and digits, such as ABCDE-FGHJK. It works once." }
                    (kit::error_at(wrong, "code"))
                    input #code name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required value=(typed) aria-invalid=[bad.then_some("true")] aria-describedby="code-hint";
                }
                button.btn type="submit" { "Go on" }
            }
        },
    )
}

/// `POST /begin/code`.
///
/// # Errors
/// A form that cannot be read.
pub async fn create_code(
    State(first): State<FirstRun>,
    https: OverHttps,
    request: Request,
) -> Result<Response, Problem> {
    // One count for everybody: whoever guesses from many machines is stopped as well.
    const EVERYBODY: (&str, &str) = ("the code of setting up", "anywhere");
    let fields = fields(request, &first).await?;
    let inner = &first.0;
    if !inner.limits.may_try(EVERYBODY, first.now()) {
        let sentence = "Too many wrong codes. Wait a quarter of an hour, then try again.".to_owned();
        return Ok((StatusCode::TOO_MANY_REQUESTS, door_page("", &[("code", sentence)])).into_response());
    }
    match inner.door.take(fields.one("code"), inner.yard.chance.as_ref()) {
        Some(key) => {
            println!("The code was used. For another browser it is now {}", inner.door.code());
            let cookie = AppendHeaders([(SET_COOKIE, door::key_cookie(&key, &https))]);
            Ok((cookie, Redirect::to("/begin")).into_response())
        }
        None => {
            inner.limits.wrong(EVERYBODY, first.now());
            let sentence = "That is not the code. Look at what the program printed last; a code works once.".to_owned();
            Ok(refused(door_page(fields.one("code"), &[("code", sentence)])))
        }
    }
}

/// `POST /begin/sample`.
///
/// # Errors
/// A folder that cannot be written.
pub async fn create_sample(sent: Sent) -> Result<Redirect, Problem> {
    sent.visit.first.show_sample().await?;
    Ok(Redirect::to("/sign-in"))
}
