//! A practitioner's own time of the year: the bank, half-days and blocks, what is carried over, home and outreach, cover.

use actions::pattern::{self, LastYear, Own};
use actions::{allocation, cover, planner};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::EntryId;
use domain::minutes::Minutes;
use domain::pattern::{BankRefused, CarryState, LONGEST_SENTENCE};
use domain::period::{academic_year, day_words};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, hours, read_hours};
use crate::pages::planner::year_words;
use crate::pages::{cover as cover_page, cover::field};
use crate::visit::{Visit, on_to};

/// `GET /hours/time`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let own = pattern::own(&visit.desk, &visit.visitor.person).await?;
    let asked = planner::own(&visit.desk, &visit.visitor.person).await?;
    let standing = allocation::own(&visit.desk, &visit.visitor.person).await?;
    let covers = cover::own(&visit.desk, &visit.visitor.person).await?;
    let share = asked.as_ref().and_then(|(load, _)| load.extras.outreach);
    let body = html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                p.small { a href="/hours" { "My hours" } }
                h1 { "My time this year" }
                p.lede { (own.bank.says()) }
            }
            (bank(visit, &own, typed))
            (when(&own))
            (standing_work(&standing))
            (balance(visit, (&own, share), typed))
            section.stack #covers {
                h2 { "Cover for my class" }
                @if covers.is_empty() { div.empty { p { "Who takes your class while you are away from it will be here. You or the programme lead can enter it." } } }
                @else { (cover_page::list(visit, &covers)) }
                (cover_page::form(visit, None, typed))
            }
        }
    };
    Ok((status, page(visit, ("My time this year", Place::Hours), &body)).into_response())
}

/// The bank of the year, and what last year left (R-TIM-7, R-TIM-8).
fn bank(visit: &Visit, own: &Own, typed: Typed<'_>) -> Markup {
    let bank = &own.bank;
    html! {
        section.card.stack-s #bank {
            h2 { "The bank" }
            table {
                tbody {
                    tr { th scope="row" { "Given for the year" } td.n { (bank.year) } }
                    @if bank.carried.0 > 0 { tr { th scope="row" { "Of that, carried over from last year" } td.n { (bank.carried) } } }
                    tr { th scope="row" { "Planned up to today" } td.n { (bank.planned) } }
                    tr { th scope="row" { "Used up to today" } td.n { (bank.used) } }
                    tr { th scope="row" { "In the bank" } td.n { (bank.planned - bank.used) } }
                    tr { th scope="row" { "Left of the year" } td.n { (bank.year - bank.used) } }
                }
            }
            p.small.soft { "What a term leaves stays yours until the end of August. Nothing goes into the next year by itself." }
            @if let Some(last) = own.last { (last_year(visit, last, typed)) }
        }
    }
}

fn last_year(visit: &Visit, last: LastYear, typed: Typed<'_>) -> Markup {
    let most = Minutes(last.left.0.min(last.most.0));
    let year = academic_year(visit.desk.today()) - 1;
    html! {
        h3 { "From " (year_words(year)) }
        p { "Last year left " (last.left) ". The college carries over at most " (last.most) "." }
        @match last.carry {
            Some(carry) => p { "You proposed " (carry.time) ": " (carry.state.words().to_lowercase()) "." },
            None => {},
        }
        @if last.open && most.0 > 0 && last.carry.is_none_or(|one| one.state != CarryState::Agreed) {
            form.stack-s method="post" action="/hours/carry" novalidate {
                (kit::csrf(visit))
                (typed.number("carry", ("carry", "Hours I would like to carry over", "The programme lead agrees to it, or not."), &hours(most)))
                button.btn.ghost type="submit" { "Propose it" }
            }
        }
    }
}

fn when(own: &Own) -> Markup {
    let pattern = &own.pattern;
    html! {
        section.card.stack-s {
            h2 { "When it is taken" }
            @if pattern.half_days.is_empty() && pattern.blocks.is_empty() { p { "Week by week. Half-days or blocks can be agreed with the programme lead." } }
            @if !pattern.half_days.is_empty() { p { "Protected: " (pattern.half_days.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ")) ". They stand in " a href="/week" { "your week" } "." } }
            @if !pattern.blocks.is_empty() {
                ul { @for block in &pattern.blocks { li { (block.words()) ": " (block.time) } } }
                @if pattern.half_days.is_empty() { p.small.soft { "The rest is taken week by week." } }
            }
        }
    }
}

/// What comes back every term and is one's own to do (R-ALL-14).
fn standing_work(all: &[allocation::Standing]) -> Markup {
    html! {
        @if !all.is_empty() {
            section.card.stack-s #standing {
                h2 { "Standing work" }
                ul { @for one in all { li { (one.title) ": " (one.each_term) " a term" } } }
                p.small.soft { "The programme lead gave it to you; it is counted in what the year asks of you." }
            }
        }
    }
}

/// Home and outreach, and a way to say that the balance does not suit (R-TIM-9, R-TIM-10).
fn balance(visit: &Visit, (own, share): (&Own, Option<i64>), typed: Typed<'_>) -> Markup {
    let used = own.bank.used;
    let part = own.outreach.0 * 100 / used.0.max(1);
    let bad = kit::is_wrong(typed.wrong, "sentence");
    html! {
        section.card.stack-s #balance {
            h2 { "Home and outreach" }
            p {
                "Home: " (used - own.outreach) ". Outreach, for colleagues beyond your own area: " (own.outreach) @if used.0 > 0 { ", " (part) " % of what you noted" } "."
                @match share { Some(share) => { " Agreed: " (share) " %." }, None => { " No share is agreed." } }
            }
            p.small.soft { "You say of each entry in " a href="/hours" { "your hours" } " whether it was outreach." }
            @if let Some(said) = &own.balance {
                div.note { p { "You told the programme lead, " (day_words(said.day)) ": “" (said.sentence) "”" } }
                form method="post" action="/hours/balance" { (kit::csrf(visit)) button.btn.ghost.small type="submit" { "Take it back" } }
            } @else {
                details.more open[typed.form == "balance"] {
                    summary { "This balance does not suit me" }
                    form.stack-s method="post" action="/hours/balance" novalidate {
                        (kit::csrf(visit))
                        input type="hidden" name="say" value="yes";
                        div.field.bad[bad] {
                            label.f for="sentence" { "What would suit you better?" }
                            p.hint #sentence-hint { "The programme lead reads this sentence with your name. It is about your own time: name no colleague." }
                            (kit::error_at(typed.wrong, "sentence"))
                            textarea #sentence name="sentence" rows="2" maxlength=(LONGEST_SENTENCE) aria-describedby="sentence-hint" { (typed.kept("balance", "sentence", "")) }
                        }
                        button.btn.ghost type="submit" { "Tell the programme lead" }
                    }
                }
            }
        }
    }
}

async fn answered(
    (sent, form, at): (&Sent, &str, &str),
    result: Result<(), actions::Stop<BankRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to("/hours/time", said)),
        Err(stop) => {
            let wrong = [(at, Problem::refusal(stop)?.to_string())];
            let typed = Typed { wrong: &wrong, form, fields: &sent.fields };
            shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `POST /hours/carry`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn create_carry(sent: Sent) -> Result<Response, Problem> {
    let wanted = read_hours(&sent.fields, "carry");
    let result = pattern::propose_carry(&sent.visit.desk, sent.visit.visitor.person.id, wanted).await;
    answered((&sent, "carry", "carry"), result, "proposed-carry").await
}

/// `POST /hours/balance`: says it, or takes it back.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn update_balance(sent: Sent) -> Result<Response, Problem> {
    let said = sent.fields.ticked("say").then(|| sent.fields.one("sentence"));
    let result = pattern::say_balance(&sent.visit.desk, sent.visit.visitor.person.id, said).await;
    answered((&sent, "balance", "sentence"), result, if said.is_some() { "told-lead" } else { "removed" }).await
}

/// `POST /hours/cover`: for one's own class.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn create_cover(sent: Sent) -> Result<Response, Problem> {
    let me = sent.visit.visitor.person.id;
    match cover::arrange(&sent.visit.desk, me, (me, &cover_page::read(&sent.fields))).await {
        Ok(_) => Ok(on_to("/hours/time", "covered")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(&refused), refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "cover", fields: &sent.fields };
            shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}

/// `POST /hours/{entry}/outreach`.
///
/// # Errors
/// Not found for everybody but its owner.
pub async fn update_outreach(Path(entry): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let entry: EntryId = entry.parse().map_err(|_| Problem::NotFound)?;
    let change = (entry, sent.fields.ticked("outreach"));
    actions::hours::set_outreach(&sent.visit.desk, sent.visit.visitor.person.id, change).await?;
    Ok(on_to("/hours", "saved"))
}
