//! One practitioner's year as the lead plans it: what is asked beside areas, half-days, blocks, what is carried over.

use actions::frame::{self, Given};
use actions::pattern;
use actions::planner::{self, Row};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::pattern::{Block, Half, HalfDay, MOST_BLOCKS, Pattern, PatternRefused};
use domain::planner::Extras;
use domain::weekly::Weekday;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::{Typed, hours, legend, parts_words, read_hours, read_whole, stacked};
use crate::pages::planner::field;
use crate::visit::{Visit, on_to};

/// So many empty rows for blocks stand in the form at least.
const EMPTY_ROWS: usize = 2;

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /programme/practitioners/{person}/time`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no active practitioner.
pub async fn show(visit: Visit, Path(of): Path<String>) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, (StatusCode::OK, person_id(&of)?), none).await
}

async fn shown(visit: &Visit, (status, of): (StatusCode, PersonId), typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = planner::see(&visit.desk, &visit.visitor.person, false).await?;
    let frame = frame::see(&visit.desk, &visit.visitor.person).await?;
    let row = seen.rows.iter().find(|row| row.person == of).ok_or(Problem::NotFound)?;
    let given = frame.given.iter().find(|given| given.person == of);
    let says = row.asked.says(&row.name);
    let whole = row.asked.total().max(row.asked.given);
    let label = format!("{says} {}", parts_words(&row.asked));
    let body = html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                p.small { a href="/programme/planner" { "The planner" } " · " a href={"/programme/practitioners/" (of)} { "Hours and areas" } }
                h1 { "The year of " (row.name) }
                p.lede { (says) }
                (shares(row, given))
            }
            section.card.stack-s {
                h2.visually-hidden { "Asked and given" }
                (stacked(&row.asked.parts, (whole, Some(row.asked.given)), &label))
                (legend(true))
                (areas(row))
            }
            (extras(visit, row, typed))
            (when(visit, row, typed))
        }
    };
    Ok((status, page(visit, (&format!("The year of {}", row.name), Place::Programme), &body)).into_response())
}

/// The two shares: time away from the own class for all support, and outreach within it (R-TIM-9).
fn shares(row: &Row, given: Option<&Given>) -> Markup {
    let agreed = given.and_then(|given| given.agreed).map(|agreed| agreed.words());
    let dedicated = (row.caseload.0 > 0).then(|| (row.load.given.0 * 1000 + row.caseload.0 / 2) / row.caseload.0);
    html! {
        p.small.soft {
            @if let Some(agreed) = agreed { "Agreed: " (agreed) ". " }
            @if let Some(tenths) = dedicated { "Dedicated time: " (tenths / 10) "." (tenths % 10) " % of their own teaching. " }
            @match row.load.extras.outreach {
                Some(share) => { "Outreach within it: " (share) " %." },
                None => "Outreach within it: nothing agreed.",
            }
        }
    }
}

fn areas(row: &Row) -> Markup {
    html! {
        @if row.load.areas.is_empty() { p.small.soft { "They look after no area, so no one-to-one support and no session is expected." } }
        @else {
            table {
                thead { tr { th scope="col" { "Area" } th.n scope="col" { "Staff" } th.n scope="col" { "Asked" } } }
                tbody {
                    @for (area, (_, time)) in row.load.areas.iter().zip(&row.asked.areas) {
                        tr { td { (area.name) @if area.among > 1 { span.small.soft { ", shared by " (area.among) } } } td.n { (area.staff) } td.n { (time) } }
                    }
                }
            }
        }
    }
}

fn extras(visit: &Visit, row: &Row, typed: Typed<'_>) -> Markup {
    let so = &row.load.extras;
    let number = |id: &str, label: &str, hint: &str, so: String| typed.number("extras", (id, label, hint), &so);
    html! {
        form.card.stack #extras method="post" action={"/programme/practitioners/" (row.person) "/extras"} novalidate {
            (kit::csrf(visit))
            h2 { "What else is asked" }
            (number("trips", "Journeys a year", "Between sites, or to whoever assesses away from them.", so.trips.to_string()))
            (number("trip", "Minutes of a journey, there and back", "", so.trip.0.to_string()))
            (number("inductions", "Inductions a year", "", so.inductions.to_string()))
            (number("outreach", "Outreach, in per cent of the dedicated time", "For colleagues beyond their own area. Leave it empty while nothing is agreed.", so.outreach.map(|share| share.to_string()).unwrap_or_default()))
            button.btn type="submit" { "Save and work it out" }
        }
    }
}

fn when(visit: &Visit, row: &Row, typed: Typed<'_>) -> Markup {
    let code = |day: Weekday, half: Half| format!("{}-{}", day.short(), half.code());
    let ticked = |day: Weekday, half: Half| {
        if typed.form == "pattern" {
            typed.fields.all("half").any(|one| one == code(day, half))
        } else {
            row.pattern.half_days.iter().any(|one| one.day == day && one.half == half)
        }
    };
    let rows = (row.pattern.blocks.len() + EMPTY_ROWS).min(MOST_BLOCKS);
    html! {
        form.card.stack #pattern method="post" action={"/programme/practitioners/" (row.person) "/pattern"} novalidate {
            (kit::csrf(visit))
            div.stack-s {
                h2 { "When it is taken" }
                p.small.soft { "Week by week, unless you say otherwise. Half-days and blocks are taken from the " (row.load.given) " of the year, never added to them." }
            }
            fieldset.plain #half {
                legend.f { "Protected half-days" }
                p.hint { "They stand in " (kit::first(&row.name)) "’s own week." }
                (kit::error_at(typed.wrong, "half"))
                div.chips {
                    @for day in Weekday::ALL.into_iter().take(5) { @for half in Half::ALL {
                        label.chip { input type="checkbox" name="half" value=(code(day, *half)) checked[ticked(day, *half)]; span { (HalfDay { day, half: *half }.words()) } }
                    } }
                }
            }
            fieldset.plain.stack-s #blocks {
                legend.f { "Blocks" }
                p.hint { "Days of one term with so many hours of the year, such as two weeks of intensive support. What is in no block stays weekly." }
                (kit::error_at(typed.wrong, "blocks"))
                @for at in 0..rows { (block(row, at, typed)) }
            }
            button.btn.ghost type="submit" { "Save" }
        }
    }
}

fn block(row: &Row, at: usize, typed: Typed<'_>) -> Markup {
    let so = row.pattern.blocks.get(at);
    let field = |name: &str, label: &str, kind: &str, so: Option<String>| {
        let id = format!("{name}-{at}");
        typed.input("pattern", (&id, label, ""), (kind, &so.unwrap_or_default()))
    };
    html! {
        div.row role="group" aria-label={"Block " (at + 1)} {
            (field("block-from", "First day", "date", so.map(|block| block.starts.to_string())))
            (field("block-to", "Last day", "date", so.map(|block| block.ends.to_string())))
            (field("block-hours", "Hours", "number", so.map(|block| hours(block.time))))
        }
    }
}

fn again(of: PersonId) -> String {
    format!("/programme/practitioners/{of}/time")
}

/// `POST /programme/practitioners/{person}/extras`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn update_extras(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (of, fields) = (person_id(&of)?, &sent.fields);
    let outreach = if fields.one("outreach").is_empty() { None } else { Some(read_whole(fields, "outreach")) };
    let extras = Extras {
        trips: read_whole(fields, "trips"),
        trip: Minutes(read_whole(fields, "trip")),
        inductions: read_whole(fields, "inductions"),
        outreach,
    };
    match planner::set_extras(&sent.visit.desk, sent.visit.visitor.person.id, (of, &extras)).await {
        Ok(()) => Ok(on_to(&again(of), "worked-out")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(refused), refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "extras", fields };
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, of), typed).await
        }
    }
}

/// Half-days and blocks as typed. A row in which only something stands is refused, never dropped.
fn pattern_of(fields: &Fields) -> Result<Pattern, PatternRefused> {
    let mut pattern = Pattern::default();
    for code in fields.all("half") {
        let found = code.split_once('-').and_then(|(day, half)| {
            let day = Weekday::ALL.into_iter().find(|one| one.short() == day)?;
            Some(HalfDay { day, half: Half::from_code(half)? })
        });
        pattern.half_days.extend(found);
    }
    for at in 0..MOST_BLOCKS {
        let name = |part: &str| format!("block-{part}-{at}");
        let all = ["from", "to", "hours"].map(name);
        if all.iter().all(|name| fields.one(name).is_empty()) {
            continue;
        }
        let [from, to, long] = all;
        let (starts, ends): (Option<Date>, Option<Date>) = (fields.read(&from), fields.read(&to));
        let (Some(starts), Some(ends), false) = (starts, ends, fields.one(&long).is_empty()) else {
            return Err(PatternRefused::Unfinished(at));
        };
        pattern.blocks.push(Block { starts, ends, time: read_hours(fields, &long) });
    }
    Ok(pattern)
}

/// At which field a refusal belongs. Rows left empty are not counted by the rule, so the row is looked for.
fn pattern_field(fields: &Fields, refused: &PatternRefused) -> String {
    let filled =
        |at: usize| (0..MOST_BLOCKS).filter(|row| !fields.one(&format!("block-from-{row}")).is_empty()).nth(at);
    match refused {
        PatternRefused::NoTeaching(_) | PatternRefused::TooMuch(..) | PatternRefused::NothingAgreed => {
            "half".to_owned()
        }
        PatternRefused::ManyBlocks => "blocks".to_owned(),
        PatternRefused::Unfinished(at) => format!("block-from-{at}"),
        PatternRefused::Backwards(at) => format!("block-to-{}", filled(*at).unwrap_or(*at)),
        PatternRefused::OutsideTerm(at, ..) | PatternRefused::Overlap(at, _) => {
            format!("block-from-{}", filled(*at).unwrap_or(*at))
        }
        PatternRefused::Length(at, _) => format!("block-hours-{}", filled(*at).unwrap_or(*at)),
    }
}

/// `POST /programme/practitioners/{person}/pattern`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn update_pattern(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (of, fields, who) = (person_id(&of)?, &sent.fields, sent.visit.visitor.person.id);
    let result = match pattern_of(fields) {
        Ok(wanted) => pattern::set(&sent.visit.desk, who, (of, &wanted)).await,
        Err(refused) => Err(actions::Stop::Refused(refused)),
    };
    match result {
        Ok(()) => Ok(on_to(&again(of), "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = pattern_field(fields, &refused);
            let wrong = [(at.as_str(), refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "pattern", fields };
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, of), typed).await
        }
    }
}

/// `POST /programme/practitioners/{person}/carry`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when nothing is proposed.
pub async fn update_carry(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let answer = (person_id(&of)?, sent.fields.ticked("agree"));
    match pattern::answer_carry(&sent.visit.desk, sent.visit.visitor.person.id, answer).await {
        Ok(()) => Ok(on_to("/programme/planner", "saved")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [("carried", refused.to_string())];
            let typed = Typed { wrong: &wrong, form: "carry", fields: &sent.fields };
            crate::pages::planner::shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, false), typed).await
        }
    }
}
