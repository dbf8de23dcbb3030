//! The lead's board: what may be said about waiting requests, and what the organisation chart shows.
//! Rules R-BRD-1 to R-BRD-5 in `docs/rules/board.md`.

use crate::support::choices;

choices! {
    /// How many wait, for a lead who is in the line of teaching staff (R-BRD-3).
    Roughly {
        /// Nobody.
        None = "none", "none";
        /// One to four.
        Some = "some", "some";
        /// Five or more.
        Many = "many", "many";
    }
}

impl Roughly {
    /// R-BRD-3.
    pub fn of(count: u32) -> Self {
        match count {
            0 => Self::None,
            1..=4 => Self::Some,
            _ => Self::Many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BRD-3.
    #[test]
    fn a_rough_count_has_three_words() {
        let words: Vec<_> = [0, 1, 4, 5, 90].into_iter().map(|n| Roughly::of(n).words()).collect();
        assert_eq!(words, ["none", "some", "some", "many", "many"]);
    }
}
