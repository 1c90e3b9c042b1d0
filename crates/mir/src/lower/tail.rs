//! Expressions whose value is what the function returns.
//!
//! Their ends return at once, without meeting again. A call of the same instance assigns the parameters and starts the
//! body anew; no other call is a jump.

use tandem_frontend::hir::{Expr, ExprKind, Stmt};

use super::{FunctionCx, Regs};
use crate::Inst;

impl FunctionCx<'_> {
    /// Returns the value of an expression.
    #[allow(clippy::wildcard_enum_match_arm)] // all other expressions have a value to return
    pub(super) fn tail(&mut self, expr: &Expr) {
        let results = self.lanes(self.function.result);
        if !self.is_never(expr) && self.lanes(expr.ty) != results {
            // What a branch gives is dropped when the whole gives `nil`.
            self.effect(expr);
            return self.b.ret(&[]);
        }
        match &expr.kind {
            ExprKind::Block(block) => {
                let (last, stmts) = match (&block.value, block.stmts.split_last()) {
                    (Some(value), _) => (Some(&**value), &block.stmts[..]),
                    (None, Some((Stmt::Expr(last), stmts))) => (Some(last), stmts),
                    (None, _) => (None, &block.stmts[..]),
                };
                stmts.iter().for_each(|stmt| self.stmt(stmt));
                match last {
                    Some(last) => self.tail(last),
                    None => self.b.ret(&[]),
                }
            }
            ExprKind::If { condition, then, otherwise } => {
                let (yes, no) = (self.b.block(), self.b.block());
                self.condition(condition, yes, no);
                self.b.switch_to(yes);
                self.tail(then);
                self.b.switch_to(no);
                match otherwise {
                    Some(otherwise) => self.tail(otherwise),
                    None => self.b.ret(&[]),
                }
            }
            ExprKind::Match { scrutinee, arms, coverage } => {
                self.match_arms(expr, scrutinee, arms, *coverage, |cx, body| cx.tail(body));
            }
            ExprKind::Return(value) => {
                self.return_value(value.as_deref());
            }
            ExprKind::Call { function, args } if *function == self.id => {
                let args = self.arguments(*function, args);
                self.at(expr.span);
                let params: Regs = self.b.params().into();
                self.assign(&params, &args);
                self.b.inst(Inst::Wait);
                self.b.jump(self.restart);
            }
            _ => {
                let values = self.value(expr, self.function.result);
                self.b.ret(&values);
            }
        }
    }
}
