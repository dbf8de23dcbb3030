//! Whether there is a solver to ask.

use std::io::Write;

use proofs::prover::solver_is_here;

/// Whether proofs can be tried here. Says so loudly where they cannot, and fails where a solver was promised.
pub fn here() -> bool {
    let here = solver_is_here();
    let promised = std::env::var_os("PROOFS_REQUIRED").is_some();
    assert!(here || !promised, "a solver was promised, but neither CVC5 nor the path leads to one");
    if !here {
        // Straight to the terminal: what a passing test prints is not shown.
        let said = writeln!(std::io::stderr(), "NOTHING IS PROVED: there is no solver. See docs/develop/proofs.md.");
        assert!(said.is_ok(), "nobody can be told that nothing is proved");
    }
    here
}
