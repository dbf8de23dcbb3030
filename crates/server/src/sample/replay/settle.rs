//! The inductions that every sample has: two newly qualified teachers, an assessor, somebody new in the role.

use actions::Stop;
use actions::desk::Desk;
use actions::inductions::{self, Begin};
use domain::ids::PersonId;
use domain::inductions::{Kind, Ramp, week_of};
use domain::period::days_after;
use domain::staff_file::Staff;
use jiff::civil::Date;

use super::plan::NEW_IN_THE_ROLE;
use super::{Replay, Step};
use crate::cli::CliError;

/// What is told of one: who is new, of which kind, with which mentor and buddy, and so many days back.
struct Tale {
    newcomers: &'static [&'static str],
    kind: Kind,
    mentor: &'static str,
    buddy: &'static str,
    days: i64,
}

const TALES: [Tale; 3] = [
    Tale {
        newcomers: &["Hannah Birtwistle", "Yvonne Grant"],
        kind: Kind::NewlyQualified,
        mentor: "Priya Nair",
        buddy: "James Fenwick",
        days: 77,
    },
    Tale {
        newcomers: &["Manjit Banerjee"],
        kind: Kind::Assessor,
        mentor: "Joe Whittle",
        buddy: "Éloïse Rossi",
        days: 35,
    },
    Tale {
        newcomers: &[NEW_IN_THE_ROLE.0],
        kind: Kind::NewPractitioner,
        mentor: "",
        buddy: "Priya Nair",
        days: NEW_IN_THE_ROLE.1,
    },
];

/// A first half term in which half of the time is expected, and so on.
const SLOWLY: Ramp = Ramp([50, 75, 100, 100]);

impl Replay {
    /// Lays out the inductions: each begins on its day, and what was due by then is done each Friday.
    pub(super) fn plan_inductions(&mut self, desk: &Desk, (staff, today): (&Staff, Date)) {
        let calendar = &desk.frame.calendar;
        for (tale, of) in TALES.iter().enumerate() {
            let back = (of.days..of.days + 30).map(|days| days_after(today, -days));
            let Some(first) = back.into_iter().find(|day| calendar.is_working_day(*day)) else { continue };
            let at = |name: &str| staff.people.iter().position(|person| person.name == name);
            let newcomers: Vec<usize> = of.newcomers.iter().filter_map(|name| at(name)).collect();
            let who = (at("Helen Marsh"), at(of.mentor), at(of.buddy));
            if let Ok(then) = calendar.instant(first, 8 * 60 + 30) {
                self.at(then, Step::Induct { tale, newcomers: newcomers.clone(), who });
            }
            for newcomer in newcomers {
                for week in 0..of.days / 7 {
                    if let Ok(then) = calendar.instant(days_after(first, week * 7 + 3), 15 * 60) {
                        self.at(then, Step::Settle { newcomer });
                    }
                }
            }
        }
    }

    /// The lead begins an induction.
    pub(super) async fn induct(
        &self,
        desk: &Desk,
        (tale, newcomers): (usize, &[usize]),
        (lead, mentor, buddy): (Option<usize>, Option<usize>, Option<usize>),
    ) -> Result<(), CliError> {
        let (Some(of), Some(lead)) = (TALES.get(tale), lead) else { return Ok(()) };
        let id = |one: Option<usize>| one.map(|one| self.id(one)).transpose();
        let begin = Begin {
            newcomers: newcomers.iter().map(|one| self.id(*one)).collect::<Result<Vec<PersonId>, _>>()?,
            kind: Some(of.kind),
            starts: Some(desk.today()),
            into_next: true,
            mentor: id(mentor)?,
            buddy: id(buddy)?,
            later: false,
            ramp: Some(SLOWLY),
            once: format!("sample induction {tale}"),
        };
        match inductions::begin(desk, self.id(lead)?, &begin).await {
            // A sample of other people, or of a day so late in the year that no weeks are left.
            Ok(()) | Err(Stop::Refused(_)) => Ok(()),
            Err(stop) => Err(CliError::said(format!("{stop:?}"))),
        }
    }

    /// The newcomer does the first step that is due and not done.
    pub(super) async fn settle(&self, desk: &Desk, newcomer: usize) -> Result<(), CliError> {
        let who = desk.person::<actions::Never>(&desk.read(), self.id(newcomer)?).await?;
        let Some(mine) = inductions::own(desk, &who).await?.mine else { return Ok(()) };
        let now = week_of(&desk.frame.calendar, mine.starts, desk.today());
        let seen = inductions::see(desk, &who, mine.id).await?;
        let due = seen.steps.iter().find(|(_, step, done)| done.is_none() && step.week <= now);
        let Some((number, ..)) = due else { return Ok(()) };
        let done = inductions::take(desk, who.id, (mine.id, *number, true)).await;
        done.map_err(|stop| CliError::said(format!("{stop:?}")))
    }
}
