//! The acts of evidence: what the role costs, figures of the college, and what is released.

use super::act::{Act, ActInfo, Doer};
use crate::facts::{On, ProgrammeFacts, With};
use crate::sealed::Sealed;

acts! { EVIDENCE:
    /// See what cover and the role cost.
    SeeCosts: Person, ProgrammeFacts, ();
    /// Enter what cover and the role cost.
    SetCosts: Person, ProgrammeFacts, ();
    /// See figures of the college and of areas.
    SeeIndicators: Person, ProgrammeFacts, ();
    /// Enter such a figure, or take one away.
    EnterFigure: Person, ProgrammeFacts, ();
    /// Decide on its day what of a term or a year is shown, and publish it for good.
    MakeRelease: Job, ProgrammeFacts, ();
    /// Read what was released of each term and year, as ranges.
    SeeReleases: Person, ProgrammeFacts, ();
}
