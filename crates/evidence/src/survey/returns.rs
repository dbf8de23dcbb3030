//! How many surveys went out and came back.

use serde::{Deserialize, Serialize};

use super::SurveyError;
use super::interval::whole;

/// Sent and returned, for one phase.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Returns {
    /// Of whom, such as a phase.
    pub phase: String,
    /// Sent out.
    pub sent: i64,
    /// Came back.
    pub returned: i64,
}

/// Sent, returned and the rate, which is always computed (EVI-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// Sent out.
    pub sent: u64,
    /// Came back.
    pub returned: u64,
    /// Tenths of a per cent, rounded: 516 is 51.6 %.
    pub per_mille: u64,
}

/// The rate of all phases together; of one phase when one is given (R-SUR-8).
///
/// # Errors
/// Numbers below nought, nothing sent, or more returned than sent in a phase.
pub fn rate(phases: &[Returns]) -> Result<Rate, SurveyError> {
    let (mut sent, mut returned) = (0, 0);
    for phase in phases {
        let (out, back) = (whole(phase.sent)?, whole(phase.returned)?);
        if back > out {
            return Err(SurveyError::MoreThanAsked { n: phase.returned, staff: phase.sent });
        }
        sent += out;
        returned += back;
    }
    if sent == 0 {
        return Err(SurveyError::Nobody);
    }
    Ok(Rate { sent, returned, per_mille: (2000 * returned + sent) / (2 * sent) })
}
