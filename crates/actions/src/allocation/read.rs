//! Reads what there is to allocate.

use domain::hours::divide;
use domain::ids::{AreaId, PersonId};
use domain::inductions::{missing, settled};
use domain::minutes::Minutes;
use domain::planner::{Assumptions, Part};
use domain::standing::Standing;
use policies::acts::{SeeAllocation, SeeFrame, SeeInductions};
use policies::facts::PersonFacts;
use policies::permit::Permit;
use store::allocation::{Candidate, Peopled};
use store::inductions::Induction;
use store::{Db, induction_people, inductions, ramps, standing};

use super::picture::{Hand, Picture, Shared, Which, Work};
use crate::desk::{Desk, Stop};
use crate::planner;

/// How well work suits: who leads on its theme, an area that is not one's own, a newcomer of one's own area (MAT-01, MAT-04,
/// MAT-06).
const WHOLE: i64 = 100;
/// Who knows about its theme; a newcomer of another area.
const GOOD: i64 = 85;
/// A generalist; an area of one's own.
const FAIR: i64 = 65;

/// Minutes as whole hours, rounded up: work is never promised less than it takes.
const fn hours_up(time: Minutes) -> i64 {
    (time.0 + 59).div_euclid(60)
}

struct Reading<'a> {
    candidates: &'a [Candidate],
    areas: &'a [Peopled],
    /// Time of the term that is left for each.
    left: Vec<Minutes>,
    work: Vec<Work>,
    shared: Vec<Shared>,
}

impl Reading<'_> {
    fn position(&self, person: PersonId) -> Option<usize> {
        self.candidates.iter().position(|one| one.person == person)
    }

    fn take(&mut self, at: usize, time: Minutes) {
        self.left.iter_mut().skip(at).take(1).for_each(|left| *left = *left - time);
    }

    /// Areas; one that several look after stays with them, and its hours are theirs.
    fn areas(&mut self, sessions: Minutes, whole: impl Fn(&Peopled) -> Minutes) {
        for (place, area) in self.areas.iter().enumerate() {
            let looking: Vec<usize> = area.nominated.iter().filter_map(|one| self.position(*one)).collect();
            if looking.len() > 1 {
                for (at, part) in looking.iter().zip(divide(whole(area), looking.len())) {
                    self.take(*at, part);
                }
                self.shared.push(Shared { area: area.area, title: area.name.clone(), hands: looking });
                continue;
            }
            let suits = |one: &Candidate| {
                let own = one.own.contains(&area.area);
                (!one.above.contains(&area.area)).then_some(if own { FAIR } else { WHOLE })
            };
            self.work.push(Work {
                which: Which::Area(area.area),
                title: area.name.clone(),
                least: hours_up(sessions).max(1),
                most: hours_up(whole(area)).max(1),
                now: looking.first().copied(),
                suits: self.candidates.iter().map(suits).collect(),
                place,
            });
        }
    }

    /// An induction that nobody accompanies.
    fn induction(&mut self, (one, each): (&Induction, i64), area: Option<AreaId>, above: &[PersonId]) {
        let beside = [&one.mentor, &one.buddy].into_iter().flatten().map(|(person, _)| *person);
        let taken: Vec<_> = beside.chain([one.newcomer.0]).chain(above.iter().copied()).collect();
        let suits = |who: &Candidate| {
            let near = area.is_some_and(|area| who.own.contains(&area));
            (!taken.contains(&who.person)).then_some(if near { WHOLE } else { GOOD })
        };
        let place = area.and_then(|area| self.areas.iter().position(|one| one.area == area));
        self.work.push(Work {
            which: Which::Induction(one.id),
            title: one.newcomer.1.clone(),
            least: each,
            most: each,
            now: None,
            suits: self.candidates.iter().map(suits).collect(),
            place: place.unwrap_or(self.areas.len()),
        });
    }

    fn standing(&mut self, one: &Standing) {
        let suits = |who: &Candidate| match one.theme.map(|theme| who.knows.iter().find(|(known, _)| *known == theme)) {
            None | Some(Some((_, true))) => WHOLE,
            Some(Some((_, false))) => GOOD,
            Some(None) => FAIR,
        };
        self.work.push(Work {
            which: Which::Standing(one.id),
            title: one.title.clone(),
            least: hours_up(one.each_term),
            most: hours_up(one.each_term),
            now: one.person.and_then(|person| self.position(person)),
            suits: self.candidates.iter().map(|who| Some(suits(who))).collect(),
            place: self.areas.len(),
        });
    }

    fn hands(&self) -> Vec<Hand> {
        let hand = |(at, one): (usize, &Candidate)| {
            let nominated = self.areas.iter().enumerate().filter(|(_, area)| area.nominated.contains(&one.person));
            Hand {
                person: one.person,
                name: one.name.clone(),
                hours: self.left.get(at).map_or(0, |time| time.0.div_euclid(60)).max(0),
                knows: nominated.map(|(place, _)| place).chain([self.areas.len()]).collect(),
            }
        };
        self.candidates.iter().enumerate().map(hand).collect()
    }
}

/// Time of a year that is left for areas, inductions and standing work: remission, less what the planner assumes for
/// everything else. Never what was noted, nor what anybody asked for.
fn free(row: &planner::Row) -> Minutes {
    let else_of_it = [Part::Travel, Part::Required, Part::Priorities, Part::Meetings];
    row.asked.given - else_of_it.into_iter().map(|part| row.asked.part(part)).sum()
}

/// Everything that is to be allocated; nothing while no term is known.
pub(super) async fn picture<R>(
    desk: &Desk,
    who: &PersonFacts,
    (db, permit): (&Db, &Permit<SeeAllocation>),
) -> Result<Option<Picture>, Stop<R>> {
    let calendar = &desk.frame.calendar;
    let Some(term) = calendar.term_or_next(desk.today()).cloned() else { return Ok(None) };
    let next = domain::period::academic_year(term.starts) > domain::period::academic_year(desk.today());
    let planner = planner::see(desk, who, next).await.map_err(Stop::widen_never)?;
    let frame = desk.permit::<SeeFrame>(who, &desk.frame.programme.facts, &())?;
    let ramps = ramps::of_frame(db, &frame).await?;
    let (candidates, areas) = store::allocation::chart(db, permit).await?;
    let weeks = i64::from(calendar.teaching_weeks(&term, term.ends));
    let of_term = |time: Minutes| Minutes(time.0 * weeks / planner.length.weeks.max(1));
    let own = |one: &Candidate| planner.rows.iter().find(|row| row.person == one.person).map_or(Minutes(0), free);
    let left = |one: &Candidate| settled(calendar, &term, of_term(own(one)), ramps.get(&one.person));
    let left = candidates.iter().map(left).collect();
    let mut reading = Reading { candidates: &candidates, areas: &areas, left, work: Vec::new(), shared: Vec::new() };
    let Assumptions { asking, each, sessions, session, preparation, induction, .. } = planner.assumed;
    let sessions = Minutes(sessions * (session + preparation).0);
    reading.areas(sessions, |area| of_term(Minutes(area.staff * asking * each.0 / 100)) + sessions);
    for one in running(desk, who, db).await? {
        let accompanied = missing(one.kind, (one.mentor.is_some(), one.buddy.is_some())).is_none();
        if !accompanied {
            let found = induction_people::newcomer(db, permit, one.newcomer.0).await?;
            let above = found.map(|(newcomer, _)| newcomer.above).unwrap_or_default();
            let area = store::allocation::area_of(db, permit, one.newcomer.0).await?;
            reading.induction((&one, hours_up(induction).max(1)), area, &above);
        } else if term.starts <= one.starts && one.starts <= term.ends {
            let beside = [&one.mentor, &one.buddy].into_iter().flatten().find_map(|(who, _)| reading.position(*who));
            if let Some(at) = beside {
                reading.take(at, induction);
            }
        }
    }
    standing::all(db, permit).await?.iter().for_each(|one| reading.standing(one));
    let hands = reading.hands();
    Ok(Some(Picture { term, hands, work: reading.work, shared: reading.shared, places: areas.len() + 1 }))
}

async fn running<R>(desk: &Desk, who: &PersonFacts, db: &Db) -> Result<Vec<Induction>, Stop<R>> {
    let permit = desk.permit::<SeeInductions>(who, &desk.frame.programme.facts, &())?;
    Ok(inductions::all_running(db, &permit).await?)
}
