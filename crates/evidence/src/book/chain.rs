//! Each release carries the hashes of all before it, so that none can be changed, left out or put in later (R-REL-12).

use super::{Period, Release};
use sha2::{Digest, Sha256};

/// A kept release is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A release was altered, or does not follow those before it.
    #[error("release number {0} was altered or does not follow the earlier ones: restore the releases from a backup")]
    Broken(usize),
    /// It cannot be written down.
    #[error("a release could not be written down to be hashed: report this")]
    Unwritable,
}

/// The release with its hash: SHA-256 of its JSON with an empty hash, fields in their fixed order.
pub fn hashed(mut release: Release) -> Result<Release, ChainFault> {
    release.hash = String::new();
    let text = serde_json::to_vec(&release).map_err(|_| ChainFault::Unwritable)?;
    release.hash = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(release)
}

/// Whether releases of one measure in one year are all there, in their order, and as they were (R-REL-12).
///
/// # Errors
/// Names the first that is not, counted from 1.
pub fn verify(releases: &[Release]) -> Result<(), ChainFault> {
    let mut before: Vec<&String> = Vec::new();
    let mut last: Option<&Release> = None;
    for (number, release) in (1..).zip(releases) {
        let follows = last.is_none_or(|last| last.measure == release.measure && last.period < release.period);
        let framed = release.frame.is_some() == (release.period != Period::Year);
        let linked = release.earlier.iter().eq(before.iter().copied());
        if !follows || !framed || !linked || hashed(release.clone())?.hash != release.hash {
            return Err(ChainFault::Broken(number));
        }
        before.push(&release.hash);
        last = Some(release);
    }
    Ok(())
}
