//! What the owner reads about the own account: passwords chosen, links asked for, addresses changed (R-ACC-8).

use domain::ids::{InstitutionId, PersonId};
use jiff::Timestamp;
use policies::acts::SeeOwnAccount;
use policies::permit::Permit;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::row::row;

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A first password was chosen with a link.
    SetUp,
    /// A new password was chosen with a link.
    Reset,
    /// The password was changed on the account page.
    Password,
    /// An administrator had a set-up link mailed.
    Invited,
    /// Somebody asked for a link with the address.
    Asked,
    /// The address was changed.
    Address,
    /// Somebody said that every way to unlock the keys is lost, and asked for new ones.
    KeysAsked,
    /// The same was taken back.
    KeysKept,
    /// Keys were made anew.
    KeysAnew,
    /// A calendar feed was switched on, or got a new address.
    FeedOpened,
    /// The calendar feed was switched off.
    FeedClosed,
}

impl Line {
    const ALL: [Self; 11] = [
        Self::SetUp,
        Self::Reset,
        Self::Password,
        Self::Invited,
        Self::Asked,
        Self::Address,
        Self::KeysAsked,
        Self::KeysKept,
        Self::KeysAnew,
        Self::FeedOpened,
        Self::FeedClosed,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::Reset => "reset",
            Self::Password => "password",
            Self::Invited => "invited",
            Self::Asked => "asked",
            Self::Address => "address",
            Self::KeysAsked => "keys-asked",
            Self::KeysKept => "keys-kept",
            Self::KeysAnew => "keys-anew",
            Self::FeedOpened => "feed-opened",
            Self::FeedClosed => "feed-closed",
        }
    }
}

/// Writes a line. The same thing twice in a second is one.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn put(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (what, at): (Line, Timestamp),
) -> Result<(), Fault> {
    let sql = "INSERT INTO account_line (institution, person, at, what) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, person, at, what) DO NOTHING";
    db.run(sql, [of(institution), id(person), seconds(at), what.code().into()]).await.map(drop)
}

row! {
    struct LineRow {
        at: i64,
        what: String,
    }
}

/// The latest lines about one's own account, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<(Timestamp, Line)>, Fault> {
    let sql = "SELECT at, what FROM account_line WHERE institution = $1 AND person = $2 ORDER BY at DESC, what LIMIT 8";
    let rows = db.all::<LineRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let line = |row: LineRow| {
        let what = Line::ALL.into_iter().find(|one| one.code() == row.what).ok_or(Fault::Unreadable("line"))?;
        Ok((instant(row.at)?, what))
    };
    rows.into_iter().map(line).collect()
}
