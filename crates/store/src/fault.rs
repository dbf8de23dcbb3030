//! What can go wrong with a database, as this program tells it: no value of a row ever stands in it.

/// A fault of the database or of what is in it. Never shown to people as it is, and holds no parameters.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database said no: which of its codes, and which rule of the schema.
    #[error("the database refused: {0}")]
    Database(String),
    /// There is no room to write.
    #[error("the disk is full, so nothing more can be saved")]
    Full,
    /// The database cannot be reached.
    #[error("the database cannot be reached")]
    Away,
    /// The address of a database that cannot be read.
    #[error("that is not the address of a database; write postgres://user:password@host/name")]
    Address,
    /// The database was made by a later version of the program.
    #[error("the data were written by a later version of Alongside; install that one")]
    Newer,
    /// The database stands where an earlier version left it.
    #[error(
        "the data were written by an earlier version of Alongside; start `alongside` once, which brings them up to date"
    )]
    Older,
    /// Something in the database is not what the program puts there.
    #[error("unreadable {0} in the database")]
    Unreadable(&'static str),
    /// Exactly one row was expected.
    #[error("no {0}")]
    Missing(&'static str),
}

impl From<rusqlite::Error> for Fault {
    fn from(fault: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DiskFull};
        match fault.sqlite_error_code() {
            Some(DiskFull) => Self::Full,
            Some(CannotOpen | DatabaseBusy) => Self::Away,
            // The text of SQLite names tables and columns, never values.
            _ => match fault {
                rusqlite::Error::SqliteFailure(code, said) => {
                    Self::Database(format!("{} ({})", said.unwrap_or_default(), code.extended_code))
                }
                rusqlite::Error::SqlInputError { msg, .. } => Self::Database(msg),
                _ => Self::Database("a statement could not be run".to_owned()),
            },
        }
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(fault: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(said) = fault.as_db_error() else {
            let line = std::error::Error::source(&fault).is_some_and(|cause| cause.is::<std::io::Error>());
            // Without an answer of the server, the text tells of kinds, never of values.
            return if line || fault.is_closed() { Self::Away } else { Self::Database(fault.to_string()) };
        };
        match *said.code() {
            SqlState::DISK_FULL => Self::Full,
            SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => Self::Away,
            SqlState::FOREIGN_KEY_VIOLATION | SqlState::RESTRICT_VIOLATION => {
                Self::Database(format!("FOREIGN KEY {}", said.constraint().unwrap_or_default()))
            }
            // Its message and detail may quote values: only the code, and what the schema calls the rule.
            _ => Self::Database(format!("{} {}", said.code().code(), said.constraint().unwrap_or_default())),
        }
    }
}
