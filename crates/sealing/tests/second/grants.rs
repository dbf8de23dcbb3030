//! Grants: the key of a thread for one person, signed by whoever gives it.

use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};

use crate::bytes::Chance;
use crate::jwe::{Key, Lock, Opener};
use crate::{Closed, jwe, jws, keys};

/// The type that its signature names.
pub const KIND: &str = "alongside-grant+1";

/// What a grant is about.
#[derive(Clone, Copy)]
pub struct About<'a> {
    /// The thread, or the disclosure.
    pub thread: &'a str,
    /// Which of its keys.
    pub epoch: i64,
    /// Who gives it.
    pub by: &'a str,
}

fn context(about: About<'_>, to: &str) -> Value {
    json!({ "v": 1, "t": "grant", "thread": about.thread, "epoch": about.epoch, "to": to })
}

/// Gives a key to somebody.
pub fn make(about: About<'_>, (by, to): (&SecretKey, &PublicKey), key: &Key, chance: &mut Chance) -> String {
    let kid = keys::thumbprint(&keys::jwk(to));
    let inner = jwe::seal(&Lock::To(to), key, &context(about, &kid), chance);
    let payload = json!({ "by": about.by, "epoch": about.epoch, "jwe": inner, "thread": about.thread, "to": kid });
    jws::sign(KIND, &payload.to_string(), by)
}

/// The key in a grant, if it is signed by `signer`, about this, and for `mine`.
pub fn open(about: About<'_>, (mine, signer): (&SecretKey, &PublicKey), grant: &str) -> Result<Key, Closed> {
    let payload = jws::verified(KIND, grant, signer)?;
    let mut said: Value = serde_json::from_slice(&payload).map_err(|_| Closed::Shape)?;
    let inner = said.as_object_mut().and_then(|fields| fields.remove("jwe")).ok_or(Closed::Shape)?;
    let kid = keys::thumbprint(&keys::jwk(&mine.public_key()));
    if said != json!({ "thread": about.thread, "epoch": about.epoch, "to": kid, "by": about.by }) {
        return Err(Closed::Context);
    }
    let key = jwe::open(&Opener::Mine(mine), &inner, &context(about, &kid))?;
    key.try_into().map_err(|_| Closed::Key)
}
