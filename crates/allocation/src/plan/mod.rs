//! Plans: who serves which need with how many units, how good that is at best, and why.

mod asking;
pub mod board;
mod bundle;
mod chance;
mod draft;
mod exact;
pub mod instance;
pub mod judge;
pub mod objective;
mod pins;
mod prices;
mod raw;
mod replan;
pub mod rules;
mod search;
mod solution;
mod solve;
pub mod validity;

pub use board::Board;
pub use instance::{Instance, State};
pub use judge::{Breach, Verdict, judge};
pub use replan::{Change, difference, repair};
pub use solution::{Assignment, Solution};
pub use solve::{Engine, Options, Outcome, Progress, solve};
pub use validity::{InstanceError, read};

#[cfg(test)]
mod tests;
