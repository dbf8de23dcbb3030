//! Bytes for `form-uploads` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("form-uploads", bytes).is_ok()));
