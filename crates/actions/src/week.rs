//! The practitioner's week: teaching, bookings, what waits.

use domain::period::{days_after, monday};
use domain::support::{Slot, Stage, weekly_on};
use domain::weekly::WeeklySpan;
use jiff::civil::Date;
use policies::acts::SeeOwnWeek;
use policies::facts::PersonFacts;
use store::meetings;
pub use store::meetings::InWeek;
use store::support::{self, Line};
use store::{Fault, facts};

use crate::desk::{Desk, Never, Stop};

/// One day of the week.
#[derive(Debug)]
pub struct Day {
    /// Which.
    pub day: Date,
    /// Whether there is teaching at the college.
    pub working: bool,
    /// Own teaching, with its label.
    pub teaching: Vec<(Slot, String)>,
    /// Published support hours.
    pub open: Vec<Slot>,
    /// Meetings.
    pub meetings: Vec<InWeek>,
}

/// A practitioner's week.
#[derive(Debug)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Monday to Friday, and the weekend where something is on.
    pub days: Vec<Day>,
    /// Requests that wait for an answer, the oldest first.
    pub waiting: Vec<Line>,
    /// Colleagues one works with, and what ended lately.
    pub others: Vec<Line>,
}

/// One's own week around a day.
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn see(desk: &Desk, who: &PersonFacts, around: Date) -> Result<Week, Stop<Never>> {
    let permit = desk.permit::<SeeOwnWeek>(who, &facts::practice(desk.institution(), who.id), &())?;
    let db = desk.read();
    let calendar = &desk.frame.calendar;
    let first = monday(around);
    let midnight = |day: Date| calendar.instant(day, 0).map_err(|_| Fault::Unreadable("calendar"));
    let bounds = (midnight(first)?, midnight(days_after(first, 7))?);
    let booked = meetings::week(&db, &permit, bounds).await?;
    let teaching = meetings::teaching(&db, desk.institution(), who.id).await?;
    let open = store::directory::own_hours(&db, &permit).await?;
    let days = (0..7).map(|n| days_after(first, n)).map(|day| one_day(desk, day, (&booked, &teaching, &open)));
    let days = days.enumerate().filter(|(n, day)| *n < 5 || !day.meetings.is_empty()).map(|(_, day)| day).collect();
    let lines = support::answered(&db, &permit, desk.now).await?;
    let (mut waiting, others): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.stage == Stage::Waiting);
    waiting.reverse();
    Ok(Week { monday: first, days, waiting, others })
}

type Parts<'a> = (&'a [InWeek], &'a [(WeeklySpan, String)], &'a [WeeklySpan]);

fn one_day(desk: &Desk, day: Date, (booked, teaching, open): Parts<'_>) -> Day {
    let calendar = &desk.frame.calendar;
    let working = calendar.is_working_day(day);
    let meetings: Vec<InWeek> = booked.iter().filter(|one| calendar.day(one.slot.starts) == day).cloned().collect();
    let mut lessons = Vec::new();
    let mut free = Vec::new();
    if working {
        for (span, label) in teaching {
            lessons
                .extend(weekly_on(calendar, std::iter::once(span), day).into_iter().map(|slot| (slot, label.clone())));
        }
        free = weekly_on(calendar, open.iter(), day);
        free.retain(|slot| !meetings.iter().any(|one| one.slot.overlaps(slot)));
    }
    Day { day, working, teaching: lessons, open: free, meetings }
}
