//! Keys of a thread, made, wrapped and signed in a browser: given to the two, and given back to one of them. Rules R-WRD-5 and
//! R-WRD-10.

use domain::ids::{PersonId, ThreadId};
use policies::acts::{GrantKey, ReturnKey};
use sealing::{Expected, Layer, PublicKey, Refused};
use store::keys::{self, Public};
use store::words::{self, Gives, Grant};

use crate::chance::{nonce, secret_bytes};
use crate::desk::{Desk, Stop};
use crate::threads::whose;
use crate::words::{Under, WordsRefused, place, under};

/// A thread has at most so many keys, one after another.
const MOST_EPOCHS: i64 = 100;

impl<A: Gives> Under<A> {
    /// Whoever gives a key: who, and with which key they sign.
    async fn giver(&self, who: PersonId) -> Result<(Public, PublicKey), Stop<WordsRefused>>
    where
        A: store::keys::UsesKeys,
    {
        let mine = keys::public(&self.db, &self.permit, who).await?.ok_or(WordsRefused::Keys)?;
        let signing = PublicKey::read(&mine.signing)?;
        Ok((mine, signing))
    }

    /// The other one's public keys.
    async fn theirs(&self) -> Result<Public, Stop<WordsRefused>>
    where
        A: store::keys::UsesKeys,
    {
        let theirs = whose(&self.facts, self.party.other());
        Ok(keys::public(&self.db, &self.permit, theirs).await?.ok_or(WordsRefused::Keys)?)
    }

    /// Keeps a grant under the outer layer.
    async fn keep(&self, desk: &Desk, jws: &str, mut grant: Grant) -> Result<(), Stop<WordsRefused>> {
        let thread = self.permit.key();
        let shred =
            desk.house.store.keyring().thread(desk.institution(), thread, secret_bytes(desk.house.chance.as_ref()))?;
        let layer = Layer::of(&shred)?;
        grant.wrapped = layer.seal(jws, &place(&grant, thread), nonce(desk.house.chance.as_ref()))?;
        Ok(words::grant(&self.db, &self.permit, &grant).await?)
    }
}

/// Gives the next key of a thread to both, as the teacher's browser has made, wrapped and signed it (R-WRD-5, R-WRD-10).
///
/// # Errors
/// Grants that are not as they should be; a key that was given already.
pub async fn grant(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    (epoch, signed): (i64, &[String]),
) -> Result<(), Stop<WordsRefused>> {
    let under = under::<GrantKey>(desk, who, thread).await?.goes_on().await?;
    let next = words::last_epoch(&under.db, &under.permit).await?.map_or(0, |last| last + 1);
    if epoch != next || next >= MOST_EPOCHS {
        return Err(WordsRefused::Granted.into());
    }
    let ((mine, signing), theirs) = (under.giver(who).await?, under.theirs().await?);
    let (thread_words, by) = (thread.to_string(), who.to_string());
    let expected = Expected { thread: &thread_words, epoch, by: &by, signed: &signing };
    let mut for_whom = vec![(under.party, &mine.kid), (under.party.other(), &theirs.kid)];
    for jws in signed {
        let read = sealing::Grant::read(jws, &expected)?;
        let at = for_whom.iter().position(|(_, kid)| **kid == read.to).ok_or(WordsRefused::Keys)?;
        let (party, kid) = for_whom.remove(at);
        let grant = Grant { epoch, party, by: under.party, kid: kid.clone(), wrapped: String::new() };
        under.keep(desk, jws, grant).await?;
    }
    // Both or neither.
    if !for_whom.is_empty() {
        return Err(WordsRefused::Keys.into());
    }
    under.done(desk).await
}

/// Gives keys that a thread has already to the other one, whose own keys were made anew: whoever gives them has compared
/// safety words first, and signs (R-WRD-10). Nobody but the other of the two can be given anything.
///
/// # Errors
/// Grants that are not as they should be; a key that the other one has.
pub async fn give_back(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    signed: &[(i64, String)],
) -> Result<(), Stop<WordsRefused>> {
    let under = under::<ReturnKey>(desk, who, thread).await?;
    let ((_, signing), theirs) = (under.giver(who).await?, under.theirs().await?);
    let mut missing = words::missing(&under.db, &under.permit, (under.party.other(), &theirs.kid)).await?;
    let (thread_words, by) = (thread.to_string(), who.to_string());
    if signed.is_empty() {
        return Err(Refused::Malformed.into());
    }
    for (epoch, jws) in signed {
        let read =
            sealing::Grant::read(jws, &Expected { thread: &thread_words, epoch: *epoch, by: &by, signed: &signing })?;
        let at = missing.iter().position(|one| one == epoch).filter(|_| read.to == theirs.kid);
        missing.remove(at.ok_or(WordsRefused::Keys)?);
        let (party, kid) = (under.party.other(), theirs.kid.clone());
        let grant = Grant { epoch: *epoch, party, by: under.party, kid, wrapped: String::new() };
        under.keep(desk, jws, grant).await?;
    }
    under.done(desk).await
}
