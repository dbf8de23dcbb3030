//! The survey of staff: tickets by person, used tickets by hash, and a number for each choice; never a row for an answer. Rules
//! R-SUR-11 to R-SUR-16.

use domain::ids::{PersonId, SurveyId};
use domain::people::Role;
use domain::survey::{Answer, Asked, Choice, Factor, Side, Survey};
use policies::acts::{Act, DeliverMail, OpenSurvey, ReleaseSurvey, SeeSurvey, TakeInAnswer, TakeTicket};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

/// The question of which each answer counts once.
const SENT: &str = "sent";
/// The question of the factors.
const FACTOR: &str = "factor";

row! {
    struct SurveyRow {
        id: Uuid,
        year: i64,
        first: String,
        last: String,
        title: String,
        asked: i64,
    }
}

impl SurveyRow {
    fn survey(self) -> Result<Survey, Fault> {
        let year = i16::try_from(self.year).map_err(|_| Fault::Unreadable("year"))?;
        let (first, last) = (day(&self.first)?, day(&self.last)?);
        let asked = Asked::from_number(self.asked).ok_or(Fault::Unreadable("asked"))?;
        Ok(Survey { id: SurveyId(self.id), year, first, last, title: self.title, asked })
    }
}

/// The acts that look which surveys there are. Nobody answers by being listed here.
pub trait ReadsSurveys: Act {}
impl ReadsSurveys for DeliverMail {}
impl ReadsSurveys for OpenSurvey {}
impl ReadsSurveys for ReleaseSurvey {}
impl ReadsSurveys for SeeSurvey {}
impl ReadsSurveys for TakeInAnswer {}
impl ReadsSurveys for TakeTicket {}

/// Every survey, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsSurveys>(db: &Db, permit: &Permit<A>) -> Result<Vec<Survey>, Fault> {
    let sql = "SELECT s.id, s.year, s.first, s.last, s.title, s.asked FROM survey s WHERE s.institution = $1 ORDER BY s.year DESC";
    let rows = db.all::<SurveyRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(SurveyRow::survey).collect()
}

/// Every question with its choices, as they are counted.
fn counted_choices(asked: Asked) -> impl Iterator<Item = (&'static str, &'static str)> {
    let statements = asked.statements().iter().flat_map(|one| Choice::ALL.iter().map(|choice| (*one, choice.code())));
    let factors = Factor::ALL.iter().map(|factor| (FACTOR, factor.code()));
    [(SENT, SENT)].into_iter().chain(statements).chain(factors)
}

/// Opens a survey, with every number that is to be counted at nought, so that the order of rows says nothing.
///
/// # Errors
/// A fault of the database.
pub async fn open(db: &Db, permit: &Permit<OpenSurvey>, survey: &Survey) -> Result<(), Fault> {
    let institution = of(permit.institution());
    let sql =
        "INSERT INTO survey (institution, id, year, first, last, title, asked) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        institution.clone(),
        id(survey.id),
        i64::from(survey.year).into(),
        survey.first.to_string().into(),
        survey.last.to_string().into(),
        survey.title.as_str().into(),
        survey.asked.number().into(),
    ];
    db.run(sql, values).await?;
    let fresh = "INSERT INTO survey_count (institution, survey, side, question, choice, times) \
                 VALUES ($1, $2, $3, $4, $5, 0)";
    for side in Side::ALL {
        for (question, choice) in counted_choices(survey.asked) {
            let values = [institution.clone(), id(survey.id), side.code().into(), question.into(), choice.into()];
            db.run(fresh, values).await?;
        }
    }
    Ok(())
}

/// Takes a survey back that has not begun.
///
/// # Errors
/// A fault of the database.
pub async fn take_back(db: &Db, permit: &Permit<OpenSurvey>, survey: SurveyId) -> Result<(), Fault> {
    let values = [of(permit.institution()), id(survey)];
    db.run("DELETE FROM survey_count WHERE institution = $1 AND survey = $2", values.clone()).await?;
    db.run("DELETE FROM survey WHERE institution = $1 AND id = $2", values).await.map(drop)
}

row! {
    struct TicketRow {
        blinded: String,
    }
}

/// The hash of what somebody had signed, if they took a ticket.
///
/// # Errors
/// A fault of the database.
pub async fn ticket(
    db: &Db,
    permit: &Permit<TakeTicket>,
    (survey, person): (SurveyId, PersonId),
) -> Result<Option<String>, Fault> {
    let sql = "SELECT blinded FROM survey_ticket WHERE institution = $1 AND survey = $2 AND person = $3";
    let row = db.first::<TicketRow, 3>(sql, [of(permit.institution()), id(survey), id(person)]).await?;
    Ok(row.map(|row| row.blinded))
}

/// Notes that somebody took a ticket.
///
/// # Errors
/// A fault of the database.
pub async fn take(
    db: &Db,
    permit: &Permit<TakeTicket>,
    (survey, person, blinded): (SurveyId, PersonId, &str),
) -> Result<(), Fault> {
    let sql = "INSERT INTO survey_ticket (institution, survey, person, blinded) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(permit.institution()), id(survey), id(person), blinded.into()]).await.map(drop)
}

/// Counts an answer, unless its ticket is used; says whether it was counted. Nothing of it is kept but numbers that grew.
///
/// # Errors
/// A fault of the database.
pub async fn count(
    db: &Db,
    permit: &Permit<TakeInAnswer>,
    (survey, ticket): (&Survey, &str),
    answer: &Answer,
) -> Result<bool, Fault> {
    let statements = survey.asked.statements();
    let (institution, survey) = (of(permit.institution()), id(survey.id));
    let sql = "INSERT INTO survey_used (institution, survey, ticket) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    if db.run(sql, [institution.clone(), survey.clone(), ticket.into()]).await? == 0 {
        return Ok(false);
    }
    let statements = statements.iter().zip(&answer.choices).map(|(one, choice)| (*one, choice.code()));
    let factors = answer.factors.iter().map(|factor| (FACTOR, factor.code()));
    let grow = "UPDATE survey_count SET times = times + 1 \
                WHERE institution = $1 AND survey = $2 AND side = $3 AND question = $4 AND choice = $5";
    for (question, choice) in [(SENT, SENT)].into_iter().chain(statements).chain(factors) {
        let side = answer.side.code();
        let values = [institution.clone(), survey.clone(), side.into(), question.into(), choice.into()];
        db.run(grow, values).await?;
    }
    Ok(true)
}

/// How many teach today: those who are not practitioners, and those who are.
///
/// # Errors
/// A fault of the database.
pub async fn frame(db: &Db, permit: &Permit<ReleaseSurvey>) -> Result<(i64, i64), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let active = || chart.people().iter().filter(|one| one.active);
    let practitioners = active().filter(|one| one.roles.has(Role::Practitioner)).count();
    let others = active().filter(|one| one.roles.has(Role::Teacher) && !one.roles.has(Role::Practitioner)).count();
    let whole = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Ok((whole(others), whole(practitioners)))
}

/// What one side answered, as numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// From which side.
    pub side: Side,
    /// How many answers there are.
    pub sent: i64,
    /// For each statement and choice, how often.
    pub statements: Vec<(String, Choice, i64)>,
    /// For each factor, how often.
    pub factors: Vec<(Factor, i64)>,
}

row! {
    struct CountRow {
        side: String,
        question: String,
        choice: String,
        times: i64,
    }
}

/// What was answered, side by side. There is no other way to these numbers: nobody sees them while a survey is open.
///
/// # Errors
/// A fault of the database.
pub async fn counted(db: &Db, permit: &Permit<ReleaseSurvey>, survey: SurveyId) -> Result<Vec<Counted>, Fault> {
    let sql = "SELECT side, question, choice, times FROM survey_count WHERE institution = $1 AND survey = $2 \
               ORDER BY side, question, choice";
    let rows = db.all::<CountRow, 2>(sql, [of(permit.institution()), id(survey)]).await?;
    let empty = |side: &Side| Counted { side: *side, sent: 0, statements: Vec::new(), factors: Vec::new() };
    let mut all: Vec<Counted> = Side::ALL.iter().map(empty).collect();
    for row in rows {
        let of_side = all.iter_mut().find(|one| one.side.code() == row.side).ok_or(Fault::Unreadable("side"))?;
        match row.question.as_str() {
            SENT => of_side.sent = row.times,
            FACTOR => {
                let factor = Factor::from_code(&row.choice).ok_or(Fault::Unreadable("factor"))?;
                of_side.factors.push((factor, row.times));
            }
            _ => {
                let choice = Choice::from_code(&row.choice).ok_or(Fault::Unreadable("choice"))?;
                of_side.statements.push((row.question, choice, row.times));
            }
        }
    }
    Ok(all)
}

/// Keeps what is released of a survey, and deletes what was answered, which tickets were used, and who took one.
///
/// # Errors
/// A fault of the database.
pub async fn release(
    db: &Db,
    permit: &Permit<ReleaseSurvey>,
    (survey, text, digest): (SurveyId, &str, &str),
) -> Result<(), Fault> {
    let (institution, survey) = (of(permit.institution()), id(survey));
    let sql = "INSERT INTO survey_release (institution, survey, text, digest) VALUES ($1, $2, $3, $4)";
    db.run(sql, [institution.clone(), survey.clone(), text.into(), digest.into()]).await?;
    let of_survey = [institution, survey];
    db.run("DELETE FROM survey_count WHERE institution = $1 AND survey = $2", of_survey.clone()).await?;
    db.run("DELETE FROM survey_used WHERE institution = $1 AND survey = $2", of_survey.clone()).await?;
    db.run("DELETE FROM survey_ticket WHERE institution = $1 AND survey = $2", of_survey).await.map(drop)
}

/// The acts that read what was released.
pub trait ReadsReleases: Act {}
impl ReadsReleases for ReleaseSurvey {}
impl ReadsReleases for SeeSurvey {}

row! {
    /// What was released of a survey.
    pub struct Released {
        /// The academic year of the survey.
        pub year: i64,
        /// As it was written when it was released.
        pub text: String,
        /// The SHA-256 of that.
        pub digest: String,
    }
}

/// Everything that was released, the latest year first.
///
/// # Errors
/// A fault of the database.
pub async fn released<A: ReadsReleases>(db: &Db, permit: &Permit<A>) -> Result<Vec<Released>, Fault> {
    let sql = "SELECT s.year, r.text, r.digest FROM survey s \
               JOIN survey_release r ON r.institution = s.institution AND r.survey = s.id \
               WHERE s.institution = $1 ORDER BY s.year DESC";
    db.all::<Released, 1>(sql, [of(permit.institution())]).await
}
