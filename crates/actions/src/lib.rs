//! One function for each thing somebody can do: gather facts, ask the gate, apply the rules, save, record the event;
//! all in one unit of work, so that nothing half-happens.

pub mod accounts;
pub mod board;
pub mod chance;
pub mod desk;
pub mod directory;
pub mod hours;
pub mod meetings;
pub mod people;
pub mod programme;
pub mod reading;
pub mod staff;
pub mod support;
pub mod threads;
pub mod week;

pub use desk::{Desk, Frame, House, Never, Stop};
