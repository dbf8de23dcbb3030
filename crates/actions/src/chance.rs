//! Chance: from the machine in earnest, from a seed where a run must be repeatable.

use std::sync::{Mutex, PoisonError};

use domain::ids::Chance;
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng, TryRng};
use sha2::{Digest, Sha256};

/// Chance from the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Chance for Machine {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        if SysRng.try_fill_bytes(&mut bytes).is_err() {
            // Without chance no secret can be made; going on would hand out guessable ones.
            std::process::abort();
        }
        bytes
    }
}

/// Chance from a seed: the sample college and tests.
#[derive(Debug)]
pub struct Seeded(Mutex<StdRng>);

impl Seeded {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// Starts again from a seed.
    pub fn restart(&self, seed: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = StdRng::seed_from_u64(seed);
    }
}

impl Chance for Seeded {
    fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

/// A secret of 256 bits, as text that fits a cookie or an address.
pub fn secret(chance: &dyn Chance) -> String {
    secret_bytes(chance).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A key of 256 bits.
pub fn secret_bytes(chance: &dyn Chance) -> [u8; 32] {
    let mut secret = [0; 32];
    secret.iter_mut().zip(chance.bytes().into_iter().chain(chance.bytes())).for_each(|(to, from)| *to = from);
    secret
}

/// What is used once with a key.
pub fn nonce(chance: &dyn Chance) -> sealing::Nonce {
    let mut nonce = [0; 12];
    nonce.iter_mut().zip(chance.bytes()).for_each(|(to, from)| *to = from);
    nonce
}

/// The first half of a digest.
pub fn short_digest(text: &str) -> [u8; 16] {
    let digest = Sha256::digest(text.as_bytes());
    let mut half = [0; 16];
    half.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    half
}

/// What is kept of a secret.
pub fn digest(secret: &str) -> String {
    digest_bytes(secret.as_bytes())
}

/// The SHA-256 of bytes, as digits.
pub fn digest_bytes(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
