//! Who looks after which area, accompanies which induction and does which standing work: as it is, proposed, weighed by hand
//! and accepted.

use actions::allocation::{self, AllocationRefused, Entered, Proposal, Seen, Standing, Which};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ids::{PersonId, StandingId};
use domain::standing::{LONGEST_TITLE, StandingRefused};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::allocation_view as view;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// Its addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programme/allocation", get(show).post(create))
        .route("/programme/allocation/proposal", post(propose))
        .route("/programme/allocation/standing", post(create_standing))
        .route("/programme/allocation/standing/{standing}/removal", post(destroy_standing))
}

/// `GET /programme/allocation`: as it is.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, StatusCode::OK, Typed { wrong: &[], form: "", fields: &Fields::default() }).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = allocation::see(&visit.desk, &visit.visitor.person).await?;
    let title = &visit.desk.frame.programme.title;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                (above())
                h1 { "Allocation" @if let Some((picture, _)) = &seen.term { ", " (picture.term.name) } }
                p.lede { "Who of the " (title.many) " looks after which area, accompanies whom, and does what comes back every term." }
            }
            @match &seen.term {
                None => div.empty { p { "No term is known that has not ended." } a.btn href="/programme/year" { "Enter the terms" } },
                Some((picture, _)) if picture.hands.is_empty() => div.empty { p { "Once somebody is a " (title.one) ", there is something to allocate." } a.btn href="/programme/frame" { "Name the first one" } },
                Some((picture, shares)) => {
                    (view::now(picture))
                    form.stack-s method="post" action="/programme/allocation/proposal" {
                        (kit::csrf(visit))
                        button.btn type="submit" { "Propose the best allocation" }
                        p.small.soft { "Nothing changes by it. You see what would change, what each other choice would cost, and decide. Or try first " a href="/programme/allocation/what-if" { "what if somebody had other hours" } "." }
                    }
                    (view::as_it_is(picture, shares))
                }
            }
            (standing(visit, &seen, typed))
            (view::LEFT_OUT)
        }
    };
    Ok((status, page(visit, ("Allocation", Place::Programme), &body)).into_response())
}

fn above() -> Markup {
    html! { p.small { a href="/programme" { "Programme" } " · " a href="/programme/planner" { "The planner" } " · " a href="/inductions" { "Inductions" } } }
}

/// What comes back every term, to add and to take off (R-ALL-14).
fn standing(visit: &Visit, seen: &Seen, typed: Typed<'_>) -> Markup {
    let name = |one: &Standing| match &seen.term {
        Some((picture, _)) => one
            .person
            .and_then(|who| picture.hands.iter().find(|hand| hand.person == who))
            .map(|hand| hand.name.as_str()),
        None => None,
    };
    let theme = |one: &Standing| one.theme.and_then(|theme| seen.themes.iter().find(|known| known.id == theme));
    let bad = kit::is_wrong(typed.wrong, "title");
    let mut themes: Vec<(String, String)> = vec![(String::new(), "no theme".to_owned())];
    themes.extend(seen.themes.iter().map(|theme| (theme.id.to_string(), theme.name.clone())));
    html! {
        section.card.stack #standing {
            div.stack-s {
                h2 { "Standing work" }
                p.small.soft { "What comes back every term beside areas and inductions: a newsletter, open classrooms, the shelf. Whoever does it finds it under “My time this year”, and the planner counts it." }
            }
            @if seen.standing.is_empty() { div.empty { p { "Nothing yet. Add the first below, and it will be in the next proposal." } } }
            @else {
                ul.plain.stack-s {
                    @for one in &seen.standing {
                        li.between {
                            span { b { (one.title) } " · " (one.each_term) " a term" @if let Some(theme) = theme(one) { " · " (theme.name) } " · " @match name(one) { Some(name) => (name), None => "nobody yet" } }
                            form method="post" action={"/programme/allocation/standing/" (one.id) "/removal"} {
                                (kit::csrf(visit))
                                button.btn.ghost.small type="submit" aria-label={"Take off " (one.title)} { "Take off" }
                            }
                        }
                    }
                }
            }
            details.more open[typed.form == "standing"] {
                summary { "Add standing work" }
                form.stack-s method="post" action="/programme/allocation/standing" novalidate {
                    (kit::csrf(visit)) (kit::once(visit))
                    div.field.bad[bad] {
                        label.f for="title" { "What it is" }
                        p.hint #title-hint { "Whoever does it reads it: name no colleague." }
                        (kit::error_at(typed.wrong, "title"))
                        input type="text" #title name="title" value=(typed.kept("standing", "title", "")) maxlength=(LONGEST_TITLE) autocomplete="off" aria-describedby="title-hint" aria-invalid=[bad.then_some("true")];
                    }
                    (typed.number("standing", ("hours", "Hours a term", ""), ""))
                    (typed.select("standing", ("theme", "Best done by somebody who knows about"), (&themes, "")))
                    button.btn.ghost type="submit" { "Add it" }
                }
            }
        }
    }
}

/// `POST /programme/allocation/proposal`: the best there is, or what was chosen instead. Keeps nothing.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn propose(sent: Sent) -> Result<Response, Problem> {
    let chosen = chosen(&sent.fields);
    let chosen = (!chosen.is_empty()).then_some(chosen.as_slice());
    proposed(&sent.visit, (StatusCode::OK, &[]), chosen).await
}

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)]);

async fn proposed(
    visit: &Visit,
    (status, wrong): Wrong<'_>,
    chosen: Option<&allocation::Chosen>,
) -> Result<Response, Problem> {
    let proposal: Proposal = match allocation::propose(&visit.desk, &visit.visitor.person, chosen).await {
        Ok(proposal) => proposal,
        Err(stop) => {
            let wrong = [("standing", Problem::refusal(stop)?.to_string())];
            let typed = Typed { wrong: &wrong, form: "", fields: &Fields::default() };
            return shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
        }
    };
    let body = html! {
        (kit::errors(wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/programme/allocation" { "Allocation as it is" } }
                h1 { "A proposal, " (proposal.picture.term.name) }
            }
            (view::verdict(&proposal))
            form.stack-l #choose method="post" action="/programme/allocation" novalidate {
                (kit::csrf(visit))
                input type="hidden" name="mark" value=(proposal.picture.mark());
                (view::choices(&proposal, wrong))
                (view::loads(&proposal))
                div.row {
                    button.btn type="submit" { "Accept it as chosen" }
                    button.btn.ghost type="submit" formaction="/programme/allocation/proposal" { "Work out what this costs" }
                }
                p.small.soft { "Accepting changes areas, companions of inductions and standing work at once; each can be changed again. Nobody is written to." }
            }
            @if view::is_by_hand(&proposal) {
                form method="post" action="/programme/allocation/proposal" { (kit::csrf(visit)) button.btn.ghost.small type="submit" { "Back to what is proposed" } }
            }
            p { a href="/programme/allocation/what-if" { "What if somebody had more hours, or fewer?" } }
            (view::LEFT_OUT)
        }
    };
    Ok((status, page(visit, ("A proposal", Place::Programme), &body)).into_response())
}

fn chosen(fields: &Fields) -> Vec<(Which, Option<PersonId>)> {
    fields.names().filter_map(|name| Some((name.parse::<Which>().ok()?, fields.read(name)))).collect()
}

/// `POST /programme/allocation`: takes a choice over.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let chosen = chosen(&sent.fields);
    let (visit, mark) = (&sent.visit, sent.fields.one("mark"));
    match allocation::accept(&visit.desk, visit.visitor.person.id, (&chosen, mark)).await {
        Ok(_) => Ok(on_to("/programme/allocation", "allocated")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = match &refused {
                AllocationRefused::Above { which, .. } => which.to_string(),
                _ => "choose".to_owned(),
            };
            let wrong = [(at.as_str(), refused.to_string())];
            proposed(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong), Some(&chosen)).await
        }
    }
}

/// `POST /programme/allocation/standing`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_standing(sent: Sent) -> Result<Response, Problem> {
    let fields = &sent.fields;
    let theme = fields.one("theme");
    let entered = Entered {
        title: fields.one("title").to_owned(),
        hours: fields.read("hours"),
        theme: fields.read("theme"),
        once: fields.one("once").to_owned(),
    };
    let known = theme.is_empty() || entered.theme.is_some();
    let result = if known {
        allocation::enter(&sent.visit.desk, sent.visit.visitor.person.id, &entered).await
    } else {
        Err(actions::Stop::Refused(StandingRefused::Theme))
    };
    match result {
        Ok(()) => Ok(on_to("/programme/allocation", "standing-added")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = match refused {
                StandingRefused::Title | StandingRefused::Many => "title",
                StandingRefused::Hours => "hours",
                StandingRefused::Theme => "theme",
            };
            let wrong = [(at, refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "standing", fields };
            shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `POST /programme/allocation/standing/{standing}/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy_standing(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of: StandingId = of.parse().map_err(|_| Problem::NotFound)?;
    allocation::take_off(&sent.visit.desk, sent.visit.visitor.person.id, of).await?;
    Ok(on_to("/programme/allocation", "removed-for-good"))
}
