//! The survey of staff for those who answer: a ticket is taken under one's name, and the answer goes from a page where nobody is
//! known. Rules R-SUR-10 to R-SUR-12.

use actions::survey::{self, Open, Ticket};
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::SurveyId;
use domain::period::date_words;
use domain::survey::{Answer, Asked, Choice, Factor, MOST_FACTORS, Side, SurveyRefused};
use evidence::survey::Statement;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::layout::{Place, bare, page};
use crate::pages::session::machine;
use crate::pages::survey as overview;
use crate::routes::App;
use crate::visit::Visit;

/// Where answers are sent to: no log line and no figure tells of it.
pub const ANSWERS: &str = "/survey/answers";
/// More bytes than this are no answer.
const MOST_BYTES: usize = 8 * 1024;

/// Everything of the survey.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/programme/survey", get(overview::index).post(overview::create))
        .route("/programme/survey/cancellation", post(overview::destroy))
        .route("/survey", get(show))
        .route("/survey/ticket", post(create_ticket))
        .route(ANSWERS, get(form).post(create))
}

fn script() -> Markup {
    html! { @if let Some(script) = assets::by_name("survey.js") { script type="module" src=(script.path) integrity=(script.integrity) {} } }
}

/// The card on the first pages of teaching staff while a survey is open: the same for everybody, whoever has answered.
///
/// # Errors
/// A fault.
pub async fn card(visit: &Visit) -> Result<Markup, Problem> {
    let open = survey::is_open_for(&visit.desk, &visit.visitor.person).await?;
    Ok(html! {
        @if open {
            section.card.stack-s {
                h2 { "Say what it is like" }
                p { "A few statements and a question, without your name. It takes two minutes." }
                p { a.btn.ghost href="/survey" { "The survey" } }
            }
        }
    })
}

/// `GET /survey`.
///
/// # Errors
/// Not found for everybody who is not teaching staff.
pub async fn show(visit: Visit) -> Result<Markup, Problem> {
    let (open, taken) = survey::to_take(&visit.desk, &visit.visitor.person).await?;
    Ok(page(
        &visit,
        ("Say what it is like", Place::None),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "Say what it is like" }
                    p.lede { "What " (visit.desk.frame.programme.title.many) " have changed here, as those who teach see it." }
                }
                @if let Some(open) = &open { (ticket(&visit, open, taken)) (how()) }
                @else { div.empty { p { "No survey is open. When one is, everybody who teaches hears of it." } } }
            }
        },
    ))
}

fn ticket(visit: &Visit, open: &Open, taken: bool) -> Markup {
    html! {
        section.card.stack data-survey-take data-survey=(open.survey.id) data-key=(URL_SAFE_NO_PAD.encode(&open.modulus)) data-csrf=(visit.visitor.session.csrf) data-taken=(if taken { "yes" } else { "no" }) {
            h2 { "Your ticket" }
            p { "Open until " (date_words(open.survey.last)) "." }
            noscript { p { "This needs a script: without one the program could not keep your name away from your answer." } }
            div.stack-s data-state="take" hidden {
                p { "First you take a ticket. The program notes that you took one, and cannot see which." }
                div { button.btn type="button" data-take { "Take my ticket" } }
            }
            div.stack-s data-state="ready" hidden {
                p { "Your ticket lies in this browser. You answer on the next page, where the program does not know who you are." }
                div { a.btn href=(ANSWERS) { "Go on without my name" } }
            }
            div.stack-s data-state="waits" hidden {
                p { "An answer waits in this browser for its moment." }
                div { a.btn.ghost href=(ANSWERS) { "Look after it" } }
            }
            div.stack-s data-state="taken" hidden {
                p { "You have taken your ticket. If you have answered: thank you. If not, answer in the browser with which you took it. The program cannot tell which of the two it is." }
            }
            p role="status" {}
        }
        (script())
    }
}

fn how() -> Markup {
    html! {
        section.stack-s {
            h2 { "How your name stays away" }
            ul {
                li { "The ticket is signed blind: the program puts its name under something it cannot read. Later it knows its own name, and not whose ticket it is." }
                li { "With your answer the program keeps no time, no order and no address. It only adds to numbers, and deletes these when it has released what they say." }
                li { "Nobody sees a number while the survey is open. Afterwards the programme lead and senior leaders read ranges, never of fewer than ten answers." }
                li { "Reminders go to everybody alike, because nobody knows who has answered." }
            }
            p.small.soft { "One limit: whoever runs the machine could watch when something arrives, or change the program. You can let your answer leave at a random moment within a day." }
        }
    }
}

/// `GET /survey/answers`: without a session, so that nobody is known. Cookies are not read.
///
/// # Errors
/// A fault.
pub async fn form(State(app): State<App>) -> Result<Markup, Problem> {
    let desk = app.desk();
    let Some(open) = survey::to_answer(&desk).await? else { return Err(Problem::NotFound) };
    let until = desk.frame.calendar.instant(domain::period::days_after(open.survey.last, 1), 0);
    let until = until.map_or(desk.now, |until| until).as_second();
    let key = URL_SAFE_NO_PAD.encode(&open.modulus);
    let (title, name) = (&open.survey.title, &desk.frame.programme.name);
    Ok(bare(
        "Say what it is like",
        &html! {
            h1 { "Say what it is like" }
            p.soft { (name) " · You are not known on this page." }
            noscript { p { "This page needs a script." } }
            section.stack data-survey-answer data-survey=(open.survey.id) data-key=(key) data-until=(until) data-statements=(open.survey.asked.statements().join(" ")) {
                div.card.stack-s data-state="none" hidden {
                    h2 { "There is no ticket in this browser" }
                    p { a href="/survey" { "Take one first" } ", on a page that knows you. If you have answered: thank you." }
                }
                div data-state="form" hidden { (questions(&desk, (title, open.survey.asked))) }
                div.card.stack-s data-state="sent" hidden { h2 { "Thank you" } p { "Your answer is counted. Nobody can tell which it was, the program included, so it cannot be changed." } p { a href="/" { "Back to Alongside" } } }
                div.card.stack-s data-state="late" hidden { h2 { "The survey is over" } p { "Your answer came after its last day, so it is not counted." } }
                div.card.stack-s data-state="waits" hidden {
                    h2 { "It waits for its moment" }
                    p { "Your answer leaves at a random moment within a day, while this page is open, or the next time you open it in this browser. The last day is " (date_words(open.survey.last)) "." }
                    div { button.btn type="button" data-now { "Send it now" } }
                }
            }
            (script())
        },
    ))
}

/// The factors in an order from chance, so that none stands first for everybody.
fn shuffled(desk: &actions::desk::Desk) -> Vec<Factor> {
    let mut all: Vec<(uuid::Uuid, Factor)> =
        Factor::ALL.iter().map(|factor| (desk.ids().fresh::<SurveyId>().0, *factor)).collect();
    all.sort_by_key(|(chance, _)| *chance);
    all.into_iter().map(|(_, factor)| factor).collect()
}

fn questions(desk: &actions::desk::Desk, (title, asked): (&str, Asked)) -> Markup {
    let is_asked = |statement: &&Statement| asked.statements().contains(&statement.key());
    let words: Vec<_> =
        Statement::ALL.iter().filter(is_asked).map(|statement| (statement.key(), statement.words(title))).collect();
    html! {
        form.stack-l method="post" action=(ANSWERS) novalidate {
            div.card #side {
                fieldset.plain {
                    legend.f { "Are you one of the " (title) " yourself?" }
                    p.error-text hidden {}
                    div.chips { @for side in Side::ALL { label.chip { input type="radio" name="side" value=(side.code()); span { (side.words()) } } } }
                }
            }
            @for (key, words) in &words {
                div.card id=(key) {
                    fieldset.plain {
                        legend.f { (words) }
                        p.error-text hidden {}
                        div.chips { @for choice in Choice::ALL { label.chip { input type="radio" name=(key) value=(choice.code()); span { (choice.words()) } } } }
                    }
                }
            }
            div.card #factors {
                fieldset.plain {
                    legend.f { "What makes it work? Choose up to " (MOST_FACTORS) "." }
                    p.error-text hidden {}
                    div.chips { @for factor in shuffled(desk) { label.chip { input type="checkbox" name="factor" value=(factor.code()); span { (factor.words()) } } } }
                }
            }
            div.stack-s {
                div.row {
                    button.btn type="submit" name="when" value="now" { "Send it now" }
                    button.btn.ghost type="submit" name="when" value="later" { "Send it at a random moment" }
                }
                p.small.soft { "At a random moment within a day nobody can lay its time beside yours. It leaves while this page is open, or the next time you open it in this browser." }
                p role="status" {}
            }
        }
    }
}

fn told(status: StatusCode, code: &str, (field, sentence): (&str, &str)) -> Response {
    (status, Json(json!({ "code": code, "field": field, "sentence": sentence }))).into_response()
}

fn refused(why: SurveyRefused) -> Response {
    let (status, field) = match why {
        SurveyRefused::Used | SurveyRefused::Taken => (StatusCode::CONFLICT, ""),
        SurveyRefused::Side => (StatusCode::UNPROCESSABLE_ENTITY, "side"),
        SurveyRefused::Factors => (StatusCode::UNPROCESSABLE_ENTITY, "factors"),
        SurveyRefused::Statement(at) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Asked::NOW.statements().get(at).copied().unwrap_or_default())
        }
        _ => (StatusCode::UNPROCESSABLE_ENTITY, ""),
    };
    told(status, why.code(), (field, &why.to_string()))
}

/// `POST /survey/ticket`: signs what the browser blinded.
///
/// # Errors
/// Not found for everybody who is not teaching staff.
pub async fn create_ticket(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let survey: SurveyId = sent.fields.read("survey").unwrap_or(SurveyId(uuid::Uuid::nil()));
    let blinded = URL_SAFE_NO_PAD.decode(sent.fields.one("blinded")).unwrap_or_default();
    match survey::take(&visit.desk, visit.visitor.person.id, (survey, &blinded)).await {
        Ok(signed) => Ok(Json(json!({ "signed": URL_SAFE_NO_PAD.encode(signed) })).into_response()),
        Err(stop) => Ok(refused(Problem::refusal(stop)?)),
    }
}

#[derive(Deserialize)]
struct Letter {
    survey: String,
    token: String,
    signature: String,
    side: String,
    choices: Vec<String>,
    factors: Vec<String>,
}

impl Letter {
    fn answer(&self) -> Result<Answer, SurveyRefused> {
        let most = Asked::NOW.statements().len() + 1;
        let choices: Vec<_> = self.choices.iter().take(most).map(|code| Choice::from_code(code)).collect();
        let factors: Vec<Factor> = self.factors.iter().filter_map(|code| Factor::from_code(code)).collect();
        Answer::of(Side::from_code(&self.side), &choices, &factors)
    }
}

/// Whether a page of ours sends it: without a session there is no token in the form, so a browser has to say where it comes from.
fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let from = text(ORIGIN).and_then(|origin| origin.split_once("://"));
    from.zip(text(HOST)).is_some_and(|((_, from), host)| from == host)
}

/// `POST /survey/answers`: without a session. Of what comes with it nothing is read but the ticket and what was chosen (R-SUR-12).
///
/// # Errors
/// A page of another site, or a fault.
pub async fn create(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    if !is_ours(request.headers()) {
        return Err(Problem::Foreign);
    }
    let (machine, desk) = (machine(&request), app.desk());
    if !app.0.limits.may_answer(&machine, desk.now) {
        let sentence = "Too many wrong tickets came from here. Wait a quarter of an hour; nothing is lost.";
        return Ok(told(StatusCode::TOO_MANY_REQUESTS, "wait", ("", sentence)));
    }
    let body = axum::body::to_bytes(request.into_body(), MOST_BYTES).await.unwrap_or_default();
    let Ok(letter) = serde_json::from_slice::<Letter>(&body) else {
        let sentence = "That was no answer of ours. Load the page again; your ticket is not used.";
        return Ok(told(StatusCode::BAD_REQUEST, "form", ("", sentence)));
    };
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    let (token, signature) = (bytes(&letter.token), bytes(&letter.signature));
    let Ok(survey) = letter.survey.parse() else { return Ok(refused(SurveyRefused::Closed)) };
    let answer = match letter.answer() {
        Ok(answer) => answer,
        Err(why) => return Ok(refused(why)),
    };
    let ticket = Ticket { survey, token: &token, signature: &signature };
    match survey::answer(&desk, ticket, &answer).await {
        Ok(()) => Ok(Json(json!({})).into_response()),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            if why == SurveyRefused::Ticket {
                app.0.limits.wrong_answer(&machine, desk.now);
            }
            Ok(refused(why))
        }
    }
}
