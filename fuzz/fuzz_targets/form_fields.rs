//! Bytes for `form-fields` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("form-fields", bytes).is_ok()));
