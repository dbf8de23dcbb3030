//! Chance from a seed: SplitMix64, the same numbers on every machine.

use crate::draw::mix;

/// A row of numbers that a seed stands for.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The row of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x5EED))
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `end`; nought when that is nought.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        from.get(self.below(from.len())).copied()
    }

    /// Puts them into another order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for end in (1..all.len()).rev() {
            all.swap(end, self.below(end + 1));
        }
    }
}
