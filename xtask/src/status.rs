//! `cargo xtask status`: the list of `docs/status.md`, from the front end's table of what is not supported yet.

use std::fmt::Write;
use std::path::PathBuf;

use tandem_frontend::Feature;

use crate::generated;
use crate::workspace::{Problem, root};

const COMMAND: &str = "cargo xtask status";

/// Runs the task.
pub fn run() -> Result<(), Problem> {
    generated::write(&page(), COMMAND, &list())
}

fn page() -> PathBuf {
    root().join("docs/status.md")
}

fn list() -> String {
    let mut text = String::from("| error | not supported yet |\n|---|---|\n");
    for feature in Feature::ALL {
        let _ = writeln!(text, "| {} | {} |", feature.code().0, feature.words());
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_up_to_date() {
        let page = std::fs::read_to_string(super::page()).expect("docs/status.md can be read");
        let written = super::generated::replace(&page, super::COMMAND, &super::list());
        assert_eq!(Some(page), written, "`cargo xtask status` writes it");
    }
}
