//! Conversions that the language inserts, wherever a value meets a place of a known type.

use tandem_source::Span;

use super::function::FnCx;
use super::local::Open;
use crate::errors::{self, types::Because};
use crate::hir::{Block, Conversion, Expr, ExprKind, Stmt};
use crate::ty::{IntTy, Ty, TyKind, a_value};

impl FnCx<'_, '_> {
    /// The value as `target`, or an error that shows both.
    pub(super) fn coerce(&mut self, value: Expr, target: Ty, because: Option<&Because>) -> Expr {
        if value.ty == target || value.ty == self.cx.common.never {
            return value;
        }
        if self.cx.types.has_error(value.ty) || self.cx.types.has_error(target) {
            return self.error_expr(value.span);
        }
        let (span, found) = (value.span, value.ty);
        match self.convert(value, target) {
            Ok(value) => value,
            Err(Mismatch::Types) => {
                let (expected, found) = (self.show(target), self.show(found));
                self.report(errors::types::mismatch(span, &expected, &found, because));
                self.error_expr(span)
            }
            Err(Mismatch::Reported) => self.error_expr(span),
        }
    }

    /// Whether a value of this type goes where `target` is wanted.
    pub(super) fn converts(&self, from: Ty, target: Ty) -> bool {
        if from == target || from == self.cx.common.never {
            return true;
        }
        match (self.cx.types.kind(from), self.cx.types.kind(target)) {
            (TyKind::Error, _) | (_, TyKind::Error) => true,
            (TyKind::Int(a), TyKind::Int(b)) => b.holds_all_of(*a),
            (TyKind::Int(_) | TyKind::F32, TyKind::Float) | (TyKind::Nil, TyKind::Option(_)) => true,
            (TyKind::Option(a), TyKind::Option(b)) => self.converts(*a, *b),
            (_, TyKind::Option(inner)) => self.converts(from, *inner),
            (TyKind::Option(inner), _) => self.converts(*inner, target),
            (TyKind::Tuple(xs), TyKind::Tuple(ys)) if xs.len() == ys.len() => {
                xs.iter().zip(ys).all(|(x, y)| self.converts(*x, *y))
            }
            _ => false,
        }
    }

    fn convert(&mut self, value: Expr, target: Ty) -> Result<Expr, Mismatch> {
        if value.ty == target || value.ty == self.cx.common.never {
            return Ok(value);
        }
        let span = value.span;
        match (self.cx.types.kind(value.ty).clone(), self.cx.types.kind(target).clone()) {
            (TyKind::Int(_), _) if self.is_open_literal(&value) && self.cx.types.is_number(target) => {
                self.literal_as(&value, target).ok_or(Mismatch::Reported)
            }
            (TyKind::Int(a), TyKind::Int(b)) if b.holds_all_of(a) => {
                Ok(self.conversion(Conversion::Widen, value, target))
            }
            (TyKind::Int(_), TyKind::Int(width)) if self.solve_literal(&value, width) => {
                // The next pass knows the variable with this type.
                Ok(self.conversion(Conversion::Wrap, value, target))
            }
            (TyKind::Int(_), TyKind::Float) => Ok(self.conversion(Conversion::IntToFloat, value, target)),
            (TyKind::F32, TyKind::Float) => Ok(self.conversion(Conversion::FloatToFloat, value, target)),
            (TyKind::Float, TyKind::F32) if matches!(value.kind, ExprKind::Float(_)) => {
                let ExprKind::Float(number) = value.kind else { unreachable!("matched above") };
                Ok(self.make(ExprKind::Float(f64::from(number as f32)), target, span))
            }
            (TyKind::Nil, TyKind::Option(_)) => {
                let nil = self.make(ExprKind::Nil, target, span);
                Ok(match value.kind {
                    ExprKind::Nil => nil,
                    _ => self.after(vec![Stmt::Expr(value)], nil),
                })
            }
            (TyKind::Option(from), TyKind::Option(to)) => self.convert_inside_option(value, from, to, target),
            (_, TyKind::Option(inner)) => {
                let value = self.convert(value, inner)?;
                Ok(self.make(ExprKind::Some(Box::new(value)), target, span))
            }
            (TyKind::Option(inner), _) if self.converts(inner, target) => {
                let message = format!("nil where {} is needed", a_value(&self.cx.types, target));
                let value = self.make(ExprKind::Unwrap { option: Box::new(value), message }, inner, span);
                self.convert(value, target)
            }
            (TyKind::Tuple(from), TyKind::Tuple(to)) if from.len() == to.len() => {
                self.convert_tuple(value, &from, &to, target)
            }
            (TyKind::Array(_), TyKind::Array(_)) if matches!(&value.kind, ExprKind::Array(parts) if parts.is_empty()) => {
                Ok(Expr { ty: target, ..value })
            }
            _ => Err(Mismatch::Types),
        }
    }

    fn convert_inside_option(&mut self, value: Expr, from: Ty, to: Ty, target: Ty) -> Result<Expr, Mismatch> {
        if !self.converts(from, to) {
            return Err(Mismatch::Types);
        }
        let span = value.span;
        let bool = self.cx.common.bool;
        let ty = value.ty;
        let local = self.temporary(ty, span);
        let read = |cx: &Self| Box::new(cx.make(ExprKind::Local(local), ty, span));
        let condition = self.make(ExprKind::IsSome(read(self)), bool, span);
        let inner = self.make(ExprKind::Narrow(read(self)), from, span);
        let inner = self.convert(inner, to)?;
        let some = self.make(ExprKind::Some(Box::new(inner)), target, span);
        let nil = self.make(ExprKind::Nil, target, span);
        let choice =
            ExprKind::If { condition: Box::new(condition), then: Box::new(some), otherwise: Some(Box::new(nil)) };
        let choice = self.make(choice, target, span);
        Ok(self.after(vec![Stmt::Let { local, value }], choice))
    }

    fn convert_tuple(&mut self, value: Expr, from: &[Ty], to: &[Ty], target: Ty) -> Result<Expr, Mismatch> {
        let span = value.span;
        if let ExprKind::Tuple(parts) = value.kind {
            let parts: Result<Vec<Expr>, Mismatch> =
                parts.into_iter().zip(to).map(|(part, ty)| self.convert(part, *ty)).collect();
            return Ok(self.make(ExprKind::Tuple(parts?), target, span));
        }
        if !from.iter().zip(to).all(|(from, to)| self.converts(*from, *to)) {
            return Err(Mismatch::Types);
        }
        let ty = value.ty;
        let local = self.temporary(ty, span);
        let mut parts = vec![];
        for (index, (from, to)) in from.iter().zip(to).enumerate() {
            let tuple = Box::new(self.make(ExprKind::Local(local), ty, span));
            let part = self.make(ExprKind::TupleGet { tuple, index }, *from, span);
            parts.push(self.convert(part, *to)?);
        }
        let tuple = self.make(ExprKind::Tuple(parts), target, span);
        Ok(self.after(vec![Stmt::Let { local, value }], tuple))
    }

    /// A conversion node.
    pub(super) fn conversion(&self, kind: Conversion, operand: Expr, target: Ty) -> Expr {
        let span = operand.span;
        self.make(ExprKind::Convert { kind, operand: Box::new(operand) }, target, span)
    }

    /// A variable that is bound by `let` to an integer literal takes the width that its first use asks for.
    pub(super) fn solve_literal(&mut self, value: &Expr, width: IntTy) -> bool {
        let ExprKind::Local(local) = value.kind else { return false };
        let info = self.info_mut(local);
        let is_let = info.kind == super::local::Kind::Let(tandem_syntax::ast::Mutability::Immutable);
        if !is_let || info.open != Open::Literal {
            return false;
        }
        let bound = self.locals[local].span;
        if self.seeds.contains_key(&bound) {
            return false;
        }
        if !self.literal_values.get(&local).is_some_and(|number| width.holds(i128::from(*number))) {
            return false;
        }
        let ty = self.cx.types.intern(TyKind::Int(width));
        self.widen(bound, ty);
        true
    }

    /// The value in a fresh local, and the statement that puts it there.
    pub(super) fn hold(&mut self, value: Expr) -> (Stmt, Held) {
        let held = Held { local: self.temporary(value.ty, value.span), ty: value.ty, span: value.span };
        (Stmt::Let { local: held.local, value }, held)
    }

    /// A held value.
    pub(super) fn read_held(&self, held: Held) -> Expr {
        self.make(ExprKind::Local(held.local), held.ty, held.span)
    }

    /// Whether evaluating it twice, or later, makes no difference.
    pub(super) fn is_constant(&self, value: &Expr) -> bool {
        matches!(
            value.kind,
            ExprKind::Int(_)
                | ExprKind::Float(_)
                | ExprKind::Bool(_)
                | ExprKind::Str(_)
                | ExprKind::Nil
                | ExprKind::Unit
        )
    }

    /// A block of statements without a value.
    pub(super) fn statements(&self, stmts: Vec<Stmt>, ty: Ty, span: Span) -> Expr {
        self.make(ExprKind::Block(Block { stmts, value: None }), ty, span)
    }
}

/// A value in a temporary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) local: crate::hir::LocalId,
    pub(super) ty: Ty,
    pub(super) span: Span,
}

enum Mismatch {
    Types,
    Reported,
}
