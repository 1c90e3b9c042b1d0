//! The methods of options.

use tandem_runtime::Fault;
use tandem_source::Span;
use tandem_syntax::ast::{Arg, Ident};

use super::convert::Held;
use super::function::FnCx;
use crate::errors::{self, unsupported::Feature};
use crate::hir::{Expr, ExprKind, Form, FormatPart, Sink, Stmt};
use crate::ty::{Ty, TyKind, join};

/// A method of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    IsSome,
    IsNone,
    Unwrap,
    Expect,
    UnwrapOr,
    UnwrapOrElse,
    Map,
    AndThen,
    OrElse,
    Filter,
    OkOr,
}

impl Method {
    pub(super) fn named(name: &str) -> Option<Method> {
        Some(match name {
            "is_some" => Method::IsSome,
            "is_none" => Method::IsNone,
            "unwrap" => Method::Unwrap,
            "expect" => Method::Expect,
            "unwrap_or" => Method::UnwrapOr,
            "unwrap_or_else" => Method::UnwrapOrElse,
            "map" => Method::Map,
            "and_then" => Method::AndThen,
            "or_else" => Method::OrElse,
            "filter" => Method::Filter,
            "ok_or" => Method::OkOr,
            _ => return None,
        })
    }

    /// Whether it works on a value that is no option, which is `Some` of itself.
    pub(super) fn works_on_values(self) -> bool {
        matches!(self, Method::IsSome | Method::IsNone | Method::Unwrap | Method::Expect | Method::UnwrapOr)
    }
}

impl FnCx<'_, '_> {
    /// A method of an option, or of a value as if it were one.
    pub(super) fn option_method(
        &mut self,
        method: Method,
        object: Expr,
        inner: Option<Ty>,
        name: &Ident,
        args: &[Arg],
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        let takes = usize::from(!matches!(method, Method::IsSome | Method::IsNone | Method::Unwrap));
        if args.len() > takes {
            self.report(errors::types::too_many_arguments(args[takes].value.span, &name.name, takes, None));
            return self.poisoned_call(args, span);
        }
        if args.len() < takes {
            self.report(errors::types::missing_arguments(span, &name.name, &["value".to_owned()], None));
            return self.error_expr(span);
        }
        let is_nil = object.ty == common.nil;
        let option_ty = if is_nil { common.nil } else { self.cx.types.option(object.ty) };
        let inner = inner.unwrap_or(if is_nil { common.never } else { object.ty });
        if is_nil {
            return match method {
                Method::IsSome | Method::IsNone => {
                    let answer = self.make(ExprKind::Bool(method == Method::IsNone), common.bool, span);
                    self.after(vec![Stmt::Expr(object)], answer)
                }
                Method::UnwrapOr => {
                    let value = self.expr(&args[0].value, None);
                    self.after(vec![Stmt::Expr(object)], value)
                }
                _ => {
                    let shown = self.show(object.ty);
                    self.report(errors::names::unknown_member(name.span, &shown, &name.name, None));
                    self.poisoned_call(args, span)
                }
            };
        }
        let option = self.coerce(object, option_ty, None);
        match method {
            Method::IsSome => self.make(ExprKind::IsSome(Box::new(option)), common.bool, span),
            Method::IsNone => {
                let some = self.make(ExprKind::IsSome(Box::new(option)), common.bool, span);
                let kind = ExprKind::Unary { op: crate::hir::UnaryOp::Not, operand: Box::new(some) };
                self.make(kind, common.bool, span)
            }
            Method::Unwrap => {
                let message = "unwrap of nil".to_owned();
                self.make(ExprKind::Unwrap { option: Box::new(option), message }, inner, span)
            }
            Method::Expect => self.expect(option, inner, &args[0], span),
            Method::UnwrapOr => {
                let (stmt, held) = self.hold(option);
                let otherwise = self.expr(&args[0].value, Some(inner));
                if self.cx.types.has_error(otherwise.ty) {
                    return self.error_expr(span);
                }
                // The argument is evaluated in any case.
                let (second, other) = self.hold(otherwise);
                let kept = self.read_held(other);
                let value = self.choose(held, inner, span, kept);
                self.after(vec![stmt, second], value)
            }
            Method::UnwrapOrElse | Method::OrElse | Method::Map | Method::AndThen => {
                self.with_function(method, option, inner, &args[0], span)
            }
            Method::Filter => self.unsupported(Feature::Library, span),
            Method::OkOr => self.unsupported(Feature::Result, span),
        }
    }

    /// `o.expect("message")`
    fn expect(&mut self, option: Expr, inner: Ty, message: &Arg, span: Span) -> Expr {
        let common = self.cx.common;
        let message = self.expr(&message.value, None);
        if let ExprKind::Str(message) = message.kind {
            return self.make(ExprKind::Unwrap { option: Box::new(option), message }, inner, span);
        }
        if self.cx.types.has_error(message.ty) {
            return self.error_expr(span);
        }
        let (first, held) = self.hold(option);
        let (second, text) = self.hold(message);
        let parts = vec![FormatPart::Value { value: self.read_held(text), form: Form::Display, spec: None }];
        let text = self.make(ExprKind::Format { parts, sink: Sink::String }, common.str, span);
        let fail = ExprKind::Fail { fault: Fault::NilValue, message: Some(Box::new(text)) };
        let fail = self.make(fail, common.never, span);
        let value = self.choose(held, inner, span, fail);
        self.after(vec![first, second], value)
    }

    /// The value of a held option, else another value.
    fn choose(&mut self, held: Held, inner: Ty, span: Span, otherwise: Expr) -> Expr {
        let common = self.cx.common;
        let Some(ty) = join(&mut self.cx.types, inner, otherwise.ty) else {
            let (first, second) = (self.show(inner), self.show(otherwise.ty));
            self.report(errors::types::different_types(span, &first, &second));
            return self.error_expr(span);
        };
        let condition = self.make(ExprKind::IsSome(Box::new(self.read_held(held))), common.bool, span);
        let value = self.make(ExprKind::Narrow(Box::new(self.read_held(held))), inner, span);
        let value = self.coerce(value, ty, None);
        let otherwise = self.coerce(otherwise, ty, None);
        let kind = ExprKind::If {
            condition: Box::new(condition),
            then: Box::new(value),
            otherwise: Some(Box::new(otherwise)),
        };
        self.make(kind, ty, span)
    }

    /// Methods that call a function.
    fn with_function(&mut self, method: Method, option: Expr, inner: Ty, function: &Arg, span: Span) -> Expr {
        let common = self.cx.common;
        let function = self.expr(&function.value, None);
        let TyKind::FnItem(decl) = *self.cx.types.kind(function.ty) else {
            if !self.cx.types.has_error(function.ty) {
                let shown = self.show(function.ty);
                self.report(errors::types::not_callable(function.span, &shown));
            }
            return self.error_expr(span);
        };
        let (stmt, held) = self.hold(option);
        let value = self.make(ExprKind::Narrow(Box::new(self.read_held(held))), inner, span);
        let result = match method {
            Method::UnwrapOrElse => {
                let otherwise = self.call_with_values(decl, vec![], span);
                self.choose(held, inner, span, otherwise)
            }
            Method::OrElse => {
                let otherwise = self.call_with_values(decl, vec![], span);
                let core = self.cx.types.option_of(otherwise.ty).unwrap_or(otherwise.ty);
                let Some(core) = join(&mut self.cx.types, inner, core) else { return self.error_expr(span) };
                let ty = self.cx.types.option(core);
                let option = self.coerce(self.read_held(held), ty, None);
                let otherwise = self.coerce(otherwise, ty, None);
                self.make(ExprKind::Coalesce { option: Box::new(option), otherwise: Box::new(otherwise) }, ty, span)
            }
            _ => {
                let called = self.call_with_values(decl, vec![value], span);
                let ty = self.cx.types.option(called.ty);
                let then = self.coerce(called, ty, None);
                let nil = self.make(ExprKind::Nil, ty, span);
                let condition = self.make(ExprKind::IsSome(Box::new(self.read_held(held))), common.bool, span);
                let kind = ExprKind::If {
                    condition: Box::new(condition),
                    then: Box::new(then),
                    otherwise: Some(Box::new(nil)),
                };
                self.make(kind, ty, span)
            }
        };
        if self.cx.types.has_error(result.ty) {
            return self.error_expr(span);
        }
        self.after(vec![stmt], result)
    }
}
