//! Reporting, and going on after a mistake.

use tandem_source::Diagnostic;

use super::Parser;
use crate::error;
use crate::lexer::ERROR_LIMIT;
use crate::token::TokenKind;

impl Parser<'_> {
    /// Reports a mistake after which the parser cannot know what was meant, and begins recovery.
    ///
    /// Where a closing bracket is missing the lexer has reported it, and this says nothing.
    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        let token = self.token(0);
        let missing = token.lo == token.hi && token.kind.is_closing();
        if !missing {
            self.report(diagnostic);
        }
        self.recovering = true;
    }

    /// Reports a mistake that is understood: parsing goes on as if the right thing stood there.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let again = self.diagnostics.last().is_some_and(|last| last.span.lo == diagnostic.span.lo);
        if !self.recovering && !self.stopped && !again && self.diagnostics.len() < ERROR_LIMIT {
            self.diagnostics.push(diagnostic);
        }
    }

    /// `wanted` is due here and something else stands here.
    pub(super) fn unexpected_here(&mut self, wanted: &str) {
        let found = self.found();
        self.error(error::expected(self.here(), wanted, &found));
    }

    /// Consumes `kind`, or reports that it is missing.
    pub(super) fn expect(&mut self, kind: TokenKind) -> bool {
        let found = self.eat(kind);
        if !found {
            self.unexpected_here(&kind.describe());
        }
        found
    }

    /// Consumes the closing bracket `close`, and what stands before it by mistake; that ends recovery.
    pub(super) fn expect_closing(&mut self, close: TokenKind) {
        if !self.at(close) {
            if !self.recovering {
                let found = self.found();
                let wanted = format!("`,` or {}", close.describe());
                self.error(error::expected(self.here(), &wanted, &found));
            }
            self.skip_to(&[close]);
        }
        if self.eat(close) && !self.stopped {
            self.recovering = false;
        }
    }

    /// Skips tokens up to one of `stops`, to the end of the line or to an unmatched closing bracket; brackets that
    /// open on the way are skipped with what they hold.
    pub(super) fn skip_to(&mut self, stops: &[TokenKind]) {
        let mut depth = 0_u32;
        self.taken = 0;
        loop {
            let kind = self.kind();
            let end = matches!(kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::Eof);
            if end || depth == 0 && (stops.contains(&kind) || kind.is_closing()) {
                return;
            }
            if kind.closing().is_some() {
                depth += 1;
            } else if kind.is_closing() {
                depth -= 1;
            }
            self.bump();
        }
    }

    /// Skips the rest of a statement, with the end of its line; what is indented below stays.
    pub(super) fn skip_statement(&mut self) {
        loop {
            self.skip_to(&[]);
            // A closing bracket that opened nowhere in this statement.
            if !self.kind().is_closing() {
                break;
            }
            self.bump();
        }
        self.eat(TokenKind::Newline);
        self.recovering = self.stopped;
    }
}
