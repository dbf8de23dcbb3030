//! Questions about what came of the programme, and their readings. Rules R-CAU-22 to R-CAU-27.

use domain::cause::Question;
use domain::ids::{LotId, QuestionId, ReadingId};
use jiff::Timestamp;
use policies::acts::{Act, AskCause, SeeCause, ShowCause, WeighCause};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, maybe_id, of, seconds};
use crate::indicators::ReadsFigures;
use crate::row::row;

impl ReadsFigures for AskCause {}
impl ReadsFigures for WeighCause {}
impl ReadsFigures for ShowCause {}

row! {
    struct QuestionRow {
        id: Uuid,
        asked_at: i64,
        said: String,
        smallest: Option<String>,
        weighed_at: Option<i64>,
    }
}

/// A question as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub id: QuestionId,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// What was asked.
    pub question: Question,
    /// How small an effect could be seen, as JSON, and when that was worked out.
    pub smallest: Option<(String, Timestamp)>,
}

impl QuestionRow {
    fn kept(self) -> Result<Kept, Fault> {
        let question = serde_json::from_str(&self.said).map_err(|_| Fault::Unreadable("question"))?;
        let smallest = match (self.smallest, self.weighed_at) {
            (Some(text), Some(at)) => Some((text, instant(at)?)),
            _ => None,
        };
        Ok(Kept { id: QuestionId(self.id), asked_at: instant(self.asked_at)?, question, smallest })
    }
}

/// The acts that read questions.
pub trait ReadsQuestions: Act {}
impl ReadsQuestions for SeeCause {}
impl ReadsQuestions for AskCause {}
impl ReadsQuestions for WeighCause {}
impl ReadsQuestions for ShowCause {}

/// Every question, in the order in which they were asked.
///
/// # Errors
/// A fault of the database.
pub async fn questions<A: ReadsQuestions>(db: &Db, permit: &Permit<A>) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT id, asked_at, said, smallest, weighed_at FROM cause_question WHERE institution = $1 \
               ORDER BY asked_at, id";
    let rows = db.all::<QuestionRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(QuestionRow::kept).collect()
}

/// Keeps a question as it was asked.
///
/// # Errors
/// A fault of the database.
pub async fn ask(
    db: &Db,
    permit: &Permit<AskCause>,
    (question, at, said): (QuestionId, Timestamp, &Question),
) -> Result<(), Fault> {
    let sql = "INSERT INTO cause_question (institution, id, asked_at, lot, said) VALUES ($1, $2, $3, $4, $5)";
    let text = serde_json::to_string(said).map_err(|_| Fault::Unreadable("question"))?;
    let lot: Option<LotId> = said.lot;
    let values = [of(permit.institution()), id(question), seconds(at), maybe_id(lot), text.into()];
    db.run(sql, values).await.map(drop)
}

/// Keeps how small an effect could be seen.
///
/// # Errors
/// A fault of the database.
pub async fn weigh(
    db: &Db,
    permit: &Permit<WeighCause>,
    (question, at, smallest): (QuestionId, Timestamp, &str),
) -> Result<(), Fault> {
    let sql = "UPDATE cause_question SET smallest = $3, weighed_at = $4 WHERE institution = $1 AND id = $2";
    let values = [of(permit.institution()), id(question), smallest.into(), seconds(at)];
    db.run(sql, values).await.map(drop)
}

row! {
    struct ReadingRow {
        id: Uuid,
        shown_at: i64,
        said: String,
        digest: String,
    }
}

/// What was shown of a question, once and for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which.
    pub id: ReadingId,
    /// When it was shown.
    pub shown_at: Timestamp,
    /// The figures it was made of and what was said, as JSON.
    pub said: String,
    /// The SHA-256 of that.
    pub digest: String,
}

/// What was shown of a question, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn readings<A: ReadsQuestions>(
    db: &Db,
    permit: &Permit<A>,
    question: QuestionId,
) -> Result<Vec<Reading>, Fault> {
    let sql = "SELECT id, shown_at, said, digest FROM cause_reading WHERE institution = $1 AND question = $2 \
               ORDER BY shown_at DESC, id";
    let rows = db.all::<ReadingRow, 2>(sql, [of(permit.institution()), id(question)]).await?;
    let read = |row: ReadingRow| {
        let shown_at = instant(row.shown_at)?;
        Ok(Reading { id: ReadingId(row.id), shown_at, said: row.said, digest: row.digest })
    };
    rows.into_iter().map(read).collect()
}

/// Keeps what is shown.
///
/// # Errors
/// A fault of the database.
pub async fn show(
    db: &Db,
    permit: &Permit<ShowCause>,
    (question, reading): (QuestionId, &Reading),
) -> Result<(), Fault> {
    let sql = "INSERT INTO cause_reading (institution, id, question, shown_at, said, digest) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        of(permit.institution()),
        id(reading.id),
        id(question),
        seconds(reading.shown_at),
        reading.said.as_str().into(),
        reading.digest.as_str().into(),
    ];
    db.run(sql, values).await.map(drop)
}
