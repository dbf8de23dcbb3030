//! The step of the year.

use actions::set_up::{Answer, ZONE};
use axum::response::Response;
use domain::period::academic_year;
use domain::set_up::{Draft, Step};
use domain::year::Year;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::{At, at, csrf, draft, refused, save, saved, step_page};
use crate::error::Problem;
use crate::first_run::{Sent, Visit};
use crate::forms::Question;
use crate::pages::year_form::{self, Typed};

/// Today at the college.
fn today(visit: &Visit) -> Date {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    zone.to_datetime(visit.first.now()).date()
}

/// Which years are proposed: this one and the next; from May on the next comes first.
fn proposed(visit: &Visit) -> [i16; 2] {
    let today = today(visit);
    let this = academic_year(today);
    if (5..9).contains(&today.month()) { [this + 1, this] } else { [this, this + 1] }
}

fn view((visit, draft): (&Visit, &Draft), typed: &Typed, wrong: At<'_>) -> Markup {
    let body = html! {
        p.soft { "The dates below are the usual pattern with England’s bank holidays. Put in your own." }
        p.small {
            "Propose the year "
            @for (at, year) in proposed(visit).into_iter().enumerate() {
                @if at > 0 { " or " }
                a href={"/begin/year?from=" (year)} { (Year::usual(year).words()) }
            }
            " instead. Later years are added when the college is live."
        }
        form.stack-l method="post" action="/begin/year" {
            (csrf(&visit.first))
            (year_form::view(typed, wrong))
            (save(Step::Year))
        }
    };
    step_page(draft, Step::Year, wrong, &body)
}

/// `GET /begin/year`.
///
/// # Errors
/// A fault.
pub async fn edit(visit: Visit, Question(asked): Question) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    let [first, _] = proposed(&visit);
    let wanted = asked.read::<i16>("from").filter(|year| proposed(&visit).contains(year));
    let year = match (wanted, &draft.year) {
        (Some(wanted), _) => Year::usual(wanted),
        (None, Some(saved)) => saved.clone(),
        (None, None) => Year::usual(first),
    };
    Ok(view((&visit, &draft), &Typed::from(&year), &[]))
}

/// `POST /begin/year`.
///
/// # Errors
/// A fault.
pub async fn update(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let typed = Typed::of(&fields);
    match typed.read() {
        Ok(year) => saved(&visit, Answer::Year(year)).await,
        Err(wrong) => Ok(refused(view((&visit, &draft(&visit).await?), &typed, &at(&wrong)))),
    }
}
