//! The store on a real database: what the schema can hold, what a unit of work promises, what the gate is told.

#[cfg(test)]
mod away;
#[cfg(test)]
mod began;
#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod cause;
#[cfg(test)]
mod college;
#[cfg(test)]
mod crossing;
#[cfg(test)]
mod disclosed;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod framed;
#[cfg(test)]
mod free_text;
#[cfg(test)]
mod indicators;
#[cfg(test)]
mod lots;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod models;
#[cfg(test)]
mod new_year;
#[cfg(test)]
mod relations;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod required;
#[cfg(test)]
mod resources;
#[cfg(test)]
mod reviews;
#[cfg(test)]
mod said;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod source;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod time;
#[cfg(test)]
mod trainings;
#[cfg(test)]
mod units;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod value;
