//! Any text is checked without a panic: it is accepted, or there is something to say about it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_compiler::Source;
use tandem_compiler::pipeline::Counting;

fuzz_target!(|bytes: &[u8]| {
    let checked = Source::new("fuzz.tdm", bytes).and_then(Source::check);
    match checked {
        // Lowering verifies what it made.
        Ok(checked) => drop(checked.lower(Counting::Off).optimize()),
        Err(rejected) => assert!(!rejected.diagnostics.is_empty(), "rejected without a word"),
    }
});
