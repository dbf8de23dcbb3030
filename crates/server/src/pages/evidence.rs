//! What the programme comes to, for programme leads and senior leaders: releases, term by term and year by year, in ranges that
//! are never changed (sketch `evidence.png`).

use actions::releases::{self, Cover, Line, OfYear, Page, Told, Which};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use domain::period::date_words;
use domain::releases::{Measure, year_words};
use evidence::bands::{Band, per_cent_words};
use maud::{Markup, html};

use crate::error::Problem;
use crate::pages::cause;
use crate::pages::evidence_said;
use crate::pages::evidence_view as view;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::read_term;
use crate::pages::papers;
use crate::pages::papers::release::counted;
use crate::pages::value;
use crate::pages::{indicator_read, indicators};
use crate::pages::{reviews, testimony};
use crate::routes::App;
use crate::visit::Visit;

/// Every page of evidence but the survey.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence", get(index))
        .route("/evidence/{release}", get(show))
        .merge(indicators::routes())
        .merge(value::routes())
        .merge(cause::routes())
        .merge(indicator_read::routes())
        .merge(reviews::routes())
        .merge(testimony::routes())
        .merge(papers::routes())
}

/// `GET /evidence`: the latest release.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    shown(&visit, None).await
}

/// `GET /evidence/{release}`: a term as `2025-1`, a year as `2025`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such release.
pub async fn show(visit: Visit, Path(release): Path<String>) -> Result<Markup, Problem> {
    shown(&visit, Some(which(&release).ok_or(Problem::NotFound)?)).await
}

/// The release that is found at an address: a term as `2025-1`, a year as `2025`.
pub fn which(address: &str) -> Option<Which> {
    let term = read_term(address).and_then(|(year, number)| Some((year, u8::try_from(number).ok()?)));
    term.filter(|(_, number)| *number > 0).or_else(|| Some((address.parse().ok()?, 0)))
}

/// Where a release is found.
pub fn address((year, number): Which) -> String {
    if number == 0 { format!("/evidence/{year}") } else { format!("/evidence/{year}-{number}") }
}

/// On the lead's first page, for four weeks: which release came out (R-REL-27). Senior leaders begin with the release itself.
///
/// # Errors
/// A fault.
pub async fn news(visit: &Visit) -> Result<Markup, Problem> {
    let fresh = releases::fresh(&visit.desk, &visit.visitor.person).await?;
    Ok(html! {
        @if let Some((which, cover)) = &fresh {
            p.note { (cover.name) " came out on " (date_words(cover.out)) ". " a href=(address(*which)) { "Read it" } }
        }
    })
}

async fn shown(visit: &Visit, which: Option<Which>) -> Result<Markup, Problem> {
    let found = releases::see(&visit.desk, &visit.visitor.person, which).await?;
    let title = found.cover().map_or_else(|| "Evidence".to_owned(), |cover| cover.name.clone());
    let body = match (&found.shown, found.cover()) {
        (Some((which, measures)), Some(cover)) => release(visit, &found, (*which, measures, cover)),
        _ => none_yet(&found),
    };
    let line = reviews::line(visit).await?;
    Ok(page(visit, (&title, Place::Evidence), &html! { (body) (line) }))
}

fn none_yet(found: &Page) -> Markup {
    html! {
        div.stack-l {
            h1 { "Evidence" }
            div.empty { p {
                "Nothing is released yet. "
                @if let Some((name, day)) = &found.next { (name) " comes out on " (date_words(*day)) "." }
                @else { "A term comes out a fortnight after its last day." }
            } }
            (more())
            (how())
        }
    }
}

/// "30–34 of 300".
pub fn range(band: &Band) -> String {
    format!("{}–{} of {}", band.low, band.high, band.of)
}

/// What a release says first, in one sentence.
pub fn headline(measures: &[Told], (now, before): (Option<&OfYear>, Option<&OfYear>)) -> String {
    let alone = |year: Option<&OfYear>| {
        year.and_then(|year| year.began).and_then(|began| began.by_themselves()).map(per_cent_words)
    };
    match (alone(now), alone(before)) {
        (Some(now), Some(before)) if now != before => {
            return format!("Of those who said how it began, {now} came by themselves; a year before, {before}");
        }
        (Some(now), _) => return format!("Of those who said how it began, {now} came by themselves"),
        _ => {}
    }
    let support = measures.iter().find(|one| one.measure == Measure::Support).and_then(|one| one.total.as_ref());
    match support.map(|line| (line.band, line.before)) {
        Some((Some(band), Some(before))) if before.per_cent() != band.per_cent() => {
            format!(
                "{} of staff had voluntary one-to-one support; a year before, {}",
                band.per_cent_words(),
                before.per_cent_words()
            )
        }
        Some((Some(band), _)) => format!("{} of staff had voluntary one-to-one support", band.per_cent_words()),
        _ => "Whom the programme has reached".to_owned(),
    }
}

fn release(visit: &Visit, found: &Page, (which, measures, cover): (Which, &[Told], &Cover)) -> Markup {
    let (support, others): (Vec<&Told>, Vec<&Told>) = measures.iter().partition(|one| one.measure == Measure::Support);
    html! {
        div.stack-l {
            div.stack-s {
                p.small.soft { (cover.name) " · came out on " (date_words(cover.out)) " · never changed since" }
                h1 { (headline(measures, (cover.year.as_ref(), found.before().and_then(|before| before.year.as_ref())))) }
                p.soft {
                    (counted(cover))
                }
            }
            (others_out(found, which))
            (papers::ways(&[
                ("PDF", format!("{}/report.pdf", address(which))),
                ("XLSX", format!("{}/figures.xlsx", address(which))),
                ("CSV", format!("{}/figures.csv", address(which))),
            ]))
            @for one in support { (in_full(one)) }
            div.cols.three { @for one in others { (in_brief(one)) } }
            @if let Some(year) = &cover.year { (view::of_year(visit, year, found.before().and_then(|before| before.year.as_ref()))) }
            div.cols.half { (view::hours(cover)) (view::sessions(cover)) }
            (evidence_said::section(cover))
            (more())
            (how())
            @if let Some((name, day)) = &found.next { p.small.soft { "Next: " (name) ", on " (date_words(*day)) "." } }
        }
    }
}

/// Every release, by year.
fn others_out(found: &Page, which: Which) -> Markup {
    let mut years: Vec<i16> = found.all.iter().map(|((year, _), _)| *year).collect();
    years.dedup();
    html! {
        nav.releases aria-label="Releases" {
            @for year in years {
                p.small {
                    span.soft { (year_words(year)) " " }
                    @for (one, cover) in found.all.iter().filter(|((own, _), _)| *own == year) {
                        a href=(address(*one)) aria-current=[(*one == which).then_some("page")] {
                            @if one.1 == 0 { "The whole year" } @else { (cover.name) }
                        }
                    }
                }
            }
        }
    }
}

fn rows(lines: &[Line]) -> Markup {
    html! {
        @for line in lines {
            tr {
                td.name data-label="Who" { (line.who) }
                td data-label="Drawn" { (view::drawn(line.band.as_ref())) }
                td.range data-label="How many" {
                    @match &line.band { Some(band) => (range(band)), None => span.soft { "not shown" } }
                    @if let Some(before) = &line.before { span.small.soft { " · a year before " (range(before)) } }
                }
            }
        }
    }
}

/// A measure with all its lines.
fn table(one: &Told) -> Markup {
    let total: Vec<Line> = one.total.iter().cloned().collect();
    html! {
        table.cards.ranges {
            thead { tr { th scope="col" { "Who" } th scope="col" { span.visually-hidden { "Drawn from 0 to 100 per cent" } } th scope="col" { "How many" } } }
            tbody { (rows(&total)) }
            tbody { (rows(&one.areas)) }
            @if !one.roles.is_empty() { tbody { (rows(&one.roles)) } }
        }
    }
}

fn in_full(one: &Told) -> Markup {
    html! {
        section.card.stack aria-labelledby=(one.measure.code()) {
            div.stack-s {
                h2 id=(one.measure.code()) { (one.measure.words()) }
                p.small.soft { (one.measure.definition()) }
            }
            (table(one))
        }
    }
}

fn in_brief(one: &Told) -> Markup {
    html! {
        section.card.stack aria-labelledby=(one.measure.code()) {
            h2 id=(one.measure.code()) { (one.measure.words()) }
            @match one.total.as_ref().and_then(|line| line.band) {
                Some(band) => { p.stat { (band.per_cent_words()) } p.small { (range(&band)) " staff" } }
                None => { p { "Not shown for everybody." } }
            }
            p.small.soft { (one.measure.definition()) }
            details.more { summary { "By area and role" } (table(one)) }
        }
    }
}

/// What else there is to read, and what each of it is.
const MORE: [(&str, &str, &str); 9] = [
    ("/programme/survey", "What staff say", "the survey of staff, once a year"),
    ("/evidence/indicators", "Indicators", "figures of the college, term by term"),
    (
        "/evidence/cause",
        "What may be said about cause",
        "one question at a time, asked before its answer; who begins first, by lot",
    ),
    ("/evidence/value", "What it costs, and what came of it", "with the business case on one page"),
    ("/evidence/governors", "For governors", "the latest year on one page, to print or to take along"),
    ("/programme/check", "Self-check", "how the programme is set up, beside what helps and what hinders"),
    ("/programme/reviews", "Reviews", "what was decided about the programme, term by term"),
    ("/programme/road", "The road", "where the programme stands on about five years"),
    ("/programme/testimony", "In their own words", "what colleagues have written under their own names"),
];

fn more() -> Markup {
    html! {
        nav.card.stack-s aria-labelledby="more" {
            h2 #more { "More to read" }
            ul { @for (address, name, about) in MORE { li { a href=(address) { (name) } span.soft { " · " (about) } } } }
        }
    }
}

/// Why ranges, in a few words.
pub const HOW: [&str; 5] = [
    "Every range leaves at least five numbers possible, so that nobody can be picked out, not even by somebody who knows some of the people or subtracts one release from another. That is worked out over everything that was ever released, before it comes out.",
    "A line is not shown where some number it might have had would have told too much together with the others. It is decided without looking at the number it has: that it is missing tells nothing.",
    "Groups of fewer than ten are counted with another area, chosen by size at the beginning of the year. Required support is never counted with what was asked for. What is entered late counts in the term in which it is entered; a release is never changed.",
    "What stands here is who took part and how much was done. It does not say that anything changed because of it.",
    "A range moves what is likely: four people of a small group who tell each other everything can still work out more than it says.",
];

fn how() -> Markup {
    html! {
        details.more #how {
            summary { "Why these are ranges, and why a line may be missing" }
            div.stack-s {
                @for words in HOW { p { (words) } }
            }
        }
    }
}
