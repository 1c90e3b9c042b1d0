//! Finds the programs of the corpus.

use std::path::{Path, PathBuf};

/// A program of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// `loops/break_value`: the path below the corpus folder, without the ending.
    pub name: String,
    /// The file to run.
    pub path: PathBuf,
}

/// All programs below `root`, sorted by name. A folder with a `main.tdm` is one program.
pub fn programs(root: &Path) -> std::io::Result<Vec<Program>> {
    let mut found = Vec::new();
    collect(root, root, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Program>) -> std::io::Result<()> {
    let main = folder.join("main.tdm");
    if main.is_file() {
        found.push(Program { name: name(root, folder), path: main });
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "tdm") {
            found.push(Program { name: name(root, &path.with_extension("")), path });
        }
    }
    Ok(())
}

fn name(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
