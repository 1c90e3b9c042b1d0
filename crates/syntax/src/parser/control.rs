//! `if`, `match`, `loop`, `receive`, `with`, `while`, `for`: statements with blocks, some of them expressions too.

use tandem_source::Span;

use super::pattern::Typed;
use super::{Parser, Place};
use crate::ast::{ArmStyle, Block, Condition, Expr, ExprKind, Ident, If, MatchArm, Stmt, StmtKind, With};
use crate::error;
use crate::token::TokenKind;

impl Parser<'_> {
    /// `if c: … elif …: … else: …`, a statement or an expression.
    pub(super) fn if_expr(&mut self) -> Expr {
        let lo = self.lo();
        // In a block on the line of a `:` an `else` on the next line belongs to what stands around.
        let own_lines = self.at == 0
            || matches!(self.previous, Some(previous) if previous != TokenKind::Colon && previous != TokenKind::FatArrow);
        self.bump();
        let mut branches = vec![];
        let mut otherwise = None;
        loop {
            let condition = self.condition();
            let header = self.span_from(lo);
            branches.push((condition, self.block_after_colon("the condition", header)));
            let next_line = own_lines
                && self.at(TokenKind::Newline)
                && matches!(self.peek(1), TokenKind::Elif | TokenKind::Else)
                && !self.closed();
            if next_line {
                self.bump();
            }
            if self.eat(TokenKind::Elif) || self.eat_else_if() {
                continue;
            }
            let header = self.here();
            if self.eat(TokenKind::Else) {
                otherwise = Some(self.block_after_colon("`else`", header));
            }
            break;
        }
        self.node(lo, ExprKind::If(Box::new(If { branches, otherwise })))
    }

    /// `else if` and `elseif`, reported and read as `elif`.
    fn eat_else_if(&mut self) -> bool {
        let lo = self.lo();
        let joined = ["elseif", "elsif", "elsef"].iter().any(|word| self.at_word(word)) && self.closed();
        if joined {
            self.bump();
        } else if self.at(TokenKind::Else) && self.peek(1) == TokenKind::If {
            self.bump();
            self.bump();
        } else {
            return false;
        }
        self.report(error::else_if(self.span_from(lo)));
        true
    }

    /// What stands behind `if`, `elif`, `while`.
    fn condition(&mut self) -> Condition {
        if self.eat(TokenKind::Let) {
            let pattern = self.pattern(Typed::Allowed);
            self.expect(TokenKind::Eq);
            return Condition::Let { pattern, value: self.expr() };
        }
        let condition = self.expr();
        if self.at(TokenKind::Eq) && !self.recovering {
            self.report(error::assignment_in_condition(self.here()));
            self.bump();
            self.expr();
        } else if self.at(TokenKind::FatArrow) {
            self.error(error::foreign_operator(self.here(), "=>", ">="));
        }
        Condition::Expr(condition)
    }

    /// `match e:` and its arms.
    pub(super) fn match_expr(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let scrutinee = Box::new(self.expr());
        let mut arms = vec![];
        self.lines_after_colon("match", lo, |parser| arms.extend(parser.arm()));
        self.node(lo, ExprKind::Match { scrutinee, arms })
    }

    /// `receive:` with arms and `after ms:`.
    pub(super) fn receive(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let (mut arms, mut after) = (vec![], None);
        self.lines_after_colon("receive", lo, |parser| {
            if !parser.at_word("after") || parser.peek(1) == TokenKind::FatArrow {
                arms.extend(parser.arm());
                return;
            }
            let header = parser.lo();
            parser.bump();
            let time = parser.expr();
            let body = parser.block_after_colon("the time", parser.span_from(header));
            parser.finish_statement();
            after = Some(Box::new((time, body)));
        });
        self.node(lo, ExprKind::Receive { arms, after })
    }

    /// `:` and lines of their own, each read by `line`.
    fn lines_after_colon(&mut self, word: &str, lo: u32, line: impl FnMut(&mut Self)) {
        let header = self.span_from(lo);
        if self.place == Place::Brackets {
            self.error(error::block_in_brackets(Span::new(self.file, lo, header.lo + word.len() as u32), word));
            return;
        }
        let colon = self.colon("the header");
        if !colon {
            return;
        }
        if !self.at(TokenKind::Newline) {
            self.error(error::arms_on_the_line(self.here(), word));
            return;
        }
        self.lines(header, line);
    }

    /// `case p if c: body`, `p if c => body`.
    fn arm(&mut self) -> Option<MatchArm> {
        let lo = self.lo();
        let case = self.at_word("case") && self.peek(1) != TokenKind::FatArrow;
        let style = if case { ArmStyle::Case } else { ArmStyle::Arrow };
        if case {
            self.bump();
        }
        let pattern = self.pattern(if case { Typed::Excluded } else { Typed::Allowed });
        let guard = self.eat(TokenKind::If).then(|| self.operators());
        if case && self.typed_case(&pattern) {
            return None;
        }
        let body = if case {
            self.block_after_colon("the pattern", self.span_from(lo))
        } else if self.eat(TokenKind::FatArrow) {
            self.block(self.span_from(lo))
        } else {
            self.unexpected_here("`=>`");
            self.finish_statement();
            return None;
        };
        let span = self.span_from(lo);
        self.finish_statement();
        Some(MatchArm { pattern, guard, body, style, span })
    }

    /// `case n: int:` is reported and skipped.
    fn typed_case(&mut self, pattern: &crate::ast::Pattern) -> bool {
        let typed = self.at(TokenKind::Colon)
            && self.peek(1) == TokenKind::Name
            && self.peek(2) == TokenKind::Colon
            && self.peek(3) == TokenKind::Newline;
        if typed {
            let span = pattern.span.to(self.span_at(1));
            self.error(error::typed_case(span));
            self.finish_statement();
        }
        typed
    }

    /// `loop:`
    pub(super) fn loop_expr(&mut self, label: Option<Ident>) -> Expr {
        let lo = label.as_ref().map_or(self.lo(), |label| label.span.lo);
        self.bump();
        let body = self.labelled(label.as_ref(), |parser| parser.block_after_colon("`loop`", parser.span_from(lo)));
        self.node(lo, ExprKind::Loop { label, body })
    }

    pub(super) fn while_stmt(&mut self, label: Option<Ident>) -> StmtKind {
        let lo = self.lo();
        self.bump();
        let condition = self.condition();
        let header = self.span_from(lo);
        let body = self.labelled(label.as_ref(), |parser| parser.block_after_colon("the condition", header));
        StmtKind::While { label, condition, body }
    }

    pub(super) fn for_stmt(&mut self, label: Option<Ident>) -> StmtKind {
        let lo = self.lo();
        self.bump();
        let pattern = self.for_pattern();
        if !self.recovering {
            self.expect(TokenKind::In);
        }
        let iterable = if self.recovering { self.error_expr() } else { self.expr() };
        let header = self.span_from(lo);
        let body = self.labelled(label.as_ref(), |parser| parser.block_after_colon("the header", header));
        StmtKind::For { label, pattern, iterable, body }
    }

    fn labelled<T>(&mut self, label: Option<&Ident>, parse: impl FnOnce(&mut Self) -> T) -> T {
        self.labels.extend(label.map(|label| label.name.clone()));
        let result = parse(self);
        if label.is_some() {
            self.labels.pop();
        }
        result
    }

    /// `with e as x:`; several with commas nest.
    pub(super) fn with_expr(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        let mut resources = vec![];
        loop {
            let start = self.lo();
            let value = self.expr();
            let binding = self.eat(TokenKind::As).then(|| self.pattern(Typed::Excluded));
            resources.push((start, value, binding));
            if !self.eat(TokenKind::Comma) || self.recovering || !self.push_down() {
                break;
            }
        }
        let header = self.span_from(lo);
        let mut body = self.block_after_colon("the header", header);
        while let Some((start, value, binding)) = resources.pop() {
            let start = if resources.is_empty() { lo } else { start };
            let with = self.node(start, ExprKind::With(Box::new(With { value, binding, body })));
            if resources.is_empty() {
                return with;
            }
            let span = with.span;
            body = Block { stmts: vec![Stmt { kind: StmtKind::Expr(with), span }], span };
        }
        self.error_expr()
    }
}
