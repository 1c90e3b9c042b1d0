//! Any text is lexed and parsed without a panic, and the tree stays within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tandem_source::SourceMap;

fuzz_target!(|text: &str| {
    let mut files = SourceMap::new();
    let script = files.add("fuzz.tdm", text);
    let parsed = tandem_syntax::parse(script, &files.file(script).text);
    for diagnostic in &parsed.diagnostics {
        // Rendering looks at every place that a message names.
        let _ = tandem_source::render(diagnostic, &files, tandem_source::Palette::Plain);
    }
});
