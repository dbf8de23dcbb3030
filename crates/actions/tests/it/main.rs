//! Whole acts on a real SQLite: all or nothing, one event each, two at once, and nothing said to those who may not know.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod allocation;
#[cfg(test)]
mod apart;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod cause;
#[cfg(test)]
mod college;
#[cfg(test)]
mod disclosures;
#[cfg(test)]
mod events;
#[cfg(test)]
mod import;
#[cfg(test)]
mod import_addresses;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod inductions;
#[cfg(test)]
mod lots;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod models;
#[cfg(test)]
mod new_year;
#[cfg(test)]
mod observations;
#[cfg(test)]
mod race;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod releases_said;
#[cfg(test)]
mod required;
#[cfg(test)]
mod required_bounds;
#[cfg(test)]
mod required_seats;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod reviews;
#[cfg(test)]
mod safeguarding;
#[cfg(test)]
mod set_up;
#[cfg(test)]
mod source;
#[cfg(test)]
mod staffing;
#[cfg(test)]
mod story;
#[cfg(test)]
mod suggestions;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod time;
#[cfg(test)]
mod training_said;
#[cfg(test)]
mod trainings;
#[cfg(test)]
mod two;
#[cfg(test)]
mod value;
#[cfg(test)]
mod weekly;
#[cfg(test)]
mod words;
#[cfg(test)]
mod words_later;
