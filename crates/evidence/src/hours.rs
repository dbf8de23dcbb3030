//! Hours by theme: shown only where enough people make them up and no one person stands out (R-REL-13).

use serde::{Deserialize, Serialize};

/// Fewer clients than this are never shown.
const FEWEST_CLIENTS: usize = 5;

/// Why the hours of a theme are not shown under its own name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum HoursWithheld {
    /// Fewer than five different people.
    #[error("fewer than 5 people")]
    FewPeople,
    /// What is left without the two largest is under a fifth of the largest.
    #[error("one person dominates")]
    Dominated,
    /// An amount is negative or no number.
    #[error("an amount of hours is not a number from 0 up: correct the record")]
    NotHours,
}

/// The hours of a theme to the nearest five, from the hours of each different client (R-REL-13, the p per cent rule of the
/// cell-suppression literature with p = 20). Halves go up.
///
/// # Errors
/// When they are not to be shown; they then go to "other themes".
pub fn theme(client_hours: &[f64]) -> Result<u64, HoursWithheld> {
    if client_hours.iter().any(|hours| !hours.is_finite() || *hours < 0.0 || *hours > 1e6) {
        return Err(HoursWithheld::NotHours);
    }
    let mut hours: Vec<f64> = client_hours.iter().copied().filter(|hours| *hours > 0.0).collect();
    if hours.len() < FEWEST_CLIENTS {
        return Err(HoursWithheld::FewPeople);
    }
    hours.sort_by(|a, b| b.total_cmp(a));
    let largest = hours.first().copied().unwrap_or_default();
    let others: f64 = hours.iter().skip(2).sum();
    if others + 1e-9 < largest / 5.0 {
        return Err(HoursWithheld::Dominated);
    }
    let sum: f64 = hours.iter().sum();
    Ok((sum / 5.0).round() as u64 * 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        client_hours: Vec<f64>,
        published_hours: Option<u64>,
        reason: Option<String>,
    }

    /// R-REL-13
    #[test]
    fn the_hours_of_the_vectors_are_shown_or_not_for_their_reason() {
        let text = include_str!("../../../tests/vectors/evidence/disclosure/hours_cases.json");
        let cases: Vec<Case> = serde_json::from_str(text).unwrap();
        assert_eq!(cases.len(), 4);
        for case in cases {
            let found = theme(&case.client_hours);
            assert_eq!(found.ok(), case.published_hours, "{:?}", case.client_hours);
            assert_eq!(found.err().map(|why| why.to_string()), case.reason, "{:?}", case.client_hours);
        }
    }

    /// R-REL-13
    #[test]
    fn the_edges_of_the_hours_rule() {
        assert_eq!(theme(&[20.0, 1.0, 1.0, 1.0, 0.9]), Err(HoursWithheld::Dominated));
        assert_eq!(theme(&[0.0, 1.0, 1.0, 1.0, 1.0]), Err(HoursWithheld::FewPeople), "no hours, no client");
        assert_eq!(theme(&[f64::NAN; 6]), Err(HoursWithheld::NotHours));
        assert_eq!(theme(&[0.5; 5]), Ok(5), "a half goes up");
    }
}
