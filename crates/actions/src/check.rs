//! The self-check: how the programme is set up against what helps and hinders, and the lead's answers to what the program cannot see.
//! Rules R-REV-1 to R-REV-3 and R-REV-11.

use domain::check::{Answer, CheckRefused, Look, Question, SetUp, Standing, because, look};
use domain::ids::PersonId;
use domain::period::academic_year;
use domain::planner::Length;
use policies::Permit;
use policies::acts::{AnswerCheck, SeeReviews, SeeStatement};
use policies::facts::PersonFacts;
use store::check::{self, ReadsSetUp};
use store::reviews::{NamesLeaders, ReadsReviews};
use store::{Db, events, frame, reviews};

use crate::desk::{Desk, Never, Stop};

/// The self-check as the page shows it.
#[derive(Debug)]
pub struct Check {
    /// Every point, those that help first.
    pub looks: Vec<Look>,
    /// What the lead has answered.
    pub answers: Vec<Answer>,
    /// Whether the visitor answers.
    pub may_answer: bool,
}

/// Looks at how the programme is set up (R-REV-1).
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Check, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeReviews>(who, programme, &())?;
    let may_answer = desk.permit::<AnswerCheck>(who, programme, &()).is_ok();
    let db = desk.read();
    let answers = check::answers(&db, &permit).await?;
    Ok(Check { looks: looks(desk, who, (&db, &permit)).await?, answers, may_answer })
}

/// Every point as it stands now.
pub(crate) async fn looks<A: ReadsSetUp + ReadsReviews + NamesLeaders>(
    desk: &Desk,
    who: &PersonFacts,
    (db, permit): (&Db, &Permit<A>),
) -> Result<Vec<Look>, Stop<Never>> {
    let programme = &desk.frame.programme;
    let (calendar, today) = (&desk.frame.calendar, desk.today());
    let terms = calendar.terms_of_year(today);
    let weeks: u32 = terms.iter().map(|term| calendar.teaching_weeks(term, term.ends)).sum();
    let length = Length { terms: i64::try_from(terms.len()).unwrap_or(0), weeks: i64::from(weeks) };
    let counts = check::counts(db, permit, (academic_year(today), length, programme.facts.model)).await?;
    let statements = desk.permit::<SeeStatement>(who, &programme.facts, &())?;
    let statement = frame::statements(db, &statements).await?.first().map(|one| calendar.day(one.published));
    let leaders = reviews::leaders(db, permit).await?;
    let sponsor = reviews::road(db, permit).await?.and_then(|(_, sponsor)| sponsor);
    let sponsor = leaders.into_iter().find(|one| one.senior && Some(one.person) == sponsor).map(|one| one.name);
    let closed = reviews::all(db, permit).await?.into_iter();
    let reviewed = closed.filter_map(|one| Some((one.title, one.closed?.day))).max_by_key(|(_, day)| *day);
    let set_up = SetUp {
        today,
        title: programme.title.clone(),
        model: programme.facts.model,
        asking_opened: programme.facts.asking_opened,
        ceiling: counts.ceiling,
        practitioners: counts.practitioners,
        with_times: counts.with_times,
        with_hours: counts.with_hours,
        fitting: counts.fitting,
        in_line: counts.in_line,
        has_floor: counts.has_floor,
        teaching: counts.teaching,
        themes: counts.themes,
        uncovered: counts.uncovered,
        statement,
        sponsor,
        reviewed,
    };
    Ok(look(&set_up, &check::answers(db, permit).await?))
}

/// Answers what the program cannot see, in the place of an earlier answer (R-REV-3).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn answer(
    desk: &Desk,
    who: PersonId,
    (question, standing, why): (Question, Option<Standing>, &str),
) -> Result<(), Stop<CheckRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AnswerCheck>(&me, &desk.frame.programme.facts, &())?;
    let standing = standing.ok_or(Stop::Refused(CheckRefused::Standing))?;
    let because = because(why).map_err(Stop::Refused)?;
    check::answer(&db, &permit, &Answer { question, standing, because, day: desk.today() }).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{} {}", question.code(), standing.code())).await?;
    Ok(db.commit().await?)
}
