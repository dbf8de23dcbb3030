//! The sample college's review of last summer with its decisions, its road, and one testimony: made up, as everything in it.

use std::sync::Arc;

use actions::desk::{Desk, House};
use actions::reviews::{self, NewDecision, Said};
use actions::testimony::{self, NewTestimony};
use actions::{check, people, road};
use domain::check::{Question, Standing};
use domain::ids::PersonId;
use domain::testimony::{Kind, Reach};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::cli::CliError;

const SPONSOR: &str = "graham.tennant@college.example";
const PRINCIPAL: &str = "ruth.adeyemi@college.example";
const WRITER: &str = "sunita.rao@college.example";

const ANSWERS: [(Question, Standing, &str); 4] = [
    (Question::Company, Standing::InPlace, "The team meets on the first Thursday of each month."),
    (Question::Described, Standing::InPlace, ""),
    (Question::Picked, Standing::Partly, "Since last year the interview asks how somebody listens."),
    (Question::Spoken, Standing::Partly, "At the start of the year, not since."),
];

const PRIORITIES: &str = "Questioning and feedback stay our priority for another year: two areas have only begun with it.\n\n\
     Digital skills are no longer one. Sessions on them go on where an area asks for them.";

const TESTIMONY: &str = "I have demonstrated clinical skills for eleven years and had never had anybody in the room who was not there to \
     check something. We looked at one thing, how I begin, and tried it three ways. Two did not work, and that was fine. I now start \
     with the mistake and let them find it. It is a small thing; I notice it every Monday.";

fn said<E: std::fmt::Debug>(stop: E) -> CliError {
    CliError::said(format!("{stop:?}"))
}

async fn named(desk: &Desk, email: &str) -> Result<PersonId, CliError> {
    people::by_email(desk, email).await?.ok_or_else(|| CliError::said(email.to_owned()))
}

/// Opens the review of the summer before in June, decides three things, and closes it; two of them are done since, if their days have
/// come.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn hold(house: &Arc<House>, (lead, begun, today): (PersonId, i16, Date)) -> Result<(), CliError> {
    let at = |month: i8, day: i8| {
        let now = house.frame().calendar.instant(Date::constant(begun, month, day), 15 * 60);
        Ok::<Desk, CliError>(Desk::new(Arc::clone(house), now.map_err(|gap| CliError::said(gap.to_string()))?))
    };
    let desk = at(6, 24)?;
    let (sponsor, principal) = (named(&desk, SPONSOR).await?, named(&desk, PRINCIPAL).await?);
    road::set(&desk, lead, (Some(Date::constant(begun - 2, 9, 2)), Some(sponsor))).await.map_err(said)?;
    for answer in ANSWERS {
        check::answer(&desk, lead, (answer.0, Some(answer.1), answer.2)).await.map_err(said)?;
    }
    let me = desk.person::<actions::Never>(&desk.read(), lead).await?;
    let terms = reviews::see(&desk, &me).await?.to_open;
    let review = reviews::open(&desk, lead, terms.first().map(|(term, _)| *term)).await.map_err(said)?;
    reviews::write(&desk, lead, (review, PRIORITIES)).await.map_err(said)?;
    let decisions = [
        ("Publish what the role is for before the new year begins.", Some(lead), Date::constant(begun, 9, 4)),
        ("Ask each area for the day and the time that suit its sessions.", None, Date::constant(begun, 9, 30)),
        (
            "Have it written into the appraisal policy that practitioners take no part in appraisal.",
            Some(principal),
            Date::constant(begun, 12, 18),
        ),
    ];
    for (text, person, by) in decisions {
        let who = if person.is_some() { String::new() } else { "The team, area by area".to_owned() };
        let new = NewDecision { text: text.to_owned(), person, who, by: Some(by) };
        reviews::decide(&desk, lead, (review, &new)).await.map_err(said)?;
    }
    reviews::close(&at(7, 1)?, lead, review).await.map_err(said)?;
    for (number, month, day) in [(1, 9, 1), (2, 9, 22)] {
        let on = Date::constant(begun, month, day);
        if on <= today {
            reviews::tick(&at(month, day)?, lead, (review, number, Said::Done(Some(on)))).await.map_err(said)?;
        }
    }
    Ok(())
}

/// One of the staff writes what the programme did for her.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn testify(house: &Arc<House>, now: Timestamp) -> Result<(), CliError> {
    let desk = Desk::new(Arc::clone(house), now);
    let writer = named(&desk, WRITER).await?;
    let new =
        NewTestimony { kind: Some(Kind::Did), text: TESTIMONY.to_owned(), reach: Some(Reach::Governors), agreed: true };
    testimony::give(&desk, writer, &new).await.map_err(said)
}
