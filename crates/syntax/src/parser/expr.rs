//! Expressions with operators.

use tandem_source::{Span, Spanned};

use super::{Parser, Place};
use crate::ast::{Asyncness, BinaryOp, CompareOp, Expr, ExprKind, Lambda, LambdaBody, RangeLimits, UnaryOp};
use crate::error;
use crate::literal::Sign;
use crate::token::TokenKind;

/// How tightly operators bind, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    Or,
    And,
    Not,
    Compare,
    Coalesce,
    Range,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Add,
    Multiply,
    Unary,
}

impl Binding {
    /// What binds one step tighter.
    fn tighter(self) -> Binding {
        match self {
            Binding::Or => Binding::And,
            Binding::And => Binding::Not,
            Binding::Not => Binding::Compare,
            Binding::Compare => Binding::Coalesce,
            Binding::Coalesce => Binding::Range,
            Binding::Range => Binding::BitOr,
            Binding::BitOr => Binding::BitXor,
            Binding::BitXor => Binding::BitAnd,
            Binding::BitAnd => Binding::Shift,
            Binding::Shift => Binding::Add,
            Binding::Add => Binding::Multiply,
            Binding::Multiply | Binding::Unary => Binding::Unary,
        }
    }
}

/// The operator that groups to the left and is written so.
fn binary_operator(kind: TokenKind) -> Option<(Binding, BinaryOp)> {
    Some(match kind {
        TokenKind::Or => (Binding::Or, BinaryOp::Or),
        TokenKind::And => (Binding::And, BinaryOp::And),
        TokenKind::Coalesce => (Binding::Coalesce, BinaryOp::Coalesce),
        TokenKind::Pipe => (Binding::BitOr, BinaryOp::BitOr),
        TokenKind::Caret => (Binding::BitXor, BinaryOp::BitXor),
        TokenKind::Amp => (Binding::BitAnd, BinaryOp::BitAnd),
        TokenKind::Shl => (Binding::Shift, BinaryOp::Shl),
        TokenKind::Shr => (Binding::Shift, BinaryOp::Shr),
        TokenKind::Plus => (Binding::Add, BinaryOp::Add),
        TokenKind::Minus => (Binding::Add, BinaryOp::Sub),
        TokenKind::PlusPercent => (Binding::Add, BinaryOp::WrapAdd),
        TokenKind::MinusPercent => (Binding::Add, BinaryOp::WrapSub),
        TokenKind::Star => (Binding::Multiply, BinaryOp::Mul),
        TokenKind::Slash => (Binding::Multiply, BinaryOp::Div),
        TokenKind::SlashSlash => (Binding::Multiply, BinaryOp::FloorDiv),
        TokenKind::Percent => (Binding::Multiply, BinaryOp::Rem),
        TokenKind::StarPercent => (Binding::Multiply, BinaryOp::WrapMul),
        _ => return None,
    })
}

/// The assignment operator that is written so; without an operation for `=`.
pub(super) fn assignment_operator(kind: TokenKind) -> Option<Option<BinaryOp>> {
    Some(Some(match kind {
        TokenKind::Eq => return Some(None),
        TokenKind::PlusEq => BinaryOp::Add,
        TokenKind::MinusEq => BinaryOp::Sub,
        TokenKind::StarEq => BinaryOp::Mul,
        TokenKind::SlashEq => BinaryOp::Div,
        TokenKind::SlashSlashEq => BinaryOp::FloorDiv,
        TokenKind::PercentEq => BinaryOp::Rem,
        TokenKind::StarStarEq => BinaryOp::Pow,
        TokenKind::AmpEq => BinaryOp::BitAnd,
        TokenKind::PipeEq => BinaryOp::BitOr,
        TokenKind::CaretEq => BinaryOp::BitXor,
        TokenKind::ShlEq => BinaryOp::Shl,
        TokenKind::ShrEq => BinaryOp::Shr,
        _ => return None,
    }))
}

impl Parser<'_> {
    /// Any expression.
    pub(super) fn expr(&mut self) -> Expr {
        if !self.enter() {
            return self.error_expr();
        }
        let expr = self.chain(|parser| match parser.kind() {
            TokenKind::Yield => parser.yield_expr(),
            TokenKind::Backslash => parser.lambda(),
            TokenKind::Async if parser.peek(1) == TokenKind::Backslash => parser.lambda(),
            _ => parser.conditional(),
        });
        self.leave();
        expr
    }

    /// An expression without a conditional around it: where an `if` that follows belongs to something else.
    pub(super) fn operators(&mut self) -> Expr {
        if !self.enter() {
            return self.error_expr();
        }
        let expr = self.binary(Binding::Or);
        self.leave();
        expr
    }

    pub(super) fn node(&self, lo: u32, kind: ExprKind) -> Expr {
        Expr { kind, span: self.span_from(lo) }
    }

    fn yield_expr(&mut self) -> Expr {
        let lo = self.lo();
        self.bump();
        if self.at_word("from") && self.yields_from() {
            self.bump();
            let generator = Box::new(self.expr());
            return self.node(lo, ExprKind::YieldFrom(generator));
        }
        let value = self.starts_expr().then(|| Box::new(self.expr()));
        self.node(lo, ExprKind::Yield(value))
    }

    /// Whether `from` is followed by an operand, rather than a name that is yielded.
    fn yields_from(&self) -> bool {
        let continues = matches!(
            self.peek(1),
            TokenKind::LParen | TokenKind::LBracket | TokenKind::Minus | TokenKind::Star | TokenKind::Dot
        );
        starts_expr(self.peek(1)) && (!continues || self.spaced(1))
    }

    fn conditional(&mut self) -> Expr {
        let lo = self.lo();
        let then = self.binary(Binding::Or);
        if !self.at(TokenKind::If) || self.closed() || !self.push_down() {
            return then;
        }
        self.bump();
        let condition = Box::new(self.binary(Binding::Or));
        if !self.expect(TokenKind::Else) {
            return self.node(lo, ExprKind::Error);
        }
        let otherwise = Box::new(self.expr());
        self.node(lo, ExprKind::Conditional { condition, then: Box::new(then), otherwise })
    }

    /// Operators that bind at least as tightly as `loosest`.
    fn binary(&mut self, loosest: Binding) -> Expr {
        self.chain(|parser| parser.binary_chain(loosest))
    }

    fn binary_chain(&mut self, loosest: Binding) -> Expr {
        let lo = self.lo();
        let mut lhs = self.first_operand(loosest);
        while !self.closed() && !self.recovering {
            let kind = self.kind();
            if let Some((binding, op)) = binary_operator(kind) {
                let op_span = self.here();
                if binding < loosest {
                    // `a || b`: the operator as written binds tighter than what is meant.
                    break;
                }
                if self.increments(kind) {
                    break;
                }
                self.bump();
                let (binding, op) = self.doubled_operator(op_span, binding, op);
                let rhs = Box::new(self.binary(binding.tighter()));
                if !self.push_down() {
                    return lhs;
                }
                lhs = self.node(lo, ExprKind::Binary { op, op_span, lhs: Box::new(lhs), rhs });
            } else if loosest <= Binding::Compare && is_comparison(kind, self.peek(1)) {
                if !self.push_down() {
                    return lhs;
                }
                lhs = self.comparison(lo, lhs);
            } else if loosest <= Binding::Range && matches!(kind, TokenKind::DotDot | TokenKind::DotDotEq) {
                if !self.push_down() {
                    return lhs;
                }
                lhs = self.range(lo, lhs);
            } else {
                break;
            }
        }
        lhs
    }

    fn first_operand(&mut self, loosest: Binding) -> Expr {
        if !self.at(TokenKind::Not) {
            return self.unary();
        }
        if loosest > Binding::Not {
            self.error(error::expected_expression(self.here(), "`not`").hint("put `not …` in parentheses"));
            return self.error_expr();
        }
        self.prefix(UnaryOp::Not, |parser| parser.binary(Binding::Not))
    }

    /// A prefix operator and its operand.
    fn prefix(&mut self, op: UnaryOp, operand: impl FnOnce(&mut Self) -> Expr) -> Expr {
        let lo = self.lo();
        let op_span = self.here();
        self.bump();
        if !self.enter() {
            return self.error_expr();
        }
        let operand = Box::new(operand(self));
        self.leave();
        self.node(lo, ExprKind::Unary { op, op_span, operand })
    }

    /// `x++` and `x--` at the end of a statement.
    fn increments(&mut self, kind: TokenKind) -> bool {
        let doubled = matches!(kind, TokenKind::Plus | TokenKind::Minus) && self.peek(1) == kind && !self.spaced(1);
        let ends = matches!(self.peek(2), TokenKind::Newline | TokenKind::Semicolon | TokenKind::RParen);
        if !doubled || !ends {
            return false;
        }
        let span = self.here().to(self.span_at(1));
        self.report(error::increment(span, kind.text()));
        self.bump();
        self.bump();
        true
    }

    /// `&&` and `||`: the second half is consumed, and the operation is what is meant.
    fn doubled_operator(&mut self, first: Span, binding: Binding, op: BinaryOp) -> (Binding, BinaryOp) {
        let doubled = |parser: &Self, kind| parser.at(kind) && !parser.spaced(0);
        let (word, binding, op) = match op {
            BinaryOp::BitAnd if doubled(self, TokenKind::Amp) => ("and", Binding::And, BinaryOp::And),
            BinaryOp::BitOr if doubled(self, TokenKind::Pipe) => ("or", Binding::Or, BinaryOp::Or),
            _ => return (binding, op),
        };
        let span = first.to(self.here());
        self.report(error::symbolic_logic(span, self.source(span), word));
        self.bump();
        (binding, op)
    }

    fn comparison(&mut self, lo: u32, first: Expr) -> Expr {
        let mut rest = vec![];
        while !self.closed() && !self.recovering && is_comparison(self.kind(), self.peek(1)) {
            if self.at(TokenKind::Is) {
                return self.is_test(lo, first, rest);
            }
            let op_span = self.here();
            let op = self.compare_operator();
            let op = Spanned { value: op, span: self.span_from(op_span.lo) };
            rest.push((op, self.binary(Binding::Coalesce)));
        }
        self.node(lo, ExprKind::Compare { first: Box::new(first), rest })
    }

    fn compare_operator(&mut self) -> CompareOp {
        let lo = self.lo();
        let op = match self.bump().kind {
            TokenKind::EqEq => CompareOp::Eq,
            TokenKind::NotEq => CompareOp::Ne,
            TokenKind::Lt => CompareOp::Lt,
            TokenKind::Le => CompareOp::Le,
            TokenKind::Gt => CompareOp::Gt,
            TokenKind::Ge => CompareOp::Ge,
            TokenKind::Not => {
                self.bump();
                CompareOp::NotIn
            }
            _ => CompareOp::In,
        };
        let second = self.kind();
        let joined = !self.spaced(0);
        let foreign = match (op, second) {
            (CompareOp::Eq | CompareOp::Ne, TokenKind::Eq) if joined => Some(op),
            (CompareOp::Lt, TokenKind::Gt) if joined => Some(CompareOp::Ne),
            _ => None,
        };
        let Some(meant) = foreign else { return op };
        self.bump();
        let span = self.span_from(lo);
        let ours = if meant == CompareOp::Eq { "==" } else { "!=" };
        self.report(error::foreign_operator(span, self.source(span), ours));
        meant
    }

    /// `is` and its right side, read both as an operand and as a type; the longer reading counts.
    fn is_test(&mut self, lo: u32, first: Expr, before: Vec<(Spanned<CompareOp>, Expr)>) -> Expr {
        let word = self.here();
        self.bump();
        let negated = self.eat(TokenKind::Not);
        let chained = !before.is_empty();

        let mark = self.mark();
        let ty = self.ty();
        let is_type = !self.failed_since(&mark);
        let end_of_type = (self.at, self.taken);
        let after_type = self.mark();
        self.reset(&mark);
        let target = self.binary(Binding::Coalesce);
        let is_operand = !self.failed_since(&mark);
        let end_of_operand = (self.at, self.taken);

        let (target, ty) = if is_type && !self.stopped && (!is_operand || end_of_type > end_of_operand) {
            self.diagnostics.truncate(mark.diagnostics);
            self.reset(&after_type);
            (None, Some(Box::new(ty)))
        } else if is_type && end_of_type == end_of_operand {
            (Some(Box::new(target)), Some(Box::new(ty)))
        } else {
            (Some(Box::new(target)), None)
        };
        if chained || is_comparison(self.kind(), self.peek(1)) && !self.closed() {
            self.report(error::chained_is(word));
            self.recovering = true;
        }
        self.node(lo, ExprKind::Is { operand: Box::new(first), negated, target, ty })
    }

    fn range(&mut self, lo: u32, start: Expr) -> Expr {
        let op_span = self.here();
        let limits = match self.bump().kind {
            TokenKind::DotDot => RangeLimits::HalfOpen,
            _ => RangeLimits::Closed,
        };
        if !self.starts_expr() {
            self.error(error::range_ends(op_span));
        }
        let end = self.binary(Binding::BitOr);
        if self.at_any(&[TokenKind::DotDot, TokenKind::DotDotEq]) {
            self.error(error::range_ends(self.here()));
        }
        self.node(lo, ExprKind::Range { start: Some(Box::new(start)), end: Some(Box::new(end)), limits })
    }

    fn unary(&mut self) -> Expr {
        match self.kind() {
            TokenKind::Minus if matches!(self.peek(1), TokenKind::Int | TokenKind::Float) => self.negative_number(),
            TokenKind::Minus => self.prefix(UnaryOp::Neg, Self::unary),
            TokenKind::Tilde => self.prefix(UnaryOp::BitNot, Self::unary),
            TokenKind::Await => self.prefix(UnaryOp::Await, Self::unary),
            TokenKind::Spawn => self.prefix(UnaryOp::Spawn, |parser| match parser.kind() {
                TokenKind::Backslash | TokenKind::Async => parser.expr(),
                _ => parser.unary(),
            }),
            TokenKind::Bang => {
                if self.previous != Some(TokenKind::Bang) {
                    self.report(error::symbolic_logic(self.here(), "!", "not"));
                }
                self.prefix(UnaryOp::Not, Self::unary)
            }
            TokenKind::Plus => {
                self.report(error::unary_plus(self.here()));
                while self.eat(TokenKind::Plus) {}
                if !self.enter() {
                    return self.error_expr();
                }
                let operand = self.unary();
                self.leave();
                operand
            }
            _ => self.power(),
        }
    }

    /// A minus sign before a number: only there `9223372036854775808` and `128i8` fit.
    fn negative_number(&mut self) -> Expr {
        self.prefix(UnaryOp::Neg, |parser| {
            let lo = parser.lo();
            let number = parser.number_literal(Sign::Minus);
            parser.power_of(lo, |parser| parser.postfix_of(number))
        })
    }

    fn power(&mut self) -> Expr {
        let lo = self.lo();
        self.power_of(lo, Self::postfix)
    }

    /// `base ** exponent`, to the right; the exponent may have a sign.
    fn power_of(&mut self, lo: u32, base: impl FnOnce(&mut Self) -> Expr) -> Expr {
        let base = self.chain(base);
        if !self.at(TokenKind::StarStar) || self.closed() {
            return base;
        }
        if !self.push_down() || !self.enter() {
            return base;
        }
        let op_span = self.here();
        self.bump();
        let rhs = Box::new(self.unary());
        self.leave();
        self.node(lo, ExprKind::Binary { op: BinaryOp::Pow, op_span, lhs: Box::new(base), rhs })
    }

    /// `\x: e`, `async \x: e`, with an expression or a block.
    pub(super) fn lambda(&mut self) -> Expr {
        let lo = self.lo();
        let asyncness = if self.eat(TokenKind::Async) { Asyncness::Async } else { Asyncness::Sync };
        self.expect(TokenKind::Backslash);
        let params = self.lambda_params();
        let labels = std::mem::take(&mut self.labels);
        let body = if !self.at(TokenKind::Colon) && !self.recovering {
            self.unexpected_here("`:` and the lambda's value");
            LambdaBody::Expr(self.error_expr())
        } else {
            self.eat(TokenKind::Colon);
            if self.at(TokenKind::Newline) && self.place == Place::Line && self.peek(1) == TokenKind::Indent {
                LambdaBody::Block(self.indented_block(self.span_from(lo)))
            } else {
                LambdaBody::Expr(self.expr())
            }
        };
        self.labels = labels;
        self.node(lo, ExprKind::Lambda(Box::new(Lambda { asyncness, params, body })))
    }

    // ---- what begins an expression

    /// Whether an expression can begin here.
    pub(super) fn starts_expr(&self) -> bool {
        starts_expr(self.kind())
    }
}

/// Whether an expression can begin with such a token.
pub(super) fn starts_expr(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(
        kind,
        Int | Float
            | RawString
            | StrStart
            | Symbol
            | Name
            | Nil
            | True
            | False
            | Not
            | Await
            | Spawn
            | Yield
            | If
            | Match
            | Loop
            | Async
            | LParen
            | LBracket
            | LBrace
            | Minus
            | Tilde
            | Backslash
            | Dot
    )
}

fn is_comparison(kind: TokenKind, next: TokenKind) -> bool {
    use TokenKind::*;
    matches!(kind, EqEq | NotEq | Lt | Le | Gt | Ge | In | Is) || kind == Not && next == In
}
