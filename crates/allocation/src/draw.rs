//! The draw between equals.

/// A lot for one practitioner and one need; the lower goes first.
///
/// For one need, different practitioners always draw different lots, because each step can be undone. From need to need
/// the order is as good as random, so nobody is first for ever.
pub const fn draw(need: u64, practitioner: u64) -> u64 {
    mix(mix(need) ^ practitioner)
}

/// One step of SplitMix64.
pub const fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mixing_is_splitmix64() {
        assert_eq!(mix(0), 0xE220_A839_7B1D_CDAF);
    }

    #[test]
    fn equals_take_turns_at_being_first() {
        let mut first = [0; 5];
        for need in 0..5_000 {
            let winner = (0..5).min_by_key(|practitioner| draw(need, *practitioner)).unwrap();
            first[winner as usize] += 1;
        }
        assert!(first.iter().all(|times| (900..1_100).contains(times)), "{first:?}");
    }
}
