//! Who set a priority of the college (GOV-14); of those from before it is not known.

use super::frame::Kind::Text;
use super::frame::{Added, may};

/// A choice, or nothing.
pub const SET_BY: &[Added] = &[Added(may("set_by", Text), None)];
