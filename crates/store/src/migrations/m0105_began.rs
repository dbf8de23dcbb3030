//! How voluntary support began, as the teacher says (R-SUP-16); of what was asked before it is not known.

use super::frame::Kind::Text;
use super::frame::{Added, may};

/// A choice, or nothing.
pub const BEGAN: &[Added] = &[Added(may("began", Text), None)];
