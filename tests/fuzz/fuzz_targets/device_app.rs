//! See `smarts_tests::fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| smarts_tests::fuzz::device_app(bytes));
