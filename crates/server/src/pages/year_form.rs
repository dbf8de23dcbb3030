//! The form of a year: first and last day, terms, holidays, census day. The same before a college is live and after.

use std::collections::BTreeMap;

use domain::period::{Holiday, Term};
use domain::year::{Day, MOST_HOLIDAYS, MOST_TERMS, Part, Wrong, Year};
use jiff::civil::Date;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;

/// A year as typed: rows as they stand in the form, by the name of their field.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    values: BTreeMap<String, String>,
    terms: usize,
    holidays: usize,
}

/// What is wrong, by field.
pub type AtFields = Vec<(String, String)>;

const TERM: [&str; 3] = ["term-name", "term-starts", "term-ends"];
const HOLIDAY: [&str; 2] = ["holiday-starts", "holiday-ends"];

impl From<&Year> for Typed {
    fn from(year: &Year) -> Self {
        let mut typed = Self { values: BTreeMap::new(), terms: year.terms.len(), holidays: year.holidays.len() };
        let mut put = |name: String, value: String| typed.values.insert(name, value);
        put("starts".to_owned(), year.starts.to_string());
        put("ends".to_owned(), year.ends.to_string());
        put("census".to_owned(), year.census.map(|Day(day)| day.to_string()).unwrap_or_default());
        for (at, term) in year.terms.iter().enumerate() {
            let values = [term.name.clone(), term.starts.to_string(), term.ends.to_string()];
            TERM.iter().zip(values).for_each(|(name, value)| drop(put(format!("{name}-{at}"), value)));
        }
        for (at, holiday) in year.holidays.iter().enumerate() {
            let values = [holiday.starts.to_string(), holiday.ends.to_string()];
            HOLIDAY.iter().zip(values).for_each(|(name, value)| drop(put(format!("{name}-{at}"), value)));
        }
        typed
    }
}

/// A day as people type it where the browser has no calendar of its own: 2026-11-24 or 24/11/2026.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", text).ok())
}

impl Typed {
    /// What a form sent.
    pub fn of(fields: &Fields) -> Self {
        let mut typed = Self::default();
        let mut rows = |names: &[&str], most: usize| {
            let mut last = 0;
            for at in 0..most {
                for name in names {
                    let name = format!("{name}-{at}");
                    let value = fields.one(&name).to_owned();
                    if !value.is_empty() {
                        last = at + 1;
                        typed.values.insert(name, value);
                    }
                }
            }
            last
        };
        let (terms, holidays) = (rows(&TERM, MOST_TERMS), rows(&HOLIDAY, MOST_HOLIDAYS));
        (typed.terms, typed.holidays) = (terms, holidays);
        for name in ["starts", "ends", "census"] {
            typed.values.insert(name.to_owned(), fields.one(name).to_owned());
        }
        typed
    }

    fn get(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The row of this number, unless all of it is empty.
    fn row<const N: usize>(&self, names: [&str; N], at: usize) -> Option<[&str; N]> {
        let row = names.map(|name| self.values.get(&format!("{name}-{at}")).map(String::as_str).unwrap_or_default());
        row.iter().any(|value| !value.is_empty()).then_some(row)
    }

    /// The year, checked.
    ///
    /// # Errors
    /// Sentences at their fields, also those of R-YEA-1 to R-YEA-4.
    pub fn read(&self) -> Result<Year, AtFields> {
        let mut wrong = AtFields::new();
        let mut read = |field: String, text: &str| {
            day(text).unwrap_or_else(|| {
                let sentence =
                    if text.is_empty() { "Choose a day." } else { "This is not a day: write it as 24/11/2026." };
                wrong.push((field, sentence.to_owned()));
                Date::ZERO
            })
        };
        let (starts, ends) = (read("starts".to_owned(), self.get("starts")), read("ends".to_owned(), self.get("ends")));
        let (mut terms, mut term_rows, mut holidays, mut holiday_rows) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for at in 0..self.terms {
            if let Some([name, first, last]) = self.row(TERM, at) {
                let starts = read(format!("term-starts-{at}"), first);
                terms.push(Term { name: name.to_owned(), starts, ends: read(format!("term-ends-{at}"), last) });
                term_rows.push(at);
            }
        }
        for at in 0..self.holidays {
            if let Some([first, last]) = self.row(HOLIDAY, at) {
                let starts = read(format!("holiday-starts-{at}"), first);
                // A single day needs to be typed only once.
                let ends = if last.is_empty() { starts } else { read(format!("holiday-ends-{at}"), last) };
                holidays.push(Holiday { starts, ends });
                holiday_rows.push(at);
            }
        }
        let census = match self.get("census") {
            "" => None,
            text => Some(Day(read("census".to_owned(), text))),
        };
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let rows = (term_rows.as_slice(), holiday_rows.as_slice());
        Year { starts, ends, terms, holidays, census }.checked().map_err(|wrong| at_fields(wrong, rows))
    }
}

/// Refusals at the fields of the rows they were typed in.
fn at_fields(wrong: Wrong, (terms, holidays): (&[usize], &[usize])) -> AtFields {
    let row = |rows: &[usize], at: usize| rows.get(at).copied().unwrap_or(at);
    let field = |part: Part| match part {
        Part::Starts => "starts".to_owned(),
        Part::Ends => "ends".to_owned(),
        Part::Terms => "term-name-0".to_owned(),
        Part::TermName(at) => format!("term-name-{}", row(terms, at)),
        Part::TermStarts(at) => format!("term-starts-{}", row(terms, at)),
        Part::TermEnds(at) => format!("term-ends-{}", row(terms, at)),
        Part::Holidays => "holiday-starts-0".to_owned(),
        Part::HolidayStarts(at) => format!("holiday-starts-{}", row(holidays, at)),
        Part::HolidayEnds(at) => format!("holiday-ends-{}", row(holidays, at)),
        Part::Census => "census".to_owned(),
    };
    wrong.into_iter().map(|(part, no)| (field(part), no.to_string())).collect()
}

/// The refusals of a year that was read before, such as [`Part::Starts`] for one that overlaps another.
pub fn refused(wrong: Wrong) -> AtFields {
    at_fields(wrong, (&[], &[]))
}

/// A field for a day.
fn day_field((typed, wrong): (&Typed, &[(&str, String)]), name: &str, label: &str) -> Markup {
    let bad = kit::is_wrong(wrong, name);
    html! {
        div.field.bad[bad] {
            label.f for=(name) { (label) }
            (kit::error_at(wrong, name))
            input id=(name) type="date" name=(name) value=(typed.get(name)) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{name}-error"))];
        }
    }
}

fn term(kept: (&Typed, &[(&str, String)]), at: usize) -> Markup {
    let (typed, wrong) = kept;
    let name = format!("term-name-{at}");
    let bad = kit::is_wrong(wrong, &name);
    html! {
        fieldset.row {
            legend.visually-hidden { "Term " (at + 1) }
            div.field.bad[bad] {
                label.f for=(name) { "Term" }
                (kit::error_at(wrong, &name))
                input id=(name) name=(name) maxlength="40" value=(typed.get(&name)) aria-invalid=[bad.then_some("true")] aria-describedby=[bad.then(|| format!("{name}-error"))];
            }
            (day_field(kept, &format!("term-starts-{at}"), "First day"))
            (day_field(kept, &format!("term-ends-{at}"), "Last day"))
        }
    }
}

fn holiday(kept: (&Typed, &[(&str, String)]), at: usize) -> Markup {
    html! {
        fieldset.row {
            legend.visually-hidden { "Holiday " (at + 1) }
            (day_field(kept, &format!("holiday-starts-{at}"), "From"))
            (day_field(kept, &format!("holiday-ends-{at}"), "To"))
        }
    }
}

/// The fields of the form; what surrounds them says where it goes.
pub fn view(typed: &Typed, wrong: &[(&str, String)]) -> Markup {
    let kept = (typed, wrong);
    let terms = (typed.terms + 1).clamp(3, MOST_TERMS);
    let holidays = (typed.holidays + 2).min(MOST_HOLIDAYS);
    let bad = kit::is_wrong(wrong, "census");
    html! {
        section.card.stack aria-labelledby="bounds" {
            h2 #bounds { "The academic year" }
            p.hint { "Whatever lies between two terms is free. Hours are counted from 1 September to 31 August." }
            div.row { (day_field(kept, "starts", "First day of the year")) (day_field(kept, "ends", "Last day of the year")) }
        }
        section.card.stack aria-labelledby="terms" {
            h2 #terms { "Terms" }
            p.hint { "From the first to the last day of teaching. Leave a line empty to have fewer." }
            @for at in 0..terms { (term(kept, at)) }
        }
        section.card.stack aria-labelledby="holidays" {
            h2 #holidays { "Days without teaching in term" }
            p.hint { "Half-terms, bank holidays, training days. For a single day the first field is enough. Save to get more lines." }
            @for at in 0..holidays { (holiday(kept, at)) }
        }
        section.card.stack aria-labelledby="census-day" {
            h2 #census-day { "Census day" }
            div.field.bad[bad] {
                label.f for="census" { "Day, if you have one" }
                p.hint #census-hint { "The day of teaching on which you count your staff once a year. Later reports take each person’s area and role as they were on that day." }
                (kit::error_at(wrong, "census"))
                input #census type="date" name="census" value=(typed.get("census")) aria-invalid=[bad.then_some("true")] aria-describedby="census-hint";
            }
        }
    }
}

/// The weeks of a year in words: "Autumn term: 14 weeks of teaching".
pub fn weeks(year: &Year) -> Markup {
    html! {
        ul.plain {
            @for (term, weeks) in year.terms.iter().zip(year.weeks()) {
                li { strong { (term.name) } ": " (domain::year::full_words(term.starts)) " to " (domain::year::full_words(term.ends)) ", " (weeks) @if weeks == 1 { " week" } @else { " weeks" } " of teaching" }
            }
        }
    }
}
