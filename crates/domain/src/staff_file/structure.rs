//! Areas: a line for each with its site, who leads it and what it is a part of.

use std::collections::{HashMap, HashSet};

use super::columns::Column;
use super::known::{Index, spelled};
use super::layout::Layout;
use super::line::Line;
use super::plan::{Said, Subject};
use super::record::Field;
use super::table::Table;
use super::{CellError, Unsaid, cells, fold};

/// What the lines say, and what should be looked at.
pub(super) fn read(
    (table, layout): (&Table, &Layout<'_>),
    there: &Index<'_>,
    errors: &mut Vec<CellError>,
) -> (Vec<Said>, Vec<String>) {
    // Areas of the file may be spoken of before their own line.
    let mut first: HashMap<String, (u32, String)> = HashMap::new();
    let mut names = Vec::new();
    for row in &table.rows {
        let mut line = Line { layout, row, errors, unsaid: Unsaid::default() };
        line.check_width();
        let area =
            line.needed(Column::Area, "The area is missing: write what it is called.", |raw| cells::text(raw, 80));
        let area = there.area(&area).map_or(area, |known| known.name.clone());
        if let Some((before, _)) = first.get(&fold(&area)).filter(|_| !area.is_empty()) {
            let message = format!("Lines {before} and {} are about the same area: delete one of them.", row.line);
            line.wrong(Column::Area, message);
        }
        first.entry(fold(&area)).or_insert_with(|| (row.line, area.clone()));
        names.push(area);
    }
    let mut all = Vec::new();
    for (row, area) in table.rows.iter().zip(&names).filter(|(_, area)| !area.is_empty()) {
        let mut line = Line { layout, row, errors, unsaid: Unsaid::default() };
        let said = line.area(area, (&first, there));
        all.push(Said { line: row.line, subject: Subject::Area(area.clone()), name: area.clone(), said });
    }
    no_loops(&all, there, layout, errors);
    let peopled: HashSet<String> = there
        .known
        .people
        .iter()
        .filter(|person| person.active)
        .filter_map(|person| person.record.get(&Field::Area))
        .map(|area| fold(area))
        .collect();
    let bare: Vec<&str> = names.iter().filter(|area| !peopled.contains(&fold(area))).map(String::as_str).collect();
    (all, without_people(&bare))
}

/// A sentence about areas in which nobody works.
fn without_people(bare: &[&str]) -> Vec<String> {
    match bare {
        [] => Vec::new(),
        [one] => {
            vec![format!("Nobody works in “{one}” yet: check the spelling, or bring its people in with a staff file.")]
        }
        many => {
            let shown = many.iter().take(8).map(|area| format!("“{area}”")).collect::<Vec<_>>().join(", ");
            let more = if many.len() > 8 { format!(" and {} more", many.len() - 8) } else { String::new() };
            vec![format!(
                "Nobody works in {shown}{more} yet: check the spelling, or bring their people in with a staff file."
            )]
        }
    }
}

impl Line<'_> {
    fn area(
        &mut self,
        area: &str,
        (first, there): (&HashMap<String, (u32, String)>, &Index<'_>),
    ) -> Vec<(Field, Option<String>)> {
        let site = self.optional(Column::Site, |raw| cells::text(raw, 80));
        let site = site.map(|site| site.map(|site| spelled(&there.known.sites, &site)));
        let led = self.optional(Column::LedBy, |raw| {
            let person = there.find(&cells::text(raw, 254)?)?;
            if person.active {
                Ok(person.email.clone())
            } else {
                Err(format!("The account of {} is off: write whoever leads the area now.", person.name()))
            }
        });
        let part = self.optional(Column::PartOf, |raw| {
            let name = cells::text(raw, 80)?;
            if fold(&name) == fold(area) {
                return Err("An area cannot be a part of itself: write another one, or a hyphen.".to_owned());
            }
            let known = there.area(&name).map(|known| known.name.clone());
            known.or_else(|| first.get(&fold(&name)).map(|(_, name)| name.clone())).ok_or_else(|| {
                format!("“{name}” is no area of this file or of the college: correct it, or add a line for it.")
            })
        });
        let mut said = Vec::new();
        for (column, field, value) in [
            (Column::Site, Field::AreaSite, site),
            (Column::LedBy, Field::LedBy, led),
            (Column::PartOf, Field::PartOf, part),
        ] {
            if let Ok(value) = value
                && !self.unsaid.has(column)
            {
                said.push((field, value));
            }
        }
        said
    }
}

/// Adds an error for each area that would be a part of itself in the end.
fn no_loops(all: &[Said], there: &Index<'_>, layout: &Layout<'_>, errors: &mut Vec<CellError>) {
    let known =
        there.known.areas.iter().filter_map(|area| Some((fold(&area.name), fold(area.record.get(&Field::PartOf)?))));
    let mut above: HashMap<String, String> = known.collect();
    for one in all {
        if let Some((_, part)) = one.said.iter().find(|(field, _)| *field == Field::PartOf) {
            match part {
                Some(part) => above.insert(fold(&one.name), fold(part)),
                None => above.remove(&fold(&one.name)),
            };
        }
    }
    let mut told: HashSet<String> = HashSet::new();
    for one in all {
        let start = fold(&one.name);
        let chain: Vec<&String> =
            std::iter::successors(above.get(&start), |next| above.get(*next)).take(all.len() + above.len()).collect();
        let back = chain.iter().position(|next| **next == start);
        if let Some(back) = back
            && !told.contains(&start)
        {
            told.extend(chain.iter().take(back + 1).map(|area| (*area).clone()));
            let message = "This goes round in a circle: the area would be a part of itself. Correct one of these.";
            let value =
                one.said.iter().find_map(|(field, part)| if *field == Field::PartOf { part.clone() } else { None });
            let column = layout.title_of(Column::PartOf);
            errors.push(CellError {
                line: one.line,
                column,
                value: value.unwrap_or_default(),
                message: message.to_owned(),
            });
        }
    }
}
