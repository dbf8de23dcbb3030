//! Testimony: one's own page, on which it is written and withdrawn; and the pages on which leaders read and print what they may. Rules
//! R-TST-1 to R-TST-6.

use actions::testimony::{self, NewTestimony, Own, Signed};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::frame::paragraphs;
use domain::people::Role;
use domain::period::date_words;
use domain::testimony::{Kind, LONGEST, Reach, Testimony, TestimonyRefused};
use domain::text::capital;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::pages::{check, kit};
use crate::routes::App;
use crate::visit::{Visit, on_to};

const HERE: &str = "/testimony";
const READ: &str = "/programme/testimony";
const TITLE: &str = "What the programme did for you";

/// The pages of testimony.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(show).post(create))
        .route("/testimony/withdrawal", post(destroy))
        .route(READ, get(index))
        .route("/programme/testimony/{reach}", get(print))
}

/// A note to whoever has written something whose consent lapses soon (R-TST-5).
///
/// # Errors
/// A fault of the database.
pub async fn note(visit: &Visit) -> Result<Markup, Problem> {
    let soon = testimony::ends_soon(&visit.desk, &visit.visitor.person).await;
    let soon = soon.map_err(|fault| Problem::Fault(fault.into()))?;
    Ok(html! {
        @if let Some(one) = soon {
            div.note.calm {
                p { "What you wrote for leaders about the programme is deleted on " (date_words(one.lapses())) ", two years after you agreed. Nothing has to be done. If it may stay, " a href=(HERE) { "agree again" } "." }
            }
        }
    })
}

/// `GET /testimony`: one's own.
///
/// # Errors
/// Not found for everybody who neither teaches nor has written one.
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    own_page(&visit, StatusCode::OK, none).await
}

async fn own_page(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let own = testimony::own(&visit.desk, &visit.visitor.person).await?;
    if !own.may_give && own.written.is_none() {
        return Err(Problem::NotFound);
    }
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                h1 { (TITLE) }
                p.lede { "You can write it down for the college’s leaders, under your own name. Nobody is asked to, and nobody sees who has written nothing." }
            }
            div.cols.two {
                div.stack {
                    @if let Some(written) = &own.written { (standing(visit, written)) }
                    @if own.may_give { (form(visit, &own, typed)) }
                }
                aside.stack-s { (readers(visit, &own)) }
            }
        }
    };
    Ok((status, page(visit, (TITLE, Place::None), &body)).into_response())
}

fn standing(visit: &Visit, written: &Testimony) -> Markup {
    html! {
        section.card.stack-s {
            h2 { "What leaders read now" }
            p { "You agreed on " (date_words(written.given)) ": " strong { (written.reach.words()) } ". It is deleted on " (date_words(written.lapses())) " unless you agree again." }
            @for part in paragraphs(&written.text) { p.lines { (part) } }
            form method="post" action="/testimony/withdrawal" {
                (kit::csrf(visit))
                button.btn.ghost type="submit" { "Withdraw it" }
            }
            p.small.soft { "It is deleted at once, and gone from every page. What was printed before cannot be called back." }
        }
    }
}

/// Who reads it, as the gate says (R-TST-2).
fn readers(visit: &Visit, own: &Own) -> Markup {
    let title = &visit.desk.frame.programme.title.one;
    let words = |role: Role| match role {
        Role::Practitioner => title.clone(),
        other => capital(other.words()),
    };
    html! {
        section.seal aria-labelledby="seal" {
            h2 #seal { "Who can see this" }
            dl {
                dt { span { "You" } " " span.lock.y { "it is yours" } }
                dd { "Until you withdraw it, or two years are over." }
                @for role in Role::ALL {
                    @let reads = own.read_by.contains(&role);
                    dt { span { (words(role)) } " " @if reads { span.lock.y { "reads it" } } @else { span.lock.n { "nothing" } } }
                    @if reads { dd { "With your name. For governors and others they print only what may go so far." } }
                }
                dt { span { "Your manager, appraiser" } " " span.lock.n { "nothing" } }
                dd { "Unless they are one of those above who read it." }
            }
        }
        p.small.soft { "Worked out from the access rules in force today. " a href="/promise" { "Read the rules" } }
        p.small.soft { "Whoever runs the machine can read it too: it is not sealed." }
    }
}

fn radios(typed: Typed<'_>, (name, legend): (&str, &str), all: &[(&str, &str, &str)], so: &str) -> Markup {
    let chosen = typed.kept("testimony", name, so);
    html! {
        fieldset.plain.stack-s id=(name) {
            legend.f { (legend) }
            (kit::error_at(typed.wrong, name))
            @for (code, words, hint) in all {
                label.check {
                    input type="radio" name=(name) value=(code) checked[chosen == *code];
                    span { (words) @if !hint.is_empty() { br; span.small.soft { (hint) } } }
                }
            }
        }
    }
}

fn form(visit: &Visit, own: &Own, typed: Typed<'_>) -> Markup {
    let written = own.written.as_ref();
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.code(), kind.words(), "")).collect();
    let reaches: Vec<_> = Reach::ALL.iter().map(|reach| (reach.code(), reach.words(), reach.means())).collect();
    let text = typed.kept("testimony", "testimony", written.map_or("", |one| one.text.as_str()));
    html! {
        form.card.stack method="post" action=(HERE) novalidate {
            (kit::csrf(visit))
            h2 { @if written.is_some() { "Change it, or agree again" } @else { "Write it" } }
            (radios(typed, ("kind", "What is it?"), &kinds, written.map_or("", |one| one.kind.code())))
            div.field.bad[kit::is_wrong(typed.wrong, "testimony")] {
                label.f for="testimony" { "In your own words" }
                p.hint #testimony-hint { "This is for others to read, so it is not sealed like what you write in a thread. It tells them that you used support. Name no learner and no colleague. At most " (LONGEST) " characters." }
                (kit::error_at(typed.wrong, "testimony"))
                textarea #testimony name="testimony" rows="9" aria-describedby="testimony-hint" { (text) }
            }
            (radios(typed, ("reach", "How far may it go?"), &reaches, written.map_or("", |one| one.reach.code())))
            div.stack-s #agreed {
                (kit::error_at(typed.wrong, "agreed"))
                label.check {
                    input type="checkbox" name="agreed" value="yes";
                    span { strong { "I agree that they read this under my name" } ", " (visit.visitor.session.name) ", and that it tells them I used support. I can withdraw it at any time." }
                }
            }
            button.btn type="submit" { "Let them read it" }
        }
    }
}

/// At which field a refusal belongs.
const fn field(refused: TestimonyRefused) -> &'static str {
    match refused {
        TestimonyRefused::Empty | TestimonyRefused::Long(_) => "testimony",
        TestimonyRefused::Kind => "kind",
        TestimonyRefused::Reach => "reach",
        TestimonyRefused::Consent => "agreed",
    }
}

/// `POST /testimony`.
///
/// # Errors
/// Not found for everybody who does not teach.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let new = NewTestimony {
        kind: Kind::from_code(fields.one("kind")),
        text: fields.one("testimony").to_owned(),
        reach: Reach::from_code(fields.one("reach")),
        agreed: fields.ticked("agreed"),
    };
    match testimony::give(&visit.desk, visit.visitor.person.id, &new).await {
        Ok(()) => Ok(on_to(HERE, "testified")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let wrong = [(field(why), why.to_string())];
            let typed = Typed { wrong: &wrong, form: "testimony", fields };
            own_page(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `POST /testimony/withdrawal`.
///
/// # Errors
/// Not found where there is nothing to withdraw.
pub async fn destroy(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    testimony::withdraw(&visit.desk, visit.visitor.person.id).await?;
    // Whoever teaches no more has no page of their own left.
    let next = if visit.teaches() { HERE } else { "/" };
    Ok(on_to(next, "withdrawn-testimony"))
}

/// `GET /programme/testimony`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let all = testimony::read(&visit.desk, &visit.visitor.person, Reach::Leaders).await?;
    Ok(page(
        &visit,
        ("Testimony", check::place(&visit)),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    (check::beside(&visit, READ))
                    h1 { "Testimony" }
                    p.lede { "What colleagues have written for you of their own accord, under their own names. They withdraw it whenever they like; then it is gone from here." }
                    p.small.soft { "Do not ask anybody for one: whoever wants to will find the page. A few voices are no evidence of an effect; read them beside the releases." }
                }
                @if all.is_empty() { div.empty { p { "Nothing is here. That says nothing about anybody." } } }
                @else { p data-noprint { "On paper: " a href={(READ) "/governors"} { "for governors" } " · " a href={(READ) "/outside"} { "for others outside" } } }
                @for one in &all { (signed(one, true)) }
            }
        },
    ))
}

fn signed(one: &Signed, reach: bool) -> Markup {
    html! {
        figure.card.stack-s {
            blockquote { @for part in paragraphs(&one.testimony.text) { p.lines { (part) } } }
            figcaption {
                strong { (one.name) } span.small.soft { " · " (one.testimony.kind.words()) " · agreed on " (date_words(one.testimony.given)) }
                @if reach { br; span.tag { "May go to: " (lower(one.testimony.reach.words())) } }
            }
        }
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `GET /programme/testimony/{reach}`: what may go so far, to be printed.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn print(visit: Visit, Path(reach): Path<String>) -> Result<Markup, Problem> {
    let reach = Reach::from_code(&reach).filter(|reach| *reach != Reach::Leaders).ok_or(Problem::NotFound)?;
    let all = testimony::read(&visit.desk, &visit.visitor.person, reach).await?;
    let title = if reach == Reach::Governors { "What colleagues say: for governors" } else { "What colleagues say" };
    Ok(page(
        &visit,
        (title, check::place(&visit)),
        &html! {
            div.narrow.stack-l {
                div.stack-s {
                    p.small data-noprint { a href=(READ) { "Testimony" } " · Print this page; only what may go so far is on it." }
                    h1 { (title) }
                    p.soft { (visit.desk.frame.programme.name) ", " (date_words(visit.desk.today())) ". Written by colleagues of their own accord, each with their consent, which they can withdraw: print it anew each time." }
                }
                @if all.is_empty() { div.empty { p { "Nobody has said that something may go so far." } } }
                @for one in &all { (signed(one, false)) }
            }
        },
    ))
}
