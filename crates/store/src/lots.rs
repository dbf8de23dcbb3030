//! Recorded lots. Rules R-CAU-16 to R-CAU-21.

use domain::ids::{LotId, PersonId};
use domain::lots::{Named, Plan};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Act, AddLotWords, AskCause, GiveUpLot, OpenLot, SeeCause, SeeLots};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of, seconds};
use crate::row::row;

row! {
    struct LotRow {
        id: Uuid,
        opened_at: i64,
        opened_by: Uuid,
        plan: String,
        seed: String,
        commitment: String,
        words: Option<String>,
        drawn_at: Option<i64>,
        drawn: Option<String>,
        given_up: Option<String>,
        reason: Option<String>,
    }
}

/// What became of a lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It waits for somebody's words.
    Waits,
    /// It was drawn.
    Drawn(Draw),
    /// It was given up on a day, and why.
    GivenUp(Date, String),
}

/// How a lot was drawn: from then on its seed is for everybody who may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// When.
    pub at: Timestamp,
    /// The words that somebody else added.
    pub words: String,
    /// The areas in the order in which they begin.
    pub order: Vec<String>,
}

/// A lot as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Which.
    pub id: LotId,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// By whom: they cannot add the words.
    pub opened_by: PersonId,
    /// What is drawn.
    pub plan: Plan,
    /// The seed: nobody's matter while the lot waits, and never shown of one that was given up.
    pub seed: String,
    /// What was published of it beforehand.
    pub commitment: String,
    /// What became of it.
    pub fate: Fate,
}

impl Lot {
    /// Whether it waits to be drawn.
    pub const fn waits(&self) -> bool {
        matches!(self.fate, Fate::Waits)
    }

    /// How it was drawn, if it was.
    pub const fn draw(&self) -> Option<&Draw> {
        if let Fate::Drawn(draw) = &self.fate { Some(draw) } else { None }
    }
}

impl LotRow {
    fn lot(self) -> Result<Lot, Fault> {
        let fate = match (self.words, self.drawn_at, self.drawn, self.given_up) {
            (Some(words), Some(at), Some(order), _) => Fate::Drawn(Draw {
                at: instant(at)?,
                words,
                order: serde_json::from_str(&order).map_err(|_| Fault::Unreadable("order"))?,
            }),
            (_, _, _, Some(on)) => Fate::GivenUp(day(&on)?, self.reason.unwrap_or_default()),
            _ => Fate::Waits,
        };
        Ok(Lot {
            id: LotId(self.id),
            opened_at: instant(self.opened_at)?,
            opened_by: PersonId(self.opened_by),
            plan: serde_json::from_str(&self.plan).map_err(|_| Fault::Unreadable("plan"))?,
            seed: self.seed,
            commitment: self.commitment,
            fate,
        })
    }
}

/// The acts that read lots.
pub trait ReadsLots: Act {}
impl ReadsLots for SeeLots {}
impl ReadsLots for OpenLot {}
impl ReadsLots for AddLotWords {}
impl ReadsLots for GiveUpLot {}
impl ReadsLots for SeeCause {}
impl ReadsLots for AskCause {}

/// Every lot there ever was, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsLots>(db: &Db, permit: &Permit<A>) -> Result<Vec<Lot>, Fault> {
    let sql = "SELECT id, opened_at, opened_by, plan, seed, commitment, words, drawn_at, drawn, given_up, reason \
               FROM lot WHERE institution = $1 ORDER BY opened_at DESC, id";
    let rows = db.all::<LotRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(LotRow::lot).collect()
}

/// The areas there are, by name.
///
/// # Errors
/// A fault of the database.
pub async fn areas<A: ReadsLots>(db: &Db, permit: &Permit<A>) -> Result<Vec<Named>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.areas().map(|(name, id)| Named { id, name: name.to_owned() }).collect())
}

/// Opens a lot.
///
/// # Errors
/// A fault of the database.
pub async fn open(db: &Db, permit: &Permit<OpenLot>, lot: &Lot) -> Result<(), Fault> {
    let sql = "INSERT INTO lot (institution, id, opened_at, opened_by, plan, seed, commitment) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(permit.institution()),
        id(lot.id),
        seconds(lot.opened_at),
        id(lot.opened_by),
        serde_json::to_string(&lot.plan).map_err(|_| Fault::Unreadable("plan"))?.into(),
        lot.seed.as_str().into(),
        lot.commitment.as_str().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Keeps the words that were added to a lot that waits, and the order that follows.
///
/// # Errors
/// A fault of the database; a lot that does not wait.
pub async fn draw(db: &Db, permit: &Permit<AddLotWords>, (lot, draw): (LotId, &Draw)) -> Result<(), Fault> {
    let sql = "UPDATE lot SET words = $3, drawn_at = $4, drawn = $5 \
               WHERE institution = $1 AND id = $2 AND words IS NULL AND given_up IS NULL";
    let values = [
        of(permit.institution()),
        id(lot),
        draw.words.as_str().into(),
        seconds(draw.at),
        serde_json::to_string(&draw.order).map_err(|_| Fault::Unreadable("order"))?.into(),
    ];
    once(db.run(sql, values).await?)
}

/// Notes that a lot that waits is given up on a day, and why.
///
/// # Errors
/// A fault of the database; a lot that does not wait.
pub async fn give_up(db: &Db, permit: &Permit<GiveUpLot>, (lot, on, reason): (LotId, Date, &str)) -> Result<(), Fault> {
    let sql = "UPDATE lot SET given_up = $3, reason = $4 \
               WHERE institution = $1 AND id = $2 AND words IS NULL AND given_up IS NULL";
    once(db.run(sql, [of(permit.institution()), id(lot), on.to_string().into(), reason.into()]).await?)
}

fn once(rows: u64) -> Result<(), Fault> {
    if rows == 1 { Ok(()) } else { Err(Fault::Missing("waiting lot")) }
}
