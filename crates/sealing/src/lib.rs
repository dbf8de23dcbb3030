//! The formats of what is sealed in the browser (docs/rules/words.md), as far as a server can check them: JWE headers against a list
//! of what is allowed, the authenticated context against the row it is for, sizes, and signatures of grants. Nothing here
//! opens what a person wrote: the only key a server holds is that of the outer layer, which hides wrapped keys in a backup.
//!
//! Pure: chance comes in as bytes, and nothing is read or written; but for the keys of surveys, whose library takes chance from the
//! machine.

mod blind;
mod chain;
mod context;
mod grant;
mod jwe;
mod jwk;
mod outer;
mod padding;
mod proof;

pub use blind::{BlindKey, Blinded, SIGNED_BYTES, TOKEN_BYTES};
pub use chain::chained;
pub use context::{Context, note};
pub use grant::{Expected, Grant};
pub use jwe::{Jwe, Wrap};
pub use jwk::PublicKey;
pub use outer::{Layer, Nonce};
pub use padding::is_padded;
pub use proof::proof;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Why something sealed is refused. Nothing is stored then; the sentence is for the person, the code for the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is not what its format says.
    #[error("This is not sealed as it should be. Load the page again and send it once more.")]
    Malformed,
    /// An algorithm that is not on the list.
    #[error("This is sealed in a way that Alongside does not accept. Load the page again and send it once more.")]
    Algorithm,
    /// Words slots are wrapped in so many rounds, no fewer and not many more.
    #[error("This is wrapped in too few or too many rounds. Load the page again and make it once more.")]
    Rounds,
    /// It says that it belongs somewhere else.
    #[error("This was sealed for another place. Load the page again and send it once more.")]
    Context,
    /// It is too long, or not padded.
    #[error("This is too long to be kept. Send it in two parts.")]
    Size,
    /// The signature is not by the key it should be by.
    #[error("This is not signed by the one it should be from. Load the page again.")]
    Signature,
    /// A public key that is none.
    #[error("This is not a key that Alongside can use. Load the page again and make it once more.")]
    Key,
}

impl Refused {
    /// A code that a program can read.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Rounds => "rounds",
            Self::Context => "context",
            Self::Size => "size",
            Self::Signature => "signature",
            Self::Key => "key",
        }
    }
}

/// Bytes of a text in base64url without padding.
fn decoded(text: &str) -> Result<Vec<u8>, Refused> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| Refused::Malformed)
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
