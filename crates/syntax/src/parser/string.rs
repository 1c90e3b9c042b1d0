//! Strings: their parts, and the indentation of `"""`.

use tandem_source::{Diagnostic, Span};

use super::{Parser, Place};
use crate::ast::{Expr, ExprKind, StrPart};
use crate::error;
use crate::literal::{RawText, TextKind};
use crate::token::TokenKind;

/// The text of a `"""` without its first and last newline and its margin.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// Where the text begins.
    lo: u32,
    /// Where it ends.
    hi: u32,
    /// How many blanks each line loses.
    margin: usize,
}

impl<'s> Parser<'s> {
    /// A string of any form.
    pub(super) fn string(&mut self) -> Expr {
        let lo = self.lo();
        let opening = self.bump();
        let start = &self.text[opening.lo as usize..opening.hi as usize];
        if opening.kind == TokenKind::RawString {
            let content = start.trim_start_matches(['f', 'b']);
            let content = content.strip_prefix('\'').unwrap_or(content);
            let content = content.strip_suffix('\'').unwrap_or(content);
            let kind = if start.starts_with('b') {
                ExprKind::Bytes(content.as_bytes().to_vec())
            } else {
                ExprKind::Str(content.to_string())
            };
            return self.node(lo, kind);
        }
        let layout = if start.ends_with("\"\"\"") { self.layout() } else { None };
        if start.starts_with('b') {
            let mut bytes = vec![];
            while self.at(TokenKind::StrText) {
                let raw = self.raw_text(TextKind::Bytes, layout);
                self.bump();
                bytes.extend(self.decode(raw, RawText::bytes));
            }
            self.eat(TokenKind::StrEnd);
            return self.node(lo, ExprKind::Bytes(bytes));
        }
        let mut parts = self.string_parts(TokenKind::StrText, layout);
        self.eat(TokenKind::StrEnd);
        let kind = match parts.as_mut_slice() {
            [] => ExprKind::Str(String::new()),
            [StrPart::Text(text)] => ExprKind::Str(std::mem::take(text)),
            _ => ExprKind::Interpolated(parts),
        };
        self.node(lo, kind)
    }

    /// Texts of kind `text`, and interpolations.
    fn string_parts(&mut self, text: TokenKind, layout: Option<Layout>) -> Vec<StrPart> {
        let kind = if text == TokenKind::StrText { TextKind::Text } else { TextKind::Spec };
        let mut parts = vec![];
        loop {
            if self.at(text) {
                let raw = self.raw_text(kind, layout);
                self.bump();
                let decoded = self.decode(raw, RawText::string);
                if !decoded.is_empty() {
                    parts.push(StrPart::Text(decoded));
                }
            } else if self.at(TokenKind::InterpStart) {
                parts.push(self.interpolation());
            } else {
                return parts;
            }
        }
    }

    fn decode<T>(&mut self, raw: RawText<'s>, read: fn(RawText<'s>, &mut Vec<Diagnostic>) -> T) -> T {
        let mut errors = vec![];
        let value = read(raw, &mut errors);
        errors.into_iter().for_each(|error| self.report(error));
        value
    }

    /// The current text token, within `layout`.
    fn raw_text(&self, kind: TextKind, layout: Option<Layout>) -> RawText<'s> {
        let token = self.token(0);
        let (lo, hi, margin, begins_line) = match layout {
            Some(layout) if kind != TextKind::Spec => {
                let lo = token.lo.max(layout.lo);
                (lo, token.hi.min(layout.hi).max(lo), layout.margin, lo == layout.lo)
            }
            _ => (token.lo, token.hi, 0, false),
        };
        let text = &self.text[lo as usize..hi as usize];
        RawText { text, file: self.file, lo, kind, margin, begins_line }
    }

    /// Behind the opening `"""`: where its text begins and ends, and its margin.
    fn layout(&self) -> Option<Layout> {
        let first = self.token(0);
        let mut depth = 0_u32;
        let end = (0..).find(|ahead| {
            match self.peek(*ahead) {
                TokenKind::StrStart => depth += 1,
                TokenKind::StrEnd if depth == 0 => return true,
                TokenKind::StrEnd => depth -= 1,
                TokenKind::Eof => return true,
                _ => {}
            }
            false
        })?;
        let last = self.token(end.checked_sub(1)?);
        let close = self.token(end).lo;
        let text = |lo: u32, hi: u32| &self.text[lo as usize..hi as usize];

        let mut lo = first.lo;
        if first.kind == TokenKind::StrText {
            let start = text(first.lo, first.hi);
            lo += if start.starts_with('\n') {
                1
            } else if start.starts_with("\r\n") {
                2
            } else {
                0
            };
        }
        let mut layout = Layout { lo, hi: close, margin: 0 };
        if last.kind != TokenKind::StrText || last.hi != close {
            return Some(layout);
        }
        let tail = text(last.lo.max(first.lo), last.hi);
        let line = tail.rfind('\n').map_or(tail, |newline| &tail[newline + 1..]);
        let begins = last.hi - line.len() as u32;
        let own_line = line.len() < tail.len();
        if own_line && line.bytes().all(|byte| byte == b' ') {
            layout.margin = line.len();
            layout.hi = begins - 1;
            if self.text[..layout.hi as usize].ends_with('\r') && layout.hi > lo {
                layout.hi -= 1;
            }
            layout.hi = layout.hi.max(lo);
        }
        Some(layout)
    }

    /// `{expr}`, `{expr:spec}`
    fn interpolation(&mut self) -> StrPart {
        let lo = self.lo();
        let outside = std::mem::replace(&mut self.place, Place::Brackets);
        let opening = self.bump();
        let empty = self.at_any(&[TokenKind::InterpEnd, TokenKind::SpecColon]) && !self.closes_nothing_here();
        let expr = if empty {
            let here = Span::new(self.file, opening.lo, self.here().hi);
            self.error(error::empty_interpolation(here));
            self.error_expr()
        } else {
            self.expr()
        };
        let mut spec = None;
        if !self.at_any(&[TokenKind::InterpEnd, TokenKind::SpecColon]) {
            if !self.recovering && self.starts_expr() {
                self.value_behind_value();
            } else if !self.recovering {
                self.unexpected_here("`}` or `:`");
            }
            self.skip_to(&[TokenKind::SpecColon]);
        }
        if self.eat(TokenKind::SpecColon) {
            let recovering = std::mem::take(&mut self.recovering);
            spec = Some(self.string_parts(TokenKind::SpecText, None));
            self.recovering |= recovering;
        }
        self.expect_closing(TokenKind::InterpEnd);
        self.place = outside;
        StrPart::Value { expr: Box::new(expr), spec, span: self.span_from(lo) }
    }

    /// Whether the token here is missing in the text.
    fn closes_nothing_here(&self) -> bool {
        self.here().is_empty()
    }
}
