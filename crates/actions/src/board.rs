//! The lead's board, recomputed weekly by a job. Rules R-BRD-1 to R-BRD-6.

use domain::board::{Alert, Roughly, WEEKS_TO_TELL};
use domain::hours::{TermHours, forecast};
use domain::ids::PersonId;
use domain::inductions::settled;
use domain::minutes::Minutes;
use domain::pattern::{CarryState, plan_of_term};
use domain::period::{Term, academic_year, days_after, monday};
use domain::remission::Teaching;
use domain::training::State;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{RecomputeWeek, SeeBoard, SeeWaitingExactly};
use policies::facts::{Actor, Job, PersonFacts};
use store::people::{self, InLine};
use store::{Db, Fault, board, events, pattern, ramps, trainings};

use crate::communities;
use crate::desk::{Desk, Never, Stop};
use crate::frame::{self, Frame, Given};
use crate::new_year;
use crate::settling;

/// How many requests wait for a practitioner, as exactly as the visitor may know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The number, and for how many working days the longest has waited.
    Exactly(u32, u32),
    /// For a lead in the line of teaching staff (R-BRD-3).
    About(Roughly),
}

/// A practitioner's row.
#[derive(Debug)]
pub struct Row {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Hours of the term.
    pub hours: TermHours,
    /// Requests that wait.
    pub waiting: Waiting,
}

/// The board.
#[derive(Debug)]
pub struct Board {
    /// As of which Monday; `None` before the first recompute.
    pub week: Option<Date>,
    /// One row a practitioner, by name.
    pub rows: Vec<Row>,
    /// What there is to look at in hours and priorities (R-BRD-6).
    pub alerts: Vec<Alert>,
    /// Areas that nobody looks after.
    pub uncovered: Vec<Alert>,
    /// Practitioners in the line of teaching staff.
    pub in_line: Vec<Alert>,
}

/// Looks at the board.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Board, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeBoard>(who, programme, &())?;
    let exact = desk.permit::<SeeWaitingExactly>(who, programme, &()).is_ok();
    let db = desk.read();
    let rows = board::rows(&db, &permit).await?;
    let week = rows.iter().map(|row| row.week).max();
    let rows = rows.into_iter().map(|row| Row {
        person: row.person,
        name: row.name,
        hours: row.hours,
        waiting: if exact {
            Waiting::Exactly(row.waiting, row.longest_days)
        } else {
            Waiting::About(Roughly::of(row.waiting))
        },
    });
    let rows: Vec<Row> = rows.collect();
    let frame = frame::see(desk, who).await?;
    let mut alerts = alerts(desk, &rows, (week, &frame));
    let waits = new_year::to_tell(desk, &db, &permit).await?;
    alerts.extend(waits.map(|(year, has_begun)| Alert::NewYear { year, has_begun }));
    alerts.extend(settling::worth_a_look(desk, who, &frame.given).await?);
    alerts.extend(people::practitioners_with_posts(&db, &permit).await?.into_iter().map(Alert::Post));
    alerts.extend(of_trainings(desk, who, (&db, &permit)).await?);
    let could = next_to_look_after(&frame);
    let uncovered = people::uncovered_areas(&db, &permit).await?.into_iter();
    let uncovered = uncovered.map(|area| Alert::Uncovered { area, could: could.clone() }).collect();
    let in_line = people::practitioners_in_line(&db, &permit).await?.into_iter();
    let in_line =
        in_line.map(|InLine { practitioner, teacher, others }| Alert::InLine { practitioner, teacher, others });
    Ok(Board { week, rows, alerts, uncovered, in_line: in_line.collect() })
}

/// What there is to look at in the hours of the week and in the frame (R-BRD-6).
fn alerts(desk: &Desk, rows: &[Row], (week, frame): (Option<Date>, &Frame)) -> Vec<Alert> {
    let calendar = &desk.frame.calendar;
    let term = week.and_then(|week| Some((week, calendar.term_or_next(week)?)));
    let gone = term.map_or(0, |(week, term)| calendar.teaching_weeks(term, days_after(week, -1)));
    let mut alerts: Vec<Alert> = rows.iter().filter_map(|row| Alert::of_term(&row.name, &row.hours, gone)).collect();
    for given in frame.given.iter().filter(|given| given.active) {
        let name = given.name.clone();
        if given.remitted <= Minutes(0) {
            alerts.push(Alert::NoHours(name));
            continue;
        }
        let own = if given.caseload > Minutes(0) { given.caseload } else { frame.base.caseload };
        let teaching = Teaching::of(own, given.remitted, frame.floor);
        if let (Some(floor), Some(_)) = (frame.floor, teaching.short) {
            alerts.push(Alert::Floor { name, left: teaching.left, floor, most: (own - floor).or_none() });
        }
    }
    for priority in frame.priorities.iter().filter(|one| !one.leads.iter().any(|lead| practises(frame, *lead))) {
        let theme = frame.themes.iter().find(|theme| theme.id == priority.theme).map(|theme| theme.name.clone());
        let knows = |given: &&Given| given.active && given.knows.contains(&priority.theme);
        let could = frame.given.iter().find(knows).map(|given| given.name.clone());
        alerts.extend(theme.map(|theme| Alert::NoLead { theme, could }));
    }
    alerts
}

/// Areas with fewer sessions this term than there are to be, once it has gone on for a while, and sessions that nobody runs
/// any more (R-SES-2, R-SES-13): from what is planned and held alone, never from who comes.
async fn of_trainings(
    desk: &Desk,
    who: &PersonFacts,
    (db, permit): (&Db, &Permit<SeeBoard>),
) -> Result<Vec<Alert>, Stop<Never>> {
    let calendar = &desk.frame.calendar;
    let mut alerts = Vec::new();
    let Some(term) = calendar.term(desk.today()) else { return Ok(alerts) };
    let grid = communities::grid(desk, who).await?;
    let place = grid.terms.iter().position(|one| one == term);
    if calendar.teaching_weeks(term, desk.today()) > WEEKS_TO_TELL {
        for line in &grid.lines {
            let (Some(dots), Some((_, name))) = (place.and_then(|at| line.dots.get(at)), &line.practitioner) else {
                continue;
            };
            let (area, name, there) = (line.community.name.clone(), name.clone(), dots.held + dots.planned);
            alerts.extend((dots.missing > 0).then_some(Alert::FewSessions { area, name, there, least: grid.least }));
        }
    }
    let year =
        (desk.now, desk.now.saturating_add(jiff::SignedDuration::from_hours(24 * 400)).unwrap_or(Timestamp::MAX));
    for one in trainings::for_board(db, permit, year).await? {
        if one.state == State::Planned && !one.runner_here {
            alerts.push(Alert::RunnerGone { name: one.runner_name, title: one.planned.title });
        }
    }
    Ok(alerts)
}

fn practises(frame: &Frame, person: PersonId) -> bool {
    frame.given.iter().any(|given| given.person == person && given.active)
}

/// Who looks after the fewest areas and has the most hours: somebody to ask, never somebody to move.
fn next_to_look_after(frame: &Frame) -> Option<String> {
    let with_time = frame.given.iter().filter(|given| given.active && given.remitted > Minutes(0));
    let fewest = with_time.min_by_key(|given| (given.nominated.len(), std::cmp::Reverse(given.remitted)));
    fewest.map(|given| given.name.clone())
}

/// A term's bounds as instants.
pub(crate) fn instants(desk: &Desk, term: &Term) -> Result<(Timestamp, Timestamp), Fault> {
    let midnight = |day| desk.frame.calendar.instant(day, 0).map_err(|_| Fault::Unreadable("calendar"));
    Ok((midnight(term.starts)?, midnight(days_after(term.ends, 1))?))
}

/// Freezes this week's rows unless they stand already (R-BRD-1). Says whether it did.
///
/// # Errors
/// A fault of the database.
pub async fn recompute(desk: &Desk) -> Result<bool, Stop<Never>> {
    let week = monday(desk.today());
    let permit = desk.house.gate.permit::<RecomputeWeek>(&Actor::Job(Job::Weekly), &desk.frame.programme.facts, &())?;
    if board::is_computed(&desk.read(), &permit, week).await? {
        return Ok(false);
    }
    let calendar = &desk.frame.calendar;
    let Some(term) = calendar.term_or_next(desk.today()) else { return Ok(false) };
    let db = desk.write().await?;
    // Somebody else may have been quicker.
    if board::is_computed(&db, &permit, week).await? {
        return Ok(false);
    }
    let (gone, all) = (calendar.teaching_weeks(term, desk.today()), calendar.teaching_weeks(term, term.ends));
    let settling = ramps::of_week(&db, &permit).await?;
    let counts = board::counts(&db, &permit, ((term.starts, term.ends), instants(desk, term)?)).await?;
    let patterns = pattern::all(&db, &permit).await?;
    let carried = pattern::carried(&db, &permit, academic_year(term.ends) - 1).await?;
    // Between the years a term may belong to one that is set and has not begun (R-NEW-5).
    let ahead = store::new_year::set_for(&db, &permit, academic_year(term.ends)).await?.unwrap_or_default();
    if counts.is_empty() {
        return Ok(false);
    }
    for count in counts {
        let own = carried.iter().filter(|one| one.person == count.person && one.state == CarryState::Agreed);
        let set = ahead.iter().find(|one| one.person == count.person);
        let year = set.map_or(count.remitted, |one| one.remitted) + own.map(|one| one.time).sum();
        let blocks = patterns.get(&count.person).map(|pattern| pattern.blocks.as_slice()).unwrap_or_default();
        let hours = TermHours {
            plan: settled(calendar, term, plan_of_term(calendar, term, (year, blocks)), settling.get(&count.person)),
            used: count.used,
            booked: count.booked,
            forecast: forecast(count.used, count.booked, gone, all),
        };
        let longest = count.since.map_or(0, |since| calendar.working_days_between(calendar.day(since), desk.today()));
        board::freeze(&db, &permit, (count.person, week), (hours, count.waiting, i64::from(longest))).await?;
    }
    board::frozen(&db, &permit).await?;
    events::record(&db, &permit, desk.stamp(), &week.to_string()).await?;
    db.commit().await?;
    Ok(true)
}
