//! What was agreed in each year, for the programme lead; and a practitioner's own hours of a year that is over.

use actions::past_years::{self, OneYear, OwnYear, Somebody, When};
use axum::extract::Path;
use domain::minutes::Minutes;
use domain::period::day_words;
use domain::year::full_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Question;
use crate::pages::layout::{Place, page};
use crate::pages::planner::year_words;
use crate::pages::year_form;
use crate::visit::Visit;

/// `GET /programme/years`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let years = past_years::see(&visit.desk, &visit.visitor.person).await?;
    Ok(page(
        &visit,
        ("The years", Place::Programme),
        &html! {
            div.stack-l {
                div.stack-s {
                    p.small { a href="/programme" { "Programme" } }
                    h1 { "The years" }
                    p.lede { "What was agreed in each: its terms, and who had the role with how many hours and which areas. What changes later changes nothing in a year that is over." }
                    p { a href="/programme/new-year" { "The next year" } " · " a href="/programme/year" { "Change terms and holidays" } }
                }
                @for year in &years { (one(&visit, year)) }
            }
        },
    ))
}

const fn stands(when: When) -> &'static str {
    match when {
        When::Over => "is over",
        When::Present => "this year",
        When::Coming => "to come",
    }
}

fn one(visit: &Visit, seen: &OneYear) -> Markup {
    let words = seen.year.words();
    let title = &visit.desk.frame.programme.title;
    html! {
        section.card.stack id={"year-" (seen.year.number())} {
            h2 { (words) " " span.badge { (stands(seen.when)) } }
            p { (full_words(seen.year.starts)) " to " (full_words(seen.year.ends)) }
            (year_form::weeks(&seen.year))
            @match (seen.when, seen.is_known) {
                (When::Coming, false) => p { "Hours and areas of this year are not set yet. " a href="/programme/new-year" { "Set the year " (words) } },
                (When::Over, false) => p.soft { "What was agreed then was not kept. Who had the role is known from its days." },
                _ => {},
            }
            @if seen.people.is_empty() { p.soft { "Nobody had the role." } }
            @else {
                table.cards {
                    thead { tr { th scope="col" { (title.one) } th scope="col" { "Agreed" } th scope="col" { "Looked after" } } }
                    tbody { @for somebody in &seen.people { (row(&title.one, somebody)) } }
                }
            }
        }
    }
}

fn row(title: &str, one: &Somebody) -> Markup {
    html! {
        tr {
            td.name data-label=(title) {
                (one.name)
                @if let Some(since) = one.since { br; span.small.soft { "from " (full_words(since)) } }
                @if let Some(until) = one.until { br; span.small.soft { "until " (full_words(until)) } }
            }
            td data-label="Agreed" {
                @match (one.agreed, one.remitted) {
                    (Some(agreed), _) => (agreed.words()),
                    (None, Some(time)) if time > Minutes(0) => { (time) " a year" },
                    (None, Some(_)) => span.soft { "none" },
                    (None, None) => span.soft { "not known" },
                }
            }
            td data-label="Looked after" { @if one.areas.is_empty() { span.soft { "–" } } @else { (one.areas.join(", ")) } }
        }
    }
}

/// Nobody has so many pages of hours in a year.
const LAST_PAGE: usize = 1000;

/// `GET /hours/years/{year}`.
///
/// # Errors
/// Not found for everybody but a practitioner, and for a year that is not over.
pub async fn own(visit: Visit, Path(year): Path<String>, Question(which): Question) -> Result<Markup, Problem> {
    let number: i16 = year.parse().map_err(|_| Problem::NotFound)?;
    let at = which.read("page").unwrap_or(1_usize).clamp(1, LAST_PAGE);
    let seen = past_years::own(&visit.desk, &visit.visitor.person, (number, at - 1)).await?;
    let words = year_words(number);
    Ok(page(
        &visit,
        (&format!("My hours in {words}"), Place::Hours),
        &html! {
            div.stack-l {
                div.stack-s {
                    p.small { a href="/hours" { "My hours" } }
                    h1 { "My hours in " (words) }
                    p.lede { (seen.used) " noted" @if let Some(agreed) = agreed(&seen) { ", of " (agreed) } ". It stays as it is, and it is yours alone." }
                }
                (terms(&seen))
                (entries(&seen))
                @if seen.earlier || at > 1 {
                    nav.row aria-label="Pages of the list" {
                        @if at > 1 { a.btn.ghost.small href={"/hours/years/" (number) "?page=" (at - 1)} { "Later" } }
                        @if seen.earlier { a.btn.ghost.small href={"/hours/years/" (number) "?page=" (at + 1)} { "Earlier" } }
                    }
                }
            }
        },
    ))
}

fn agreed(seen: &OwnYear) -> Option<String> {
    let time = seen.remitted.filter(|time| *time > Minutes(0)).map(|time| format!("{time} a year"));
    seen.agreed.map(|agreed| agreed.words()).or(time)
}

fn terms(seen: &OwnYear) -> Markup {
    html! {
        section.card.stack-s {
            h2 { "Term by term" }
            @if seen.terms.is_empty() { p.soft { "No terms are written down of that year." } }
            @else {
                table {
                    thead { tr { th scope="col" { "Term" } th.n scope="col" { "Planned" } th.n scope="col" { "Noted" } } }
                    tbody { @for (name, planned, noted) in &seen.terms { tr { td { (name) } td.n { (planned) } td.n { (noted) } } } }
                }
                p.small.soft { "Planned is what stood on the board when the term ended." }
            }
            @if !seen.purposes.is_empty() {
                table {
                    thead { tr { th scope="col" { "What it was for" } th.n scope="col" { "Noted" } } }
                    tbody { @for (purpose, time) in &seen.purposes { tr { td { (purpose.words()) } td.n { (time) } } } }
                }
            }
        }
    }
}

fn entries(seen: &OwnYear) -> Markup {
    html! {
        section.stack-s {
            h2 { "Entries" }
            @if seen.entries.is_empty() { div.empty { p { "Nothing was noted in that year." } } }
            @else {
                table.cards {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "With" } th scope="col" { "About" } th.n scope="col" { "Time" } } }
                    tbody {
                        @for entry in &seen.entries {
                            tr {
                                td data-label="Day" { (day_words(entry.day)) " " (entry.day.year()) }
                                td data-label="With" { (entry.with.as_deref().unwrap_or("–")) }
                                td data-label="About" { @if entry.themes.is_empty() { (entry.purposes.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ")) } @else { (entry.themes.join(", ")) } }
                                td.n data-label="Time" { (entry.minutes) }
                            }
                        }
                    }
                }
            }
        }
    }
}
