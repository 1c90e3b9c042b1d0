//! The extent of numbers; their values are read by [`crate::literal`].

use unicode_ident::is_xid_continue;

use super::Lexer;
use crate::token::TokenKind;

impl Lexer<'_> {
    /// A number with its suffix, or whatever is written in its place: letters and digits that touch it belong to it.
    pub(super) fn number(&mut self) {
        if self.last_kind() == Some(TokenKind::Dot) {
            // `t.0.1`: indexes of tuples, not a fraction.
            return self.push(TokenKind::Int, self.digits_end(self.at));
        }
        let based = self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X' | b'b' | b'B' | b'o' | b'O');
        if based {
            return self.push(TokenKind::Int, self.word_end(self.at));
        }
        let mut kind = TokenKind::Int;
        let mut end = self.digits_end(self.at);
        if self.byte(end) == b'.' && self.byte(end + 1).is_ascii_digit() {
            kind = TokenKind::Float;
            end = self.digits_end(end + 1);
        }
        if matches!(self.byte(end), b'e' | b'E') {
            let digits = end + 1 + usize::from(matches!(self.byte(end + 1), b'+' | b'-'));
            if self.byte(digits).is_ascii_digit() {
                kind = TokenKind::Float;
                end = self.digits_end(digits);
            }
        }
        if self.byte(end) == b'f' {
            kind = TokenKind::Float;
        }
        self.push(kind, self.word_end(end));
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn digits_end(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'_').count()
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.find(|c: char| !is_xid_continue(c)).unwrap_or(rest.len())
    }
}
