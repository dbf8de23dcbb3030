//! A timetable: a line for each weekly lesson becomes the teaching week of each person it names.

use std::collections::BTreeMap;

use super::columns::Column;
use super::known::{Index, KnownPerson};
use super::layout::Layout;
use super::line::Line;
use super::plan::{Said, Subject};
use super::record::{Field, lessons_words, read_spans};
use super::table::{Cell, Table};
use super::{CellError, Lesson, Told, Unsaid, cells};
use crate::minutes::Minutes;
use crate::weekly::{Weekday, WeeklyRefused, WeeklySpan};

/// The teaching weeks of a timetable, and what should be looked at.
pub(super) fn read(
    (table, layout): (&Table, &Layout<'_>),
    there: &Index<'_>,
    errors: &mut Vec<CellError>,
) -> (Vec<Said>, Vec<String>) {
    let mut weeks: BTreeMap<usize, (u32, &KnownPerson, Vec<Lesson>)> = BTreeMap::new();
    let mut order: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    let mut twice = 0;
    for row in &table.rows {
        let mut line = Line { layout, row, errors, unsaid: Unsaid::default() };
        line.check_width();
        let (person, lesson) = (line.person(there), line.lesson());
        let (Ok(person), Ok(lesson)) = (person, lesson) else { continue };
        let next = order.len();
        let place = *order.entry(person.email.as_str()).or_insert(next);
        let (.., week) = weeks.entry(place).or_insert_with(|| (row.line, person, Vec::new()));
        if let Some(lesson) = lesson {
            if week.contains(&lesson) {
                twice += 1;
            } else {
                week.push(lesson);
            }
        }
    }
    let mut warnings = Vec::new();
    if twice > 0 {
        let lines = if twice == 1 { "1 line says".to_owned() } else { format!("{twice} lines say") };
        warnings.push(format!("{lines} a lesson that another line says too; each lesson is taken once."));
    }
    let mut all = Vec::new();
    for (line, person, week) in weeks.into_values() {
        warnings.extend(overlap(person, &week));
        let subject = Subject::Person(person.email.clone());
        let said = vec![(Field::Teaching, lessons_words(&week))];
        all.push(Said { line, subject, name: person.name().to_owned(), said });
    }
    (all, warnings)
}

/// Published support hours that would lie in the new teaching.
fn overlap(person: &KnownPerson, week: &[Lesson]) -> Option<String> {
    let open = read_spans(person.record.get(&Field::SupportHours)?).ok()?;
    let clash = open.iter().flat_map(|span| week.iter().map(move |lesson| (span, lesson.span)));
    let (span, lesson) = clash.into_iter().find(|(span, lesson)| span.overlaps(*lesson))?;
    Some(format!(
        "{} has support hours {} in the lesson {}: they can publish other hours.",
        person.name(),
        span.from_to(),
        lesson.from_to()
    ))
}

impl Line<'_> {
    /// Whom the line is about: by e-mail address where there is one, else by name.
    pub(super) fn person<'k>(&mut self, there: &Index<'k>) -> Result<&'k KnownPerson, Told> {
        let column = if *self.cell(Column::Email) == Cell::Empty && self.layout.has(Column::Name) {
            Column::Name
        } else if *self.cell(Column::Email) == Cell::Empty && self.layout.has(Column::LastName) {
            Column::LastName
        } else {
            Column::Email
        };
        let said = self.optional(column, |raw| cells::text(raw, 254))?;
        let Some(said) = said else {
            return Err(self.wrong(column, "It is not said who this is about: write the e-mail address or the name."));
        };
        there.find(&said).map_err(|message| self.wrong(column, message))
    }

    /// The lesson of the line; nothing where day and times are hyphens, which says that the person teaches nothing.
    fn lesson(&mut self) -> Result<Option<Lesson>, Told> {
        let hyphen = |cell: &Cell| matches!(cell, Cell::Text(text) if matches!(text.trim(), "-" | "–" | "none"));
        if [Column::Day, Column::From, Column::To].into_iter().all(|column| hyphen(self.cell(column))) {
            return Ok(None);
        }
        let (day, from, to) = (self.day(), self.clock(Column::From), self.clock(Column::To));
        let label = self.optional(Column::Lesson, |raw| cells::text(&raw.replace(';', ","), 80));
        let (day, from, to) = (day?, from?, to?);
        let span = WeeklySpan::new(day, from, Minutes(i64::from(to) - i64::from(from)))
            .map_err(|refused| self.wrong(Column::To, refused.to_string()))?;
        let label = label?.unwrap_or_default();
        let label = label.trim_matches(|c: char| c.is_whitespace() || ",:-–—".contains(c)).to_owned();
        Ok(Some(Lesson { span, label }))
    }

    fn day(&mut self) -> Result<Weekday, Told> {
        const DATE: &str = "This is a date, but a teaching week has days: write Mon, Tue, Wed, Thu, Fri, Sat or Sun.";
        match self.cell(Column::Day) {
            Cell::Date => Err(self.wrong(Column::Day, DATE)),
            Cell::Number(number) => {
                // Some timetables count the days; a large number is a date as the spreadsheet keeps it.
                let day = (1..=7_u8).find(|day| (number - f64::from(*day)).abs() < f64::EPSILON);
                day.and_then(Weekday::from_number).ok_or_else(|| self.wrong(Column::Day, DATE))
            }
            Cell::Text(text) if text.chars().filter(char::is_ascii_digit).count() > 2 => {
                Err(self.wrong(Column::Day, DATE))
            }
            _ => {
                let day = self.optional(Column::Day, |raw| {
                    raw.parse::<Weekday>().map_err(|_| {
                        "This is not a day of the week: write Mon, Tue, Wed, Thu, Fri, Sat or Sun.".to_owned()
                    })
                })?;
                day.ok_or_else(|| {
                    self.wrong(Column::Day, "The day is missing: write Mon, Tue, Wed, Thu, Fri, Sat or Sun.")
                })
            }
        }
    }

    /// The minute of the day in a cell that holds a time, a part of a day, or a text.
    fn clock(&mut self, column: Column) -> Result<u16, Told> {
        const AGAIN: &str = "This is not a time of day: write it on the 24-hour clock, such as 10:30.";
        let text = match self.cell(column) {
            Cell::Time(minute) => return Ok(*minute),
            Cell::Date => return Err(self.wrong(column, AGAIN)),
            Cell::Number(number) => of_number(*number).ok_or_else(|| self.wrong(column, AGAIN))?,
            _ => {
                let said = self.optional(column, |raw| Ok(raw.to_owned()))?;
                said.ok_or_else(|| {
                    self.wrong(column, "The time is missing: write it on the 24-hour clock, such as 10:30.")
                })?
            }
        };
        of_text(text.trim(), column == Column::From)
            .map_err(|refused| match refused {
                WeeklyRefused::Night(_) => refused.to_string(),
                _ => AGAIN.to_owned(),
            })
            .map_err(|message| self.wrong(column, message))
    }
}

/// A number as a clock time: a part of a day, a full hour, or hours and minutes without a colon.
fn of_number(number: f64) -> Option<String> {
    if number <= 0.0 {
        return None;
    }
    let whole = |number: f64| format!("{number:.0}").parse::<u16>().ok();
    let minutes = if number < 1.0 {
        whole(number * 1440.0)?
    } else {
        let digits = whole(number).filter(|digits| (f64::from(*digits) - number).abs() < f64::EPSILON)?;
        if digits <= 24 { digits * 60 } else { (digits / 100) * 60 + (digits % 100) }
    };
    Some(format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

fn of_text(text: &str, starts: bool) -> Result<u16, WeeklyRefused> {
    // Seconds, as some programs write them.
    let text = if text.matches(':').count() == 2 { text.strip_suffix(":00").unwrap_or(text) } else { text };
    let half = text.chars().any(char::is_alphabetic);
    if starts {
        let until = if half { "11:59pm" } else { "24:00" };
        format!("Mon {text}-{until}").parse::<WeeklySpan>().map(WeeklySpan::starts)
    } else {
        let from = if half { "6am" } else { "06:00" };
        format!("Mon {from}-{text}").parse::<WeeklySpan>().map(WeeklySpan::ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_are_read_however_a_spreadsheet_keeps_them() {
        for (number, clock) in
            [(0.375, "09:00"), (0.4375, "10:30"), (9.0, "09:00"), (930.0, "09:30"), (1730.0, "17:30")]
        {
            assert_eq!(of_number(number).as_deref(), Some(clock), "{number}");
        }
        assert_eq!((of_number(-1.0), of_number(9.5)), (None, None));
        for (text, minute) in
            [("09:00", 540), ("9.30", 570), ("0930", 570), ("09:00:00", 540), ("2pm", 840), ("2:15 PM", 855)]
        {
            assert_eq!(of_text(text, true), Ok(minute), "{text}");
            assert_eq!(of_text(text, false), Ok(minute), "{text}");
        }
        assert!(of_text("late", true).is_err() && of_text("2:00", true).is_err() && of_text("", false).is_err());
    }
}
