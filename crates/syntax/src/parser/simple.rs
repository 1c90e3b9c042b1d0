//! Simple statements: bindings, assignments, calls without parentheses, `return`, `break`, …

use tandem_source::Spanned;

use super::expr::assignment_operator;
use super::stmt::Level;
use super::{Parser, Place};
use crate::ast::{Arg, BinaryOp, Expr, ExprKind, Mutability, Pattern, PatternKind, StmtKind, Type};
use crate::error;
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn simple(&mut self) -> StmtKind {
        match self.kind() {
            TokenKind::Let | TokenKind::Mut => {
                let (mutability, pattern, ty, value) = self.let_parts();
                StmtKind::Let { mutability, pattern, ty, value }
            }
            TokenKind::Const => self.item(Level::Block).unwrap_or(StmtKind::Error),
            TokenKind::Return => {
                self.bump();
                StmtKind::Return(self.starts_expr().then(|| self.value_without_comma()))
            }
            TokenKind::Break => {
                self.bump();
                match self.known_label() {
                    Some(label) => StmtKind::Break { label: Some(label), value: None },
                    None => {
                        let value = self.starts_expr().then(|| self.value_without_comma());
                        StmtKind::Break { label: None, value }
                    }
                }
            }
            TokenKind::Continue => {
                self.bump();
                let label = self.at(TokenKind::Name).then(|| self.ident("a label"));
                StmtKind::Continue { label }
            }
            TokenKind::Pass => {
                self.bump();
                StmtKind::Pass
            }
            TokenKind::Assert => {
                self.bump();
                let condition = self.expr();
                let message = self.eat(TokenKind::Comma).then(|| self.expr());
                StmtKind::Assert { condition, message }
            }
            TokenKind::Name if self.call_without_parentheses() => StmtKind::Expr(self.bare_call()),
            _ => self.expression_statement(),
        }
    }

    /// A value behind `return` or `break`, where a tuple needs its parentheses.
    fn value_without_comma(&mut self) -> Expr {
        let lo = self.lo();
        let value = self.expr();
        if !self.at(TokenKind::Comma) || self.closed() || self.recovering || self.place == Place::Brackets {
            return value;
        }
        let mut values = vec![value];
        while self.eat(TokenKind::Comma) && self.starts_expr() {
            values.push(self.expr());
        }
        let tuple = self.node(lo, ExprKind::Tuple(values));
        self.report(error::tuple_without_parentheses(tuple.span));
        tuple
    }

    // ---- let

    /// `let p: T = e`, `let mut p = e`, `mut let p = e`
    pub(super) fn let_parts(&mut self) -> (Mutability, Pattern, Option<Type>, Option<Expr>) {
        let lo = self.lo();
        let mut mutability = Mutability::Immutable;
        if self.eat(TokenKind::Mut) {
            mutability = Mutability::Mutable;
            self.expect(TokenKind::Let);
        } else {
            self.bump();
        }
        if self.eat(TokenKind::Mut) {
            mutability = Mutability::Mutable;
        }
        if self.at_any(&[TokenKind::Eq, TokenKind::Newline, TokenKind::Colon, TokenKind::Semicolon]) {
            let found = self.found();
            self.error(error::let_without_name(self.here(), &found));
        }
        let pattern = self.let_pattern();
        let pattern = if self.at(TokenKind::Comma) { self.let_tuple(pattern) } else { pattern };
        let mut ty = None;
        if self.at(TokenKind::Colon) && self.peek(1) == TokenKind::Eq && !self.spaced(1) {
            self.report(error::foreign_operator(self.here().to(self.span_at(1)), ":=", "="));
            self.bump();
        } else if self.eat(TokenKind::Colon) {
            ty = Some(self.ty());
        }
        if self.recovering {
            return (mutability, pattern, ty, None);
        }
        if !self.at(TokenKind::Eq) {
            if self.at_any(&[TokenKind::Newline, TokenKind::Semicolon, TokenKind::Eof]) {
                let name = self.source(pattern.span).to_string();
                self.report(error::let_without_value(self.span_from(lo), &name));
            } else {
                self.unexpected_here("`=`");
            }
            return (mutability, pattern, ty, None);
        }
        self.bump();
        let value = self.right_side();
        self.no_second_assignment();
        (mutability, pattern, ty, Some(value))
    }

    /// `let a, b = …`
    fn let_tuple(&mut self, first: Pattern) -> Pattern {
        let lo = first.span.lo;
        let mut patterns = vec![first];
        while self.eat(TokenKind::Comma) && !self.recovering {
            patterns.push(self.pattern(super::pattern::Typed::Excluded));
        }
        let span = self.span_from(lo);
        self.report(error::let_without_parentheses(span));
        Pattern { kind: PatternKind::Tuple(patterns), span }
    }

    // ---- assignment

    /// The right side of an assignment, where a tuple may leave out its parentheses.
    fn right_side(&mut self) -> Expr {
        let lo = self.lo();
        let first = self.element();
        if !self.at(TokenKind::Comma) || self.closed() || self.place == Place::Brackets {
            if let ExprKind::Spread(_) = first.kind {
                self.report(error::lone_spread(first.span));
            }
            return first;
        }
        let mut elements = vec![first];
        while self.eat(TokenKind::Comma) && !self.at(TokenKind::Newline) && !self.recovering {
            elements.push(self.element());
        }
        self.node(lo, ExprKind::Tuple(elements))
    }

    fn no_second_assignment(&mut self) {
        if self.at(TokenKind::Eq) && !self.closed() && !self.recovering {
            self.error(error::chained_assignment(self.here()));
        }
    }

    /// An expression, an assignment, or `a ! m`.
    fn expression_statement(&mut self) -> StmtKind {
        let lo = self.lo();
        let first = if self.at(TokenKind::Star) && self.place == Place::Line { self.element() } else { self.expr() };
        if self.closed() || self.recovering {
            return StmtKind::Expr(first);
        }
        if let Some(kind) = self.mistaken_statement(lo, &first) {
            return kind;
        }
        let target = if self.at(TokenKind::Comma) && self.place == Place::Line {
            match self.target_list(lo, first) {
                Ok(target) => target,
                Err(tuple) => return StmtKind::Expr(tuple),
            }
        } else {
            first
        };
        if let ExprKind::Spread(_) = target.kind {
            self.report(error::lone_spread(target.span));
        }
        if let Some(op) = assignment_operator(self.kind()) {
            return self.assignment(target, op);
        }
        if self.at(TokenKind::Bang) && self.place == Place::Line {
            self.bump();
            return StmtKind::Send { actor: target, message: self.expr() };
        }
        StmtKind::Expr(target)
    }

    /// `a, b` before `=`; the tuple in `Err` if no `=` follows.
    fn target_list(&mut self, lo: u32, first: Expr) -> Result<Expr, Expr> {
        let mut elements = vec![first];
        while self.eat(TokenKind::Comma) && !self.at_any(&[TokenKind::Eq, TokenKind::Newline]) && !self.recovering {
            elements.push(self.element());
        }
        let tuple = self.node(lo, ExprKind::Tuple(elements));
        if self.at(TokenKind::Eq) {
            return Ok(tuple);
        }
        if self.at(TokenKind::Newline) {
            self.report(error::tuple_without_parentheses(tuple.span));
        } else if !self.recovering {
            self.unexpected_here("`=` behind the list of targets");
        }
        Err(tuple)
    }

    fn assignment(&mut self, target: Expr, op: Option<BinaryOp>) -> StmtKind {
        let op_span = self.here();
        self.bump();
        let compares = op.is_none();
        let target = self.target(target, Spanned { value: op, span: op_span });
        if compares && self.at(TokenKind::Eq) && !self.spaced(0) {
            self.recovering = true;
        }
        let value = self.right_side();
        self.no_second_assignment();
        match op {
            Some(op) => StmtKind::CompoundAssign { target, op, op_span, value },
            None => StmtKind::Assign { target, value },
        }
    }

    /// Checks that `target` can be assigned to; parentheses around it are dropped.
    fn target(&mut self, target: Expr, op: Spanned<Option<BinaryOp>>) -> Expr {
        let Expr { kind, span } = target;
        let kind = match kind {
            ExprKind::Name(name) => {
                if super::habit::foreign_literal(&name).is_some() {
                    self.declared.insert(name.clone());
                }
                ExprKind::Name(name)
            }
            ExprKind::Paren(inner) => return self.target(*inner, op),
            ExprKind::Tuple(elements) if op.value.is_none() => {
                ExprKind::Tuple(elements.into_iter().map(|element| self.target(element, op)).collect())
            }
            ExprKind::Array(elements) if op.value.is_none() => {
                ExprKind::Array(elements.into_iter().map(|element| self.target(element, op)).collect())
            }
            ExprKind::Spread(inner) => ExprKind::Spread(Box::new(self.target(*inner, op))),
            kind @ (ExprKind::Index { .. } | ExprKind::Slice { .. } | ExprKind::Member { .. }) => kind,
            kind @ (ExprKind::PathMember { .. } | ExprKind::TupleIndex { .. } | ExprKind::Error) => kind,
            kind => {
                self.report(error::not_assignable(span, op.span, op.value.is_none()));
                kind
            }
        };
        Expr { kind, span }
    }

    /// Statements that people write and that do not exist: `x: int = 1`, `x := 1`.
    fn mistaken_statement(&mut self, lo: u32, first: &Expr) -> Option<StmtKind> {
        match (&first.kind, self.kind()) {
            (ExprKind::Name(name), TokenKind::Colon) if self.place == Place::Line => {
                if self.peek(1) == TokenKind::Eq {
                    let span = self.here().to(self.span_at(1));
                    self.report(error::foreign_operator(span, ":=", "="));
                    self.bump();
                    self.bump();
                    let value = self.right_side();
                    return Some(StmtKind::Assign { target: first.clone(), value });
                }
                if self.peek(1) == TokenKind::Newline {
                    return None;
                }
                let name = name.clone();
                let mark = self.mark();
                self.bump();
                self.ty();
                let annotated = !self.failed_since(&mark) && self.at_any(&[TokenKind::Eq, TokenKind::Newline]);
                if !annotated {
                    self.reset(&mark);
                    return None;
                }
                self.report(error::annotated_assignment(self.span_from(lo), &name));
                self.recovering = true;
                Some(StmtKind::Error)
            }
            _ => None,
        }
    }

    // ---- calls without parentheses

    /// A name or member path, a blank, and a token that can start but not continue an expression.
    fn call_without_parentheses(&self) -> bool {
        let mut ahead = 1;
        while self.peek(ahead) == TokenKind::Dot
            && matches!(self.peek(ahead + 1), TokenKind::Name | TokenKind::Int)
            && !self.spaced(ahead)
        {
            ahead += 2;
        }
        self.spaced(ahead) && starts_argument(self.peek(ahead), self.peek(ahead + 1))
    }

    fn bare_call(&mut self) -> Expr {
        let lo = self.lo();
        let callee = self.chain(Self::callee_path);
        let mut args: Vec<Arg> = vec![];
        loop {
            args.push(self.arg());
            if self.closed() || self.recovering || !self.at(TokenKind::Comma) || self.place == Place::Brackets {
                break;
            }
            self.bump();
        }
        self.node(lo, ExprKind::Call { callee: Box::new(callee), args })
    }

    fn callee_path(&mut self) -> Expr {
        let lo = self.lo();
        let mut path = self.atom();
        while self.at(TokenKind::Dot) && !self.spaced(0) && self.push_down() {
            path = self.member_of(lo, path);
        }
        path
    }
}

/// Whether a token can start an argument but not continue an expression.
fn starts_argument(kind: TokenKind, next: TokenKind) -> bool {
    use TokenKind::*;
    match kind {
        Int | Float | RawString | StrStart | Symbol | Name | Nil | True | False | Backslash => true,
        Await | Spawn | Yield | Match | Loop | Async | Tilde => true,
        Not => next != In,
        _ => false,
    }
}
