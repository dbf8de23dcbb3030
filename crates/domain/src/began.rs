//! How voluntary support began, as the teacher says. Rule R-SUP-16 in `docs/rules/support.md`.

use crate::support::choices;

choices! {
    /// Whose idea it was to ask (REF-12): counted for the whole college and a year, shown to nobody.
    Began {
        /// The teacher's alone.
        Own = "own", "My own";
        /// Somebody else's first; who it was is not asked.
        Suggested = "suggested", "Somebody suggested it";
    }
}
