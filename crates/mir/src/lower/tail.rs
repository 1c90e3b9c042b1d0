//! Expressions whose value is what the function returns.
//!
//! Their ends return at once, without meeting again. A call of the same instance assigns the parameters and starts the
//! body anew; no other call is a jump. (A block without a value that does not come back is what the checker leaves of an
//! operation on something that does not come back: its last statement is not in tail position.)

use tandem_frontend::hir::{Expr, ExprKind};

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
                block.stmts.iter().for_each(|stmt| self.stmt(stmt));
                match &block.value {
                    Some(value) => self.tail(value),
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
