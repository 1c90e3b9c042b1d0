//! Standard input, read by lines or as a whole. Invalid UTF-8 is the failure R0025, as for files.

use memchr::memchr;

use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::string::Str;

const CHUNK: usize = 64 * 1024;

/// What has been read and not yet taken.
#[derive(Default)]
pub(crate) struct Input {
    buffer: Vec<u8>,
    taken: usize,
    at_end: bool,
}

impl Input {
    /// Reads more; at the end it says so in `at_end`.
    fn fill(&mut self) -> std::io::Result<()> {
        if self.taken > 0 {
            self.buffer.drain(..self.taken);
            self.taken = 0;
        }
        let old = self.buffer.len();
        // Growing with what is there keeps a large input from being read in small pieces.
        let chunk = CHUNK.max(old);
        self.buffer.try_reserve(chunk).map_err(|_| std::io::ErrorKind::OutOfMemory)?;
        let count = loop {
            // SAFETY: the buffer has room for `chunk` bytes behind its `old` ones.
            let count = unsafe { libc::read(0, self.buffer.as_mut_ptr().add(old).cast(), chunk) };
            match usize::try_from(count) {
                Ok(count) => break count,
                Err(_) => {
                    let error = std::io::Error::last_os_error();
                    if error.kind() != std::io::ErrorKind::Interrupted {
                        return Err(error);
                    }
                }
            }
        };
        // SAFETY: `read` has filled `count` bytes.
        unsafe { self.buffer.set_len(old + count) };
        self.at_end = count == 0;
        Ok(())
    }

    /// The next line with its newline, `None` at the end. Valid until the next call.
    fn line(&mut self) -> std::io::Result<Option<&[u8]>> {
        let mut searched = 0;
        loop {
            let rest = &self.buffer[self.taken..];
            let end = match memchr(b'\n', &rest[searched..]) {
                Some(at) => searched + at + 1,
                None if self.at_end => rest.len(),
                None => {
                    searched = rest.len();
                    self.fill()?;
                    continue;
                }
            };
            let start = self.taken;
            self.taken += end;
            return Ok((end > 0).then(|| &self.buffer[start..start + end]));
        }
    }

    /// Everything up to the end.
    fn rest(&mut self) -> std::io::Result<Vec<u8>> {
        while !self.at_end {
            self.fill()?;
        }
        let mut rest = std::mem::take(&mut self.buffer);
        rest.drain(..self.taken);
        self.taken = 0;
        Ok(rest)
    }
}

impl Context {
    /// The next line of standard input without its end (`\n` or `\r\n`); `None` at the end.
    pub(crate) fn read_line(&mut self) -> Result<Option<Str>, Failed> {
        self.flush_output()?;
        let mut input = std::mem::take(&mut self.input);
        let result = match input.line() {
            Ok(None) => Ok(None),
            Ok(Some(line)) => match std::str::from_utf8(without_newline(line)) {
                Ok(line) => self.new_string(line).map(Some),
                Err(_) => Err(self.input_failed("not valid UTF-8")),
            },
            Err(error) => Err(self.input_failed(&crate::output::reason(&error))),
        };
        self.input = input;
        result
    }

    /// The rest of standard input.
    pub(crate) fn read_input(&mut self) -> Result<String, Failed> {
        self.flush_output()?;
        match self.input.rest().map(String::from_utf8) {
            Ok(Ok(text)) => Ok(text),
            Ok(Err(_)) => Err(self.input_failed("not valid UTF-8")),
            Err(error) => Err(self.input_failed(&crate::output::reason(&error))),
        }
    }

    /// What was printed is seen before the program waits for an answer.
    fn flush_output(&mut self) -> Result<(), Failed> {
        if self.input.taken < self.input.buffer.len() {
            return Ok(());
        }
        self.output.flush().map_err(|error| self.output_failed(error))
    }

    fn input_failed(&mut self, reason: &str) -> Failed {
        self.fail(Fault::Io, format!("standard input: {reason}"))
    }
}

fn without_newline(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
