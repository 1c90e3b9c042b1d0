//! `cargo xtask bless`: rewrites the `.stderr` files of `tests/errors` with what the compiler says now.
//!
//! The test that compares them also writes them, so that both run the command in the same way. Read the difference
//! before you commit it.

use crate::workspace::{Problem, cargo, succeed};

/// Runs the task.
pub fn run() -> Result<(), Problem> {
    let mut test = cargo();
    test.args(["test", "--package", "tandem-driver", "--test", "diagnostics"]).env("TANDEM_BLESS", "1");
    succeed(&mut test)
}
