//! Whole acts on a real SQLite: all or nothing, one event each, two at once, and nothing said to those who may not know.

mod accounts;
mod apart;
mod college;
mod events;
mod file;
mod import;
mod race;
mod refusals;
mod source;
mod story;
mod suggestions;
mod threads;
mod weekly;
