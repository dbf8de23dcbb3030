//! Practitioners' hours: a line for each practitioner with remission, support hours and nominated areas.

use std::collections::HashMap;

use super::columns::Column;
use super::known::{Index, KnownPerson};
use super::layout::Layout;
use super::line::Line;
use super::plan::{Said, Subject};
use super::record::{Field, hours_words, names_words, read_hours, read_lessons, spans_words};
use super::table::Table;
use super::{CellError, Registers, Told, Unsaid, cells};
use crate::minutes::Minutes;
use crate::people::Role;
use crate::weekly::WeeklySpan;

/// What the lines say, and in `names` the themes they speak of.
pub(super) fn read(
    (table, layout): (&Table, &Layout<'_>),
    (names, there): (&mut Registers, &Index<'_>),
    errors: &mut Vec<CellError>,
) -> Vec<Said> {
    let mut lines: HashMap<&str, u32> = HashMap::new();
    let mut all = Vec::new();
    for row in &table.rows {
        let mut line = Line { layout, row, errors, unsaid: Unsaid::default() };
        line.check_width();
        let Ok(person) = line.practitioner(there) else { continue };
        if let Some(first) = lines.insert(&person.email, row.line) {
            let message = format!("Lines {first} and {} are about the same person: delete one of them.", row.line);
            line.wrong(line.layout.first_of(&[Column::Email, Column::Name]), message);
        }
        let mut said = line.hours(person);
        said.extend(line.nominated(there));
        let expertise = line.expertise(names);
        if !line.unsaid.has(Column::Expertise) {
            let theme = |one: &super::Expertise| {
                names.themes.list.get(one.theme).map(|name| if one.leads { format!("{name}*") } else { name.clone() })
            };
            said.push((Field::Expertise, names_words(expertise.iter().filter_map(theme))));
        }
        let subject = Subject::Person(person.email.clone());
        all.push(Said { line: row.line, subject, name: person.name().to_owned(), said });
    }
    all
}

impl Line<'_> {
    /// The practitioner the line is about.
    fn practitioner<'k>(&mut self, there: &Index<'k>) -> Result<&'k KnownPerson, Told> {
        let person = self.person(there)?;
        if person.roles().has(Role::Practitioner) {
            return Ok(person);
        }
        let column = self.layout.first_of(&[Column::Email, Column::Name]);
        let name = person.name();
        Err(self.wrong(
            column,
            format!(
                "{name} does not have the role practitioner: give it with a staff file first, or delete this line."
            ),
        ))
    }

    /// Remission, caseload and support hours.
    fn hours(&mut self, person: &KnownPerson) -> Vec<(Field, Option<String>)> {
        let mut said = Vec::new();
        let known = |field: Field| person.record.get(&field).and_then(|words| read_hours(words).ok());
        let caseload = self.value(Column::CaseloadHours, cells::hours);
        let remitted = self.value(Column::RemittedHours, cells::hours);
        if let Some(caseload) = caseload {
            said.push((Field::Caseload, Some(hours_words(caseload))));
        }
        let whole = caseload.or_else(|| known(Field::Caseload));
        match remitted {
            Some(Minutes(0)) => {
                let message = "A practitioner needs remitted hours: write the hours of a year, such as 150.";
                self.wrong(Column::RemittedHours, message);
            }
            Some(hours) => said.push((Field::Remitted, Some(hours_words(hours)))),
            None => {}
        }
        let then = remitted.or_else(|| known(Field::Remitted));
        if let Some((then, whole)) = then.zip(whole).filter(|(then, whole)| then > whole) {
            let column = self.layout.first_of(&[Column::RemittedHours, Column::CaseloadHours]);
            self.wrong(column, format!("{then} are more than the caseload of {whole}: correct one of the two."));
        }
        if let Ok(spans) = self.optional(Column::SupportHours, cells::spans)
            && !self.unsaid.has(Column::SupportHours)
        {
            let spans = spans.unwrap_or_default();
            self.check_free(person, &spans);
            said.push((Field::SupportHours, spans_words(&spans)));
        }
        said
    }

    /// Support hours may not lie in the person's own teaching.
    fn check_free(&mut self, person: &KnownPerson, spans: &[WeeklySpan]) {
        let words = person.record.get(&Field::Teaching).map_or("", String::as_str);
        let lessons = read_lessons(words).unwrap_or_default();
        let clash = spans.iter().flat_map(|span| lessons.iter().map(move |lesson| (span, lesson.span)));
        if let Some((span, lesson)) = clash.into_iter().find(|(span, lesson)| span.overlaps(*lesson)) {
            let (span, lesson) = (span.from_to(), lesson.from_to());
            let message = format!("{span} overlaps the person's own teaching {lesson}: change one of them.");
            self.wrong(Column::SupportHours, message);
        }
    }

    fn nominated(&mut self, there: &Index<'_>) -> Option<(Field, Option<String>)> {
        let read = |raw: &str| {
            let known = |name: &str| {
                let area = there.area(name).map(|area| area.name.clone());
                area.ok_or_else(|| format!("“{name}” is no area of the college: write it as in the list of areas."))
            };
            cells::list(raw).map(known).collect::<Result<Vec<_>, String>>()
        };
        let areas = self.optional(Column::NominatedAreas, read).ok()?;
        (!self.unsaid.has(Column::NominatedAreas)).then(|| (Field::Nominated, names_words(areas.unwrap_or_default())))
    }
}
