//! The sample college's indicators of the terms before: made up, as everything in it.

use actions::desk::Desk;
use actions::{Never, indicators};
use domain::ids::PersonId;
use domain::indicators::{Indicator, Place};

use crate::cli::CliError;

/// So many of so many, for the latest terms that are over, the latest first.
const FIGURES: [(Indicator, [(i64, i64); 3]); 5] = [
    (Indicator::Observations, [(64, 81), (58, 79), (55, 76)]),
    (Indicator::Attendance, [(81_432, 92_640), (85_018, 97_310), (90_127, 104_880)]),
    (Indicator::Feedback, [(88, 120), (79, 120), (71, 120)]),
    (Indicator::Team, [(5, 6), (5, 6), (4, 6)]),
    (Indicator::Outside, [(7, 16), (6, 16), (4, 16)]),
];

/// Enters them, as the lead.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn enter(desk: &Desk, lead: PersonId) -> Result<(), CliError> {
    let who = desk.person::<Never>(&desk.read(), lead).await?;
    let terms = indicators::see(desk, &who).await?.terms;
    for (indicator, figures) in FIGURES {
        for (over, counts) in terms.iter().zip(figures) {
            let place = Place { indicator, term: over.term, area: None };
            indicators::set(desk, lead, (place, Some(counts))).await?;
        }
    }
    Ok(())
}
