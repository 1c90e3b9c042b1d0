//! Tokens to tree, by recursive descent.
//!
//! The parser never fails: every function gives a node, which is `Error` where nothing fits. The first mistake of a
//! phrase is reported and puts the parser into *recovery*, in which it reports nothing and consumes only what it
//! expects; [`recover`] ends it at the closing bracket or at the end of the statement. The lexer has balanced
//! brackets and blocks, so both are easy to find.
//!
//! Depth: [`Parser::enter`] counts nesting, [`Parser::push_down`] what a chain such as `a + b + c` adds above its first
//! operand. No tree is deeper than a small multiple of [`DEPTH_LIMIT`], so every later stage may recurse over it.
#![allow(clippy::wildcard_enum_match_arm, reason = "questions about a few of the many token kinds")]

mod atom;
mod control;
mod expr;
mod habit;
mod item;
mod member;
mod pattern;
mod postfix;
mod recover;
mod simple;
mod stmt;
mod string;
#[cfg(test)]
mod tests;
mod ty;

use rustc_hash::{FxHashMap, FxHashSet};
use tandem_source::{Diagnostic, FileId, Span};

use crate::ast::{Expr, ExprKind, Ident, Module};
use crate::error;
use crate::lexer::{self, ERROR_LIMIT};
use crate::token::{Class, Token, TokenKind};

/// How deeply brackets, blocks and operators nest.
pub const DEPTH_LIMIT: u32 = 256;

/// What parsing gives.
#[derive(Debug)]
pub struct Parsed {
    /// The tree, with `Error` nodes where something was unreadable.
    pub module: Module,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What parsing one expression gives.
#[derive(Debug)]
pub struct ParsedExpression {
    /// The expression.
    pub expr: Expr,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a file; `text` has no byte-order mark.
pub fn parse(file: FileId, text: &str) -> Parsed {
    let mut parser = Parser::new(file, text);
    let body = parser.module_body();
    parser.report_foreign_literals();
    Parsed { module: Module { file, body }, diagnostics: parser.finish() }
}

/// Parses text that is one expression, for `-c` and `eval`.
pub fn parse_expression(file: FileId, text: &str) -> ParsedExpression {
    let mut parser = Parser::new(file, text);
    let expr = parser.whole_expression();
    ParsedExpression { expr, diagnostics: parser.finish() }
}

/// A token that the parser sees.
#[derive(Clone, Copy, Debug)]
struct Tok {
    kind: TokenKind,
    lo: u32,
    hi: u32,
    gap: Gap,
    /// Its index among all tokens.
    index: u32,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Blank,
}

/// Whether expressions stand in brackets, where lines do not end and blocks cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Line,
    Brackets,
}

struct Parser<'s> {
    file: FileId,
    text: &'s str,
    /// All tokens, for documentation comments.
    all: Vec<Token>,
    tokens: Vec<Tok>,
    at: usize,
    /// How many bytes of the current token are consumed: `>>` may close two lists of types.
    taken: u32,
    /// The last consumed token.
    previous: Option<TokenKind>,
    /// Where the last consumed token that is not layout begins.
    previous_lo: u32,
    /// Where it ends.
    previous_hi: u32,
    lexical: Vec<Diagnostic>,
    unclosed: Vec<Span>,
    diagnostics: Vec<Diagnostic>,
    recovering: bool,
    /// Set when the depth limit was hit: the rest of the file is not read.
    stopped: bool,
    depth: u32,
    /// The greatest depth reached since it was last reset.
    peak: u32,
    place: Place,
    /// Labels of the loops around, innermost last.
    labels: Vec<String>,
    /// Words such as `null`, used as names, with their places.
    foreign: Vec<Span>,
    /// Those of them that the module declares.
    declared: FxHashSet<String>,
    /// Whether the file declares a statement word of another language, where that was asked.
    declared_words: FxHashMap<&'s str, bool>,
}

/// A point to which the parser can return.
struct Mark {
    at: usize,
    taken: u32,
    previous: Option<TokenKind>,
    previous_lo: u32,
    previous_hi: u32,
    diagnostics: usize,
    foreign: usize,
    recovering: bool,
    stopped: bool,
    depth: u32,
    peak: u32,
}

impl<'s> Parser<'s> {
    fn new(file: FileId, text: &'s str) -> Self {
        let lexed = lexer::lex(file, text);
        let mut tokens = Vec::with_capacity(lexed.tokens.len());
        let mut gap = Gap::None;
        for (index, token) in lexed.tokens.iter().enumerate() {
            if token.kind.is_trivia() {
                gap = Gap::Blank;
                continue;
            }
            tokens.push(Tok { kind: token.kind, lo: token.lo, hi: token.hi, gap, index: index as u32 });
            gap = Gap::None;
        }
        Parser {
            file,
            text,
            all: lexed.tokens,
            tokens,
            at: 0,
            taken: 0,
            previous: None,
            previous_lo: 0,
            previous_hi: 0,
            lexical: lexed.diagnostics,
            unclosed: lexed.unclosed,
            diagnostics: vec![],
            recovering: false,
            stopped: false,
            depth: 0,
            peak: 0,
            place: Place::Line,
            labels: vec![],
            foreign: vec![],
            declared: FxHashSet::default(),
            declared_words: FxHashMap::default(),
        }
    }

    fn whole_expression(&mut self) -> Expr {
        let expr = self.expr();
        if self.at(TokenKind::Newline) {
            self.bump();
        }
        if !self.at(TokenKind::Eof) {
            self.unexpected_here("the end of the expression");
        }
        expr
    }

    // ---- tokens

    /// The token `ahead` places from here; behind the end, `Eof`.
    fn token(&self, ahead: usize) -> Tok {
        self.tokens[(self.at + ahead).min(self.tokens.len() - 1)]
    }

    fn kind(&self) -> TokenKind {
        let kind = self.token(0).kind;
        if self.taken == 0 { kind } else { remainder(kind, self.taken) }
    }

    fn peek(&self, ahead: usize) -> TokenKind {
        self.token(ahead).kind
    }

    fn at(&self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    fn at_any(&self, kinds: &[TokenKind]) -> bool {
        kinds.contains(&self.kind())
    }

    /// Whether the contextual keyword `word` stands here.
    fn at_word(&self, word: &str) -> bool {
        self.at(TokenKind::Name) && self.token_text(0) == word
    }

    fn token_text(&self, ahead: usize) -> &'s str {
        let token = self.token(ahead);
        &self.text[token.lo as usize..token.hi as usize]
    }

    fn spaced(&self, ahead: usize) -> bool {
        self.token(ahead).gap == Gap::Blank
    }

    fn bump(&mut self) -> Tok {
        let mut token = self.token(0);
        token.lo += self.taken;
        token.kind = self.kind();
        self.taken = 0;
        self.previous = Some(token.kind);
        if !token.kind.is_layout() {
            self.previous_lo = token.lo;
            self.previous_hi = token.hi;
        }
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
        token
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    /// Consumes the `>` with which the current token begins.
    fn eat_greater(&mut self) -> bool {
        match self.kind() {
            TokenKind::Gt => {
                self.bump();
            }
            TokenKind::Shr | TokenKind::Ge | TokenKind::ShrEq => {
                self.taken += 1;
                self.previous = Some(TokenKind::Gt);
                self.previous_hi = self.token(0).lo + self.taken;
            }
            _ => return false,
        }
        true
    }

    /// Whether a block has just ended, and with it the expression or statement to which it belongs.
    fn closed(&self) -> bool {
        self.previous == Some(TokenKind::Dedent)
    }

    // ---- places

    /// Where the current token begins.
    fn lo(&self) -> u32 {
        self.token(0).lo + self.taken
    }

    /// The current token; of layout the place where it stands, so that a message shows one line.
    fn here(&self) -> Span {
        let token = self.token(0);
        let hi = if token.kind.is_layout() { token.lo } else { token.hi };
        Span::new(self.file, token.lo + self.taken, hi)
    }

    fn span_at(&self, ahead: usize) -> Span {
        let token = self.token(ahead);
        Span::new(self.file, token.lo, token.hi)
    }

    /// From `lo` to the end of what was consumed.
    fn span_from(&self, lo: u32) -> Span {
        Span::new(self.file, lo, self.previous_hi.max(lo))
    }

    /// The empty place behind what was consumed.
    fn behind(&self) -> Span {
        Span::new(self.file, self.previous_hi, self.previous_hi)
    }

    fn source(&self, span: Span) -> &'s str {
        &self.text[span.lo as usize..span.hi as usize]
    }

    /// The current token as a message names it.
    fn found(&self) -> String {
        let kind = self.kind();
        match (kind, kind.class()) {
            (TokenKind::Name | TokenKind::Symbol | TokenKind::Int | TokenKind::Float, _) => {
                let text: String = self.token_text(0).chars().take(40).collect();
                format!("`{text}`")
            }
            (_, Class::Keyword | Class::Operator | Class::Literal | Class::Layout | Class::Trivia) => kind.describe(),
        }
    }

    // ---- names

    /// A name in the role of `role` ("a parameter"): the name it declares.
    fn ident(&mut self, role: &str) -> Ident {
        let span = self.here();
        if self.at(TokenKind::Name) {
            self.bump();
            let name = self.source(span).to_string();
            if habit::foreign_literal(&name).is_some() {
                self.declared.insert(name.clone());
            }
            return Ident { name, span };
        }
        if self.kind().class() == Class::Keyword {
            self.report(error::reserved_word(span, self.kind().text(), role));
            let name = self.kind().text().to_string();
            self.bump();
            return Ident { name, span };
        }
        let found = self.found();
        self.error(error::expected(span, role, &found));
        Ident { name: String::new(), span: span.start() }
    }

    // ---- depth

    /// One level deeper; false, and the parser stops, past the limit. Each `true` is answered by a [`Self::leave`].
    fn enter(&mut self) -> bool {
        if self.depth >= DEPTH_LIMIT {
            self.stop_too_deep();
            return false;
        }
        self.depth += 1;
        self.peak = self.peak.max(self.depth);
        true
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Runs `parse`, of which the result may be pushed down by what follows it.
    fn chain<T>(&mut self, parse: impl FnOnce(&mut Self) -> T) -> T {
        let outside = std::mem::replace(&mut self.peak, self.depth);
        let result = parse(self);
        self.peak = self.peak.max(outside);
        result
    }

    /// What was parsed in this chain moves one level down; false, and the parser stops, past the limit.
    fn push_down(&mut self) -> bool {
        if self.peak >= DEPTH_LIMIT {
            self.stop_too_deep();
            return false;
        }
        self.peak += 1;
        true
    }

    fn stop_too_deep(&mut self) {
        if self.stopped {
            return;
        }
        self.report(error::too_deep(self.here(), DEPTH_LIMIT));
        self.stopped = true;
        self.recovering = true;
        self.at = self.tokens.len() - 1;
        self.taken = 0;
    }

    // ---- trial

    fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            taken: self.taken,
            previous: self.previous,
            previous_lo: self.previous_lo,
            previous_hi: self.previous_hi,
            diagnostics: self.diagnostics.len(),
            foreign: self.foreign.len(),
            recovering: self.recovering,
            stopped: self.stopped,
            depth: self.depth,
            peak: self.peak,
        }
    }

    fn reset(&mut self, mark: &Mark) {
        self.at = mark.at;
        self.taken = mark.taken;
        self.previous = mark.previous;
        self.previous_lo = mark.previous_lo;
        self.previous_hi = mark.previous_hi;
        self.diagnostics.truncate(mark.diagnostics);
        self.foreign.truncate(mark.foreign);
        self.recovering = mark.recovering;
        self.stopped = mark.stopped;
        self.depth = mark.depth;
        self.peak = mark.peak;
    }

    /// Whether anything has gone wrong since `mark`.
    fn failed_since(&self, mark: &Mark) -> bool {
        self.diagnostics.len() > mark.diagnostics || self.recovering
    }

    // ---- the end

    /// All diagnostics in order; what the parser says about a line on which the lexer found a mistake is dropped.
    fn finish(mut self) -> Vec<Diagnostic> {
        if !self.lexical.is_empty() && !self.diagnostics.is_empty() {
            let starts: Vec<u32> =
                std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
            let line = |diagnostic: &Diagnostic| starts.partition_point(|start| *start <= diagnostic.span.lo);
            let spoilt: FxHashSet<usize> = self.lexical.iter().map(line).collect();
            let unclosed = |at: u32| self.unclosed.iter().any(|span| span.lo <= at && at <= span.hi);
            self.diagnostics.retain(|diagnostic| !spoilt.contains(&line(diagnostic)) && !unclosed(diagnostic.span.lo));
        }
        self.lexical.append(&mut self.diagnostics);
        self.lexical.sort_by_key(|diagnostic| diagnostic.span.lo);
        self.lexical.truncate(ERROR_LIMIT);
        self.lexical
    }

    fn error_expr(&self) -> Expr {
        Expr { kind: ExprKind::Error, span: self.here().start() }
    }
}

/// What is left of an operator whose first `taken` bytes, all `>`, are consumed.
fn remainder(kind: TokenKind, taken: u32) -> TokenKind {
    match (kind, taken) {
        (TokenKind::Shr, _) => TokenKind::Gt,
        (TokenKind::ShrEq, 1) => TokenKind::Ge,
        (TokenKind::Ge | TokenKind::ShrEq, _) => TokenKind::Eq,
        _ => kind,
    }
}
