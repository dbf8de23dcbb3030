//! Bytes for `backup-files` (crates/outside), for as long as one likes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| assert!(outside::run("backup-files", bytes).is_ok()));
