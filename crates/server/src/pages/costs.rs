//! What cover and the role cost: for cost reports, read and entered by the programme lead alone.

use actions::cover::{self, Costs, Covered};
use actions::planner;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::cover::{CoverRefused, Pence, Per};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, pounds};
use crate::visit::{Visit, on_to};

/// `GET /programme/cover/costs`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn edit(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let costs = cover::costs(&visit.desk, &visit.visitor.person).await?;
    let all = cover::all(&visit.desk, &visit.visitor.person).await?;
    let weeks = planner::see(&visit.desk, &visit.visitor.person, false).await?.length.weeks;
    let body = html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                p.small { a href="/programme" { "Programme" } " · " a href="/programme/cover" { "Cover" } }
                h1 { "What the role costs" }
                p.lede { "For cost reports only. Nobody but a programme lead reads it, those it is about included." }
                p { "As far as it is entered: " strong { (cover::together(&all, &costs, weeks)) } " a year. What is paid by the hour counts in " (weeks) " teaching weeks." }
            }
            form.card.stack #costs method="post" action="/programme/cover/costs" novalidate {
                (kit::csrf(visit))
                (kit::error_at(typed.wrong, "costs"))
                @if all.is_empty() { p { "Once somebody has the role, what it costs can be entered here." } }
                @for one in &all { (person(one, &costs, typed)) }
                button.btn type="submit" { "Save" }
            }
        }
    };
    Ok((status, page(visit, ("What the role costs", Place::Programme), &body)).into_response())
}

fn person(one: &Covered, costs: &Costs, typed: Typed<'_>) -> Markup {
    let uplift = costs.uplifts.get(&one.person).map(|pence| pounds(*pence)).unwrap_or_default();
    let per: Vec<(String, String)> =
        Per::ALL.iter().map(|one| (one.code().to_owned(), format!("pounds {}", one.words()))).collect();
    html! {
        fieldset.stack-s {
            legend.f { (one.name) }
            (typed.number("costs", (&format!("uplift-{}", one.person), "Salary uplift, pounds a year", ""), &uplift))
            @for cover in &one.covers {
                @let so = costs.covers.get(&cover.id);
                div.row {
                    (typed.number("costs", (&format!("cost-{}", cover.id), &format!("{}: {}", cover.arrangement.words(), cover.away), ""), &so.map(|(pence, _)| pounds(*pence)).unwrap_or_default()))
                    (typed.select("costs", (&format!("per-{}", cover.id), "Paid"), (&per, so.map_or("hour", |(_, per)| per.code()))))
                }
            }
        }
    }
}

/// Costs as typed; an empty field is no cost. What cannot be read is told with the name of its field.
fn read(all: &[Covered], fields: &Fields) -> Result<Costs, String> {
    let mut costs = Costs::default();
    let pence = |name: &str, per: Per| match fields.one(name) {
        "" => Ok(None),
        typed => match Pence::read(typed).map(|pence| domain::cover::cost(pence, per)) {
            Some(Ok(pence)) => Ok(Some(pence)),
            _ => Err(name.to_owned()),
        },
    };
    for one in all {
        let found = pence(&format!("uplift-{}", one.person), Per::Year)?;
        costs.uplifts.extend(found.map(|pence| (one.person, pence)));
        for cover in &one.covers {
            let per = Per::from_code(fields.one(&format!("per-{}", cover.id))).unwrap_or(Per::Hour);
            let found = pence(&format!("cost-{}", cover.id), per)?;
            costs.covers.extend(found.map(|pence| (cover.id, (pence, per))));
        }
    }
    Ok(costs)
}

/// `POST /programme/cover/costs`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let all = cover::all(&visit.desk, &visit.visitor.person).await?;
    let refused = |at: &str| vec![(at.to_owned(), CoverRefused::Cost.to_string())];
    let wrong = match read(&all, &sent.fields) {
        Ok(costs) => match cover::set_costs(&visit.desk, visit.visitor.person.id, &costs).await {
            Ok(()) => return Ok(on_to("/programme/cover/costs", "saved")),
            Err(stop) => {
                Problem::refusal(stop)?;
                refused("costs")
            }
        },
        Err(at) => refused(&at),
    };
    let wrong: Vec<(&str, String)> = wrong.iter().map(|(at, words)| (at.as_str(), words.clone())).collect();
    let typed = Typed { wrong: &wrong, form: "costs", fields: &sent.fields };
    shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}
