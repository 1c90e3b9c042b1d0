//! Expressions: which file checks which form.

use tandem_source::Span;
use tandem_syntax::ast::{Expr as AstExpr, ExprKind as Ast, TypeKind, UnaryOp};

use super::function::FnCx;
use super::literal::Sign;
use crate::errors::{types::Because, unsupported, unsupported::Feature};
use crate::hir::{Expr, ExprKind};
use crate::ty::{Ty, TyKind, join_all};

impl FnCx<'_, '_> {
    /// An expression that has to be of this type.
    pub(super) fn expr_as(&mut self, expr: &AstExpr, ty: Ty, because: Option<&Because>) -> Expr {
        let value = self.expr(expr, Some(ty));
        self.coerce(value, ty, because)
    }

    /// An expression; what is expected reaches into literals, but the value may be of another type.
    pub(super) fn expr(&mut self, expr: &AstExpr, expected: Option<Ty>) -> Expr {
        let span = expr.span;
        let common = self.cx.common;
        match &expr.kind {
            Ast::Int { value, suffix } => self.int_literal(*value, *suffix, Sign::Plus, expected, span),
            Ast::Float { value, suffix } => self.float_literal(*value, *suffix, expected, span),
            Ast::Bool(value) => self.make(ExprKind::Bool(*value), common.bool, span),
            Ast::Nil => self.make(ExprKind::Nil, common.nil, span),
            Ast::Str(text) => self.make(ExprKind::Str(text.clone()), common.str, span),
            Ast::Interpolated(parts) => self.interpolated(parts, span),
            Ast::Name(name) => self.name(name, span),
            Ast::Paren(inner) => self.expr(inner, expected),
            Ast::Tuple(parts) => self.tuple(parts, expected, span),
            Ast::Array(parts) => self.array(parts, expected, span),
            Ast::Unary { op, op_span, operand } => self.unary(*op, *op_span, operand, expected, span),
            Ast::Binary { op, lhs, rhs, .. } => self.binary(*op, lhs, rhs, expected, span),
            Ast::Compare { first, rest } => self.comparison(first, rest, span),
            Ast::Is { .. } => {
                let condition = self.condition(expr);
                self.settle(condition)
            }
            Ast::Range { start, end, limits } => self.range(start.as_deref(), end.as_deref(), *limits, span),
            Ast::Conditional { condition, then, otherwise } => {
                self.conditional(condition, then, otherwise, expected, span)
            }
            Ast::If(parts) => self.if_value(parts, expected, span),
            Ast::Match { scrutinee, arms } => self.match_value(scrutinee, arms, expected, span),
            Ast::Loop { label, body } => self.loop_value(label.as_ref(), body, expected, span),
            Ast::Call { callee, args } => self.call(callee, args, expected, span),
            Ast::ArrowCall { receiver, method, args } => self.arrow_call(receiver, method, args, span),
            Ast::Member { object, name } | Ast::PathMember { object, name } => self.member(object, name, span),
            Ast::TupleIndex { object, index } => self.tuple_get(object, index.value as usize, index.span, span),
            Ast::Index { object, index } => self.index(object, index, span),
            Ast::Slice { object, start, end, step } => {
                self.slice(object, [start.as_deref(), end.as_deref(), step.as_deref()], span)
            }
            Ast::Bytes(_) => self.unsupported(Feature::Bytes, span),
            Ast::Symbol(_) => self.unsupported(Feature::Symbol, span),
            Ast::Dict(_) | Ast::DictComprehension { .. } => self.unsupported(Feature::Dict, span),
            Ast::Set(_) => self.unsupported(Feature::Set, span),
            Ast::Spread(_) => self.unsupported(Feature::Spread, span),
            Ast::Comprehension { .. } => self.unsupported(Feature::Comprehension, span),
            Ast::Receive { .. } => self.unsupported(Feature::Actor, span),
            Ast::With(_) => self.unsupported(Feature::With, span),
            Ast::Try(_) => self.unsupported(Feature::Result, span),
            Ast::StructLiteral { ty, fields, base } => {
                let values = fields.iter().filter_map(|field| field.value.as_ref()).chain(base.as_deref());
                values.for_each(|value| drop(self.expr(value, None)));
                match &ty.kind {
                    TypeKind::Path { path, .. } if self.is_unsupported(path) => self.error_expr(span),
                    _ => self.unsupported(Feature::Struct, span),
                }
            }
            Ast::DotVariant(_) => self.unsupported(Feature::Enum, span),
            Ast::Lambda(_) => self.unsupported(Feature::Lambda, span),
            Ast::Yield(_) | Ast::YieldFrom(_) => self.unsupported(Feature::Generator, span),
            Ast::Error => self.error_expr(span),
        }
    }

    /// The error of a part of the language that is not supported yet.
    pub(super) fn unsupported(&mut self, feature: Feature, span: Span) -> Expr {
        self.report(unsupported::feature(span, feature));
        self.error_expr(span)
    }

    fn tuple(&mut self, parts: &[AstExpr], expected: Option<Ty>, span: Span) -> Expr {
        let core = expected.map(|ty| self.cx.types.option_of(ty).unwrap_or(ty));
        let wanted: Vec<Ty> = match core.map(|ty| self.cx.types.kind(ty).clone()) {
            Some(TyKind::Tuple(wanted)) if wanted.len() == parts.len() => wanted,
            _ => vec![],
        };
        let mut values = vec![];
        for (at, part) in parts.iter().enumerate() {
            let value = self.expr(part, wanted.get(at).copied());
            // The expected type reaches into the literal, so that nested literals convert in place.
            let value = match wanted.get(at) {
                Some(ty) if self.converts(value.ty, *ty) => self.coerce(value, *ty, None),
                _ => value,
            };
            values.push(value);
        }
        match self.strict(values, span) {
            Ok(values) => {
                let ty = TyKind::Tuple(values.iter().map(|value| value.ty).collect());
                let ty = self.cx.types.intern(ty);
                if self.cx.types.size(ty) > super::TYPE_LIMIT {
                    self.report(crate::errors::types::type_too_large(span));
                    return self.error_expr(span);
                }
                self.make(ExprKind::Tuple(values), ty, span)
            }
            Err(never) => never,
        }
    }

    fn array(&mut self, parts: &[AstExpr], expected: Option<Ty>, span: Span) -> Expr {
        let wanted = expected.and_then(|ty| match self.cx.types.kind(ty) {
            TyKind::Array(element) => Some(*element),
            _ => None,
        });
        let values: Vec<Expr> = parts.iter().map(|part| self.expr(part, wanted)).collect();
        let values = match self.strict(values, span) {
            Ok(values) => values,
            Err(never) => return never,
        };
        self.array_of(values, wanted, span)
    }

    /// An array of values, of their common type.
    pub(super) fn array_of(&mut self, values: Vec<Expr>, wanted: Option<Ty>, span: Span) -> Expr {
        let sources: Vec<_> = values.iter().map(|value| self.source(value)).collect();
        let element = match wanted {
            Some(wanted) => wanted,
            None if values.is_empty() => self.cx.common.int,
            None => match join_all(&mut self.cx.types, &sources) {
                Ok(element) => element,
                Err((first, second)) => {
                    let (first, second) = (self.show(first), self.show(second));
                    self.report(crate::errors::types::different_types(span, &first, &second));
                    return self.error_expr(span);
                }
            },
        };
        if !self.cx.is_element(element) {
            let note = format!("an array of `{}`", self.show(element));
            self.report(unsupported::feature_of(span, Feature::ArrayElement, &note));
            return self.error_expr(span);
        }
        let values: Vec<Expr> = values.into_iter().map(|value| self.coerce(value, element, None)).collect();
        match self.strict(values, span) {
            Ok(values) => {
                let ty = self.cx.types.intern(TyKind::Array(element));
                self.make(ExprKind::Array(values), ty, span)
            }
            Err(never) => never,
        }
    }

    fn unary(&mut self, op: UnaryOp, op_span: Span, operand: &AstExpr, expected: Option<Ty>, span: Span) -> Expr {
        match op {
            UnaryOp::Neg => self.negate(op_span, operand, expected, span),
            UnaryOp::BitNot => self.complement(op_span, operand, expected, span),
            UnaryOp::Not => {
                let condition = self.condition(operand);
                let negated = self.negate_condition(condition, span);
                self.settle(negated)
            }
            UnaryOp::Await => self.unsupported(Feature::Async, span),
            UnaryOp::Spawn => self.unsupported(Feature::Actor, span),
        }
    }
}
