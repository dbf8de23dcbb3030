//! Reviews of terms with their decisions (R-REV-4 to R-REV-8).

use domain::ids::{InstitutionId, PersonId, ReviewId};
use domain::people::Role;
use domain::reviews::Decision;
use jiff::civil::Date;
use policies::acts::{Act, KeepReviews, SeeReviews, SetRoad};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, day, id, maybe_id, of};
use crate::row::row;

/// The acts for which reviews are read.
pub trait ReadsReviews: Act {}
impl ReadsReviews for SeeReviews {}
impl ReadsReviews for KeepReviews {}

/// The acts for which it is read who leads.
pub trait NamesLeaders: Act {}
impl NamesLeaders for SeeReviews {}
impl NamesLeaders for KeepReviews {}
impl NamesLeaders for SetRoad {}

/// What was laid down when a review was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The day.
    pub day: Date,
    /// The programme as it stood, as JSON.
    pub stood: String,
    /// The latest release, by name.
    pub latest: Option<String>,
}

/// The review of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which.
    pub id: ReviewId,
    /// The first day of its term.
    pub term: Date,
    /// "Review of autumn term 2026".
    pub title: String,
    /// What becomes of the priorities.
    pub priorities: String,
    /// The day on which it was opened.
    pub opened: Date,
    /// Once it is closed.
    pub closed: Option<Closed>,
    /// What is decided, in order.
    pub decisions: Vec<Decision>,
}

row! {
    struct ReviewRow {
        id: Uuid,
        term: String,
        title: String,
        priorities: String,
        opened: String,
        closed: Option<String>,
        stood: Option<String>,
        latest: Option<String>,
    }
}

row! {
    struct DecisionRow {
        review: Uuid,
        number: i64,
        text: String,
        person: Option<Uuid>,
        who: String,
        due: String,
        done: Option<String>,
    }
}

impl DecisionRow {
    fn decision(self, chart: &Chart) -> Result<Decision, Fault> {
        let known = self.person.and_then(|person| chart.person(PersonId(person)));
        let who = known.map_or(self.who, |one| one.name.clone());
        let done = self.done.as_deref().map(day).transpose()?;
        Ok(Decision { number: self.number, text: self.text, who, by: day(&self.due)?, done })
    }
}

/// Every review, the latest term first.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsReviews>(db: &Db, permit: &Permit<A>) -> Result<Vec<Review>, Fault> {
    let institution = permit.institution();
    let mut decisions = decisions(db, institution).await?;
    let sql = "SELECT id, term, title, priorities, opened, closed, stood, latest FROM review WHERE institution = $1 \
               ORDER BY term DESC";
    let mut all = Vec::new();
    for row in db.all::<ReviewRow, 1>(sql, [of(institution)]).await? {
        let (own, others): (Vec<_>, Vec<_>) = decisions.into_iter().partition(|(review, _)| *review == row.id);
        decisions = others;
        let closed = row.closed.as_deref().map(day).transpose()?;
        all.push(Review {
            id: ReviewId(row.id),
            term: day(&row.term)?,
            title: row.title,
            priorities: row.priorities,
            opened: day(&row.opened)?,
            closed: closed.map(|day| Closed { day, stood: row.stood.unwrap_or_default(), latest: row.latest }),
            decisions: own.into_iter().map(|(_, decision)| decision).collect(),
        });
    }
    Ok(all)
}

async fn decisions(db: &Db, institution: InstitutionId) -> Result<Vec<(Uuid, Decision)>, Fault> {
    let chart = db.chart(institution).await?;
    let sql = "SELECT review, number, text, person, who, due, done FROM review_decision WHERE institution = $1 \
               ORDER BY review, number";
    let rows = db.all::<DecisionRow, 1>(sql, [of(institution)]).await?;
    rows.into_iter().map(|row| Ok((row.review, row.decision(&chart)?))).collect()
}

/// Opens the review of a term.
///
/// # Errors
/// A fault of the database.
pub async fn open(db: &Db, permit: &Permit<KeepReviews>, review: &Review) -> Result<(), Fault> {
    let sql = "INSERT INTO review (institution, id, term, title, priorities, opened, closed, stood, latest) \
               VALUES ($1, $2, $3, $4, '', $5, NULL, NULL, NULL)";
    let values = [
        of(permit.institution()),
        id(review.id),
        review.term.to_string().into(),
        review.title.as_str().into(),
        review.opened.to_string().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Writes what becomes of the priorities, while the review is open.
///
/// # Errors
/// A fault of the database.
pub async fn write(db: &Db, permit: &Permit<KeepReviews>, (review, priorities): (ReviewId, &str)) -> Result<(), Fault> {
    let sql = "UPDATE review SET priorities = $3 WHERE institution = $1 AND id = $2 AND closed IS NULL";
    db.run(sql, [of(permit.institution()), id(review), priorities.into()]).await.map(drop)
}

/// Who is to do what is decided: somebody of the list, or words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A programme lead or a senior leader.
    Person(PersonId),
    /// In words.
    Words(String),
}

/// Adds a decision; its number is the next one.
///
/// # Errors
/// A fault of the database.
pub async fn decide(
    db: &Db,
    permit: &Permit<KeepReviews>,
    review: &Review,
    (text, who, by): (&str, &Who, Date),
) -> Result<(), Fault> {
    let number = review.decisions.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    let sql = "INSERT INTO review_decision (institution, review, number, text, person, who, due, done) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
    let (person, words) = match who {
        Who::Person(person) => (Some(*person), ""),
        Who::Words(words) => (None, words.as_str()),
    };
    let values = [
        of(permit.institution()),
        id(review.id),
        number.into(),
        text.into(),
        maybe_id(person),
        words.into(),
        by.to_string().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes a decision out of a review that is open.
///
/// # Errors
/// A fault of the database.
pub async fn undecide(db: &Db, permit: &Permit<KeepReviews>, (review, number): (ReviewId, i64)) -> Result<(), Fault> {
    let sql = "DELETE FROM review_decision WHERE institution = $1 AND review = $2 AND number = $3";
    db.run(sql, [of(permit.institution()), id(review), number.into()]).await.map(drop)
}

/// Closes a review with the programme as it stands.
///
/// # Errors
/// A fault of the database.
pub async fn close(db: &Db, permit: &Permit<KeepReviews>, (review, closed): (ReviewId, &Closed)) -> Result<(), Fault> {
    let sql = "UPDATE review SET closed = $3, stood = $4, latest = $5 \
               WHERE institution = $1 AND id = $2 AND closed IS NULL";
    let values = [
        of(permit.institution()),
        id(review),
        closed.day.to_string().into(),
        closed.stood.as_str().into(),
        closed.latest.as_deref().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Says on which day a decision was done, or that it is not.
///
/// # Errors
/// A fault of the database.
pub async fn done(
    db: &Db,
    permit: &Permit<KeepReviews>,
    (review, number, done): (ReviewId, i64, Option<Date>),
) -> Result<(), Fault> {
    let sql = "UPDATE review_decision SET done = $4 WHERE institution = $1 AND review = $2 AND number = $3";
    let values = [of(permit.institution()), id(review), number.into(), done.map(|day| day.to_string()).into()];
    db.run(sql, values).await.map(drop)
}

/// Somebody who leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leader {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Whether they are a senior leader; else a programme lead alone.
    pub senior: bool,
}

/// Programme leads and senior leaders whose accounts are on, by name.
///
/// # Errors
/// A fault of the database.
pub async fn leaders<A: NamesLeaders>(db: &Db, permit: &Permit<A>) -> Result<Vec<Leader>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let leads = chart
        .people()
        .iter()
        .filter(|one| one.active && (one.roles.has(Role::SeniorLeader) || one.roles.has(Role::ProgrammeLead)));
    let leader = |one: &crate::chart::Somebody| Leader {
        person: one.id,
        name: one.name.clone(),
        senior: one.roles.has(Role::SeniorLeader),
    };
    Ok(leads.map(leader).collect())
}

row! {
    struct RoadRow {
        began: String,
        sponsor: Option<Uuid>,
    }
}

/// When the programme began, and who sponsors it, if it is said.
///
/// # Errors
/// A fault of the database.
pub async fn road<A: NamesLeaders>(db: &Db, permit: &Permit<A>) -> Result<Option<(Date, Option<PersonId>)>, Fault> {
    let sql = "SELECT began, sponsor FROM road WHERE institution = $1";
    let row = db.first::<RoadRow, 1>(sql, [of(permit.institution())]).await?;
    row.map(|row| Ok((day(&row.began)?, row.sponsor.map(PersonId)))).transpose()
}

/// Says when the programme began, and who sponsors it.
///
/// # Errors
/// A fault of the database.
pub async fn set_road(
    db: &Db,
    permit: &Permit<SetRoad>,
    (began, sponsor): (Date, Option<PersonId>),
) -> Result<(), Fault> {
    let sql = "INSERT INTO road (institution, began, sponsor) VALUES ($1, $2, $3) \
               ON CONFLICT (institution) DO UPDATE SET began = excluded.began, sponsor = excluded.sponsor";
    db.run(sql, [of(permit.institution()), began.to_string().into(), maybe_id(sponsor)]).await.map(drop)
}
