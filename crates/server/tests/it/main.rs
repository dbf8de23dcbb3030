//! Pages in process: what somebody reads and does in a browser without scripts, and what nobody else may learn from it.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod allocate;
#[cfg(test)]
mod allocation;
#[cfg(test)]
mod attacker;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod board;
#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod cause;
#[cfg(test)]
mod college;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod frame;
#[cfg(test)]
mod free_text;
#[cfg(test)]
mod hours;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod inductions;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod keep;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod looked;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod models;
#[cfg(test)]
mod new_year;
#[cfg(test)]
mod observations;
#[cfg(test)]
mod owed;
#[cfg(test)]
mod page;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod people;
#[cfg(test)]
mod person;
#[cfg(test)]
mod planner;
#[cfg(test)]
mod practice;
#[cfg(test)]
mod program;
#[cfg(test)]
mod promise;
#[cfg(test)]
mod quiet;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod required;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod reviews;
#[cfg(test)]
mod running;
#[cfg(test)]
mod safeguarding;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod set_up;
#[cfg(test)]
mod story;
#[cfg(test)]
mod support;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod training_said;
#[cfg(test)]
mod trainings;
#[cfg(test)]
mod unlock;
#[cfg(test)]
mod value;
#[cfg(test)]
mod week;
#[cfg(test)]
mod words;
#[cfg(test)]
mod year;
