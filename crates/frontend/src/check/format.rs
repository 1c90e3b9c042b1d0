//! Interpolation and printing.

use tandem_source::Span;
use tandem_syntax::ast::{Arg, ExprKind as Ast, StrPart};

use super::format_spec;
use super::function::FnCx;
use crate::errors::{self, types::Because, unsupported::Feature};
use crate::hir::{Expr, ExprKind, Form, FormatPart, Sink};

impl FnCx<'_, '_> {
    /// `"{name}: {total:>8.2f}"`
    pub(super) fn interpolated(&mut self, parts: &[StrPart], span: Span) -> Expr {
        let common = self.cx.common;
        let mut made = vec![];
        let mut broken = None;
        for part in parts {
            match part {
                StrPart::Text(text) => made.push(FormatPart::Text(text.clone())),
                StrPart::Value { expr, spec, span: braces } => {
                    let value = self.expr(expr, None);
                    let spec = spec.as_ref().map(|spec| self.spec(spec, &value, *braces));
                    let failed = |value: &Expr| value.ty == common.never || self.cx.types.has_error(value.ty);
                    if failed(&value) || spec.as_ref().is_some_and(failed) {
                        broken.get_or_insert(made.len());
                    }
                    made.push(FormatPart::Value { value, form: Form::Display, spec: spec.map(Box::new) });
                }
            }
        }
        if broken.is_some() {
            let values = made.into_iter().flat_map(part_values).collect();
            return match self.strict(values, span) {
                Err(never) => never,
                Ok(_) => self.error_expr(span),
            };
        }
        self.make(ExprKind::Format { parts: made, sink: Sink::String }, common.str, span)
    }

    /// The spec behind the colon: text, perhaps with expressions in it.
    fn spec(&mut self, parts: &[StrPart], value: &Expr, braces: Span) -> Expr {
        let common = self.cx.common;
        if let [] | [StrPart::Text(_)] = parts {
            let text = match parts {
                [StrPart::Text(text)] => text.clone(),
                _ => String::new(),
            };
            if let Err(why) = format_spec::check(&text, self.cx.types.kind(value.ty)) {
                self.report(errors::types::format_spec(braces, &text, why));
                return self.error_expr(braces);
            }
            return self.make(ExprKind::Str(text), common.str, braces);
        }
        self.interpolated(parts, braces)
    }

    /// `print(a, b, sep = ", ", end = "")`
    pub(super) fn print(&mut self, name: &str, args: &[Arg], sink: Sink, span: Span) -> Expr {
        let common = self.cx.common;
        let mut values = vec![];
        let mut order = vec![];
        let (mut sep, mut end) = (None, None);
        for arg in args {
            if let Ast::Spread(inner) = &arg.value.kind {
                drop(self.expr(inner, None));
                return self.unsupported(Feature::Spread, arg.value.span);
            }
            let slot = match &arg.name {
                None => {
                    if sep.is_some() || end.is_some() {
                        self.report(errors::types::positional_after_named(arg.value.span));
                    }
                    let value = self.expr(&arg.value, None);
                    values.push(order.len());
                    order.push(value);
                    continue;
                }
                Some(name) if name.name == "sep" => &mut sep,
                Some(name) if name.name == "end" => &mut end,
                Some(other) => {
                    let near = errors::nearest(&other.name, ["sep", "end"]).map(str::to_owned);
                    self.report(errors::types::unknown_argument(other.span, name, &other.name, near));
                    return self.poisoned_call(args, span);
                }
            };
            let again = slot.replace(order.len()).is_some();
            if again {
                let name_given = arg.name.as_ref().map_or("", |name| name.name.as_str());
                self.report(errors::types::argument_twice(arg.value.span, name, name_given));
            }
            let because = Because::new(arg.value.span, "a `str` is printed between and behind the values");
            let value = self.expr_as(&arg.value, common.str, Some(&because));
            order.push(value);
        }
        let order = match self.strict(order, span) {
            Ok(order) => order,
            Err(never) => return never,
        };
        // What stands behind the values is evaluated after them; constants need no place of their own.
        let computed = |at: Option<usize>| at.is_some_and(|at| !self.is_constant(&order[at]));
        let hold = computed(sep) || computed(end);
        let mut before = vec![];
        let mut order: Vec<Option<Expr>> = order
            .into_iter()
            .map(|value| {
                if hold && !self.is_constant(&value) {
                    let (stmt, held) = self.hold(value);
                    before.push(stmt);
                    Some(self.read_held(held))
                } else {
                    Some(value)
                }
            })
            .collect();
        let mut text = |cx: &Self, at: Option<usize>, default: &str| match at {
            None => Between::Text(default.to_owned()),
            Some(at) => match order[at].take() {
                Some(Expr { kind: ExprKind::Str(text), .. }) => Between::Text(text),
                Some(Expr { kind: ExprKind::Local(local), ty, span }) => Between::Held(local, ty, span),
                Some(_) | None => Between::Text(cx.text(span)),
            },
        };
        let (sep, end) = (text(self, sep, " "), text(self, end, "\n"));
        let mut parts = vec![];
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                parts.push(sep.part());
            }
            if let Some(value) = order[value].take() {
                parts.push(shown(value));
            }
        }
        parts.push(end.part());
        let printed = self.make(ExprKind::Format { parts: merged(parts), sink }, common.nil, span);
        self.after(before, printed)
    }

    /// `write(a)`
    pub(super) fn write(&mut self, name: &str, args: &[Arg], span: Span) -> Expr {
        let mut values = vec![];
        for arg in args {
            if let Some(given) = &arg.name {
                self.report(errors::types::unknown_argument(given.span, name, &given.name, None));
                return self.poisoned_call(args, span);
            }
            values.push(self.expr(&arg.value, None));
        }
        match self.strict(values, span) {
            Ok(values) => {
                let parts = values.into_iter().map(shown).collect();
                let kind = ExprKind::Format { parts: merged(parts), sink: Sink::StandardOutput };
                self.make(kind, self.cx.common.nil, span)
            }
            Err(never) => never,
        }
    }
}

/// What stands between printed values.
enum Between {
    Text(String),
    Held(crate::hir::LocalId, crate::ty::Ty, Span),
}

impl Between {
    fn part(&self) -> FormatPart {
        match self {
            Between::Text(text) => FormatPart::Text(text.clone()),
            Between::Held(local, ty, span) => shown(Expr { kind: ExprKind::Local(*local), ty: *ty, span: *span }),
        }
    }
}

/// A value as `print` shows it; a string literal is text.
fn shown(value: Expr) -> FormatPart {
    match value.kind {
        ExprKind::Str(text) => FormatPart::Text(text),
        _ => FormatPart::Value { value, form: Form::Display, spec: None },
    }
}

/// Neighbouring texts as one.
fn merged(parts: Vec<FormatPart>) -> Vec<FormatPart> {
    let mut merged: Vec<FormatPart> = vec![];
    for part in parts {
        match (merged.last_mut(), part) {
            (_, FormatPart::Text(text)) if text.is_empty() => {}
            (Some(FormatPart::Text(before)), FormatPart::Text(text)) => before.push_str(&text),
            (_, part) => merged.push(part),
        }
    }
    merged
}

fn part_values(part: FormatPart) -> Vec<Expr> {
    match part {
        FormatPart::Text(_) => vec![],
        FormatPart::Value { value, spec, .. } => std::iter::once(value).chain(spec.map(|spec| *spec)).collect(),
    }
}
