//! Who begins when, drawn by lot: fair, and what makes the comparison of areas valid by design.
//!
//! Before the draw [`commitment`] of a secret seed is published, with the list of areas. After it the seed is published too,
//! and anybody can draw the order again by hand:
//! `printf '%s\0%s' SEED AREA | sha256sum` for each area, sorted.

use sha2::{Digest, Sha256};
use thiserror::Error;

/// A shorter seed could be guessed from its commitment.
const SHORTEST: usize = 32;

/// Why a lot cannot be drawn, or is not what was committed to.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LotError {
    /// A short seed.
    #[error("The seed is too short to stay a secret: use at least 32 characters drawn by chance.")]
    Short,
    /// A null character would blur where the seed ends.
    #[error("The seed holds a null character: use letters and digits.")]
    Null,
    /// Nobody to draw for.
    #[error("There is no area to draw for: name at least two.")]
    Few,
    /// An area named twice would have two lots.
    #[error("“{0}” is named twice: name each area once.")]
    Twice(String),
    /// Another seed than was committed to.
    #[error("This is not the seed that was committed to: ask for the one that was stored before the draw.")]
    Seed,
    /// Another order than the seed gives.
    #[error("This is not the order that the seed gives for these areas: draw it again and compare.")]
    Order,
}

/// The order in which units begin: sorted by SHA-256 of the seed, a null byte and the unit's name, all as UTF-8. It does not
/// depend on the order in which they are named. R-CAU-14.
pub fn draw_order(units: &[String], seed: &str) -> Result<Vec<String>, LotError> {
    check(seed)?;
    let lot = |unit: &String| -> [u8; 32] {
        Sha256::new().chain_update(seed.as_bytes()).chain_update([0]).chain_update(unit.as_bytes()).finalize().into()
    };
    let mut lots: Vec<([u8; 32], &String)> = units.iter().map(|unit| (lot(unit), unit)).collect();
    lots.sort();
    if lots.len() < 2 {
        return Err(LotError::Few);
    }
    let twice = lots.iter().zip(lots.iter().skip(1)).find(|((_, one), (_, next))| one == next);
    match twice {
        Some(((_, unit), _)) => Err(LotError::Twice((*unit).clone())),
        None => Ok(lots.into_iter().map(|(_, unit)| unit.clone()).collect()),
    }
}

/// What is published before the draw: SHA-256 of the seed, in hexadecimal. R-CAU-15.
pub fn commitment(seed: &str) -> Result<String, LotError> {
    check(seed)?;
    Ok(Sha256::digest(seed.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The seed with words that somebody else added in public after it was committed to: the seed, a space, the words. R-CAU-18.
pub fn joined(seed: &str, words: &str) -> Result<String, LotError> {
    check(seed)?;
    if words.contains('\0') { Err(LotError::Null) } else { Ok(format!("{seed} {words}")) }
}

/// Whether an order is the one that follows from the seed that was committed to and the words that were added. R-CAU-18.
pub fn verify_joined(
    committed: &str,
    (seed, words): (&str, &str),
    units: &[String],
    order: &[String],
) -> Result<(), LotError> {
    if !commitment(seed)?.eq_ignore_ascii_case(committed.trim()) {
        return Err(LotError::Seed);
    }
    if draw_order(units, &joined(seed, words)?)? == order { Ok(()) } else { Err(LotError::Order) }
}

/// Whether an order is the one that was committed to. R-CAU-15.
pub fn verify(committed: &str, seed: &str, units: &[String], order: &[String]) -> Result<(), LotError> {
    if !commitment(seed)?.eq_ignore_ascii_case(committed.trim()) {
        return Err(LotError::Seed);
    }
    if draw_order(units, seed)? == order { Ok(()) } else { Err(LotError::Order) }
}

fn check(seed: &str) -> Result<(), LotError> {
    if seed.contains('\0') {
        return Err(LotError::Null);
    }
    if seed.chars().count() < SHORTEST { Err(LotError::Short) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEED: &str = "00112233445566778899aabbccddeeff";

    fn areas(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_string()).collect()
    }

    /// R-CAU-14
    #[test]
    fn the_order_is_that_of_the_hashes_by_hand() {
        let order = draw_order(&areas(&["Art", "Maths", "Sport", "Care"]), SEED).unwrap();
        assert_eq!(order, ["Care", "Maths", "Art", "Sport"]);
    }

    /// R-CAU-15
    #[test]
    fn what_was_committed_to_is_verified_and_anything_else_is_not() {
        let units = areas(&["Art", "Maths", "Sport", "Care"]);
        let (order, committed) = (draw_order(&units, SEED).unwrap(), commitment(SEED).unwrap());
        assert_eq!(committed, "5947d7c33d783f94b3b4c1a96ebc8991ed28f1b069b71e03376cba8caa98a720");
        assert_eq!(verify(&committed, SEED, &units, &order), Ok(()));
        let other = SEED.replace('0', "1");
        assert_eq!(verify(&committed, &other, &units, &order), Err(LotError::Seed));
        let turned: Vec<String> = order.iter().rev().cloned().collect();
        assert_eq!(verify(&committed, SEED, &units, &turned), Err(LotError::Order));
        assert_eq!(verify(&committed, SEED, &areas(&["Art", "Maths", "Sport"]), &order), Err(LotError::Order));
    }

    /// R-CAU-18
    #[test]
    fn words_of_somebody_else_decide_with_the_seed() {
        let units = areas(&["Art", "Maths", "Sport", "Care"]);
        let committed = commitment(SEED).unwrap();
        let whole = joined(SEED, "blue kettle").unwrap();
        assert_eq!(whole, "00112233445566778899aabbccddeeff blue kettle");
        let order = draw_order(&units, &whole).unwrap();
        assert_eq!(verify_joined(&committed, (SEED, "blue kettle"), &units, &order), Ok(()));
        assert_ne!(order, draw_order(&units, SEED).unwrap());
        let other = SEED.replace('0', "1");
        assert_eq!(verify_joined(&committed, (&other, "blue kettle"), &units, &order), Err(LotError::Seed));
        assert_eq!(verify_joined(&committed, (SEED, "red kettle"), &units, &order), Err(LotError::Order));
        assert_eq!(joined(SEED, "blue\0kettle"), Err(LotError::Null));
        assert_eq!(joined("short", "blue kettle"), Err(LotError::Short));
    }

    #[test]
    fn a_lot_that_would_prove_nothing_is_refused() {
        let units = areas(&["Art", "Maths"]);
        assert_eq!(draw_order(&units, "short"), Err(LotError::Short));
        assert_eq!(draw_order(&units, &format!("{SEED}\0")), Err(LotError::Null));
        assert_eq!(draw_order(&areas(&["Art"]), SEED), Err(LotError::Few));
        assert_eq!(draw_order(&areas(&["Art", "Maths", "Art"]), SEED), Err(LotError::Twice("Art".into())));
    }

    proptest! {
        /// R-CAU-14
        #[test]
        fn the_order_in_which_areas_are_named_does_not_matter(
            names in prop::collection::btree_set("[a-z]{1,6}", 2..12),
            seed in "[0-9a-f]{32}",
        ) {
            let units: Vec<String> = names.into_iter().collect();
            let turned: Vec<String> = units.iter().rev().cloned().collect();
            let order = draw_order(&units, &seed).unwrap();
            prop_assert_eq!(&order, &draw_order(&turned, &seed).unwrap());
            prop_assert_eq!(verify(&commitment(&seed).unwrap(), &seed, &turned, &order), Ok(()));
        }
    }

    #[test]
    fn every_place_is_as_likely_for_every_area() {
        let units = areas(&["Art", "Maths", "Sport", "Care"]);
        let first = |number: u32| draw_order(&units, &format!("{number:032}")).unwrap().first().cloned().unwrap();
        let firsts: Vec<String> = (0..2_000).map(first).collect();
        for unit in &units {
            let times = firsts.iter().filter(|first| *first == unit).count();
            assert!((420..580).contains(&times), "{unit} {times}");
        }
    }
}
