//! Strings: where they begin and end, their text, and their interpolations.
//!
//! Only extents are found here; escapes, doubled braces and the indentation of `"""` are read by [`crate::literal`].

use super::{Content, Lexer, Lines, OpenKind, Quote};
use crate::error;
use crate::token::TokenKind;

impl Lexer<'_> {
    /// `"` or `"""` behind a prefix of `prefix` bytes.
    pub(super) fn string_start(&mut self, prefix: usize) {
        let content = if self.peek(0) == b'b' { Content::Bytes } else { Content::Text };
        let many = self.bytes[self.at + prefix..].starts_with(br#"""""#);
        let (lines, length) = if many { (Lines::Many, 3) } else { (Lines::One, 1) };
        self.open(OpenKind::Str(Quote { lines, content }), TokenKind::StrStart, prefix + length);
    }

    /// `'…'`: the whole string is one token.
    pub(super) fn raw_string(&mut self, prefix: usize) {
        let start = self.at;
        let rest = &self.text[start + prefix + 1..];
        let stop = rest.find(['\'', '\n']).unwrap_or(rest.len());
        let content = start + prefix + 1;
        let mut end = content + stop;
        for (at, c) in rest[..stop].char_indices().filter(|(_, c)| c.is_control() && !matches!(c, '\t' | '\r')) {
            let at = content + at;
            self.report(error::control_character(self.span(at, at + c.len_utf8()), c));
        }
        if self.bytes.get(end) != Some(&b'\'') {
            if self.bytes[..end].ends_with(b"\r") {
                end -= 1;
            }
            self.report(error::unclosed_string(self.span(start, content)));
            self.push(TokenKind::RawString, end);
            while let Some(open) = self.open.last()
                && (open.lo as usize) >= self.line_start
                && self.interpolations == 0
            {
                self.close(0);
            }
            return;
        }
        end += 1;
        if prefix > 0 {
            let quoted = self.span(start, end);
            self.report(error::prefix_on_raw_string(quoted, self.text));
        } else if stop == 0 && self.bytes.get(end) == Some(&b'\'') {
            self.report(error::triple_single_quotes(self.span(start, end + 1)));
        }
        self.push(TokenKind::RawString, end);
    }

    /// Text up to the next interpolation or the end of the string.
    pub(super) fn string_text(&mut self, quote: Quote) {
        let start = self.at;
        let end = self.text_end(quote);
        if end > start {
            self.push(TokenKind::StrText, end);
        }
        if self.at >= self.bytes.len() {
            return; // reported at the end of the file
        }
        match self.bytes[self.at] {
            b'"' => self.close(if quote.lines == Lines::Many { 3 } else { 1 }),
            b'{' => {
                self.open(OpenKind::Interp, TokenKind::InterpStart, 1);
            }
            _ => {
                // The line ends in a string of one line.
                if self.interpolations > 0 {
                    return self.unclosed_interpolation();
                }
                if let Some(open) = self.open.last() {
                    self.report(error::unclosed_string(self.span(open.lo as usize, open.hi as usize)));
                }
                self.close_string_and_line();
            }
        }
    }

    /// Where the text from here ends: at the closing quotes, an opening brace, or a line end that may not be there.
    fn text_end(&mut self, quote: Quote) -> usize {
        let mut at = self.at;
        while let Some(&byte) = self.bytes.get(at) {
            let next = self.bytes.get(at + 1).copied();
            match byte {
                b'"' if quote.lines == Lines::One || self.bytes[at..].starts_with(br#"""""#) => break,
                b'\n' if quote.lines == Lines::One || self.interpolations > 0 => break,
                b'\n' => {
                    at += 1;
                    self.line_start = at;
                }
                b'\r' if next == Some(b'\n') => {
                    if quote.lines == Lines::One || self.interpolations > 0 {
                        break;
                    }
                    at += 1;
                }
                b'\\' if !matches!(next, None | Some(b'\n' | b'\r')) => at = self.escape_end(at),
                b'{' | b'}' if quote.content == Content::Text && next == Some(byte) => at += 2,
                b'{' if quote.content == Content::Text => break,
                b'}' if quote.content == Content::Text => {
                    self.report(error::lone_brace(self.span(at, at + 1)));
                    at += 1;
                }
                b'\t' => at += 1,
                _ => {
                    let c = self.char_at(at).unwrap_or('\0');
                    if c.is_control() {
                        self.report(error::control_character(self.span(at, at + c.len_utf8()), c));
                    }
                    at += c.len_utf8();
                }
            }
        }
        at
    }

    /// Behind the escape that starts at `at`; the braces of `\u{…}` are part of it.
    fn escape_end(&self, at: usize) -> usize {
        let behind = at + 1 + self.char_at(at + 1).map_or(0, char::len_utf8);
        if !self.bytes[at + 1..].starts_with(b"u{") {
            return behind;
        }
        let digits = self.bytes[at + 3..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let end = at + 3 + digits;
        if self.bytes.get(end) == Some(&b'}') { end + 1 } else { end }
    }

    /// In a format spec: text, a nested interpolation, or its end.
    pub(super) fn spec(&mut self) {
        let rest = &self.bytes[self.at..];
        let mut length = 0;
        while let Some(byte) = rest.get(length) {
            match byte {
                b'{' | b'}' | b'"' | b'\n' => break,
                b'\r' if rest.get(length + 1) == Some(&b'\n') => break,
                b'\\' if !matches!(rest.get(length + 1), None | Some(b'\n' | b'\r' | b'"' | b'{' | b'}')) => {
                    length = self.escape_end(self.at + length) - self.at;
                }
                _ => length += 1,
            }
        }
        if length > 0 {
            return self.push(TokenKind::SpecText, self.at + length);
        }
        match rest[0] {
            b'}' => self.close(1),
            b'{' => self.open(OpenKind::Interp, TokenKind::InterpStart, 1),
            b'"' => {
                // The string ends before its interpolation.
                let open = self.open[self.open.len() - 1];
                self.report(error::unclosed_interpolation(self.span(open.lo as usize, open.hi as usize)));
                self.close(0);
            }
            b'\n' => self.line_end(1),
            _ => self.line_end(2),
        }
    }
}
