//! Keeping figures of the college and of areas: the programme lead brings in a file, enters one by hand, corrects and takes off,
//! and writes milestones down.

use actions::indicators::{self, Indicators, Line};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ids::AreaId;
use domain::indicators::{FigureRefused, Group, Indicator, Place as At, Shown};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, read_term, term_code};
use crate::pages::{indicator_file, kit, milestones};
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// Where indicators are kept.
pub const HOME: &str = "/programme/indicators";

/// The pages where indicators are kept.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programme/indicators", get(index).post(create))
        .route("/programme/indicators/removal", post(destroy))
        .merge(indicator_file::routes())
        .merge(milestones::routes())
}

/// `GET /programme/indicators`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

/// The page, with what is wrong and what was typed.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = indicators::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/programme" { "Programme" } }
                h1 { "Indicators" }
                p.lede { "Figures of the college and its areas that the programme may have to do with. Never of a person." }
                p { a href="/evidence/indicators" { "Read them, term by term" } " · as senior leaders do" }
                p.small.soft { "What is about staff is held for the whole college only, of ten or more, and shown as a range: five numbers or more stay possible. A figure that changes while the programme runs does not change because of it." }
            }
            div.cols.half.figure-forms { (indicator_file::form(visit, typed.wrong)) (form(visit, &seen, typed)) }
            (milestones::section(visit, &seen.milestones, typed))
            @if seen.lines.is_empty() { div.empty { p { "Nothing is entered yet. Begin with one figure of the term before, such as attendance." } } }
            @for (indicator, lines) in &seen.lines { (of_one(visit, *indicator, lines)) }
        }
    };
    Ok((status, page(visit, ("Indicators", Place::Programme), &body)).into_response())
}

/// One indicator with its figures, each drawn against the same whole; those of areas and groups are folded away.
fn of_one(visit: &Visit, indicator: Indicator, lines: &[Line]) -> Markup {
    let (college, parts): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| line.place.area.is_none() && line.place.group.is_none());
    html! {
        section.card.stack aria-labelledby=(indicator.code()) {
            div.stack-s {
                h2 id=(indicator.code()) { (indicator.words()) }
                p.small.soft { (indicator.definition()) }
            }
            @if !college.is_empty() { (table(visit, indicator, &college)) }
            @if !parts.is_empty() {
                details.more { summary { "Of areas and groups: " (parts.len()) } (table(visit, indicator, &parts)) }
            }
        }
    }
}

/// "Whole college", "Health & Care, women".
fn whose(line: &Line) -> String {
    let area = line.area.as_deref().unwrap_or("Whole college");
    line.place.group.map_or_else(|| area.to_owned(), |group| format!("{area}, {}", group.words().to_lowercase()))
}

fn table(visit: &Visit, indicator: Indicator, lines: &[&Line]) -> Markup {
    html! {
        table.cards {
            thead { tr { th scope="col" { "Term" } th scope="col" { "Where" } th scope="col" { "Figure" } th scope="col" { span.visually-hidden { "Drawn from 0 to 100 per cent" } } th scope="col" { span.visually-hidden { "Change" } } } }
            tbody {
                @for line in lines {
                    @let place = whose(line);
                    tr {
                        td.name data-label="Term" { (line.term) }
                        td data-label="Where" { (place) }
                        td data-label="Figure" { (line.shown.words()) }
                        td data-label="Drawn" { (drawn(&line.shown)) }
                        td { @if line.open { form method="post" action="/programme/indicators/removal" {
                            (kit::csrf(visit)) (hidden(&line.place))
                            button.btn.quiet.small type="submit" aria-label={"Take off " (indicator.words()) ", " (line.term) ", " (place)} { "Take off" }
                        } } @else { span.small.soft { "stands" } } }
                    }
                }
            }
        }
    }
}

/// From nothing to everything, with what is known of the figure in it: a range as a range.
fn drawn(figure: &Shown) -> Markup {
    let (low, high) = figure.per_cent();
    let from = (low * 2).saturating_sub(if low == high { 2 } else { 0 });
    let width = if low == high { 4 } else { (high - low) * 2 };
    html! {
        svg.bar-svg.planned viewBox="0 0 204 20" preserveAspectRatio="none" aria-hidden="true" {
            rect.free x="0" y="3" width="204" height="14" {}
            rect.p1 x=(from) y="3" width=(width) height="14" {}
        }
    }
}

fn hidden(place: &At) -> Markup {
    html! {
        input type="hidden" name="indicator" value=(place.indicator.code());
        input type="hidden" name="term" value=(term_code(place.term));
        input type="hidden" name="area" value=(place.area.map(|area| area.to_string()).unwrap_or_default());
        input type="hidden" name="group" value=(place.group.map(Group::code).unwrap_or_default());
    }
}

fn form(visit: &Visit, seen: &Indicators, typed: Typed<'_>) -> Markup {
    let first = |words: &str| (String::new(), words.to_owned());
    let all = Indicator::ALL.iter().map(|one| (one.code().to_owned(), one.words().to_owned()));
    let all: Vec<_> = [first("Choose …")].into_iter().chain(all).collect();
    let terms: Vec<_> = seen.terms.iter().map(|over| (term_code(over.term), over.words.clone())).collect();
    let areas = seen.areas.iter().map(|(id, name)| (id.to_string(), name.clone()));
    let areas: Vec<_> = [first("The whole college")].into_iter().chain(areas).collect();
    let groups = Group::ALL.iter().map(|one| (one.code().to_owned(), one.words().to_owned()));
    let groups: Vec<_> = [first("Everybody")].into_iter().chain(groups).collect();
    html! {
        form.card.stack #figure method="post" action="/programme/indicators" novalidate {
            (kit::csrf(visit))
            h2 { "Enter a figure" }
            @if seen.terms.is_empty() { p { "Once a term is over, its figures can be entered here." } }
            @else {
                (typed.select("figure", ("indicator", "What is counted"), (&all, "")))
                (typed.select("figure", ("term", "Term"), (&terms, "")))
                (typed.select("figure", ("area", "Where"), (&areas, "")))
                (typed.select("figure", ("group", "Group of learners"), (&groups, "")))
                div.row {
                    (typed.number("figure", ("counted", "So many", ""), ""))
                    (typed.number("figure", ("total", "of", ""), ""))
                }
                p.small.soft { "Enter it again to correct it. What is about staff can be corrected today; from tomorrow on it stands." }
                button.btn.ghost type="submit" { "Enter it" }
            }
        }
    }
}

fn place(fields: &Fields) -> Result<At, FigureRefused> {
    let indicator = Indicator::from_code(fields.one("indicator")).ok_or(FigureRefused::Indicator)?;
    let term = read_term(fields.one("term"));
    let area: Option<AreaId> = if fields.one("area").is_empty() { None } else { fields.read("area") };
    let group = match fields.one("group") {
        "" => None,
        group => Some(Group::from_code(group).ok_or(FigureRefused::Group)?),
    };
    Ok(At { indicator, term: term.ok_or(FigureRefused::Term)?, area, group })
}

/// At which field a refusal belongs.
fn field(refused: &FigureRefused) -> &'static str {
    match refused {
        FigureRefused::Indicator | FigureRefused::Stands => "indicator",
        FigureRefused::Term => "term",
        FigureRefused::WholeCollege => "area",
        FigureRefused::Group => "group",
        FigureRefused::Few => "total",
        FigureRefused::Number | FigureRefused::More => "counted",
    }
}

async fn refused(sent: &Sent, why: FigureRefused) -> Result<Response, Problem> {
    let wrong = [(field(&why), why.to_string())];
    let typed = Typed { wrong: &wrong, form: "figure", fields: &sent.fields };
    shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

/// `POST /programme/indicators`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    // Whoever may not do this learns nothing of the form.
    indicators::see(&visit.desk, &visit.visitor.person).await?;
    let number = |name: &str| fields.read::<i64>(name).unwrap_or(-1);
    let counts = Some((number("counted"), number("total")));
    let place = match place(fields) {
        Ok(place) => place,
        Err(why) => return refused(&sent, why).await,
    };
    match indicators::set(&visit.desk, visit.visitor.person.id, (place, counts)).await {
        Ok(()) => Ok(on_to("/programme/indicators", "saved")),
        Err(stop) => refused(&sent, Problem::refusal(stop)?).await,
    }
}

/// `POST /programme/indicators/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let Ok(place) = place(&sent.fields) else { return Err(Problem::NotFound) };
    match indicators::set(&visit.desk, visit.visitor.person.id, (place, None)).await {
        Ok(()) => Ok(on_to("/programme/indicators", "removed")),
        Err(stop) => refused(&sent, Problem::refusal(stop)?).await,
    }
}
