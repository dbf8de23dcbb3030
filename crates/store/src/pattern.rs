//! When practitioners take their remission, what is carried into the next year, and what they say of their balance.

use std::collections::BTreeMap;

use domain::ids::{InstitutionId, PersonId};
use domain::minutes::Minutes;
use domain::pattern::{Block, CarryState, Half, HalfDay, Pattern};
use domain::remission::Base;
use domain::weekly::Weekday;
use jiff::civil::Date;
use policies::acts::{
    Act, AnswerCarry, ProposeCarry, RecomputeWeek, SayBalance, SeeOwnHours, SeeOwnWeek, SeePlanner, SetPattern,
};
use policies::facts::On;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

/// The acts for which everybody's time is read.
pub trait OfAll: Act {}
impl OfAll for SeePlanner {}
impl OfAll for RecomputeWeek {}

/// The acts for which one practitioner's time is read.
pub trait OfOne: Act {}
impl OfOne for SeeOwnHours {}
impl OfOne for SeeOwnWeek {}
impl OfOne for ProposeCarry {}
impl OfOne for AnswerCarry {}
impl OfOne for SetPattern {}

row! {
    struct HalfRow {
        person: Uuid,
        weekday: i64,
        half: String,
    }
}

row! {
    struct BlockRow {
        person: Uuid,
        starts: String,
        ends: String,
        minutes: i64,
    }
}

/// Every practitioner's half-days and blocks.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: OfAll>(db: &Db, permit: &Permit<A>) -> Result<BTreeMap<PersonId, Pattern>, Fault> {
    read(db, (permit.institution(), None)).await
}

/// One practitioner's.
///
/// # Errors
/// A fault of the database.
pub async fn one<A: OfOne>(db: &Db, permit: &Permit<A>) -> Result<Pattern, Fault>
where
    A::On: On<Key = PersonId>,
{
    let person = permit.key();
    Ok(read(db, (permit.institution(), Some(person))).await?.remove(&person).unwrap_or_default())
}

async fn read(
    db: &Db,
    (institution, only): (InstitutionId, Option<PersonId>),
) -> Result<BTreeMap<PersonId, Pattern>, Fault> {
    let mut found: BTreeMap<PersonId, Pattern> = BTreeMap::new();
    let wanted = |person: Uuid| only.is_none_or(|only| only.0 == person);
    let sql = "SELECT person, weekday, half FROM half_day WHERE institution = $1 ORDER BY weekday, half";
    for row in db.all::<HalfRow, 1>(sql, [of(institution)]).await?.into_iter().filter(|row| wanted(row.person)) {
        let day = u8::try_from(row.weekday).ok().and_then(Weekday::from_number).ok_or(Fault::Unreadable("weekday"))?;
        let half = Half::from_code(&row.half).ok_or(Fault::Unreadable("half"))?;
        found.entry(PersonId(row.person)).or_default().half_days.push(HalfDay { day, half });
    }
    let sql = "SELECT person, starts, ends, minutes FROM time_block WHERE institution = $1 ORDER BY starts";
    for row in db.all::<BlockRow, 1>(sql, [of(institution)]).await?.into_iter().filter(|row| wanted(row.person)) {
        let block = Block { starts: day(&row.starts)?, ends: day(&row.ends)?, time: Minutes(row.minutes) };
        found.entry(PersonId(row.person)).or_default().blocks.push(block);
    }
    Ok(found)
}

row! {
    struct AgreedRow {
        caseload: i64,
        weeks: i64,
        half_day: i64,
    }
}

/// The year's remission, with what it or the lead's frame is counted against, if either was entered by hand; `None` for who is no practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn agreed(db: &Db, permit: &Permit<SetPattern>) -> Result<Option<(Minutes, Option<Base>)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let Some(practice) = chart.practice(permit.key()) else { return Ok(None) };
    let sql = "SELECT caseload, weeks, half_day FROM remission WHERE institution = $1 AND person = $2";
    let mut row = db.first::<AgreedRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    if row.is_none() {
        let sql = "SELECT caseload, weeks, half_day FROM frame WHERE institution = $1";
        row = db.first::<AgreedRow, 1>(sql, [of(permit.institution())]).await?;
    }
    let base =
        row.map(|row| Base { caseload: Minutes(row.caseload), weeks: row.weeks, half_day: Minutes(row.half_day) });
    Ok(Some((practice.remitted, base)))
}

/// Puts half-days and blocks in the place of the earlier ones.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &Permit<SetPattern>, pattern: &Pattern) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    for table in ["half_day", "time_block"] {
        let sql = format!("DELETE FROM {table} WHERE institution = $1 AND person = $2");
        db.run(&sql, [institution.clone(), person.clone()]).await?;
    }
    let rows = pattern.half_days.iter().map(|one| {
        vec![institution.clone(), person.clone(), i64::from(one.day.number()).into(), one.half.code().into()]
    });
    db.insert_all("INSERT INTO half_day (institution, person, weekday, half) VALUES", rows.collect()).await?;
    let rows = pattern.blocks.iter().map(|one| {
        let (starts, ends) = (one.starts.to_string().into(), one.ends.to_string().into());
        vec![institution.clone(), person.clone(), starts, ends, one.time.0.into()]
    });
    db.insert_all("INSERT INTO time_block (institution, person, starts, ends, minutes) VALUES", rows.collect()).await
}

/// Hours somebody would like to carry over, or has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carry {
    /// Whose.
    pub person: PersonId,
    /// The academic year they come from.
    pub year: i64,
    /// How much.
    pub time: Minutes,
    /// What became of it.
    pub state: CarryState,
}

row! {
    struct CarryRow {
        person: Uuid,
        year: i64,
        minutes: i64,
        state: String,
    }
}

/// What of a year is to be carried over, by everybody.
///
/// # Errors
/// A fault of the database.
pub async fn carried<A: OfAll>(db: &Db, permit: &Permit<A>, year: i16) -> Result<Vec<Carry>, Fault> {
    carries(db, permit.institution(), year).await
}

/// The same of one practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn carry<A: OfOne>(db: &Db, permit: &Permit<A>, year: i16) -> Result<Option<Carry>, Fault>
where
    A::On: On<Key = PersonId>,
{
    Ok(carries(db, permit.institution(), year).await?.into_iter().find(|one| one.person == permit.key()))
}

/// What was agreed to be carried over from a year, by practitioner, for whoever counts how the programme is set up.
pub(crate) async fn carried_over(
    db: &Db,
    institution: InstitutionId,
    year: i16,
) -> Result<Vec<(PersonId, Minutes)>, Fault> {
    let all = carries(db, institution, year).await?.into_iter();
    Ok(all.filter(|one| one.state == CarryState::Agreed).map(|one| (one.person, one.time)).collect())
}

async fn carries(db: &Db, institution: InstitutionId, year: i16) -> Result<Vec<Carry>, Fault> {
    let sql =
        "SELECT person, year, minutes, state FROM carry_over WHERE institution = $1 AND year = $2 ORDER BY person";
    let rows = db.all::<CarryRow, 2>(sql, [of(institution), i64::from(year).into()]).await?.into_iter();
    let read = |row: CarryRow| {
        let state = CarryState::from_code(&row.state).ok_or(Fault::Unreadable("carry_over"))?;
        Ok(Carry { person: PersonId(row.person), year: row.year, time: Minutes(row.minutes), state })
    };
    rows.map(read).collect()
}

/// What was agreed to be carried into the year after `year`, for whoever plans a meeting in it.
pub(crate) async fn agreed_from(db: &Db, who: (InstitutionId, PersonId), year: i16) -> Result<Minutes, Fault> {
    let all = carries(db, who.0, year).await?.into_iter();
    Ok(all.filter(|one| one.person == who.1 && one.state == CarryState::Agreed).map(|one| one.time).sum())
}

/// Proposes hours, in place of an earlier proposal for the same year.
///
/// # Errors
/// A fault of the database.
pub async fn propose(db: &Db, permit: &Permit<ProposeCarry>, (year, time): (i16, Minutes)) -> Result<(), Fault> {
    let sql = "INSERT INTO carry_over (institution, person, year, minutes, state) VALUES ($1, $2, $3, $4, 'proposed') \
               ON CONFLICT (institution, person, year) DO UPDATE SET minutes = excluded.minutes, state = excluded.state";
    let values = [of(permit.institution()), id(permit.key()), i64::from(year).into(), time.0.into()];
    db.run(sql, values).await.map(drop)
}

/// Agrees to it, or not.
///
/// # Errors
/// A fault of the database.
pub async fn answer(db: &Db, permit: &Permit<AnswerCarry>, (year, state): (i16, CarryState)) -> Result<(), Fault> {
    let sql = "UPDATE carry_over SET state = $4 WHERE institution = $1 AND person = $2 AND year = $3";
    let values = [of(permit.institution()), id(permit.key()), i64::from(year).into(), state.code().into()];
    db.run(sql, values).await.map(drop)
}

row! {
    struct PlanRow {
        week: String,
        plan: i64,
    }
}

/// The plans that stood on the board week by week between two days, in order of time: what was planned then, whatever was
/// agreed since (R-TIM-8).
///
/// # Errors
/// A fault of the database.
pub async fn plans<A: OfOne>(
    db: &Db,
    permit: &Permit<A>,
    (first, last): (Date, Date),
) -> Result<Vec<(Date, Minutes)>, Fault>
where
    A::On: On<Key = PersonId>,
{
    let sql = "SELECT week, plan FROM board_week WHERE institution = $1 AND person = $2 AND week >= $3 AND week <= $4 \
               ORDER BY week";
    let values = [of(permit.institution()), id(permit.key()), first.to_string().into(), last.to_string().into()];
    let rows = db.all::<PlanRow, 4>(sql, values).await?;
    rows.into_iter().map(|row| Ok((day(&row.week)?, Minutes(row.plan)))).collect()
}

row! {
    struct SumRow {
        sum: i64,
    }
}

/// Minutes noted between two days, or only those of outreach.
///
/// # Errors
/// A fault of the database.
pub async fn noted<A: OfOne>(
    db: &Db,
    permit: &Permit<A>,
    ((first, last), outreach): ((Date, Date), bool),
) -> Result<Minutes, Fault>
where
    A::On: On<Key = PersonId>,
{
    let sql = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) AS sum FROM hours_entry \
               WHERE institution = $1 AND person = $2 AND day >= $3 AND day <= $4 AND (outreach OR NOT $5)";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        first.to_string().into(),
        last.to_string().into(),
        outreach.into(),
    ];
    Ok(Minutes(db.first::<SumRow, 5>(sql, values).await?.map_or(0, |row| row.sum)))
}

/// What a practitioner has said of the balance of home and outreach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// Who.
    pub person: PersonId,
    /// On which day.
    pub day: Date,
    /// In a sentence.
    pub sentence: String,
}

row! {
    struct BalanceRow {
        person: Uuid,
        day: String,
        sentence: String,
    }
}

/// What practitioners have said of it, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn balances(db: &Db, permit: &Permit<SeePlanner>) -> Result<Vec<Balance>, Fault> {
    said(db, permit.institution()).await
}

/// What one has said oneself.
///
/// # Errors
/// A fault of the database.
pub async fn own_balance(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<Option<Balance>, Fault> {
    Ok(said(db, permit.institution()).await?.into_iter().find(|one| one.person == permit.key()))
}

async fn said(db: &Db, institution: InstitutionId) -> Result<Vec<Balance>, Fault> {
    let sql = "SELECT person, day, sentence FROM balance WHERE institution = $1 ORDER BY day DESC, person";
    let rows = db.all::<BalanceRow, 1>(sql, [of(institution)]).await?.into_iter();
    rows.map(|row| Ok(Balance { person: PersonId(row.person), day: day(&row.day)?, sentence: row.sentence })).collect()
}

/// Says it, in place of what was said before; `None` takes it back.
///
/// # Errors
/// A fault of the database.
pub async fn say(db: &Db, permit: &Permit<SayBalance>, said: Option<(&str, Date)>) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let sql = "DELETE FROM balance WHERE institution = $1 AND person = $2";
    db.run(sql, [institution.clone(), person.clone()]).await?;
    let Some((sentence, day)) = said else { return Ok(()) };
    let sql = "INSERT INTO balance (institution, person, day, sentence) VALUES ($1, $2, $3, $4)";
    db.run(sql, [institution, person, day.to_string().into(), sentence.into()]).await.map(drop)
}
