//! The years of a live college, for the programme lead and the administrator.

use actions::year;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::people::Role;
use domain::year::Year;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::year_form::{self, Typed};
use crate::visit::{Visit, on_to};

/// What the address of a year that is not there yet says.
const NEXT: &str = "next";

/// Which year a page is about: by its first day, or the next one.
fn which(said: &str) -> Option<Date> {
    said.parse().ok()
}

async fn seen(visit: &Visit) -> Result<year::Years, Problem> {
    Ok(year::see(&visit.desk, &visit.visitor.person).await?)
}

/// `GET /programme/year`.
///
/// # Errors
/// Not found for everybody but a programme lead or an administrator.
pub async fn edit(visit: Visit, Question(asked): Question) -> Result<Response, Problem> {
    let years = seen(&visit).await?;
    let today = visit.desk.today();
    let said = asked.one("year");
    let shown = match which(said) {
        Some(starts) => years.all.iter().find(|year| year.starts == starts),
        None => years.all.iter().find(|year| today <= year.ends).or(years.all.last()),
    };
    let (year, new) = match shown {
        Some(year) if said != NEXT => (year, false),
        _ => (&years.next, true),
    };
    let typed = Typed::from(year);
    Ok(view(&visit, (&years, year, new), (&typed, &[])).into_response())
}

fn view(
    visit: &Visit,
    (years, year, new): (&year::Years, &Year, bool),
    (typed, wrong): (&Typed, &[(&str, String)]),
) -> Markup {
    let place = if visit.is(Role::ProgrammeLead) { Place::Programme } else { Place::People };
    page(
        visit,
        ("The year", place),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "The year " (year.words()) }
                    p.lede { "Terms and holidays decide which days are working days, which weeks count, and how each practitioner’s hours are spread over the year." }
                }
                @if visit.is(Role::ProgrammeLead) { p { "Hours, areas and people of the next year are set with its terms in one step: " a href="/programme/new-year" { "the next year" } " · " a href="/programme/years" { "what was agreed in each year" } } }
                nav aria-label="Years" {
                    ul.steps {
                        @for one in &years.all {
                            li { a href={"/programme/year?year=" (one.starts)} aria-current=[(!new && one.starts == year.starts).then_some("page")] { (one.words()) } }
                        }
                        li { a href={"/programme/year?year=" (NEXT)} aria-current=[new.then_some("page")] { "Add " (years.next.words()) } }
                    }
                }
                @if new { div.note.calm { "This is the usual pattern, as a proposal. Nothing is saved until you save it." } }
                @else if wrong.is_empty() { (year_form::weeks(year)) }
                form.stack-l method="post" action="/programme/year" {
                    (kit::csrf(visit))
                    @if !new { input type="hidden" name="replaces" value=(year.starts); }
                    (year_form::view(typed, wrong))
                    div.stack-s {
                        button.btn type="submit" { @if new { "Add this year" } @else { "Save the year" } }
                        p.small.soft { "Meetings that are agreed stay as they are. The board takes the new dates into account next Monday." }
                    }
                }
            }
        },
    )
}

/// `POST /programme/year`.
///
/// # Errors
/// Not found for everybody but a programme lead or an administrator.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let years = seen(visit).await?;
    let typed = Typed::of(&sent.fields);
    let replaces = which(sent.fields.one("replaces"));
    let wrong = match typed.read() {
        Ok(new) => match year::set(&visit.desk, visit.visitor.person.id, (replaces, new.clone())).await {
            Ok(()) => return Ok(on_to(&format!("/programme/year?year={}", new.starts), "saved")),
            Err(stop) => year_form::refused(Problem::refusal(stop)?),
        },
        Err(wrong) => wrong,
    };
    let wrong: Vec<(&str, String)> = wrong.iter().map(|(field, said)| (field.as_str(), said.clone())).collect();
    let old = years.all.iter().find(|year| Some(year.starts) == replaces);
    let shown = (&years, old.unwrap_or(&years.next), old.is_none());
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view(visit, shown, (&typed, &wrong))).into_response())
}
