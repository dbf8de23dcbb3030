//! One function for each thing somebody can do: gather facts, ask the gate, apply the rules, save, record the event;
//! all in one unit of work, so that nothing half-happens.

pub mod accounts;
pub mod allocation;
pub mod audit;
pub mod backup;
pub mod board;
pub mod calendar;
pub mod cause;
mod cause_reading;
pub mod ceiling;
pub mod chance;
pub mod check;
pub mod communities;
pub mod cover;
pub mod desk;
pub mod directory;
pub mod disclosures;
pub mod duties;
pub mod files;
pub mod frame;
pub mod grants;
pub mod health;
pub mod hours;
pub mod import_command;
pub mod imports;
pub mod indicator_files;
pub mod indicator_lines;
pub mod indicators;
pub mod induction_plans;
pub mod inductions;
pub mod keys;
pub mod links;
pub mod looked;
pub mod lots;
pub mod mail;
pub mod meetings;
pub mod milestones;
pub mod models;
pub mod moving;
pub mod new_year;
pub mod outputs;
mod passwords;
pub mod past_years;
pub mod pattern;
pub mod people;
pub mod person;
pub mod planner;
pub mod programme;
pub mod reading;
pub mod relations;
pub mod releases;
pub mod required;
pub mod resources;
pub mod restore;
pub mod retention;
pub mod reviews;
pub mod road;
pub mod role_targets;
pub mod safeguarding;
pub mod set_up;
pub mod settling;
pub mod staff;
pub mod support;
pub mod survey;
pub mod survey_release;
pub mod survey_sample;
mod term_list;
pub mod testimony;
pub mod threads;
pub mod tracks;
pub mod training_people;
pub mod training_said;
pub mod trainings;
pub mod value;
pub mod week;
pub mod words;
pub mod year;

/// Who would learn what about a request, as the gate says.
pub mod sight {
    pub use policies::audience::{Audience, Onlooker, Sees, Sight};
}

pub use policies::Gate;
pub use store::{Care, Fault, KEYRING, Store};

pub use desk::{Desk, Frame, House, Never, Stop};
