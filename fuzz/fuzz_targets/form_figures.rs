//! Bytes for `form-figures` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("form-figures", bytes).is_ok()));
