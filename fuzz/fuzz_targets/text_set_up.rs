//! Bytes for `text-set-up` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("text-set-up", bytes).is_ok()));
