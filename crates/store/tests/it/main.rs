//! The store on a real SQLite: what the schema can hold, what a unit of work promises, what the gate is told.

mod college;
mod crossing;
mod facts;
mod schema;
mod source;
mod sql;
mod threads;
mod units;
