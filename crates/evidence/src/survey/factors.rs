//! What makes the role work: our factors beside the five of 2017, which came as an order without figures.

use super::SurveyError;
use crate::bands::Band;

/// How many factors count as the first.
const FIRST: usize = 5;

/// One factor that people could choose, as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factor {
    /// Whether it is one of the five of 2017.
    pub of_2017: bool,
    /// Who chose it, of how many who answered.
    pub band: Band,
}

/// How many of the five of 2017 are among our first five: at least, and at most, since the bands leave it open which come first
/// (R-SUR-7). Nothing else about factors is compared.
///
/// # Errors
/// Fewer than five factors, more than five of 2017, or bands of different surveys.
pub fn among_ours(factors: &[Factor]) -> Result<(usize, usize), SurveyError> {
    let known = factors.iter().filter(|factor| factor.of_2017).count();
    if factors.len() < FIRST || known > FIRST {
        return Err(SurveyError::Factors);
    }
    if factors.windows(2).any(|two| matches!(two, [one, other] if one.band.of != other.band.of)) {
        return Err(SurveyError::Mixed);
    }
    let places = |ahead: &dyn Fn(&Factor, &Factor) -> bool| {
        let inside = |(mine, factor): (usize, &Factor)| {
            let before = factors.iter().enumerate().filter(|(other, one)| *other != mine && ahead(one, factor)).count();
            factor.of_2017 && before < FIRST
        };
        factors.iter().enumerate().filter(|pair| inside(*pair)).count()
    };
    let surely = places(&|other, own| other.band.high >= own.band.low);
    let perhaps = places(&|other, own| other.band.low > own.band.high);
    Ok((surely, perhaps))
}
