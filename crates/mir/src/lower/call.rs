//! Calls.

use tandem_frontend::hir::{self, Expr};
use tandem_frontend::ty::Ty;
use tandem_runtime::ffi;

use super::{Callee, FunctionCx, Into, Regs};
use crate::Inst;

impl FunctionCx<'_> {
    pub(super) fn call(&mut self, expr: &Expr, function: hir::FnId, args: &[Expr], into: Into) -> Regs {
        let args = self.arguments(function, args);
        self.at(expr.span);
        let result = self.hir.functions[function].result;
        let dsts = self.target(into.filter(|regs| regs.len() == self.lanes(result).len()), result);
        match self.items.functions[function].expect("every function has been declared") {
            Callee::Function(function) => self.b.inst(Inst::Call { dsts: dsts.clone(), function, args }),
            Callee::Runtime(function) => self.b.inst(Inst::CallRt { dsts: dsts.clone(), function, args }),
        }
        dsts
    }

    /// The lanes of all arguments.
    pub(super) fn arguments(&mut self, function: hir::FnId, args: &[Expr]) -> Regs {
        let callee = &self.hir.functions[function];
        let types = callee.params.iter().map(|param| callee.locals[*param].ty);
        let args: Vec<(&Expr, Ty)> = args.iter().zip(types).collect();
        self.operands(&args).into_iter().flatten().collect()
    }

    pub(super) fn exit(&mut self, expr: &Expr, status: &Expr) -> Regs {
        let status = self.scalar(status, status.ty);
        self.at(expr.span);
        self.b.call_rt(&ffi::EXIT, &[status]);
        self.b.unreachable();
        Regs::new()
    }
}
