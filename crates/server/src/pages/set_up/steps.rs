//! The short steps: which college, the role and the model, sites and areas.

use actions::set_up::Answer;
use axum::response::Response;
use domain::programme::Model;
use domain::set_up::{CollegeStep, Draft, PlacesStep, RoleStep, Step};
use domain::text::capital;
use maud::{Markup, html};

use super::{At, at, csrf, draft, parts, refused, save, saved, step_page};
use crate::error::Problem;
use crate::first_run::{Sent, Visit};
use crate::pages::kit;

fn college_page((visit, draft): (&Visit, &Draft), (name, ukprn): (&str, &str), wrong: At<'_>) -> Markup {
    let body = html! {
        form.card.stack method="post" action="/begin/college" {
            (csrf(&visit.first))
            (parts::line(wrong, ("name", "Name of your college", "As colleagues know it."), name))
            (parts::line(wrong, ("ukprn", "UKPRN, if you have it at hand", "Eight digits, from the UK Register of Learning Providers. It can stay empty."), ukprn))
            (save(Step::College))
        }
    };
    step_page(draft, Step::College, wrong, &body)
}

/// `GET /begin/college`.
///
/// # Errors
/// A fault.
pub async fn college(visit: Visit) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    let (name, ukprn) = draft.college.clone().map(|step| (step.name, step.ukprn)).unwrap_or_default();
    Ok(college_page((&visit, &draft), (&name, &ukprn.unwrap_or_default()), &[]))
}

/// `POST /begin/college`.
///
/// # Errors
/// A fault.
pub async fn update_college(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let typed = (fields.one("name"), fields.one("ukprn"));
    match CollegeStep::read(typed.0, typed.1) {
        Ok(step) => saved(&visit, Answer::College(step)).await,
        Err(wrong) => Ok(refused(college_page((&visit, &draft(&visit).await?), typed, &at(&wrong)))),
    }
}

fn role_page((visit, draft): (&Visit, &Draft), (one, many, model): (&str, &str, &str), wrong: At<'_>) -> Markup {
    let bad = kit::is_wrong(wrong, "model");
    let titles = [
        "Professional Tutor",
        "Quality Practitioner",
        "Learning Improvement Facilitator",
        "Teaching Skills Coach",
        "Advanced Practitioner",
    ];
    let body = html! {
        form.card.stack method="post" action="/begin/role" {
            (csrf(&visit.first))
            p.soft { "The experienced teachers with hours set aside have a title at every college. Yours stands on every page." }
            (parts::line(wrong, ("one", "What you call one of them", &format!("Such as {}.", titles.join(", "))), one))
            (parts::line(wrong, ("many", "And several of them", "Left empty, the usual plural is taken."), many))
            fieldset.field.bad[bad] {
                legend.f { "How your college uses the role" }
                (kit::error_at(wrong, "model"))
                div.stack-s #model {
                    @for each in Model::ALL {
                        label.check {
                            input type="radio" name="model" value=(each.code()) checked[model == each.code()];
                            span { strong { (capital(each.words())) } " " span.soft { (each.meaning()) } }
                        }
                    }
                }
            }
            (save(Step::Role))
        }
    };
    step_page(draft, Step::Role, wrong, &body)
}

/// `GET /begin/role`.
///
/// # Errors
/// A fault.
pub async fn role(visit: Visit) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    let proposed = || ("Advanced Practitioner".to_owned(), String::new(), String::new());
    let (one, many, model) = draft.role.clone().map_or_else(proposed, |step| (step.one, step.many, step.model));
    Ok(role_page((&visit, &draft), (&one, &many, &model), &[]))
}

/// `POST /begin/role`.
///
/// # Errors
/// A fault.
pub async fn update_role(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let typed = (fields.one("one"), fields.one("many"), fields.one("model"));
    match RoleStep::read(typed.0, typed.1, typed.2) {
        Ok(step) => saved(&visit, Answer::Role(step)).await,
        Err(wrong) => Ok(refused(role_page((&visit, &draft(&visit).await?), typed, &at(&wrong)))),
    }
}

fn places_page((visit, draft): (&Visit, &Draft), (sites, areas): (&str, &str), wrong: At<'_>) -> Markup {
    let from_file = draft.staff.as_ref().map(|step| &step.staff);
    let body = html! {
        form.card.stack method="post" action="/begin/places" {
            (csrf(&visit.first))
            @if let Some(staff) = from_file {
                p.soft { "Your staff file already brings " (counted("site", &staff.sites)) ", and " (counted("area", &staff.areas)) ". Add what is missing there, or go on." }
            } @else {
                p.soft { "A staff file brings its sites and areas along. Write here those that it will not have." }
            }
            (parts::lines(wrong, ("sites", "More sites, one a line", "A site is a campus, such as Harbour Road."), sites))
            (parts::lines(wrong, ("areas", "More areas, one a line", "An area is a curriculum area, such as Health and Care."), areas))
            (save(Step::Places))
        }
    };
    step_page(draft, Step::Places, wrong, &body)
}

/// "2 sites (Harbour Road, Quayside)".
fn counted(word: &str, names: &[String]) -> String {
    match names {
        [] => format!("no {word}"),
        [one] => format!("1 {word} ({one})"),
        many => format!("{} {word}s ({})", many.len(), many.join(", ")),
    }
}

/// `GET /begin/places`.
///
/// # Errors
/// A fault.
pub async fn places(visit: Visit) -> Result<Markup, Problem> {
    let draft = draft(&visit).await?;
    let step = draft.places.clone().unwrap_or_default();
    Ok(places_page((&visit, &draft), (&step.sites.join("\n"), &step.areas.join("\n")), &[]))
}

/// `POST /begin/places`.
///
/// # Errors
/// A fault.
pub async fn update_places(Sent { visit, fields }: Sent) -> Result<Response, Problem> {
    let typed = (fields.one("sites"), fields.one("areas"));
    match PlacesStep::read(typed.0, typed.1) {
        Ok(step) => saved(&visit, Answer::Places(step)).await,
        Err(wrong) => Ok(refused(places_page((&visit, &draft(&visit).await?), typed, &at(&wrong)))),
    }
}
