//! Bytes for `plan-instances` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("plan-instances", bytes).is_ok()));
