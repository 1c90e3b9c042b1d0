//! The runtime functions of files. A failure is R0025 with the path and the reason; text that is not UTF-8 is one too.

use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Write};

use crate::array::Array;
use crate::context::Context;
use crate::format::push_repr;
use crate::string::{Str, Text};
use crate::{Failed, Fault};

runtime_fns! { Files;
    /// The text of a file.
    FILE_READ = fn rt_file_read(cx, path: Str) -> Result<Str, Failed>, [collects] {
        let text = cx.read_file(path)?;
        cx.new_string(&text)
    }
    /// The lines of a file, without their ends.
    FILE_LINES = fn rt_file_lines(cx, path: Str) -> Result<Array, Failed>, [collects] {
        let text = cx.read_file(path)?;
        cx.new_string_array(lines(&text))
    }
    /// Makes a file with that text, or replaces its text.
    FILE_WRITE = fn rt_file_write(cx, path: Text, text: Text) -> Result<(), Failed>, [] {
        let result = File::create(path.as_str()).and_then(|mut file| file.write_all(text.as_str().as_bytes()));
        result.map_err(|error| cx.file_failed(path.as_str(), &crate::output::reason(&error)))
    }
    /// Adds text at the end of a file, which is made if need be.
    FILE_APPEND = fn rt_file_append(cx, path: Text, text: Text) -> Result<(), Failed>, [] {
        let file = OpenOptions::new().append(true).create(true).open(path.as_str());
        let result = file.and_then(|mut file| file.write_all(text.as_str().as_bytes()));
        result.map_err(|error| cx.file_failed(path.as_str(), &crate::output::reason(&error)))
    }
    /// Whether there is a file or folder of that name.
    FILE_EXISTS = fn rt_file_exists(_cx, path: Text) -> bool, [] {
        std::fs::exists(path.as_str()).unwrap_or(false)
    }
    /// Removes a file.
    FILE_REMOVE = fn rt_file_remove(cx, path: Text) -> Result<(), Failed>, [] {
        std::fs::remove_file(path.as_str())
            .map_err(|error| cx.file_failed(path.as_str(), &crate::output::reason(&error)))
    }
}

impl Context {
    fn read_file(&mut self, path: Str) -> Result<String, Failed> {
        let path = self.str(path).to_string();
        match read(&path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(text),
                Err(_) => Err(self.file_failed(&path, "not valid UTF-8")),
            },
            Err(error) => Err(self.file_failed(&path, &crate::output::reason(&error))),
        }
    }

    fn file_failed(&mut self, path: &str, reason: &str) -> Failed {
        let mut message = String::new();
        push_repr(&mut message, path);
        message.push_str(": ");
        message.push_str(reason);
        self.fail(Fault::Io, message)
    }
}

fn read(path: &str) -> Result<Vec<u8>, Error> {
    let mut file = File::open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The lines of a text, without their ends (`\n` or `\r\n`).
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
}
