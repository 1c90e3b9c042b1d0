//! Number literals: the type they take, and whether they fit it.

use tandem_source::Span;
use tandem_syntax::ast::{Expr as AstExpr, ExprKind as Ast, NumberSuffix, UnaryOp};

use super::function::FnCx;
use super::local::is_int_literal;
use crate::errors;
use crate::hir::{Block, Expr, ExprKind};
use crate::ty::{IntTy, Ty, TyKind};

/// Whether a literal has a minus sign before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

impl FnCx<'_, '_> {
    /// `42`, `0xFFu8`, with its sign.
    pub(super) fn int_literal(
        &mut self,
        value: u128,
        suffix: Option<NumberSuffix>,
        sign: Sign,
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        let magnitude = i128::try_from(value).unwrap_or(i128::MAX);
        let number = if sign == Sign::Minus { -magnitude } else { magnitude };
        let ty = match suffix {
            Some(suffix) => {
                let ty = self.suffix_type(suffix);
                let literal = self.number(number, ty, span);
                return self.said(literal);
            }
            // Beside what is wrong, nobody knows its type.
            None if expected == Some(self.cx.common.error) => return self.error_expr(span),
            None => self.literal_type(expected),
        };
        self.number(number, ty, span)
    }

    /// An `int` whose type the program says: not a literal any more that takes its type from its surroundings.
    pub(super) fn said(&self, value: Expr) -> Expr {
        if !self.is_open_literal(&value) {
            return value;
        }
        let (ty, span) = (value.ty, value.span);
        self.make(ExprKind::Block(Block { stmts: vec![], value: Some(Box::new(value)) }), ty, span)
    }

    /// The numeric type that is expected, else `int`.
    fn literal_type(&self, expected: Option<Ty>) -> Ty {
        let core = expected.map(|ty| self.cx.types.option_of(ty).unwrap_or(ty));
        core.filter(|ty| self.cx.types.is_number(*ty)).unwrap_or(self.cx.common.int)
    }

    fn suffix_type(&mut self, suffix: NumberSuffix) -> Ty {
        let int = match suffix {
            NumberSuffix::I8 => IntTy::I8,
            NumberSuffix::I16 => IntTy::I16,
            NumberSuffix::I32 => IntTy::I32,
            NumberSuffix::I64 => IntTy::I64,
            NumberSuffix::U8 => IntTy::U8,
            NumberSuffix::U16 => IntTy::U16,
            NumberSuffix::U32 => IntTy::U32,
            NumberSuffix::U64 => IntTy::U64,
            NumberSuffix::F32 => return self.cx.common.f32,
            NumberSuffix::F64 => return self.cx.common.float,
        };
        self.cx.types.intern(TyKind::Int(int))
    }

    /// A number as a literal of this type, if it fits.
    pub(super) fn number(&mut self, number: i128, ty: Ty, span: Span) -> Expr {
        match *self.cx.types.kind(ty) {
            TyKind::Float => self.make(ExprKind::Float(number as f64), ty, span),
            TyKind::F32 => self.make(ExprKind::Float(f64::from(number as f32)), ty, span),
            TyKind::Int(width) if !width.holds(number) => {
                let range = format!("{} to {}", width.min(), width.max());
                let text = self.text(span);
                self.report(errors::types::literal_range(span, &text, width.name(), &range));
                self.error_expr(span)
            }
            // The bits of `u64` as those of `i64`.
            _ => self.make(ExprKind::Int(number as i64), ty, span),
        }
    }

    /// `3.14`, `1.5f32`.
    pub(super) fn float_literal(
        &mut self,
        value: f64,
        suffix: Option<NumberSuffix>,
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        let core = expected.map(|ty| self.cx.types.option_of(ty).unwrap_or(ty));
        let ty = match suffix {
            Some(NumberSuffix::F32) => self.cx.common.f32,
            None if core == Some(self.cx.common.f32) => self.cx.common.f32,
            // The parser lets a number with a fraction have no integer suffix.
            Some(_) | None => self.cx.common.float,
        };
        let value = if ty == self.cx.common.f32 { f64::from(value as f32) } else { value };
        self.make(ExprKind::Float(value), ty, span)
    }

    /// Whether an expression is an integer literal (or constant) whose type is still open.
    pub(super) fn is_open_literal(&self, value: &Expr) -> bool {
        matches!(value.kind, ExprKind::Int(_)) && value.ty == self.cx.common.int
    }

    /// An open literal as a number of another type; `None` if it does not fit, which is reported.
    pub(super) fn literal_as(&mut self, value: &Expr, ty: Ty) -> Option<Expr> {
        let ExprKind::Int(number) = value.kind else { return None };
        let literal = self.number(i128::from(number), ty, value.span);
        (literal.ty == ty).then_some(literal)
    }

    /// Whether an expression takes the numeric type of the other operand: literals, and sized integers also reach into
    /// arithmetic on literals.
    pub(super) fn takes_type(&self, expr: &AstExpr) -> bool {
        if is_int_literal(expr) {
            return true;
        }
        match &expr.kind {
            Ast::Paren(inner) => self.takes_type(inner),
            Ast::Float { suffix: None, .. } => true,
            Ast::Unary { op: UnaryOp::Neg, operand, .. } => self.takes_type(operand),
            Ast::Conditional { then, otherwise, .. } => self.takes_type(then) && self.takes_type(otherwise),
            _ => false,
        }
    }

    /// Whether an expression is arithmetic on integer literals, which sized integers reach into.
    pub(super) fn is_literal_arithmetic(&self, expr: &AstExpr) -> bool {
        match &expr.kind {
            Ast::Int { suffix: None, .. } => true,
            Ast::Paren(inner) | Ast::Unary { op: UnaryOp::Neg | UnaryOp::BitNot, operand: inner, .. } => {
                self.is_literal_arithmetic(inner)
            }
            Ast::Binary { lhs, rhs, op, .. } => {
                use tandem_syntax::ast::BinaryOp as Op;
                !matches!(op, Op::And | Op::Or | Op::Coalesce)
                    && self.is_literal_arithmetic(lhs)
                    && self.is_literal_arithmetic(rhs)
            }
            _ => false,
        }
    }
}
