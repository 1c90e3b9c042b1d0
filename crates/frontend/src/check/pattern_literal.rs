//! Patterns that compare with constants: literals, `const`s and ranges.

use tandem_source::Span;
use tandem_syntax::ast::{Expr as AstExpr, ExprKind as AstExprKind, RangeLimits};

use super::function::FnCx;
use crate::errors;
use crate::hir::{Expr, ExprKind, Pattern, PatternKind};
use crate::ty::{Ty, TyKind};

impl FnCx<'_, '_> {
    /// `0`, `-1`, `"yes"`, `true`, `nil`
    pub(super) fn literal_pattern(&mut self, literal: &AstExpr, ty: Ty, span: Span) -> Pattern {
        if matches!(literal.kind, AstExprKind::Nil) {
            return self.nil_pattern(ty, span);
        }
        let value = self.constant(literal, ty);
        self.constant_pattern(value, ty, span)
    }

    /// A constant in a pattern for values of type `ty`, which a literal takes.
    fn constant(&mut self, expr: &AstExpr, ty: Ty) -> Expr {
        let core = self.cx.types.option_of(ty).unwrap_or(ty);
        let value = self.expr(expr, Some(core));
        if self.is_constant(&value) || self.cx.types.has_error(value.ty) {
            return value;
        }
        // The parser lets only literals and names be constants of patterns.
        self.error_expr(expr.span)
    }

    /// The test for equality with a constant.
    pub(super) fn constant_pattern(&mut self, value: Expr, ty: Ty, span: Span) -> Pattern {
        if self.is_open_type(ty) {
            return Pattern { kind: PatternKind::Wildcard, ty, span };
        }
        if self.cx.types.has_error(value.ty) {
            return self.error_pattern(span);
        }
        if value.ty == self.cx.common.nil {
            return self.nil_pattern(ty, span);
        }
        if ty == self.cx.common.nil {
            // `nil` alone equals no constant; in a function used with several types the arm does no harm.
            return Pattern { kind: PatternKind::Or(vec![]), ty, span };
        }
        if let Some(inner) = self.cx.types.option_of(ty) {
            let inner = self.constant_pattern(value, inner, span);
            let ty = if self.cx.types.has_error(inner.ty) { inner.ty } else { ty };
            return Pattern { kind: PatternKind::Some(Box::new(inner)), ty, span };
        }
        let Some(value) = self.as_pattern_type(value, ty) else { return self.error_pattern(span) };
        Pattern { kind: self.equal(value), ty, span }
    }

    /// A constant tuple is tested element by element.
    fn equal(&self, value: Expr) -> PatternKind {
        match value.kind {
            ExprKind::Tuple(parts) => PatternKind::Tuple(
                parts
                    .into_iter()
                    .map(|part| {
                        let (ty, span) = (part.ty, part.span);
                        Pattern { kind: self.equal(part), ty, span }
                    })
                    .collect(),
            ),
            _ => PatternKind::Equal(Box::new(value)),
        }
    }

    /// The constant as a value of the matched type.
    fn as_pattern_type(&mut self, value: Expr, ty: Ty) -> Option<Expr> {
        let literal = self.is_open_literal(&value) && self.cx.types.is_number(ty);
        let same_kind = matches!(
            (self.cx.types.kind(value.ty), self.cx.types.kind(ty)),
            (TyKind::Float, TyKind::F32) | (TyKind::Tuple(_), TyKind::Tuple(_))
        );
        if value.ty == ty || literal || same_kind {
            let value = self.coerce(value, ty, None);
            return (value.ty == ty).then_some(value);
        }
        let (pattern, shown) = (self.show(value.ty), self.show(ty));
        self.report(errors::patterns::pattern_type(value.span, &pattern, &shown));
        None
    }

    /// `1..5`, `'a'..='z'`, `..0`
    pub(super) fn range_pattern(
        &mut self,
        start: Option<&AstExpr>,
        end: Option<&AstExpr>,
        limits: RangeLimits,
        ty: Ty,
        span: Span,
    ) -> Pattern {
        let start = start.map(|start| self.constant(start, ty));
        let end = end.map(|end| self.constant(end, ty));
        if self.is_open_type(ty) {
            return Pattern { kind: PatternKind::Wildcard, ty, span };
        }
        if start.iter().chain(&end).any(|value| self.cx.types.has_error(value.ty)) {
            return self.error_pattern(span);
        }
        let core = self.cx.types.option_of(ty).unwrap_or(ty);
        if !self.cx.types.is_number(core) && core != self.cx.common.str {
            let shown = self.show(ty);
            self.report(errors::patterns::pattern_type(span, "a range", &shown));
            return self.error_pattern(span);
        }
        let mut limit = |value: Option<Expr>| match value {
            Some(value) => self.as_pattern_type(value, core).map(|value| Some(Box::new(value))),
            None => Some(None),
        };
        let (Some(start), Some(end)) = (limit(start), limit(end)) else { return self.error_pattern(span) };
        let closed = limits == RangeLimits::Closed;
        let inner = Pattern { kind: PatternKind::Range { start, end, closed }, ty: core, span };
        if core == ty {
            return inner;
        }
        Pattern { kind: PatternKind::Some(Box::new(inner)), ty, span }
    }
}
