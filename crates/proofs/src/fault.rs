//! What keeps a proof from being tried.

/// A sentence about what went wrong; never the answer to a claim.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

impl Fault {
    /// A fault with what it concerns before it.
    pub fn about(what: impl std::fmt::Display, why: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {why}"))
    }
}
