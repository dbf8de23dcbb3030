//! Milestones: days beside which figures are read, written down by the programme lead (R-FIG-12).

use actions::milestones;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ids::MilestoneId;
use domain::milestones::{Kind, LONGEST, Milestone, MilestoneRefused};
use domain::period::date_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::indicators::{HOME, shown};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// Writing milestones down, changing and removing them.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programme/indicators/milestones", post(create))
        .route("/programme/indicators/milestones/{milestone}", get(edit).post(update))
        .route("/programme/indicators/milestones/{milestone}/removal", post(destroy))
}

/// Every milestone, and a form for one more.
pub fn section(visit: &Visit, all: &[Milestone], typed: Typed<'_>) -> Markup {
    html! {
        section.card.stack aria-labelledby="milestones" {
            div.stack-s {
                h2 #milestones { "Milestones" }
                p { "Days that stand above every picture, so that whoever reads a line knows what happened meanwhile. The model and the first release are there by themselves." }
            }
            @if !all.is_empty() {
                table.cards {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "What happened" } th scope="col" { span.visually-hidden { "Change" } } } }
                    tbody {
                        @for one in all {
                            tr {
                                td.name data-label="Day" { (date_words(one.day)) }
                                td data-label="What happened" { (one.words) br; span.small.soft { (one.kind.words()) } }
                                td { a.btn.quiet.small href={(HOME) "/milestones/" (one.id)} aria-label={"Change " (one.words)} { "Change" } }
                            }
                        }
                    }
                }
            }
            form.stack method="post" action={(HOME) "/milestones"} novalidate {
                (kit::csrf(visit))
                h3 { "Write one down" }
                (fields(typed, None))
                button.btn.ghost type="submit" { "Write it down" }
            }
        }
    }
}

fn fields(typed: Typed<'_>, one: Option<&Milestone>) -> Markup {
    let kinds = Kind::ALL.iter().map(|kind| (kind.code().to_owned(), kind.words().to_owned()));
    let kinds: Vec<_> = [(String::new(), "Choose …".to_owned())].into_iter().chain(kinds).collect();
    let bad = kit::is_wrong(typed.wrong, "milestone");
    let words = typed.kept("milestone", "milestone", one.map_or("", |one| one.words.as_str()));
    html! {
        div.row {
            (typed.input("milestone", ("day", "Day", ""), ("date", &one.map(|one| one.day.to_string()).unwrap_or_default())))
            (typed.select("milestone", ("kind", "What kind of day"), (&kinds, one.map_or("", |one| one.kind.code()))))
        }
        div.field.bad[bad] {
            label.f for="milestone" { "What happened" }
            p.hint #milestone-hint { "In up to " (LONGEST) " characters, such as “Practitioners began” or “New timetable”; of an inspection, what it said of the college. No names: senior leaders read it." }
            (kit::error_at(typed.wrong, "milestone"))
            input #milestone name="milestone" value=(words) autocomplete="off" aria-describedby="milestone-hint" aria-invalid=[bad.then_some("true")];
        }
    }
}

fn typed(fields: &Fields) -> milestones::Typed<'_> {
    let kind = Kind::from_code(fields.one("kind"));
    milestones::Typed { day: fields.read("day"), kind, words: fields.one("milestone") }
}

/// At which field a refusal belongs.
const fn field(refused: &MilestoneRefused) -> &'static str {
    match refused {
        MilestoneRefused::Day | MilestoneRefused::Ahead | MilestoneRefused::Long => "day",
        MilestoneRefused::Kind => "kind",
        MilestoneRefused::None | MilestoneRefused::Words(_) | MilestoneRefused::Many | MilestoneRefused::Gone => {
            "milestone"
        }
    }
}

/// `POST /programme/indicators/milestones`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    match milestones::keep(&visit.desk, visit.visitor.person.id, (None, typed(&sent.fields))).await {
        Ok(()) => Ok(on_to(HOME, "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let wrong = [(field(&why), why.to_string())];
            let typed = Typed { wrong: &wrong, form: "milestone", fields: &sent.fields };
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `GET /programme/indicators/milestones/{milestone}`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such milestone.
pub async fn edit(visit: Visit, Path(which): Path<String>) -> Result<Markup, Problem> {
    let one = found(&visit, id(&which)?).await?;
    Ok(view(&visit, &one, Typed { wrong: &[], form: "", fields: &Fields::default() }))
}

fn id(text: &str) -> Result<MilestoneId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn found(visit: &Visit, which: MilestoneId) -> Result<Milestone, Problem> {
    Ok(milestones::one(&visit.desk, &visit.visitor.person, which).await?)
}

fn view(visit: &Visit, one: &Milestone, typed: Typed<'_>) -> Markup {
    let body = html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                p.small { a href=(HOME) { "Indicators" } }
                h1 { "Change a milestone" }
            }
            form.card.stack method="post" action={(HOME) "/milestones/" (one.id)} novalidate {
                (kit::csrf(visit))
                (fields(typed, Some(one)))
                button.btn type="submit" { "Save" }
            }
            form method="post" action={(HOME) "/milestones/" (one.id) "/removal"} {
                (kit::csrf(visit))
                button.btn.quiet type="submit" { "Remove it" }
            }
        }
    };
    page(visit, ("Change a milestone", Place::Programme), &body)
}

/// `POST /programme/indicators/milestones/{milestone}`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such milestone.
pub async fn update(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (which, visit) = (id(&which)?, &sent.visit);
    let one = found(visit, which).await?;
    match milestones::keep(&visit.desk, visit.visitor.person.id, (Some(which), typed(&sent.fields))).await {
        Ok(()) => Ok(on_to(HOME, "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let wrong = [(field(&why), why.to_string())];
            let typed = Typed { wrong: &wrong, form: "milestone", fields: &sent.fields };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, view(visit, &one, typed)).into_response())
        }
    }
}

/// `POST /programme/indicators/milestones/{milestone}/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy(Path(which): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    match milestones::remove(&visit.desk, visit.visitor.person.id, id(&which)?).await {
        Ok(()) => Ok(on_to(HOME, "removed-for-good")),
        // Removed already: there is nothing left to do.
        Err(stop) => Problem::refusal(stop).map(|_| on_to(HOME, "removed-for-good")),
    }
}
