//! A need, served by one of its ways or by nobody.

use solverforge::prelude::*;

/// A need.
#[planning_entity]
pub struct Need {
    /// Its position.
    #[planning_id]
    pub id: usize,
    /// Its ways: who serves it, and with how many units.
    pub ways: Vec<usize>,
    /// The way chosen.
    #[planning_variable(value_range_provider = "ways", allows_unassigned = true)]
    pub way: Option<usize>,
}
