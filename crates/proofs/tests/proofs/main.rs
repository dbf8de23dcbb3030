//! Proofs about the policies, and a mutation run over them.

mod claims;
mod mutation;
mod report;
mod solver;
