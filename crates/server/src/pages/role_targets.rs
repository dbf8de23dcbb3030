//! Role targets: agreed by the programme lead and the practitioner, received by whoever appraises them (R-BOU-5 to R-BOU-7).

use actions::role_targets::{self, RoleTarget, Seen};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{PersonId, RoleTargetId};
use domain::people::Role;
use domain::period::date_words;
use domain::role_targets::RoleTargetRefused;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::day_field;
use crate::visit::{Visit, on_to};

type Wrong<'a> = &'a [(&'a str, String)];

const TITLE: &str = "Role targets";
const RECEIVED: &str = "/targets";

/// Where somebody's role targets are for whoever looks.
fn here(of: PersonId) -> String {
    format!("/practitioners/{of}/targets")
}

/// `GET /practitioners/{person}/targets`: for the two who agree them.
///
/// # Errors
/// Not found for everybody but the practitioner and a programme lead.
pub async fn show(visit: Visit, Path(of): Path<String>) -> Result<Markup, Problem> {
    one(&visit, person_id(&of)?, (&Fields::default(), &[])).await
}

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn one(visit: &Visit, of: PersonId, (typed, wrong): (&Fields, Wrong<'_>)) -> Result<Markup, Problem> {
    let seen = role_targets::see(&visit.desk, &visit.visitor.person, of).await?;
    let own = visit.visitor.person.id == of;
    let place = if own { Place::Hours } else { Place::Programme };
    let title = &visit.desk.frame.programme.title.one;
    Ok(page(
        visit,
        (TITLE, place),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    @if own { p.small { a href="/hours" { "My hours" } } }
                    @else { p.small { a href="/programme" { "Programme" } " · " a href={"/programme/practitioners/" (of)} { "Their time" } } }
                    h1 { (TITLE) }
                    p.lede { "What " @if own { "you work" } @else { "they work" } " towards as " (title) ": proposed by one of you, agreed by the other." }
                    (readers(&seen, own))
                }
                @if seen.current.is_empty() { div.empty { p { "None yet. Propose the first one below." } } }
                @for target in &seen.current { (card(visit, of, target)) }
                (form(visit, of, (typed, wrong)))
                @if !seen.past.is_empty() {
                    details.more {
                        summary { "Over" }
                        ul.plain.stack-s { @for target in &seen.past { li { (target.text) br; span.small.soft { "until " (date_words(target.ended.unwrap_or(target.until))) } } } }
                    }
                }
            }
        },
    ))
}

/// Who else reads them (R-BOU-6).
fn readers(seen: &Seen, own: bool) -> Markup {
    let whose = if own { "your" } else { "their" };
    html! {
        div.note {
            p {
                @match &seen.appraiser {
                    Some(name) => { (name) ", " (whose) " appraiser, reads those that are agreed, and nothing else: no hours, no weeks, and nothing of anybody’s support." }
                    None => { "Nobody else reads them: the organisation chart names no appraiser." }
                }
            }
        }
    }
}

fn card(visit: &Visit, of: PersonId, target: &RoleTarget) -> Markup {
    let by_me = target.by_lead == (visit.visitor.person.id != of);
    let act = |noun: &str| format!("{}/{}/{noun}", here(of), target.id);
    html! {
        section.card.stack-s {
            h2.h3 { (target.text) }
            p.soft {
                "until " (date_words(target.until)) " · "
                @match target.agreed {
                    Some(day) => { "agreed on " (date_words(day)) }
                    None => { @if by_me { "proposed by you; the other one agrees to it" } @else { "proposed to you" } }
                }
            }
            div.row {
                @if target.agreed.is_none() && !by_me {
                    form method="post" action=(act("agreement")) { (kit::csrf(visit)) button.btn type="submit" { "Agree" span.visually-hidden { " to: " (target.text) } } }
                }
                form method="post" action=(act("end")) {
                    (kit::csrf(visit))
                    button.btn.ghost type="submit" {
                        @if target.agreed.is_some() { "It is over" } @else if by_me { "Take it back" } @else { "Not this one" }
                        span.visually-hidden { ": " (target.text) }
                    }
                }
            }
        }
    }
}

fn form(visit: &Visit, of: PersonId, (typed, wrong): (&Fields, Wrong<'_>)) -> Markup {
    let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
    html! {
        form.card.stack method="post" action=(here(of)) novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            h2 { "Propose one" }
            div.field.bad[kit::is_wrong(wrong, "text")] {
                label.f for="text" { "What it is to be" }
                p.hint #text-hint { "About the work in the role, without names of colleagues or learners. At most 200 characters." }
                (kit::error_at(wrong, "text"))
                input #text name="text" maxlength="200" autocomplete="off" value=(typed.one("text")) aria-describedby="text-hint";
            }
            (day_field(("until", "until", "Until"), typed.one("until"), wrong))
            button.btn type="submit" { "Propose it" }
        }
    }
}

/// At which field a refusal belongs.
const fn field(refused: RoleTargetRefused) -> &'static str {
    match refused {
        RoleTargetRefused::Empty | RoleTargetRefused::Long(_) => "text",
        RoleTargetRefused::Day => "until",
        RoleTargetRefused::Many | RoleTargetRefused::Own | RoleTargetRefused::Stale => "main",
    }
}

async fn refused(sent: &Sent, of: PersonId, refused: RoleTargetRefused) -> Result<Response, Problem> {
    let wrong = [(field(refused), refused.to_string())];
    let body = one(&sent.visit, of, (&sent.fields, &wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
}

/// `POST /practitioners/{person}/targets`.
///
/// # Errors
/// Not found for everybody but the practitioner and a programme lead.
pub async fn create(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (of, who) = (person_id(&of)?, sent.visit.visitor.person.id);
    let new = (sent.fields.one("text"), sent.fields.read::<Date>("until"), sent.fields.one("once"));
    match role_targets::propose(&sent.visit.desk, (who, of), new).await {
        Ok(()) => Ok(on_to(&here(of), "target-proposed")),
        Err(stop) => refused(&sent, of, Problem::refusal(stop)?).await,
    }
}

/// `POST /practitioners/{person}/targets/{target}/agreement`.
///
/// # Errors
/// Not found for everybody but the practitioner and a programme lead.
pub async fn create_agreement(Path((of, which)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let (of, which) = (person_id(&of)?, target_id(&which)?);
    match role_targets::agree(&sent.visit.desk, (sent.visit.visitor.person.id, of), which).await {
        Ok(()) => Ok(on_to(&here(of), "target-agreed")),
        Err(stop) => refused(&sent, of, Problem::refusal(stop)?).await,
    }
}

/// `POST /practitioners/{person}/targets/{target}/end`.
///
/// # Errors
/// Not found for everybody but the practitioner and a programme lead.
pub async fn create_end(Path((of, which)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let (of, which) = (person_id(&of)?, target_id(&which)?);
    match role_targets::end(&sent.visit.desk, (sent.visit.visitor.person.id, of), which).await {
        Ok(()) => Ok(on_to(&here(of), "saved")),
        Err(stop) => refused(&sent, of, Problem::refusal(stop)?).await,
    }
}

fn target_id(text: &str) -> Result<RoleTargetId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /targets`: what somebody receives who appraises practitioners (R-BOU-6). Not found for whoever appraises none.
///
/// # Errors
/// Not found for whoever appraises no practitioner.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let received = role_targets::received(&visit.desk, &visit.visitor.person).await?;
    if received.is_empty() {
        return Err(Problem::NotFound);
    }
    let lead = visit.is(Role::ProgrammeLead);
    Ok(page(
        &visit,
        (TITLE, if lead { Place::Programme } else { Place::Practitioners }),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    h1 { (TITLE) }
                    p.lede { "What those you appraise work towards in the role, as agreed with the programme lead. This is all of the role that reaches you." }
                }
                @for (name, targets) in &received {
                    section.card.stack-s {
                        h2 { (name) }
                        @if targets.is_empty() { p.soft { "Nothing is agreed at the moment." } }
                        ul.plain.stack-s { @for target in targets { li { (target.text) br; span.small.soft { "until " (date_words(target.until)) } } } }
                    }
                }
            }
        },
    ))
}

/// The way there for whoever appraises practitioners, on the page where they find colleagues.
///
/// # Errors
/// A fault of the database.
pub async fn link(visit: &Visit) -> Result<Markup, Problem> {
    let received = role_targets::received(&visit.desk, &visit.visitor.person).await?;
    Ok(html! { @if !received.is_empty() { p.small { a href=(RECEIVED) { "Role targets of those you appraise" } } } })
}
