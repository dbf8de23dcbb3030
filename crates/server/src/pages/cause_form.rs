//! The form with which a question about cause is asked, with the beginnings of a lot or without. Rules R-CAU-22 and R-CAU-23.

use actions::cause::{self, Asking};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::cause::{AGREED, Asked, Begins, CauseRefused};
use domain::ids::LotId;
use domain::indicators::Indicator;
use domain::lots::{Named, TermOf};
use domain::period::date_words;
use domain::remission::Amount;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::cause::hours_words;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, read_term, term_code};
use crate::visit::{Visit, on_to};

/// `GET /evidence/cause/new`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, None, (StatusCode::OK, none)).await
}

/// `GET /evidence/cause/new/{lot}`: with the beginnings of a lot that was drawn.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such lot.
pub async fn new_of_lot(visit: Visit, Path(lot): Path<String>) -> Result<Response, Problem> {
    let lot = lot.parse().map_err(|_| Problem::NotFound)?;
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, Some(lot), (StatusCode::OK, none)).await
}

async fn shown(
    visit: &Visit,
    lot: Option<LotId>,
    (status, typed): (StatusCode, Typed<'_>),
) -> Result<Response, Problem> {
    let seen = cause::asking(&visit.desk, &visit.visitor.person, lot).await?;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence/cause" { "What may be said about cause" } }
                h1 { "Ask before you look" }
                p.lede { "What you choose here stands from then on. So nobody can say afterwards that the question was made to fit the answer." }
                @if seen.exploratory { p { "Something was asked of these beginnings before, so this question is exploratory: it is judged more strictly, and level 3 is the highest it can reach." } }
            }
            @if lot.is_none() && !seen.lots.is_empty() {
                div.note.stack-s {
                    p { "Were areas drawn by lot? Take the beginnings from there: only then can level 4 be reached." }
                    ul { @for (lot, at) in &seen.lots { li { a href={"/evidence/cause/new/" (lot)} { "The lot that was drawn on " (date_words(at.date())) } } } }
                }
            }
            (form(visit, (lot, &seen), typed))
        }
    };
    Ok((status, page(visit, ("Ask before you look", Place::Evidence), &body)).into_response())
}

/// A term in a form: "2026-1".
fn code(term: &TermOf) -> String {
    term_code(term.at)
}

/// What stands in an area's field at first: what the lot says; without one, that it has not begun.
fn at_first(seen: &Asking, area: &Named) -> String {
    let Some(drawn) = &seen.drawn else { return "never".to_owned() };
    match drawn.iter().find(|(one, _)| one.id == area.id) {
        Some((_, Some(term))) => code(term),
        Some((_, None)) => "never".to_owned(),
        None => "out".to_owned(),
    }
}

fn form(visit: &Visit, (lot, seen): (Option<LotId>, &Asking), typed: Typed<'_>) -> Markup {
    let pair = |code: &str, words: &str| (code.to_owned(), words.to_owned());
    let outcomes = cause::outcomes().map(|one| pair(one.code(), one.words()));
    let outcomes: Vec<_> = [pair("", "Choose …")].into_iter().chain(outcomes).collect();
    let terms: Vec<_> = seen.terms.iter().map(|term| (code(term), term.words.clone())).collect();
    let others = [pair("never", "Not in these terms"), pair("out", "Not part of the comparison")];
    let begins: Vec<_> = others.into_iter().chain(terms.iter().cloned()).collect();
    let today = visit.desk.today();
    let first = seen.terms.first().map(code).unwrap_or_default();
    let last = seen.terms.iter().rfind(|term| term.ends < today).map(code).unwrap_or_default();
    html! {
        form.card.stack method="post" action="/evidence/cause" novalidate {
            (kit::csrf(visit)) (kit::once(visit))
            @if let Some(lot) = lot { input type="hidden" name="lot" value=(lot); }
            div.narrow.stack {
                (typed.select("cause", ("outcome", "What may have changed"), (&outcomes, "")))
                div.row {
                    (typed.select("cause", ("from", "From"), (&terms, &first)))
                    (typed.select("cause", ("to", "To"), (&terms, &last)))
                }
                (typed.number("cause", ("agreed", "An area has begun in the term in which it first has so many practitioner hours for each teacher", ""), &hours_words(AGREED)))
            }
            fieldset.plain.stack-s #areas {
                legend.f { "When each area began" }
                (kit::error_at(typed.wrong, "areas"))
                @if lot.is_some() { p.hint { "These are the beginnings of the lot. Where an area began in another term, say so: it is then not called drawn." } }
                @else { p.hint { "Once it has begun, an area counts as begun for good." } }
                div.begins { @for area in &seen.areas {
                    (typed.select("cause", (&format!("area-{}", area.id), &area.name), (&begins, &at_first(seen, area))))
                } }
            }
            (asked(typed, ("chosen", "Were areas chosen because of their results?", "If so, they could have changed anyway, and no more than level 1 can be said.")))
            (asked(typed, ("other", "Did something else change in all of them at the same time?", "A new timetable, another awarding body, a new head in each: then the two cannot be told apart.")))
            button.btn type="submit" { "Ask it, for good" }
        }
    }
}

fn asked(typed: Typed<'_>, (id, label, hint): (&str, &str, &str)) -> Markup {
    let kept = typed.kept("cause", id, "");
    html! {
        fieldset.plain.stack-s id=(id) {
            legend.f { (label) }
            p.hint { (hint) }
            (kit::error_at(typed.wrong, id))
            @for (code, words) in [("no", "No"), ("yes", "Yes")] {
                label.check { input type="radio" name=(id) value=(code) checked[kept == code]; span { (words) } }
            }
        }
    }
}

fn answer(fields: &Fields, name: &str) -> Option<bool> {
    match fields.one(name) {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn read(fields: &Fields, seen: &Asking) -> Asked {
    let begins = |area: &Named| match fields.one(&format!("area-{}", area.id)) {
        "never" => Begins::Never,
        text => read_term(text).map_or(Begins::Out, Begins::In),
    };
    Asked {
        outcome: Indicator::from_code(fields.one("outcome")),
        from: read_term(fields.one("from")),
        to: read_term(fields.one("to")),
        areas: seen.areas.iter().map(|area| (area.clone(), begins(area))).collect(),
        agreed: Amount::read(fields.one("agreed")).map(|amount| amount.0 / 100),
        chosen: answer(fields, "chosen"),
        other: answer(fields, "other"),
    }
}

/// At which field a refusal belongs.
const fn field(why: CauseRefused) -> &'static str {
    match why {
        CauseRefused::Outcome => "outcome",
        CauseRefused::From => "from",
        CauseRefused::To => "to",
        CauseRefused::Agreed => "agreed",
        CauseRefused::Chosen => "chosen",
        CauseRefused::Other => "other",
        _ => "areas",
    }
}

/// `POST /evidence/cause`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such lot.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let lot = match fields.one("lot") {
        "" => None,
        lot => Some(lot.parse().map_err(|_| Problem::NotFound)?),
    };
    let seen = cause::asking(&visit.desk, &visit.visitor.person, lot).await?;
    let asked = read(fields, &seen);
    match cause::ask(&visit.desk, visit.visitor.person.id, (&asked, lot, fields.one("once"))).await {
        Ok(id) => Ok(on_to(&format!("/evidence/cause/{id}"), "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let wrong = [(field(why), why.to_string())];
            let typed = Typed { wrong: &wrong, form: "cause", fields };
            shown(visit, lot, (StatusCode::UNPROCESSABLE_ENTITY, typed)).await
        }
    }
}
