//! Text from values: interpolation, `str`, `repr`, printing, messages.
//!
//! All parts are evaluated first; then they are appended one by one to the runtime's buffer (`rt_fmt_…`), which is taken
//! as a string or printed. What holds an array can change before its turn comes; it becomes a string at once.

use tandem_frontend::hir::{Expr, ExprKind, Form, FormatPart, Sink};
use tandem_frontend::ty::{IntTy, Ty, TyKind};
use tandem_runtime::Fault;
use tandem_runtime::ffi::{self, RtFn};

use super::{FunctionCx, Into, Regs};
use crate::{Inst, Lane, Reg};

/// A part that has been evaluated.
enum Part<'e> {
    Text(&'e str),
    Value {
        expr: &'e Expr,
        regs: Regs,
        form: Form,
        spec: Option<Reg>,
    },
    /// Already text.
    String(Reg),
}

impl FunctionCx<'_> {
    pub(super) fn format(&mut self, expr: &Expr, parts: &[FormatPart], sink: Sink, into: Into) -> Regs {
        if sink == Sink::String
            && let Some(same) = self.same_text(parts, into)
        {
            return same;
        }
        let parts = self.evaluate_parts(parts);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return self.new_regs(expr.ty);
        }
        for part in &parts {
            match part {
                Part::Text(text) => self.append_text(text),
                Part::Value {
                    expr: Expr { kind: ExprKind::Str(text), .. }, form: Form::Display, spec: None, ..
                } => {
                    self.append_text(text);
                }
                Part::Value { expr, regs, form, spec } => {
                    self.at(expr.span);
                    self.append(expr.ty, regs, *form, *spec);
                }
                Part::String(string) => {
                    self.b.call_rt(&ffi::FMT_STR, &[*string]);
                }
            }
        }
        self.at(expr.span);
        match sink {
            Sink::String => {
                let dst = self.one(into, Lane::Ref);
                self.b.inst(Inst::CallRt {
                    dsts: Regs::from_slice(&[dst]),
                    function: &ffi::FMT_TAKE,
                    args: Regs::new(),
                });
                return Regs::from_slice(&[dst]);
            }
            Sink::StandardOutput => self.b.call_rt(&ffi::FMT_PRINT, &[]),
            Sink::StandardError => self.b.call_rt(&ffi::FMT_EPRINT, &[]),
        };
        Regs::new()
    }

    /// The text of one string, or of no value at all.
    fn same_text(&mut self, parts: &[FormatPart], into: Into) -> Option<Regs> {
        match parts {
            [FormatPart::Value { value, form: Form::Display, spec: None }]
                if matches!(self.kind(value.ty), TyKind::Str) =>
            {
                Some(self.expr(value, into))
            }
            [] | [FormatPart::Text(_)] => {
                let text = parts.first().map_or("", |part| match part {
                    FormatPart::Text(text) => text.as_str(),
                    FormatPart::Value { .. } => "",
                });
                let (constant, dst) = (self.out.constant(text), self.one(into, Lane::Ref));
                self.b.inst(Inst::ConstString { dst, constant });
                Some(Regs::from_slice(&[dst]))
            }
            _ => None,
        }
    }

    fn evaluate_parts<'e>(&mut self, parts: &'e [FormatPart]) -> Vec<Part<'e>> {
        let mut evaluated = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().enumerate() {
            evaluated.push(match part {
                FormatPart::Text(text) => Part::Text(text),
                FormatPart::Value { value, form, spec } => {
                    let later = parts[index + 1..].iter().flat_map(exprs_of);
                    let later = spec.as_deref().into_iter().chain(later);
                    let regs = self.expr(value, None);
                    let regs = self.protected(regs, later.clone());
                    let now = self.holds_array(value.ty) && later.clone().any(|expr| !is_quiet(expr));
                    if now && spec.is_none() && self.b.is_reachable() {
                        self.at(value.span);
                        self.append(value.ty, &regs, *form, None);
                        Part::String(self.b.call_rt(&ffi::FMT_TAKE, &[])[0])
                    } else {
                        let spec = spec.as_ref().map(|spec| {
                            let regs = self.value(spec, spec.ty);
                            self.protected(regs, parts[index + 1..].iter().flat_map(exprs_of))[0]
                        });
                        Part::Value { expr: value, regs, form: *form, spec }
                    }
                }
            });
        }
        evaluated
    }

    fn holds_array(&self, ty: Ty) -> bool {
        match self.kind(ty) {
            TyKind::Array(_) => true,
            TyKind::Tuple(elements) => elements.iter().any(|element| self.holds_array(*element)),
            TyKind::Option(inner) => self.holds_array(*inner),
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Str
            | TyKind::Nil
            | TyKind::Never
            | TyKind::Range
            | TyKind::FnItem(_)
            | TyKind::Error
            | TyKind::Var(_) => false,
        }
    }

    // ---- appending

    pub(super) fn append_text(&mut self, text: &str) {
        if !text.is_empty() {
            let constant = self.out.constant(text);
            let text = self.b.string(constant);
            self.b.call_rt(&ffi::FMT_STR, &[text]);
        }
    }

    /// Appends a number.
    pub(super) fn append_scalar(&mut self, ty: Ty, value: Reg) {
        self.append(ty, &[value], Form::Display, None);
    }

    fn append(&mut self, ty: Ty, regs: &[Reg], form: Form, spec: Option<Reg>) {
        if let TyKind::Option(inner) = self.kind(ty) {
            let (some, none, end) = (self.b.block(), self.b.block(), self.b.block());
            self.branch_is_some(ty, regs, some, none);
            self.b.switch_to(some);
            let payload = self.payload(ty, regs);
            self.append(*inner, &payload, form, spec);
            self.b.jump(end);
            self.b.switch_to(none);
            self.append_with(spec, |cx| {
                cx.b.call_rt(&ffi::FMT_NIL, &[]);
            });
            self.b.jump(end);
            self.b.switch_to(end);
            return;
        }
        match (spec, self.rows(ty, form)) {
            (None, Some(rows)) => {
                self.b.call_rt(rows.plain, regs);
            }
            (Some(spec), Some(Rows { by_spec: Some(row), .. })) => {
                self.b.call_rt(row, &[regs[0], spec]);
            }
            (spec, _) => self.append_with(spec, |cx| cx.append_composed(ty, regs, form)),
        }
    }

    /// Appends something and formats its text by a spec.
    fn append_with(&mut self, spec: Option<Reg>, append: impl FnOnce(&mut Self)) {
        let mark = spec.map(|_| self.b.call_rt(&ffi::FMT_MARK, &[])[0]);
        append(self);
        if let (Some(mark), Some(spec)) = (mark, spec) {
            self.b.call_rt(&ffi::FMT_APPLY, &[mark, spec]);
        }
    }

    /// What is not one row.
    fn append_composed(&mut self, ty: Ty, regs: &[Reg], form: Form) {
        match self.kind(ty) {
            TyKind::Tuple(elements) => {
                self.append_text("(");
                for (index, (element, regs)) in self.elements(ty, regs).into_iter().enumerate() {
                    if index > 0 {
                        self.append_text(", ");
                    }
                    self.append(element, &regs, Form::Repr, None);
                }
                self.append_text(if elements.len() == 1 { ",)" } else { ")" });
            }
            TyKind::FnItem(declaration) => {
                let text = format!("<fn {}>", self.hir.declarations[*declaration]);
                self.append_text(&text);
            }
            TyKind::Never => {}
            TyKind::Int(_)
            | TyKind::Float
            | TyKind::F32
            | TyKind::Bool
            | TyKind::Str
            | TyKind::Nil
            | TyKind::Option(_)
            | TyKind::Range
            | TyKind::Array(_)
            | TyKind::Error
            | TyKind::Var(_) => {
                let rows = self.rows(ty, form).expect("all other types have rows");
                self.b.call_rt(rows.plain, regs);
            }
        }
    }

    /// The rows that append a value of a type.
    fn rows(&self, ty: Ty, form: Form) -> Option<Rows> {
        let rows = |plain, by_spec| Some(Rows { plain, by_spec });
        match self.kind(ty) {
            TyKind::Int(IntTy::U64) => rows(&ffi::FMT_UINT, Some(&ffi::FMT_UINT_SPEC)),
            TyKind::Int(_) => rows(&ffi::FMT_INT, Some(&ffi::FMT_INT_SPEC)),
            TyKind::Float => rows(&ffi::FMT_FLOAT, Some(&ffi::FMT_FLOAT_SPEC)),
            TyKind::F32 => rows(&ffi::FMT_F32, Some(&ffi::FMT_F32_SPEC)),
            TyKind::Bool => rows(&ffi::FMT_BOOL, Some(&ffi::FMT_BOOL_SPEC)),
            TyKind::Str => match form {
                Form::Display => rows(&ffi::FMT_STR, Some(&ffi::FMT_STR_SPEC)),
                Form::Repr => rows(&ffi::FMT_REPR, None),
            },
            TyKind::Nil => rows(&ffi::FMT_NIL, None),
            TyKind::Range => rows(&ffi::FMT_RANGE, None),
            TyKind::Array(_) => rows(&ffi::FMT_ARRAY, None),
            TyKind::Tuple(_)
            | TyKind::Option(_)
            | TyKind::FnItem(_)
            | TyKind::Never
            | TyKind::Error
            | TyKind::Var(_) => None,
        }
    }

    // ---- messages

    /// Fails with a message.
    pub(super) fn fail_with(&mut self, fault: Fault, message: &str) {
        let constant = self.out.constant(message);
        let message = self.b.string(constant);
        self.b.fail(fault, Some(message));
    }

    /// Fails with the text that has been appended.
    pub(super) fn fail_with_text(&mut self, fault: Fault) {
        let message = self.b.call_rt(&ffi::FMT_TAKE, &[])[0];
        self.b.fail(fault, Some(message));
    }
}

/// The rows of a type, with and without a format spec.
struct Rows {
    plain: &'static RtFn,
    by_spec: Option<&'static RtFn>,
}

fn exprs_of(part: &FormatPart) -> impl Iterator<Item = &Expr> + Clone {
    let (value, spec) = match part {
        FormatPart::Text(_) => (None, None),
        FormatPart::Value { value, spec, .. } => (Some(value), spec.as_deref()),
    };
    value.into_iter().chain(spec)
}

/// Whether evaluating the expression changes nothing.
fn is_quiet(expr: &Expr) -> bool {
    if let ExprKind::TupleGet { tuple: inner, .. } | ExprKind::Narrow(inner) | ExprKind::Some(inner) = &expr.kind {
        return is_quiet(inner);
    }
    matches!(
        &expr.kind,
        ExprKind::Int(_)
            | ExprKind::Float(_)
            | ExprKind::Bool(_)
            | ExprKind::Nil
            | ExprKind::Str(_)
            | ExprKind::Unit
            | ExprKind::Local(_)
            | ExprKind::Global(_)
    )
}
