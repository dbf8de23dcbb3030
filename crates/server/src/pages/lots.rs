//! Recorded lots: chance decides which areas begin first, and anybody who reads the page can draw again by hand. Rules R-CAU-16 to
//! R-CAU-21.

use actions::lots::{self, Drawn, Lots, Opening, Shown, State, Wanted};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ids::LotId;
use domain::lots::{LONGEST, LotRefused, TermOf};
use domain::period::{date_words, time_words};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// The pages of lots.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence/lots", get(index).post(create))
        .route("/evidence/lots/{lot}/words", post(create_words))
        .route("/evidence/lots/{lot}/surrender", post(destroy))
}

/// `GET /evidence/lots`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = lots::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence/cause" { "What may be said about cause" } }
                h1 #lots { "Who begins first" }
                p.lede { "Not all areas can start at once? Let chance decide who begins. It is fair, it costs nothing, and a comparison of areas that were drawn says more than any other." }
            }
            (all(visit, &seen, typed))
            @if let Some(opening) = &seen.opening { (form(visit, opening, typed)) }
            (how())
        }
    };
    Ok((status, page(visit, ("Who begins first", Place::Evidence), &body)).into_response())
}

fn all(visit: &Visit, seen: &Lots, typed: Typed<'_>) -> Markup {
    html! {
        @if seen.all.is_empty() { div.empty { p { "No lot was opened yet." } } }
        @for lot in &seen.all {
            @match &lot.state {
                State::Waits => (waiting(visit, lot, typed)),
                State::Drawn(drawn) => (drawn_lot(lot, drawn)),
                State::GivenUp(on, reason) => {
                    section.card.stack-s aria-labelledby={"lot-" (lot.id)} {
                        h2 id={"lot-" (lot.id)} { "A lot was given up" }
                        p { "Opened on " (date_words(lot.opened.date())) " for " (names(lot)) "; given up on " (date_words(*on)) " before it was drawn: " (reason) }
                        p.small.soft { "Its seed was shown to nobody. The list stays, so that it can be seen how often a lot was begun." }
                    }
                }
            }
        }
    }
}

fn names(lot: &Shown) -> String {
    lot.plan.names().join(", ")
}

/// "3 areas begin in Spring term 2027, 2 in Summer term 2027; the others later or never."
fn steps(lot: &Shown) -> String {
    let step = |(at, step): (usize, &domain::lots::Step)| match (at, step.count) {
        (0, 1) => format!("1 area begins in {}", step.term.words),
        (0, count) => format!("{count} areas begin in {}", step.term.words),
        (_, count) => format!("{count} in {}", step.term.words),
    };
    let told: Vec<String> = lot.plan.steps.iter().enumerate().map(step).collect();
    let begin: usize = lot.plan.steps.iter().map(|step| step.count).sum();
    let rest = if begin < lot.plan.areas.len() { "; the others later or never" } else { "" };
    format!("{}{rest}.", told.join(", "))
}

fn waiting(visit: &Visit, lot: &Shown, typed: Typed<'_>) -> Markup {
    html! {
        section.card.stack aria-labelledby="waits" {
            div.stack-s {
                h2 #waits { "A lot waits to be drawn" }
                p { (names(lot)) ". " (steps(lot)) }
                p.small.soft { "Opened on " (time_words(lot.opened)) ". Areas and terms are closed. A secret seed was drawn then; its SHA-256 is public already, so that it cannot be changed:" }
                p.small { code { (lot.commitment) } }
            }
            @if lot.may_add { (words_form(visit, lot, typed)) }
            @else { p #words { "It is drawn when a senior leader who did not open it adds words of their own. Nobody sees the seed before." } }
            @if lot.may_give_up {
                details.more open[typed.form == "surrender"] {
                    summary { "Give it up" }
                    form.stack-s method="post" action={"/evidence/lots/" (lot.id) "/surrender"} novalidate {
                        (kit::csrf(visit))
                        (line_field(typed, "surrender", ("reason", "Why?", "It stays in the list with the day and this reason. Do not name anybody.")))
                        button.btn.quiet type="submit" { "Give it up" }
                    }
                }
            }
        }
    }
}

/// A field for one line of words.
fn line_field(typed: Typed<'_>, form: &str, (id, label, hint): (&str, &str, &str)) -> Markup {
    let bad = kit::is_wrong(typed.wrong, id);
    html! {
        div.field.bad[bad] {
            label.f for=(id) { (label) }
            p.hint id={(id) "-hint"} { (hint) }
            (kit::error_at(typed.wrong, id))
            input type="text" id=(id) name=(id) value=(typed.kept(form, id, "")) maxlength=(LONGEST) autocomplete="off" aria-invalid=[bad.then_some("true")] aria-describedby={(id) "-hint"};
        }
    }
}

fn words_form(visit: &Visit, lot: &Shown, typed: Typed<'_>) -> Markup {
    html! {
        form.stack method="post" action={"/evidence/lots/" (lot.id) "/words"} novalidate {
            (kit::csrf(visit))
            p { "Somebody chose the seed, and could have tried several. Your words make that useless: nobody knew them. Add them and the lot is drawn, once and for good." }
            (line_field(typed, "words", ("words", "Words of your own", "Whatever comes to you, such as the first line of a newspaper. All who read this page will see them.")))
            button.btn type="submit" { "Add them and draw" }
        }
    }
}

/// A text as a shell takes it, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Two commands with which anybody can draw again.
fn commands(lot: &Shown, drawn: &Drawn) -> (String, String) {
    let areas: Vec<String> = lot.plan.areas.iter().map(|area| quoted(&area.name)).collect();
    let committed = format!("printf '%s' {} | sha256sum", drawn.seed);
    let order = format!(
        "for area in {}; do\n  printf '%s  %s\\n' \"$(printf '%s %s\\0%s' {} {} \"$area\" | sha256sum | cut -c1-64)\" \"$area\"\ndone | LC_ALL=C sort",
        areas.join(" "),
        drawn.seed,
        quoted(&drawn.words)
    );
    (committed, order)
}

fn drawn_lot(lot: &Shown, drawn: &Drawn) -> Markup {
    let (committed, order) = commands(lot, drawn);
    html! {
        section.card.stack aria-labelledby={"lot-" (lot.id)} {
            div.stack-s {
                h2 id={"lot-" (lot.id)} { "Drawn on " (date_words(drawn.at.date())) }
                p { (steps(lot)) }
                @if drawn.holds { p.verified { "Checked just now: the order is the one that was committed to." } }
                @else { p.not-verified { strong { "The order is not the one that was committed to." } " Something was changed in the database. Do not call these beginnings drawn." } }
            }
            table.cards.drawn-order {
                thead { tr { th.n scope="col" { "Place" } th scope="col" { "Area" } th scope="col" { "Begins" } } }
                tbody {
                    @for (at, (area, term)) in (1..).zip(&drawn.begins) {
                        tr {
                            td.n data-label="Place" { (at) }
                            td.name data-label="Area" { (area.name) }
                            td data-label="Begins" { @match term { Some(term) => (term.words), None => "later or never" } }
                        }
                    }
                }
            }
            details.more {
                summary { "Draw it again by hand" }
                dl.facts {
                    dt { "Opened" } dd { (time_words(lot.opened)) " " (lot.opened.year()) }
                    dt { "Committed to" } dd { code { (lot.commitment) } }
                    dt { "Seed" } dd { code { (drawn.seed) } }
                    dt { "Words" } dd { code { (drawn.words) } }
                    dt { "Drawn" } dd { (time_words(drawn.at)) " " (drawn.at.year()) }
                }
                p { "The first command gives what was committed to. The second gives the order: for each area SHA-256 of the seed, a space, the words, a null byte and the area, sorted." }
                pre.command tabindex="0" role="region" aria-label="The commitment" { code { (committed) } }
                pre.command tabindex="0" role="region" aria-label="The order" { code { (order) } }
            }
        }
    }
}

fn field_of(term: &TermOf) -> String {
    format!("begin-{}-{}", term.at.0, term.at.1)
}

fn form(visit: &Visit, opening: &Opening, typed: Typed<'_>) -> Markup {
    let chosen = |area: &str| typed.form == "lot" && typed.fields.all("area").any(|one| one == area);
    html! {
        form.card.stack.narrow method="post" action="/evidence/lots" novalidate {
            (kit::csrf(visit)) (kit::once(visit))
            div.stack-s {
                h2 { "Open a lot" }
                p.small.soft { "Choose the areas that could begin, and how many can begin in each term. They are closed from then on. A senior leader adds words of their own, and it is drawn." }
            }
            @if opening.areas.len() < 2 || opening.terms.is_empty() { p { "Nothing is left to draw: each area is drawn once, for terms to come." } }
            @else {
                fieldset.plain.stack-s #areas {
                    legend.f { "Areas" }
                    (kit::error_at(typed.wrong, "areas"))
                    @for area in &opening.areas {
                        label.check { input type="checkbox" name="area" value=(area.id) checked[chosen(&area.id.to_string())]; span { (area.name) } }
                    }
                }
                fieldset.plain.stack-s #steps {
                    legend.f { "How many begin in each term" }
                    (kit::error_at(typed.wrong, "steps"))
                    p.hint { "Leave a term empty in which none begins. Areas that are left over begin later, or never." }
                    @for term in &opening.terms { (typed.number("lot", (&field_of(term), &term.words, ""), "")) }
                }
                button.btn type="submit" { "Open it" }
            }
        }
    }
}

fn how() -> Markup {
    html! {
        details.more {
            summary { "What a lot proves, and what it does not" }
            div.stack-s {
                p { "The seed was fixed, and its hash published, before anybody knew the words; the words were given by somebody who did not know the seed. So neither of the two could choose the order." }
                p { "A lot that is drawn is never drawn again, and an area is drawn once. One that is given up stays here." }
                p { "Whoever keeps the machine could read the seed while a lot waits. It would help only whoever adds the words, if the two worked together." }
            }
        }
    }
}

/// At which field a refusal belongs.
fn field(why: &LotRefused) -> &'static str {
    match why {
        LotRefused::Few | LotRefused::Drawn(_) => "areas",
        LotRefused::Number | LotRefused::None | LotRefused::Many | LotRefused::AtOnce | LotRefused::Term => "steps",
        LotRefused::Waiting => "waits",
        LotRefused::Words | LotRefused::Same | LotRefused::Late => "words",
        LotRefused::Reason => "reason",
        LotRefused::Over => "lots",
    }
}

async fn refused(sent: &Sent, form: &str, why: LotRefused) -> Result<Response, Problem> {
    let wrong = [(field(&why), why.to_string())];
    let typed = Typed { wrong: &wrong, form, fields: &sent.fields };
    shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

/// `POST /evidence/lots`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let seen = lots::see(&visit.desk, &visit.visitor.person).await?;
    let terms = seen.opening.map(|opening| opening.terms).unwrap_or_default();
    let step = |term: &TermOf| {
        let name = field_of(term);
        let typed = fields.one(&name);
        (!typed.is_empty()).then(|| (term.at, typed.parse().ok()))
    };
    let steps = terms.iter().filter_map(step).collect();
    let wanted = Wanted { areas: fields.read_all("area"), steps, once: fields.one("once").to_owned() };
    match lots::open(&visit.desk, visit.visitor.person.id, &wanted).await {
        Ok(_) => Ok(on_to("/evidence/lots", "saved")),
        Err(stop) => refused(&sent, "lot", Problem::refusal(stop)?).await,
    }
}

/// `POST /evidence/lots/{lot}/words`.
///
/// # Errors
/// Not found for everybody but a senior leader, and when there is no such lot.
pub async fn create_words(Path(lot): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let lot: LotId = lot.parse().map_err(|_| Problem::NotFound)?;
    let words = sent.fields.one("words");
    match lots::add_words(&visit.desk, visit.visitor.person.id, (lot, words)).await {
        Ok(()) => Ok(on_to("/evidence/lots", "saved")),
        Err(stop) => refused(&sent, "words", Problem::refusal(stop)?).await,
    }
}

/// `POST /evidence/lots/{lot}/surrender`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such lot.
pub async fn destroy(Path(lot): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let lot: LotId = lot.parse().map_err(|_| Problem::NotFound)?;
    match lots::give_up(&visit.desk, visit.visitor.person.id, (lot, sent.fields.one("reason"))).await {
        Ok(()) => Ok(on_to("/evidence/lots", "saved")),
        Err(stop) => refused(&sent, "surrender", Problem::refusal(stop)?).await,
    }
}
