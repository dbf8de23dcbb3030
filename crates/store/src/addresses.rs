//! E-mail addresses that change: for three days links go to the one it was before, and both are told (R-ACC-10).

use domain::ids::{Ids, InstitutionId, PersonId};
use domain::mail::Matter;
use jiff::{Timestamp, ToSpan};
use policies::acts::{BringIn, EditPerson, ImportStaff, UndoImport};
use policies::permit::Permit;
use uuid::Uuid;

use crate::account_lines::{self, Line};
use crate::chart;
use crate::db::{Db, Fault, id, of, seconds};
use crate::outbox::{self, Letter};
use crate::row::row;

/// For so many hours after a change links go to the address it was before.
pub const HOLD_HOURS: i64 = 72;

/// A permit with which somebody's address may be changed.
pub trait ChangesAddress {
    /// Where.
    fn whose(&self) -> InstitutionId;
}

macro_rules! changes {
    ($($act:ident)+) => {$(
        impl ChangesAddress for Permit<$act> {
            fn whose(&self) -> InstitutionId {
                self.institution()
            }
        }
    )+};
}

changes! { EditPerson ImportStaff BringIn UndoImport }

row! {
    struct EmailRow {
        email: String,
    }
}

row! {
    struct PersonRow {
        id: Uuid,
    }
}

fn held_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(HOLD_HOURS.hours()).unwrap_or(now)
}

/// Where links for somebody go: the address that stood three days ago, else the one there is.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn for_links(
    db: &Db,
    institution: InstitutionId,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<String>, Fault> {
    let sql = "SELECT COALESCE((SELECT f.email FROM former_address f WHERE f.institution = p.institution \
                 AND f.person = p.id AND f.changed_at > $3 ORDER BY f.changed_at LIMIT 1), p.email) AS email \
               FROM person p WHERE p.institution = $1 AND p.id = $2";
    let row = db.first::<EmailRow, 3>(sql, [of(institution), id(person), seconds(held_since(now))]).await?;
    Ok(row.map(|row| row.email))
}

/// Everywhere somebody is told about the own account: the address that links go to, and the one there is.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn told_at(
    db: &Db,
    institution: InstitutionId,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<String>, Fault> {
    let sql = "SELECT email FROM person WHERE institution = $1 AND id = $2";
    let now_there = db.first::<EmailRow, 2>(sql, [of(institution), id(person)]).await?.map(|row| row.email);
    let mut all: Vec<String> = now_there.into_iter().collect();
    if let Some(links) = for_links(db, institution, person, now).await?.filter(|links| !all.contains(links)) {
        all.push(links);
    }
    Ok(all)
}

/// Whose address this is, or was until three days ago.
///
/// # Errors
/// A fault of the database.
pub async fn owner(
    db: &Db,
    institution: InstitutionId,
    email: &str,
    now: Timestamp,
) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT id FROM person WHERE institution = $1 AND email = $2";
    let there = db.first::<PersonRow, 2>(sql, [of(institution), email.into()]).await?;
    let there = match there {
        Some(row) => Some(row),
        None => {
            let sql = "SELECT person AS id FROM former_address WHERE institution = $1 AND email = $2 AND changed_at > $3 \
                       ORDER BY changed_at DESC LIMIT 1";
            db.first::<PersonRow, 3>(sql, [of(institution), email.into(), seconds(held_since(now))]).await?
        }
    };
    Ok(there.map(|row| PersonId(row.id)))
}

/// Gives somebody another e-mail address, in lower case and nobody else's. Whoever changes addresses calls this: it keeps
/// the former one for three days, in which links go there, and tells both (R-ACC-10). Says whether anything changed.
///
/// # Errors
/// A fault of the database; also when somebody else has the address.
pub async fn change(
    db: &Db,
    permit: &impl ChangesAddress,
    (person, email): (PersonId, &str),
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<bool, Fault> {
    let institution = permit.whose();
    let mut before = told_at(db, institution, person, now).await?;
    let Some(former) = before.first().cloned().filter(|former| former != email) else { return Ok(false) };
    // Of two changes in one second the first one knows the address that stood before.
    let sql = "INSERT INTO former_address (institution, person, changed_at, email) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, person, changed_at) DO NOTHING";
    db.run(sql, [of(institution), id(person), seconds(now), former.into()]).await?;
    let sql = "UPDATE person SET email = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(person), email.into()]).await?;
    before.retain(|address| address != email);
    for address in &before {
        let letter = Letter::plain(person, Matter::AddressBefore, now);
        outbox::queue(db, (institution, ids), letter, (address, now)).await?;
    }
    let letter = Letter::plain(person, Matter::AddressNow, now);
    outbox::queue(db, (institution, ids), letter, (email, now)).await?;
    account_lines::put(db, (institution, person), (Line::Address, now)).await?;
    chart::changed(db, institution).await?;
    Ok(true)
}
