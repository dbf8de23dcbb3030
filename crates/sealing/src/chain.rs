//! The hash of an entry in a log, over the one before it.

use ring::digest::{Context, SHA256};

/// SHA-256, in hexadecimal, over the hash before (empty for the first), the place, the day and the content; each with its
/// length before it, so that no two logs give the same bytes.
pub fn chained(before: &str, place: i64, day: &str, content: &str) -> String {
    let mut hash = Context::new(&SHA256);
    for part in [before, &place.to_string(), day, content] {
        hash.update(format!("{}:", part.len()).as_bytes());
        hash.update(part.as_bytes());
    }
    hash.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-AUD-1
    #[test]
    fn whatever_is_altered_the_hash_is_another() {
        let one = chained("", 1, "2026-11-24", "{}");
        assert_eq!(one.len(), 64);
        for other in [
            chained("0", 1, "2026-11-24", "{}"),
            chained("", 2, "2026-11-24", "{}"),
            chained("", 1, "2026-11-25", "{}"),
            chained("", 1, "2026-11-24", "{ }"),
            chained("", 1, "2026-11-2", "4{}"),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one, chained("", 1, "2026-11-24", "{}"));
    }
}
