//! What the two do at a meeting, and at a time on offer: talk, or watch a lesson.

use super::frame::Kind::Text;
use super::frame::{Added, must};

/// Every meeting and offer before was for a talk.
pub const FORM: &[Added] = &[Added(must("form", Text), Some("'talk'"))];
