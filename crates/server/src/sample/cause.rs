//! The sample college's lots and its question about cause: made up, as everything in it. Ten areas were drawn a year ago, six of them
//! began since, attendance came up a little there; two areas wait to be drawn.

use std::sync::Arc;

use actions::desk::{Desk, House};
use actions::lots::Wanted;
use actions::{Never, cause, indicators, lots};
use domain::cause::{AGREED, Asked, Begins};
use domain::ids::{LotId, PersonId};
use domain::indicators::{Indicator, Place};
use domain::lots::Named;
use domain::period::days_after;
use jiff::civil::Date;

use crate::cli::CliError;

/// So many areas were drawn, and so many of them begin in each term from the second of the year before on.
const DRAWN: usize = 10;
const STEPS: [usize; 3] = [3, 3, 4];
/// What a senior leader read out when the first lot was drawn.
const WORDS: &str = "Herring gulls over the harbour wall";
/// Attendance of each area three years ago, in tenths of a per cent, in the order of the lot: like against like stays like.
const BASE: [i64; DRAWN] = [872, 861, 884, 868, 879, 855, 874, 890, 865, 881];
/// What a term brings everywhere: autumn is better than summer, and it was better a year ago.
const TERMS: [i64; 9] = [6, 2, -3, 5, 0, -4, 8, 4, 1];
/// What an area gained in the first and in the second term after it began, in tenths.
const GAINED: [i64; 2] = [24, 33];

/// What an area has of its own in a term, in tenths: small, and the same whoever is drawn.
fn own(place: usize, term: usize) -> i64 {
    let mixed = (place * 7 + term * 5 + place * term * 3) % 11;
    i64::try_from(mixed).unwrap_or_default() - 5
}

struct Told<'a> {
    house: &'a Arc<House>,
    lead: PersonId,
    leader: PersonId,
}

impl Told<'_> {
    fn on(&self, day: Date) -> Result<Desk, CliError> {
        let calendar = &self.house.frame().calendar;
        let now = calendar.instant(day, 11 * 60).map_err(|gap| CliError::said(gap.to_string()))?;
        Ok(Desk::new(Arc::clone(self.house), now))
    }

    async fn open(&self, desk: &Desk, (areas, steps): (&[Named], &[usize])) -> Result<LotId, CliError> {
        let who = desk.person::<Never>(&desk.read(), self.lead).await?;
        let terms = lots::see(desk, &who).await?.opening.map(|opening| opening.terms).unwrap_or_default();
        let steps = terms.iter().map(|term| term.at).zip(steps.iter().map(|count| Some(*count))).collect();
        let areas = areas.iter().map(|area| area.id).collect();
        Ok(lots::open(desk, self.lead, &Wanted { areas, steps, once: String::new() }).await?)
    }
}

/// Draws a lot a year ago, asks what came of it, enters attendance term by term, and has it shown; opens another lot.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn fill(
    house: &Arc<House>,
    now: &Desk,
    (lead, leader, year): (PersonId, PersonId, i16),
) -> Result<(), CliError> {
    let told = Told { house, lead, leader };
    let opened = told.on(Date::constant(year - 1, 10, 5))?;
    let who = opened.person::<Never>(&opened.read(), lead).await?;
    let areas = lots::see(&opened, &who).await?.opening.map(|opening| opening.areas).unwrap_or_default();
    let (Some(first), Some(rest)) = (areas.get(..DRAWN), areas.get(DRAWN..)) else { return Ok(()) };
    let lot = told.open(&opened, (first, &STEPS)).await?;
    lots::add_words(&told.on(Date::constant(year - 1, 10, 6))?, told.leader, (lot, WORDS)).await?;
    attendance(now, &told, (lot, year)).await?;
    if rest.len() > 1 {
        told.open(&told.on(days_after(now.today(), -4))?, (rest, &[1, 1])).await?;
    }
    Ok(())
}

/// Asks on the day after the draw, enters what was before, weighs, and enters the rest once it is over.
async fn attendance(now: &Desk, told: &Told<'_>, (lot, year): (LotId, i16)) -> Result<(), CliError> {
    let (asked, lead) = (told.on(Date::constant(year - 1, 10, 7))?, told.lead);
    let who = asked.person::<Never>(&asked.read(), lead).await?;
    let seen = cause::asking(&asked, &who, Some(lot)).await?;
    let drawn = seen.drawn.unwrap_or_default();
    let begins = |(area, term): &(Named, Option<domain::lots::TermOf>)| {
        (area.clone(), term.as_ref().map_or(Begins::Never, |term| Begins::In(term.at)))
    };
    let question = Asked {
        outcome: Some(Indicator::Attendance),
        from: Some((year - 3, 1)),
        to: Some((year - 1, 3)),
        areas: drawn.iter().map(begins).collect(),
        agreed: Some(AGREED),
        chosen: Some(false),
        other: Some(false),
    };
    let id = cause::ask(&asked, lead, (&question, Some(lot), "")).await?;
    let terms: Vec<(i16, i64)> = (year - 3..year).flat_map(|year| [(year, 1), (year, 2), (year, 3)]).collect();
    for (place, (area, begins)) in drawn.iter().enumerate() {
        for (at, term) in terms.iter().enumerate() {
            let since = begins.as_ref().filter(|begins| begins.at <= *term);
            let later = since.map(|begins| usize::from(begins.at != *term));
            let gained = later.and_then(|later| GAINED.get(later)).copied().unwrap_or_default();
            let base = BASE.get(place).copied().unwrap_or_default() + TERMS.get(at).copied().unwrap_or_default();
            let of = 4_200 + 310 * i64::try_from(place).unwrap_or_default();
            let counted = of * (base + own(place, at) + gained) / 1_000;
            let place = Place { indicator: Indicator::Attendance, term: *term, area: Some(area.id), group: None };
            indicators::set(now, lead, (place, Some((counted, of)))).await?;
        }
    }
    let weighed = told.on(Date::constant(year, 1, 14))?;
    cause::weigh(&weighed, lead, id).await?;
    cause::show(&told.on(Date::constant(year, 9, 21))?, lead, id).await?;
    Ok(())
}
