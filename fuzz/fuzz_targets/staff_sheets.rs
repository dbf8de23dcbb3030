//! Bytes for `staff-sheets` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("staff-sheets", bytes).is_ok()));
