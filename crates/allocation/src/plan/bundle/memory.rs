//! What the search has seen: the same means left at the same item, reached at no less, need not be searched again.
//!
//! A place that was come to before with at least as much (in real points, not priced ones: what is left of a set of blocks
//! is kept only as far as it can matter) promises nothing new: whatever could follow now could have followed then. Keys are compared whole, so two different places are never taken for one; a place forgotten because
//! another took its slot is only searched again.

use super::start::Left;

/// The most slots; a short search uses only the first few, which stay near at hand.
const SLOTS: usize = 1 << 13;
/// Sets of blocks that a key has room for.
const SETS: usize = 15;
type Key = [u64; 3];

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    worth: i64,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Memory {
    slots: Vec<Slot>,
    used: usize,
    age: u64,
}

impl Memory {
    /// Begins anew, for about so many steps.
    pub fn forget(&mut self, steps: u32) {
        self.age += 1;
        if self.slots.is_empty() || self.age > 0xFFFF {
            self.slots = vec![Slot { key: [0; 3], worth: 0 }; SLOTS];
            self.age = 1;
        }
        self.used = usize::try_from(steps).unwrap_or(SLOTS).saturating_mul(2).next_power_of_two().clamp(64, SLOTS);
    }

    /// Whether the same place has been come to before with at least as much; notes it otherwise.
    pub fn seen(&mut self, left: &Left, from: usize, inside: bool, worth: i64) -> bool {
        let Some(key) = self.key(left, from, inside) else { return false };
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for word in key {
            hash = (hash ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            hash ^= hash >> 29;
        }
        let at = usize::try_from(hash >> 40).unwrap_or(0) & (self.used - 1);
        let Some(slot) = self.slots.get_mut(at) else { return false };
        // Word by word: a comparison of all at once waits for what was only just written.
        let differs = slot.key.iter().zip(&key).fold(0, |sum, (one, other)| sum | (one ^ other));
        if differs == 0 && slot.worth >= worth {
            return true;
        }
        *slot = Slot { key, worth };
        false
    }

    /// What is left, in short: a set of blocks with more left than there are hours cannot run out, so how much is all the
    /// same. None where it does not fit.
    fn key(&self, left: &Left, from: usize, inside: bool) -> Option<Key> {
        let (hours, sites) = (u8::try_from(left.hours).ok()?, u8::try_from(left.sites).ok()?);
        let travel = u32::try_from(left.travel).ok().filter(|travel| *travel < 1 << 23)?;
        let from = u16::try_from(from).ok()?;
        if left.sets.len() > SETS {
            return None;
        }
        let head = u64::from(from) << 32 | u64::from(sites) << 24;
        let mut key = [self.age << 48 | head, u64::from(travel) << 1 | u64::from(inside), u64::from(hours)];
        for (at, (_, units)) in left.sets.iter().enumerate() {
            // Seven sets stand beside the hours, the others beside travel, as far as there is room.
            let units = u64::try_from((*units).min(left.hours)).ok()?;
            match at {
                0..7 => key[2] |= units << (8 * (at + 1)),
                7..12 => key[1] |= units << (8 * (at - 4)),
                _ => key[0] |= units << (8 * (at - 12)),
            }
        }
        Some(key)
    }
}
