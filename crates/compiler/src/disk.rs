//! Source files from the disk.

use std::io;

use tandem_frontend::{FileError, Files};
use tandem_syntax::{DecodeError, decode};

/// The files of the disk, by paths relative to the working folder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &str) -> Result<String, FileError> {
        let bytes = std::fs::read(path).map_err(|error| {
            let missing = error.kind() == io::ErrorKind::NotFound;
            if missing { FileError::NotFound } else { FileError::Unreadable(reason(&error)) }
        })?;
        match decode(&bytes) {
            Ok(text) => Ok(text.into_owned()),
            Err(DecodeError::InvalidUtf8 { .. }) => Err(FileError::Unreadable("it is not valid UTF-8".to_owned())),
            Err(DecodeError::TooLarge) => Err(FileError::Unreadable("it is larger than 4 GiB".to_owned())),
        }
    }
}

/// What went wrong with a file, without the number of the system's error.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(at) => text[..at].to_lowercase(),
        None => text,
    }
}
