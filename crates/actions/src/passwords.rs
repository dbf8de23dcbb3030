//! Passwords are kept as Argon2id hashes, with the parameters the `argon2` crate advises (R-ACC-4).

use std::sync::LazyLock;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use store::Fault;
use tokio::sync::Mutex;

/// Hashing takes a core and 19 MB; more than one at once would starve everybody else, and one is forty sign-ins a second.
/// The memory is kept from one to the next: given back, it would lie about once for each thread that ever hashed.
static MEMORY: Mutex<Vec<Block>> = Mutex::const_new(Vec::new());

/// What an unknown address is checked against, so that it takes as long as a known one (R-ACC-1): no password has it.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    let nothing = Output::new(&[0; Params::DEFAULT_OUTPUT_LEN]);
    let hash = Salt::new(b"0123456789abcdef").and_then(|salt| Ok((salt, nothing?)));
    hash.ok().and_then(|(salt, output)| written(salt, output)).unwrap_or_default()
});

/// Hashes a password.
///
/// # Errors
/// When the machine cannot.
pub async fn hash(password: String, salt: [u8; 16]) -> Result<String, Fault> {
    let mut memory = MEMORY.lock().await;
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = Salt::new(&salt).ok()?;
        let output = output(&Argon2::default(), (password.as_bytes(), &salt), &mut memory)?;
        written(salt, output)
    });
    hashed.await.ok().flatten().ok_or(Fault::Unreadable("password"))
}

/// Whether a password is the one that a hash was made of; with no hash it takes as long and is not.
pub async fn matches(password: String, stored: Option<String>) -> bool {
    let known = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.clone());
    let mut memory = MEMORY.lock().await;
    let checked = tokio::task::spawn_blocking(move || same(&password, &stored, &mut memory).unwrap_or(false));
    checked.await.unwrap_or(false) && known
}

fn same(password: &str, stored: &str, memory: &mut Vec<Block>) -> Option<bool> {
    let hash = PasswordHash::new(stored).ok()?;
    let algorithm = Algorithm::new(hash.algorithm.as_str()).ok()?;
    let version = Version::try_from(hash.version?).ok()?;
    let argon = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
    let found = output(&argon, (password.as_bytes(), &hash.salt?), memory)?;
    // Outputs are compared in constant time.
    Some(found == hash.hash?)
}

fn output(argon: &Argon2<'_>, (password, salt): (&[u8], &[u8]), memory: &mut Vec<Block>) -> Option<Output> {
    let params = argon.params();
    memory.resize(params.block_count(), Block::default());
    let mut bytes = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    argon.hash_password_into_with_memory(password, salt, &mut bytes, memory).ok()?;
    Output::new(&bytes).ok()
}

/// The hash as it is stored, in the notation of the password hashing competition.
fn written(salt: Salt, output: Output) -> Option<String> {
    let params = ParamsString::try_from(&Params::default()).ok()?;
    let (algorithm, version) = (Algorithm::default().ident(), Some(Version::default().into()));
    Some(PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(output) }.to_string())
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    const WORDS: &str = "three or four words";

    #[tokio::test]
    async fn a_password_matches_its_own_hash_and_no_other() {
        let hashed = hash(WORDS.to_owned(), [7; 16]).await.unwrap();
        assert!(hashed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hashed}");
        assert!(matches(WORDS.to_owned(), Some(hashed.clone())).await);
        assert!(!matches("three or four word".to_owned(), Some(hashed)).await);
        assert!(!matches(WORDS.to_owned(), None).await);
        assert!(!matches(WORDS.to_owned(), Some("nonsense".to_owned())).await);
    }

    #[tokio::test]
    async fn hashes_are_those_of_the_crate_by_itself() {
        let theirs = Argon2::default().hash_password_with_salt(WORDS.as_bytes(), &[7; 16]).unwrap().to_string();
        let ours = hash(WORDS.to_owned(), [7; 16]).await.unwrap();
        assert_eq!(ours, theirs);
        assert!(Argon2::default().verify_password(WORDS.as_bytes(), ours.as_str()).is_ok());
    }

    #[test]
    fn an_unknown_address_is_checked_with_the_same_work() {
        let nobody = PasswordHash::new(&NOBODY).unwrap();
        assert_eq!(nobody.params, ParamsString::try_from(&Params::default()).unwrap());
    }
}
