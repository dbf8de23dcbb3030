//! The year before this one: less of everything, its releases, and what teachers have deleted of it since.

use actions::desk::Desk;
use actions::retention;
use domain::period::{days_after, monday};
use domain::releases::{dues, year_out};
use domain::staff_file::Staff;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::plan::{NEW_IN_THE_ROLE, kept, may_ask};
use super::{Replay, Step};
use crate::cli::CliError;

impl Replay {
    /// One request a week and practitioner at most, some conversations, sessions, releases, and the end.
    pub(super) fn plan_last_year(&mut self, desk: &Desk, (staff, year): (&Staff, i16)) {
        let calendar = &desk.frame.calendar;
        let (first, last) = (Date::constant(year, 9, 7), Date::constant(year.saturating_add(1), 7, 10));
        let newcomer = staff.people.iter().position(|person| person.name == NEW_IN_THE_ROLE.0);
        // Whoever can be played has no past of their own: what they see begins with this year.
        let played: Vec<usize> = crate::sample::cast(staff).into_iter().map(|(at, _)| at).collect();
        let is_kept = |teacher: usize| kept(staff).contains(&Some(teacher)) || played.contains(&teacher);
        let teachers = self.teachers.clone();
        let mut week = monday(first);
        while week < last {
            for practitioner in self.practitioners.clone().into_iter().filter(|one| Some(*one) != newcomer) {
                let (teacher, day, hour) = (self.dice.roll(teachers.len()), self.dice.roll(5), self.dice.roll(8));
                let Some((teacher, _)) = teachers.get(teacher).copied() else { continue };
                let day = days_after(week, i64::try_from(day).unwrap_or(0));
                let (asks, timed) = (self.dice.roll(5) > 1, self.dice.roll(4) > 0);
                let minute = 8 * 60 + i16::try_from(hour * 60).unwrap_or(0);
                let open = !is_kept(teacher) && may_ask(staff, (teacher, practitioner));
                if let (true, true, true, Ok(then)) =
                    (asks, open, calendar.is_working_day(day), calendar.instant(day, minute))
                {
                    self.at(then, Step::Ask { teacher, practitioner, timed, answered: true });
                }
                let minutes = [15, 30, 45].get(self.dice.roll(3)).copied().unwrap_or(15);
                if let (true, Ok(then)) = (calendar.is_working_day(day), calendar.instant(day, 16 * 60)) {
                    let colleague = (self.dice.roll(2) == 0).then_some(teacher).filter(|one| !is_kept(*one));
                    self.at(then, Step::Note { practitioner, colleague, minutes });
                }
            }
            week = days_after(week, 7);
        }
        self.plan_sessions(desk, (staff, last));
        self.plan_releases(desk, year);
        // Before the summer term comes out, so that it counts what is on; what was over by Easter is deleted after that.
        if let Ok(then) = calendar.instant(last, 12 * 60) {
            self.at(then, Step::Year);
        }
        let (by, on) = (Date::constant(year.saturating_add(1), 4, 10), Date::constant(year.saturating_add(1), 8, 20));
        if let Ok(then) = calendar.instant(on, 10 * 60) {
            self.at(then, Step::Delete(by));
        }
    }

    /// What comes out of a year, and of the year before it.
    pub(super) fn plan_releases(&mut self, desk: &Desk, year: i16) {
        for year in [year.saturating_sub(1), year] {
            let of_year = dues(&desk.frame.calendar, year, &[]);
            let days = of_year.iter().map(|due| due.out).chain(year_out(&of_year));
            for day in days.collect::<Vec<Date>>() {
                if let Ok(midnight) = day.at(1, 30, 0, 0).to_zoned(TimeZone::UTC) {
                    self.at(midnight.timestamp(), Step::Release);
                }
            }
        }
    }

    /// Teachers delete what was over by a day.
    pub(super) async fn delete(&mut self, desk: &Desk, by: Date) -> Result<(), CliError> {
        for (thread, teacher, day) in std::mem::take(&mut self.over) {
            if day < by {
                let done = retention::shred(desk, self.id(teacher)?, (thread, true)).await;
                done.map_err(|stop| CliError::said(format!("{stop:?}")))?;
            }
        }
        Ok(())
    }
}
