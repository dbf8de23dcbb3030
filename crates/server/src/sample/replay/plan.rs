//! What the months hold: who asks whom, who notes what, and the few stories that every sample has.

use actions::desk::Desk;
use domain::period::{academic_year, days_after, monday};
use domain::staff_file::Staff;
use jiff::civil::Date;

use super::required::{Part, Three};
use super::{Replay, Step};

/// Who is new in the role, and since how many days: the same as in the inductions.
pub(super) const NEW_IN_THE_ROLE: (&str, i64) = ("Carys Evans", 63);

impl Replay {
    /// Lays out who asks whom and who notes what, week by week, and the few stories that every sample has.
    pub(super) fn plan(&mut self, desk: &Desk, (staff, begun, today): (&Staff, i16, Date)) {
        let calendar = &desk.frame.calendar;
        let may_ask = |teacher: usize, practitioner: usize| may_ask(staff, (teacher, practitioner));
        let teachers: Vec<usize> = staff
            .people
            .iter()
            .enumerate()
            .filter(|(_, one)| one.area.is_some() && one.practice.is_none())
            .map(|(at, _)| at)
            .collect();
        let at = |name: &str| staff.people.iter().position(|person| person.name == name);
        let kept = kept(staff);
        let newcomer = at(NEW_IN_THE_ROLE.0);
        let since = days_after(today, -NEW_IN_THE_ROLE.1);
        // Whoever is new in the role did nothing in it before, and about half of what others do at first.
        let works = |practitioner: usize, week: Date| {
            Some(practitioner) != newcomer || (week >= since && week.iso_week_date().week() % 2 == 0)
        };
        let mut week = monday(Date::constant(begun, 9, 7));
        while week < today {
            for practitioner in self.practitioners.clone() {
                for _ in 0..2 {
                    let (teacher, day, hour) = (self.dice.roll(teachers.len()), self.dice.roll(5), self.dice.roll(8));
                    let Some(teacher) = teachers.get(teacher).copied() else { continue };
                    let day = days_after(week, i64::try_from(day).unwrap_or(0));
                    let skip =
                        self.dice.roll(5) < 2 || kept.contains(&Some(teacher)) || !may_ask(teacher, practitioner);
                    let skip = skip || !works(practitioner, week);
                    if skip || !calendar.is_working_day(day) || days_after(day, 3) >= today {
                        continue;
                    }
                    let timed = self.dice.roll(4) > 0;
                    let minute = 8 * 60 + i16::try_from(hour * 60 + self.dice.roll(60)).unwrap_or(0);
                    if let Ok(then) = calendar.instant(day, minute) {
                        self.at(then, Step::Ask { teacher, practitioner, timed, answered: true });
                    }
                }
                for _ in 0..4 {
                    let (colleague, day, long) = (self.dice.roll(teachers.len()), self.dice.roll(5), self.dice.roll(5));
                    let minutes = [10, 15, 15, 30, 45].get(long).copied().unwrap_or(15);
                    let named = self.dice.roll(2) == 0;
                    let colleague = teachers.get(colleague).copied().filter(|one| named && !kept.contains(&Some(*one)));
                    let day = days_after(week, i64::try_from(day).unwrap_or(0));
                    let happens = calendar.is_working_day(day) && works(practitioner, week);
                    if let (true, Ok(then)) = (happens, calendar.instant(day, 16 * 60)) {
                        self.at(then, Step::Note { practitioner, colleague, minutes });
                    }
                }
            }
            week = days_after(week, 7);
            if week <= monday(today)
                && let Ok(then) = calendar.instant(days_after(week, -7), 6 * 60)
            {
                self.at(then, Step::Week);
            }
            // What is on when a year ends, ends with it.
            if academic_year(week) > academic_year(days_after(week, -7))
                && let Ok(then) = calendar.instant(days_after(week, -7), 12 * 60)
            {
                self.at(then, Step::Year);
            }
        }
        self.stories(desk, (staff, today));
        self.plan_inductions(desk, (staff, today));
    }

    /// Sam works with Priya; two wait for Priya; one has waited for Carys for a week and a half. Support is required of two more.
    fn stories(&mut self, desk: &Desk, (staff, today): (&Staff, Date)) {
        let calendar = &desk.frame.calendar;
        let at = |name: &str| staff.people.iter().position(|person| person.name == name);
        let (sam, priya, carys) = (at("Sam Okafor"), at("Priya Nair"), at("Carys Evans"));
        let free: Vec<usize> = staff
            .people
            .iter()
            .enumerate()
            .filter(|(_, one)| {
                one.practice.is_none()
                    && one.area.is_some()
                    && one.area != sam.and_then(|sam| staff.people.get(sam)?.area)
            })
            .map(|(at, _)| at)
            .skip(150)
            .step_by(17)
            .collect();
        let mut tell = |days: i64, who: Option<usize>, whom: Option<usize>, (timed, answered): (bool, bool)| {
            // Nobody asks on a Sunday: the working day before.
            let day = (days..days + 90).map(|back| days_after(today, -back)).find(|day| calendar.is_working_day(*day));
            let then = calendar.instant(day.unwrap_or(today), 9 * 60 + 14);
            if let (Some(teacher), Some(practitioner), Ok(then)) = (who, whom, then) {
                self.at(then, Step::Ask { teacher, practitioner, timed, answered });
            }
        };
        tell(26, sam, priya, (true, true));
        tell(4, free.first().copied(), priya, (true, false));
        tell(1, free.get(1).copied(), priya, (false, false));
        tell(13, free.get(2).copied(), carys, (true, false));
        let mut requires = |names: [&str; 2], helps: Option<usize>, parts: &[(i64, Part)]| {
            let [Some(manager), Some(teacher)] = names.map(at) else { return };
            for (days, part) in parts {
                let day =
                    (*days..days + 90).map(|back| days_after(today, -back)).find(|day| calendar.is_working_day(*day));
                if let Ok(then) = calendar.instant(day.unwrap_or(today), 9 * 60 + 40) {
                    self.at(then, Step::Required(Three { manager, teacher, practitioner: helps }, *part));
                }
            }
        };
        let on = [(22, Part::Require), (21, Part::Choose), (20, Part::Propose), (19, Part::Answer), (8, Part::Meet)];
        requires(["Elaine Catterall", "Imran Akhtar"], priya, &on);
        requires(["Farida Chowdhury", "Petra Dąbrowski"], None, &[(1, Part::Require)]);
    }
}

/// Who asks nobody of themselves: their stories are told apart.
pub(super) fn kept(staff: &Staff) -> [Option<usize>; 3] {
    let sam = staff.people.iter().position(|person| person.name == "Sam Okafor");
    let last_teacher = staff.people.iter().rposition(|one| one.practice.is_none() && one.area.is_some());
    [sam, last_teacher, Some(staff.people.len().saturating_sub(1))]
}

/// Whether somebody may ask somebody: neither themselves, nor anybody of their line, nor their appraiser.
pub(super) fn may_ask(staff: &Staff, (teacher, practitioner): (usize, usize)) -> bool {
    let person = staff.people.get(teacher);
    let above = |of: &usize| staff.people.get(*of).and_then(|one| one.manager);
    let mut line = std::iter::successors(person.and_then(|one| one.manager), above);
    teacher != practitioner
        && !line.any(|manager| manager == practitioner)
        && person.is_some_and(|one| one.appraiser != Some(practitioner))
}
