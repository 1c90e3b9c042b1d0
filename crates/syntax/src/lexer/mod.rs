//! Text to tokens, losing nothing.
//!
//! The tokens tile the file: each begins where the one before it ends, and trivia are tokens too. Three promises make
//! the parser simple:
//! - Blocks: `Indent` and `Dedent` are balanced, `Newline` ends a statement; inside brackets all three are absent.
//! - Brackets, strings and interpolations are balanced: what is missing in the text is added as a token without bytes,
//!   and reported here, so that the parser stays silent about it.
//! - An interpolated expression is lexed in place, so its spans are those of the file. A string is `StrStart`, then
//!   `StrText` and `InterpStart … [SpecColon (SpecText | InterpStart …)*] InterpEnd` in turn, then `StrEnd`.
//!
//! One pass, one stack of what is open; every step looks a bounded way back, so a file of any shape takes linear time.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of the many token kinds")]

mod line;
mod number;
mod string;
#[cfg(test)]
mod tests;

use tandem_source::{Diagnostic, FileId, Span};
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::error;
use crate::token::{Token, TokenKind};

/// The tokens of a file.
#[derive(Clone, Debug)]
pub struct Lexed {
    /// All tokens, trivia among them; the last is `Eof`.
    pub tokens: Vec<Token>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// From openings that are never closed to where they were taken to end: what the parser makes of them is guesswork.
    pub unclosed: Vec<Span>,
}

/// Lexes a file, which has no byte-order mark.
pub fn lex(file: FileId, text: &str) -> Lexed {
    Lexer::new(file, text).run()
}

/// How many errors of one file are kept.
pub(crate) const ERROR_LIMIT: usize = 200;

/// How many open brackets a closing one is compared with; beyond, it closes nothing.
const LOOK_BACK: usize = 64;

/// What is open at a point of the text, innermost last.
#[derive(Clone, Copy, Debug)]
struct Open {
    kind: OpenKind,
    /// Where it opens.
    lo: u32,
    /// Where the token that opens it ends.
    hi: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OpenKind {
    Paren,
    Bracket,
    /// `[` behind an operand: the `:` directly behind it, and `::` in it, belong to a slice.
    Index,
    Brace,
    /// A string, in its text.
    Str(Quote),
    /// The expression of an interpolation.
    Interp,
    /// The format spec of an interpolation.
    Spec,
}

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Quote {
    lines: Lines,
    content: Content,
}

/// `"` or `"""`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// Whether braces interpolate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Text,
    Bytes,
}

/// How much of the statement so far is a member path: only there may a call without parentheses begin with a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    Start,
    Name,
    Dot,
    Other,
}

/// Whether a `Newline` is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blank {
    Before,
    None,
}

struct Lexer<'s> {
    file: FileId,
    text: &'s str,
    bytes: &'s [u8],
    at: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
    unclosed: Vec<Span>,
    open: Vec<Open>,
    /// How many of `open` are interpolations or specs: a line cannot end in one.
    interpolations: usize,
    /// The index in `open` of the outermost of them.
    outermost: usize,
    /// How many `{` were taken for the beginning of a block: their `}` are not reported.
    block_braces: u32,
    indents: Vec<u32>,
    /// Where the current line starts.
    line_start: usize,
    /// Tabs in indentation, reported together.
    tabs: Vec<Span>,
    /// The last token that is no trivia.
    last: Option<Token>,
    blank: Blank,
    path: Path,
    /// The first token of the statement.
    first: Option<TokenKind>,
}

impl<'s> Lexer<'s> {
    fn new(file: FileId, text: &'s str) -> Self {
        Lexer {
            file,
            text,
            bytes: text.as_bytes(),
            at: 0,
            tokens: Vec::with_capacity(text.len() / 3 + 8),
            diagnostics: vec![],
            unclosed: vec![],
            open: vec![],
            interpolations: 0,
            outermost: 0,
            block_braces: 0,
            indents: vec![0],
            line_start: 0,
            tabs: vec![],
            last: None,
            blank: Blank::None,
            path: Path::Start,
            first: None,
        }
    }

    fn run(mut self) -> Lexed {
        self.line_begin();
        while self.at < self.bytes.len() {
            match self.open.last().map(|open| open.kind) {
                Some(OpenKind::Str(quote)) => self.string_text(quote),
                Some(OpenKind::Spec) => self.spec(),
                Some(OpenKind::Paren | OpenKind::Bracket | OpenKind::Index | OpenKind::Brace | OpenKind::Interp)
                | None => self.code(),
            }
        }
        self.end_of_file();
        self.report_tabs();
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span.lo);
        Lexed { tokens: self.tokens, diagnostics: self.diagnostics, unclosed: self.unclosed }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < ERROR_LIMIT {
            self.diagnostics.push(diagnostic);
        }
    }

    // ---- the text

    /// The byte `ahead` bytes from here; 0 behind the end.
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn starts_with(&self, text: &str) -> bool {
        self.bytes[self.at..].starts_with(text.as_bytes())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    fn starts_name(&self, at: usize) -> bool {
        at < self.text.len() && self.char_at(at).is_some_and(|c| c == '_' || is_xid_start(c))
    }

    /// Behind the name that starts at `at`.
    fn name_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.find(|c: char| !is_xid_continue(c)).unwrap_or(rest.len())
    }

    fn span(&self, lo: usize, hi: usize) -> Span {
        Span::new(self.file, lo as u32, hi as u32)
    }

    // ---- tokens

    /// Adds the token from the current place to `hi` and goes on behind it.
    fn push(&mut self, kind: TokenKind, hi: usize) {
        let token = Token { kind, lo: self.at as u32, hi: hi as u32 };
        self.at = hi;
        self.tokens.push(token);
        if kind.is_trivia() {
            self.blank = Blank::Before;
            return;
        }
        self.path = match (kind, self.path) {
            (TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::Semicolon, _) => Path::Start,
            (TokenKind::Colon | TokenKind::FatArrow, _) if self.open.is_empty() => Path::Start,
            (TokenKind::Name, Path::Start | Path::Dot) => Path::Name,
            (TokenKind::Int, Path::Dot) => Path::Name,
            (TokenKind::Dot, Path::Name) => Path::Dot,
            (_, Path::Start | Path::Name | Path::Dot | Path::Other) => Path::Other,
        };
        self.first = match kind {
            TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::Semicolon => None,
            _ => self.first.or(Some(kind)),
        };
        self.last = Some(token);
        self.blank = Blank::None;
    }

    fn last_kind(&self) -> Option<TokenKind> {
        self.last.map(|token| token.kind)
    }

    fn last_is_operand(&self) -> bool {
        self.last_kind().is_some_and(TokenKind::ends_operand)
    }

    fn open(&mut self, kind: OpenKind, token: TokenKind, length: usize) {
        let (lo, hi) = (self.at as u32, (self.at + length) as u32);
        if kind == OpenKind::Interp {
            if self.interpolations == 0 {
                self.outermost = self.open.len();
            }
            self.interpolations += 1;
        }
        self.push(token, hi as usize);
        self.open.push(Open { kind, lo, hi });
    }

    /// Closes the innermost opening with a token of `length` bytes; 0 if it is missing in the text.
    fn close(&mut self, length: usize) {
        let Some(open) = self.open.pop() else { return };
        let token = match open.kind {
            OpenKind::Paren => TokenKind::RParen,
            OpenKind::Bracket | OpenKind::Index => TokenKind::RBracket,
            OpenKind::Brace => TokenKind::RBrace,
            OpenKind::Str(_) => TokenKind::StrEnd,
            OpenKind::Interp | OpenKind::Spec => {
                self.interpolations -= 1;
                TokenKind::InterpEnd
            }
        };
        self.push(token, self.at + length);
    }

    // ---- code

    /// One token outside string text.
    fn code(&mut self) {
        let at = self.at;
        match self.bytes[at] {
            b' ' | b'\t' => {
                let blanks = self.bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                self.push(TokenKind::Whitespace, at + blanks);
            }
            b'\n' => self.line_end(1),
            b'\r' if self.peek(1) == b'\n' => self.line_end(2),
            b'#' => self.comment(),
            b'0'..=b'9' => self.number(),
            b'"' => self.string_start(0),
            b'\'' => self.raw_string(0),
            b'f' | b'b' if self.peek(1) == b'"' => self.string_start(1),
            b'f' | b'b' if self.peek(1) == b'\'' => self.raw_string(1),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name(),
            b':' => self.colon(),
            b'\\' => self.backslash(),
            b'(' => self.open(OpenKind::Paren, TokenKind::LParen, 1),
            b'[' if self.last_is_operand() => self.open(OpenKind::Index, TokenKind::LBracket, 1),
            b'[' => self.open(OpenKind::Bracket, TokenKind::LBracket, 1),
            b'{' if self.brace_begins_block() => {
                self.report(error::braces_for_block(self.span(at, at + 1)));
                self.block_braces += 1;
                self.push(TokenKind::Skipped, at + 1);
            }
            b'{' => self.open(OpenKind::Brace, TokenKind::LBrace, 1),
            b')' | b']' | b'}' => self.closing_bracket(),
            _ if self.starts_name(at) => self.name(),
            _ => self.operator(),
        }
    }

    fn name(&mut self) {
        let end = self.name_end(self.at);
        let member = matches!(self.last_kind(), Some(TokenKind::Dot | TokenKind::ColonColon));
        let keyword = TokenKind::keyword(&self.text[self.at..end]).filter(|_| !member);
        self.push(keyword.unwrap_or(TokenKind::Name), end);
    }

    /// `:`, `::` or a symbol.
    fn colon(&mut self) {
        let top = self.open.last().map(|open| open.kind);
        let double = self.peek(1) == b':';
        if top == Some(OpenKind::Interp) && !double {
            self.push(TokenKind::SpecColon, self.at + 1);
            if let Some(open) = self.open.last_mut() {
                open.kind = OpenKind::Spec;
            }
            return;
        }
        if double {
            let path = self.last_kind() == Some(TokenKind::Name) && self.starts_name(self.at + 2);
            let slice = top == Some(OpenKind::Index) && !self.last_is_upper();
            if top == Some(OpenKind::Interp) || path && !slice {
                return self.push(TokenKind::ColonColon, self.at + 2);
            }
            self.push(TokenKind::Colon, self.at + 1);
            return self.push(TokenKind::Colon, self.at + 1);
        }
        if self.starts_name(self.at + 1) && self.symbol_may_begin() {
            return self.push(TokenKind::Symbol, self.name_end(self.at + 1));
        }
        self.push(TokenKind::Colon, self.at + 1);
    }

    fn last_is_upper(&self) -> bool {
        self.last.and_then(|token| token.text(self.text).chars().next()).is_some_and(char::is_uppercase)
    }

    /// Whether a `:` directly before a name begins a symbol here.
    fn symbol_may_begin(&self) -> bool {
        let Some(last) = self.last_kind() else { return true };
        match last {
            TokenKind::Backslash => false,
            TokenKind::LBracket => self.open.last().is_none_or(|open| open.kind != OpenKind::Index),
            TokenKind::Else | TokenKind::Loop | TokenKind::In => self.blank == Blank::Before,
            // Only a call without parentheses has an operand behind an operand.
            kind if kind.ends_operand() => self.blank == Blank::Before && self.path == Path::Name,
            _ => true,
        }
    }

    /// `\` of a lambda, or of a continued line.
    fn backslash(&mut self) {
        let rest = &self.bytes[self.at + 1..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let newline = match rest[blanks..] {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            _ => return self.push(TokenKind::Backslash, self.at + 1),
        };
        if blanks > 0 {
            let blanks = self.span(self.at + 1, self.at + 1 + blanks);
            self.report(error::blanks_after_continuation(blanks));
        }
        self.push(TokenKind::Continuation, self.at + 1 + blanks + newline);
        self.line_start = self.at;
    }

    fn closing_bracket(&mut self) {
        let wanted: &[OpenKind] = match self.bytes[self.at] {
            b')' => &[OpenKind::Paren],
            b']' => &[OpenKind::Bracket, OpenKind::Index],
            _ => &[OpenKind::Brace, OpenKind::Interp, OpenKind::Spec],
        };
        let here = self.span(self.at, self.at + 1);
        let inner = self.open.iter().rev().take(LOOK_BACK);
        let mut inner = inner.take_while(|open| !matches!(open.kind, OpenKind::Str(_)));
        match inner.position(|open| wanted.contains(&open.kind)) {
            Some(0) => self.close(1),
            Some(missing) => {
                let unclosed = self.open[self.open.len() - 1];
                let opening = self.span(unclosed.lo as usize, unclosed.hi as usize);
                self.report(error::mismatched_bracket(here, opening, self.text));
                (0..missing).for_each(|_| self.close(0));
                self.close(1);
            }
            None if self.innermost_is_bracket() => {
                let unclosed = self.open[self.open.len() - 1];
                let opening = self.span(unclosed.lo as usize, unclosed.hi as usize);
                self.report(error::mismatched_bracket(here, opening, self.text));
                self.push(TokenKind::Skipped, self.at + 1);
                self.close(0);
            }
            None => {
                if self.bytes[self.at] == b'}' && self.block_braces > 0 {
                    self.block_braces -= 1;
                } else {
                    self.report(error::closes_nothing(here, self.text));
                }
                self.push(TokenKind::Skipped, self.at + 1);
            }
        }
    }

    fn innermost_is_bracket(&self) -> bool {
        let innermost = self.open.last().map(|open| open.kind);
        matches!(innermost, Some(OpenKind::Paren | OpenKind::Bracket | OpenKind::Index | OpenKind::Brace))
    }

    fn operator(&mut self) {
        let found = OPERATORS.iter().find(|kind| self.starts_with(kind.text()));
        if let Some(&kind) = found {
            return self.push(kind, self.at + kind.text().len());
        }
        let start = self.at;
        let first = self.char_at(start).unwrap_or('\0');
        let mut end = start + first.len_utf8();
        // A run of the same sort of character is one mistake.
        while let Some(next) = self.char_at(end) {
            if next != first && (next.is_ascii() || first.is_ascii() || self.starts_name(end)) {
                break;
            }
            end += next.len_utf8();
        }
        let span = self.span(start, end);
        self.report(if first.is_control() {
            error::control_character(span, first)
        } else {
            error::unexpected_character(span, first)
        });
        self.push(TokenKind::Skipped, end);
    }
}

/// Operators without brackets, `:` and `\`, longest first.
static OPERATORS: &[TokenKind] = {
    use TokenKind::*;
    &[
        StarStarEq,
        SlashSlashEq,
        ShlEq,
        ShrEq,
        DotDotEq,
        PlusPercent,
        MinusPercent,
        StarPercent,
        StarStar,
        SlashSlash,
        Shl,
        Shr,
        EqEq,
        NotEq,
        Le,
        Ge,
        PlusEq,
        MinusEq,
        StarEq,
        SlashEq,
        PercentEq,
        AmpEq,
        PipeEq,
        CaretEq,
        Arrow,
        FatArrow,
        DotDot,
        Coalesce,
        Plus,
        Minus,
        Star,
        Slash,
        Percent,
        Amp,
        Pipe,
        Caret,
        Tilde,
        Lt,
        Gt,
        Eq,
        Comma,
        Dot,
        Semicolon,
        Question,
        Bang,
        At,
    ]
};
