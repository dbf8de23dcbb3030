//! The planner: what a year asks of each practitioner against the hours given for it.

use actions::planner::{self, Planner, Row};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::minutes::Minutes;
use domain::pattern::CarryState;
use domain::period::day_words;
use domain::planner::{Assumptions, Part, PlannerRefused};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, hours, legend, parts_words, read_hours, read_whole, stacked};
use crate::visit::{Visit, on_to};

/// `GET /programme/planner`, with `?year=next` for the next one.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn show(visit: Visit, Question(which): Question) -> Result<Response, Problem> {
    let next = which.one("year") == "next";
    shown(&visit, (StatusCode::OK, next), Typed { wrong: &[], form: "", fields: &Fields::default() }).await
}

/// The page, with what is wrong and what was typed.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn shown(visit: &Visit, (status, next): (StatusCode, bool), typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = planner::see(&visit.desk, &visit.visitor.person, next).await?;
    let whole = seen.rows.iter().map(|row| row.asked.total().max(row.asked.given)).max().unwrap_or_default();
    let title = &visit.desk.frame.programme.title;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/programme" { "Programme" } }
                h1 { "The planner, " (year_words(seen.year)) }
                p.lede { "What the year asks of each " (title.one) ", against the hours given for it. It only tells: nobody is moved by it." }
                p {
                    @if next { a href="/programme/planner" { "This year" } " · " }
                    @else if seen.has_next { a href="/programme/planner?year=next" { "Next year" } " · " }
                    a href="/programme/cover" { "Cover" } " · " a href="/programme/frame" { "Hours and areas" } " · " a href="/programme/allocation" { "Allocation" }
                }
            }
            (verdict(&seen))
            section.card.stack #years {
                h2 { "Asked and given" }
                @if seen.rows.is_empty() { div.empty { p { "Once somebody is a " (title.one) ", their year will be drawn here." } a.btn href="/programme/frame" { "Name the first one" } } }
                @else {
                    (legend(true))
                    @for row in &seen.rows { (year_of(row, &seen.assumed, whole)) }
                    (table(&seen))
                }
            }
            (to_answer(visit, &seen, typed.wrong))
            (assumptions(visit, &seen, typed))
        }
    };
    Ok((status, page(visit, ("The planner", Place::Programme), &body)).into_response())
}

/// "2026/27".
pub fn year_words(year: i16) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
}

/// The one answer of the page: whose year does not fit.
fn verdict(seen: &Planner) -> Markup {
    let over: Vec<&str> =
        seen.rows.iter().filter(|row| row.asked.over().is_some()).map(|row| row.name.as_str()).collect();
    html! {
        @match (seen.rows.is_empty(), over.as_slice()) {
            (true, _) => {},
            (_, []) => div.note { p { strong { "Every year fits." } " What is asked is within the hours given." } },
            (_, [one]) => div.note.act { p { strong { "One year does not fit: " (one) "." } " Below stands what would make it fit." } },
            (_, several) => div.note.act { p { strong { (several.len()) " years do not fit: " (several.join(", ")) "." } " Below stands what would make each fit." } },
        }
    }
}

fn year_of(row: &Row, assumed: &Assumptions, whole: Minutes) -> Markup {
    let says = row.asked.says(&row.name);
    let label = format!("{says} {}", parts_words(&row.asked));
    html! {
        div.stack-s {
            h3 { a href={"/programme/practitioners/" (row.person) "/time"} { (row.name) } }
            p { (says) @if row.asked.given.0 <= 0 { " No hours are entered yet." } }
            (stacked(&row.asked.parts, (whole, Some(row.asked.given)), &label))
            @let remedies = row.asked.remedies(assumed);
            @if !remedies.is_empty() {
                p.small { "Any one of these would make it fit:" }
                ul.small { @for remedy in &remedies { li { (remedy.words(kit::first(&row.name), &row.asked)) } } }
                p.small { a href={"/programme/practitioners/" (row.person) "#remission"} { "Change hours or areas of " (row.name) } " once you have agreed it." }
            }
            @if let Some(said) = &row.balance {
                div.note { p { strong { (kit::first(&row.name)) " says of home and outreach, " (day_words(said.day)) ": " } "“" (said.sentence) "”" } }
            }
        }
    }
}

fn table(seen: &Planner) -> Markup {
    html! {
        details.more {
            summary { "The same as a table" }
            table.cards {
                thead { tr { th scope="col" { "Who" } @for part in Part::ALL { th.n scope="col" { (part.words()) } } th.n scope="col" { "Asked" } th.n scope="col" { "Given" } } }
                tbody {
                    @for row in &seen.rows {
                        tr {
                            td.name data-label="Who" { (row.name) }
                            @for (part, time) in &row.asked.parts { td.n data-label=(part.words()) { (time) } }
                            td.n data-label="Asked" { (row.asked.total()) }
                            td.n data-label="Given" { (row.asked.given) }
                        }
                    }
                }
            }
        }
    }
}

/// What practitioners would like to carry over, until it is answered (R-TIM-8).
fn to_answer(visit: &Visit, seen: &Planner, wrong: &[(&str, String)]) -> Markup {
    let proposed: Vec<&Row> =
        seen.rows.iter().filter(|row| row.carry.is_some_and(|one| one.state == CarryState::Proposed)).collect();
    html! {
        @if !proposed.is_empty() {
            section.card.stack #carried {
                h2 { "Hours of " (year_words(seen.year - 1)) " to be carried over" }
                (kit::error_at(wrong, "carried"))
                @for row in proposed {
                    form.between method="post" action={"/programme/practitioners/" (row.person) "/carry"} {
                        (kit::csrf(visit))
                        p { (row.name) " would like to carry " @if let Some(carry) = row.carry { (carry.time) } " into this year." }
                        div.row {
                            button.btn.small type="submit" name="agree" value="yes" aria-label={"Agree with " (row.name)} { "Agree" }
                            button.btn.ghost.small type="submit" name="agree" value="" aria-label={"Do not agree with " (row.name)} { "Do not agree" }
                        }
                    }
                }
            }
        }
    }
}

fn assumptions(visit: &Visit, seen: &Planner, typed: Typed<'_>) -> Markup {
    let so = &seen.assumed;
    let number = |id: &str, label: &str, hint: &str, so: String| typed.number("planner", (id, label, hint), &so);
    html! {
        form.card.stack #planner method="post" action="/programme/planner" novalidate {
            (kit::csrf(visit))
            div.stack-s {
                h2 { "What is assumed" }
                p.small.soft {
                    "For everybody alike, and yours to change. " @if !seen.is_set { "These are proposals; they count as shown until you save others. " }
                    "The year has " (seen.length.terms) " terms and " (seen.length.weeks) " teaching weeks. Staff of an area are those who teach there by the staff list; an area that several look after is shared among them."
                }
            }
            div.cols.half {
                fieldset.stack-s {
                    legend.f { "Support" }
                    (number("asking", "Of a hundred staff in an area, so many want support", "", so.asking.to_string()))
                    (number("each", "Hours for each of them", "", hours(so.each)))
                    p.small { "Required support: at most " (so.required) " % of the hours. " a href="/programme/frame" { "The frame of the role" } " sets it." }
                }
                fieldset.stack-s {
                    legend.f { "Sessions" }
                    p.small { "In each area and term at least " (so.sessions) ". " a href="/communities" { "The communities" } " have it." }
                    (number("session", "Minutes of one session", "", so.session.0.to_string()))
                    (number("preparation", "Minutes to prepare it", "", so.preparation.0.to_string()))
                }
                fieldset.stack-s {
                    legend.f { "The rest" }
                    (number("meeting", "Minutes of team meetings a week", "", so.meeting.0.to_string()))
                    (number("induction", "Hours of one induction", "", hours(so.induction)))
                    (number("priority", "Hours a year for a priority one leads on", "", hours(so.priority)))
                }
                fieldset.stack-s {
                    legend.f { "From year to year" }
                    (number("carry", "At most so many hours are carried over", "What a year left can be proposed and agreed up to here. With 0, nothing is carried over.", hours(so.carry)))
                }
            }
            button.btn type="submit" { "Work it out with these" }
        }
    }
}

/// `POST /programme/planner`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let fields = &sent.fields;
    let minutes = |name: &str| Minutes(read_whole(fields, name));
    let assumed = Assumptions {
        asking: read_whole(fields, "asking"),
        each: read_hours(fields, "each"),
        session: minutes("session"),
        preparation: minutes("preparation"),
        induction: read_hours(fields, "induction"),
        meeting: minutes("meeting"),
        priority: read_hours(fields, "priority"),
        carry: read_hours(fields, "carry"),
        ..Assumptions::default()
    };
    match planner::set(&sent.visit.desk, sent.visit.visitor.person.id, &assumed).await {
        Ok(()) => Ok(on_to("/programme/planner", "worked-out")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(refused), refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "planner", fields };
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, false), typed).await
        }
    }
}

/// At which field a refusal belongs.
pub const fn field(refused: PlannerRefused) -> &'static str {
    match refused {
        PlannerRefused::Asking => "asking",
        PlannerRefused::Each => "each",
        PlannerRefused::Session => "session",
        PlannerRefused::Preparation => "preparation",
        PlannerRefused::Induction => "induction",
        PlannerRefused::Meeting => "meeting",
        PlannerRefused::Priority => "priority",
        PlannerRefused::Carry => "carry",
        PlannerRefused::Trips => "trips",
        PlannerRefused::Trip => "trip",
        PlannerRefused::Inductions => "inductions",
        PlannerRefused::Outreach => "outreach",
    }
}
