//! Bytes for `sealed-proofs` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("sealed-proofs", bytes).is_ok()));
