//! The survey of staff for those who read it: the lead opens it, and she and senior leaders read what is released. Rules R-SUR-3 to
//! R-SUR-8 and R-SUR-13 to R-SUR-16.

use actions::survey;
use actions::survey_release::{Line, OfSide, Release};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::period::date_words;
use domain::survey::{Side, Survey, SurveyRefused};
use evidence::bands::Band;
use evidence::survey::Reading;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::pages::papers::ways;
use crate::visit::{Visit, on_to};

/// `GET /programme/survey`.
///
/// # Errors
/// Not found for everybody but a programme lead and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = survey::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                @if seen.may_open { p.small { a href="/programme" { "Programme" } } }
                h1 { "What staff say" }
                p.lede { "Seven statements once a year, five of them read beside a study of 2017. It is what people say, and no proof of what caused it." }
                p.small.soft { "Released once, when the survey is over, as ranges; what was answered is deleted then. Nobody sees a number before." }
            }
            @if let Some(current) = &seen.current { (open(visit, current, seen.may_open)) }
            @else if seen.may_open { (opening(visit, typed)) }
            @if seen.releases.is_empty() { div.empty { p { "No survey is over yet. What staff say will be here the day after its last day." } } }
            @else {
                (ways(&[("XLSX", "/programme/survey/figures.xlsx".to_owned()), ("CSV", "/programme/survey/figures.csv".to_owned())]))
            }
            @for (at, (release, digest)) in seen.releases.iter().enumerate() {
                (of_year(release, (digest, seen.releases.get(at + 1).map(|(release, _)| release))))
            }
        }
    };
    Ok((status, page(visit, ("What staff say", Place::Evidence), &body)).into_response())
}

fn open(visit: &Visit, current: &Survey, may_open: bool) -> Markup {
    let begun = current.first <= visit.desk.today();
    html! {
        section.card.stack-s {
            h2 { @if begun { "A survey is open" } @else { "A survey is planned" } }
            p { "From " (date_words(current.first)) " to " (date_words(current.last)) ". All teaching staff hear of it on the first day and once more shortly before the last, whoever has answered." }
            p.small.soft { "How many have answered is known to nobody until it is over." }
            @if may_open && !begun {
                form method="post" action="/programme/survey/cancellation" { (kit::csrf(visit)) button.btn.quiet.small type="submit" { "Take it back" } }
            }
        }
    }
}

fn opening(visit: &Visit, typed: Typed<'_>) -> Markup {
    html! {
        form.card.stack.narrow #survey method="post" action="/programme/survey" novalidate {
            (kit::csrf(visit))
            h2 { "Open the survey of this year" }
            p.small.soft { "One in an academic year, open for one to eight weeks. Its statements stay what they are when others are added later, so that years can be compared." }
            div.row {
                (typed.input("survey", ("first", "First day", ""), ("date", "")))
                (typed.input("survey", ("last", "Last day", ""), ("date", "")))
            }
            button.btn type="submit" { "Open it" }
        }
    }
}

/// "2025/26".
fn year_words(year: i16) -> String {
    format!("{year}/{:02}", (year + 1) % 100)
}

fn days(release: &Release) -> Markup {
    let words = |day: &str| day.parse::<Date>().map_or_else(|_| day.to_owned(), date_words);
    html! { (words(&release.first)) " to " (words(&release.last)) }
}

/// Which model was declared when it was over (R-SUR-18).
fn declared(release: &Release) -> Markup {
    html! { @match release.declared() { Some(model) => { "model declared: " (model.words()) }, None => "which model was declared was not noted yet" } }
}

/// Two years under two models: laid beside each other, and no more (R-SUR-18).
fn models(release: &Release, before: &Release) -> Markup {
    let both = before.declared().zip(release.declared()).filter(|(then, now)| then != now);
    html! {
        @if let Some((then, now)) = both {
            p.note {
                "The declared model changed: " b { (then.words()) } " in " (year_words(before.year)) ", " b { (now.words()) } " in " (year_words(release.year)) ". The two are laid beside each other below. "
                "Many other things changed between them too, the people among them, so what differs is not put down to the model."
            }
        }
    }
}

fn of_year(release: &Release, (digest, before): (&str, Option<&Release>)) -> Markup {
    let id = format!("year-{}", release.year);
    html! {
        section.stack aria-labelledby=(id) {
            div.stack-s {
                h2 id=(id) { (year_words(release.year)) }
                p.soft { (days(release)) " · " (declared(release)) }
            }
            @if let Some(before) = before { (models(release, before)) }
            @for side in &release.sides {
                (of_side(release, side, before.and_then(|before| before.sides.iter().find(|one| one.side == side.side)).zip(before)))
            }
            p.small.soft { "Released once and for good. SHA-256 " (digest.get(..16).unwrap_or(digest)) "…" }
        }
    }
}

fn of_side(release: &Release, side: &OfSide, before: Option<(&OfSide, &Release)>) -> Markup {
    let staff = side.side() == Some(Side::Staff);
    html! {
        section.card.stack {
            div.stack-s {
                h3 { @if staff { "Staff who are not " (release.title) } @else { (release.title) ", apart from the others" } }
                (returned(side))
            }
            @if side.returned.is_some() {
                (statements(release, side, before))
                (factors(side, staff))
            }
        }
    }
}

fn returned(side: &OfSide) -> Markup {
    html! {
        @match (side.returned, side.rate()) {
            (Some(returned), Some(rate)) => p { (returned) " of " (side.asked) " answered (" (rate / 10) "." (rate % 10) " %)." },
            (Some(returned), None) => p { (returned) " answered from this side. By the list of staff " (side.asked) " are on it, so no share is worked out." },
            _ => p { "Fewer than ten answered, so nothing is shown." },
        }
    }
}

fn statements(release: &Release, side: &OfSide, before: Option<(&OfSide, &Release)>) -> Markup {
    let staff = side.side() == Some(Side::Staff);
    html! {
        table.cards {
            thead { tr {
                th scope="col" { "Statement" }
                th scope="col" { "Agreed" }
                th scope="col" { span.visually-hidden { "Drawn from 0 to 100 per cent" } }
                @if staff { th scope="col" { "Beside 2017" } }
                @if let Some((_, before)) = before { th scope="col" { "Beside " (year_words(before.year)) @if let Some(model) = before.declared() { ", " (model.words()) } } }
            } }
            tbody {
                @for line in side.lines(before.map(|(side, _)| side)) {
                    tr {
                        td.name data-label="Statement" { (line.statement.words(&release.title)) }
                        td data-label="Agreed" { (agreed(&line, side)) }
                        td data-label="Drawn" { @if let Some(shown) = &line.shown { (drawn(shown.band)) } }
                        @if staff { td data-label="Beside 2017" { (beside(&line)) } }
                        @if before.is_some() { td data-label="Beside the year before" { @if let Some(earlier) = line.earlier { (earlier.words()) } @else if line.asked_before { "not shown in both" } @else { span.soft { "not asked then" } } } }
                    }
                }
            }
        }
        @if staff { p.small.soft { "In 2017 the five were the highest of a longer list, and how many answered is not known; of engagement and motivation it published no figure. The interval is Wilson’s for 95 %, taken over the whole range." } }
    }
}

fn range(band: Band) -> String {
    format!("{}–{} of {} ({})", band.low, band.high, band.of, band.per_cent_words())
}

fn agreed(line: &Line, side: &OfSide) -> Markup {
    html! {
        @if let Some(shown) = &line.shown {
            (range(shown.band))
            @if side.returned.is_some_and(|returned| returned > shown.band.of) { br; span.small.soft { "the others could not say" } }
        } @else { span.soft { "fewer than ten said either way" } }
    }
}

fn beside(line: &Line) -> Markup {
    let per_cent = |share: f64| format!("{:.0}", share * 100.0);
    html! {
        @if let (Some(shown), Some((reading, tipping))) = (&line.shown, line.beside) {
            (line.statement.in_2017().unwrap_or_default()) " % then: " strong { (reading.words()) }
            br; span.small.soft {
                "interval " (per_cent(shown.interval.lo)) "–" (per_cent(shown.interval.hi)) " %"
                @match (reading, tipping) {
                    (Reading::TooFewToCompare, _) => {},
                    (_, Some(number)) => { "; at least " (number) " must have answered in 2017 for the two to be told apart" },
                    (_, None) => { "; no number of answers in 2017 would be enough to tell the two apart" },
                }
            }
        } @else if line.statement.in_2017().is_none() { span.soft { "no figure of 2017" } }
        @else { span.soft { "nothing to read" } }
    }
}

fn factors(side: &OfSide, staff: bool) -> Markup {
    html! {
        div.stack-s {
            h4 { "What makes it work" }
            p.small.soft { "Up to five of twelve, in an order from chance. Those of one range are in the order of the alphabet." }
            ul { @for (factor, band) in side.factors() { li { (factor.words()) ": " (range(band)) @if factor.of_2017() { " " span.tag { "2017" } } } } }
            @if staff { @if let Some((least, most)) = side.among_ours() {
                p { @if least == most { (least) } @else { (least) " to " (most) } " of the five of 2017 are among the first five here." }
            } }
        }
    }
}

/// A range as a range, from nobody to everybody.
fn drawn(band: Band) -> Markup {
    let (low, high) = band.per_cent();
    html! {
        svg.bar-svg.planned viewBox="0 0 204 20" preserveAspectRatio="none" aria-hidden="true" {
            rect.free x="0" y="3" width="204" height="14" {}
            rect.p1 x=(low * 2) y="3" width=((high - low) * 2) height="14" {}
        }
    }
}

fn field(why: SurveyRefused) -> &'static str {
    match why {
        SurveyRefused::Last => "last",
        _ => "first",
    }
}

async fn refused(sent: &Sent, why: SurveyRefused) -> Result<Response, Problem> {
    let wrong = [(field(why), why.to_string())];
    let typed = Typed { wrong: &wrong, form: "survey", fields: &sent.fields };
    shown(&sent.visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
}

/// `POST /programme/survey`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let days = (fields.read("first"), fields.read("last"));
    match survey::open(&visit.desk, visit.visitor.person.id, days).await {
        Ok(_) => Ok(on_to("/programme/survey", "saved")),
        Err(stop) => refused(&sent, Problem::refusal(stop)?).await,
    }
}

/// `POST /programme/survey/cancellation`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    match survey::take_back(&visit.desk, visit.visitor.person.id).await {
        Ok(()) => Ok(on_to("/programme/survey", "removed")),
        Err(stop) => refused(&sent, Problem::refusal(stop)?).await,
    }
}

#[cfg(test)]
#[path = "survey_tests.rs"]
mod tests;
