//! The clock: the machine's, ahead by what a sample college was moved on; or one that stands, for tests.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Where now comes from. Actions never look here: they are given `now`.
#[derive(Debug)]
pub enum Clock {
    /// The machine's.
    Machine,
    /// One that stands until it is set, in seconds since 1970.
    Standing(AtomicI64),
}

impl Clock {
    /// Now, moved on by `ahead` seconds.
    pub fn now(&self, ahead: i64) -> Timestamp {
        let seconds = match self {
            Self::Machine => machine().as_second(),
            Self::Standing(seconds) => seconds.load(Ordering::Relaxed),
        };
        Timestamp::from_second(seconds.saturating_add(ahead)).unwrap_or(Timestamp::MAX)
    }
}

impl Clone for Clock {
    fn clone(&self) -> Self {
        match self {
            Self::Machine => Self::Machine,
            Self::Standing(seconds) => Self::Standing(AtomicI64::new(seconds.load(Ordering::Relaxed))),
        }
    }
}

/// The machine's clock.
pub fn machine() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock enters the program")]
    Timestamp::now()
}
