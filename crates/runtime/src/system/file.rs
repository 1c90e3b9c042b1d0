//! The runtime functions of files. A failure is R0025 with the path and the reason; text that is not UTF-8 is one too.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};

use crate::array::Array;
use crate::context::Context;
use crate::format::push_repr;
use crate::string::{Str, Text};
use crate::{Failed, Fault};

/// A buffer for files of which the size is not known.
const SMALLEST_ROOM: usize = 4096;

runtime_fns! { Files;
    /// The text of a file.
    FILE_READ = fn rt_file_read(cx, path: Str) -> Result<Str, Failed>, [collects] {
        cx.read_file(path)
    }
    /// The lines of a file, without their ends.
    FILE_LINES = fn rt_file_lines(cx, path: Str) -> Result<Array, Failed>, [collects] {
        let text = cx.read_file(path)?;
        cx.newline_parts(text)
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
    /// A file's text as a string that owns the buffer it was read into.
    fn read_file(&mut self, path: Str) -> Result<Str, Failed> {
        let name = self.str(path).to_string();
        let opened = File::open(&name).and_then(|file| Ok((file.metadata()?.len(), file)));
        let (size, mut file) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err(self.file_failed(&name, &crate::output::reason(&error))),
        };
        // One byte more, so that the end is seen without growing.
        let mut room = usize::try_from(size).unwrap_or(usize::MAX).saturating_add(1).max(SMALLEST_ROOM);
        let mut buffer = self.new_buffer(room)?;
        let mut used = 0;
        loop {
            if used == room {
                room = room.saturating_mul(2);
                buffer = self.grow_buffer(buffer, room, used)?;
            }
            match file.read(&mut self.buffer_bytes(buffer)[used..]) {
                Ok(0) => break,
                Ok(count) => used += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(self.file_failed(&name, &crate::output::reason(&error))),
            }
        }
        match self.buffer_string(buffer, used)? {
            Some(string) => Ok(string),
            None => Err(self.file_failed(&name, "not valid UTF-8")),
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
