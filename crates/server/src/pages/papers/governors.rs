//! The governors' page: a year on one page, from what is released, what it cost, and what colleagues let go so far (R-DOC-6).

use actions::releases::{self, Told};
use actions::{testimony, value};
use axum::response::{IntoResponse, Response};
use documents::{Document, Part};
use domain::frame::paragraphs;
use domain::period::date_words;
use domain::releases::year_words;
use domain::testimony::Reach;
use domain::text::capital;
use maud::{Markup, html};

use super::look::look;
use super::release::{cells, columns, counted, reads};
use super::{as_pdf, case, ways};
use crate::error::Problem;
use crate::pages::evidence::headline;
use crate::pages::layout::{Place, page};
use crate::visit::Visit;

/// So many voices stand on it: more would not be read, and would push the page over its end.
const VOICES: usize = 2;
/// None of more letters than this does: it would push the page over its end too.
const LONGEST_VOICE: usize = 600;

/// `GET /evidence/governors`: the latest year that is out, on one page.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let back = html! { p.small data-noprint { a href="/evidence" { "Evidence" } } };
    let body = match document(&visit).await? {
        Some(document) => look(&document, &html! { (back) (ways(&[("PDF", "/evidence/governors.pdf".to_owned())])) }),
        None => none_yet(&back),
    };
    Ok(page(&visit, ("For governors", Place::Evidence), &body).into_response())
}

fn none_yet(back: &Markup) -> Markup {
    html! {
        div.stack-l {
            div.stack-s { (back) h1 { "For governors" } }
            div.empty { p { "No year is out yet. It comes out eight weeks after the last day of its last term; then it is here, on one page." } }
        }
    }
}

/// `GET /evidence/governors.pdf`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and while no year is out.
pub async fn pdf(visit: Visit) -> Result<Response, Problem> {
    as_pdf(document(&visit).await?.ok_or(Problem::NotFound)?).await
}

/// Everybody's range of every measure.
fn reach(told: &[Told]) -> Part {
    let lines = || told.iter().filter_map(|one| Some((one.measure.words(), one.total.as_ref()?)));
    let before = lines().any(|(_, line)| line.before.is_some());
    let rows = lines().map(|(what, line)| cells(what, (line.band.as_ref(), line.before.as_ref()), before));
    Part::Table { columns: columns("What", before), rows: rows.collect(), sum: false }
}

async fn document(visit: &Visit) -> Result<Option<Document>, Problem> {
    let (desk, who) = (&visit.desk, &visit.visitor.person);
    let Some(which) = releases::latest_year(desk, who).await? else { return Ok(None) };
    let found = releases::see(desk, who, Some(which)).await?;
    let (Some((_, told)), Some(cover)) = (&found.shown, found.cover()) else { return Ok(None) };
    let before = found.before().and_then(|before| before.year.as_ref());
    let programme = &desk.frame.programme;
    let mut parts = vec![
        Part::Lede { text: headline(told, (cover.year.as_ref(), before)) },
        Part::text(format!(
            "{} are experienced teachers with some hours off their timetable to help colleagues teach better. Teachers ask for support and choose what comes of it; who asks does so without a manager learning of it, and what is said is sealed.",
            capital(&programme.title.many)
        )),
        Part::heading("Whom it reached"),
        reach(told),
        Part::soft(counted(cover)),
    ];
    if let Some(year) = &cover.year {
        parts.extend([Part::heading("How the programme ran"), Part::text(reads(year))]);
    }
    let seen = value::see(desk, who, Some(which.0)).await?;
    parts.push(Part::heading("What it cost"));
    match &seen.account {
        Some(account) => {
            // In a line and not in a table: one page.
            let lines = account.lines.iter().map(|(cost, pence)| format!("{} {pence}", cost.words()));
            parts.push(Part::text(format!("{}.", capital(&lines.collect::<Vec<_>>().join(", ")))));
            parts.push(case::points(account.sentences()));
        }
        None => parts.push(Part::text("Nothing is entered of what it cost.")),
    }
    if !seen.came.is_empty() {
        parts.push(Part::heading("What came of it"));
        parts.extend(case::came(&seen.came));
    }
    let mut voices = testimony::read(desk, who, Reach::Governors).await?;
    voices.retain(|one| one.testimony.text.chars().count() <= LONGEST_VOICE);
    voices.sort_by_key(|one| std::cmp::Reverse(one.testimony.given));
    if !voices.is_empty() {
        parts.push(Part::heading("In their own words"));
        parts.extend(voices.iter().take(VOICES).map(|one| Part::Quote {
            paragraphs: paragraphs(&one.testimony.text),
            by: format!("{} · agreed on {}", one.name, date_words(one.testimony.given)),
        }));
        parts.push(Part::soft(
            "Written of their own accord, with their consent, which they can withdraw: make this page anew each time.",
        ));
    }
    parts.push(Part::soft("People are counted in ranges, so that nobody can be found in them. Taking part and what people say do not show that anything changed because of it."));
    Ok(Some(Document {
        title: format!("{} in {}: for governors", capital(&programme.title.many), year_words(which.0)),
        of: programme.name.clone(),
        day: desk.today(),
        dated: date_words(desk.today()),
        one_page: true,
        parts,
    }))
}
