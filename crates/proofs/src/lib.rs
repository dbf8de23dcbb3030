//! For tests only: proves what the policies allow, for everybody there could be.
//!
//! The matrix of `policies` asks about the people it made up. Here Cedar's policies are turned into formulas and a solver
//! looks for any person, role, attribute and hierarchy that breaks a claim. Claims stand beside the policies, as text:
//!
//! - `ceilings.txt`: for each act who may do it, no fewer and no more;
//! - `past-the-firewall.txt`: for each act whom the forbids let through, if everything else were permitted;
//! - `invariants.txt`: what holds across many acts.
//!
//! A mutation run then changes the policies piece by piece and demands that a claim breaks each time.
//! `docs/develop/proofs.md` says how to read it. Without a solver (`CVC5`) the tests say loudly that they prove nothing.

pub mod blocks;
pub mod fault;
pub mod house;
pub mod mutants;
pub mod prover;
pub mod redundant;

pub use fault::Fault;
