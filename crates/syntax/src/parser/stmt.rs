//! Statements that have lines or blocks of their own, and the blocks.

use tandem_source::Span;

use super::{Parser, Place};
use crate::ast::{Block, Contract, ContractClause, ContractKind, Ident, Stmt, StmtKind};
use crate::error;
use crate::token::TokenKind;

/// Whether a statement stands at the top of its module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Module,
    Block,
}

impl Parser<'_> {
    pub(super) fn module_body(&mut self) -> Vec<Stmt> {
        let mut stmts = vec![];
        while !self.at(TokenKind::Eof) {
            self.line(Level::Module, &mut stmts);
        }
        stmts
    }

    /// The statements of a line, with their blocks.
    fn line(&mut self, level: Level, out: &mut Vec<Stmt>) {
        if self.at(TokenKind::Indent) {
            self.report_indentation();
            self.indented_lines(level, out);
            return;
        }
        if self.at(TokenKind::Dedent) && level == Level::Module {
            self.bump();
            return;
        }
        loop {
            let before = self.at;
            let stmt = self.statement(level);
            out.push(stmt);
            if !self.at(TokenKind::Semicolon) || self.closed() || self.recovering {
                break;
            }
            self.bump();
            while self.at(TokenKind::Semicolon) {
                self.report(error::empty_statement(self.here()));
                self.bump();
            }
            if self.at_any(&[TokenKind::Newline, TokenKind::Eof]) || self.at == before {
                break;
            }
        }
        let failed = self.finish_statement_line();
        if failed && self.at(TokenKind::Indent) {
            // The block of a header that could not be read.
            self.indented_lines(level, out);
        }
    }

    fn report_indentation(&mut self) {
        let continues = matches!(
            self.peek(1),
            TokenKind::Dot | TokenKind::Plus | TokenKind::And | TokenKind::Or | TokenKind::Star | TokenKind::Slash
        );
        let next = self.token(1);
        let span = Span::new(self.file, next.lo, next.hi);
        self.report(error::unexpected_indentation(span, continues));
        // What continues the line before is no statement of its own.
        self.recovering |= continues;
    }

    /// Lines that are indented for no reason, up to the end of their block.
    fn indented_lines(&mut self, level: Level, out: &mut Vec<Stmt>) {
        self.bump();
        if !self.enter() {
            return;
        }
        if self.recovering {
            self.skip_statement();
        }
        while !self.at_any(&[TokenKind::Dedent, TokenKind::Eof]) {
            self.line(level, out);
        }
        self.leave();
        self.eat(TokenKind::Dedent);
    }

    /// A statement, without the end of its line.
    pub(super) fn statement(&mut self, level: Level) -> Stmt {
        let lo = self.lo();
        let kind = self.compound(level).unwrap_or_else(|| self.simple());
        Stmt { kind, span: self.span_from(lo) }
    }

    /// A statement that may have a block; none if a simple one stands here.
    fn compound(&mut self, level: Level) -> Option<StmtKind> {
        Some(match self.kind() {
            TokenKind::If => StmtKind::Expr(self.if_expr()),
            TokenKind::Match => StmtKind::Expr(self.match_expr()),
            TokenKind::Loop => StmtKind::Expr(self.loop_expr(None)),
            TokenKind::With => StmtKind::Expr(self.with_expr()),
            TokenKind::While => self.while_stmt(None),
            TokenKind::For => self.for_stmt(None),
            TokenKind::In if self.peek(1) == TokenKind::Colon => {
                self.bump();
                self.contract(ContractKind::In, "in")
            }
            TokenKind::Defer => self.defer(level),
            TokenKind::Else | TokenKind::Elif => {
                let word = self.kind().text();
                self.error(error::belongs_to_nothing(self.here(), word));
                StmtKind::Error
            }
            TokenKind::Name => return self.compound_by_word(level),
            _ => return self.item(level),
        })
    }

    /// Statements that begin with a word which is special only in its place.
    fn compound_by_word(&mut self, level: Level) -> Option<StmtKind> {
        if self.peek(1) == TokenKind::Colon
            && matches!(self.peek(2), TokenKind::For | TokenKind::While | TokenKind::Loop)
        {
            return Some(self.labelled_loop());
        }
        match self.token_text(0) {
            "receive" if self.peek(1) == TokenKind::Colon => Some(StmtKind::Expr(self.receive())),
            "out" => self.result_contract("out"),
            "out_err" => self.result_contract("out_err"),
            _ => self.item(level).or_else(|| self.foreign_statement(level)),
        }
    }

    fn labelled_loop(&mut self) -> StmtKind {
        let label = Some(self.ident("a label"));
        self.bump();
        match self.kind() {
            TokenKind::For => self.for_stmt(label),
            TokenKind::While => self.while_stmt(label),
            _ => StmtKind::Expr(self.loop_expr(label)),
        }
    }

    fn defer(&mut self, level: Level) -> StmtKind {
        let header = self.here();
        self.bump();
        if self.at(TokenKind::Colon) {
            return StmtKind::Defer(self.block_after_colon("`defer`", header));
        }
        if !self.enter() {
            return StmtKind::Error;
        }
        let stmt = self.statement(if level == Level::Module { Level::Block } else { level });
        self.leave();
        let span = stmt.span;
        StmtKind::Defer(Block { stmts: vec![stmt], span })
    }

    // ---- contracts

    /// `out(ret):`, `out:`, `out_err(e):`; none if the word is an ordinary name here.
    fn result_contract(&mut self, word: &'static str) -> Option<StmtKind> {
        let named = self.peek(1) == TokenKind::LParen
            && self.peek(2) == TokenKind::Name
            && self.peek(3) == TokenKind::RParen
            && self.peek(4) == TokenKind::Colon;
        let plain = self.peek(1) == TokenKind::Colon && self.peek(2) == TokenKind::Newline;
        if !named && !plain {
            return None;
        }
        self.bump();
        let mut name = None;
        if named {
            self.bump();
            name = Some(self.ident("a name"));
            self.bump();
        }
        Some(self.contract(if word == "out" { ContractKind::Out(name) } else { ContractKind::OutErr(name) }, word))
    }

    /// The conditions behind the header of a contract, which is consumed up to its colon.
    fn contract(&mut self, kind: ContractKind, word: &str) -> StmtKind {
        StmtKind::Contract(self.contract_clauses(kind, word))
    }

    pub(super) fn contract_clauses(&mut self, kind: ContractKind, word: &str) -> Contract {
        let header = self.span_from(self.previous_hi - word.len().min(self.previous_hi as usize) as u32);
        let mut clauses = vec![];
        self.expect(TokenKind::Colon);
        if !self.at(TokenKind::Newline) {
            self.error(error::clauses_on_the_line(self.here(), word));
            return Contract { kind, clauses };
        }
        self.lines(header, |parser| {
            let condition = parser.expr();
            let message = parser.eat(TokenKind::Comma).then(|| parser.expr());
            parser.finish_statement();
            clauses.push(ContractClause { condition, message });
        });
        Contract { kind, clauses }
    }

    // ---- blocks

    /// The `:` behind a header. False if none can be found; the parser then stands at the end of a statement.
    pub(super) fn colon(&mut self, owner: &str) -> bool {
        if self.recovering {
            self.find_block();
        }
        if self.eat(TokenKind::Colon) {
            return true;
        }
        let block_follows = self.at(TokenKind::Newline) && self.peek(1) == TokenKind::Indent;
        if block_follows {
            self.report(error::missing_colon(self.behind(), owner));
            return true;
        }
        if self.at(TokenKind::LBrace) {
            self.error(error::braces_for_block(self.here()));
        } else if self.at(TokenKind::Newline) {
            self.error(error::missing_colon(self.behind(), owner));
        } else {
            self.unexpected_here(&format!("`:` behind {owner}"));
        }
        self.find_block();
        self.eat(TokenKind::Colon) || self.at(TokenKind::Newline) && self.peek(1) == TokenKind::Indent
    }

    /// Skips to the colon at the end of the line, or to the end of the line; that ends recovery if a block follows.
    fn find_block(&mut self) {
        while !self.at_any(&[TokenKind::Newline, TokenKind::Eof]) {
            self.skip_to(&[TokenKind::Colon]);
            if self.at(TokenKind::Colon) && self.peek(1) == TokenKind::Newline {
                break;
            }
            if self.at_any(&[TokenKind::Newline, TokenKind::Eof, TokenKind::Indent, TokenKind::Dedent]) {
                break;
            }
            if self.place == Place::Brackets && self.kind().is_closing() {
                return;
            }
            self.bump();
        }
        let colon = usize::from(self.at(TokenKind::Colon));
        if self.peek(colon) == TokenKind::Newline && self.peek(colon + 1) == TokenKind::Indent {
            self.recovering = self.stopped;
        }
    }

    /// `:` and a block.
    pub(super) fn block_after_colon(&mut self, owner: &str, header: Span) -> Block {
        if self.colon(owner) { self.block(header) } else { Block { stmts: vec![], span: self.behind() } }
    }

    /// What stands behind a `:` or `=>`: an indented block, or simple statements on the line.
    pub(super) fn block(&mut self, header: Span) -> Block {
        if self.at(TokenKind::Newline) {
            return self.indented_block(header);
        }
        if !self.enter() {
            return Block { stmts: vec![], span: self.behind() };
        }
        let mut stmts = vec![];
        loop {
            let lo = self.lo();
            let kind = self.inline_statement();
            stmts.push(Stmt { kind, span: self.span_from(lo) });
            if self.closed() || self.recovering || !self.eat(TokenKind::Semicolon) {
                break;
            }
            if self.at_any(&[TokenKind::Newline, TokenKind::Eof]) {
                break;
            }
        }
        self.leave();
        let span = stmts.first().map_or(self.behind(), |first| self.span_from(first.span.lo));
        Block { stmts, span }
    }

    /// A statement behind the `:` of another.
    fn inline_statement(&mut self) -> StmtKind {
        match self.kind() {
            TokenKind::Defer => self.defer(Level::Block),
            TokenKind::For | TokenKind::While | TokenKind::With | TokenKind::Struct | TokenKind::Class => {
                self.not_inline()
            }
            TokenKind::Fn | TokenKind::Enum | TokenKind::Trait | TokenKind::Impl | TokenKind::Use | TokenKind::Pub => {
                self.not_inline()
            }
            _ => self.simple(),
        }
    }

    fn not_inline(&mut self) -> StmtKind {
        self.error(error::only_simple_statements(self.here(), self.kind().text()));
        StmtKind::Error
    }

    /// The block behind a `:` at the end of a line.
    pub(super) fn indented_block(&mut self, header: Span) -> Block {
        let mut stmts = vec![];
        self.lines(header, |parser| parser.line(Level::Block, &mut stmts));
        let span = stmts.first().map_or(self.behind(), |first: &Stmt| self.span_from(first.span.lo));
        Block { stmts, span }
    }

    /// Indented lines, each read by `line`, behind the end of the header's line.
    pub(super) fn lines(&mut self, header: Span, mut line: impl FnMut(&mut Self)) {
        self.eat(TokenKind::Newline);
        if !self.at(TokenKind::Indent) {
            let place = self.here().start();
            self.report(error::expected_block(place, header));
            // The header's line has ended, and with it what would have to end.
            self.previous = Some(TokenKind::Dedent);
            return;
        }
        self.bump();
        if self.at(TokenKind::Dedent) {
            // The line holds a `\` only.
            self.report(error::expected_block(self.here().start(), header));
        }
        let outside = std::mem::replace(&mut self.place, Place::Line);
        // A block costs later stages more than an operator does.
        if self.enter() {
            if self.enter() {
                while !self.at_any(&[TokenKind::Dedent, TokenKind::Eof]) {
                    let before = self.at;
                    if self.at(TokenKind::Indent) {
                        self.indented_by_mistake(&mut line);
                    } else {
                        line(self);
                    }
                    if self.at == before && !self.at(TokenKind::Eof) {
                        self.recovering = true;
                        self.finish_statement();
                    }
                }
                self.leave();
            }
            self.leave();
        }
        self.place = outside;
        self.eat(TokenKind::Dedent);
    }

    fn indented_by_mistake(&mut self, line: &mut impl FnMut(&mut Self)) {
        self.report_indentation();
        self.bump();
        if self.recovering {
            self.skip_statement();
        }
        let mut depth = 1;
        while depth > 0 && !self.at(TokenKind::Eof) {
            match self.kind() {
                TokenKind::Indent => {
                    depth += 1;
                    self.bump();
                }
                TokenKind::Dedent => {
                    depth -= 1;
                    self.bump();
                }
                _ => line(self),
            }
        }
    }

    // ---- the end of a statement

    /// The end of a statement's line. What is indented below a line that failed is read by [`Self::line`].
    fn finish_statement_line(&mut self) -> bool {
        if self.closed() && !self.recovering {
            return false;
        }
        if !self.recovering && self.at_any(&[TokenKind::Newline, TokenKind::Eof]) {
            self.eat(TokenKind::Newline);
            return false;
        }
        if !self.recovering {
            self.report_expected_end();
        }
        self.skip_statement();
        true
    }

    /// The end of an arm, clause or member; what is indented below one that failed is skipped.
    pub(super) fn finish_statement(&mut self) {
        let failed = self.finish_statement_line();
        if failed && self.at(TokenKind::Indent) {
            self.skip_block();
        }
    }

    fn skip_block(&mut self) {
        let mut depth = 0_u32;
        loop {
            match self.bump().kind {
                TokenKind::Indent => depth += 1,
                TokenKind::Dedent => depth -= 1,
                TokenKind::Eof => return,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn report_expected_end(&mut self) {
        let here = self.here();
        match self.kind() {
            TokenKind::LBrace => self.error(error::call_needs_parentheses(here, "`{`")),
            kind if super::expr::starts_expr(kind) => self.value_behind_value(),
            _ => {
                let found = self.found();
                self.error(error::expected_end(here, &found));
            }
        }
    }

    /// The name of a label if one that is in scope stands here alone.
    pub(super) fn known_label(&mut self) -> Option<Ident> {
        let ends = matches!(
            self.peek(1),
            TokenKind::Newline | TokenKind::Semicolon | TokenKind::Eof | TokenKind::RParen | TokenKind::Else
        );
        let known = self.at(TokenKind::Name) && ends && self.labels.iter().any(|label| label == self.token_text(0));
        known.then(|| self.ident("a label"))
    }
}
