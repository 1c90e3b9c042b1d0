//! Conditions, branches, blocks and endless loops.

use tandem_frontend::hir::{Block, Expr, ExprKind, LoopId, Stmt, UnaryOp};
use tandem_frontend::ty::TyKind;

use super::{FunctionCx, Into, LoopTargets, Regs};
use crate::{BlockId, Inst, Lane, Op, Reg};

impl FunctionCx<'_> {
    /// Goes on at one of two blocks, by a condition.
    #[allow(clippy::wildcard_enum_match_arm)] // all other expressions have a value to branch on
    pub(super) fn condition(&mut self, expr: &Expr, yes: BlockId, no: BlockId) {
        match &expr.kind {
            ExprKind::And(lhs, rhs) => {
                let more = self.b.block();
                self.condition(lhs, more, no);
                self.b.switch_to(more);
                self.condition(rhs, yes, no);
            }
            ExprKind::Or(lhs, rhs) => {
                let more = self.b.block();
                self.condition(lhs, yes, more);
                self.b.switch_to(more);
                self.condition(rhs, yes, no);
            }
            ExprKind::Unary { op: UnaryOp::Not, operand } => self.condition(operand, no, yes),
            ExprKind::Bool(value) => self.b.jump(if *value { yes } else { no }),
            ExprKind::IsSome(option) => {
                let regs = self.expr(option, None);
                if self.b.is_reachable() {
                    self.branch_is_some(option.ty, &regs, yes, no);
                }
            }
            _ => {
                let condition = self.expr(expr, None);
                if let Some(condition) = condition.first() {
                    self.b.branch(*condition, yes, no);
                }
            }
        }
    }

    /// The value of `and`, `or`, `not`.
    pub(super) fn truth_value(&mut self, expr: &Expr, into: Into) -> Regs {
        if let ExprKind::Unary { operand, .. } = &expr.kind {
            let operand = self.expr(operand, None);
            return operand.iter().map(|operand| self.op1(Op::BoolNot, *operand, into)).collect();
        }
        let (ExprKind::And(lhs, rhs) | ExprKind::Or(lhs, rhs)) = &expr.kind else {
            unreachable!("only `and`, `or` and `not` are truth values");
        };
        let early = matches!(expr.kind, ExprKind::Or(..));
        let result = self.one(into, Lane::Bool);
        let (more, stop, end) = (self.b.block(), self.b.block(), self.b.block());
        if early {
            self.condition(lhs, stop, more)
        } else {
            self.condition(lhs, more, stop)
        }
        self.b.switch_to(more);
        self.branch_value(rhs, &[result]);
        self.b.jump(end);
        self.b.switch_to(stop);
        self.b.inst(Inst::ConstBool { dst: result, value: early });
        self.b.jump(end);
        self.b.switch_to(end);
        Regs::from_slice(&[result])
    }

    /// Evaluates into the registers of a construct with several ends; without registers the value is dropped.
    pub(super) fn branch_value(&mut self, expr: &Expr, result: &[Reg]) {
        if result.is_empty() { self.effect(expr) } else { self.expr_into(expr, result) }
    }

    pub(super) fn if_else(
        &mut self,
        expr: &Expr,
        condition: &Expr,
        then: &Expr,
        otherwise: Option<&Expr>,
        into: Into,
    ) -> Regs {
        let result = self.target(into, expr.ty);
        let (yes, end) = (self.b.block(), self.b.block());
        let no = if otherwise.is_some() { self.b.block() } else { end };
        self.condition(condition, yes, no);
        self.b.switch_to(yes);
        self.branch_value(then, &result);
        self.b.jump(end);
        if let Some(otherwise) = otherwise {
            self.b.switch_to(no);
            self.branch_value(otherwise, &result);
            self.b.jump(end);
        }
        self.b.switch_to(end);
        result
    }

    pub(super) fn block(&mut self, block: &Block, into: Into) -> Regs {
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
        match &block.value {
            Some(value) => self.expr(value, into),
            None => Regs::new(),
        }
    }

    pub(super) fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Expr(expr) => self.effect(expr),
            Stmt::Let { local, value } => {
                let dsts = self.local(*local);
                self.expr_into(value, &dsts);
            }
            Stmt::LetPattern { pattern, value, message } => self.let_pattern(pattern, value, message.as_deref()),
        }
    }

    pub(super) fn endless_loop(&mut self, expr: &Expr, id: LoopId, body: &Expr, into: Into) -> Regs {
        let result = self.target(into, expr.ty);
        let (start, next, end) = (self.b.block(), self.b.block(), self.b.block());
        self.loops.insert(id, LoopTargets { end, next, result: result.clone() });
        self.b.jump(start);
        self.b.switch_to(start);
        self.effect(body);
        self.b.jump(next);
        self.b.switch_to(next);
        self.at(expr.span);
        self.b.inst(Inst::Wait);
        self.b.jump(start);
        self.b.switch_to(end);
        result
    }

    pub(super) fn break_loop(&mut self, id: LoopId, value: Option<&Expr>) -> Regs {
        let (end, result) = (self.loops[&id].end, self.loops[&id].result.clone());
        if let Some(value) = value {
            self.branch_value(value, &result);
        }
        self.b.jump(end);
        Regs::new()
    }

    pub(super) fn return_value(&mut self, value: Option<&Expr>) -> Regs {
        match value {
            Some(value) => self.tail(value),
            None => self.b.ret(&[]),
        }
        Regs::new()
    }

    /// Whether an expression never gives a value.
    pub(super) fn is_never(&self, expr: &Expr) -> bool {
        matches!(self.kind(expr.ty), TyKind::Never)
    }
}
