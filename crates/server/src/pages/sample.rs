//! The sample college's clock, so that terms and waits can be seen. In a real college this page does not exist.

use actions::programme;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::period::time_words;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::routes::App;
use crate::visit::{Visit, on_to};

fn view(visit: &Visit, wrong: &[(&str, String)]) -> Result<Markup, Problem> {
    if !visit.desk.frame.programme.facts.sample {
        return Err(Problem::NotFound);
    }
    let calendar = &visit.desk.frame.calendar;
    Ok(page(
        visit,
        ("The sample clock", Place::None),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "The sample clock" }
                    p.lede { "In this sample college it is " strong { (time_words(calendar.local(visit.desk.now))) } ", " (calendar.week_words(visit.desk.today())) ". Move it on to see what time does: waits grow, weeks are worked out anew, meetings lie behind." }
                }
                form.row method="post" action="/sample/clock" {
                    (kit::csrf(visit))
                    button.btn type="submit" name="by" value="day" { "A day on" }
                    button.btn.ghost type="submit" name="by" value="week" { "A week on" }
                }
                form.card.stack method="post" action="/sample/clock" {
                    (kit::csrf(visit))
                    div.field.bad[kit::is_wrong(wrong, "to")] {
                        label.f for="to" { "To a day" }
                        (kit::error_at(wrong, "to"))
                        input #to type="date" name="to" min=(visit.desk.today());
                    }
                    button.btn.ghost type="submit" { "Move it there" }
                }
                p.small.soft { "The clock only moves on. Start the program with a fresh folder to begin again." }
            }
        },
    ))
}

/// `GET /sample`.
///
/// # Errors
/// Not found in a real college.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    view(&visit, &[])
}

/// `POST /sample/clock`.
///
/// # Errors
/// Not found in a real college.
pub async fn update_clock(State(app): State<App>, sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    const DAY: i64 = 24 * 3600;
    let by = match sent.fields.one("by") {
        "day" => Some(DAY),
        "week" => Some(7 * DAY),
        _ => sent.fields.read::<Date>("to").map(|day| i64::from((day - visit.desk.today()).get_days()) * DAY),
    };
    let sentence = match by {
        None => "Choose a day.".to_owned(),
        Some(by) => match programme::move_clock(&visit.desk, visit.visitor.person.id, by).await {
            Ok(()) => {
                // What is due at the new time is done before the next page is looked at.
                crate::jobs::due(&app).await?;
                return Ok(on_to("/sample", "clock"));
            }
            Err(stop) => Problem::refusal(stop)?.to_string(),
        },
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, view(visit, &[("to", sentence)])?).into_response())
}
