//! The two databases. Each is driven by its own library on its own terms; everything above speaks one SQL.

pub(crate) mod copies;
pub(crate) mod postgres;
pub(crate) mod sqlite;
pub(crate) mod tools;
