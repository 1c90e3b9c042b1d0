//! Parts of pages that a task writes: what stands between `<!-- written by COMMAND -->` and `<!-- end -->`.

use std::path::Path;

use crate::workspace::Problem;

const END: &str = "<!-- end -->";

/// Replaces the part of `page` that `command` writes.
pub fn write(page: &Path, command: &str, content: &str) -> Result<(), Problem> {
    let text = std::fs::read_to_string(page)?;
    let replaced = replace(&text, command, content).ok_or_else(|| format!("{} has no such part", page.display()))?;
    std::fs::write(page, replaced)?;
    Ok(())
}

/// The text with the part that `command` writes replaced.
pub fn replace(text: &str, command: &str, content: &str) -> Option<String> {
    let start = format!("<!-- written by `{command}` -->");
    let (before, rest) = text.split_once(&start)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{start}\n\n{}\n\n{END}{after}", content.trim()))
}
