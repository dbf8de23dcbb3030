//! Asking for support, and one's own list.

use actions::inductions;
use actions::required;
use actions::safeguarding;
use actions::support::{self, Own};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::began::Began;
use domain::ids::{PersonId, ThemeId};
use domain::people::Role;
use domain::period::{day_words, distance_words, time_words};
use domain::support::{Manner, Party, Place as Where, Request, Slot, Span, Stage, SupportRefused, WhyNow};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::error::Problem;
use crate::forms::{Fields, Question, Sent};
use crate::pages::induction::where_it_stands;
use crate::pages::layout::{Place, page};
use crate::pages::observations::form_words;
use crate::pages::support_form::{Typed, form};
use crate::pages::{disclosure_view, kit, required_cards, statement, survey_answer, testimony};
use crate::visit::{Visit, on_to};

/// `GET /support`.
///
/// # Errors
/// Not found when the gate says no.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let own = support::own(&visit.desk, &visit.visitor.person).await?;
    let passed = safeguarding::own(&visit.desk, &visit.visitor.person).await?;
    let first_weeks = inductions::own(&visit.desk, &visit.visitor.person).await?;
    let (two, _) = required::own(&visit.desk, &visit.visitor.person).await?;
    let say = survey_answer::card(&visit).await?;
    let lapses = testimony::note(&visit).await?;
    let (open, past): (Vec<_>, Vec<_>) =
        own.threads.iter().partition(|line| matches!(line.stage, Stage::Waiting | Stage::Open));
    Ok(page(
        &visit,
        ("My support", Place::Support),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "My support" }
                        p.lede { "What you ask for is between you and the one you ask. Your manager does not learn even that you asked." }
                        (statement::link(&visit))
                    }
                    @if visit.teaches() && !open.is_empty() { a.btn href="/support/new" { "Ask for support" } }
                }
                (say)
                (lapses)
                (induction(&visit, &first_weeks))
                @if open.is_empty() {
                    div.empty {
                        p { "Your requests and meetings will be here. All kinds of colleagues ask: for a lift, for a new idea, for something hard." }
                        @if visit.teaches() { a.btn href="/support/new" { "Ask for support" } }
                    }
                }
                (required_cards::own(&visit, &two))
                @for line in &open { (card(&visit, line)) }
                (given_up(&own))
                (required_cards::given_up(&visit, &two))
                (named(&visit, &own))
                (disclosure_view::passed(&visit, &passed.iter().collect::<Vec<_>>()))
                @if first_weeks.has_line && !visit.is(Role::ProgrammeLead) { p.small.soft { "Somebody new in your line? " a href="/inductions" { "Inductions" } } }
                @if !past.is_empty() {
                    section.stack-s {
                        h2 { "Earlier" }
                        ul.plain.stack-s { @for line in &past { li { a href={"/support/" (line.thread)} { "With " (line.with) } span.soft { " · " (line.stage.words()) " · asked on " (day_words(visit.desk.frame.calendar.day(line.asked))) } } } }
                    }
                }
            }
        },
    ))
}

/// One's own first weeks, and those one accompanies.
fn induction(visit: &Visit, own: &inductions::Own) -> Markup {
    html! {
        @if let Some(mine) = own.mine.as_ref().filter(|mine| mine.ended.is_none()) {
            article.card.stack-s {
                div.between { h2 { a href="/induction" { "Your first term" } } span.badge { (where_it_stands(visit, mine)) } }
                p { "Your next step" @if let Some((_, name)) = &mine.mentor { ", with " (name) " beside you" } ". What you do of it is yours." }
            }
        }
        @if !own.accompanied.is_empty() && !visit.is(Role::Practitioner) {
            section.card.stack-s {
                h2 { "You go with somebody new" }
                ul.plain.stack-s { @for (one, _) in &own.accompanied { li { a href={"/inductions/" (one.id)} { (one.newcomer.1) } span.soft.small { " · " (where_it_stands(visit, one)) } } } }
            }
        }
    }
}

/// What one card says about where a thread stands, and whether the visitor should act.
fn stands(visit: &Visit, line: &support::Line) -> (String, bool) {
    let local = |at| time_words(visit.desk.frame.calendar.local(at));
    let who = kit::first(&line.with);
    match (line.stage, line.next, line.offered, line.offered_by) {
        _ if line.end_proposed => (format!("{who} suggests that you are done. You decide."), true),
        (_, _, Some(_), Some(2)) => (format!("{who} offers other times. Choose one."), true),
        (Stage::Open, Some(next), ..) => (
            format!(
                "{} {}, {}.",
                match line.next_form {
                    Some(form) if form.is_lesson() => format!("{}:", form_words(form, (Party::Teacher, &line.with))),
                    _ => "You meet on".to_owned(),
                },
                local(next),
                distance_words(visit.desk.frame.calendar.day(next), visit.desk.today())
            ),
            false,
        ),
        (Stage::Open, None, Some(at), _) => (format!("You offered {}. It waits for {who}.", local(at)), false),
        (Stage::Open, None, ..) => ("No meeting is planned. Offer a time, or say that you are done.".to_owned(), false),
        (_, _, Some(at), _) => (
            format!(
                "Asked on {}, for {}. It waits for {who}.",
                day_words(visit.desk.frame.calendar.day(line.asked)),
                local(at)
            ),
            false,
        ),
        _ => (format!("Asked on {}. It waits for {who}.", day_words(visit.desk.frame.calendar.day(line.asked))), false),
    }
}

fn card(visit: &Visit, line: &support::Line) -> Markup {
    let (words, act) = stands(visit, line);
    html! {
        article.card.stack-s {
            div.between {
                h2 { a href={"/support/" (line.thread)} { "You and " (line.with) } }
                span.row {
                    @if line.unread { span.badge.act { "New words" } }
                    @if act { span.badge.act { "Your turn" } } @else { span.badge { (line.stage.words()) } }
                }
            }
            p { (words) }
            p.soft.small { (line.themes.join(", ")) }
        }
    }
}

fn given_up(own: &Own) -> Markup {
    html! {
        @if !own.given_up.is_empty() {
            section.stack-s {
                h2 { "Support you gave" }
                p.soft.small { "You gave the role up while these were on. Each of your colleagues reads it in the thread, and can ask somebody else. Nobody else is told." }
                ul.plain.stack-s { @for line in &own.given_up { li { a href={"/support/" (line.thread)} { "With " (line.with) } span.soft { " · cannot go on" } } } }
            }
        }
    }
}

fn named(visit: &Visit, own: &Own) -> Markup {
    html! {
        @if !own.named.is_empty() {
            section.stack-s {
                h2 { "Noted conversations" }
                p.soft.small { "A colleague noted the time and that it was with you. You can take your name out; their hours stay, and nobody is told." }
                ul.plain.stack-s {
                    @for entry in &own.named {
                        li.between {
                            span { (day_words(entry.day)) " · " (entry.minutes) " with " (entry.with.as_deref().unwrap_or("a colleague")) @if !entry.themes.is_empty() { " · " (entry.themes.join(", ")) } }
                            form method="post" action={"/hours/" (entry.id) "/name-removal"} {
                                (kit::csrf(visit))
                                button.btn.quiet.small type="submit" { "Take my name out" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /support/new`. In its address may stand whom to ask, from a public profile, and nothing else.
///
/// # Errors
/// Not found when asking is closed to the visitor.
pub async fn new(visit: Visit, Question(with): Question) -> Result<Response, Problem> {
    let typed = Typed { practitioner: with.read("with"), ..Typed::default() };
    shown(&visit, &typed, &[]).await
}

/// `POST /support/new`: the same form with the best fit for the chosen themes on top; sends nothing.
///
/// # Errors
/// Not found when asking is closed to the visitor.
pub async fn new_again(sent: Sent) -> Result<Response, Problem> {
    shown(&sent.visit, &typed(&sent.fields), &[]).await
}

async fn shown(visit: &Visit, typed: &Typed, wrong: &[(&str, String)]) -> Result<Response, Problem> {
    if !visit.teaches() {
        return Err(Problem::NotFound);
    }
    match support::suggest(&visit.desk, &visit.visitor.person, &typed.themes).await {
        Ok(found) => {
            let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok((status, form(visit, &found, (typed, wrong))).into_response())
        }
        // Teaching staff are only turned away when asking is closed: say so.
        Err(actions::Stop::Denied) => Ok(closed(visit).into_response()),
        Err(stop) => Err(stop.into()),
    }
}

fn closed(visit: &Visit) -> Markup {
    page(
        visit,
        ("Ask for support", Place::Support),
        &html! {
            div.narrow.stack {
                h1 { "Asking is closed at the moment" }
                p.lede { "Your college's programme does not take requests from teachers themselves just now. The programme lead can open it." }
                p { a.btn href="/practitioners" { "See who they are" } }
            }
        },
    )
}

/// What was typed, kept for the form.
fn typed(fields: &Fields) -> Typed {
    let practitioner: Option<PersonId> = fields.read("practitioner");
    let wish = practitioner.and_then(|one| fields.read::<i64>(&format!("wish-{one}")));
    Typed {
        themes: fields.read_all::<ThemeId>("theme"),
        practitioner,
        wish: wish.and_then(|at| Timestamp::from_second(at).ok()),
        why: WhyNow::from_code(fields.one("why")),
        place: Where::from_code(fields.one("place")),
        span: Span::from_code(fields.one("span")),
        began: Began::from_code(fields.one("began")),
        once: fields.one("once").to_owned(),
    }
}

/// `POST /support/suggestions`: who fits these themes, for the script of the form.
///
/// # Errors
/// Not found when asking is closed to the visitor.
pub async fn suggestions(sent: Sent) -> Result<Json<Value>, Problem> {
    let themes = sent.fields.read_all::<ThemeId>("theme");
    let found = support::suggest(&sent.visit.desk, &sent.visit.visitor.person, &themes).await?;
    let order: Vec<Value> = found
        .list
        .iter()
        .map(|one| {
            let why: Vec<Value> =
                one.why.iter().map(kit::why).map(|(text, kind)| json!({ "text": text, "kind": kind })).collect();
            json!({ "person": one.practitioner.id.to_string(), "why": why })
        })
        .collect();
    Ok(Json(json!({ "order": order })))
}

/// `POST /support`.
///
/// # Errors
/// Not found when the other one cannot be asked.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let typed = typed(&sent.fields);
    let mut wrong: Vec<(&str, String)> = Vec::new();
    if typed.themes.is_empty() {
        wrong.push(("theme", SupportRefused::NoTheme.to_string()));
    }
    let Some(practitioner) = typed.practitioner else {
        wrong.push(("practitioner", "Choose who you would like to work with.".to_owned()));
        return shown(visit, &typed, &wrong).await;
    };
    if !wrong.is_empty() {
        return shown(visit, &typed, &wrong).await;
    }
    let wished = sent.fields.one(&format!("wish-{practitioner}")).to_owned();
    let wish = match typed.wish {
        None if wished.is_empty() => None,
        None => return shown(visit, &typed, &[("wish", SupportRefused::NotPublished.to_string())]).await,
        Some(starts) => match offered(visit, practitioner, starts).await? {
            Some(slot) => Some(slot),
            None => return shown(visit, &typed, &[("wish", SupportRefused::NotPublished.to_string())]).await,
        },
    };
    let manner = Manner { span: typed.span.unwrap_or(Span::OneTouch), ..Manner::default() };
    let themes = typed.themes.clone();
    let request =
        Request { practitioner, themes, why: typed.why, manner, place: typed.place, wish, began: typed.began };
    match support::ask(&visit.desk, visit.visitor.person.id, (request, &typed.once)).await {
        Ok(thread) => Ok(on_to(&format!("/support/{thread}"), "asked")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = match refused {
                SupportRefused::NoTheme | SupportRefused::TooManyThemes => "theme",
                SupportRefused::AlreadyInTouch => "practitioner",
                _ => "wish",
            };
            shown(visit, &typed, &[(field, refused.to_string())]).await
        }
    }
}

/// The published slot that begins then.
async fn offered(visit: &Visit, practitioner: PersonId, starts: Timestamp) -> Result<Option<Slot>, Problem> {
    let all = actions::directory::see(&visit.desk, &visit.visitor.person).await?;
    let found = all.iter().find(|one| one.id == practitioner);
    let slots =
        found.map(|one| domain::support::published(&visit.desk.frame.calendar, &one.support_hours, visit.desk.now));
    Ok(slots.unwrap_or_default().into_iter().find(|slot| slot.starts == starts))
}
