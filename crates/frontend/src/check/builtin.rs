//! Calls of the functions that belong to the compiler.

use tandem_runtime::Fault;
use tandem_source::Span;
use tandem_syntax::ast::{Arg, Expr as AstExpr};

use super::function::FnCx;
use super::name::Builtin;
use super::native::Native;
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{Conversion, Expr, ExprKind, Form, FormatPart, Sink, Stmt};
use crate::resolve::{Def, Head};
use crate::ty::{IntTy, Ty, TyKind};

impl FnCx<'_, '_> {
    /// `print(a, b)`, `int(x)`, `range(n)` …
    pub(super) fn call_builtin(
        &mut self,
        builtin: Builtin,
        name: &str,
        args: &[Arg],
        expected: Option<Ty>,
        span: Span,
    ) -> Expr {
        let common = self.cx.common;
        match builtin {
            Builtin::Print => self.print(name, args, Sink::StandardOutput, span),
            Builtin::Eprint => self.print(name, args, Sink::StandardError, span),
            Builtin::Write => self.write(name, args, span),
            Builtin::Min | Builtin::Max => self.extreme(name, args, expected, span),
            Builtin::Round => self.round(name, args, span),
            Builtin::Range => self.range_call(name, args, span),
            Builtin::Exit => {
                let Some(args) = self.plain(name, args, 0, 1, span) else { return self.error_expr(span) };
                let status = match args.first() {
                    Some(status) => {
                        let because = Because::new(status.span, "an exit status is an `int`");
                        self.expr_as(status, common.int, Some(&because))
                    }
                    None => self.make(ExprKind::Int(0), common.int, span),
                };
                self.flow.dead = true;
                match self.strict(vec![status], span) {
                    Ok(mut parts) => self.make(ExprKind::Exit(Box::new(parts.remove(0))), common.never, span),
                    Err(never) => never,
                }
            }
            Builtin::Panic => {
                let Some(args) = self.plain(name, args, 0, 1, span) else { return self.error_expr(span) };
                let message = match args.first() {
                    Some(message) => self.expr(message, None),
                    None => self.make(ExprKind::Str("panic".to_owned()), common.str, span),
                };
                self.flow.dead = true;
                match self.strict(vec![message], span) {
                    Ok(mut parts) => {
                        let message = self.display(parts.remove(0), Form::Display, span);
                        let kind = ExprKind::Fail { fault: Fault::Panic, message: Some(Box::new(message)) };
                        self.make(kind, common.never, span)
                    }
                    Err(never) => never,
                }
            }
            Builtin::Some => {
                let Some(args) = self.plain(name, args, 1, 1, span) else { return self.error_expr(span) };
                let value = self.expr(args[0], expected);
                if self.cx.types.has_error(value.ty) || value.ty == common.never {
                    return value;
                }
                let ty = self.cx.types.option(value.ty);
                self.coerce(value, ty, None).at(span)
            }
            Builtin::Str
            | Builtin::Repr
            | Builtin::Int(_)
            | Builtin::Float
            | Builtin::F32
            | Builtin::Bool
            | Builtin::Len
            | Builtin::Type => {
                let Some(args) = self.plain(name, args, 1, 1, span) else { return self.error_expr(span) };
                let value = self.expr(args[0], None);
                let value = match self.strict(vec![value], span) {
                    Ok(mut parts) => parts.remove(0),
                    Err(never) => return never,
                };
                match builtin {
                    Builtin::Str if value.ty == common.str => value.at(span),
                    Builtin::Str => self.display(value, Form::Display, span),
                    Builtin::Repr => self.display(value, Form::Repr, span),
                    Builtin::Int(width) => self.as_int(value, width, span),
                    Builtin::Float => self.as_float(value, span),
                    Builtin::F32 => self.as_f32(value, span),
                    Builtin::Bool => self.as_bool(value, span),
                    Builtin::Len => {
                        let value = self.operand(value);
                        self.length(value, span)
                    }
                    _ => self.type_name(value, span),
                }
            }
        }
    }

    /// Arguments by position only, so many.
    fn plain<'a>(
        &mut self,
        name: &str,
        args: &'a [Arg],
        least: usize,
        most: usize,
        span: Span,
    ) -> Option<Vec<&'a AstExpr>> {
        let mut values = vec![];
        for arg in args {
            if let Some(name_given) = &arg.name {
                self.report(errors::types::unknown_argument(name_given.span, name, &name_given.name, None));
                return None;
            }
            if matches!(arg.value.kind, tandem_syntax::ast::ExprKind::Spread(_)) {
                drop(self.unsupported(Feature::Spread, arg.value.span));
                return None;
            }
            values.push(&arg.value);
        }
        if values.len() > most {
            self.report(errors::types::too_many_arguments(values[most].span, name, most, None));
            return None;
        }
        if values.len() < least {
            self.report(errors::types::missing_arguments(span, name, &["value".to_owned()], None));
            return None;
        }
        Some(values)
    }

    /// The text of a value.
    pub(super) fn display(&mut self, value: Expr, form: Form, span: Span) -> Expr {
        let common = self.cx.common;
        if form == Form::Display && value.ty == common.str {
            return value;
        }
        let parts = vec![FormatPart::Value { value, form, spec: None }];
        self.make(ExprKind::Format { parts, sink: Sink::String }, common.str, span)
    }

    /// `int(x)`, `u8(x)`
    fn as_int(&mut self, value: Expr, width: IntTy, span: Span) -> Expr {
        let common = self.cx.common;
        let value = self.operand(value);
        let ty = self.cx.types.intern(TyKind::Int(width));
        match *self.cx.types.kind(value.ty) {
            TyKind::Int(from) if from == width => self.said(value.at(span)),
            TyKind::Int(_) if self.is_open_literal(&value) && self.literal_fits(&value, width) => {
                let ExprKind::Int(number) = value.kind else { return value };
                self.number(i128::from(number), ty, span)
            }
            TyKind::Int(from) if width.holds_all_of(from) => self.conversion(Conversion::Widen, value, ty).at(span),
            TyKind::Int(_) => self.conversion(Conversion::Checked, value, ty).at(span),
            TyKind::Float if width == IntTy::I64 => self.conversion(Conversion::FloatToInt, value, ty).at(span),
            TyKind::Float => {
                let whole = self.conversion(Conversion::FloatToInt, value, common.int).at(span);
                self.conversion(Conversion::Checked, whole, ty).at(span)
            }
            TyKind::F32 => {
                let wide = self.conversion(Conversion::FloatToFloat, value, common.float);
                self.as_int(wide, width, span)
            }
            TyKind::Bool => {
                let whole = self.conversion(Conversion::BoolToInt, value, common.int).at(span);
                self.as_int(whole, width, span)
            }
            TyKind::Str => {
                let parsed = self.native(Native::ParseInt, vec![value], common.int, span);
                self.as_int(parsed, width, span)
            }
            _ => self.no_conversion(&value, ty, span),
        }
    }

    fn literal_fits(&self, value: &Expr, width: IntTy) -> bool {
        matches!(value.kind, ExprKind::Int(number) if width.holds(i128::from(number)))
    }

    fn as_float(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        let value = self.operand(value);
        match *self.cx.types.kind(value.ty) {
            TyKind::Float => value.at(span),
            TyKind::Int(_) => self.conversion(Conversion::IntToFloat, value, common.float).at(span),
            TyKind::F32 => self.conversion(Conversion::FloatToFloat, value, common.float).at(span),
            TyKind::Str => self.native(Native::ParseFloat, vec![value], common.float, span),
            _ => self.no_conversion(&value, common.float, span),
        }
    }

    fn as_f32(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        let value = self.operand(value);
        match *self.cx.types.kind(value.ty) {
            TyKind::F32 => value.at(span),
            TyKind::Int(_) => self.conversion(Conversion::IntToFloat, value, common.f32).at(span),
            TyKind::Float => self.conversion(Conversion::FloatToFloat, value, common.f32).at(span),
            TyKind::Str => {
                let parsed = self.native(Native::ParseFloat, vec![value], common.float, span);
                self.as_f32(parsed, span)
            }
            TyKind::Error | TyKind::Never => value,
            _ => self.no_conversion(&value, common.f32, span),
        }
    }

    fn as_bool(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        match self.cx.types.kind(value.ty) {
            TyKind::Bool => value.at(span),
            TyKind::Option(_) => self.make(ExprKind::IsSome(Box::new(value)), common.bool, span),
            TyKind::Nil => {
                let no = self.make(ExprKind::Bool(false), common.bool, span);
                self.after(vec![Stmt::Expr(value)], no)
            }
            _ => self.no_conversion(&value, common.bool, span),
        }
    }

    fn no_conversion(&mut self, value: &Expr, to: Ty, span: Span) -> Expr {
        if !self.cx.types.has_error(value.ty) {
            let (from, to) = (self.show(value.ty), self.show(to));
            self.report(errors::types::conversion(value.span, &from, &to));
        }
        self.error_expr(span)
    }

    /// `type(x)`
    fn type_name(&mut self, value: Expr, span: Span) -> Expr {
        let common = self.cx.common;
        let name = |cx: &Self, ty: Ty| match cx.cx.types.kind(ty) {
            TyKind::Int(int) => int.name(),
            TyKind::Float => "float",
            TyKind::F32 => "f32",
            TyKind::Bool => "bool",
            TyKind::Str => "str",
            TyKind::Nil => "nil",
            TyKind::Tuple(_) => "tuple",
            TyKind::Range => "range",
            TyKind::Array(_) => "array",
            TyKind::FnItem(_) => "function",
            TyKind::Option(_) | TyKind::Never | TyKind::Error | TyKind::Var(_) => "any",
        };
        let text = |cx: &Self, ty: Ty| cx.make(ExprKind::Str(name(cx, ty).to_owned()), common.str, span);
        if let Some(inner) = self.cx.types.option_of(value.ty) {
            let condition = self.make(ExprKind::IsSome(Box::new(value)), common.bool, span);
            let kind = ExprKind::If {
                condition: Box::new(condition),
                then: Box::new(text(self, inner)),
                otherwise: Some(Box::new(text(self, common.nil))),
            };
            return self.make(kind, common.str, span);
        }
        let text = text(self, value.ty);
        if self.is_constant(&value) { text } else { self.after(vec![Stmt::Expr(value)], text) }
    }

    /// `range(n)`, `range(a, b)`, `range(a, b, step)`
    fn range_call(&mut self, name: &str, args: &[Arg], span: Span) -> Expr {
        let Some(args) = self.plain(name, args, 1, 3, span) else { return self.error_expr(span) };
        let values: Vec<Expr> = args.iter().map(|arg| self.range_end(arg)).collect();
        let values = match self.strict(values, span) {
            Ok(values) => values,
            Err(never) => return never,
        };
        let common = self.cx.common;
        let zero = self.make(ExprKind::Int(0), common.int, span);
        let mut values = values.into_iter();
        let (start, end, step) = match (values.next(), values.next(), values.next()) {
            (Some(end), None, _) => (zero, end, None),
            (Some(start), Some(end), step) => (start, end, step),
            (None, ..) => return self.error_expr(span),
        };
        let step = step.map(Box::new);
        let kind = ExprKind::Range { start: Box::new(start), end: Box::new(end), step, closed: false };
        self.make(kind, common.range, span)
    }

    /// `min(a, b, …)`, `max(a, b, …)`: the library's function for two, of the common type.
    fn extreme(&mut self, name: &str, args: &[Arg], expected: Option<Ty>, span: Span) -> Expr {
        let Some(args) = self.plain(name, args, 1, usize::MAX, span) else { return self.error_expr(span) };
        if let [only] = args.as_slice() {
            drop(self.expr(only, None));
            return self.unsupported(Feature::Library, span);
        }
        let expected = expected.filter(|ty| self.cx.types.is_number(*ty));
        let values: Vec<Expr> = args.iter().map(|arg| self.expr(arg, expected)).collect();
        let values: Vec<Expr> = values.into_iter().map(|value| self.operand(value)).collect();
        let values = match self.strict(values, span) {
            Ok(values) => values,
            Err(never) => return never,
        };
        let Some((_, values)) = self.joined(values, None, span) else { return self.error_expr(span) };
        let Some(Def::Fn(decl)) = self.cx.names.prelude(name) else { return self.unsupported(Feature::Library, span) };
        let mut values = values.into_iter();
        let Some(mut best) = values.next() else { return self.error_expr(span) };
        for value in values {
            best = self.call_with_values(decl, vec![best, value], span);
        }
        best
    }

    /// `round(x)`, `round(x, places)`
    fn round(&mut self, name: &str, args: &[Arg], span: Span) -> Expr {
        let Some(args) = self.plain(name, args, 1, 2, span) else { return self.error_expr(span) };
        let value = self.expr(args[0], None);
        let value = self.operand(value);
        let common = self.cx.common;
        let places = args.get(1).map(|places| self.expr_as(places, common.int, None));
        let mut parts = vec![value];
        parts.extend(places);
        let parts = match self.strict(parts, span) {
            Ok(parts) => parts,
            Err(never) => return never,
        };
        let (head, method) = match (self.cx.types.kind(parts[0].ty), parts.len()) {
            (TyKind::Int(_), 1) => {
                return parts.into_iter().next().map_or(self.error_expr(span), |value| value.at(span));
            }
            (TyKind::Int(_), _) => (Head::Int, "round"),
            (TyKind::Float | TyKind::F32, 1) => (Head::Float, "round"),
            (TyKind::Float | TyKind::F32, _) => (Head::Float, "round_to"),
            _ => return self.no_conversion(&parts[0], common.int, span),
        };
        let receiver = if head == Head::Int { common.int } else { common.float };
        let mut parts = parts.into_iter();
        let Some(value) = parts.next() else { return self.error_expr(span) };
        let value = self.coerce(value, receiver, None);
        let args: Vec<Expr> = std::iter::once(value).chain(parts).collect();
        match self.cx.names.methods(head, method).first().copied() {
            Some(decl) => self.call_with_values(decl, args, span),
            None => self.unsupported(Feature::Library, span),
        }
    }
}
