//! What follows an operand: calls, indexes, members, `?`, trailing lambdas.

use tandem_source::Spanned;

use super::Parser;
use crate::ast::{Arg, Expr, ExprKind};
use crate::error;
use crate::token::TokenKind;

impl Parser<'_> {
    /// `a.b`, `a(…)`, `a[…]`, `a?`, … behind an operand.
    pub(super) fn postfix(&mut self) -> Expr {
        let lo = self.lo();
        let operand = self.atom();
        self.postfix_from(lo, operand)
    }

    pub(super) fn postfix_of(&mut self, operand: Expr) -> Expr {
        let lo = operand.span.lo;
        self.postfix_from(lo, operand)
    }

    fn postfix_from(&mut self, lo: u32, operand: Expr) -> Expr {
        let mut expr = operand;
        while !self.closed() && !self.recovering {
            let kind = self.kind();
            if kind == TokenKind::Backslash && !takes_lambda(&expr) {
                break;
            }
            if kind == TokenKind::LBrace && !is_type_path(&expr) || !continues_operand(kind) {
                break;
            }
            if !self.push_down() {
                break;
            }
            let object = Box::new(expr);
            expr = match kind {
                TokenKind::LParen => {
                    let args = self.args();
                    self.node(lo, ExprKind::Call { callee: object, args })
                }
                TokenKind::LBracket => self.index(lo, *object),
                TokenKind::Dot => self.member_of(lo, *object),
                TokenKind::ColonColon => {
                    self.bump();
                    let name = self.ident("a member");
                    self.node(lo, ExprKind::PathMember { object, name })
                }
                TokenKind::Arrow => self.arrow_call(lo, *object),
                TokenKind::Question => {
                    self.bump();
                    self.node(lo, ExprKind::Try(object))
                }
                TokenKind::LBrace => self.struct_literal(lo, *object),
                _ => {
                    let lambda = self.nested_lambda();
                    return self.with_trailing_lambda(lo, *object, lambda);
                }
            };
        }
        expr
    }

    fn nested_lambda(&mut self) -> Expr {
        if !self.enter() {
            return self.error_expr();
        }
        let lambda = self.lambda();
        self.leave();
        lambda
    }

    /// Adds a trailing lambda to a call, or calls the callee with it alone.
    fn with_trailing_lambda(&mut self, lo: u32, callee: Expr, lambda: Expr) -> Expr {
        let lambda = Arg { name: None, value: lambda };
        let kind = match callee.kind {
            ExprKind::Call { callee, mut args } => {
                args.push(lambda);
                ExprKind::Call { callee, args }
            }
            ExprKind::ArrowCall { receiver, method, mut args } => {
                args.push(lambda);
                ExprKind::ArrowCall { receiver, method, args }
            }
            _ => ExprKind::Call { callee: Box::new(callee), args: vec![lambda] },
        };
        self.node(lo, kind)
    }

    pub(super) fn member_of(&mut self, lo: u32, object: Expr) -> Expr {
        let object = Box::new(object);
        self.bump();
        if self.at(TokenKind::Int) {
            let span = self.here();
            self.bump();
            return match self.source(span).parse::<u32>() {
                Ok(value) => self.node(lo, ExprKind::TupleIndex { object, index: Spanned { value, span } }),
                Err(_) => {
                    self.report(error::malformed_number(span, self.source(span)));
                    self.node(lo, ExprKind::Error)
                }
            };
        }
        let name = self.ident("a member");
        self.node(lo, ExprKind::Member { object, name })
    }

    /// `a->m(args)`
    fn arrow_call(&mut self, lo: u32, receiver: Expr) -> Expr {
        let arrow = self.here();
        self.bump();
        let is_call = self.at(TokenKind::Name) && self.peek(1) == TokenKind::LParen;
        if !is_call {
            self.error(
                error::foreign_lambda(arrow).note("`x->method(args)` calls a method and stores its result in `x`"),
            );
            return self.node(lo, ExprKind::Error);
        }
        let method = self.ident("a method");
        let args = self.args();
        self.node(lo, ExprKind::ArrowCall { receiver: Box::new(receiver), method, args })
    }
}

fn continues_operand(kind: TokenKind) -> bool {
    use TokenKind::*;
    matches!(kind, LParen | LBracket | LBrace | Dot | ColonColon | Arrow | Question | Backslash)
}

/// Whether a lambda may trail it: a callee or a call.
fn takes_lambda(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Name(_)
            | ExprKind::Member { .. }
            | ExprKind::PathMember { .. }
            | ExprKind::Call { .. }
            | ExprKind::ArrowCall { .. }
            | ExprKind::Index { .. }
            | ExprKind::TupleIndex { .. }
            | ExprKind::Paren(_)
            | ExprKind::DotVariant(_)
    )
}

/// Whether it can be the type of a struct literal: a path whose last name begins with an upper-case letter.
fn is_type_path(expr: &Expr) -> bool {
    let upper = |name: &str| name.starts_with(char::is_uppercase);
    match &expr.kind {
        ExprKind::Name(name) => upper(name),
        ExprKind::Member { object, name } | ExprKind::PathMember { object, name } => {
            upper(&name.name) && is_path(object)
        }
        _ => false,
    }
}

fn is_path(mut expr: &Expr) -> bool {
    loop {
        match &expr.kind {
            ExprKind::Name(_) => return true,
            ExprKind::Member { object, .. } | ExprKind::PathMember { object, .. } => expr = object,
            _ => return false,
        }
    }
}
