//! Standard output: buffered, written out when the buffer is full, at each line if a terminal shows it, and before
//! anything goes to standard error or standard input is read from a terminal.
//!
//! When the reader of the output has gone away (a closed pipe), the program ends quietly with status 141, which is what
//! a shell shows for a program killed by `SIGPIPE`. Any other trouble is the failure R0025.

use std::os::fd::RawFd;

const CAPACITY: usize = 64 * 1024;

/// Where standard output goes.
#[derive(Debug, Default)]
pub enum Sink {
    /// To descriptor 1.
    #[default]
    Stdout,
    /// Nowhere: it is kept for [`crate::Context::take_captured`].
    Captured,
}

/// The buffer.
pub(crate) struct Output {
    sink: Sink,
    buffer: Vec<u8>,
    is_terminal: bool,
}

/// Why output could not be written.
#[derive(Debug)]
pub(crate) enum OutputError {
    /// Nobody reads it any more.
    Closed,
    Other(std::io::Error),
}

impl OutputError {
    /// The exit status of a program that meets it at its end.
    pub(crate) fn status(&self) -> i32 {
        match self {
            OutputError::Closed => 141,
            OutputError::Other(_) => 1,
        }
    }
}

impl Output {
    pub(crate) fn new(sink: Sink) -> Output {
        // SAFETY: asks whether a descriptor is a terminal.
        let is_terminal = matches!(sink, Sink::Stdout) && unsafe { libc::isatty(1) } == 1;
        Output { sink, buffer: Vec::new(), is_terminal }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), OutputError> {
        if let Sink::Captured = self.sink {
            self.buffer.extend_from_slice(bytes);
            return Ok(());
        }
        if self.buffer.len() + bytes.len() > CAPACITY {
            self.flush()?;
            if bytes.len() >= CAPACITY {
                return write_all(1, bytes);
            }
        }
        self.buffer.extend_from_slice(bytes);
        if self.is_terminal && bytes.contains(&b'\n') {
            self.flush()?;
        }
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> Result<(), OutputError> {
        if let Sink::Captured = self.sink {
            return Ok(());
        }
        let result = write_all(1, &self.buffer);
        self.buffer.clear();
        result
    }

    pub(crate) fn take_captured(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.buffer)
    }
}

/// Writes to standard error; there is nowhere to tell that it failed.
pub(crate) fn write_error(bytes: &[u8]) {
    let _ = write_all(2, bytes);
}

fn write_all(descriptor: RawFd, mut bytes: &[u8]) -> Result<(), OutputError> {
    while !bytes.is_empty() {
        // SAFETY: the pointer and the length are those of a slice.
        let written = unsafe { libc::write(descriptor, bytes.as_ptr().cast(), bytes.len()) };
        match usize::try_from(written) {
            Ok(written) => bytes = &bytes[written..],
            Err(_) => {
                let error = std::io::Error::last_os_error();
                match error.raw_os_error() {
                    Some(libc::EINTR) => {}
                    Some(libc::EAGAIN) => wait_until_writable(descriptor),
                    Some(libc::EPIPE) => return Err(OutputError::Closed),
                    _ => return Err(OutputError::Other(error)),
                }
            }
        }
    }
    Ok(())
}

/// Somebody has made the descriptor non-blocking.
fn wait_until_writable(descriptor: RawFd) {
    let mut request = libc::pollfd { fd: descriptor, events: libc::POLLOUT, revents: 0 };
    // SAFETY: one request, as the count says.
    unsafe { libc::poll(&mut request, 1, -1) };
}

/// What went wrong, without Rust's "(os error 2)".
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_string()
}
