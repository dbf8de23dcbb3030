//! Figures of the whole college or of an area, kept by the programme lead. Rules R-FIG-1 to R-FIG-8.

use domain::ids::{AreaId, PersonId};
use domain::indicators::{Figure, FigureRefused, Indicator, Place, Shown, enter};
use domain::milestones::Milestone;
use domain::period::{Term, academic_year};
use jiff::civil::Date;
use policies::acts::EnterFigure;
use policies::facts::PersonFacts;
use store::{events, indicators, milestones};

use crate::desk::{Desk, Never, Stop};
use crate::term_list::numbered;

/// A term that is over, as a figure's place names it.
#[derive(Debug, Clone)]
pub struct Over {
    /// The academic year and the number in it.
    pub term: (i16, i64),
    /// "Autumn term 2026".
    pub words: String,
}

/// A figure as the page shows it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it belongs.
    pub place: Place,
    /// "Autumn term 2026".
    pub term: String,
    /// The area's name; none for the whole college.
    pub area: Option<String>,
    /// The figure.
    pub shown: Shown,
    /// Whether it can still be corrected.
    pub open: bool,
}

/// Everything on the page where indicators are kept.
#[derive(Debug)]
pub struct Indicators {
    /// The figures of each indicator that has any, the latest term first.
    pub lines: Vec<(Indicator, Vec<Line>)>,
    /// The terms that can have figures, the latest first.
    pub terms: Vec<Over>,
    /// The areas there are.
    pub areas: Vec<(AreaId, String)>,
    /// The days beside which figures are read, the first one first.
    pub milestones: Vec<Milestone>,
}

/// So many academic years back a figure can be of, so that there is something to compare the first terms with.
pub(crate) const BACK: i16 = 3;

/// The terms that are over, the latest first, with what they are called: of years that are not written down, the usual ones.
pub(crate) fn over(desk: &Desk, back: i16) -> Vec<(Over, Term)> {
    let today = desk.today();
    let this = academic_year(today);
    let all = numbered(&desk.frame.calendar, this.saturating_sub(back)..this);
    let over = all.into_iter().filter(|(_, _, term)| term.ends < today);
    over.rev().map(|(at, words, term)| (Over { term: at, words }, term)).collect()
}

fn may_be_corrected(figure: &Figure, today: Date) -> bool {
    !figure.place.indicator.of_staff() || figure.entered == today
}

/// "Term 2 of 2023/24": a term that is nowhere written down.
pub(crate) fn unknown((year, number): (i16, i64)) -> String {
    format!("Term {number} of {year}/{:02}", year.saturating_add(1) % 100)
}

/// The figures with the terms and areas they can be entered for (R-FIG-1, R-FIG-4).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Indicators, Stop<Never>> {
    let permit = desk.permit::<EnterFigure>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let areas = indicators::areas(&db, &permit).await?;
    let terms: Vec<Over> = over(desk, BACK).into_iter().map(|(over, _)| over).collect();
    let all = indicators::all(&db, &permit).await?;
    let line = |figure: &Figure| {
        let Place { term, area, .. } = figure.place;
        let area = match area {
            Some(area) => Some(areas.iter().find(|(id, _)| *id == area)?.1.clone()),
            None => None,
        };
        let called = terms.iter().find(|over| over.term == term).map(|over| over.words.clone());
        let called = called.unwrap_or_else(|| unknown(term));
        let open = may_be_corrected(figure, desk.today());
        Some(Line { place: figure.place, term: called, area, shown: Shown::of(figure)?, open })
    };
    let of = |one: &Indicator| -> Vec<Line> {
        all.iter().filter(|figure| figure.place.indicator == *one).filter_map(line).collect()
    };
    let lines = Indicator::ALL.iter().map(|one| (*one, of(one))).filter(|(_, lines)| !lines.is_empty()).collect();
    let milestones = milestones::all(&db, &permit).await?;
    Ok(Indicators { lines, terms, areas, milestones })
}

/// Enters so many of so many at a place, in the place of an earlier figure; none takes that away again (R-FIG-2 to R-FIG-4).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(
    desk: &Desk,
    who: PersonId,
    (place, counts): (Place, Option<(i64, i64)>),
) -> Result<(), Stop<FigureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<EnterFigure>(&me, &desk.frame.programme.facts, &())?;
    let today = desk.today();
    let term = over(desk, BACK).into_iter().find(|(over, _)| over.term == place.term).map(|(_, term)| term);
    let earlier = indicators::all(&db, &permit).await?.into_iter().find(|one| one.place == place);
    match counts {
        Some((counted, of)) => {
            let figure = Figure { place, counted, of, entered: today };
            let term = term.ok_or(Stop::Refused(FigureRefused::Term))?;
            enter(&figure, (earlier.as_ref(), &term), today).map_err(Stop::Refused)?;
            let known = indicators::areas(&db, &permit).await?;
            if place.area.is_some_and(|area| !known.iter().any(|(id, _)| *id == area)) {
                return Err(Stop::Denied);
            }
            indicators::enter(&db, &permit, &figure).await?;
        }
        None => {
            if earlier.is_none_or(|earlier| !may_be_corrected(&earlier, today)) {
                return Err(Stop::Refused(FigureRefused::Stands));
            }
            indicators::remove(&db, &permit, &place).await?;
        }
    }
    events::record(&db, &permit, desk.stamp(), place.indicator.code()).await?;
    Ok(db.commit().await?)
}
