//! The one migration tree. A released step is never changed; foreign keys among tables come in steps of their own.

mod frame;
mod imports;
mod looks;
mod m0009_relations;
mod m0018_more_words;
mod m0022_sealed_participants;
mod m0030_disclosures;
mod m0032_sealed_entries;
mod m0035_forms;
mod m0037_models;
mod m0040_required;
mod m0045_calendar;
mod m0050_sessions;
mod m0060_inductions;
mod m0065_time;
mod m0070_boundaries;
mod m0075_resources;
mod m0077_new_year;
mod m0085_said;
mod m0088_priority;
mod m0090_seats;
mod m0095_figures;
mod m0100_releases;
mod m0105_began;
mod m0110_survey;
mod m0120_milestones;
mod m0125_cause;
mod m0130_reviews;
mod m0135_value;
mod m0140_survey_asked;
mod m0145_standing;
mod mail;
mod people;
mod set_up;
mod support;
mod words;

use crate::db::{Db, Dialect, Fault, Store};
use crate::row::row;
use crate::working_copy;
pub(crate) use frame::Kind;
use frame::{Added, TableOf, index};

/// One step: its name, which is never used again, and what it does.
struct Step(&'static str, Do);

enum Do {
    /// Makes tables; on SQLite with their foreign keys, which it cannot add later.
    Tables(&'static [&'static [TableOf]]),
    /// Adds the foreign keys of tables that stand, except on SQLite.
    References(&'static [&'static [TableOf]]),
    /// Adds columns to a table that stands.
    Columns(&'static str, &'static [Added]),
    /// Makes an index of tables that stand, behind the institution.
    Indexes(&'static [(&'static str, &'static [&'static str])]),
    /// Seals what a table says of who is in a thread; what stood in the clear becomes a working copy (R-RET-4).
    Seal(&'static str),
}

/// All steps, in order.
const STEPS: &[Step] = &[
    Step("m0001_tables", Do::Tables(&[people::TABLES, support::TABLES])),
    Step("m0002_references", Do::References(&[people::TABLES, support::TABLES])),
    Step("m0003_mail", Do::Tables(&[mail::TABLES])),
    Step("m0003_session_device", Do::Columns("session", mail::SESSION)),
    Step("m0004_mail_references", Do::References(&[mail::TABLES])),
    Step("m0005_set_up", Do::Tables(&[set_up::TABLES])),
    Step("m0007_imports", Do::Tables(&[imports::TABLES])),
    Step("m0008_imports_references", Do::References(&[imports::TABLES])),
    Step("m0009_relations", Do::Tables(&[m0009_relations::TABLES])),
    Step("m0010_relations_references", Do::References(&[m0009_relations::TABLES])),
    Step("m0011_looks", Do::Tables(&[looks::TABLES])),
    Step("m0012_looks_references", Do::References(&[looks::TABLES])),
    Step("m0013_indexes", Do::Indexes(&[("meeting", &["state", "starts_at"]), ("event", &["act", "at"])])),
    Step("m0014_person_number", Do::Columns("person", people::NUMBER)),
    Step("m0015_indexes", Do::Indexes(&[("thread", &["stage"]), ("thread", &["ended_at"])])),
    Step("m0016_words", Do::Tables(&[words::TABLES])),
    Step("m0017_words_references", Do::References(&[words::TABLES])),
    Step("m0018_more_words", Do::Tables(&[m0018_more_words::TABLES])),
    Step("m0019_more_words_references", Do::References(&[m0018_more_words::TABLES])),
    Step("m0020_credential_reset", Do::Columns("credential", m0018_more_words::CREDENTIAL)),
    Step("m0021_session_proved", Do::Columns("session", m0018_more_words::SESSION)),
    Step("m0022_sealed_participants", Do::Tables(&[m0022_sealed_participants::TABLES])),
    Step("m0023_sealed_participants_references", Do::References(&[m0022_sealed_participants::TABLES])),
    Step("m0024_participants_apart", Do::Seal("participant")),
    Step("m0030_disclosures", Do::Tables(&[m0030_disclosures::TABLES])),
    Step("m0031_disclosures_references", Do::References(&[m0030_disclosures::TABLES])),
    Step("m0032_sealed_entries", Do::Tables(&[m0032_sealed_entries::TABLES])),
    Step("m0033_sealed_entries_references", Do::References(&[m0032_sealed_entries::TABLES])),
    Step("m0034_entries_apart", Do::Seal("entry_thread")),
    Step("m0035_meeting_form", Do::Columns("meeting", m0035_forms::FORM)),
    Step("m0036_offer_form", Do::Columns("offer", m0035_forms::FORM)),
    Step("m0037_models", Do::Tables(&[m0037_models::TABLES])),
    Step("m0070_boundaries", Do::Tables(&[m0070_boundaries::TABLES])),
    Step("m0071_boundaries_references", Do::References(&[m0070_boundaries::TABLES])),
    Step("m0045_calendar", Do::Tables(&[m0045_calendar::TABLES])),
    Step("m0046_calendar_references", Do::References(&[m0045_calendar::TABLES])),
    Step("m0047_outbox_sealed", Do::Columns("outbox", m0045_calendar::OUTBOX)),
    Step("m0047_meeting_told", Do::Columns("meeting", m0045_calendar::MEETING)),
    Step("m0060_inductions", Do::Tables(&[m0060_inductions::TABLES])),
    Step("m0061_inductions_references", Do::References(&[m0060_inductions::TABLES])),
    Step("m0065_time", Do::Tables(&[m0065_time::TABLES])),
    Step("m0066_time_references", Do::References(&[m0065_time::TABLES])),
    Step("m0067_entry_outreach", Do::Columns("hours_entry", m0065_time::OUTREACH)),
    Step("m0075_resources", Do::Tables(&[m0075_resources::TABLES])),
    Step("m0076_resources_references", Do::References(&[m0075_resources::TABLES])),
    Step("m0040_required", Do::Tables(&[m0040_required::TABLES])),
    Step("m0041_required_references", Do::References(&[m0040_required::TABLES])),
    Step("m0088_priority_set_by", Do::Columns("priority", m0088_priority::SET_BY)),
    Step("m0050_sessions", Do::Tables(&[m0050_sessions::TABLES])),
    Step("m0051_sessions_references", Do::References(&[m0050_sessions::TABLES])),
    Step("m0077_new_year", Do::Tables(&[m0077_new_year::TABLES])),
    Step("m0078_new_year_references", Do::References(&[m0077_new_year::TABLES])),
    Step("m0085_said", Do::Tables(&[m0085_said::TABLES])),
    Step("m0086_said_references", Do::References(&[m0085_said::TABLES])),
    Step("m0087_attendance_said", Do::Columns("attendance", m0085_said::ATTENDANCE)),
    Step("m0090_signal_said_by", Do::Columns("track_signal", m0090_seats::SAID_BY)),
    Step("m0090_answer_said_by", Do::Columns("track_answer", m0090_seats::SAID_BY)),
    Step("m0091_track_looks", Do::Tables(&[m0090_seats::TABLES])),
    Step("m0092_track_looks_references", Do::References(&[m0090_seats::TABLES])),
    Step("m0095_figures", Do::Tables(&[m0095_figures::TABLES])),
    Step("m0100_releases", Do::Tables(&[m0100_releases::TABLES])),
    Step("m0101_releases_references", Do::References(&[m0100_releases::TABLES])),
    Step("m0102_attendance_came_at", Do::Columns("attendance", m0100_releases::ATTENDANCE)),
    Step("m0105_thread_began", Do::Columns("thread", m0105_began::BEGAN)),
    Step("m0110_survey", Do::Tables(&[m0110_survey::TABLES])),
    Step("m0111_survey_references", Do::References(&[m0110_survey::TABLES])),
    Step("m0135_value", Do::Tables(&[m0135_value::TABLES])),
    Step("m0125_cause", Do::Tables(&[m0125_cause::TABLES])),
    Step("m0126_cause_references", Do::References(&[m0125_cause::TABLES])),
    Step("m0120_milestones", Do::Tables(&[m0120_milestones::TABLES])),
    Step("m0130_reviews", Do::Tables(&[m0130_reviews::TABLES])),
    Step("m0131_reviews_references", Do::References(&[m0130_reviews::TABLES])),
    Step("m0140_survey_asked", Do::Columns("survey", m0140_survey_asked::ASKED)),
    Step("m0145_standing", Do::Tables(&[m0145_standing::TABLES])),
    Step("m0146_standing_references", Do::References(&[m0145_standing::TABLES])),
];

impl Do {
    fn statements(&self, dialect: Dialect) -> Vec<String> {
        let sqlite = dialect == Dialect::Sqlite;
        match self {
            Self::Tables(groups) => {
                let tables = groups.iter().copied().flatten();
                tables.flat_map(|table| [vec![table.create(dialect)], table.indexes()].concat()).collect()
            }
            Self::References(_) if sqlite => Vec::new(),
            Self::References(groups) => groups.iter().copied().flatten().flat_map(TableOf::foreign_keys).collect(),
            Self::Columns(table, columns) => columns.iter().map(|column| column.add(table, dialect)).collect(),
            Self::Seal(table) if sqlite => vec![format!("DROP TABLE main.{table}")],
            Self::Seal(table) => vec![format!("ALTER TABLE {table} SET UNLOGGED")],
            Self::Indexes(all) => all.iter().map(|(table, columns)| index("INDEX", table, columns)).collect(),
        }
    }
}

row! {
    struct Done {
        name: String,
    }
}

/// The steps that were done, read inside a unit of work that has just begun.
async fn begun(store: &Store) -> Result<(Db, Vec<Done>), Fault> {
    let db = store.write().await?;
    db.run("CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY)", []).await?;
    let done = done(&db).await?;
    Ok((db, done))
}

async fn done(db: &Db) -> Result<Vec<Done>, Fault> {
    let done: Vec<Done> = db.all("SELECT name FROM migration", []).await?;
    let known = |done: &Done| STEPS.iter().any(|step| step.0 == done.name);
    if done.iter().all(known) { Ok(done) } else { Err(Fault::Newer) }
}

fn missing(done: &[Done]) -> impl Iterator<Item = &'static Step> {
    STEPS.iter().filter(|step| !done.iter().any(|done| done.name == step.0))
}

/// Brings a database up to date, in one unit of work; before that a database that holds something is copied (R-RUN-7).
///
/// # Errors
/// A fault of the database, or a database that a later version has brought further.
pub(crate) async fn up(store: &Store) -> Result<(), Fault> {
    let (mut db, mut there) = begun(store).await?;
    if missing(&there).next().is_none() {
        return Ok(());
    }
    let stood = there.len();
    if stood > 0 {
        drop(db);
        store.keep_copy(stood).await?;
        (db, there) = begun(store).await?;
    }
    for Step(name, what) in missing(&there) {
        if let Do::Seal(table) = what {
            working_copy::seal(&db, table).await?;
        }
        for sql in what.statements(store.dialect()) {
            db.run(&sql, []).await?;
        }
        db.run("INSERT INTO migration (name) VALUES ($1)", [(*name).into()]).await?;
    }
    db.commit().await?;
    if stood > 0
        && let Err(fault) = store.drop_other_copies(stood)
    {
        tracing::warn!(%fault, "the copy of an earlier upgrade could not be removed");
    }
    Ok(())
}

/// Asserts that a database answers and stands where this version has it; changes nothing.
///
/// # Errors
/// A fault of the database, or one that an earlier or a later version has written.
pub(crate) async fn current(db: &Db) -> Result<(), Fault> {
    let done = done(db).await?;
    if missing(&done).next().is_none() { Ok(()) } else { Err(Fault::Older) }
}

/// The names of the steps that were done, in order of their names.
///
/// # Errors
/// A fault of the database, or one that a later version has written.
pub(crate) async fn names(db: &Db) -> Result<Vec<String>, Fault> {
    let mut names: Vec<String> = done(db).await?.into_iter().map(|done| done.name).collect();
    names.sort_unstable();
    Ok(names)
}

/// Whether a step of this name is one of this version's.
pub(crate) fn knows(name: &str) -> bool {
    STEPS.iter().any(|step| step.0 == name)
}

/// A table as all steps leave it.
pub(crate) struct Shape {
    /// Its name.
    pub table: &'static str,
    /// Its columns, the institution first.
    pub columns: Vec<(&'static str, Kind)>,
    /// The columns of its key.
    key: Vec<&'static str>,
}

impl Shape {
    /// The columns' names, for a statement.
    pub(crate) fn names(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        names.join(", ")
    }

    /// The order of the key: byte by byte on both databases.
    pub(crate) fn order(&self, dialect: Dialect) -> String {
        let text = |name: &&str| self.columns.iter().any(|(column, kind)| column == name && matches!(kind, Kind::Text));
        let collated = |name: &&str| match dialect {
            Dialect::Postgres if text(name) => format!("\"{name}\" COLLATE \"C\""),
            _ => format!("\"{name}\""),
        };
        self.key.iter().map(collated).collect::<Vec<_>>().join(", ")
    }
}

/// Every table, in an order in which each stands after those it points to.
pub(crate) fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for Step(_, what) in STEPS {
        match what {
            Do::Tables(groups) => shapes.extend(groups.iter().copied().flatten().map(TableOf::shape)),
            Do::Columns(table, columns) => {
                let found = shapes.iter_mut().filter(|shape| shape.table == *table);
                found.for_each(|shape| shape.columns.extend(columns.iter().map(Added::named)));
            }
            // A working copy is made anew, not copied.
            Do::Seal(table) => shapes.retain(|shape| shape.table != *table),
            Do::References(_) | Do::Indexes(_) => {}
        }
    }
    shapes
}
