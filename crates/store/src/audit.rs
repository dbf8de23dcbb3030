//! The audit log: every event once more, each entry's hash over the one before it, so that nobody removes or alters one unseen.
//! By the day; what happened in a thread lies under its shred key and fades with it (R-AUD-1, R-AUD-2).

use domain::ids::{InstitutionId, PersonId, ThreadId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use policies::acts::{ExamineAudit, KeepAudit, RestoreBackup};
use policies::permit::Permit;
use sealing::{Context, chained};
use serde_json::json;

use crate::db::{Db, Fault, of};
use crate::participants::{chance, layer};
use crate::row::row;

/// What an entry says.
#[derive(Debug, Clone, Copy)]
pub(crate) enum What<'a> {
    /// An act outside a thread: whose, and its detail.
    Act(Option<PersonId>, &'a str),
    /// An act in a thread; of one that is gone, or that must not be told, none.
    InThread(Option<ThreadId>, i64),
}

row! {
    struct Head {
        place: i64,
        hash: String,
    }
}

row! {
    struct EntryRow {
        place: i64,
        day: String,
        content: String,
        hash: String,
    }
}

async fn head(db: &Db, institution: InstitutionId) -> Result<Option<Head>, Fault> {
    let sql = "SELECT place, hash FROM audit_entry WHERE institution = $1 ORDER BY place DESC LIMIT 1";
    db.first::<Head, 1>(sql, [of(institution)]).await
}

/// Adds an entry behind the last one.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn append(
    db: &Db,
    institution: InstitutionId,
    (act, what, at): (&str, What<'_>, Timestamp),
) -> Result<(), Fault> {
    let (place, before) = head(db, institution).await?.map_or((1, String::new()), |head| (head.place + 1, head.hash));
    let content = match what {
        What::Act(person, detail) => {
            json!({ "act": act, "person": person.map(|id| id.to_string()), "detail": detail }).to_string()
        }
        What::InThread(None, _) => json!({ "act": act }).to_string(),
        What::InThread(Some(thread), number) => {
            let said = json!({ "act": act, "number": number }).to_string();
            let here = Context::of("audit").with("place", place).with("thread", thread.to_string());
            let layer = layer(db.keyring(), institution, thread)?;
            let text = layer.seal(&said, &here, chance()?).map_err(|_| Fault::Unreadable("entry"))?;
            json!({ "sealed": text }).to_string()
        }
    };
    let day = at.to_zoned(TimeZone::UTC).date().to_string();
    let hash = chained(&before, place, &day, &content);
    let sql = "INSERT INTO audit_entry (institution, place, day, content, hash) VALUES ($1, $2, $3, $4, $5)";
    db.run(sql, [of(institution), place.into(), day.into(), content.into(), hash.into()]).await.map(drop)
}

/// Anchors the log in the keyring, so that its end cannot be cut off unseen (R-AUD-3).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn anchor(db: &Db, permit: &Permit<KeepAudit>) -> Result<(), Fault> {
    let institution = permit.institution();
    // It is made with the first key: one that is gone must not seem to be there.
    if !db.keyring().file().exists() {
        return Ok(());
    }
    let Some(Head { place, hash }) = head(db, institution).await? else { return Ok(()) };
    let known = db.keyring().anchor(institution)?;
    // Never back: a log that was cut must not look whole because it was anchored again.
    if known.is_none_or(|(anchored, _)| anchored < place) {
        db.keyring().set_anchor(institution, (place, &hash))?;
    }
    Ok(())
}

/// Anchors the log where it stands after a backup was brought back.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn anchor_anew(db: &Db, permit: &Permit<RestoreBackup>) -> Result<(), Fault> {
    let institution = permit.institution();
    let Some(Head { place, hash }) = head(db, institution).await? else { return Ok(()) };
    db.keyring().set_anchor(institution, (place, &hash))
}

/// What a look at the whole log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Every entry follows from the one before: how many there are, and whether the keyring has an anchor.
    Whole(i64, bool),
    /// The entry at this place was altered, or the one before it.
    Altered(i64),
    /// The entry at this place was removed.
    Removed(i64),
    /// The log ends here, but the keyring knows that it went on to there.
    Cut(i64, i64),
}

const AT_A_TIME: i64 = 500;

/// Looks through the whole log (R-AUD-3).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn verify(db: &Db, permit: &Permit<ExamineAudit>) -> Result<Found, Fault> {
    let institution = permit.institution();
    let anchor = db.keyring().anchor(institution)?;
    let (mut place, mut before) = (0, String::new());
    loop {
        let sql = "SELECT place, day, content, hash FROM audit_entry WHERE institution = $1 AND place > $2 ORDER BY place LIMIT $3";
        let rows = db.all::<EntryRow, 3>(sql, [of(institution), place.into(), AT_A_TIME.into()]).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.place != place + 1 {
                return Ok(Found::Removed(place + 1));
            }
            let anchored = anchor.as_ref().is_none_or(|(at, hash)| *at != row.place || *hash == row.hash);
            if chained(&before, row.place, &row.day, &row.content) != row.hash || !anchored {
                return Ok(Found::Altered(row.place));
            }
            (place, before) = (row.place, row.hash);
        }
    }
    match anchor {
        Some((until, _)) if until > place => Ok(Found::Cut(place, until)),
        anchor => Ok(Found::Whole(place, anchor.is_some())),
    }
}
