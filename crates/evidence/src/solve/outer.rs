//! Limits that certainly hold, from sums alone: a total pins its parts and parts pin their total.

use super::System;

/// Every row's limits, narrowed by the sums that tie rows together; nothing where they contradict each other. True limits
/// may be narrower still.
pub fn outer(system: &System) -> Option<Vec<(i64, i64)>> {
    let mut limits: Vec<(i64, i64)> = system.rows().iter().map(|row| (row.low, row.high)).collect();
    let get = |limits: &[(i64, i64)], row: usize| limits.get(row).copied().unwrap_or((0, 0));
    for _ in 0..8 {
        let before = limits.clone();
        for (whole, parts) in system.wholes() {
            let low: i64 = parts.iter().map(|part| get(&limits, *part).0).sum();
            let high: i64 = parts.iter().map(|part| get(&limits, *part).1).sum();
            let (old_low, old_high) = get(&limits, *whole);
            let (whole_low, whole_high) = (old_low.max(low), old_high.min(high));
            if let Some(at) = limits.get_mut(*whole) {
                *at = (whole_low, whole_high);
            }
            for part in parts {
                if let Some(at) = limits.get_mut(*part) {
                    *at = (at.0.max(whole_low - (high - at.1)), at.1.min(whole_high - (low - at.0)));
                }
            }
        }
        if limits.iter().any(|(low, high)| low > high) {
            return None;
        }
        if limits == before {
            break;
        }
    }
    Some(limits)
}
