//! Choosing a password with a link, and asking for one because one forgot.

use actions::accounts;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::fields;
use crate::pages::account::{field, password};
use crate::pages::kit;
use crate::pages::layout::bare;
use crate::pages::session::machine;
use crate::routes::App;

fn view(token: &str, wrong: &[(&str, String)]) -> Markup {
    bare(
        "Choose a password",
        &html! {
            (kit::errors(wrong))
            h1 { "Choose a password" }
            p.lede { "This link is yours alone. Nobody else, the administrator included, sees what you choose." }
            form.card.stack method="post" action={"/set-up/" (token)} {
                (password(wrong, "new", "Password", "new-password"))
                (password(wrong, "again", "The same once more", "new-password"))
                button.btn type="submit" { "Save and sign in" }
            }
        },
    )
}

fn gone() -> Response {
    let body = html! {
        h1 { "This link does not work any more" }
        p.lede { "It has been used, a newer one was sent, or it is too old. Have a new one sent to you." }
        p { a.btn href="/forgotten" { "Send me a new link" } }
    };
    (StatusCode::NOT_FOUND, bare("This link does not work any more", &body)).into_response()
}

/// `GET /set-up/{token}`.
///
/// # Errors
/// A fault.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    let works = accounts::link_works(&app.desk(), &token).await;
    let works = works.map_err(|fault| Problem::Fault(fault.into()))?;
    Ok(if works { view(&token, &[]).into_response() } else { gone() })
}

/// `POST /set-up/{token}`.
///
/// # Errors
/// A fault.
pub async fn create(State(app): State<App>, Path(token): Path<String>, request: Request) -> Result<Response, Problem> {
    let fields = fields(request, &app).await?;
    let words = (fields.one("new").to_owned(), fields.one("again").to_owned());
    match accounts::use_link(&app.desk(), &token, words).await {
        Ok(()) => Ok(Redirect::to("/sign-in").into_response()),
        Err(stop) => match Problem::refusal(stop)? {
            accounts::AccountRefused::LinkGone => Ok(gone()),
            refused => {
                let wrong = [(field(&refused), refused.to_string())];
                Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&token, &wrong)).into_response())
            }
        },
    }
}

fn form(email: &str, wrong: &[(&str, String)]) -> Markup {
    let bad = kit::is_wrong(wrong, "email");
    bare(
        "A link to choose a password",
        &html! {
            (kit::errors(wrong))
            h1 { "No password yet, or forgotten?" }
            p.lede { "Give your work address. A link with which you choose a password comes by mail." }
            form.card.stack method="post" action="/forgotten" {
                div.field.bad[bad] {
                    label.f for="email" { "E-mail address" }
                    (kit::error_at(wrong, "email"))
                    input #email type="email" name="email" autocomplete="username" required value=(email) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then_some("email-error")];
                }
                button.btn type="submit" { "Send me a link" }
            }
            p { a href="/sign-in" { "Back to signing in" } }
        },
    )
}

/// `GET /forgotten`.
pub async fn new() -> Markup {
    form("", &[])
}

/// `GET /forgotten/sent`: the same for everybody (R-ACC-7).
pub async fn sent() -> Markup {
    bare(
        "Look into your mail",
        &html! {
            h1 { "Look into your mail" }
            p.lede { "If that address has an account here, a link is on its way to it. It works once and for a short time." }
            ul {
                li { "Mail can take some minutes. Look into the folder for unwanted mail, too." }
                li { "If your address here was changed in the last three days, the link goes to the one before." }
                li { "Nothing came? Ask whoever looks after Alongside at your college which address it knows you by." }
            }
            p { a.btn.ghost href="/sign-in" { "Back to signing in" } }
        },
    )
}

/// `POST /forgotten`: whether anybody has the address is looked up later, apart from the answer (R-ACC-7).
///
/// # Errors
/// A form that cannot be read.
pub async fn create_request(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    let machine = machine(&request);
    let fields = fields(request, &app).await?;
    let email = fields.one("email");
    let (before, after) = email.split_once('@').unwrap_or_default();
    if before.is_empty() || after.is_empty() || email.len() > 320 {
        let sentence = "Give your whole work address, such as sam@your.college.".to_owned();
        let page = form(email, &[("email", sentence)]);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !app.0.limits.may_ask((email, &machine), app.desk().now) {
        let sentence =
            "Links were asked for too often. Look into your mail, or wait a quarter of an hour and try again.";
        let page = form(email, &[("email", sentence.to_owned())]);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    app.0.post.ask(email);
    Ok(Redirect::to("/forgotten/sent").into_response())
}
