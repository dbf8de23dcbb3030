//! The business case on one page (EVI-12), and a year's costs as rows.

use actions::value::{self, Came, Value as Year};
use axum::response::{IntoResponse, Response};
use documents::{Cell, Column, Document, Part, Rows, Set, Value};
use domain::minutes::Minutes;
use domain::period::date_words;
use domain::releases::year_words;
use domain::text::capital;
use evidence::value::{Account, Scenario};

use super::look::look;
use super::{as_csv, as_pdf, as_xlsx, ways};
use crate::error::Problem;
use crate::forms::Question;
use crate::pages::layout::{Place, page};
use crate::pages::value::wanted;
use crate::pages::value_view::{SCENARIOS, STRENGTHS};
use crate::visit::Visit;

async fn seen(visit: &Visit, Question(of): &Question) -> Result<Year, Problem> {
    Ok(value::see(&visit.desk, &visit.visitor.person, wanted(of)?).await?)
}

/// `GET /evidence/value/case?year=2025`: the business case on one page, to print.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and while nothing is entered of the year.
pub async fn index(visit: Visit, of: Question) -> Result<Response, Problem> {
    let seen = seen(&visit, &of).await?;
    let document = document(&visit, &seen)?;
    let year = seen.year;
    let above = maud::html! {
        p.small data-noprint { a href={"/evidence/value?year=" (year)} { "Back to the year" } }
        (ways(&[
            ("PDF", format!("/evidence/value/case.pdf?year={year}")),
            ("costs as XLSX", format!("/evidence/value/figures.xlsx?year={year}")),
            ("as CSV", format!("/evidence/value/figures.csv?year={year}")),
        ]))
    };
    Ok(page(&visit, ("Business case", Place::Evidence), &look(&document, &above)).into_response())
}

/// `GET /evidence/value/case.pdf?year=2025`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and while nothing is entered of the year.
pub async fn pdf(visit: Visit, of: Question) -> Result<Response, Problem> {
    as_pdf(document(&visit, &seen(&visit, &of).await?)?).await
}

/// `GET /evidence/value/figures.xlsx?year=2025`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and while nothing is entered of the year.
pub async fn xlsx(visit: Visit, of: Question) -> Result<Response, Problem> {
    let seen = seen(&visit, &of).await?;
    as_xlsx(&title(&seen), visit.desk.today(), &[rows(&seen)?, came_rows(&seen)])
}

/// `GET /evidence/value/figures.csv?year=2025`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and while nothing is entered of the year.
pub async fn csv(visit: Visit, of: Question) -> Result<Response, Problem> {
    let seen = seen(&visit, &of).await?;
    as_csv(&title(&seen), &rows(&seen)?)
}

fn title(seen: &Year) -> String {
    format!("Costs {}", year_words(seen.year))
}

/// What it cost, kind by kind, with the sum below.
pub fn costs(account: &Account) -> Part {
    let line = |words: String, pence: String| vec![Cell::words(words), Cell::words(pence)];
    let lines = account.lines.iter().map(|(cost, pence)| line(capital(cost.words()), pence.to_string()));
    let rows = lines.chain([line("Together".to_owned(), account.total.to_string())]).collect();
    Part::Table { columns: vec![Column::new("For", Set::Words), Column::new("Cost", Set::Numbers)], rows, sum: true }
}

/// What came of it, under how strong the evidence is: the strongest first (R-VAL-4, R-VAL-9).
pub fn came(all: &[Came]) -> Vec<Part> {
    let of = |strength| {
        let ours: Vec<&Came> = all.iter().filter(|one| one.strength == strength).collect();
        let points = ours
            .iter()
            .map(|one| (String::new(), format!("{} · {}", one.what.trim_end_matches('.'), one.source)))
            .collect();
        (!ours.is_empty()).then(|| [Part::Smaller { text: capital(strength.words()) }, Part::Points { points }])
    };
    STRENGTHS.into_iter().filter_map(of).flatten().collect()
}

/// A list of sentences.
pub fn points(all: impl IntoIterator<Item = String>) -> Part {
    Part::Points { points: all.into_iter().map(|one| (String::new(), one)).collect() }
}

fn scenarios(seen: &Year, each: Minutes) -> Vec<(&'static str, Scenario)> {
    let of = |(words, more, part): (&'static str, i64, Option<i64>)| {
        let each = part.map(|part| Minutes(each.0 * part / 100));
        Some((words, seen.changed(more, each)?))
    };
    SCENARIOS.into_iter().filter_map(of).collect()
}

fn document(visit: &Visit, seen: &Year) -> Result<Document, Problem> {
    let (Some(account), Some(stated)) = (&seen.account, &seen.stated) else { return Err(Problem::NotFound) };
    let programme = &visit.desk.frame.programme;
    let mut parts = Vec::new();
    if !stated.asked.is_empty() {
        parts.extend([Part::heading("What is asked for"), Part::text(&stated.asked)]);
    }
    parts.extend([Part::heading("What it cost"), costs(account), points(account.sentences())]);
    parts.push(Part::heading("What came of it"));
    if seen.came.is_empty() {
        parts.push(Part::text("Nothing is released of this year yet."));
    }
    parts.extend(came(&seen.came));
    let change = scenarios(seen, stated.remitted_each);
    let change = change.into_iter().map(|(words, found)| (format!("{words}."), found.words));
    parts.extend([Part::heading("What would change"), Part::Points { points: change.collect() }]);
    if !stated.otherwise.is_empty() {
        parts.extend([Part::heading("What happens otherwise"), Part::text(&stated.otherwise)]);
    }
    parts.push(Part::soft("People are counted in ranges, so that nobody can be found in them. What people say and what was done do not show that anything changed because of it. There is no return on investment: benefits have no price."));
    Ok(Document {
        title: format!("The case for {}, {}", programme.title.many, year_words(seen.year)),
        of: programme.name.clone(),
        day: visit.desk.today(),
        dated: date_words(visit.desk.today()),
        one_page: true,
        parts,
    })
}

fn pence(amount: evidence::value::Pence) -> Value {
    i64::try_from(amount.0).map_or(Value::None, Value::Hundredths)
}

fn rows(seen: &Year) -> Result<Rows, Problem> {
    let account = seen.account.as_ref().ok_or(Problem::NotFound)?;
    let line = |words: String, amount: Value| vec![Value::words(words), amount];
    let mut rows: Vec<Vec<Value>> =
        account.lines.iter().map(|(cost, amount)| line(capital(cost.words()), pence(*amount))).collect();
    rows.push(line("Together".to_owned(), pence(account.total)));
    rows.extend(account.per_support_hour.map(|amount| line("An hour of one-to-one support".to_owned(), pence(amount))));
    rows.extend(account.per_session_place.map(|amount| line("A place at a session".to_owned(), pence(amount))));
    let unknown =
        account.not_counted.iter().map(|cost| line(capital(cost.words()), Value::words("not known, not counted")));
    rows.extend(unknown);
    Ok(Rows { name: "Costs".to_owned(), columns: ["For", "Pounds"].map(str::to_owned).to_vec(), rows })
}

fn came_rows(seen: &Year) -> Rows {
    let row =
        |one: &Came| [capital(one.strength.words()), one.what.clone(), one.source.clone()].map(Value::Words).to_vec();
    let columns = ["How strong that is", "What came of it", "Where that is from"].map(str::to_owned).to_vec();
    Rows { name: "What came of it".to_owned(), columns, rows: seen.came.iter().map(row).collect() }
}
