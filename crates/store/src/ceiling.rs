//! What bounds required support: the share of practitioners' time that it may take, who is not open to it, and whether it was
//! required before. Rules R-REQ-5, R-REQ-11 and R-REQ-12.

use domain::ids::{InstitutionId, PersonId};
use domain::minutes::Minutes;
use domain::required::SHARE;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{BarFromTracks, ReviseTrack, SeeFrame, SetCeiling, StartTrack};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of, seconds};
use crate::required::OnTrack;
use crate::row::row;

row! {
    struct EarlierRow {
        asked_at: i64,
        ended_at: Option<i64>,
    }
}

/// When support was required for somebody before, the latest first, and whether that has ended.
///
/// # Errors
/// A fault of the database.
pub async fn earlier(db: &Db, permit: &Permit<StartTrack>, teacher: PersonId) -> Result<Vec<(Timestamp, bool)>, Fault> {
    let sql = "SELECT t.asked_at, t.ended_at FROM participant p \
               JOIN thread t ON t.institution = p.institution AND t.id = p.thread AND t.stage = 'track' \
               WHERE p.institution = $1 AND p.person = $2 AND p.number = 1 ORDER BY t.asked_at DESC";
    let rows = db.all::<EarlierRow, 2>(sql, [of(permit.institution()), id(teacher)]).await?;
    rows.into_iter().map(|row| Ok((crate::db::instant(row.asked_at)?, row.ended_at.is_some()))).collect()
}

row! {
    struct SumRow {
        sum: Option<i64>,
    }
}

/// The acts that plan time.
pub trait Plans: OnTrack {}
impl Plans for StartTrack {}
impl Plans for ReviseTrack {}

/// All practitioners' remission of a year, and what is planned of it by the tracks that began between two instants, but for the
/// permit's own (R-REQ-12).
///
/// # Errors
/// A fault of the database.
pub async fn planned<A: Plans>(
    db: &Db,
    permit: &Permit<A>,
    (from, until): (Timestamp, Timestamp),
) -> Result<(Minutes, Minutes), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let remitted = chart.practitioners().map(|(_, practice)| practice.remitted).sum();
    let sql = "SELECT CAST(sum(s.meetings * s.length) AS bigint) AS sum FROM track_scope s \
               JOIN thread t ON t.institution = s.institution AND t.id = s.track \
               WHERE s.institution = $1 AND t.asked_at >= $2 AND t.asked_at < $3 AND s.track <> $4 \
                 AND s.number = (SELECT max(o.number) FROM track_scope o WHERE o.institution = s.institution AND o.track = s.track)";
    let values = [of(permit.institution()), seconds(from), seconds(until), id(permit.key())];
    let row = db.first::<SumRow, 4>(sql, values).await?;
    Ok((remitted, Minutes(row.and_then(|row| row.sum).unwrap_or(0))))
}

row! {
    struct ShareRow {
        share: i64,
    }
}

/// The share, in percent, of all practitioners' remission that required support may take; everybody at the institution may know.
///
/// # Errors
/// A fault of the database.
pub async fn share(db: &Db, institution: InstitutionId) -> Result<i64, Fault> {
    let row =
        db.first::<ShareRow, 1>("SELECT share FROM track_ceiling WHERE institution = $1", [of(institution)]).await?;
    Ok(row.map_or(SHARE, |row| row.share))
}

/// Sets that share.
///
/// # Errors
/// A fault of the database.
pub async fn set_share(db: &Db, permit: &Permit<SetCeiling>, share: i64) -> Result<(), Fault> {
    let sql = "INSERT INTO track_ceiling (institution, share) VALUES ($1, $2) \
               ON CONFLICT (institution) DO UPDATE SET share = excluded.share";
    db.run(sql, [of(permit.institution()), share.into()]).await.map(drop)
}

row! {
    struct BarredRow {
        person: Uuid,
        day: String,
    }
}

/// Practitioners who are not open to required support, and since when.
///
/// # Errors
/// A fault of the database.
pub async fn barred(db: &Db, permit: &Permit<SeeFrame>) -> Result<Vec<(PersonId, Date)>, Fault> {
    all_barred(db, permit.institution()).await
}

pub(crate) async fn all_barred(db: &Db, institution: InstitutionId) -> Result<Vec<(PersonId, Date)>, Fault> {
    let sql = "SELECT person, day FROM track_barred WHERE institution = $1 ORDER BY person";
    let rows = db.all::<BarredRow, 1>(sql, [of(institution)]).await?;
    rows.into_iter().map(|row| Ok((PersonId(row.person), day(&row.day)?))).collect()
}

/// Says that a practitioner is not open to required support from a day on, or is open again.
///
/// # Errors
/// A fault of the database.
pub async fn set_barred(db: &Db, permit: &Permit<BarFromTracks>, since: Option<Date>) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let Some(day) = since else {
        let sql = "DELETE FROM track_barred WHERE institution = $1 AND person = $2";
        return db.run(sql, [institution, person]).await.map(drop);
    };
    let sql = "INSERT INTO track_barred (institution, person, day) VALUES ($1, $2, $3) \
               ON CONFLICT (institution, person) DO NOTHING";
    db.run(sql, [institution, person, day.to_string().into()]).await.map(drop)
}

/// Whether this person has a practice: is, was or will be a practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn has_practice(db: &Db, permit: &Permit<BarFromTracks>) -> Result<bool, Fault> {
    Ok(db.chart(permit.institution()).await?.practice(permit.key()).is_some())
}
