//! `tandem build`

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tandem_compiler::disk;
use tandem_compiler::pipeline::Target;

use super::{read_source, run::counting};
use crate::arguments::Build;
use crate::failure::{refuse, rejected, show};

/// The static executable that holds the runtime.
const STUB: &[u8] = include_bytes!(env!("TANDEM_STUB"));

/// Makes an executable; gives the exit status.
pub fn build(command: &Build) -> u8 {
    match execute(command) {
        Ok(()) => 0,
        Err(status) => status,
    }
}

fn execute(command: &Build) -> Result<(), u8> {
    let checked = read_source(&command.file)?.check().map_err(|error| rejected(&error))?;
    let (lints, files) = checked.lints();
    show(lints, files);
    let native = checked.lower(counting()).optimize().compile(Target::Baseline);
    let native = native.map_err(|error| refuse(&error.to_string()))?;
    let bytes = native.executable(STUB).map_err(|error| refuse(&error.to_string()))?;
    write(&command.output, &bytes)
        .map_err(|error| refuse(&format!("cannot write `{}`: {}", command.output.display(), disk::reason(&error))))
}

/// Puts the executable in place at once: who runs the old one meanwhile is not disturbed, and no half of one is left.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(format!(".{}.unfinished", std::process::id()));
    let unfinished = Path::new(&unfinished);
    let result = fs::write(unfinished, bytes)
        .and_then(|()| fs::set_permissions(unfinished, Permissions::from_mode(0o755)))
        .and_then(|()| fs::rename(unfinished, path));
    if result.is_err() {
        // It may not even have been made.
        let _ = fs::remove_file(unfinished);
    }
    result
}
