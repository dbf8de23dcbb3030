//! Everything at a glance, what is missing, and going live.

use actions::set_up::{self, GoLiveRefused};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use domain::people::Role;
use domain::programme::Model;
use domain::set_up::{Draft, Missing, Runner, Step};
use domain::text::capital;
use domain::year::{Day, Year, full_words};
use maud::{Markup, html};

use super::{At, csrf, draft, parts, refused, staff};
use crate::error::Problem;
use crate::first_run::{Sent, Visit};
use crate::pages::account::password;
use crate::pages::layout::bare;
use crate::pages::{kit, year_form};
use crate::visit::{OverHttps, session_cookie};

fn view(visit: &Visit, draft: &Draft, (who, wrong): (&str, At<'_>)) -> Markup {
    let missing = draft.missing();
    bare(
        "Look everything over",
        &html! {
            (kit::errors(wrong))
            (parts::steps(draft, None))
            h1 { "Look everything over" }
            @if !missing.is_empty() { (still_missing(&missing)) }
            (part(Step::College, &college(draft)))
            (part(Step::Role, &role(draft)))
            (part(Step::Year, &year(draft)))
            (part(Step::Staff, &staff_list(draft)))
            (part(Step::Places, &places(draft)))
            (part(Step::Practitioners, &practitioners(draft)))
            (part(Step::Runners, &runners(draft)))
            (notes(draft))
            @if missing.is_empty() { (live(visit, draft, (who, wrong))) }
        },
    )
}

fn still_missing(missing: &[Missing]) -> Markup {
    html! {
        div.note.act {
            p { strong { "Before your college can go live:" } }
            ul { @for one in missing { li { (one.sentence) " " a href={"/begin/" (one.step.code())} { (one.step.words()) } } } }
        }
    }
}

fn part(step: Step, body: &Markup) -> Markup {
    let id = format!("part-{}", step.code());
    html! {
        section.card.stack-s aria-labelledby=(id) {
            div.between {
                h2 id=(id) { (step.words()) }
                a href={"/begin/" (step.code())} aria-label={"Change: " (step.words())} { "Change" }
            }
            (body)
        }
    }
}

fn nothing() -> Markup {
    html! { p.soft { "Nothing yet." } }
}

fn college(draft: &Draft) -> Markup {
    html! {
        @if let Some(step) = &draft.college {
            p { strong { (step.name) } @if let Some(ukprn) = &step.ukprn { ", UKPRN " (ukprn) } }
        } @else { (nothing()) }
    }
}

fn role(draft: &Draft) -> Markup {
    html! {
        @if let Some(step) = &draft.role {
            p { strong { (step.one) } ", " (step.many) }
            p { (capital(step.model.parse::<Model>().map_or("", Model::words))) " model" }
        } @else { (nothing()) }
    }
}

fn year(draft: &Draft) -> Markup {
    html! {
        @if let Some(year) = &draft.year {
            p { (full_words(year.starts)) " to " (full_words(year.ends)) ", " (year.weeks().iter().sum::<u32>()) " weeks of teaching" }
            (year_form::weeks(year))
            (days_off(year))
            @if let Some(Day(day)) = year.census { p { "Census day: " (full_words(day)) } } @else { p.soft { "No census day." } }
        } @else { (nothing()) }
    }
}

fn days_off(year: &Year) -> Markup {
    html! {
        @if !year.holidays.is_empty() {
            details.more {
                summary { (year.holidays.len()) " times without teaching in term" }
                ul {
                    @for holiday in &year.holidays {
                        li { (full_words(holiday.starts)) @if holiday.ends != holiday.starts { " to " (full_words(holiday.ends)) } }
                    }
                }
            }
        }
    }
}

fn staff_list(draft: &Draft) -> Markup {
    html! {
        @if let Some(step) = &draft.staff { p { (staff::words(&step.staff)) ", from " (step.file) } }
        @else { p.soft { "No staff file." } }
    }
}

fn places(draft: &Draft) -> Markup {
    let people = draft.people();
    html! {
        @for (what, names) in [("Sites", &people.sites), ("Areas", &people.areas)] {
            @if names.is_empty() { p.soft { (what) ": none." } } @else { p { (what) ": " (names.join(", ")) } }
        }
    }
}

fn practitioners(draft: &Draft) -> Markup {
    let people = draft.people();
    let all: Vec<_> = people.people.iter().filter_map(|one| Some((one, one.practice.as_ref()?))).collect();
    html! {
        @if all.is_empty() { p.soft { "Nobody yet." } }
        @else { ul { @for (person, practice) in all { li { (person.name) ": " (practice.remitted) " of " (practice.caseload) " a year" } } } }
    }
}

fn names(all: &[Runner]) -> String {
    all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn runners(draft: &Draft) -> Markup {
    html! {
        @for (what, role) in [("Programme lead", Role::ProgrammeLead), ("Administrator", Role::Administrator)] {
            @let all = draft.holders(role);
            @if all.is_empty() { p.soft { (what) ": nobody yet." } } @else { p { (what) ": " (names(&all)) } }
        }
    }
}

fn notes(draft: &Draft) -> Markup {
    let notes = draft.notes();
    html! {
        @if !notes.is_empty() {
            div.note {
                p { strong { "Worth a look; nothing stands in the way:" } }
                ul { @for (step, sentence) in &notes { li { (sentence) " " a href={"/begin/" (step.code())} aria-label={(step.words()) ": " (sentence)} { (step.words()) } } } }
            }
        }
    }
}

/// Who may open the first account: leads and administrators, each once.
fn first_ones(draft: &Draft) -> Vec<Runner> {
    let mut all = draft.holders(Role::Administrator);
    for lead in draft.holders(Role::ProgrammeLead) {
        if !all.contains(&lead) {
            all.push(lead);
        }
    }
    all
}

fn live(visit: &Visit, draft: &Draft, (who, wrong): (&str, At<'_>)) -> Markup {
    let all = first_ones(draft);
    let bad = kit::is_wrong(wrong, "who");
    html! {
        form.card.stack method="post" action="/begin/live" {
            (csrf(&visit.first))
            h2 { "Go live" }
            p { "Your account is opened now, and you are signed in. Everybody else chooses a password with a link of their own, which only they get. These pages close for good; what they asked can be changed inside." }
            fieldset.field.bad[bad] {
                legend.f { "Who are you?" }
                (kit::error_at(wrong, "who"))
                div.stack-s #who {
                    @for one in &all {
                        label.check {
                            input type="radio" name="who" value=(one.email) checked[who == one.email || all.len() == 1];
                            span { strong { (one.name) } " " span.soft { (one.email) } }
                        }
                    }
                }
            }
            (password(wrong, "new", "Choose your password", "new-password"))
            (password(wrong, "again", "The same once more", "new-password"))
            button.btn type="submit" { "Go live" }
        }
    }
}

/// `GET /begin/review`.
///
/// # Errors
/// A fault.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    Ok(view(&visit, &draft(&visit).await?, ("", &[])))
}

/// `POST /begin/live`.
///
/// # Errors
/// A fault.
pub async fn create_live(https: OverHttps, Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let who = fields.one("who");
    let words = (who, fields.one("new").to_owned(), fields.one("again").to_owned());
    let inner = &visit.first.0;
    let now = draft(&visit).await?;
    let administers = now.holders(Role::Administrator).iter().any(|one| one.email == who);
    match set_up::go_live(&inner.yard, words, visit.first.now()).await {
        Ok(begun) => {
            visit.first.go_live().await?;
            let said = HeaderValue::from_static("said=live; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
            let cookies = AppendHeaders([(SET_COOKIE, session_cookie(&begun.token, &https)), (SET_COOKIE, said)]);
            Ok((cookies, Redirect::to(if administers { "/people" } else { "/programme" })).into_response())
        }
        Err(stop) => {
            let (field, sentence) = match Problem::refusal(stop)? {
                GoLiveRefused::Incomplete(_) => {
                    ("part-college", "Something is still missing: it is listed below.".to_owned())
                }
                no @ GoLiveRefused::Who => ("who", no.to_string()),
                GoLiveRefused::Account(no) => (crate::pages::account::field(&no), no.to_string()),
            };
            Ok(refused(view(&visit, &now, (who, &[(field, sentence)]))))
        }
    }
}
