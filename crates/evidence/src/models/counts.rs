//! Indicators that count people, taken from their published bands, so that a reading tells nothing new.

use super::ModelError;
use super::indicators::Indicators;
use crate::bands::Band;

/// So many people of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Counted.
    pub counted: u64,
    /// Of so many.
    pub of: u64,
}

impl Share {
    /// The middle of the published band, as a share; none where no band is published (R-LIV-7).
    ///
    /// # Errors
    /// More counted than there are.
    pub fn middle(self) -> Result<Option<f64>, ModelError> {
        if self.counted > self.of {
            return Err(ModelError::MoreThanThereAre { counted: self.counted, of: self.of });
        }
        Ok(Band::around(self.counted, self.of).map(middle_of))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of staff lie far below 2^52")]
const fn middle_of(band: Band) -> f64 {
    (band.low + band.high) as f64 / (2 * band.of) as f64
}

/// What of a year counts people or cases, which is nearly the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Cases begun by a manager.
    pub manager_initiated: Option<Share>,
    /// Cases whose referral form gives a formal observation.
    pub observation_triggered: Option<Share>,
    /// Staff with any support of their own.
    pub access: Option<Share>,
    /// The same, by area.
    pub areas: Vec<Share>,
    /// Practitioners with at least two external meetings a term.
    pub external_active: Option<Share>,
}

impl Counts {
    /// Puts the middles of the bands in the place of whatever stands there (R-LIV-7). Areas without a band are left out; an
    /// area is even when its middle is at least half the college's.
    ///
    /// # Errors
    /// More counted than there are.
    pub fn enter(&self, into: Indicators) -> Result<Indicators, ModelError> {
        let middle = |share: Option<Share>| share.map_or(Ok(None), Share::middle);
        let access = middle(self.access)?;
        let areas: Vec<Option<f64>> = self.areas.iter().map(|area| area.middle()).collect::<Result<_, _>>()?;
        let known: Vec<f64> = areas.into_iter().flatten().collect();
        Ok(Indicators {
            manager_initiated: middle(self.manager_initiated)?,
            observation_triggered: middle(self.observation_triggered)?,
            access_rate: access,
            area_evenness: access.and_then(|college| evenness(college, &known)),
            external_active: middle(self.external_active)?,
            ..into
        })
    }
}

fn evenness(college: f64, areas: &[f64]) -> Option<f64> {
    let all = u32::try_from(areas.len()).ok().filter(|all| *all > 0)?;
    let even = u32::try_from(areas.iter().filter(|area| 2.0 * **area >= college).count()).ok()?;
    Some(f64::from(even) / f64::from(all))
}
