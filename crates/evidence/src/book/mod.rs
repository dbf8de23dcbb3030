//! The release book of one measure in one year: which counts are shown as bands, and which are not shown. A count is shown
//! only if every band it could still take would leave every shown count at least five values and nobody certain, so that
//! neither a band nor its absence tells more than the band says (simulatable auditing: Kenthapadi, Mishra and Nissim, 2005).

mod areas;
mod chain;
mod decide;
mod people;

pub use areas::partners;
pub use chain::{ChainFault, verify};

use crate::bands::Band;
use crate::solve::SolverFault;
use serde::{Deserialize, Serialize};

/// Where somebody stands on a census day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The number of the area.
    pub area: u16,
    /// The number of the role.
    pub role: u16,
}

/// Who is counted in a term, frozen on its census day: for each person, by a number that stays theirs all year, their place,
/// or nothing for whoever was not there (R-REL-6).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// A place for each person.
    pub places: Vec<Option<Place>>,
}

/// What a release is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A term of the year, by its number.
    Term(u8),
    /// The year: whoever had the measure in any of its terms.
    Year,
}

/// Who is counted in a cell. The order is the fixed order in which cells are decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// Everybody.
    Total,
    /// An area, with the areas counted under it.
    Area(u16),
    /// A role.
    Role(u16),
}

/// One line of a release: a band, or "not shown".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Who is counted.
    pub group: Group,
    /// So many people are in the group.
    pub of: u64,
    /// How many of them, as a band; nothing where it is not shown.
    pub band: Option<Band>,
}

/// What the audit proved of one shown cell: these values at least remain possible after the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// Of which period.
    pub period: Period,
    /// Who is counted.
    pub group: Group,
    /// A number that is possible.
    pub low: u64,
    /// A larger one.
    pub high: u64,
}

/// A release as it is kept: never changed again (R-REL-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The measure, by its name in the catalogue.
    pub measure: String,
    /// What it is of.
    pub period: Period,
    /// Who was counted; for the year nobody new.
    pub frame: Option<Frame>,
    /// The lines in their fixed order.
    pub shown: Vec<Shown>,
    /// What the audit proved, for every cell shown so far that this release is tied to.
    pub proven: Vec<Proven>,
    /// How it was worked out.
    pub solver: String,
    /// The hashes of all earlier releases of the measure in the year, oldest first: SHA-256, in hexadecimal.
    pub earlier: Vec<String>,
    /// The hash of all of the above.
    pub hash: String,
}

/// Why there is no release. Whatever the reason, nothing may be published (R-REL-11).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookFault {
    /// Earlier releases are not what they were.
    #[error(transparent)]
    Chain(#[from] ChainFault),
    /// Another measure, an earlier term or a year that is already out.
    #[error("this period cannot follow what is released: release the terms in their order, then the year once")]
    Order,
    /// The frame and the values are not of the same people.
    #[error("the values are not of the people in the frame: give one value for each person")]
    People,
    /// Nobody was there.
    #[error("nobody stands in the frame: check the census day")]
    Nobody,
    /// The true count does not fit what is published.
    #[error("the records do not fit what was released before: find out what was altered, and publish nothing")]
    Contradiction,
    /// The solver failed.
    #[error(transparent)]
    Solver(#[from] SolverFault),
}

const SOLVER: &str = "steps of single people, then microlp 0.7 with points checked in whole numbers";

/// The release of a term: total, areas by size and then number, roles likewise (R-REL-7). `truth` says for each person of
/// the frame whether they had the measure. It is read only for cells that are shown anyway (R-REL-9).
///
/// # Errors
/// When anything at all is not as it should be; then there is no release.
pub fn term(
    measure: &str,
    number: u8,
    earlier: &[Release],
    frame: Frame,
    truth: &[bool],
) -> Result<Release, BookFault> {
    verify(earlier)?;
    let follows = earlier.last().is_none_or(|last| last.measure == measure && last.period < Period::Term(number));
    if !follows {
        return Err(BookFault::Order);
    }
    if frame.places.len() != truth.len() {
        return Err(BookFault::People);
    }
    let first = earlier.first().and_then(|release| release.frame.as_ref()).unwrap_or(&frame);
    let built = people::of_term(&frame, &partners(first), Period::Term(number));
    release(measure, Period::Term(number), earlier, built, Some(frame), truth)
}

/// The release of the year: total and areas, after its terms (R-REL-8). `truth` says for each person whether they had the
/// measure in any of the terms, as the terms were counted.
///
/// # Errors
/// When anything at all is not as it should be; then there is no release.
pub fn year(measure: &str, earlier: &[Release], truth: &[bool]) -> Result<Release, BookFault> {
    verify(earlier)?;
    if earlier.last().is_none_or(|last| last.measure != measure || last.period == Period::Year) {
        return Err(BookFault::Order);
    }
    if earlier.iter().filter_map(|release| release.frame.as_ref()).any(|frame| frame.places.len() > truth.len()) {
        return Err(BookFault::People);
    }
    release(measure, Period::Year, earlier, people::of_year(earlier), None, truth)
}

fn release(
    measure: &str,
    period: Period,
    earlier: &[Release],
    built: people::Built,
    frame: Option<Frame>,
    truth: &[bool],
) -> Result<Release, BookFault> {
    if built.people == 0 {
        return Err(BookFault::Nobody);
    }
    let (shown, proven) = decide::decide(built, truth)?;
    let release = Release {
        measure: measure.to_owned(),
        period,
        frame,
        shown,
        proven,
        solver: SOLVER.to_owned(),
        earlier: earlier.iter().map(|release| release.hash.clone()).collect(),
        hash: String::new(),
    };
    Ok(chain::hashed(release)?)
}

#[cfg(test)]
mod tests;
