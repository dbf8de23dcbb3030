//! A release as a report and as rows: what the page says, with the same ranges (R-DOC-1).

use actions::releases::{self, Cover, Line, OfYear, Page, Told, ToldOfSessions};
use axum::extract::Path;
use axum::response::Response;
use documents::{Cell, Column, Document, Part, Rows, Set, Value};
use domain::period::date_words;
use evidence::bands::{Band, per_cent_words};

use super::{as_csv, as_pdf, as_xlsx};
use crate::error::Problem;
use crate::pages::evidence::{HOW, headline, range, which};
use crate::pages::evidence_said::{ABOUT, ANSWERS, NOTHING, of_sessions};
use crate::pages::evidence_view::{ALONG, HELD, compass_svg, compass_words, declared, lacking};
use crate::visit::Visit;

/// A release that is out, with its cover.
struct Out {
    page: Page,
    cover: Cover,
    told: Vec<Told>,
}

async fn out(visit: &Visit, address: &str) -> Result<Out, Problem> {
    let which = which(address).ok_or(Problem::NotFound)?;
    let page = releases::see(&visit.desk, &visit.visitor.person, Some(which)).await?;
    let cover = page.cover().cloned().ok_or(Problem::NotFound)?;
    let told = page.shown.as_ref().map(|(_, told)| told.clone()).ok_or(Problem::NotFound)?;
    Ok(Out { page, cover, told })
}

/// `GET /evidence/{release}/report.pdf`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such release.
pub async fn pdf(visit: Visit, Path(release): Path<String>) -> Result<Response, Problem> {
    let out = out(&visit, &release).await?;
    as_pdf(document(&visit, &out)).await
}

/// `GET /evidence/{release}/figures.xlsx`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such release.
pub async fn xlsx(visit: Visit, Path(release): Path<String>) -> Result<Response, Problem> {
    let out = out(&visit, &release).await?;
    as_xlsx(&out.cover.name, out.cover.out, &[rows(&out), said_rows(&out.cover), about(&out)])
}

/// `GET /evidence/{release}/figures.csv`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such release.
pub async fn csv(visit: Visit, Path(release): Path<String>) -> Result<Response, Problem> {
    let out = out(&visit, &release).await?;
    as_csv(&out.cover.name, &rows(&out))
}

/// Columns of a table of ranges; the last one where a year before is told.
pub fn columns(first: &str, before: bool) -> Vec<Column> {
    let mut all = vec![
        Column::new(first, Set::Words),
        Column::new("From 0 to 100 per cent", Set::Drawn),
        Column::new("How many", Set::Numbers),
        Column::new("Per cent", Set::Numbers),
    ];
    if before {
        all.push(Column::new("A year before", Set::Numbers));
    }
    all
}

/// A line of such a table.
pub fn cells(who: &str, (band, then): (Option<&Band>, Option<&Band>), before: bool) -> Vec<Cell> {
    let mut all = vec![
        Cell::words(who),
        Cell::Range { ends: band.map(Band::per_cent) },
        Cell::words(band.map_or_else(|| "not shown".to_owned(), range)),
        Cell::words(band.map(Band::per_cent_words).unwrap_or_default()),
    ];
    if before {
        all.push(Cell::words(then.map(range).unwrap_or_default()));
    }
    all
}

/// A measure's heading, what it counts, and its lines.
fn measure(told: &Told) -> Vec<Part> {
    let lines: Vec<&Line> = told.total.iter().chain(&told.areas).chain(&told.roles).collect();
    let before = lines.iter().any(|line| line.before.is_some());
    let (shown, not): (Vec<&Line>, Vec<&Line>) = lines.into_iter().partition(|line| line.band.is_some());
    let rows = shown.iter().map(|line| cells(&line.who, (line.band.as_ref(), line.before.as_ref()), before));
    let mut parts = vec![Part::heading(told.measure.words()), Part::soft(told.measure.definition())];
    if !shown.is_empty() {
        parts.push(Part::Table { columns: columns("Who", before), rows: rows.collect(), sum: false });
    }
    if !not.is_empty() {
        let names: Vec<&str> = not.iter().map(|line| line.who.as_str()).collect();
        parts.push(Part::soft(format!("Not shown: {}.", names.join(", "))));
    }
    parts
}

/// What only a year tells.
fn of_year(year: &OfYear, before: Option<&OfYear>) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(began) = &year.began {
        let then = before.and_then(|before| before.began.as_ref());
        let line =
            |whose: &str, band: &Band, then: Option<Band>| cells(whose, (Some(band), then.as_ref()), before.is_some());
        parts.push(Part::heading("How voluntary support began"));
        parts.push(Part::soft("As those who asked said themselves, if they did; of everybody who is counted."));
        parts.push(Part::Table {
            columns: columns("Whose idea", before.is_some()),
            rows: vec![
                line("Their own idea", &began.own, then.map(|then| then.own)),
                line("Somebody suggested it", &began.suggested, then.map(|then| then.suggested)),
            ],
            sum: false,
        });
        if let Some(share) = began.by_themselves() {
            parts.push(Part::text(format!("Of those who said so, {} came by themselves.", per_cent_words(share))));
        }
    }
    parts.extend(lived(year));
    parts.push(Part::heading("Required support"));
    parts.push(Part::soft("By itself, for the whole college and the whole year."));
    let then = before.and_then(|before| before.required.as_ref());
    let then = then.map(|then| format!("; a year before, {}", range(then))).unwrap_or_default();
    parts.push(Part::text(match &year.required {
        Some(band) => format!("{} staff ({}){then}.", range(band), band.per_cent_words()),
        None => "Not shown: fewer than ten people are counted.".to_owned(),
    }));
    parts.push(match year.required_hours {
        Some((required, voluntary)) => Part::text(format!(
            "{required} hours were required, beside {voluntary} that were asked for, of the themes that are told; each to the nearest five."
        )),
        None => Part::soft("Its hours are not shown: too few people make them up."),
    });
    parts
}

/// Which model the year looks like, in words.
pub fn reads(year: &OfYear) -> String {
    let all = [Some(year.lived.reads.as_str()), year.lived.beside.as_deref()];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The sentence, the picture, and the same in words.
fn lived(year: &OfYear) -> Vec<Part> {
    let lived = &year.lived;
    let mut parts = vec![Part::heading("Which model are you living?"), Part::text(reads(year))];
    if lived.models.is_empty() {
        parts.push(Part::soft(lacking(lived)));
    } else {
        parts.push(Part::Picture { svg: compass_svg(lived).into_string(), wide: 88, alt: compass_words(lived) });
        parts.push(Part::soft("The shape is what the year shows; the line points to what the college has declared. A mirror, and nothing about people."));
        if !lived.farthest.is_empty() {
            parts.push(Part::soft(format!("Farthest from what was declared: {}.", lived.farthest.join("; "))));
        }
    }
    parts
}

fn hours(cover: &Cover) -> Vec<Part> {
    let all: Vec<(&str, u64)> = themes(cover).collect();
    let most = all.iter().map(|(_, hours)| *hours).max().unwrap_or(1).max(1);
    let mut parts = vec![Part::heading("Hours by theme"), Part::soft(ALONG)];
    if all.is_empty() {
        parts.push(Part::text("No theme has enough people to be shown."));
        return parts;
    }
    let row = |(theme, hours): &(&str, u64)| {
        let words = if *hours == 0 { "under 5 h".to_owned() } else { format!("{hours} h") };
        vec![Cell::words(*theme), Cell::Bar { long: 100 * hours / most }, Cell::words(words)]
    };
    let columns = vec![
        Column::new("Theme", Set::Words),
        Column::new("Beside each other", Set::Drawn),
        Column::new("Hours", Set::Numbers),
    ];
    parts.push(Part::Table { columns, rows: all.iter().map(row).collect(), sum: false });
    parts
}

fn themes(cover: &Cover) -> impl Iterator<Item = (&str, u64)> {
    let named = cover.hours.themes.iter().map(|(theme, hours)| (theme.as_str(), *hours));
    named.chain(cover.hours.other.map(|hours| ("Other themes", hours)))
}

fn sessions(cover: &Cover) -> Vec<Part> {
    let mut parts = vec![Part::heading("Sessions held"), Part::soft(HELD)];
    if cover.sessions.is_empty() {
        parts.push(Part::text("None was planned."));
        return parts;
    }
    let row = |one: &releases::Sessions| {
        vec![Cell::words(&one.area), Cell::words(one.held.to_string()), Cell::words(one.planned.to_string())]
    };
    let columns =
        vec![Column::new("Area", Set::Words), Column::new("Held", Set::Numbers), Column::new("Planned", Set::Numbers)];
    parts.push(Part::Table { columns, rows: cover.sessions.iter().map(row).collect(), sum: false });
    parts
}

/// What people said of sessions, in quarters of the answers.
fn said(cover: &Cover) -> Vec<Part> {
    let mut parts = vec![Part::heading("What people said of sessions"), Part::soft(ABOUT)];
    if cover.said.is_empty() {
        parts.push(Part::text(NOTHING));
    }
    for told in &cover.said {
        if cover.year.is_some() {
            parts.push(Part::Smaller { text: told.name.clone() });
        }
        let answers = ANSWERS.map(|answer| Column::new(answer, Set::Numbers));
        let row = |one: &releases::SaidOf| {
            let words = one.ranges.iter().map(|range| Cell::words(range.map_or("not shown", |range| range.words())));
            [Cell::words(statement(one))].into_iter().chain(words).collect()
        };
        parts.push(Part::Table {
            columns: [Column::new("Of the answers", Set::Words)].into_iter().chain(answers).collect(),
            rows: told.statements.iter().map(row).collect(),
            sum: false,
        });
        parts.push(Part::soft(of_sessions(told)));
    }
    parts
}

fn statement(one: &releases::SaidOf) -> &'static str {
    one.statement().map_or("", |statement| statement.words())
}

/// The same as a table of its own: quarters are no people.
fn said_rows(cover: &Cover) -> Rows {
    let row = |told: &ToldOfSessions, one: &releases::SaidOf| {
        let words = one.ranges.iter().map(|range| Value::words(range.map_or("not shown", |range| range.words())));
        [Value::words(&told.name), Value::words(statement(one))].into_iter().chain(words).collect()
    };
    let rows = cover.said.iter().flat_map(|told| told.statements.iter().map(move |one| row(told, one)));
    let columns = ["Told in", "Of the answers"].into_iter().chain(ANSWERS).map(str::to_owned).collect();
    Rows { name: "Said of sessions".to_owned(), columns, rows: rows.collect() }
}

/// Who is counted, from when to when.
pub fn counted(cover: &Cover) -> String {
    let day = if cover.year.is_some() { "a census day of the year".to_owned() } else { date_words(cover.census) };
    format!(
        "{} people are counted: whoever taught here on {day}. What was entered from {} on and before {} counts.",
        cover.people,
        date_words(cover.from),
        date_words(cover.until)
    )
}

fn document(visit: &Visit, out: &Out) -> Document {
    let Out { page, cover, told } = out;
    let before = page.before().and_then(|before| before.year.as_ref());
    let mut parts =
        vec![Part::Lede { text: headline(told, (cover.year.as_ref(), before)) }, Part::soft(counted(cover))];
    parts.extend(told.iter().flat_map(measure));
    parts.extend(cover.year.iter().flat_map(|year| of_year(year, before)));
    parts.extend(hours(cover));
    parts.extend(sessions(cover));
    parts.extend(said(cover));
    parts.push(Part::heading("Why these are ranges"));
    parts.extend(HOW.map(Part::soft));
    parts.push(Part::soft(format!("The fingerprint of this release, which never changes: {}", cover.hash)));
    Document {
        title: cover.name.clone(),
        of: visit.desk.frame.programme.name.clone(),
        day: cover.out,
        dated: format!("came out on {}", date_words(cover.out)),
        one_page: false,
        parts,
    }
}

fn ends(band: Option<&Band>) -> [Value; 3] {
    [band.map(|band| band.low), band.map(|band| band.high), band.map(|band| band.of)].map(Value::count)
}

/// A line of people: a range, and that of the year before.
fn people((table, line): (&str, &str), band: Option<&Band>, before: Option<&Band>) -> Vec<Value> {
    let per_cent = band.map(Band::per_cent);
    let mut row = vec![Value::words(table), Value::words(line), Value::words("people"), Value::None];
    row.extend(ends(band));
    row.extend([per_cent.map(|(low, _)| low), per_cent.map(|(_, high)| high)].map(Value::count));
    row.extend(ends(before));
    row.push(Value::words(if band.is_some() { "shown" } else { "not shown" }));
    row
}

/// A line of something that is no people: a number, or what stands in its place.
fn number((table, line): (&str, &str), what: &str, number: Result<u64, &str>) -> Vec<Value> {
    let mut row = vec![Value::words(table), Value::words(line), Value::words(what), Value::count(number.ok())];
    row.extend([const { Value::None }; 8]);
    row.push(Value::words(number.err().unwrap_or("shown")));
    row
}

const COLUMNS: [&str; 13] = [
    "Table",
    "Line",
    "What is counted",
    "Number",
    "At least",
    "At most",
    "Of",
    "At least, %",
    "At most, %",
    "A year before, at least",
    "A year before, at most",
    "A year before, of",
    "Shown",
];

fn rows(Out { page, cover, told }: &Out) -> Rows {
    let mut rows = Vec::new();
    for one in told {
        for line in one.total.iter().chain(&one.areas).chain(&one.roles) {
            rows.push(people((one.measure.words(), &line.who), line.band.as_ref(), line.before.as_ref()));
        }
    }
    if let Some(year) = &cover.year {
        rows.extend(rows_of_year(year, page.before().and_then(|before| before.year.as_ref())));
    }
    let nearest = "hours, to the nearest five";
    rows.extend(themes(cover).map(|(theme, hours)| {
        number(("Hours by theme", theme), nearest, if hours == 0 { Err("under 5 hours") } else { Ok(hours) })
    }));
    let whole = |number: i64| u64::try_from(number).map_err(|_| "not shown");
    for one in &cover.sessions {
        rows.push(number(("Sessions", &one.area), "held", whole(one.held)));
        rows.push(number(("Sessions", &one.area), "planned, including those held", whole(one.planned)));
    }
    Rows { name: "Figures".to_owned(), columns: COLUMNS.map(str::to_owned).to_vec(), rows }
}

fn rows_of_year(year: &OfYear, before: Option<&OfYear>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    if let Some(began) = &year.began {
        let then = before.and_then(|before| before.began.as_ref());
        let table = "How voluntary support began";
        rows.push(people((table, "Their own idea"), Some(&began.own), then.map(|then| &then.own)));
        rows.push(people((table, "Somebody suggested it"), Some(&began.suggested), then.map(|then| &then.suggested)));
    }
    let then = before.and_then(|before| before.required.as_ref());
    rows.push(people(("Required support", "Everybody"), year.required.as_ref(), then));
    if let Some((required, voluntary)) = year.required_hours {
        let (table, nearest) = ("Hours of the year", "hours, to the nearest five");
        rows.push(number((table, "Required"), nearest, Ok(required)));
        rows.push(number((table, "Asked for, of the themes that are told"), nearest, Ok(voluntary)));
    }
    for (key, hundredths) in &year.lived.models {
        let model = declared(key).map_or("", domain::programme::Model::words);
        rows.push(number(("Which model", model), "of 100", hundredths.map(u64::from).ok_or("too little is known")));
    }
    rows
}

/// What the figures are of, and what each measure counts.
fn about(Out { cover, told, .. }: &Out) -> Rows {
    let line = |what: &str, words: &str| vec![Value::words(what), Value::words(words)];
    let mut rows = vec![
        line("Release", &cover.name),
        line("Came out on", &date_words(cover.out)),
        line("Counted", &counted(cover)),
        line("Fingerprint, which never changes", &cover.hash),
    ];
    rows.extend(told.iter().map(|one| line(one.measure.words(), one.measure.definition())));
    rows.push(line("Hours by theme", ALONG));
    rows.push(line("Sessions", HELD));
    rows.extend(HOW.map(|words| line("Why ranges", words)));
    Rows { name: "About".to_owned(), columns: ["What", "Words"].map(str::to_owned).to_vec(), rows }
}
