//! Bytes for `text-weeks` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("text-weeks", bytes).is_ok()));
