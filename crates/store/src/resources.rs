//! The shelf "What works". Nothing of support is here: what cites an entry of it is sealed.

use std::collections::BTreeMap;

use domain::ids::{InstitutionId, OutputId, PersonId, ShelfEntryId, ThemeId};
use domain::resources::{Licence, ShelfKind, ShelfText};
use jiff::Timestamp;
use policies::acts::{
    AddToShelf, ChangeOnShelf, PutBackOnShelf, SeeShelf, ShareOutput, StopSharing, WithdrawFromShelf,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, maybe_id, of, seconds};
use crate::row::row;

/// An entry of the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfEntry {
    /// Which.
    pub id: ShelfEntryId,
    /// What it is called.
    pub title: String,
    /// What it says, in plain words.
    pub says: String,
    /// What it is.
    pub kind: ShelfKind,
    /// What it is about, in the order of the college's list.
    pub themes: Vec<(ThemeId, String)>,
    /// Where it is.
    pub address: String,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
    /// The output it was shared from, if it was.
    pub output: Option<OutputId>,
    /// Who made it, if it was shared and they want to be named.
    pub by: Option<String>,
    /// What others may do with it, if it was shared.
    pub licence: Option<Licence>,
    /// Grows with every change; a page that is older is told so.
    pub version: i64,
}

row! {
struct EntryRow {
    id: Uuid,
    title: String,
    says: String,
    kind: String,
    address: String,
    withdrawn_at: Option<i64>,
    output: Option<Uuid>,
    licence: Option<String>,
    author: Option<Uuid>,
    version: i64,
}
}

row! {
struct ThemeRow {
    entry: Uuid,
    theme: Uuid,
}
}

/// Everything that ever stood on the shelf, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn shelf(db: &Db, permit: &Permit<SeeShelf>) -> Result<Vec<ShelfEntry>, Fault> {
    let institution = permit.institution();
    let chart = db.chart(institution).await?;
    let sql = "SELECT entry, theme FROM shelf_theme WHERE institution = $1";
    let mut themes: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in db.all::<ThemeRow, 1>(sql, [of(institution)]).await? {
        themes.entry(row.entry).or_default().push(row.theme);
    }
    let sql = "SELECT id, title, says, kind, address, withdrawn_at, output, licence, author, version FROM shelf_entry \
               WHERE institution = $1 ORDER BY added_at DESC, id";
    let rows = db.all::<EntryRow, 1>(sql, [of(institution)]).await?;
    let read = |row: EntryRow| {
        let own = themes.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let named = chart.themes.iter().filter(|theme| own.contains(&theme.id.0));
        Ok(ShelfEntry {
            id: ShelfEntryId(row.id),
            title: row.title,
            says: row.says,
            kind: ShelfKind::from_code(&row.kind).ok_or(Fault::Unreadable("kind of an entry of the shelf"))?,
            themes: named.map(|theme| (theme.id, theme.name.clone())).collect(),
            address: row.address,
            withdrawn: row.withdrawn_at.is_some(),
            output: row.output.map(OutputId),
            by: row.author.and_then(|author| chart.person(PersonId(author))).map(|one| one.name.clone()),
            licence: row.licence.as_deref().and_then(Licence::from_code),
            version: row.version,
        })
    };
    rows.into_iter().map(read).collect()
}

/// What an entry of the shelf says, as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// Which.
    pub id: ShelfEntryId,
    /// What it says.
    pub text: &'a ShelfText,
    /// What it is.
    pub kind: ShelfKind,
}

/// From what somebody's own an entry of the shelf was shared.
type Shared = (OutputId, Licence, Option<PersonId>);

async fn insert(
    db: &Db,
    (institution, now): (InstitutionId, Timestamp),
    Kept { id: which, text, kind }: Kept<'_>,
    shared: Option<Shared>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO shelf_entry (institution, id, title, says, kind, address, added_at, withdrawn_at, \
                 output, licence, author, version) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, $9, $10, 1) \
               ON CONFLICT (institution, id) DO UPDATE SET title = excluded.title, says = excluded.says, \
                 kind = excluded.kind, address = excluded.address, withdrawn_at = NULL, output = excluded.output, licence = excluded.licence, \
                 author = excluded.author, version = shelf_entry.version + 1";
    let values = [
        of(institution),
        id(which),
        (&text.title).into(),
        (&text.says).into(),
        kind.code().into(),
        (&text.address).into(),
        seconds(now),
        maybe_id(shared.map(|(output, _, _)| output)),
        shared.map(|(_, licence, _)| licence.code()).into(),
        maybe_id(shared.and_then(|(_, _, author)| author)),
    ];
    db.run(sql, values).await?;
    themes(db, (institution, which), &text.themes).await
}

async fn themes(db: &Db, (institution, entry): (InstitutionId, ShelfEntryId), themes: &[ThemeId]) -> Result<(), Fault> {
    db.run("DELETE FROM shelf_theme WHERE institution = $1 AND entry = $2", [of(institution), id(entry)]).await?;
    let rows = themes.iter().map(|theme| vec![of(institution), id(entry), id(*theme)]).collect();
    db.insert_all("INSERT INTO shelf_theme (institution, entry, theme) VALUES", rows).await
}

/// Adds an entry.
///
/// # Errors
/// A fault of the database.
pub async fn add(db: &Db, permit: &Permit<AddToShelf>, kept: Kept<'_>, now: Timestamp) -> Result<(), Fault> {
    insert(db, (permit.institution(), now), kept, None).await
}

row! {
struct IdRow {
    id: Uuid,
}
}

/// Whether there is an entry of this identifier, for a form that is sent twice.
///
/// # Errors
/// A fault of the database.
pub async fn has(db: &Db, permit: &Permit<AddToShelf>, entry: ShelfEntryId) -> Result<bool, Fault> {
    let sql = "SELECT id FROM shelf_entry WHERE institution = $1 AND id = $2";
    let row = db.first::<IdRow, 2>(sql, [of(permit.institution()), id(entry)]).await?;
    Ok(row.is_some_and(|row| row.id == entry.0))
}

/// Changes an entry that stands on the shelf and was shared by nobody; `false` if there is none of this version.
///
/// # Errors
/// A fault of the database.
pub async fn change(db: &Db, permit: &Permit<ChangeOnShelf>, kept: Kept<'_>, version: i64) -> Result<bool, Fault> {
    let sql = "UPDATE shelf_entry SET title = $3, says = $4, kind = $5, address = $6, version = version + 1 \
               WHERE institution = $1 AND id = $2 AND version = $7 AND withdrawn_at IS NULL AND output IS NULL";
    let Kept { id: which, text, kind } = kept;
    let institution = permit.institution();
    let values = [
        of(institution),
        id(which),
        (&text.title).into(),
        (&text.says).into(),
        kind.code().into(),
        (&text.address).into(),
        version.into(),
    ];
    if db.run(sql, values).await? == 0 {
        return Ok(false);
    }
    themes(db, (institution, which), &text.themes).await?;
    Ok(true)
}

/// Withdraws an entry; `false` if it does not stand on the shelf.
///
/// # Errors
/// A fault of the database.
pub async fn withdraw(
    db: &Db,
    permit: &Permit<WithdrawFromShelf>,
    entry: ShelfEntryId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE shelf_entry SET withdrawn_at = $3, version = version + 1 \
               WHERE institution = $1 AND id = $2 AND withdrawn_at IS NULL";
    Ok(db.run(sql, [of(permit.institution()), id(entry), seconds(now)]).await? > 0)
}

/// Puts a withdrawn entry back; `false` if it was not withdrawn, or was shared: that is its author's to do.
///
/// # Errors
/// A fault of the database.
pub async fn put_back(db: &Db, permit: &Permit<PutBackOnShelf>, entry: ShelfEntryId) -> Result<bool, Fault> {
    let sql = "UPDATE shelf_entry SET withdrawn_at = NULL, version = version + 1 \
               WHERE institution = $1 AND id = $2 AND withdrawn_at IS NOT NULL AND output IS NULL";
    Ok(db.run(sql, [of(permit.institution()), id(entry)]).await? > 0)
}

/// Puts an output of one's own on the shelf, or changes what was shared of it before.
///
/// # Errors
/// A fault of the database.
pub async fn share(
    db: &Db,
    permit: &Permit<ShareOutput>,
    (kept, now): (Kept<'_>, Timestamp),
    shared: Shared,
) -> Result<(), Fault> {
    insert(db, (permit.institution(), now), kept, Some(shared)).await
}

/// Takes what was shared of an output of one's own off the shelf, and the name with it; `false` if nothing was.
///
/// # Errors
/// A fault of the database.
pub async fn stop_sharing(
    db: &Db,
    permit: &Permit<StopSharing>,
    output: OutputId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE shelf_entry SET withdrawn_at = $4, author = NULL, version = version + 1 \
               WHERE institution = $1 AND output = $2 AND withdrawn_at IS NULL AND output IN \
                 (SELECT id FROM output WHERE institution = $1 AND person = $3)";
    let values = [of(permit.institution()), id(output), id(permit.key()), seconds(now)];
    Ok(db.run(sql, values).await? > 0)
}
