//! Lines: indentation, comments, attributes in comments, and what is still open where a line or the file ends.

use super::{Blank, Lexer, Lines, OpenKind};
use crate::error;
use crate::token::TokenKind;

impl Lexer<'_> {
    /// At the start of a line outside brackets: its indentation, unless it is empty or holds a comment only.
    pub(super) fn line_begin(&mut self) {
        self.line_start = self.at;
        let indentation = &self.bytes[self.at..];
        let blanks = indentation.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let width = indentation[..blanks].iter().fold(0, |width, byte| match byte {
            b'\t' => (width / 4 + 1) * 4,
            _ => width + 1,
        });
        let tab = indentation[..blanks].iter().position(|byte| *byte == b'\t').map(|at| self.at + at);
        if blanks > 0 {
            self.push(TokenKind::Whitespace, self.at + blanks);
        }
        let empty = match self.peek(0) {
            0 => self.at >= self.bytes.len(),
            b'\n' => true,
            b'\r' => self.peek(1) == b'\n',
            b'#' => !self.attribute_begins(),
            _ => false,
        };
        if empty {
            return;
        }
        if tab.is_some() {
            self.tabs.push(self.span(self.line_start, self.at));
        }
        self.indent(width);
        self.blank = Blank::None;
    }

    fn indent(&mut self, width: u32) {
        let current = *self.indents.last().unwrap_or(&0);
        if width > current {
            self.indents.push(width);
            return self.push(TokenKind::Indent, self.at);
        }
        while self.indents.last().is_some_and(|indent| width < *indent) {
            self.indents.pop();
            self.push(TokenKind::Dedent, self.at);
        }
        if self.indents.last().is_none_or(|indent| width != *indent) {
            let place = self.span(self.line_start, self.at);
            self.report(error::inconsistent_dedent(place));
        }
    }

    /// A `\n` or `\r\n` outside string text.
    pub(super) fn line_end(&mut self, length: usize) {
        if self.interpolations > 0 {
            self.unclosed_interpolation();
            if matches!(self.open.last().map(|open| open.kind), Some(OpenKind::Str(_))) {
                return; // of several lines: its text goes on
            }
        }
        if self.open.is_empty() {
            let statement = self.last_kind().is_some_and(|kind| !kind.is_layout());
            self.push(if statement { TokenKind::Newline } else { TokenKind::LineBreak }, self.at + length);
            return self.line_begin();
        }
        self.push(TokenKind::LineBreak, self.at + length);
        self.line_start = self.at;
        if self.statement_begins() {
            self.unclosed_brackets();
            self.push(TokenKind::Newline, self.at);
            self.line_begin();
        }
    }

    /// Whether the line begins with a word that cannot stand in brackets, so that one before it was not closed.
    fn statement_begins(&self) -> bool {
        let line =
            self.bytes[self.at..].iter().position(|byte| *byte != b' ').map_or(self.at, |blanks| self.at + blanks);
        let rest = &self.text[line..];
        let Some((word, _)) = rest.split_at_checked(self.name_end(line) - line) else { return false };
        let behind = &rest.as_bytes()[word.len()..];
        let named = behind.first() == Some(&b' ') && behind.get(1).is_some_and(|byte| byte.is_ascii_alphabetic());
        match TokenKind::keyword(word) {
            Some(TokenKind::Let | TokenKind::Const | TokenKind::Use | TokenKind::Pub) => behind.starts_with(b" "),
            Some(TokenKind::Fn | TokenKind::Struct | TokenKind::Class | TokenKind::Enum) => named,
            Some(TokenKind::Trait | TokenKind::Impl | TokenKind::While | TokenKind::Assert | TokenKind::Defer) => named,
            Some(TokenKind::Return | TokenKind::Break | TokenKind::Continue | TokenKind::Pass) => {
                matches!(behind.first(), None | Some(b' ' | b'\n' | b'\r'))
            }
            _ => false,
        }
    }

    pub(super) fn comment(&mut self) {
        if self.open.is_empty() && self.line_start == self.line_text_start() && self.attribute_begins() {
            return self.open(OpenKind::Bracket, TokenKind::HashBracket, 2);
        }
        if self.interpolations > 0 {
            // The rest of the line, and with it the end of the string.
            self.report(error::comment_in_interpolation(self.span(self.at, self.at + 1)));
            return self.push(TokenKind::Skipped, self.at + 1);
        }
        let rest = &self.bytes[self.at..];
        let mut length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        if rest[..length].ends_with(b"\r") {
            length -= 1;
        }
        let text = &self.text[self.at..self.at + length];
        let control = text.char_indices().find(|(_, c)| c.is_control() && *c != '\t');
        let doc = text.starts_with("##") && !text.starts_with("###");
        if let Some((at, c)) = control {
            let at = self.at + at;
            self.report(error::control_character(self.span(at, at + c.len_utf8()), c));
        }
        self.push(if doc { TokenKind::DocComment } else { TokenKind::Comment }, self.at + length);
    }

    /// Where this line starts if nothing but blanks stands before the current place, else something else.
    fn line_text_start(&self) -> usize {
        let mut before = self.tokens.iter().rev().skip_while(|token| token.lo as usize == self.at);
        match before.next() {
            Some(token) if token.kind == TokenKind::Whitespace => token.lo as usize,
            _ => self.at,
        }
    }

    /// Whether `#[name]` stands here, alone on a line directly above an item.
    fn attribute_begins(&self) -> bool {
        if !self.starts_with("#[") || !self.starts_name(self.at + 2) {
            return false;
        }
        let end = self.name_end(self.at + 2);
        let rest = &self.bytes[end..];
        let Some(rest) = rest.strip_prefix(b"]") else { return false };
        let rest = rest.trim_ascii_start_of_line();
        let Some(next) = rest.strip_prefix(b"\n").or_else(|| rest.strip_prefix(b"\r\n")) else { return false };
        let next = next.trim_ascii_start_of_line();
        let word = next.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let items: [&[u8]; 9] = [b"fn", b"async", b"pub", b"struct", b"class", b"enum", b"trait", b"impl", b"actor"];
        next.starts_with(b"@") || next.starts_with(b"#[") || next.starts_with(b"##") || items.contains(&&next[..word])
    }

    /// Reports the outermost interpolation that a line leaves open, and closes everything up to its string.
    pub(super) fn unclosed_interpolation(&mut self) {
        let outermost = self.outermost;
        let open = self.open[outermost];
        self.report(error::unclosed_interpolation(self.span(open.lo as usize, open.hi as usize)));
        while self.open.len() > outermost {
            self.close(0);
        }
        if let Some(OpenKind::Str(quote)) = self.open.last().map(|open| open.kind)
            && quote.lines == Lines::One
        {
            self.close_string_and_line();
        }
    }

    /// Closes a string that its line leaves open, and the brackets of that line: their closings were taken for text.
    pub(super) fn close_string_and_line(&mut self) {
        self.close(0);
        while let Some(open) = self.open.last()
            && (open.lo as usize) >= self.line_start
        {
            self.close(0);
        }
    }

    /// Whether the `{` here, at the end of a header's line, was meant to begin a block.
    pub(super) fn brace_begins_block(&self) -> bool {
        use TokenKind::*;
        let rest = self.bytes[self.at + 1..].iter().find(|byte| !matches!(byte, b' ' | b'\r'));
        let ends_line = matches!(rest, None | Some(b'\n' | b'#'));
        let (Some(first), Some(last)) = (self.first, self.last_kind()) else { return false };
        let declares = matches!(first, Fn | Async | Pub | Struct | Class | Enum | Trait | Impl);
        let branches = matches!(first, If | Elif | Else | While | For | Loop | Match) && !self.last_is_upper();
        let behind_value = last.ends_operand() || matches!(last, Else | Loop | Gt);
        self.open.is_empty() && ends_line && behind_value && (declares || branches)
    }

    /// Reports the innermost unclosed bracket and closes all.
    fn unclosed_brackets(&mut self) {
        if let Some(&open) = self.open.last() {
            let opening = self.span(open.lo as usize, open.hi as usize);
            self.report(error::unclosed_bracket(opening, self.text));
            self.unclosed.push(self.span(open.lo as usize, self.at));
        }
        while !self.open.is_empty() {
            self.close(0);
        }
    }

    pub(super) fn end_of_file(&mut self) {
        if self.interpolations > 0 {
            self.unclosed_interpolation();
        }
        if let Some(open) = self.open.last()
            && matches!(open.kind, OpenKind::Str(_))
        {
            self.report(error::unclosed_string(self.span(open.lo as usize, open.hi as usize)));
            while !self.open.is_empty() {
                self.close(0);
            }
        }
        self.unclosed_brackets();
        if self.last_kind().is_some_and(|kind| !kind.is_layout()) {
            self.push(TokenKind::Newline, self.at);
        }
        for _ in 1..self.indents.len() {
            self.push(TokenKind::Dedent, self.at);
        }
        self.push(TokenKind::Eof, self.at);
    }

    /// Reports the tabs of all lines at once, with one fix.
    pub(super) fn report_tabs(&mut self) {
        let Some(first) = self.tabs.first() else { return };
        let edits = self.tabs.iter().map(|span| {
            let text = &self.text[span.lo as usize..span.hi as usize];
            (*span, text.replace('\t', "    "))
        });
        let edits = edits.collect();
        self.report(error::tab_in_indentation(*first, edits));
    }
}

/// Blanks at the start of a slice.
trait TrimLine {
    fn trim_ascii_start_of_line(&self) -> &[u8];
}

impl TrimLine for [u8] {
    fn trim_ascii_start_of_line(&self) -> &[u8] {
        let blanks = self.iter().take_while(|byte| **byte == b' ').count();
        &self[blanks..]
    }
}
