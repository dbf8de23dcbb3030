//! What was passed to a safeguarding lead, and the page on which it is said whom one telephones. Rules R-SAF-7 and R-SAF-9.

use actions::keys;
use actions::safeguarding::{self, Disclosure, SafeguardingRefused};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::date_words;
use crate::visit::{Visit, on_to};

/// `GET /safeguarding`.
///
/// # Errors
/// Not found for everybody but a safeguarding lead.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let all = safeguarding::inbox(&visit.desk, &visit.visitor.person).await?;
    let keyed = keys::see(&visit.desk, visit.visitor.person.id).await?.is_some();
    Ok(page(
        &visit,
        ("Safeguarding", Place::Safeguarding),
        &html! {
            div.stack-l {
                div.stack-s {
                    h1 { "Safeguarding" }
                    p.lede { "What colleagues have passed to you because somebody is at risk. It is sealed for you: here stands only what it is, who passed it on and whom it is about." }
                }
                @if !keyed {
                    div.note.act { p { strong { "You have made no keys yet, so nothing can be passed to you here." } " " a href="/account/keys" { "Make your keys" } ": it takes two minutes." } }
                }
                @if all.is_empty() {
                    div.empty { p { "Nothing has been passed to you. When something is, it stands here and you get a mail that says that something is waiting, and no more." } }
                } @else { (list(&visit, &all)) }
            }
        },
    ))
}

fn list(visit: &Visit, all: &[Disclosure]) -> Markup {
    let calendar = &visit.desk.frame.calendar;
    html! {
        table.cards {
            thead { tr {
                th scope="col" { "What" }
                th scope="col" { "Passed on" }
                th scope="col" { "From" }
                th scope="col" { "About what was said with" }
                th scope="col" { "Opened" }
            } }
            tbody {
                @for one in all {
                    tr {
                        td data-label="What" { a href={"/disclosures/" (one.id)} { (one.category.words()) } }
                        td data-label="Passed on" { (date_words(calendar.day(one.made))) }
                        td data-label="From" { (one.discloser.1) }
                        td data-label="About what was said with" { (one.subject.1) @if one.is_unsafe() { br; span.small { strong { "Not told" } } } }
                        td data-label="Opened" { @match &one.opened { Some((day, who)) => { (date_words(*day)) ", " (who.1) }, None => span.badge.act { "New" } } }
                    }
                }
            }
        }
    }
}

/// `GET /programme/safeguarding`.
///
/// # Errors
/// Not found for everybody but a programme lead or an administrator.
pub async fn edit(visit: Visit) -> Result<Markup, Problem> {
    let route = safeguarding::settings(&visit.desk, &visit.visitor.person).await?;
    let (answers, telephone) = route.map(|route| (route.name, route.telephone)).unwrap_or_default();
    Ok(view(&visit, (&answers, &telephone), &[]))
}

fn view(visit: &Visit, (answers, telephone): (&str, &str), wrong: &[(&str, String)]) -> Markup {
    let place = if visit.is(Role::ProgrammeLead) { Place::Programme } else { Place::People };
    let field = |name: &str, label: &str, hint: &str, value: &str, kind: &str| {
        let bad = kit::is_wrong(wrong, name);
        let told = if bad { format!("{name}-error") } else { format!("{name}-hint") };
        html! {
            div.field.bad[bad] {
                label.f for=(name) { (label) }
                p.hint id={(name) "-hint"} { (hint) }
                (kit::error_at(wrong, name))
                input id=(name) type=(kind) name=(name) value=(value) maxlength="80" required aria-invalid=[bad.then_some("true")] aria-describedby=(told);
            }
        }
    };
    page(
        visit,
        ("When somebody is at risk", place),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "When somebody is at risk" }
                    p.lede { "Whom colleagues telephone. It stands on every page on which somebody passes something to the safeguarding leads, and it is the way that always works." }
                }
                form.stack method="post" action="/programme/safeguarding" {
                    (kit::csrf(visit))
                    (field("answers", "Who answers", "Such as: Designated Safeguarding Lead.", answers, "text"))
                    (field("telephone", "Telephone number", "As it is dialled from any telephone, in the evening too if there is such a number.", telephone, "tel"))
                    div { button.btn type="submit" { "Save" } }
                }
                p.small.soft { "Everybody at the college can read it. Safeguarding leads make their keys under “Your account”; without keys nothing can be passed to them here." }
            }
        },
    )
}

/// `POST /programme/safeguarding`.
///
/// # Errors
/// Not found for everybody but a programme lead or an administrator.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let typed = (sent.fields.one("answers"), sent.fields.one("telephone"));
    match safeguarding::set_route(&visit.desk, visit.visitor.person.id, typed).await {
        Ok(()) => Ok(on_to("/programme/safeguarding", "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = if refused == SafeguardingRefused::Name { "answers" } else { "telephone" };
            let wrong = [(field, refused.to_string())];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view(visit, typed, &wrong)).into_response())
        }
    }
}
