//! Files of backups, identities and recipients.

use std::io::sink;
use std::sync::LazyLock;

use actions::backup::container::{Identity, Recipient, addressed, open};
use age::x25519;

use crate::text;

/// A pair made anew for each run: what is tried does not depend on which.
static PAIR: LazyLock<Option<(Identity, x25519::Recipient)>> = LazyLock::new(|| {
    let (file, recipient) = Identity::make("2026-11-24T01:00:00Z".parse().ok()?);
    Some((Identity::read(&file).ok()?, recipient.to_string().parse().ok()?))
});

/// Bytes as a backup, as an identity and as a recipient: refused.
pub fn files(bytes: &[u8]) {
    let Some((identity, _)) = PAIR.as_ref() else { return };
    assert!(open(bytes, identity).is_err(), "it was sealed to nobody");
    assert!(addressed(bytes).is_none_or(|count| count <= bytes.len()));
    let words = text(bytes);
    if let Ok(recipient) = words.parse::<Recipient>() {
        assert_eq!(recipient.to_string().parse::<Recipient>().as_ref(), Ok(&recipient));
    }
    assert!(Identity::read(&words).is_err() || words.contains("AGE-SECRET-KEY-1"));
}

/// Bytes inside a seal that fits: only what carries its own digest is poured out to the end.
pub fn insides(bytes: &[u8]) {
    let Some((identity, recipient)) = PAIR.as_ref() else { return };
    let Ok(sealed) = age::encrypt(recipient, bytes) else { return };
    if let Ok(opened) = open(sealed.as_slice(), identity) {
        assert!(bytes.starts_with(b"alongside backup 1\n"));
        if let Ok(length) = opened.pour(&mut sink()) {
            assert!(length < bytes.len() as u64);
        }
    }
}
