//! Communities of practice through the terms of this year: needs agreed, sessions planned, signed up for and held.

use actions::communities::{self, Entered};
use actions::desk::Desk;
use actions::{directory, training_people, training_said, trainings};
use domain::ids::{AreaId, NeedId, PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::period::{days_after, monday};
use domain::staff_file::Staff;
use domain::support::Slot;
use domain::training::{Format, Part, Planned, Side, Source};
use domain::training_said::{Choice, Said, Statement};
use jiff::ToSpan;
use jiff::civil::Date;

use super::{Dice, Replay, Step};
use crate::cli::CliError;

/// What some areas say they need, in their own words.
const SAID: [(&str, &str); 6] = [
    ("Maths & Science", "Questioning that everyone answers"),
    ("Health & Care", "Feedback learners act on"),
    ("Construction", "Behaviour in workshops"),
    ("Business & Law", "Starting lessons well"),
    ("English & Humanities", "Reading for meaning"),
    ("Digital & Computing", "Explaining one thing at a time"),
];

/// When on a day sessions are tried, in minutes: before lessons, at midday, after lessons.
const TIMES: [i16; 6] = [10 * 60 + 30, 12 * 60 + 15, 16 * 60, 8 * 60 + 15, 15 * 60 + 30, 13 * 60];

impl Replay {
    /// Two sessions a term for each area that somebody looks after, but for one or two that are still to be planned.
    pub(super) fn plan_sessions(&mut self, desk: &Desk, (staff, today): (&Staff, Date)) {
        let calendar = &desk.frame.calendar;
        let terms = calendar.terms_of_year(today).into_iter().filter(|term| term.starts <= today);
        let mut steps = Vec::new();
        for term in terms {
            for area in 0..staff.areas.len() {
                let looks_after = |at: &&usize| {
                    staff
                        .people
                        .get(**at)
                        .and_then(|one| one.practice.as_ref())
                        .is_some_and(|own| own.nominated.contains(&area))
                };
                let Some(practitioner) = self.practitioners.iter().find(looks_after).copied() else { continue };
                let head = |one: &domain::staff_file::StaffPerson| {
                    one.roles.has(Role::HeadOfDepartment) && one.area == Some(area)
                };
                let head = staff.people.iter().position(head);
                if !self.before {
                    steps.push((days_after(monday(term.starts), 8), 17, Step::Need { area, practitioner, head }));
                }
                for (number, week) in [(0, 4), (1, 11)] {
                    // One area begins late, another has its second one still to plan.
                    let name = staff.areas.get(area).map(String::as_str);
                    if (name, number) == (Some("Construction"), 0) || (name, number) == (Some("Hair & Beauty"), 1) {
                        continue;
                    }
                    let of_week = 2 + i64::try_from(area % 3).unwrap_or(0);
                    let weekday = if name == Some("Maths & Science") { 4 } else { of_week };
                    let day = days_after(monday(term.starts), week * 7 + weekday);
                    if calendar.is_working_day(day) {
                        steps.push((days_after(day, -14), 16, Step::Plan { area, practitioner, day, number }));
                    }
                }
            }
        }
        for (day, hour, step) in steps {
            if let Ok(then) = calendar.instant(day, hour * 60 + 20) {
                self.at(then, step);
            }
        }
    }

    async fn area(&self, desk: &Desk, (who, area): (PersonId, usize)) -> Result<Option<(AreaId, String)>, CliError> {
        let who = desk.person::<actions::Never>(&desk.read(), who).await?;
        let name = self.areas.get(area).cloned().unwrap_or_default();
        let grid = communities::grid(desk, &who).await?;
        Ok(grid.lines.into_iter().find(|line| line.community.name == name).map(|line| (line.community.area, name)))
    }

    /// The practitioner enters a need, whoever leads the area agrees; learning walks and staff say something too.
    pub(super) async fn need(
        &mut self,
        desk: &Desk,
        (area, practitioner, head): (usize, usize, Option<usize>),
    ) -> Result<(), CliError> {
        let (who, mut dice) = (self.id(practitioner)?, Dice(11 + u64::try_from(area).unwrap_or(0)));
        let Some((area, name)) = self.area(desk, (who, area)).await? else { return Ok(()) };
        let mut theme = || self.themes.get(dice.roll(self.themes.len().saturating_sub(1))).copied();
        let title = SAID.iter().find(|(of, _)| *of == name).map_or("", |(_, words)| words).to_owned();
        let view = Entered { theme: theme(), title, source: Some(Source::View) };
        // One that stands in the register already is no mistake here.
        drop(communities::enter(desk, who, (area, &view)).await);
        drop(communities::suggest(desk, who, (area, theme())).await);
        let Some(head) = head else { return Ok(()) };
        let (head, walks) =
            (self.id(head)?, Entered { theme: theme(), title: String::new(), source: Some(Source::Walks) });
        drop(communities::enter(desk, head, (area, &walks)).await);
        let facts = desk.person::<actions::Never>(&desk.read(), head).await?;
        let seen = communities::see(desk, &facts, area).await?;
        let waits = |need: &&communities::Need| need.side == Some(Side::Practitioner) && need.source == Source::View;
        let waiting: Option<NeedId> = seen.needs.iter().filter(|need| !need.agreed).find(waits).map(|need| need.id);
        if let Some(need) = waiting {
            drop(communities::agree(desk, head, (area, need)).await);
        }
        Ok(())
    }

    /// A session is planned at the first time that is free, and some of the area sign up.
    pub(super) async fn plan_session(
        &mut self,
        desk: &Desk,
        (area, practitioner): (usize, usize),
        (day, number): (Date, usize),
    ) -> Result<(), CliError> {
        let (who, mut dice) = (self.id(practitioner)?, Dice(97 + u64::try_from(area * 7 + number).unwrap_or(0)));
        let Some((id, name)) = self.area(desk, (who, area)).await? else { return Ok(()) };
        let facts = desk.person::<actions::Never>(&desk.read(), who).await?;
        let themes = directory::themes(desk, &facts).await?;
        // The last one is "Something else".
        let theme = themes.get(dice.roll(themes.len().saturating_sub(1)));
        let science = name == "Maths & Science" && number == 1;
        let format = match dice.roll(4) {
            _ if science => Format::Takeaway,
            _ if self.before && number == 1 => Format::Meeting,
            0 => Format::Workshop,
            1 => Format::HalfHour,
            _ => Format::Takeaway,
        };
        let title = match theme {
            _ if science => "Science takeaway: wait, then ask".to_owned(),
            Some(theme) => format!("{}: one thing to try", theme.name),
            None => "One thing to try".to_owned(),
        };
        let planned = |starts| Planned {
            title: title.clone(),
            theme: theme.map(|theme| theme.id),
            format,
            part: Part::Leads,
            slot: Slot { starts, length: format.usual() },
            place: "Staff room, Harbour Road".to_owned(),
            agreed: true,
            areas: vec![id],
            room_for: Some(20),
        };
        for minute in TIMES {
            let Ok(starts) = desk.frame.calendar.instant(day, minute) else { continue };
            let once = format!("session {day} {area} {number}");
            // A time that is taken is passed over.
            let Ok(made) = trainings::plan(desk, who, (who, planned(starts)), (None, &once)).await else { continue };
            let many = name == "Maths & Science" && number == 0;
            self.sign_up(desk, (made, area, many), &mut dice).await?;
            let after = starts.saturating_add((format.usual().0 + 20).minutes()).unwrap_or(starts);
            self.at(
                after,
                Step::Held { training: made, practitioner, ready: i64::try_from(dice.roll(4) * 10).unwrap_or(0) },
            );
            return Ok(());
        }
        Ok(())
    }

    async fn sign_up(
        &self,
        desk: &Desk,
        (training, area, many): (TrainingId, usize, bool),
        dice: &mut Dice,
    ) -> Result<(), CliError> {
        let of_area: Vec<usize> = self.teachers.iter().filter(|(_, own)| *own == area).map(|(at, _)| *at).collect();
        let (skip, take) = (dice.roll(3), 6 + dice.roll(9));
        // To one of them nearly the whole area comes, so that enough say what it was like.
        let (step, take) = if many { (1, 24) } else { (2, take) };
        for at in of_area.into_iter().skip(skip).step_by(step).take(take) {
            drop(training_people::sign_up(desk, (self.id(at)?, training)).await);
        }
        Ok(())
    }

    /// It was held, and nearly all of them came.
    pub(super) async fn hold_session(
        &mut self,
        desk: &Desk,
        (training, practitioner, ready): (TrainingId, usize, i64),
    ) -> Result<(), CliError> {
        let who = self.id(practitioner)?;
        let facts = desk.person::<actions::Never>(&desk.read(), who).await?;
        let (coming, _) = training_people::coming(desk, &facts, training).await?;
        let came: Vec<PersonId> = coming.iter().skip(1).map(|one| one.person).collect();
        let said = |stop| CliError::said(format!("{stop:?}"));
        training_people::record(desk, (who, training), (&came, None)).await.map_err(said)?;
        let length = trainings::see(desk, &facts, training).await?.training.planned.slot.length;
        trainings::record(desk, (who, training), (length, Minutes(ready))).await.map_err(said)?;
        let mut dice = Dice(211 + u64::try_from(came.len()).unwrap_or(0));
        for who in came.into_iter().skip(1) {
            Self::say(desk, (who, training), &mut dice).await?;
        }
        Ok(())
    }

    /// Most of those who came agree, some in part, and somebody cannot say.
    async fn say(desk: &Desk, which: (PersonId, TrainingId), dice: &mut Dice) -> Result<(), CliError> {
        let rolls: Vec<usize> = Statement::ALL.iter().map(|_| dice.roll(12)).collect();
        let choice = |roll: &usize| match roll {
            0 => Choice::CannotSay,
            1 => Choice::Disagree,
            2 | 3 => Choice::Partly,
            _ => Choice::Agree,
        };
        let of = |one| Statement::ALL.iter().zip(&rolls).find(|(own, _)| **own == one).map(|(_, roll)| choice(roll));
        let said = Said::of(of).map_err(|refused| CliError::said(refused.to_string()))?;
        training_said::say(desk, which, &said).await.map_err(|stop| CliError::said(format!("{stop:?}")))
    }
}
