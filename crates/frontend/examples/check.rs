//! Checks files and shows what there is to say, with the HIR on request: `check [--hir] FILE…`.

#[path = "../tests/common/mod.rs"]
mod common;

use std::path::Path;

use tandem_source::{Palette, render};

fn main() {
    for argument in std::env::args().skip(1) {
        let (accepted, diagnostics, sources) = common::check_file(Path::new(&argument));
        for diagnostic in &diagnostics {
            print!("{}", render(diagnostic, &sources, Palette::Plain));
        }
        println!("{argument}: {}", if accepted { "accepted" } else { "rejected" });
    }
}
