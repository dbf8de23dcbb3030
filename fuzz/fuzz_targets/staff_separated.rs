//! Bytes for `staff-separated` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("staff-separated", bytes).is_ok()));
