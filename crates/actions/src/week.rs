//! The practitioner's week: teaching, bookings, what waits.

use domain::pattern::{Half, Pattern};
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
use crate::training_people::{self, Busy};

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
    /// Halves of the day that are protected for the role (R-TIM-5).
    pub protected: Vec<Half>,
    /// Whether the day lies in a block of remission (R-TIM-5).
    pub in_block: bool,
    /// Sessions one runs, with how many are coming while they are ahead, and those one has signed up for.
    pub trainings: Vec<(Busy, Option<usize>)>,
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
    let kept = store::pattern::one(&db, &permit).await?;
    let busy = training_people::busy(desk, who, bounds).await?;
    let counts = training_people::counts(desk, who).await?;
    let ahead = |one: &Busy| one.runs && one.slot.starts > desk.now;
    let count = |one: &Busy| ahead(one).then(|| counts.get(&one.id).copied().unwrap_or(0));
    let trainings: Vec<(Busy, Option<usize>)> = busy.into_iter().map(|one| (one.clone(), count(&one))).collect();
    let parts = Parts { booked: &booked, trainings: &trainings, teaching: &teaching, open: &open };
    let days = (0..7).map(|n| days_after(first, n));
    let days = days.map(|day| Day {
        protected: halves(&kept, day),
        in_block: in_block(&kept, day),
        ..one_day(desk, day, &parts)
    });
    let days = days.map(|day| if day.working { day } else { Day { protected: Vec::new(), in_block: false, ..day } });
    let something = |day: &Day| !day.meetings.is_empty() || !day.trainings.is_empty();
    let days = days.enumerate().filter(|(n, day)| *n < 5 || something(day)).map(|(_, day)| day).collect();
    let lines = support::answered(&db, &permit, desk.now).await?;
    let (mut waiting, others): (Vec<Line>, Vec<Line>) =
        lines.into_iter().partition(|line| line.stage == Stage::Waiting);
    waiting.reverse();
    Ok(Week { monday: first, days, waiting, others })
}

fn halves(kept: &Pattern, day: Date) -> Vec<Half> {
    kept.half_days.iter().filter(|one| one.day == day.weekday().into()).map(|one| one.half).collect()
}

fn in_block(kept: &Pattern, day: Date) -> bool {
    kept.blocks.iter().any(|block| block.starts <= day && day <= block.ends)
}

struct Parts<'a> {
    booked: &'a [InWeek],
    trainings: &'a [(Busy, Option<usize>)],
    teaching: &'a [(WeeklySpan, String)],
    open: &'a [WeeklySpan],
}

fn one_day(desk: &Desk, day: Date, parts: &Parts<'_>) -> Day {
    let calendar = &desk.frame.calendar;
    let working = calendar.is_working_day(day);
    let meetings: Vec<InWeek> =
        parts.booked.iter().filter(|one| calendar.day(one.slot.starts) == day).cloned().collect();
    let own = parts.trainings.iter().filter(|(one, _)| calendar.day(one.slot.starts) == day);
    let trainings: Vec<(Busy, Option<usize>)> = own.cloned().collect();
    let mut lessons = Vec::new();
    let mut free = Vec::new();
    if working {
        for (span, label) in parts.teaching {
            lessons
                .extend(weekly_on(calendar, std::iter::once(span), day).into_iter().map(|slot| (slot, label.clone())));
        }
        free = weekly_on(calendar, parts.open.iter(), day);
        free.retain(|slot| !meetings.iter().any(|one| one.slot.overlaps(slot)));
        free.retain(|slot| !trainings.iter().any(|(one, _)| one.runs && one.slot.overlaps(slot)));
    }
    Day { day, working, teaching: lessons, open: free, meetings, protected: Vec::new(), in_block: false, trainings }
}
