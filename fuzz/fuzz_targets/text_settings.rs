//! Bytes for `text-settings` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("text-settings", bytes).is_ok()));
