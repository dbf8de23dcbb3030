//! What went wrong, as one sentence for the person at the terminal.

use std::fmt::Display;

/// One sentence saying what went wrong and, where known, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub String);

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Adds what was being done to an error.
pub trait While<T> {
    /// Turns an error into a `Fault` that begins with what was being done.
    fn on(self, doing: impl Display) -> Result<T, Fault>;
}

impl<T, E: Display> While<T> for Result<T, E> {
    fn on(self, doing: impl Display) -> Result<T, Fault> {
        self.map_err(|error| Fault(format!("{doing}: {error}")))
    }
}
