//! Bytes for `text-cells` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("text-cells", bytes).is_ok()));
