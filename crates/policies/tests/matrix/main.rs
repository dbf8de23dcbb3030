//! Who may do what, as one text file that is reviewed like prose, and what must hold for every set of roles.

mod cases;
mod matrix;
mod roles;
