//! Lengths that tell little: Padmé, with a floor.

/// Nothing sealed is shorter.
const FLOOR: u64 = 512;

/// Whether so many bytes are a padded length: those that Padmé rounds up to, which hide all but an eighth of the length.
/// (Nikitin et al., *Reducing Metadata Leakage from Encrypted Files and Communication with PURBs*, 2019, section 4.2.)
pub fn is_padded(length: usize) -> bool {
    let Ok(length) = u64::try_from(length) else { return false };
    if length < FLOOR {
        return false;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let free = exponent.saturating_sub(kept);
    length.trailing_zeros() >= free
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rounding itself, as the browser does it.
    fn rounded(length: u64) -> u64 {
        let length = length.max(FLOOR);
        let exponent = length.ilog2();
        let mask = (1_u64 << (exponent - exponent.ilog2() - 1)) - 1;
        (length + mask) & !mask
    }

    #[test]
    fn exactly_the_lengths_that_come_out_of_the_rounding_are_padded() {
        let out: std::collections::BTreeSet<u64> = (0..20_000).map(rounded).collect();
        for length in 0..10_000_u64 {
            let length_ = usize::try_from(length).expect("small");
            assert_eq!(is_padded(length_), out.contains(&length), "{length}");
        }
        assert!((512..10_000).all(|length| rounded(length) * 100 <= length * 113), "at most an eighth longer");
    }
}
