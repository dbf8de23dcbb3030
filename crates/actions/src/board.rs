//! The lead's board, recomputed weekly by a job. Rules R-BRD-1 to R-BRD-6.

use domain::board::{Alert, Roughly};
use domain::hours::{TermHours, forecast, term_plan};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::period::{Term, days_after, monday};
use domain::remission::Teaching;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{RecomputeWeek, SeeBoard, SeeWaitingExactly};
use policies::facts::{Actor, Job, PersonFacts};
use store::people::{self, InLine};
use store::{Fault, board, events};

use crate::desk::{Desk, Never, Stop};
use crate::frame::{self, Frame, Given};

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
    let alerts = alerts(desk, &rows, (week, &frame));
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
    let counts = board::counts(&db, &permit, ((term.starts, term.ends), instants(desk, term)?)).await?;
    if counts.is_empty() {
        return Ok(false);
    }
    for count in counts {
        let hours = TermHours {
            plan: term_plan(calendar, term, count.remitted),
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
