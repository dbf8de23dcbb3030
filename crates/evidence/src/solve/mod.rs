//! The attacker's arithmetic: everything that is possible, given what is published. Points are looked for by small steps
//! (`walk`), limits by sums (`outer`), and what these two leave open is decided by an integer programme (`exact`).

mod exact;
mod outer;
mod system;
mod walk;

pub use exact::{Answer, Line, Model, sum};
pub use outer::outer;
pub use system::System;
pub use walk::Walk;

/// The solver gave no answer that could be checked. Nothing may be published on it (R-REL-11).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what a reader could work out could not be calculated ({0}): publish nothing, and report this with the file")]
pub struct SolverFault(pub String);
