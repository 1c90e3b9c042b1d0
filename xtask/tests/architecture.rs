//! `ARCHITECTURE.md` names every crate of the workspace, and says of every dependency why it is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn the_code_map_is_complete() {
    let page = architecture();
    let missing: Vec<_> = crates().into_iter().filter(|name| !page.contains(&format!("| `{name}` |"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn every_dependency_has_a_reason() {
    let page = architecture();
    let (_, table) = page.split_once("## Dependencies").expect("ARCHITECTURE.md has a part on dependencies");
    // The code spans of the first column.
    let names = table.lines().filter_map(|row| row.strip_prefix("| `")?.split(" | ").next());
    let explained: BTreeSet<&str> = names.flat_map(|names| names.trim_end_matches('`').split("`, `")).collect();
    let mut used = BTreeSet::new();
    for folder in crates() {
        let manifest =
            std::fs::read_to_string(root().join(&folder).join("Cargo.toml")).expect("a crate has a manifest");
        used.extend(dependencies(&manifest));
    }
    let unexplained: Vec<_> = used.iter().filter(|name| !explained.contains(name.as_str())).collect();
    let unused: Vec<_> = explained.iter().filter(|name| !used.contains(**name)).collect();
    assert!(unexplained.is_empty(), "ARCHITECTURE.md does not say why there is {unexplained:?}");
    assert!(unused.is_empty(), "ARCHITECTURE.md explains {unused:?}, which nothing depends on");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn architecture() -> String {
    std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read")
}

/// The folders of all crates.
fn crates() -> Vec<String> {
    let entries = std::fs::read_dir(root().join("crates")).expect("crates/ can be read");
    let names = entries.map(|entry| entry.expect("crates/ can be read").file_name().to_string_lossy().into_owned());
    let mut crates: Vec<String> = names.map(|name| format!("crates/{name}")).collect();
    crates.retain(|folder| root().join(folder).join("Cargo.toml").is_file());
    crates.push("xtask".to_owned());
    crates
}

/// The crates of others that a manifest names.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut listed = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            listed = line.contains("dependencies]");
        } else if listed && let Some((name, _)) = line.split_once([' ', '.', '=']) {
            found.push(name.to_owned());
        }
    }
    found.retain(|name| !name.is_empty() && !name.starts_with("tandem-") && name != "#");
    found
}
