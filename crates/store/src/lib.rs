//! The database: one concrete store on SQLite or PostgreSQL, with its migrations.
//!
//! No protected row leaves without a permit from the gate. [`facts`] returns ids and relations, never content.
//! Times are seconds since 1970, days are ISO 8601 texts, spans are minutes, so that every database reads them alike.

pub mod account_lines;
pub mod accounts;
pub mod addresses;
pub mod areas;
pub mod audit;
pub mod backups;
pub mod board;
mod chart;
mod db;
pub mod directory;
pub mod disclosures;
mod engine;
mod entries;
pub mod events;
pub mod facts;
mod fault;
pub mod files;
pub mod frame;
pub mod health;
pub mod hours;
pub mod import_files;
pub mod imports;
pub mod keyring;
pub mod keys;
pub mod links;
pub mod looked;
pub mod mail;
pub mod meetings;
mod migrations;
pub mod outbox;
mod participants;
pub mod people;
pub mod person;
pub mod programme;
pub mod relations;
pub mod retention;
mod row;
pub mod safeguarding;
pub mod set_up;
pub mod support;
pub mod threads;
pub mod transfer;
pub mod words;
mod working_copy;
pub mod year;

pub use chart::Chart;
pub use db::{Care, Db, Dialect, Fault, KEYRING, Store};
