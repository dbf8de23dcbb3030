//! Signing in and out.

use std::net::SocketAddr;

use actions::accounts::{self, AccountRefused};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Sent, fields};
use crate::pages::kit;
use crate::pages::layout::bare;
use crate::routes::App;
use crate::visit::{OverHttps, SESSION, cookie, no_session, session_cookie};

/// `GET /sign-in`.
pub async fn new(State(app): State<App>) -> Markup {
    form(&app, "", &[])
}

fn form(app: &App, email: &str, wrong: &[(&str, String)]) -> Markup {
    let frame = app.0.house.frame();
    let bad = kit::is_wrong(wrong, "email");
    bare(
        "Sign in",
        &html! {
            (errors(wrong))
            h1 { "Sign in" }
            p.soft { (frame.programme.name) }
            form.card.stack method="post" action="/sign-in" {
                div.field.bad[bad] {
                    label.f for="email" { "E-mail address" }
                    (kit::error_at(wrong, "email"))
                    input #email type="email" name="email" autocomplete="username" required value=(email) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then_some("email-error")];
                }
                div.field {
                    label.f for="password" { "Password" }
                    input #password type="password" name="password" autocomplete="current-password" required;
                }
                button.btn type="submit" { "Sign in" }
                p.small { a href="/forgotten" { "No password yet, or forgotten?" } }
            }
            @if frame.programme.facts.sample && !app.0.sample.is_empty() { (sample(app)) }
        },
    )
}

fn errors(wrong: &[(&str, String)]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.error-summary role="alert" tabindex="-1" {
                h2 { "You are not signed in yet" }
                ul { @for (field, sentence) in wrong { li { a href={"#" (field)} { (sentence) } } } }
            }
        }
    }
}

/// The sample college's people by role, one click each.
fn sample(app: &App) -> Markup {
    html! {
        section.card.stack aria-labelledby="sample" {
            h2 #sample { "Or look around as somebody" }
            p.soft { "This is the sample college. Everybody in it is fictional." }
            @if app.0.beside_set_up { p { a href="/begin" { "Leave the sample and set up your own college" } } }
            ul.plain.stack-s {
                @for person in &app.0.sample {
                    li {
                        form.between method="post" action="/sign-in/sample" {
                            input type="hidden" name="person" value=(person.id);
                            span.name { strong { (person.name) } " " span.soft.small { (person.note) } }
                            button.btn.ghost.small type="submit" aria-label={"Look around as " (person.name) ", " (person.note)} { "Look around" }
                        }
                    }
                }
            }
        }
    }
}

/// Where a request comes from, as far as limits need to know: the other end, or what a proxy on this machine says.
pub fn machine(request: &Request) -> String {
    let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
        return "here".to_owned();
    };
    let told = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let told = told.and_then(|all| all.rsplit(',').next()).map(str::trim).filter(|_| peer.ip().is_loopback());
    told.map_or_else(|| peer.ip().to_string(), str::to_owned)
}

/// What the browser calls itself, roughly (R-ACC-9).
fn device(request: &Request) -> String {
    let said = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    domain::device::words(said.unwrap_or_default())
}

/// `POST /sign-in`.
///
/// # Errors
/// A form that cannot be read, or a fault.
pub async fn create(State(app): State<App>, https: OverHttps, request: Request) -> Result<Response, Problem> {
    let (machine, device) = (machine(&request), device(&request));
    let fields = fields(request, &app).await?;
    let desk = app.desk();
    let email = fields.one("email").to_owned();
    let key = (email.as_str(), machine.as_str());
    if !app.0.limits.may_try(key, desk.now) {
        let sentence = "Too many wrong tries. Wait a quarter of an hour, then try again.".to_owned();
        return Ok((StatusCode::TOO_MANY_REQUESTS, form(&app, &email, &[("email", sentence)])).into_response());
    }
    match accounts::sign_in(&desk, &email, fields.one("password").to_owned(), &device).await {
        Ok(begun) => Ok(begin(&begun.token, &https)),
        Err(stop) => {
            let refused: AccountRefused = Problem::refusal(stop)?;
            app.0.limits.wrong(key, desk.now);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form(&app, &email, &[("email", refused.to_string())]))
                .into_response())
        }
    }
}

fn begin(token: &str, https: &OverHttps) -> Response {
    (AppendHeaders([(SET_COOKIE, session_cookie(token, https))]), Redirect::to("/")).into_response()
}

/// `POST /sign-in/sample`: only in a sample college.
///
/// # Errors
/// Not found anywhere else.
pub async fn create_as_sample(State(app): State<App>, https: OverHttps, request: Request) -> Result<Response, Problem> {
    let device = device(&request);
    let fields = fields(request, &app).await?;
    let person: PersonId = fields.read("person").ok_or(Problem::NotFound)?;
    if !app.0.sample.iter().any(|one| one.id == person) {
        return Err(Problem::NotFound);
    }
    let begun = accounts::sign_in_as_sample(&app.desk(), person, &device).await?;
    Ok(begin(&begun.token, &https))
}

/// `POST /sign-out`.
///
/// # Errors
/// A fault.
pub async fn destroy(headers: HeaderMap, sent: Sent) -> Result<Response, Problem> {
    if let Some(token) = cookie(&headers, SESSION) {
        let gone = accounts::sign_out(&sent.visit.desk, &token).await;
        gone.map_err(|fault| Problem::from(actions::Stop::Fault(fault)))?;
    }
    Ok((AppendHeaders([(SET_COOKIE, no_session())]), Redirect::to("/sign-in")).into_response())
}
