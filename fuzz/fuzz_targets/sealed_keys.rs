//! Bytes for `sealed-keys` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("sealed-keys", bytes).is_ok()));
