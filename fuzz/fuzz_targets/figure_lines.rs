//! Bytes for `figure-lines` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("figure-lines", bytes).is_ok()));
