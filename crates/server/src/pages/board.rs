//! The lead's board (sketch `programme.png`, operational half).

use actions::board::{self, Board, Waiting};
use actions::programme;
use axum::response::Response;
use domain::board::Alert;
use domain::hours::TermHours;
use domain::period::day_words;
use domain::programme::Model;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::layout::{Place, page};
use crate::pages::{evidence, kit, reviews, testimony};
use crate::visit::{Visit, on_to};

/// `GET /programme`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    let board = board::see(&visit.desk, &visit.visitor.person).await?;
    let review = reviews::line(&visit).await?;
    let lapses = testimony::note(&visit).await?;
    let news = evidence::news(&visit).await?;
    let programme = &visit.desk.frame.programme;
    let calendar = &visit.desk.frame.calendar;
    let heading = board.week.map_or_else(|| "Programme".to_owned(), |week| calendar.week_words(week));
    Ok(page(
        &visit,
        ("Programme", Place::Programme),
        &html! {
            div.stack-l {
                div.between {
                  div.stack-s {
                    h1 { (heading) }
                    p.soft {
                        (board.rows.len()) " " @if board.rows.len() == 1 { (programme.title.one) } @else { (programme.title.many) } " · " a href="/model" { (programme.facts.model.words()) " model" }
                        @if let Some(week) = board.week { " · as of " (day_words(week)) ", worked out anew each Monday" }
                    }
                  }
                  a.btn.ghost href="/programme/frame" { "The frame of the role" }
                }
                p {
                    a href="/programme/planner" { "The planner" } " · " a href="/programme/allocation" { "Allocation" } " · " a href="/programme/cover" { "Cover" } " · "
                    a href="/programme/year" { "Terms and holidays" } " · " a href="/programme/years" { "The years" } " · " a href="/inductions" { "Inductions" } " · "
                    a href="/programme/safeguarding" { "When somebody is at risk" } " · "
                    a href="/programme/duties" { "Work outside the role" } " · " a href="/programme/indicators" { "Indicators" } " · "
                    a href="/programme/survey" { "What staff say" }
                }
                (news)
                (review)
                (lapses)
                (hours(&visit, &board))
                (look(&board))
                div.cols.half { (uncovered(&board)) (in_line(&board)) }
                (asking(&visit))
                p.small.soft { "Nothing here counts or names people who ask, except the waiting requests above, without name, area or theme. Requests of practitioners themselves are left out." }
            }
        },
    ))
}

fn free(hours: &TermHours) -> domain::minutes::Minutes {
    (hours.plan - hours.used - hours.booked).or_none()
}

fn hours(visit: &Visit, board: &Board) -> Markup {
    let title = &visit.desk.frame.programme.title.one;
    html! {
        section.card.stack-s {
            h2 { "Remitted hours and waiting requests" }
            @if board.rows.is_empty() {
                div.empty { p { "Once practitioners are in the staff file, their hours will be here." } }
            } @else {
                p.legend { span.used { "used" } " " span.booked { "booked" } " " span.free { "free" } }
                table.cards {
                    thead { tr {
                        th scope="col" { (title) }
                        th scope="col" { "Used, booked, free" }
                        th.n scope="col" { "Plan" }
                        th.n scope="col" { "Forecast" }
                        th scope="col" { "Waiting for a first answer" }
                    } }
                    tbody {
                        @for row in &board.rows {
                            @let words = format!("{} used, {} booked, {} free", row.hours.used.rounded(), row.hours.booked.rounded(), free(&row.hours).rounded());
                            tr {
                                td data-label=(title) { a href={"/programme/practitioners/" (row.person)} { (row.name) } }
                                td data-label="Used, booked, free" { (kit::hours_bar(&row.hours, &words)) span.small.soft { (words) } }
                                td.n data-label="Plan" { (row.hours.plan.rounded()) }
                                td.n.over[row.hours.forecast > row.hours.plan] data-label="Forecast" { (row.hours.forecast.rounded()) @if row.hours.forecast > row.hours.plan { span.visually-hidden { " more than planned" } } }
                                td data-label="Waiting" { (waiting(row.waiting)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn waiting(waiting: Waiting) -> String {
    match waiting {
        Waiting::Exactly(0, _) => "none".to_owned(),
        Waiting::Exactly(count, 0) => format!("{count}, new"),
        Waiting::Exactly(count, 1) => format!("{count}, longest 1 working day"),
        Waiting::Exactly(count, days) => format!("{count}, longest {days} working days"),
        Waiting::About(roughly) => roughly.words().to_owned(),
    }
}

/// What there is to see, each with one remedy that moves nobody (R-BRD-6).
fn alerts(all: &[Alert]) -> Markup {
    html! {
        ul.plain.stack-s {
            @for alert in all {
                li {
                    (alert.says()) br;
                    span.small.soft {
                        @match alert {
                            Alert::NewInTheRole { person, .. } => a href={"/inductions/new?kind=new-practitioner&who=" (person)} { (alert.remedy()) },
                            Alert::NewYear { .. } => a href="/programme/new-year" { (alert.remedy()) },
                            Alert::Unaccompanied { .. } => a href="/inductions" { (alert.remedy()) },
                            _ => (alert.remedy()),
                        }
                    }
                }
            }
        }
    }
}

fn look(board: &Board) -> Markup {
    html! {
        @if !board.alerts.is_empty() {
            section.card.stack-s {
                h2 { "Worth a look" }
                (alerts(&board.alerts))
            }
        }
    }
}

fn uncovered(board: &Board) -> Markup {
    html! {
        section.card.stack-s {
            h2 { "Areas that nobody looks after" }
            @if board.uncovered.is_empty() { p { "Every area has a practitioner." } }
            @else { (alerts(&board.uncovered)) }
        }
    }
}

fn in_line(board: &Board) -> Markup {
    html! {
        section.card.stack-s {
            h2 { "Conflicts in the organisation chart" }
            @if board.in_line.is_empty() { p { "No practitioner manages or appraises a teacher." } }
            @else { (alerts(&board.in_line)) p.small.soft { "Read from the chart alone." } }
        }
    }
}

fn asking(visit: &Visit) -> Markup {
    let facts = &visit.desk.frame.programme.facts;
    html! {
        @if facts.model == Model::Deficit {
            form.card.stack-s method="post" action="/programme/asking" {
                (kit::csrf(visit))
                h2 { "Asking by teachers themselves" }
                div.note { p { "Under the deficit model support goes to those found wanting. Research on 19 providers in 2017 found that this does not work: people stay away. Opening it lets every teacher ask." } }
                @if !facts.asking_opened { input type="hidden" name="open" value="yes"; }
                p { "At the moment it is " strong { @if facts.asking_opened { "open" } @else { "closed" } } "." }
                button.btn.ghost type="submit" { @if facts.asking_opened { "Close it" } @else { "Open it" } }
            }
        }
    }
}

/// `POST /programme/asking`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update_asking(sent: Sent) -> Result<Response, Problem> {
    programme::set_asking(&sent.visit.desk, sent.visit.visitor.person.id, sent.fields.ticked("open")).await?;
    Ok(on_to("/programme", "asking"))
}
