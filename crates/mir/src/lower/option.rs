//! Options: a value and a tag, or a reference that may be null.

use tandem_frontend::hir::Expr;
use tandem_frontend::ty::{Ty, TyKind};
use tandem_runtime::Fault;

use super::lanes::{OptionForm, option_form};
use super::{FunctionCx, Into, Regs};
use crate::{BlockId, Inst, Lane, Op, Reg};

impl FunctionCx<'_> {
    /// How an option of this type is kept; none for the type of `nil` alone.
    fn form(&self, ty: Ty) -> Option<OptionForm> {
        let TyKind::Option(inner) = self.kind(ty) else { return None };
        Some(option_form(&self.hir.types, *inner))
    }

    /// `nil`
    pub(super) fn none(&mut self, ty: Ty, into: Into) -> Regs {
        let dsts = self.target(into, ty);
        for dst in &dsts {
            let dst = *dst;
            self.b.inst(match self.b.lane(dst) {
                Lane::Int => Inst::ConstInt { dst, value: 0 },
                Lane::Float => Inst::ConstFloat { dst, bits: 0 },
                Lane::Bool => Inst::ConstBool { dst, value: false },
                Lane::Ref => Inst::ConstNil { dst },
            });
        }
        dsts
    }

    pub(super) fn some(&mut self, expr: &Expr, value: &Expr) -> Regs {
        let mut regs = self.expr(value, None);
        if self.b.is_reachable() && self.form(expr.ty) == Some(OptionForm::Tagged) {
            regs.push(self.b.bool(true));
        }
        regs
    }

    /// Whether there is a value.
    pub(super) fn is_some(&mut self, ty: Ty, regs: &[Reg]) -> Reg {
        match self.form(ty) {
            Some(OptionForm::Tagged) => regs[regs.len() - 1],
            Some(OptionForm::Reference) => {
                let is_nil = self.b.unary(Op::RefIsNil, regs[0]);
                self.b.unary(Op::BoolNot, is_nil)
            }
            None => self.b.bool(false),
        }
    }

    /// Goes on at `yes` if there is a value, else at `no`.
    pub(super) fn branch_is_some(&mut self, ty: Ty, regs: &[Reg], yes: BlockId, no: BlockId) {
        match self.form(ty) {
            Some(OptionForm::Tagged) => self.b.branch(regs[regs.len() - 1], yes, no),
            Some(OptionForm::Reference) => {
                let is_nil = self.b.unary(Op::RefIsNil, regs[0]);
                self.b.branch(is_nil, no, yes);
            }
            None => self.b.jump(no),
        }
    }

    /// The value of an option that has one.
    pub(super) fn payload(&self, ty: Ty, regs: &[Reg]) -> Regs {
        match self.form(ty) {
            Some(OptionForm::Tagged) => regs[..regs.len() - 1].into(),
            Some(OptionForm::Reference) => regs.into(),
            None => Regs::new(),
        }
    }

    pub(super) fn is_some_expr(&mut self, option: &Expr) -> Regs {
        let regs = self.expr(option, None);
        if self.b.is_reachable() { Regs::from_slice(&[self.is_some(option.ty, &regs)]) } else { regs }
    }

    pub(super) fn unwrap(&mut self, expr: &Expr, option: &Expr, message: &str) -> Regs {
        let regs = self.expr(option, None);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return regs;
        }
        let (ok, failed) = (self.b.block(), self.b.cold_block());
        self.branch_is_some(option.ty, &regs, ok, failed);
        self.b.switch_to(failed);
        self.fail_with(Fault::NilValue, message);
        self.b.switch_to(ok);
        self.payload(option.ty, &regs)
    }

    pub(super) fn narrow(&mut self, option: &Expr) -> Regs {
        let regs = self.expr(option, None);
        if self.b.is_reachable() { self.payload(option.ty, &regs) } else { regs }
    }

    pub(super) fn coalesce(&mut self, expr: &Expr, option: &Expr, otherwise: &Expr, into: Into) -> Regs {
        let regs = self.expr(option, None);
        self.at(expr.span);
        if !self.b.is_reachable() {
            return regs;
        }
        let result = self.target(into, expr.ty);
        let (some, none, end) = (self.b.block(), self.b.block(), self.b.block());
        self.branch_is_some(option.ty, &regs, some, none);
        self.b.switch_to(some);
        if matches!(self.kind(expr.ty), TyKind::Option(_)) {
            self.assign(&result, &regs);
        } else {
            let payload = self.payload(option.ty, &regs);
            self.assign(&result, &payload);
        }
        self.b.jump(end);
        self.b.switch_to(none);
        self.branch_value(otherwise, &result);
        self.b.jump(end);
        self.b.switch_to(end);
        result
    }
}
