//! Bytes for `backup-insides` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("backup-insides", bytes).is_ok()));
