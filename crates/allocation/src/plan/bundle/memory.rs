//! What the search has seen: the same means left at the same item, reached at no less, need not be searched again.
//!
//! A place that was come to before with at least as much (in real points, not priced ones: what is left of a set of blocks
//! is kept only as far as it can matter) promises nothing new: whatever could follow now could have followed then. Keys are compared whole, so two different places are never taken for one; a place forgotten because
//! another took its slot is only searched again.

use super::start::Left;

const SLOTS: usize = 1 << 13;
const SETS: usize = 14;
type Key = [u16; SETS + 6];

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    age: u32,
    worth: i64,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Memory {
    slots: Vec<Slot>,
    age: u32,
}

fn small(number: i64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

impl Memory {
    /// Begins anew.
    pub fn forget(&mut self) {
        if self.slots.is_empty() || self.age == u32::MAX {
            self.slots = vec![Slot { key: [0; SETS + 6], age: 0, worth: 0 }; SLOTS];
            self.age = 0;
        }
        self.age += 1;
    }

    /// Whether the same place has been come to before with at least as much; notes it otherwise.
    pub fn seen(&mut self, left: &Left, from: usize, inside: bool, worth: i64) -> bool {
        let Some(key) = key(left, from, inside) else { return false };
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for word in key.as_chunks::<4>().0 {
            let [a, b, c, d] = word.map(u64::from);
            hash = (hash ^ (a | b << 16 | c << 32 | d << 48)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            hash ^= hash >> 29;
        }
        let at = usize::try_from(hash % SLOTS as u64).unwrap_or(0);
        let Some(slot) = self.slots.get_mut(at) else { return false };
        if slot.age == self.age && slot.key == key && slot.worth >= worth {
            return true;
        }
        *slot = Slot { key, age: self.age, worth };
        false
    }
}

/// What is left, in short: a set of blocks with more left than there are hours cannot run out, so how much is all the same.
fn key(left: &Left, from: usize, inside: bool) -> Option<Key> {
    if left.sets.len() > SETS || from > usize::from(u16::MAX) || left.travel > i64::from(u32::MAX) {
        return None;
    }
    let mut key = [0; SETS + 6];
    let travel = u32::try_from(left.travel).unwrap_or(0);
    let head = [
        u16::try_from(from).unwrap_or(u16::MAX),
        small(left.hours),
        u16::try_from(travel >> 16).unwrap_or(0),
        u16::try_from(travel & 0xFFFF).unwrap_or(0),
        small(left.sites),
        u16::from(inside),
    ];
    let sets = left.sets.iter().map(|(_, units)| small((*units).min(left.hours)));
    key.iter_mut().zip(head.into_iter().chain(sets)).for_each(|(slot, word)| *slot = word);
    Some(key)
}
