//! Values that go into a statement, and rows that come out: the same on both databases.

use std::error::Error;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::db::Fault;
use crate::migrations::Kind;

/// A value as it goes into a statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// An identifier.
    Id(Uuid),
    /// Bytes.
    Bytes(Vec<u8>),
}

macro_rules! value_from {
    ($($from:ty => $of:expr;)+) => { $(impl From<$from> for Value { fn from(it: $from) -> Self { $of(it) } })+ };
}

value_from! {
    bool => Self::Flag;
    i64 => Self::Number;
    i32 => |it| Self::Number(i64::from(it));
    u32 => |it| Self::Number(i64::from(it));
    u8 => |it| Self::Number(i64::from(it));
    String => Self::Text;
    &str => |it: &str| Self::Text(it.to_owned());
    &String => |it: &String| Self::Text(it.clone());
    Uuid => Self::Id;
    Vec<u8> => Self::Bytes;
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Owned::Null),
            Self::Flag(it) => ToSqlOutput::Owned(Owned::Integer(i64::from(*it))),
            Self::Number(it) => ToSqlOutput::Owned(Owned::Integer(*it)),
            Self::Text(it) => ToSqlOutput::Borrowed(ValueRef::Text(it.as_bytes())),
            Self::Id(it) => ToSqlOutput::Borrowed(ValueRef::Blob(it.as_bytes())),
            Self::Bytes(it) => ToSqlOutput::Borrowed(ValueRef::Blob(it)),
        })
    }
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Flag(it) => it.to_sql_checked(kind, out),
            // A bare number in a statement may be read as the narrower kind.
            Self::Number(it) if *kind == Type::INT4 => i32::try_from(*it)?.to_sql_checked(kind, out),
            Self::Number(it) => it.to_sql_checked(kind, out),
            // PostgreSQL keeps no NUL in text, and nobody types one.
            Self::Text(it) if it.contains('\0') => it.replace('\0', "").to_sql_checked(kind, out),
            Self::Text(it) => it.to_sql_checked(kind, out),
            Self::Id(it) => it.to_sql_checked(kind, out),
            Self::Bytes(it) => it.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Each kind of value looks for itself, above.
        true
    }

    to_sql_checked!();
}

/// A row of either database.
pub(crate) enum Row<'a> {
    /// SQLite's.
    Sqlite(&'a rusqlite::Row<'a>),
    /// PostgreSQL's.
    Postgres(&'a tokio_postgres::Row),
}

/// A whole number, however narrow PostgreSQL takes it to be: a bare `1` in a statement is one of 32 bits.
pub(crate) struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *kind {
            Type::INT2 => i16::from_sql(kind, raw).map(|it| Self(it.into())),
            Type::INT4 => i32::from_sql(kind, raw).map(|it| Self(it.into())),
            _ => i64::from_sql(kind, raw).map(Self),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT2 | Type::INT4 | Type::INT8)
    }
}

/// What can stand in a column.
pub(crate) trait Column: rusqlite::types::FromSql {
    /// What PostgreSQL's library reads first.
    type Read: for<'a> FromSql<'a>;
    /// And what it means.
    fn of(read: Self::Read) -> Self;
}

macro_rules! columns {
    ($($kind:ty, $read:ty, $of:expr;)+) => {
        $(impl Column for $kind {
            type Read = $read;
            fn of(read: $read) -> Self { $of(read) }
        })+
    };
}

columns! {
    i64, Whole, |read: Whole| read.0;
    bool, bool, |read| read;
    String, String, |read| read;
    Uuid, Uuid, |read| read;
    Vec<u8>, Vec<u8>, |read| read;
}

impl<T: Column> Column for Option<T> {
    type Read = Option<T::Read>;
    fn of(read: Self::Read) -> Self {
        read.map(T::of)
    }
}

impl Row<'_> {
    /// The value of the column of that name.
    ///
    /// # Errors
    /// When there is no such column or it holds something else.
    pub(crate) fn get<T: Column>(&self, name: &'static str) -> Result<T, Fault> {
        match self {
            Self::Sqlite(row) => row.get(name).map_err(|_| Fault::Unreadable(name)),
            Self::Postgres(row) => row.try_get(name).map(T::of).map_err(|_| Fault::Unreadable(name)),
        }
    }
}

impl Row<'_> {
    /// The value of a column as it is stored.
    ///
    /// # Errors
    /// As [`Row::get`].
    pub(crate) fn cell(&self, name: &'static str, kind: Kind) -> Result<Value, Fault> {
        Ok(match kind {
            Kind::Id => self.get::<Option<Uuid>>(name)?.into(),
            Kind::Text => self.get::<Option<String>>(name)?.into(),
            Kind::Number => self.get::<Option<i64>>(name)?.into(),
            Kind::Flag => self.get::<Option<bool>>(name)?.into(),
        })
    }
}

/// Something that is read from a row.
pub(crate) trait FromRow: Sized {
    /// Reads it, column by name.
    ///
    /// # Errors
    /// As [`Row::get`].
    fn from_row(row: &Row<'_>) -> Result<Self, Fault>;
}

/// Declares a struct that is read from a row, each field from the column of its name.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$of:meta])* $field_vis:vis $field:ident: $kind:ty,)+ }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$of])* $field_vis $field: $kind,)+ }
        impl $crate::row::FromRow for $name {
            fn from_row(row: &$crate::row::Row<'_>) -> Result<Self, $crate::db::Fault> {
                Ok(Self { $($field: row.get(stringify!($field))?,)+ })
            }
        }
    };
}
pub(crate) use row;
