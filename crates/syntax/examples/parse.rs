//! Parses the files named on the command line and prints their diagnostics, one a line.

use std::process::ExitCode;

use tandem_source::SourceMap;

fn main() -> ExitCode {
    let mut failed = 0;
    for name in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&name) else {
            eprintln!("{name}: cannot be read");
            return ExitCode::FAILURE;
        };
        let mut sources = SourceMap::new();
        let (file, diagnostics) = match tandem_syntax::decode(&bytes) {
            Ok(text) => {
                let file = sources.add(name.clone(), &*text);
                (file, tandem_syntax::parse(file, &text).diagnostics)
            }
            Err(error) => {
                let file = sources.add(name.clone(), error.text());
                (file, vec![error.diagnostic(file)])
            }
        };
        failed += usize::from(!diagnostics.is_empty());
        for diagnostic in diagnostics {
            let place = sources.file(file).line_column(diagnostic.span.lo);
            let (line, column) = (place.line, place.column);
            println!("{name}:{line}:{column}: {}: {}", diagnostic.code.0, diagnostic.message);
        }
    }
    println!("{failed} rejected");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
