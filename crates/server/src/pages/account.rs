//! The own account: password, the key `n`, other sessions; and choosing a password with a set-up link.

use actions::accounts;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Sent, fields};
use crate::pages::kit;
use crate::pages::layout::{Place, bare, page};
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// `GET /account`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    accounts::see_account(&visit.desk, &visit.visitor)?;
    Ok(view(&visit, &[]))
}

fn view(visit: &Visit, wrong: &[(&str, String)]) -> Markup {
    let session = &visit.visitor.session;
    page(
        visit,
        ("Your account", Place::Account),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Your account" }
                    p.soft { (session.name) " · " (kit::role_words(visit, visit.visitor.person.roles)) }
                }
                form.row method="post" action="/sign-out" { (kit::csrf(visit)) button.btn type="submit" { "Sign out" } }
                @if visit.is(Role::Practitioner) {
                    form.card.stack method="post" action="/account/note-key" {
                        (kit::csrf(visit))
                        h2 { "Keyboard" }
                        label.check { input type="checkbox" name="on" value="yes" checked[session.note_key]; span { "Pressing " kbd { "n" } " opens “Note it”, except while you type in a field" } }
                        button.btn.ghost type="submit" { "Save" }
                    }
                }
                form.card.stack method="post" action="/account/password" {
                    (kit::csrf(visit))
                    h2 { "Change your password" }
                    (password(wrong, "current", "Current password", "current-password"))
                    (password(wrong, "new", "New password", "new-password"))
                    (password(wrong, "again", "The new password once more", "new-password"))
                    button.btn.ghost type="submit" { "Change it" }
                }
                section.card.stack {
                    h2 { "Who looked" }
                    p.soft { "Who opened a page about you, by day. Only you can read it." }
                    p { a.btn.ghost href="/account/looked" { "See who looked" } }
                }
                form.card.stack method="post" action="/account/sessions" {
                    (kit::csrf(visit))
                    h2 { "Signed in elsewhere?" }
                    p.soft { "On a computer you have left, or one you no longer use." }
                    button.btn.ghost type="submit" { "Sign out everywhere else" }
                }
            }
        },
    )
}

/// A field for a password.
pub fn password(wrong: &[(&str, String)], name: &str, label: &str, complete: &str) -> Markup {
    let bad = kit::is_wrong(wrong, name);
    let hint = (name == "new").then(|| {
        format!("At least {} characters. Three or four words are easy to remember.", accounts::SHORTEST_PASSWORD)
    });
    html! {
        div.field.bad[bad] {
            label.f for=(name) { (label) }
            @if let Some(hint) = hint { p.hint id={(name) "-hint"} { (hint) } }
            (kit::error_at(wrong, name))
            input id=(name) type="password" name=(name) autocomplete=(complete) required aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{name}-error"))];
        }
    }
}

/// At which field a refusal belongs.
pub fn field(refused: &accounts::AccountRefused) -> &'static str {
    match refused {
        accounts::AccountRefused::WrongPassword => "current",
        accounts::AccountRefused::NotTheSame => "again",
        _ => "new",
    }
}

/// `POST /account/password`.
///
/// # Errors
/// A fault.
pub async fn update_password(sent: Sent) -> Result<Response, Problem> {
    let field_of = |name| sent.fields.one(name).to_owned();
    let words = (field_of("current"), field_of("new"), field_of("again"));
    match accounts::change_password(&sent.visit.desk, &sent.visit.visitor, words).await {
        Ok(()) => Ok(on_to("/account", "password")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(&refused), refused.to_string())];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view(&sent.visit, &wrong)).into_response())
        }
    }
}

/// `POST /account/note-key`.
///
/// # Errors
/// A fault.
pub async fn update_note_key(sent: Sent) -> Result<Response, Problem> {
    accounts::set_note_key(&sent.visit.desk, &sent.visit.visitor, sent.fields.ticked("on")).await?;
    Ok(on_to("/account", "saved"))
}

/// `POST /account/sessions`.
///
/// # Errors
/// A fault.
pub async fn destroy_sessions(sent: Sent) -> Result<Response, Problem> {
    accounts::sign_out_everywhere(&sent.visit.desk, &sent.visit.visitor).await?;
    Ok(on_to("/account", "signed-out-elsewhere"))
}

fn set_up_view(token: &str, wrong: &[(&str, String)]) -> Markup {
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
        p.lede { "It has been used, or it is older than three days. Ask whoever looks after Alongside at your college for a new one." }
        p { a.btn href="/sign-in" { "Sign in" } }
    };
    (StatusCode::NOT_FOUND, bare("This link does not work any more", &body)).into_response()
}

/// `GET /set-up/{token}`.
///
/// # Errors
/// A fault.
pub async fn set_up(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Problem> {
    let works = accounts::link_works(&app.desk(), &token).await;
    let works = works.map_err(|fault| Problem::Fault(fault.into()))?;
    Ok(if works { set_up_view(&token, &[]).into_response() } else { gone() })
}

/// `POST /set-up/{token}`.
///
/// # Errors
/// A fault.
pub async fn set_up_create(
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let fields = fields(request, &app).await?;
    let words = (fields.one("new").to_owned(), fields.one("again").to_owned());
    match accounts::use_link(&app.desk(), &token, words).await {
        Ok(()) => Ok(axum::response::Redirect::to("/sign-in").into_response()),
        Err(stop) => match Problem::refusal(stop)? {
            accounts::AccountRefused::LinkGone => Ok(gone()),
            refused => {
                let wrong = [(field(&refused), refused.to_string())];
                Ok((StatusCode::UNPROCESSABLE_ENTITY, set_up_view(&token, &wrong)).into_response())
            }
        },
    }
}
