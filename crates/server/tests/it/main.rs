//! Pages in process: what somebody reads and does in a browser without scripts, and what nobody else may learn from it.

mod browser;
mod college;
mod owed;
mod page;
mod story;

mod accounts;
mod bad_input;
mod board;
mod directory;
mod hours;
mod people;
mod promise;
mod quiet;
mod sample;
mod support;
mod threads;
mod week;
