//! `tandem check`

use super::read_source;
use crate::arguments::Check;
use crate::failure::{rejected, show};

/// Reports errors and lints; gives the exit status.
pub fn check(command: &Check) -> u8 {
    let source = match read_source(&command.file) {
        Ok(source) => source,
        Err(status) => return status,
    };
    match source.check() {
        Ok(checked) => {
            let (lints, files) = checked.lints();
            show(lints, files);
            0
        }
        Err(error) => rejected(&error),
    }
}
