//! Outputs: what came of a practitioner's time, the practitioner's own.

use domain::ids::{EntryId, OutputId, ShelfEntryId, ThemeId};
use domain::minutes::Minutes;
use domain::outputs::OutputKind;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{NoteOutput, RemoveOutput, SeeOwnOutputs, ShareOutput};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, maybe_id, of, seconds};
use crate::row::row;

/// An output to be saved.
#[derive(Debug, Clone)]
pub struct NewOutput<'a> {
    /// A fresh identifier.
    pub id: OutputId,
    /// What came of the time.
    pub kind: OutputKind,
    /// The day.
    pub day: Date,
    /// What it is called.
    pub title: &'a str,
    /// What it was about.
    pub theme: Option<ThemeId>,
    /// The entry of the shelf it goes with.
    pub link: Option<ShelfEntryId>,
    /// The entry in the record of hours that its minutes were entered as.
    pub hours: Option<EntryId>,
    /// When it was noted.
    pub now: Timestamp,
}

/// An output as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Which.
    pub id: OutputId,
    /// What came of the time.
    pub kind: OutputKind,
    /// The day.
    pub day: Date,
    /// What it is called.
    pub title: String,
    /// What it was about.
    pub theme: Option<(ThemeId, String)>,
    /// The entry of the shelf it goes with: title and address.
    pub link: Option<(String, String)>,
    /// Its minutes in the record of hours.
    pub minutes: Option<Minutes>,
    /// What the minutes were entered as.
    pub hours: Option<EntryId>,
    /// Whether it stands on the shelf.
    pub shared: bool,
}

/// Saves an output. Its minutes have been entered before.
///
/// # Errors
/// A fault of the database.
pub async fn note(db: &Db, permit: &Permit<NoteOutput>, new: &NewOutput<'_>) -> Result<(), Fault> {
    let institution = permit.institution();
    let sql = "INSERT INTO output (institution, id, person, kind, day, title, theme, noted_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        of(institution),
        id(new.id),
        id(permit.key()),
        new.kind.code().into(),
        new.day.to_string().into(),
        new.title.into(),
        maybe_id(new.theme),
        seconds(new.now),
    ];
    db.run(sql, values).await?;
    if let Some(entry) = new.hours {
        let sql = "INSERT INTO output_hours (institution, output, entry) VALUES ($1, $2, $3)";
        db.run(sql, [of(institution), id(new.id), id(entry)]).await?;
    }
    if let Some(entry) = new.link {
        let sql = "INSERT INTO output_link (institution, output, entry) VALUES ($1, $2, $3)";
        db.run(sql, [of(institution), id(new.id), id(entry)]).await?;
    }
    Ok(())
}

row! {
struct OutputRow {
    id: Uuid,
    kind: String,
    day: String,
    title: String,
    theme: Option<Uuid>,
    entry: Option<Uuid>,
    minutes: Option<i64>,
    link_title: Option<String>,
    link_address: Option<String>,
    shared: i64,
}
}

const OUTPUT: &str = "SELECT o.id, o.kind, o.day, o.title, o.theme, e.id AS entry, e.minutes, \
      s.title AS link_title, s.address AS link_address, \
      (SELECT CAST(count(*) AS bigint) FROM shelf_entry x \
       WHERE x.institution = o.institution AND x.output = o.id AND x.withdrawn_at IS NULL) AS shared \
    FROM output o \
    LEFT JOIN output_hours h ON h.institution = o.institution AND h.output = o.id \
    LEFT JOIN hours_entry e ON e.institution = h.institution AND e.id = h.entry \
    LEFT JOIN output_link l ON l.institution = o.institution AND l.output = o.id \
    LEFT JOIN shelf_entry s ON s.institution = l.institution AND s.id = l.entry \
    WHERE o.institution = $1 AND o.person = $2";

impl OutputRow {
    fn read(self, themes: &[crate::directory::Theme]) -> Result<Output, Fault> {
        let theme = themes.iter().find(|theme| self.theme == Some(theme.id.0));
        Ok(Output {
            id: OutputId(self.id),
            kind: OutputKind::from_code(&self.kind).ok_or(Fault::Unreadable("kind of an output"))?,
            day: day(&self.day)?,
            title: self.title,
            theme: theme.map(|theme| (theme.id, theme.name.clone())),
            link: self.link_title.zip(self.link_address),
            minutes: self.minutes.map(Minutes),
            hours: self.entry.map(EntryId),
            shared: self.shared > 0,
        })
    }
}

/// One's own outputs of all years, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnOutputs>) -> Result<Vec<Output>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let sql = format!("{OUTPUT} ORDER BY o.day DESC, o.noted_at DESC, o.id");
    let rows = db.all::<OutputRow, 2>(&sql, [of(permit.institution()), id(permit.key())]).await?;
    rows.into_iter().map(|row| row.read(&chart.themes)).collect()
}

async fn one(db: &Db, of_whom: [crate::row::Value; 2], output: OutputId) -> Result<Option<OutputRow>, Fault> {
    let [institution, person] = of_whom;
    db.first::<OutputRow, 3>(&format!("{OUTPUT} AND o.id = $3"), [institution, person, id(output)]).await
}

/// Whether one has noted an output of this identifier, for a form that is sent twice.
///
/// # Errors
/// A fault of the database.
pub async fn has(db: &Db, permit: &Permit<NoteOutput>, output: OutputId) -> Result<bool, Fault> {
    Ok(one(db, [of(permit.institution()), id(permit.key())], output).await?.is_some())
}

/// An output of one's own, to be shared.
///
/// # Errors
/// A fault of the database.
pub async fn to_share(db: &Db, permit: &Permit<ShareOutput>, output: OutputId) -> Result<Option<Output>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let row = one(db, [of(permit.institution()), id(permit.key())], output).await?;
    row.map(|row| row.read(&chart.themes)).transpose()
}

/// Removes an output of one's own, with what was shared of it; gives what its minutes were entered as, or nothing if there
/// is no such output.
///
/// # Errors
/// A fault of the database.
pub async fn remove(
    db: &Db,
    permit: &Permit<RemoveOutput>,
    output: OutputId,
) -> Result<Option<Option<EntryId>>, Fault> {
    let own = [of(permit.institution()), id(permit.key())];
    let Some(row) = one(db, own, output).await? else { return Ok(None) };
    let sql = "DELETE FROM output WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(output)]).await?;
    Ok(Some(row.entry.map(EntryId)))
}
