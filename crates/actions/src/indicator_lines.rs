//! Figures as leaders read them: lines over terms beside the milestones of the programme, gaps between groups as ranges, and
//! time with a practitioner out of releases. Rules R-FIG-7 to R-FIG-9, R-FIG-12, R-FIG-13.

use domain::ids::AreaId;
use domain::indicators::{Figure, Gap, Indicator, Pair, Shown};
use domain::milestones::Kind;
use domain::period::{Term, academic_year};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::SeeIndicators;
use policies::facts::PersonFacts;
use store::{Db, Fault, indicators, milestones};

use crate::desk::{Desk, Never, Stop};
use crate::indicators::{BACK, Over, over, unknown};
use crate::releases;

/// A figure of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// "Autumn term 2026".
    pub term: String,
    /// The first and the last day of the term; none where it is nowhere written down.
    pub days: Option<(Date, Date)>,
    /// The figure.
    pub shown: Shown,
}

/// The gap between two groups in a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapOf {
    /// "Summer term 2026".
    pub term: String,
    /// The two groups.
    pub pair: Pair,
    /// The gap.
    pub gap: Gap,
    /// The figures of both, as ranges.
    pub both: (Shown, Shown),
}

/// An indicator of the place that is read.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Which.
    pub indicator: Indicator,
    /// Its figures, the first term first.
    pub points: Vec<Point>,
    /// The whole college's, beside those of an area.
    pub college: Vec<Point>,
    /// Gaps between groups, the latest term first.
    pub gaps: Vec<GapOf>,
}

/// A day beside which figures are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub day: Date,
    /// What happened.
    pub words: String,
    /// Whether it was an inspection.
    pub inspection: bool,
}

/// Time with a practitioner in a period that was released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// "Autumn term 2026".
    pub name: String,
    /// The first and the last day of what is counted.
    pub days: (Date, Date),
    /// Hours by theme, to the nearest five, as they were released; "other themes" at the end.
    pub themes: Vec<(String, u64)>,
}

impl Time {
    /// All that is shown, together; nothing where no theme is shown.
    pub fn hours(&self) -> Option<u64> {
        (!self.themes.is_empty()).then(|| self.themes.iter().map(|(_, hours)| hours).sum())
    }
}

/// Everything on the page where indicators are read.
#[derive(Debug)]
pub struct Read {
    /// The area that is read; none for the whole college.
    pub area: Option<(AreaId, String)>,
    /// The areas of which there are figures.
    pub areas: Vec<(AreaId, String)>,
    /// The indicators of which there are figures.
    pub drawn: Vec<Drawn>,
    /// The days beside which they are read, the first one first.
    pub marks: Vec<Mark>,
    /// Time with a practitioner, the first term first.
    pub time: Vec<Time>,
}

/// The figures of the whole college, or of an area (R-FIG-5, R-FIG-7).
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders, and when there is no such area.
pub async fn see(desk: &Desk, who: &PersonFacts, area: Option<AreaId>) -> Result<Read, Stop<Never>> {
    let permit = desk.permit::<SeeIndicators>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let figures = indicators::all(&db, &permit).await?;
    let mut areas = indicators::areas(&db, &permit).await?;
    let area = match area {
        Some(wanted) => Some(areas.iter().find(|(id, _)| *id == wanted).cloned().ok_or(Stop::Denied)?),
        None => None,
    };
    areas.retain(|(id, _)| figures.iter().any(|one| one.place.area == Some(*id)));
    let first = figures.iter().map(|one| one.place.term.0).min().unwrap_or_else(|| academic_year(desk.today()));
    let terms = over(desk, academic_year(desk.today()).saturating_sub(first).max(BACK));
    let at = area.as_ref().map(|(id, _)| *id);
    let drawn = Indicator::ALL.iter().map(|one| {
        let of = |place: Option<AreaId>| -> Vec<&Figure> {
            figures.iter().filter(|figure| figure.place.indicator == *one && figure.place.area == place).collect()
        };
        let own = of(at);
        let college = if at.is_some() { points(&of(None), &terms) } else { Vec::new() };
        Drawn { indicator: *one, points: points(&own, &terms), college, gaps: gaps(&own, &terms) }
    });
    let drawn = drawn.filter(|one| !one.points.is_empty() || !one.gaps.is_empty()).collect();
    let covers = releases::covers(&db, &permit).await?;
    let marks = marks(desk, (&db, &permit), covers.first().map(|(_, cover)| cover.out)).await?;
    let time = covers.into_iter().filter(|((_, number), _)| *number > 0).map(|(_, cover)| {
        let other = cover.hours.other.map(|hours| ("Other themes".to_owned(), hours));
        let themes = cover.hours.themes.into_iter().chain(other).collect();
        Time { name: cover.name, days: (cover.from, cover.until), themes }
    });
    Ok(Read { area, areas, drawn, marks, time: time.collect() })
}

/// What a term is called, and its days.
fn named(term: (i16, i64), terms: &[(Over, Term)]) -> (String, Option<(Date, Date)>) {
    terms
        .iter()
        .find(|(over, _)| over.term == term)
        .map_or_else(|| (unknown(term), None), |(over, term)| (over.words.clone(), Some((term.starts, term.ends))))
}

/// Figures of everybody, the first term first.
fn points(figures: &[&Figure], terms: &[(Over, Term)]) -> Vec<Point> {
    let mut whole: Vec<&&Figure> = figures.iter().filter(|one| one.place.group.is_none()).collect();
    whole.sort_by_key(|one| one.place.term);
    let point = |figure: &&Figure| {
        let (term, days) = named(figure.place.term, terms);
        Some(Point { term, days, shown: Shown::of(figure)? })
    };
    whole.into_iter().filter_map(point).collect()
}

/// Gaps between two groups of the same place, the latest term first; where one of the two is missing there is none (R-FIG-8).
fn gaps(figures: &[&Figure], terms: &[(Over, Term)]) -> Vec<GapOf> {
    let mut own: Vec<(i16, i64)> = figures.iter().map(|one| one.place.term).collect();
    own.sort_unstable_by(|one, other| other.cmp(one));
    own.dedup();
    let mut all = Vec::new();
    for term in own {
        for pair in Pair::ALL {
            let (first, second) = pair.groups();
            let of = |group| {
                let found = figures.iter().find(|one| one.place.term == term && one.place.group == Some(group));
                found.and_then(|one| Shown::of(one))
            };
            if let (Some(one), Some(other)) = (of(first), of(second))
                && let (Shown::Range(first), Shown::Range(second)) = (one, other)
                && let Some(gap) = Gap::between(&first, &second)
            {
                all.push(GapOf { term: named(term, terms).0, pair: *pair, gap, both: (one, other) });
            }
        }
    }
    all
}

/// What the lead wrote down, and what the program knows by itself: when it began, changes of the model, the first release.
async fn marks(
    desk: &Desk,
    (db, permit): (&Db, &Permit<SeeIndicators>),
    released: Option<Date>,
) -> Result<Vec<Mark>, Fault> {
    let programme = &desk.frame.programme;
    let own = |day, words: String| Mark { day, words, inspection: false };
    let mut all: Vec<Mark> = milestones::all(db, permit)
        .await?
        .into_iter()
        .map(|one| {
            let inspection = one.kind == Kind::Inspection;
            let words = if inspection { format!("Inspection of the whole college: {}", one.words) } else { one.words };
            Mark { day: one.day, words, inspection }
        })
        .collect();
    let changes: Vec<_> = programme.changes.iter().filter(|change| change.in_force).collect();
    all.extend(changes.iter().map(|change| own(change.starts, format!("The model becomes {}", change.model.words()))));
    if let Some(begun) = indicators::begun(db, permit).await? {
        let model = programme.facts.model.words();
        let words = if changes.is_empty() {
            format!("Alongside begins; the declared model is {model}")
        } else {
            "Alongside begins".to_owned()
        };
        all.push(own(desk.frame.calendar.day(begun), words));
    }
    all.extend(released.map(|day| own(day, "The first release of evidence".to_owned())));
    all.sort_by_key(|mark| mark.day);
    Ok(all)
}
