//! `cargo xtask bless`: writes anew what tests compare with: the `.stderr` files of `tests/errors`, the results in
//! `tests/mir`.
//!
//! The tests that compare also write, so that both make the text in the same way. Read the difference before you commit
//! it.

use crate::workspace::{Problem, cargo, succeed};

/// Runs the task.
pub fn run() -> Result<(), Problem> {
    for (package, test) in [("tandem-driver", "diagnostics"), ("tandem-mir", "passes")] {
        succeed(cargo().args(["test", "--quiet", "--package", package, "--test", test]).env("BLESS", "1"))?;
    }
    Ok(())
}
