/// Keeps acts and facts a closed list: what this crate does not name, nobody can ask the gate about.
pub trait Sealed {}
