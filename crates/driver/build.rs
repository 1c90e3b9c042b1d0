//! Builds the stub of executables (`crates/stub`) for `tandem build` to copy.
//!
//! The stub is a static executable of its own profile, so it is built by a second cargo in a target directory of its
//! own. That one needs no network: whatever the stub depends on, the driver depends on too.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn main() {
    let driver = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let crates = driver.parent().expect("the driver lies in `crates`");
    let root = crates.parent().expect("`crates` lies in the workspace");
    for part in ["crates/runtime", "crates/stub", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={}", root.join(part).display());
    }
    let stub = if variable("TARGET") == TARGET { build(root) } else { none() };
    println!("cargo::rustc-env=TANDEM_STUB={}", stub.display());
}

/// Builds the stub; gives its path.
fn build(root: &Path) -> PathBuf {
    let target_dir = PathBuf::from(variable("OUT_DIR")).join("stub");
    let mut cargo = Command::new(variable("CARGO"));
    cargo.current_dir(root);
    cargo.args(["build", "--quiet", "--locked", "--offline", "--package", "tandem-stub", "--profile", "stub"]);
    cargo.args(["--target", TARGET, "--target-dir"]).arg(&target_dir);
    // What the outer cargo, or clippy, set for the build of the driver itself.
    for name in ["RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS", "CARGO_TARGET_DIR", "CARGO_BUILD_TARGET"] {
        cargo.env_remove(name);
    }
    // Static and at a fixed address: no loader, no relocations to work through at each start, 80 KB less.
    let flags = ["-Ctarget-feature=+crt-static", "-Crelocation-model=static", "-Cforce-unwind-tables=no"];
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    if variable("PROFILE") == "debug" {
        // A small stub takes long to build; while developing, a large one is good enough.
        cargo.env("CARGO_PROFILE_STUB_LTO", "off");
        cargo.env("CARGO_PROFILE_STUB_OPT_LEVEL", "1");
        cargo.env("CARGO_PROFILE_STUB_CODEGEN_UNITS", "16");
    }
    let status = cargo.status().expect("cargo runs: it has started this");
    assert!(status.success(), "the stub of executables does not build");
    target_dir.join(TARGET).join("stub").join("tandem-stub")
}

/// Where executables are not supported yet, the stub is empty.
fn none() -> PathBuf {
    let empty = PathBuf::from(variable("OUT_DIR")).join("no-stub");
    std::fs::write(&empty, []).expect("OUT_DIR can be written");
    empty
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo sets {name}"))
}
