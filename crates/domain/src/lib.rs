//! What is true in an advanced-practitioner programme.
//!
//! Pure: no clock, no chance, no I/O, no database. `now` and ids are passed in. Each rule carries the number under which
//! `docs/rules/` tells it in prose.

pub mod bands;
pub mod began;
pub mod board;
pub mod calendar;
pub mod cause;
pub mod check;
pub mod cover;
pub mod device;
pub mod duties;
pub mod frame;
pub mod hours;
pub mod ids;
pub mod indicators;
pub mod inductions;
pub mod looked;
pub mod lots;
pub mod mail;
pub mod meetings;
pub mod milestones;
pub mod minutes;
pub mod models;
pub mod new_year;
pub mod observations;
pub mod outputs;
pub mod pattern;
pub mod people;
pub mod period;
pub mod planner;
pub mod programme;
pub mod relations;
pub mod releases;
pub mod remission;
pub mod required;
pub mod resources;
pub mod retention;
pub mod reviews;
pub mod road;
pub mod role_targets;
pub mod safeguarding;
pub mod set_up;
pub mod staff_file;
pub mod standing;
pub mod support;
pub mod survey;
pub mod testimony;
pub mod text;
pub mod training;
pub mod training_said;
pub mod value;
pub mod weekly;
pub mod words;
pub mod year;
