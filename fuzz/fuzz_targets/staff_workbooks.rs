//! Bytes for `staff-workbooks` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("staff-workbooks", bytes).is_ok()));
