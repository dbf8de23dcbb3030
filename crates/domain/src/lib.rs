//! What is true in an advanced-practitioner programme.
//!
//! Pure: no clock, no chance, no I/O, no database. `now` and ids are passed in. Each rule carries the number under which
//! `docs/rules/` tells it in prose.

pub mod board;
pub mod device;
pub mod frame;
pub mod hours;
pub mod ids;
pub mod looked;
pub mod mail;
pub mod meetings;
pub mod minutes;
pub mod observations;
pub mod people;
pub mod period;
pub mod programme;
pub mod relations;
pub mod remission;
pub mod retention;
pub mod safeguarding;
pub mod set_up;
pub mod staff_file;
pub mod support;
pub mod weekly;
pub mod words;
pub mod year;
