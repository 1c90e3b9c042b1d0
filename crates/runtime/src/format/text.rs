//! The text buffer, and strings as they stand inside collections.

use crate::context::Context;
use crate::fault::{Failed, Fault};
use crate::output::OutputError;

/// Text under construction.
#[derive(Default)]
pub(crate) struct TextBuffer {
    text: String,
}

/// A longer buffer is not kept.
const LARGEST_KEPT: usize = 1 << 20;

impl TextBuffer {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        if self.text.capacity() > LARGEST_KEPT {
            self.text = String::new();
        }
    }

    /// Appends what is short.
    #[inline]
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The text, to append what is short.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// Makes room for so many bytes, if there is memory.
    #[inline]
    pub(crate) fn reserve(&mut self, bytes: usize) -> Option<()> {
        if self.text.capacity() - self.text.len() >= bytes {
            return Some(());
        }
        self.text.try_reserve(bytes).ok()
    }
}

impl Context {
    /// Appends text of any length.
    #[inline]
    pub(crate) fn append_text(&mut self, text: &str) -> Result<(), Failed> {
        if self.text.reserve(text.len()).is_none() {
            return Err(self.out_of_memory());
        }
        self.text.push(text);
        Ok(())
    }

    /// Takes the text out of the buffer; [`Context::give_back`] returns the memory.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text.text)
    }

    /// Lets the buffer use this memory again.
    pub(crate) fn give_back(&mut self, text: String) {
        self.text.text = text;
        self.text.clear();
    }

    /// Prints what the buffer holds.
    pub(crate) fn print_text(&mut self) -> Result<(), Failed> {
        let result = self.output.write(self.text.text.as_bytes());
        self.text.clear();
        result.map_err(|error| self.output_failed(error))
    }

    /// The end of a program whose output cannot be written.
    pub(crate) fn output_failed(&mut self, error: OutputError) -> Failed {
        match error {
            OutputError::Closed => self.exit(error.status().into()),
            OutputError::Other(error) => {
                self.fail(Fault::Io, format!("standard output: {}", crate::output::reason(&error)))
            }
        }
    }
}

/// Appends a string as it stands in source: in double quotes, with escapes.
pub(crate) fn push_repr(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let escape = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\t' => "\\t",
            '\r' => "\\r",
            '\0' => "\\0",
            control if control.is_control() => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + character.len_utf8();
        if escape.is_empty() {
            out.push_str(&format!("\\u{{{:x}}}", character as u32));
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}
