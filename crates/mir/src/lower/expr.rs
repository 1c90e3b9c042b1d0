//! Expressions: which construct is lowered where.

use tandem_frontend::hir::{Expr, ExprKind, GlobalId, LocalId, UnaryOp};
use tandem_frontend::ty::{Ty, TyKind};
use tandem_runtime::Fault;

use super::walk::assigns;
use super::{FunctionCx, Into, Regs};
use crate::{Inst, Reg};

impl FunctionCx<'_> {
    /// The registers of an expression where a value of type `ty` is needed; of an expression that does not come back,
    /// some registers.
    pub(super) fn value(&mut self, expr: &Expr, ty: Ty) -> Regs {
        let regs = self.expr(expr, None);
        if self.b.is_reachable() { regs } else { self.new_regs(ty) }
    }

    /// The register of an expression of one lane.
    pub(super) fn scalar(&mut self, expr: &Expr, ty: Ty) -> Reg {
        self.value(expr, ty)[0]
    }

    /// The registers of expressions that are evaluated one after the other, each where a value of the type beside it
    /// is needed.
    pub(super) fn operands(&mut self, exprs: &[(&Expr, Ty)]) -> Vec<Regs> {
        let mut values = Vec::with_capacity(exprs.len());
        for (index, (expr, ty)) in exprs.iter().enumerate() {
            let regs = self.value(expr, *ty);
            let later = exprs[index + 1..].iter().map(|(later, _)| *later);
            values.push(self.protected(regs, later));
        }
        values
    }

    /// The registers, or copies if they belong to a variable that a later expression may assign: the value of a
    /// variable is that at its turn.
    pub(super) fn protected<'e>(&mut self, regs: Regs, mut later: impl Iterator<Item = &'e Expr> + Clone) -> Regs {
        let owners: Vec<LocalId> = regs.iter().filter_map(|reg| self.owners.get(reg).copied()).collect();
        let changes = |expr: &Expr| owners.iter().any(|owner| assigns(expr, *owner));
        if !owners.is_empty() && later.any(changes) { self.saved(&regs) } else { regs }
    }

    /// Evaluates into these registers.
    pub(super) fn expr_into(&mut self, expr: &Expr, dsts: &[Reg]) {
        let regs = self.expr(expr, Some(dsts));
        self.assign(dsts, &regs);
    }

    /// Evaluates and drops the value.
    pub(super) fn effect(&mut self, expr: &Expr) {
        self.expr(expr, None);
    }

    /// The registers of an expression: those of its own type.
    pub(super) fn expr(&mut self, expr: &Expr, into: Into) -> Regs {
        // Offered registers must fit; those for a value that is dropped or does not come back do not.
        let into = into.filter(|regs| regs.len() == self.lanes(expr.ty).len());
        let regs = self.kind_of_expr(expr, into);
        if self.b.is_reachable() && matches!(self.kind(expr.ty), TyKind::Never) {
            self.b.unreachable();
        }
        if self.b.is_reachable() { regs } else { self.new_regs(expr.ty) }
    }

    fn kind_of_expr(&mut self, expr: &Expr, into: Into) -> Regs {
        match &expr.kind {
            ExprKind::Int(value) => {
                let dst = self.target(into, expr.ty);
                self.b.inst(Inst::ConstInt { dst: dst[0], value: *value });
                dst
            }
            ExprKind::Float(value) => {
                let dst = self.target(into, expr.ty);
                self.b.inst(Inst::ConstFloat { dst: dst[0], bits: value.to_bits() });
                dst
            }
            ExprKind::Bool(value) => {
                let dst = self.target(into, expr.ty);
                self.b.inst(Inst::ConstBool { dst: dst[0], value: *value });
                dst
            }
            ExprKind::Str(text) => {
                let (dst, constant) = (self.target(into, expr.ty), self.out.constant(text));
                self.b.inst(Inst::ConstString { dst: dst[0], constant });
                dst
            }
            ExprKind::Nil => self.none(expr.ty, into),
            ExprKind::Unit => Regs::new(),
            ExprKind::Local(local) => self.local(*local),
            ExprKind::Global(global) => self.global(expr, *global, into),
            ExprKind::SetLocal { local, value } => {
                let dsts = self.local(*local);
                self.expr_into(value, &dsts);
                Regs::new()
            }
            ExprKind::SetGlobal { global, value } => {
                let regs = self.value(value, self.hir.globals[*global].ty);
                self.at(expr.span);
                self.set_global(*global, &regs);
                Regs::new()
            }
            ExprKind::Tuple(items) => self.tuple(expr, items, into),
            ExprKind::TupleGet { tuple, index } => self.tuple_get(tuple, *index),
            ExprKind::Range { start, end, step, closed } => self.range(expr, start, end, step.as_deref(), *closed),
            ExprKind::Array(items) => self.array(expr, items, into),
            ExprKind::Unary { op: UnaryOp::Not, .. } | ExprKind::And(..) | ExprKind::Or(..) => {
                self.truth_value(expr, into)
            }
            ExprKind::Unary { op, operand } => self.unary(expr, *op, operand, into),
            ExprKind::Binary { op, lhs, rhs } => self.binary(expr, *op, lhs, rhs, into),
            ExprKind::Compare { op, lhs, rhs } => self.comparison(expr, *op, lhs, rhs, into),
            ExprKind::Convert { kind, operand } => self.convert(expr, *kind, operand, into),
            ExprKind::Some(value) => self.some(expr, value),
            ExprKind::IsSome(option) => self.is_some_expr(option),
            ExprKind::Unwrap { option, message } => self.unwrap(expr, option, message),
            ExprKind::Narrow(option) => self.narrow(option),
            ExprKind::Coalesce { option, otherwise } => self.coalesce(expr, option, otherwise, into),
            ExprKind::Call { function, args } => self.call(expr, *function, args, into),
            ExprKind::Format { parts, sink } => self.format(expr, parts, *sink, into),
            ExprKind::Fail { fault, message } => self.fail(expr, *fault, message.as_deref()),
            ExprKind::Exit(status) => self.exit(expr, status),
            ExprKind::Block(block) => self.block(block, into),
            ExprKind::If { condition, then, otherwise } => {
                self.if_else(expr, condition, then, otherwise.as_deref(), into)
            }
            ExprKind::Match { scrutinee, arms, coverage } => self.match_value(expr, scrutinee, arms, *coverage, into),
            ExprKind::Loop { id, body } => self.endless_loop(expr, *id, body, into),
            ExprKind::For { id, binding, iterable, body } => self.for_loop(expr, *id, *binding, iterable, body),
            ExprKind::Break { id, value } => self.break_loop(*id, value.as_deref()),
            ExprKind::Continue { id } => {
                let next = self.loops[id].next;
                self.b.jump(next);
                Regs::new()
            }
            ExprKind::Return(value) => {
                self.return_value(value.as_deref());
                Regs::new()
            }
        }
    }

    fn global(&mut self, expr: &Expr, global: GlobalId, into: Into) -> Regs {
        let lanes = &self.items.globals[global];
        let dsts = self.target(into, self.hir.globals[global].ty);
        self.at(expr.span);
        if let Some(flag) = lanes.flag {
            let is_set = self.b.reg(crate::Lane::Bool);
            self.b.inst(Inst::GlobalGet { dst: is_set, global: flag });
            let message = format!("`{}` is used before it is set", self.hir.globals[global].name);
            self.require(is_set, Fault::NotSet, &message);
        }
        for (dst, lane) in dsts.iter().zip(&lanes.lanes) {
            self.b.inst(Inst::GlobalGet { dst: *dst, global: *lane });
        }
        dsts
    }

    fn set_global(&mut self, global: GlobalId, regs: &[Reg]) {
        let lanes = &self.items.globals[global];
        for (src, lane) in regs.iter().zip(&lanes.lanes) {
            self.b.inst(Inst::GlobalSet { global: *lane, src: *src });
        }
        if let Some(flag) = lanes.flag {
            let src = self.b.bool(true);
            self.b.inst(Inst::GlobalSet { global: flag, src });
        }
    }

    fn fail(&mut self, expr: &Expr, fault: Fault, message: Option<&Expr>) -> Regs {
        let message = message.map(|message| self.scalar(message, message.ty));
        self.at(expr.span);
        self.b.fail(fault, message);
        Regs::new()
    }

    /// Goes on if the condition holds, else fails with a message, in a cold block.
    pub(super) fn require(&mut self, holds: Reg, fault: Fault, message: &str) {
        let (ok, failed) = (self.b.block(), self.b.cold_block());
        self.b.branch(holds, ok, failed);
        self.b.switch_to(failed);
        self.fail_with(fault, message);
        self.b.switch_to(ok);
    }
}
