//! Elements and slices.

use tandem_source::Span;
use tandem_syntax::ast::{Expr as AstExpr, RangeLimits};

use super::function::FnCx;
use super::native::Native;
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{Expr, ExprKind};
use crate::ty::TyKind;

impl FnCx<'_, '_> {
    /// `a[i]`
    pub(super) fn index(&mut self, object: &AstExpr, index: &AstExpr, span: Span) -> Expr {
        let object = self.expr(object, None);
        let object = self.operand(object);
        let common = self.cx.common;
        if self.cx.types.has_error(object.ty) {
            drop(self.expr(index, None));
            return self.error_expr(span);
        }
        match self.cx.types.kind(object.ty).clone() {
            TyKind::Tuple(_) => self.tuple_index(object, index, span),
            TyKind::Str => {
                let index = self.int_index(index);
                self.native(Native::StrIndex, vec![object, index], common.str, span)
            }
            TyKind::Array(element) => {
                let index = self.int_index(index);
                match self.items(element) {
                    Some(items) => self.native(Native::ArrayGet(items), vec![object, index], element, span),
                    None => self.unsupported(Feature::ArrayElement, span),
                }
            }
            TyKind::Never => object,
            TyKind::Range => self.unsupported(Feature::Library, span),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Nil
            | TyKind::Option(_)
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => {
                let shown = self.show(object.ty);
                self.report(errors::types::not_indexable(object.span, &shown));
                self.error_expr(span)
            }
        }
    }

    fn int_index(&mut self, index: &AstExpr) -> Expr {
        let because = Because::new(index.span, "an index is an `int`");
        self.expr_as(index, self.cx.common.int, Some(&because))
    }

    /// `t[0]`
    fn tuple_index(&mut self, object: Expr, index: &AstExpr, span: Span) -> Expr {
        let value = self.expr(index, None);
        match value.kind {
            ExprKind::Int(at) if self.is_open_literal(&value) => {
                self.tuple_element(object, i128::from(at), index.span, span)
            }
            _ if self.cx.types.has_error(value.ty) => self.error_expr(span),
            _ => {
                let shown = self.show(object.ty);
                self.report(errors::types::tuple_index_literal(index.span, &shown));
                self.error_expr(span)
            }
        }
    }

    /// `t.0`
    pub(super) fn tuple_get(&mut self, object: &AstExpr, index: usize, index_span: Span, span: Span) -> Expr {
        let object = self.expr(object, None);
        let object = self.operand(object);
        if self.cx.types.has_error(object.ty) {
            return self.error_expr(span);
        }
        self.tuple_element(object, index as i128, index_span, span)
    }

    fn tuple_element(&mut self, tuple: Expr, index: i128, index_span: Span, span: Span) -> Expr {
        if tuple.ty == self.cx.common.never {
            return tuple;
        }
        let shown = self.show(tuple.ty);
        let Some(parts) = self.tuple_parts(tuple.ty) else {
            self.report(errors::names::unknown_member(index_span, &shown, &index.to_string(), None));
            return self.error_expr(span);
        };
        let at = if index < 0 { index + parts.len() as i128 } else { index };
        match usize::try_from(at).ok().filter(|at| *at < parts.len()) {
            Some(index) => self.make(ExprKind::TupleGet { tuple: Box::new(tuple), index }, parts[index], span),
            None => {
                self.report(errors::types::tuple_index(index_span, &index.to_string(), &shown, parts.len()));
                self.error_expr(span)
            }
        }
    }

    /// `a[i:j:k]`
    pub(super) fn slice(&mut self, object: &AstExpr, parts: [Option<&AstExpr>; 3], span: Span) -> Expr {
        let object = self.expr(object, None);
        let object = self.operand(object);
        let common = self.cx.common;
        let limit = self.cx.types.option(common.int);
        let [start, end, step] = parts;
        let mut args = vec![];
        for part in [start, end] {
            let value = match part {
                Some(part) => self.expr_as(part, limit, Some(&Because::new(part.span, "a slice counts with ints"))),
                None => self.make(ExprKind::Nil, limit, span),
            };
            args.push(value);
        }
        let step = match step {
            Some(step) => self.expr_as(step, common.int, Some(&Because::new(step.span, "a slice counts with ints"))),
            None => self.make(ExprKind::Int(1), common.int, span),
        };
        args.push(step);
        let ty = object.ty;
        if self.cx.types.has_error(ty) {
            return self.error_expr(span);
        }
        let native = match self.cx.types.kind(ty) {
            TyKind::Str => Native::StrSlice,
            TyKind::Array(_) => Native::ArraySlice,
            TyKind::Never => return object,
            TyKind::Range | TyKind::Tuple(_) => return self.unsupported(Feature::Library, span),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Nil
            | TyKind::Option(_)
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => {
                let shown = self.show(ty);
                self.report(errors::types::not_indexable(object.span, &shown));
                return self.error_expr(span);
            }
        };
        args.insert(0, object);
        self.native(native, args, ty, span)
    }

    /// `a..b`
    pub(super) fn range(
        &mut self,
        start: Option<&AstExpr>,
        end: Option<&AstExpr>,
        limits: RangeLimits,
        span: Span,
    ) -> Expr {
        let (Some(start), Some(end)) = (start, end) else { return self.unsupported(Feature::Library, span) };
        let start = self.range_end(start);
        let end = self.range_end(end);
        let (start, end) = match self.strict_pair(start, end, span) {
            Ok(pair) => pair,
            Err(never) => return never,
        };
        let closed = limits == RangeLimits::Closed;
        let kind = ExprKind::Range { start: Box::new(start), end: Box::new(end), step: None, closed };
        self.make(kind, self.cx.common.range, span)
    }

    /// An end of a range: an integer.
    pub(super) fn range_end(&mut self, end: &AstExpr) -> Expr {
        let value = self.expr(end, None);
        let value = self.operand(value);
        let int = self.cx.common.int;
        if self.cx.types.has_error(value.ty) || self.converts(value.ty, int) {
            return self.coerce(value, int, None);
        }
        let shown = self.show(value.ty);
        self.report(errors::types::range_end(value.span, &shown));
        self.error_expr(value.span)
    }
}
