//! The sample college's indicators of the terms before, its milestones and an inspection: made up, as everything in it.

use actions::desk::Desk;
use actions::indicators::Indicators;
use actions::{Never, indicator_files, indicators, milestones, reading};
use domain::ids::PersonId;
use domain::indicators::{Group, Indicator};
use domain::milestones::Kind;
use domain::period::academic_year;
use jiff::civil::Date;

use crate::cli::CliError;

/// Two years of terms.
const TERMS: usize = 6;

/// So many of so many of the whole college, for the latest terms that are over, the latest first.
const FIGURES: [(Indicator, &[(i64, i64)]); 5] = [
    (Indicator::Observations, &[(64, 81), (58, 79), (55, 76), (52, 78), (49, 77), (47, 75)]),
    (Indicator::Sickness, &[(118, 352), (163, 352), (141, 351), (121, 349), (170, 349), (146, 347)]),
    (Indicator::Feedback, &[(88, 120), (79, 120), (71, 120), (68, 120), (66, 120), (61, 120)]),
    (Indicator::Team, &[(5, 6), (5, 6), (4, 6)]),
    (Indicator::Outside, &[(7, 16), (6, 16), (4, 16)]),
];

/// What was asked of learners each spring, the latest first.
const SATISFIED: [(i64, i64); 2] = [(2_410, 2_980), (2_301, 2_944)];

/// A line of the file.
fn line((indicator, term): (Indicator, &str), (area, group): (&str, &str), (counted, of): (i64, i64)) -> String {
    format!("{},{term},\"{area}\",{group},{counted},{of}", indicator.words())
}

/// So many of a thousand of them.
const fn part(of: i64, thousandths: i64) -> (i64, i64) {
    ((of * thousandths + 500) / 1_000, of)
}

fn sum(all: &[(i64, i64)]) -> (i64, i64) {
    all.iter().fold((0, 0), |(counted, of), one| (counted + one.0, of + one.1))
}

/// Attendance of an area in a term, so many terms ago: areas differ, and it grows slowly.
fn attendance(area: i64, ago: i64) -> (i64, i64) {
    let of = 5_900 + 420 * ((area * 5) % 12) - 350 * (ago % 3);
    part(of, 856 + (area * 37) % 60 - 3 * ago + (area * 5 + ago * 11) % 9)
}

/// Achievement of an area in a summer, so many years ago.
fn achievement(area: i64, ago: i64) -> (i64, i64) {
    part(180 + 23 * ((area * 7) % 12) - 6 * ago, 838 + (area * 29) % 80 - 14 * ago)
}

fn index(at: usize) -> i64 {
    i64::try_from(at).unwrap_or_default()
}

/// The file that somebody might have brought in.
fn file(seen: &Indicators) -> String {
    let terms = || seen.terms.iter().take(TERMS);
    let of_terms = |number: i64| terms().filter(move |over| over.term.1 == number).enumerate();
    let mut lines = vec!["Indicator,Term,Area,Group,Counted,Of".to_owned()];
    for (indicator, figures) in FIGURES {
        lines.extend(terms().zip(figures).map(|(over, counts)| line((indicator, &over.words), ("", ""), *counts)));
    }
    for ((_, over), counts) in of_terms(2).zip(SATISFIED) {
        lines.push(line((Indicator::Satisfaction, &over.words), ("", ""), counts));
    }
    let areas = || seen.areas.iter().enumerate().map(|(at, (_, name))| (index(at), name.as_str()));
    for (ago, over) in terms().enumerate() {
        let of = |area| attendance(area, index(ago));
        lines.extend(areas().map(|(at, name)| line((Indicator::Attendance, &over.words), (name, ""), of(at))));
        let all: Vec<_> = areas().map(|(at, _)| of(at)).collect();
        lines.push(line((Indicator::Attendance, &over.words), ("", ""), sum(&all)));
    }
    for (ago, over) in of_terms(3) {
        let of = |area| achievement(area, index(ago));
        lines.extend(areas().map(|(at, name)| line((Indicator::Achievement, &over.words), (name, ""), of(at))));
        let (counted, whole) = sum(&areas().map(|(at, _)| of(at)).collect::<Vec<_>>());
        let women = part(whole * 54 / 100, counted * 1_000 / whole.max(1) + 21 - 6 * index(ago).min(1));
        let men = (counted - women.0, whole - women.1);
        for (group, counts) in [("", (counted, whole)), (Group::Women.words(), women), (Group::Men.words(), men)] {
            lines.push(line((Indicator::Achievement, &over.words), ("", group), counts));
        }
    }
    lines.join("\n")
}

/// Brings the file in and writes the milestones down, as the lead.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn enter(desk: &Desk, lead: PersonId) -> Result<(), CliError> {
    let who = desk.person::<Never>(&desk.read(), lead).await?;
    let text = file(&indicators::see(desk, &who).await?);
    let table = reading::table("figures.csv", text.as_bytes()).map_err(|fault| CliError::said(fault.to_string()))?;
    let looked = indicator_files::look(desk, &who, &table).await?;
    indicator_files::bring_in(desk, lead, (&looked.written, &looked.token)).await?;
    let year = academic_year(desk.today());
    for (day, kind, words) in [
        (Date::constant(year.saturating_sub(1), 9, 8), Kind::Programme, "Practitioners began in five areas"),
        (Date::constant(year, 2, 10), Kind::Inspection, "good for the quality of education"),
        (Date::constant(year, 4, 20), Kind::College, "New timetable with longer lessons"),
    ] {
        let typed = milestones::Typed { day: Some(day), kind: Some(kind), words };
        milestones::keep(desk, lead, (None, typed)).await?;
    }
    Ok(())
}
