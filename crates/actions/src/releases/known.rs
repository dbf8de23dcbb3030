//! Releases that were read before and found whole. Nothing in them ever changes, so the same texts are not checked again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use evidence::book::{Release, Shown, partners};

use crate::chance::digest_bytes;

/// So many sets are kept; with more, all are forgotten and read anew.
const MOST: usize = 256;

/// A release of one measure without who was counted.
#[derive(Debug)]
pub struct Known {
    /// The term's number, or [`store::releases::YEAR`].
    pub number: u8,
    /// The lines.
    pub shown: Vec<Shown>,
    /// Its hash, which stands on its cover.
    pub hash: String,
}

/// What came out of a measure in a year, the first one first.
#[derive(Debug, Default)]
pub struct Measured {
    /// Each release.
    pub all: Vec<Known>,
    /// Which area is counted under which.
    pub partners: BTreeMap<u16, u16>,
}

impl Measured {
    fn of(releases: Vec<Release>) -> Self {
        let partners = releases.first().and_then(|first| first.frame.as_ref()).map(partners).unwrap_or_default();
        let known =
            |release: Release| Known { number: super::place(&release), shown: release.shown, hash: release.hash };
        Self { all: releases.into_iter().map(known).collect(), partners }
    }
}

/// The sets that were found whole, by the SHA-256 of their texts.
#[derive(Debug, Default)]
pub struct Checked(Mutex<HashMap<String, Arc<Measured>>>);

impl Checked {
    /// What the texts say: as it was found before, or read and checked now.
    ///
    /// # Errors
    /// As checking does: nothing is kept then.
    pub(super) fn read<E>(
        &self,
        texts: &[String],
        check: impl FnOnce(&[String]) -> Result<Vec<Release>, E>,
    ) -> Result<Arc<Measured>, E> {
        // Each behind its length: no two sets are written alike.
        let written: String = texts.iter().map(|text| format!("{}:{text}", text.len())).collect();
        let key = digest_bytes(written.as_bytes());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = Arc::new(Measured::of(check(texts)?));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, Arc::clone(&found));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-REL-11
    #[test]
    fn a_text_that_changed_is_checked_again_and_a_fault_is_not_kept() {
        let checked = Checked::default();
        let texts = |text: &str| vec![text.to_owned()];
        let whole = checked.read::<()>(&texts("one"), |_| Ok(Vec::new())).unwrap();
        let again = checked.read::<()>(&texts("one"), |_| panic!("it was checked before")).unwrap();
        assert!(Arc::ptr_eq(&whole, &again));
        assert_eq!(checked.read(&texts("two"), |_| Err("altered")).unwrap_err(), "altered");
        assert_eq!(checked.read(&texts("two"), |_| Err("still")).unwrap_err(), "still");
        assert_eq!(checked.read(&[texts("one"), texts("")].concat(), |_| Err("longer")).unwrap_err(), "longer");
    }
}
