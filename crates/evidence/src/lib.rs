//! Evidence that leaders can use and nobody can be found in: bands, the audit of what is published, what may be said about
//! cause, the reading of a survey and of the model a programme lives. Pure: no names, no clock, no chance but a given seed.

pub mod attribution;
pub mod audit;
pub mod bands;
pub mod book;
pub mod feedback;
pub mod hours;
pub mod models;
mod solve;
pub mod survey;
pub mod value;

pub use solve::SolverFault;
