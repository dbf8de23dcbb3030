//! A plan as it is handed on.

use serde::{Deserialize, Serialize};

/// One practitioner serves one need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(from = "(usize, usize, i64)", into = "(usize, usize, i64)")]
pub struct Assignment {
    /// The need's position.
    pub need: usize,
    /// The practitioner's position.
    pub practitioner: usize,
    /// With so many units.
    pub units: i64,
}

impl From<(usize, usize, i64)> for Assignment {
    fn from((need, practitioner, units): (usize, usize, i64)) -> Self {
        Self { need, practitioner, units }
    }
}

impl From<Assignment> for (usize, usize, i64) {
    fn from(one: Assignment) -> Self {
        (one.need, one.practitioner, one.units)
    }
}

/// A plan: `{"instance": name, "assign": [[need, practitioner, units], …]}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Solution {
    /// The instance's name.
    pub instance: String,
    /// By need.
    pub assign: Vec<Assignment>,
}
