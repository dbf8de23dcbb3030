//! Which statements a survey asks: those of before asked the first five (R-SUR-17).

use super::frame::Kind::Number;
use super::frame::{Added, must};

/// The number of its statements' version; one for what was opened before there were two.
pub const ASKED: &[Added] = &[Added(must("asked", Number), Some("1"))];
