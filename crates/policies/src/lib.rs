//! Who may do what: Cedar policies, the gate, the permit.
//!
//! Every act of every person, job and command goes through [`Gate::permit`]. It gets facts (ids and relations computed
//! from our own tables, never from a request) and gives a [`Permit`], without which `store` hands out no protected row.
//! The policies are the `.cedar` files in `cedar/`; deny is the default and the forbids of `firewall.cedar` win.

pub mod acts;
pub mod audience;
pub mod facts;
pub mod gate;
pub mod permit;

mod answers;
mod entities;
mod memo;
mod rules;
mod scene;
mod sealed;
mod self_check;
mod table;

pub use audience::{Audience, Onlooker, Sees, Sight};
pub use gate::{Denied, Gate, GateError, Question};
pub use permit::{By, Permit};
pub use rules::RulesError;
pub use table::RoleRow;

/// The schema, and the policy files with their names, as they are built in: for proofs about them.
pub fn texts() -> (&'static str, &'static [(&'static str, &'static str)]) {
    (rules::SCHEMA, rules::FILES)
}
