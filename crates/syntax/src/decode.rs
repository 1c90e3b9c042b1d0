//! Bytes of a file to text.

use std::borrow::Cow;

use tandem_source::{Diagnostic, FileId, Span};

use crate::error;

/// Why bytes are no source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// Not UTF-8.
    InvalidUtf8 {
        /// The text with replacement characters, to be shown in the message: add it to the source map.
        text: String,
        /// Where in `text` the first of them stands.
        offset: u32,
        /// The byte in its place.
        byte: u8,
    },
    /// Spans count bytes in 32 bits.
    TooLarge,
}

impl DecodeError {
    /// The message; `file` holds the `text` of the error (or nothing).
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        match self {
            DecodeError::InvalidUtf8 { offset, byte, .. } => {
                let replacement = char::REPLACEMENT_CHARACTER.len_utf8() as u32;
                error::invalid_utf8(Span::new(file, *offset, offset + replacement), *byte)
            }
            DecodeError::TooLarge => error::file_too_large(Span::new(file, 0, 0)),
        }
    }

    /// The text to show the message with.
    pub fn text(&self) -> &str {
        match self {
            DecodeError::InvalidUtf8 { text, .. } => text,
            DecodeError::TooLarge => "",
        }
    }
}

/// The text of a file, without its byte-order mark.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if u32::try_from(bytes.len()).is_err() {
        return Err(DecodeError::TooLarge);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let offset = error.valid_up_to();
            let byte = bytes.get(offset).copied().unwrap_or(0);
            let text = String::from_utf8_lossy(bytes).into_owned();
            Err(DecodeError::InvalidUtf8 { text, offset: offset as u32, byte })
        }
    }
}
